"""Of what HubSpot has, what is there of what our files say? The rest is HubSpot's own, and no business of ours."""

from typing import Any

from deploy.overlay import identity_of


def projected(ours: Any, live: Any) -> Any:
    """`live` with only those keys and entries in it that `ours` has too."""
    if isinstance(ours, dict) and isinstance(live, dict):
        return {name: projected(value, live[name]) for name, value in ours.items() if name in live}
    if isinstance(ours, list) and isinstance(live, list):
        key = identity_of(ours)
        if key and identity_of(live) == key:
            theirs = {entry[key]: entry for entry in live}
            return [projected(entry, theirs[entry[key]]) for entry in ours if entry[key] in theirs]
    return live
