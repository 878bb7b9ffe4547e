"""Is an answer of HubSpot's of the shape it documents? Asked once, where it comes in, so that nobody else has to.

A workflow may hold what nobody knows; only what everything here stands on is looked at: its id, and actions that can
be told apart.
"""

from collections.abc import Mapping
from typing import Any

from deploy.refusals import RemoteRefused

NO_JSON: Any = object()
"""The answer was none, or not JSON."""
UNEXPECTED = "UNEXPECTED_SHAPE"
TOO_MUCH = 60  # characters of what was found
MISSING = ("OBJECT_NOT_FOUND", "NOT_FOUND")
"""Of a batch read: there is none with this id (documented: HubSpot's specs name the category alone)."""

Row = dict[str, Any]


def an_object(where: str, answer: Any, *keys: str) -> Row:
    """An object with an id, or with whatever keys are named."""
    if not isinstance(answer, dict):
        raise otherwise(where, "an object", kind_of(answer))
    for key in keys:
        if key not in answer or not _is_id(answer[key]):
            raise otherwise(where, f"an object with {key}", f"{key}: {kind_of(answer.get(key, NO_JSON))}")
    return answer


def rows_of(where: str, answer: Any, key: str = "", *, loose: bool = False) -> list[Row]:
    """The objects in `results`; with `key`, each of them has it; `loose`: whatever they are."""
    whole = an_object(where, answer)
    rows = whole.get("results", NO_JSON)
    if not isinstance(rows, list):
        raise otherwise(where, "an object with a list of results", f"results: {kind_of(rows)}")
    for number, row in enumerate([] if loose else rows):
        if not isinstance(row, dict):
            raise otherwise(f"{where}, results[{number}]", "an object", kind_of(row))
        if key and not _is_id(row.get(key)):
            raise otherwise(f"{where}, results[{number}]", f"an object with {key}", kind_of(row.get(key, NO_JSON)))
    return rows


def next_page(answer: Mapping[str, Any]) -> str:
    """Where a list goes on; "" at its end."""
    paging = answer.get("paging")
    after = paging.get("next") if isinstance(paging, dict) else None
    cursor = after.get("after") if isinstance(after, dict) else None
    return str(cursor) if _is_id(cursor) else ""


def odd_in_flow(flow: Any) -> tuple[str, str] | None:
    """What of a workflow is otherwise than documented, as expected and found; None when it can be worked with."""
    if not isinstance(flow, dict):
        return "an object", kind_of(flow)
    if not _is_id(flow.get("id")):
        return "an id", kind_of(flow.get("id", NO_JSON))
    if not isinstance(flow.get("name"), str | None):
        return "a name that is text", kind_of(flow["name"])
    actions = flow.get("actions")
    if not isinstance(actions, list | None):
        return "actions to be a list", kind_of(actions)
    return _odd_in_actions(actions or [])


def _odd_in_actions(actions: list[Any]) -> tuple[str, str] | None:
    ids: set[str] = set()
    for number, raw in enumerate(actions):
        if not isinstance(raw, dict):
            return f"actions[{number}] to be an object", kind_of(raw)
        id = raw.get("actionId", NO_JSON)
        if not isinstance(id, str) or not id:
            return f"actions[{number}] to have an actionId that is text", kind_of(id)
        if id in ids:
            return f"actions[{number}] to have an actionId of its own", "that of another action"
        ids.add(id)
    return None


def sound_flow(where: str, flow: Any) -> Row:
    """A workflow that can be worked with; a RemoteRefused says what is odd in it."""
    odd = odd_in_flow(flow)
    if odd:
        id = flow.get("id") if isinstance(flow, dict) else None
        raise otherwise(f"{where}, flow {id}" if _is_id(id) else where, *odd)
    found_flow: Row = flow
    return found_flow


def real_errors(errors: Any) -> list[str]:
    """Errors of a batch read that say something else than that there is none with this id."""
    return [_told(each) for each in (errors if isinstance(errors, list) else []) if not _is_missing(each)]


def otherwise(where: str, expected: str, found: str) -> RemoteRefused:
    """HubSpot answered, and not as it documents."""
    return RemoteRefused(
        where,
        200,
        UNEXPECTED,
        expected=expected,
        found=found,
        remedy="HubSpot answered otherwise than it documents: run `python -m deploy plan` to see how it stands; "
        "if it stays, look whether a newer version of this project knows it.",
    )


def kind_of(value: Any) -> str:
    """What kind of JSON a value is."""
    if value is NO_JSON:
        return "none"
    if isinstance(value, str):
        return f"text ({value[:TOO_MUCH]!r})"
    kinds = {bool: "true or false", int: "a number", float: "a number", list: "a list", dict: "an object"}
    return kinds.get(type(value), "null")


def _is_id(value: Any) -> bool:
    return (isinstance(value, str) and bool(value)) or (isinstance(value, int) and not isinstance(value, bool))


def _is_missing(error: Any) -> bool:
    return isinstance(error, dict) and error.get("category") in MISSING


def _told(error: Any) -> str:
    if not isinstance(error, dict):
        return kind_of(error)
    return f"{str(error.get('category', ''))[:TOO_MUCH]}: {str(error.get('message', 'no message'))[:400]}"
