"""What is wrong at one place of a flow: what was expected there and what was found, in one wording."""

import json
from collections.abc import Collection, Mapping
from typing import Any


def amiss(expected: str, found: object) -> str:
    """One complaint; `found` is a value of the flow's JSON."""
    return f"expected {expected}, found {shown(found)}"


def shown(value: object) -> str:
    """A value as the flow's file writes it, cut to a line; nothing for a key that is missing or null."""
    if value is None:
        return "nothing"
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 60 else f"{text[:57]}..."


def one_of(names: Collection[str]) -> str:
    """The names to choose from, in a stable order."""
    return f"one of {', '.join(sorted(names))}" if names else "none at all"


def among(name: object, names: Collection[str]) -> bool:
    """Whether a value of the flow's JSON is one of these names; it may be anything."""
    return isinstance(name, str) and name in names


def mapping(value: object) -> Mapping[str, Any] | None:
    """The value, if it is a JSON object."""
    return value if isinstance(value, Mapping) else None
