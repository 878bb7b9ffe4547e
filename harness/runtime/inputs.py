"""Is what the action is given what its contract asks for? If not, the run is made all the same, as HubSpot would."""

import json
import math
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from contract.action import Contract, Input
from contract.schema import disagreement


def problems_before(event: Mapping[str, Any], given: Mapping[str, str], contract: Contract | None) -> tuple[str, ...]:
    """What is missing, what is of another kind, and what is there undeclared."""
    if contract is None:
        return ()
    inputs = event.get("inputFields") or {}
    declared = {each.name for each in contract.inputs}
    found = [problem for each in contract.inputs for problem in _problem(each, inputs.get(each.name))]
    found += [
        f"input {name}: expected only declared inputs, found one that is not. "
        "Declare it in [tool.hubspot.inputs], or leave it out of the event."
        for name in inputs
        if name not in declared
    ]
    found += [
        f"secret {name}: expected a value, for it is declared, found none. Hand it over (--secret {name}=...)."
        for name in contract.secrets
        if name not in given
    ]
    found += [
        f"secret {name}: expected only declared secrets, found one that is not, which was not handed over. "
        "Declare it under secrets in [tool.hubspot], or leave it out."
        for name in given
        if name not in contract.secrets
    ]
    return tuple(found)


def _problem(declared: Input, value: Any) -> list[str]:
    if value is None or value == "":
        if not declared.required:
            return []
        return [
            f"input {declared.name}: expected a value, for it is required, found none. "
            "Put it into the event's inputFields."
        ]
    if declared.schema is not None:
        return _problem_in_json(declared, value)
    if _fits(declared, value):
        return []
    return [f"input {declared.name}: expected {_expected(declared)}, found {_found(value)}. HubSpot hands over that."]


def _problem_in_json(declared: Input, value: Any) -> list[str]:
    try:
        wrong = disagreement(json.loads(value), declared.schema or {})
    except (TypeError, ValueError, RecursionError):
        wrong = "expected JSON text, found something else"
    return [f"input {declared.name}: {wrong}. The contract has an example."] if wrong else []


def _fits(declared: Input, value: Any) -> bool:
    """HubSpot hands over text for most things, so text that says it counts as it."""
    if isinstance(value, dict | list):
        return False
    text = str(value).strip()
    if declared.type == "boolean":
        return isinstance(value, bool) or text.lower() in ("true", "false")
    if isinstance(value, bool):
        return False
    if declared.type == "number":
        return _is_number(text)
    if declared.type in ("datetime", "date"):
        return text.lstrip("-").isdecimal() or _is_iso(text)
    if declared.type == "enumeration":
        return text in declared.options
    return True


def _is_number(text: str) -> bool:
    try:
        return math.isfinite(float(text))
    except ValueError:
        return False


def _is_iso(text: str) -> bool:
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True


def _expected(declared: Input) -> str:
    if declared.options:
        return "one of " + ", ".join(declared.options)
    return {
        "number": "a number or its text",
        "boolean": "true or false",
        "datetime": "epoch milliseconds or their text",
        "date": "epoch milliseconds or their text",
    }.get(declared.type, "text")


def _found(value: Any) -> str:
    """Only the kind: what a visitor may have written is not repeated."""
    return {dict: "an object", list: "a list", bool: "a boolean", str: "other text"}.get(type(value), "another number")
