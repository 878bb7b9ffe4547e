"""What do filters see of a record? Its values, what they were and when, its associated records, and the time."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

Past = Sequence[tuple[str, int]]
"""The values a property has had, newest first, each with the moment it was set, in milliseconds."""


def _nothing(_: object) -> Any:
    return ()


@dataclass(frozen=True)
class Seen:
    """One record at one moment."""

    properties: Mapping[str, str]
    now: int = 0
    """In milliseconds."""
    past: Callable[[str], Past] = field(default=_nothing)
    associated: Callable[[Mapping[str, Any]], Iterable["Seen"]] = field(default=_nothing)
    """The records at the other end of what an ASSOCIATION branch names."""

    def value(self, name: str) -> str:
        """The value now; "" for none."""
        return self.properties.get(name) or ""

    def before(self, changed: Iterable[str]) -> "Seen":
        """As it was before the last change of these properties."""
        past = {name: self.past(name)[1:] for name in changed}
        values = {name: entries[0][0] if entries else "" for name, entries in past.items()}
        return replace(
            self,
            properties={**self.properties, **values},
            past=lambda name: past[name] if name in past else self.past(name),
        )

    def updated(self, name: str) -> int | None:
        """When the property was last set or cleared; None if it never was."""
        past = self.past(name)
        return past[0][1] if past else None
