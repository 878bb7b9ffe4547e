"""Is what main returned what HubSpot takes and what the contract declares?"""

import math
from collections.abc import Iterator, Mapping
from typing import Any

from contract.action import Contract, Output
from harness.runtime import limits
from harness.runtime.judged import Judged
from harness.runtime.outcome import ActionError

_MS_PER_DAY = 86_400_000
_LARGEST_INT = 2**63 - 1
_EXECUTION_STATE = "hs_execution_state"  # many actions add it undeclared; whether HubSpot honours it is unknown


def judge_answer(answer: Any, contract: Contract | None) -> Judged:
    """What HubSpot does with the answer, as far as known, and what is wrong with it."""
    if not isinstance(answer, dict):
        return _no_fields(f"main returned {_kind(answer)}")
    if "outputFields" not in answer:
        return _no_fields(f"main returned a dict with {_names(answer)} and no outputFields")
    fields = answer["outputFields"]
    if not isinstance(fields, dict):
        return _no_fields(f"main returned {_kind(fields)} as outputFields")
    return _judge_fields(fields, contract)


def _judge_fields(fields: dict[str, Any], contract: Contract | None) -> Judged:
    for name, value in fields.items():
        if isinstance(value, str) and len(value) > limits.OUTPUT_CHARACTERS:
            sentence = (
                f"The output {name} has {len(value):,} characters; "
                f"HubSpot takes {limits.OUTPUT_CHARACTERS:,} at most. Return less of it."
            )
            return Judged("failed", "documented", error=ActionError("OUTPUT_VALUES_TOO_LARGE", sentence))
    wrong = [problem for name, value in fields.items() for problem in _not_a_number(name, value)]
    if contract is None:
        return Judged("unknown" if wrong else "succeeded", "guessed" if wrong else "documented", fields, tuple(wrong))
    declared = {output.name: output for output in contract.outputs}
    wrong += [
        f"output {name}: expected {_expected(declared[name])}, found {_found(value)}. "
        "Return that type, or None for no value."
        for name, value in fields.items()
        if name in declared and value is not None and not _fits(value, declared[name]) and not _is_nan(value)
    ]
    return _with_names(fields, declared, wrong)


def _with_names(fields: dict[str, Any], declared: Mapping[str, Output], wrong: list[str]) -> Judged:
    undeclared = [
        f"output {name}: expected only declared outputs, found one that is not. "
        "Later actions cannot use it: declare it in [tool.hubspot.outputs], or do not return it."
        for name in fields
        if name not in declared and name != _EXECUTION_STATE
    ]
    missing = [
        f"output {name}: expected every declared output, found none of that name. Return it, or None for no value."
        for name in declared
        if name not in fields
    ]
    # Documented: undeclared outputs are only warned about. What a missing or mistyped one does is unknown.
    guessed = bool(wrong or missing)
    return Judged(
        "unknown" if wrong else "succeeded",
        "guessed" if guessed else "documented",
        fields,
        (*wrong, *undeclared, *missing),
    )


def _no_fields(found: str) -> Judged:
    """What HubSpot does with such an answer is not known; in the wild, actions that return None exist."""
    expected = 'expected main to return {"outputFields": {...}}'
    remedy = "Return every declared output on every path."
    return Judged("unknown", "guessed", problems=(f"{expected}, found: {found}. {remedy}",))


def _not_a_number(name: str, value: Any) -> list[str]:
    for number in _numbers(value):
        if isinstance(number, float) and not math.isfinite(number):
            return [f"output {name}: expected a number, found {number}, which is no JSON. Return None for no value."]
        if abs(number) > _LARGEST_INT and isinstance(number, int):
            return [f"output {name}: expected a number of at most 64 bits, found {number}. Return it as text."]
    return []


def _numbers(value: Any) -> Iterator[int | float]:
    """The value where it is a number, and those inside it."""
    if isinstance(value, dict | list):
        for item in value.values() if isinstance(value, dict) else value:
            yield from _numbers(item)
    elif isinstance(value, int | float):
        yield value


def _is_nan(value: Any) -> bool:
    return isinstance(value, float) and not math.isfinite(value)


def _fits(value: Any, output: Output) -> bool:
    if output.type == "boolean":
        return isinstance(value, bool)
    if output.type == "number":
        return isinstance(value, int | float) and not isinstance(value, bool)
    if output.type in ("datetime", "date"):
        whole = isinstance(value, int) and not isinstance(value, bool)
        return whole and (output.type == "datetime" or value % _MS_PER_DAY == 0)
    return isinstance(value, str) and (not output.options or value in output.options)


def _expected(output: Output) -> str:
    if output.options:
        return "one of " + ", ".join(output.options)
    return {
        "datetime": "epoch milliseconds (an int)",
        "date": "epoch milliseconds at midnight UTC (an int)",
        "number": "a number",
        "boolean": "True or False",
    }.get(output.type, "text")


def _found(value: Any) -> str:
    """The value's type, and the value where it is short and no text a visitor may have written."""
    return f"{_kind(value)} ({value})" if isinstance(value, bool | int | float) else _kind(value)


def _kind(value: Any) -> str:
    return {dict: "a dict", list: "a list", str: "text", int: "an int", float: "a float", bool: "a bool"}.get(
        type(value), "None"
    )


def _names(answer: Mapping[str, Any]) -> str:
    return ", ".join(answer) if answer else "no keys"
