"""What of a sent definition becomes part of a flow: known fields of the right kind; others are dropped silently.

Seen by others: unknown field names vanish without a word, so what is stored may not be what was meant. How deep
this goes is guessed: into actions, their branches, inputs and outputs, not into filters and action fields.
"""

import re
from collections.abc import Mapping
from typing import Any

from harness.portal import refusals as shared
from harness.portal.flows import refusals
from harness.portal.flows.fields import ONE_OF, SHAPES, Shape

DEEPEST = 100  # levels of JSON; ours, so that no definition can be stored that cannot be answered
_PLAIN: dict[str, tuple[tuple[type, ...], str]] = {
    "text": ((str,), "text"),
    "whole": ((int,), "a whole number"),
    "number": ((int, float), "a number"),
    "flag": ((bool,), "true or false"),
    "map": ((dict,), "an object"),
}
_LISTS = {"texts": "text", "wholes": "whole", "maps": "map"}


def taken(sent: Mapping[str, Any], fields: Shape, where: str) -> dict[str, Any]:
    """The known fields of an object, each checked; one that is null counts as not sent."""
    missing = [name for name, kind in fields.items() if kind.endswith("!") and sent.get(name) is None]
    if missing:
        raise shared.missing_keys(where, missing)
    return {
        name: _value(sent[name], kind.rstrip("!"), f"{name} of {where}")
        for name, kind in fields.items()
        if sent.get(name) is not None
    }


def _value(value: Any, kind: str, where: str) -> Any:
    if kind == "json":
        return _shallow(value, where)
    if kind in _PLAIN:
        return _plain(value, kind, where)
    if kind.startswith("[") or kind in _LISTS:
        if not isinstance(value, list):
            raise shared.bad_json(f"expected {where} to be a list")
        one = _LISTS.get(kind) or kind.strip("[]")
        return [_value(item, one, f"{where}, number {at}") for at, item in enumerate(value, 1)]
    return _object(value, kind, where)


def _plain(value: Any, kind: str, where: str) -> Any:
    kinds, words = _PLAIN[kind]
    if not isinstance(value, kinds) or (isinstance(value, bool) and kind != "flag"):
        raise shared.bad_json(f"expected {where} to be {words}")
    return _shallow(value, where) if kind == "map" else value


def _object(value: Any, kind: str, where: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise shared.bad_json(f"expected {where} to be an object")
    if kind == "connection" and not value:
        raise refusals.internal_error()  # seen by others: {} as a default branch is a bare 500
    if kind not in ONE_OF:
        return taken(value, SHAPES[kind], where)
    type = value.get("type")
    shapes = ONE_OF[kind]
    if not isinstance(type, str) or type not in shapes:
        raise shared.bad_json(f"expected type of {where} to be one of {', '.join(shapes)}")
    read = taken(value, shapes[type], where)
    if type == "CUSTOM_CODE" and not re.fullmatch(r"NODE\d+X|PYTHON\d+", read["runtime"]):
        raise refusals.bad_runtime(read["runtime"])  # seen by others: NODE20 and NODE_20 are refused
    return read


def _shallow(value: Any, where: str) -> Any:
    """The value, unless it is nested beyond what can be answered again."""
    level = [value]
    for _ in range(DEEPEST):
        level = [
            inner
            for item in level
            if isinstance(item, dict | list)
            for inner in (item.values() if isinstance(item, dict) else item)
        ]
        if not level:
            return value
    raise shared.bad_json(f"{where} is nested too deeply")
