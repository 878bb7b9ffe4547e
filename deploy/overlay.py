"""What would stand in the portal if only what is ours were put there, and everything else left as it is?

Three texts of one workflow: what our files say now, what they said when they were last shipped, what the portal has.
What we say wins; what we said and say no more goes; what only the portal says stays, word for word.
"""

from collections.abc import Mapping
from typing import Any

IDENTITY = ("actionId", "name", "branchValue")
"""By which key the entries of a list are the same entry: actions, inputs and outputs, branches."""


def overlaid(live: Any, ours: Any, before: Any) -> Any:
    """`live` with `ours` put over it, `before` being what was ours at the last shipment (None: nothing)."""
    if isinstance(ours, dict) and isinstance(live, dict):
        return _dict(live, ours, before if isinstance(before, dict) else {})
    if isinstance(ours, list) and isinstance(live, list):
        return _list(live, ours, before if isinstance(before, list) else [])
    return ours


def _dict(live: Mapping[str, Any], ours: Mapping[str, Any], before: Mapping[str, Any]) -> dict[str, Any]:
    kept = {name: value for name, value in live.items() if name in ours or name not in before}
    return {
        name: overlaid(live.get(name), ours[name], before.get(name)) if name in ours else kept[name]
        for name in {**kept, **ours}
    }


def _list(live: list[Any], ours: list[Any], before: list[Any]) -> list[Any]:
    """Entries that can be told apart are put over one another in our order; theirs follow. Any other list is ours."""
    key = identity_of(ours) or (identity_of(live) if not ours else "")
    if not key or (live and identity_of(live) != key):
        return ours
    theirs = {entry[key]: entry for entry in live}
    shipped = {entry[key]: entry for entry in before} if identity_of(before) == key else {}
    own = [overlaid(theirs.get(entry[key]), entry, shipped.get(entry[key])) for entry in ours]
    known = {entry[key] for entry in ours}
    return own + [entry for name, entry in theirs.items() if name not in known and name not in shipped]


def identity_of(entries: list[Any]) -> str:
    """By which key all of these can be told apart; "" when by none."""
    for key in IDENTITY:
        if entries and all(isinstance(entry, dict) and isinstance(entry.get(key), str) for entry in entries):
            return key if len({entry[key] for entry in entries}) == len(entries) else ""
    return ""
