"""What does one piece of a workflow say, in words: a value, an input, where an action goes next, a whole new action?"""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from deploy.comparable import parsed
from deploy.paths import NONE, by_path

STANDARD = "STANDARD"
GRAPH = ("connection", "staticBranches", "listBranches", "defaultBranch")
TOLD = (
    "actionId",
    "type",
    "actionTypeId",
    "sourceCode",
    "runtime",
    "secretNames",
    "inputFields",
    "outputFields",
    *GRAPH,
)

Values = Mapping[str, Any]


def plain(value: Any) -> str:
    """A value as a person reads it."""
    if value is NONE:
        return "none"
    return value if isinstance(value, str) and value else exactly(value)


def exactly(value: Any) -> str:
    """A value as only it is written."""
    return "none" if value is NONE else json.dumps(value, ensure_ascii=False, sort_keys=True)


def named_fields(fields: Any) -> dict[str, Values] | None:
    """Inputs or outputs by their names; None when they cannot be told apart by them."""
    if not isinstance(fields or [], list):
        return None
    named: dict[str, Values] = {
        field["name"]: field for field in fields or [] if isinstance(field, dict) and is_text(field.get("name"))
    }
    return named if len(named) == len(fields or []) else None


def is_text(value: Any) -> bool:
    """Whether it is text, with something in it."""
    return isinstance(value, str) and bool(value)


def given(field: Any) -> Any:
    """What an input says: a static value itself, for others words."""
    if field is NONE:
        return NONE
    value = field.get("value")
    if not isinstance(value, dict):
        return {name: inner for name, inner in field.items() if name != "name"}
    if value.get("type") == "STATIC_VALUE" and "staticValue" in value:
        return value["staticValue"]
    if value.get("type") == "OBJECT_PROPERTY":
        return f"the record's {plain(value.get('propertyName', NONE))}"
    if value.get("type") == "FIELD_DATA":
        return f"{plain(value.get('dataKey', NONE))} of action {plain(value.get('actionId', NONE))}"
    return value


def given_json(field: Any) -> Any:
    """The list or object that an input's static value is the JSON of; None when it is none."""
    value = field.get("value") if isinstance(field, dict) else None
    return parsed(value.get("staticValue")) if isinstance(value, dict) else None


def beside_given(field: Any) -> Any:
    """What of an input or output those words leave out."""
    if not isinstance(field, dict) or not isinstance(field.get("value"), dict):
        return {}
    said = {
        "STATIC_VALUE": ("staticValue",),
        "OBJECT_PROPERTY": ("propertyName",),
        "FIELD_DATA": ("dataKey", "actionId"),
    }.get(str(field["value"].get("type")))
    if said is None:
        return {name: value for name, value in field.items() if name not in ("name", "value")}
    left = {name: value for name, value in field["value"].items() if name not in (*said, "type")}
    return {name: value for name, value in field.items() if name not in ("name", "value")} | (
        {"value": left} if left else {}
    )


def edges(value: Any) -> str:
    """Where it goes next."""
    if value is None or value is NONE:
        return "ends here"
    if isinstance(value, list):
        return ", ".join(f"{branch_of(each)}: {edges(each.get('connection'))}" for each in value) or "no branch"
    next_id, edge = value.get("nextActionId"), value.get("edgeType")
    kind = "" if edge == STANDARD else " (no edge type)" if edge is None else f" ({plain(edge)})"
    return f"then action {plain(next_id)}{kind}" if next_id else f"ends here{kind}"


def has_edges(value: Any) -> bool:
    """Whether this is what `edges` can say."""
    if isinstance(value, list):
        return all(isinstance(each, dict) and isinstance(each.get("connection"), dict | None) for each in value)
    return value is NONE or isinstance(value, dict | None)


def branch_of(branch: Values) -> str:
    """How a branch is called."""
    return plain(branch.get("branchValue", branch.get("branchName", "?")))


def beside_edges(value: Any) -> Any:
    """What `edges` leaves out: of branches by their names, when they have different ones."""
    if isinstance(value, dict):
        return {name: inner for name, inner in value.items() if name not in ("nextActionId", "edgeType")}
    if not isinstance(value, list):
        return {}
    rest = {
        branch_of(each): {
            name: beside_edges(inner) if name == "connection" else inner
            for name, inner in each.items()
            if name not in ("branchValue", "branchName")
        }
        for each in value
    }
    if len(rest) != len(value):
        return value
    full = {name: {key: inner for key, inner in each.items() if inner not in ({}, None)} for name, each in rest.items()}
    return {name: each for name, each in full.items() if each}


def action_kind(raw: Values, files: Mapping[str, str]) -> str:
    """What an action is."""
    file, type_id = files.get(str(raw.get("actionId"))), raw.get("actionTypeId")
    kind = plain(raw.get("type", "an action"))
    return " ".join([kind, *([file] if file else []), *([plain(type_id)] if type_id else [])])


def action_words(raw: Values, files: Mapping[str, str]) -> str:
    """What an action is and has, and where it goes next."""
    secrets = raw.get("secretNames")
    parts = [action_kind(raw, files)]
    if is_text(raw.get("runtime")):
        parts.append(str(raw["runtime"]))
    if isinstance(secrets, list) and secrets:
        parts.append(f"secrets {', '.join(map(plain, secrets))}")
    ways = {name: raw.get(name) for name in GRAPH if raw.get(name) is not None and has_edges(raw[name])}
    for name, value in ways.items():
        parts.append(f"else {edges(value)}" if name == "defaultBranch" else edges(value))
    return ", ".join(parts if ways else [*parts, "ends here"])


def action_lines(raw: Values) -> Iterator[str]:
    """Beneath it: its outputs and inputs, and everything else that is not said yet and not empty."""
    outputs = named_fields(raw.get("outputFields"))
    if outputs:
        yield f"outputs: {', '.join(outputs)}"
    inputs = named_fields(raw.get("inputFields"))
    for name, field in (inputs or {}).items():
        yield f"input {name}: {plain(given(field))}"
    odd = {name for name, named in (("inputFields", inputs), ("outputFields", outputs)) if named is None}
    said = set(TOLD) - odd
    rest = {name: value for name, value in raw.items() if name not in said}
    rest |= {name: beside_edges(raw[name]) for name in GRAPH if name in raw and has_edges(raw[name])}
    rest |= {name: raw[name] for name in GRAPH if name in raw and not has_edges(raw[name])}
    for name in sorted(rest):
        inner = rest[name]
        for path, _, value in by_path(name, {} if isinstance(inner, dict) else NONE, inner):
            if value not in (None, "", [], {}):
                yield f"{path}: {plain(value)}"
