"""Does a JSON value keep to a JSON schema? The keywords that inputs of actions use; others are passed over.

The first disagreement is told, as "expected ..., found ...", with where in the value it stands.
"""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

_KINDS: Mapping[str, Any] = {
    "object": dict,
    "array": list,
    "string": str,
    "number": (int, float),
    "integer": int,
    "boolean": bool,
    "null": type(None),
}
_BOUNDS = {"str": ("minLength", "maxLength"), "list": ("minItems", "maxItems")}


def disagreement(value: Any, schema: Mapping[str, Any]) -> str | None:
    """Return the first of them, None when there is none."""
    try:
        return next(_all(value, schema, ""), None)
    except RecursionError:
        return "expected a value of usual depth, found a very deep one"


def _all(value: Any, schema: Any, where: str) -> Iterator[str]:
    if not isinstance(schema, dict):
        return
    expected = _expected(value, schema)
    if expected is not None:
        yield f"expected {expected}{f' at {where}' if where else ''}, found {_shown(value)}"
        return
    if isinstance(value, dict):
        yield from _members(value, schema, where)
    if isinstance(value, list):
        for place, item in enumerate(value):
            yield from _all(item, schema.get("items"), f"{where}[{place}]")


def _members(value: dict[str, Any], schema: dict[str, Any], where: str) -> Iterator[str]:
    known = schema.get("properties") or {}
    for name in schema.get("required") or ():
        if name not in value:
            yield f"expected '{name}'{f' at {where}' if where else ''}, found none"
    for name, item in value.items():
        if name in known:
            yield from _all(item, known[name], f"{where}.{name}".lstrip("."))
        elif schema.get("additionalProperties") is False:
            yield f"expected one of {', '.join(known) or 'no keys'}{f' at {where}' if where else ''}, found '{name}'"


def _expected(value: Any, schema: dict[str, Any]) -> str | None:
    """What this value itself should have been, None when it is that."""
    kinds = schema.get("type", [])
    kinds = [kinds] if isinstance(kinds, str) else kinds
    if kinds and not any(_is(value, kind) for kind in kinds):
        return " or ".join(kinds)
    if "enum" in schema and value not in schema["enum"]:
        return "one of " + ", ".join(_shown(each) for each in schema["enum"])
    if "const" in schema and value != schema["const"]:
        return _shown(schema["const"])
    if isinstance(value, str) and not re.search(schema.get("pattern", ""), value):
        return f"text like {schema['pattern']}"
    size = len(value) if isinstance(value, str | list) else value
    low, high = _BOUNDS.get(type(value).__name__, ("minimum", "maximum"))
    if isinstance(size, int | float) and not isinstance(size, bool):
        if low in schema and size < schema[low]:
            return f"{low} {schema[low]}"
        if high in schema and size > schema[high]:
            return f"{high} {schema[high]}"
    return None


def _is(value: Any, kind: str) -> bool:
    if isinstance(value, bool):
        return kind == "boolean"
    return isinstance(value, _KINDS.get(kind, object))


def _shown(value: Any) -> str:
    spelled = json.dumps(value, ensure_ascii=False, default=str)
    return spelled if len(spelled) <= 60 else spelled[:57] + "..."
