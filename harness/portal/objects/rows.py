"""One record as it is stored: its values packed, and what they were before."""

from collections.abc import Mapping
from dataclasses import dataclass

import msgspec

Values = Mapping[str, str | None]  # None: nothing is there
pack = msgspec.msgpack.Encoder().encode
_unpack = msgspec.msgpack.Decoder(list[str | None]).decode


@dataclass(frozen=True, slots=True)
class Entry:
    """One value that a property has had."""

    name: str
    value: str
    at: int
    source: str


class Row:
    """One record. Its values stand packed by the table's columns, which is a third of a dict's memory."""

    __slots__ = ("archived_at", "created", "id", "packed", "past", "source", "updated")

    def __init__(self, id: str, created: int, updated: int, source: str) -> None:
        self.id = id
        self.created = created
        self.updated = updated
        self.source = source
        self.archived_at: int | None = None
        self.packed = b"\x90"  # an empty list
        self.past: list[Entry] | None = None  # of properties that changed after the record was made

    @property
    def cells(self) -> list[str | None]:
        """The values by column; columns that came later may be missing."""
        return _unpack(self.packed)

    def copy(self) -> "Row":
        """The record as it is now."""
        twin = Row(self.id, self.created, self.updated, self.source)
        twin.archived_at, twin.packed = self.archived_at, self.packed
        return twin
