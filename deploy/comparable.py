"""When do two texts of one workflow mean the same? When these forms of them are equal.

Left out: what HubSpot writes by itself. Code is compared in the canonical form, in which HubSpot's editor and a file on
a Windows machine cannot differ; the order of actions says nothing, that of their inputs and outputs neither, and
blanks in a static value that is JSON neither. A null says as much as nothing does.
"""

import json
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from contract.action import canonical
from contract.flow import WRITTEN_BY_HUBSPOT

SWITCH = "isEnabled"


def comparable(definition: Mapping[str, Any], *, switch: bool = False) -> dict[str, Any]:
    """What a workflow does; with `switch` also whether it is on."""
    left_out = {*WRITTEN_BY_HUBSPOT, *(() if switch else (SWITCH,))}
    kept = {name: value for name, value in definition.items() if name not in left_out and value is not None}
    actions = [_action(raw) for raw in kept.get("actions") or []]
    return {**kept, "actions": sorted(actions, key=_place)}


def digest_of(definition: Mapping[str, Any] | None, *, switch: bool = True) -> str:
    """The SHA-256 of that form; "" for a workflow that is not there."""
    if definition is None:
        return ""
    text = json.dumps(comparable(definition, switch=switch), sort_keys=True, ensure_ascii=False)
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def parsed(text: Any) -> Any:
    """The list or object that a static value is the JSON of; None when it is none."""
    if not isinstance(text, str) or not text.lstrip().startswith(("[", "{")):
        return None
    try:
        return json.loads(text, parse_constant=_no_number)
    except (ValueError, RecursionError):
        return None


def _no_number(constant: str) -> Any:
    raise ValueError(constant)


def _place(raw: Mapping[str, Any]) -> tuple[int, str]:
    id = str(raw.get("actionId", ""))
    return len(id), id


def _action(raw: Mapping[str, Any]) -> dict[str, Any]:
    action = {name: value for name, value in raw.items() if value is not None}
    if isinstance(action.get("sourceCode"), str):
        action["sourceCode"] = canonical(action["sourceCode"])
    for name in ("inputFields", "outputFields"):
        fields = action.get(name)
        if isinstance(fields, list) and all(isinstance(field, Mapping) for field in fields):
            action[name] = sorted(map(_field, fields), key=lambda field: json.dumps(field.get("name"), sort_keys=True))
    return action


def _field(field: Mapping[str, Any]) -> dict[str, Any]:
    """One input or output; a static value that is a JSON list or object says the same however it is spaced."""
    value = field.get("value")
    if not isinstance(value, dict):
        return dict(field)
    inner = parsed(value.get("staticValue"))
    if inner is None:
        return dict(field)
    return {**field, "value": {**value, "staticValue": json.dumps(inner, ensure_ascii=False)}}
