"""In which words do two accounts differ? "2 tickets instead of 1" first, then value by value."""

from collections.abc import Iterator
from typing import Any

Left = dict[str, Any]
KINDS = {"contacts": "contact", "companies": "company", "tickets": "ticket", "notes": "note", "emails": "e-mail"}
PLURALS = {"company": "companies"}
LINKS = ("associations", "association")
LONGEST = 60  # characters of a value that are shown


def differences(clean: Left, found: Left) -> tuple[str, ...]:
    """What the second account has other than the first; nothing when they are equal."""
    counted = list(_counts(clean, found))
    return tuple(counted) if counted else tuple(_values(clean, found, ""))


def answered(clean: Left, found: Left) -> tuple[str, ...]:
    """What the second answer of an action says other than the first."""
    return tuple(f"answers {said}" for name in clean for said in _values(clean[name], found.get(name), name))


def _counts(clean: Left, found: Left) -> Iterator[str]:
    for name in (*KINDS, "threads", LINKS[0], "flows"):
        before, after = len(clean.get(name) or ()), len(found.get(name) or ())
        if before != after:
            yield f"{counted(after, _one(name))} instead of {before}"


def _values(clean: Any, found: Any, where: str) -> Iterator[str]:
    """Each place at which they differ, with what is there and what should be."""
    if isinstance(clean, dict) and isinstance(found, dict):
        for key in [*clean, *(key for key in found if key not in clean)]:
            yield from _values(clean.get(key), found.get(key), _at(where, key))
    elif isinstance(clean, list) and isinstance(found, list):
        for place in range(max(len(clean), len(found))):
            one = clean[place] if place < len(clean) else None
            other = found[place] if place < len(found) else None
            yield from _values(one, other, f"{where} {place + 1}".lstrip())
    elif clean != found:
        yield f"{where}: {_shown(found)} instead of {_shown(clean)}"


def counted(number: int, one: str) -> str:
    """A number of something: 1 ticket, 2 tickets."""
    return f"{number} {one if number == 1 else PLURALS.get(one, one + 's')}"


def _one(name: str) -> str:
    return KINDS.get(name) or name.removesuffix("s")


def _at(where: str, key: str) -> str:
    return where if key == "properties" else f"{where} {_one(key) if not where else key}".lstrip()


def _shown(value: Any) -> str:
    if value is None:
        return "nothing"
    text = str(value) if not isinstance(value, str) else repr(value)
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
