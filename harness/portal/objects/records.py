"""What is stored of records: rows by type, their values, their history, and who holds a unique value."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from harness.portal.moments import iso
from harness.portal.objects.types import ObjectType

Values = Mapping[str, str | None]  # None: nothing is there


@dataclass(frozen=True, slots=True)
class Entry:
    """One value that a property has had."""

    name: str
    value: str
    at: int
    source: str


class Row:
    """One record. Its values stand in a tuple by the table's columns, which is a third of a dict's memory."""

    __slots__ = ("archived_at", "created", "id", "past", "source", "updated", "values")

    def __init__(self, id: str, created: int, source: str) -> None:
        self.id = id
        self.created = created
        self.updated = created
        self.source = source
        self.archived_at: int | None = None
        self.values: tuple[str | None, ...] = ()
        self.past: list[Entry] | None = None  # of properties that changed after the record was made


class Table:
    """All records of one type."""

    def __init__(self, type: ObjectType) -> None:
        self.type = type
        self.rows: dict[str, Row] = {}
        self._next = type.first_id
        self._columns: dict[str, int] = {}
        self._unique: dict[str, dict[str, str]] = {}

    def add(self, values: Values, at: int, source: str) -> Row:
        """A new record."""
        row = Row(str(self._next), at, source)
        self._next += 1
        self.rows[row.id] = row
        self._write(row, values)
        return row

    def change(self, row: Row, values: Values, at: int, source: str) -> set[str]:
        """Set values; what is already so is not a change. Returns the names that changed."""
        changed = {name for name, value in values.items() if self.value(row, name) != (value or None)}
        if not changed:
            return changed
        past = row.past if row.past is not None else []
        known = {entry.name for entry in past}
        for name in values:
            if name not in changed:
                continue
            before = self.value(row, name)
            if before is not None and name not in known:
                past.append(Entry(name, before, row.created, row.source))
            past.append(Entry(name, values[name] or "", at, source))
        row.past = past
        row.updated = at
        self._write(row, {name: values[name] for name in changed})
        return changed

    def archive(self, row: Row, at: int) -> None:
        """Put a record away; the unique values it held are free (guessed)."""
        row.archived_at = at
        for name in self._unique:
            self._release(row, name)

    def live(self, id: str) -> Row | None:
        """The record, unless it is archived or never was."""
        row = self.rows.get(id)
        return row if row is not None and row.archived_at is None else None

    def value(self, row: Row, name: str) -> str | None:
        """One value; the portal's own properties come from the record itself."""
        own = self._own(row, name)
        if own is not None:
            return own
        column = self._columns.get(name)
        return row.values[column] if column is not None and column < len(row.values) else None

    def values(self, row: Row) -> dict[str, str]:
        """Every property that has a value, the portal's own first."""
        own = {name: self._own(row, name) for name in self.own_names()}
        kept = zip(self._columns, row.values, strict=False)
        return {name: value for name, value in [*own.items(), *kept] if value is not None}

    def own_names(self) -> tuple[str, ...]:
        """The properties that HubSpot keeps itself for every record."""
        names = (self.type.created, self.type.modified, "hs_object_id")
        return (*names, "hs_ticket_id") if self.type.singular == "ticket" else names

    def history(self, row: Row, name: str) -> list[Entry]:
        """Every value a property has had, newest first."""
        past = [entry for entry in row.past or () if entry.name == name]
        value = self.value(row, name)
        if not past and value is not None:
            at = row.updated if name == self.type.modified else row.created
            return [Entry(name, value, at, row.source)]
        return past[::-1]

    def unique(self, name: str) -> None:
        """From now on no two live records may share a value of this property."""
        if name not in self._unique:
            held = {self.value(row, name): row.id for row in self.rows.values() if row.archived_at is None}
            self._unique[name] = {value: id for value, id in held.items() if value}

    def is_unique(self, name: str) -> bool:
        """Whether a value of this property names one record."""
        return name in self._unique

    def unique_names(self) -> Iterator[str]:
        """The properties whose values name one record."""
        return iter(self._unique)

    def holder(self, name: str, value: str) -> Row | None:
        """The live record that holds a unique value."""
        id = self._unique.get(name, {}).get(value)
        return self.rows[id] if id else None

    def _own(self, row: Row, name: str) -> str | None:
        if name == self.type.created:
            return iso(row.created)
        if name == self.type.modified:
            return iso(row.updated)
        if name == "hs_object_id" or (name == "hs_ticket_id" and self.type.singular == "ticket"):
            return row.id
        return None

    def _write(self, row: Row, values: Values) -> None:
        for name in self._unique:
            if name in values:
                self._release(row, name)
                if value := values[name]:
                    self._unique[name][value] = row.id
        cells = list(row.values)
        for name, value in values.items():
            column = self._columns.setdefault(name, len(self._columns))
            cells.extend([None] * (column + 1 - len(cells)))
            cells[column] = value or None
        row.values = tuple(cells)

    def _release(self, row: Row, name: str) -> None:
        held = self._unique[name]
        value = self.value(row, name)
        if value is not None and held.get(value) == row.id:
            del held[value]


class Records:
    """The tables of all types."""

    def __init__(self, types: tuple[ObjectType, ...]) -> None:
        self._tables = {type.id: Table(type) for type in types}

    def of(self, type: ObjectType) -> Table:
        """The table of one type."""
        return self._tables[type.id]
