"""What is stored of records: the rows of each type, under every id they answer to, and how they change."""

from bisect import bisect_left, bisect_right, insort
from collections.abc import Callable, Iterable

from harness.portal.lags import Lags
from harness.portal.moments import iso
from harness.portal.objects.indexes import Index, Key
from harness.portal.objects.rows import Entry, Row, Values, pack
from harness.portal.objects.types import ObjectType
from harness.portal.objects.unique import UniqueValues


class Table:
    """All records of one type.

    `rows` has a record under every id it answers to, also those of records that were merged into it; `ids` and
    `archived_ids` have each record once, oldest first.
    """

    def __init__(self, type: ObjectType, lags: Lags) -> None:
        self.type = type
        self.rows: dict[str, Row] = {}
        self.ids: list[str] = []
        self.archived_ids: list[str] = []
        self.merged: dict[str, list[str]] = {}  # by a record's id: those of the records it took in
        self.in_order = True  # no record was created before one with a smaller id
        self.version = 0  # counts writes
        self.recent: dict[str, tuple[int, object]] = {}  # by search: what it found, and at which version
        self.own: dict[str, Callable[[Row], str]] = _own(type)  # what HubSpot keeps itself for every record
        self._next = type.first_id
        self._columns: dict[str, int] = {}
        self.unique = UniqueValues()
        self._indexes: dict[str, tuple[Index, Callable[[str], Key | None]]] = {}
        self._lags = lags
        self._before: list[tuple[int, str, Row | None]] = []  # when, which record, and how it was before

    def add(self, values: Values, created: int, updated: int, source: str) -> Row:
        """A new record."""
        row = Row(str(self._next), created, updated, source)
        self._next += 1
        if self.ids and self.rows[self.ids[-1]].created > created:
            self.in_order = False
        self._remember(row.id, None, updated)
        self.rows[row.id] = row
        self.ids.append(row.id)
        self._write(row, values)
        self._written(row)
        return row

    def change(self, row: Row, values: Values, at: int, source: str) -> set[str]:
        """Set values; what is already so is not a change. Returns the names that changed."""
        changed = {name for name, value in values.items() if self.value(row, name) != (value or None)}
        if not changed:
            return changed
        self._remember(row.id, row.copy(), at)
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
        self._written(row)
        return changed

    def born(self, row: Row, created: int) -> None:
        """The record was created at another moment than thought."""
        row.created, self.in_order = created, False
        self._written(row)

    def archive(self, row: Row, at: int) -> None:
        """Put a record away; the unique values it held are free (guessed)."""
        self._remember(row.id, row.copy(), at)
        row.archived_at = at
        del self.ids[bisect_left(self.ids, row.id)]
        insort(self.archived_ids, row.id)
        self.unique.release_all(row.id)
        self._written(row)

    def merge(self, parts: tuple[Row, Row], values: Values, at: int, source: str) -> Row:
        """One new record in the place of two: it answers to their ids."""
        for part in parts:
            self._remember(part.id, part.copy(), at)
            self.unique.release_all(part.id)
            del self.ids[bisect_left(self.ids, part.id)]
            part.archived_at = at
            self._written(part)
        merged = self.add(values, min(part.created for part in parts), at, source)
        merged.past = [entry for part in reversed(parts) for entry in self._whole_past(part)]
        former = [id for part in parts for id in (part.id, *self.merged.pop(part.id, []))]
        self.merged[merged.id] = former
        self.rows |= dict.fromkeys(former, merged)
        return merged

    def all(self) -> list[Row]:
        """Every record once, archived or not, oldest first."""
        return [self.rows[id] for id in sorted([*self.ids, *self.archived_ids])]

    def live(self, id: str) -> Row | None:
        """The record that answers to an id, unless it is archived or never was."""
        row = self.rows.get(id)
        return row if row is not None and row.archived_at is None else None

    def value(self, row: Row, name: str) -> str | None:
        """One value; the portal's own properties come from the record itself."""
        if own := self.own.get(name):
            return own(row)
        column = self._columns.get(name)
        if column is None:
            return None
        cells = row.cells
        return cells[column] if column < len(cells) else None

    def some(self, row: Row, names: Iterable[str]) -> dict[str, str | None]:
        """Some values, whether they are there or not."""
        cells, columns, own = row.cells, self._columns, self.own
        end = len(cells)
        values: dict[str, str | None] = {}
        for name in names:
            column = columns.get(name, end)
            values[name] = cells[column] if column < end else own[name](row) if name in own else None
        return values

    def page(self, after: str, limit: int, archived: bool = False) -> tuple[list[Row], bool]:
        """The next records after an id, oldest first, and whether there are more."""
        ids = self.archived_ids if archived else self.ids
        start = bisect_right(ids, after)
        return [self.rows[id] for id in ids[start : start + limit]], start + limit < len(ids)

    def values(self, row: Row) -> dict[str, str]:
        """Every property that has a value, the portal's own first."""
        own = {name: read(row) for name, read in self.own.items()}
        kept = zip(self._columns, row.cells, strict=False)
        return own | {name: value for name, value in kept if value is not None}

    def make_unique(self, name: str) -> None:
        """From now on no two live records may share a value of this property."""
        if not self.unique.has(name):
            held = {self.value(self.rows[id], name): id for id in self.ids}
            self.unique.start(name, {value: id for value, id in held.items() if value})

    def holder(self, name: str, value: str) -> Row | None:
        """The live record that holds a unique value."""
        id = self.unique.holder(name, value)
        return self.rows[id] if id else None

    def history(self, row: Row, name: str) -> list[Entry]:
        """Every value a property has had, newest first."""
        past = [entry for entry in row.past or () if entry.name == name]
        value = self.value(row, name)
        if not past and value is not None:
            at = row.updated if name == self.type.modified else row.created
            return [Entry(name, value, at, row.source)]
        return past[::-1]

    def index(self, name: str, kind: str, key: Callable[[str], Key | None]) -> Index:
        """The property's values in order, as this kind of value; made when first asked for."""
        found = self._indexes.get(name)
        if found is None or found[0].kind != kind:
            values = ((id, self.value(self.rows[id], name)) for id in self.ids)
            keys = ((id, key(value)) for id, value in values if value is not None)
            found = self._indexes[name] = Index(kind, ((id, found) for id, found in keys if found is not None)), key
        return found[0]

    def redefined(self) -> None:
        """A property is another now: what searches found is not sure any more."""
        self.version += 1

    def stale(self, now: int) -> dict[str, Row | None]:
        """What search does not know of yet: records written within its lag, as they were before; None: not there."""
        self._before = [entry for entry in self._before if entry[0] > now - self._lags.search]
        return {id: row for _, id, row in reversed(self._before)}

    def _written(self, row: Row) -> None:
        self.version += 1
        for name, (index, key) in self._indexes.items():
            value = self.value(row, name) if row.archived_at is None else None
            index.put(row.id, key(value) if value is not None else None)

    def _remember(self, id: str, before: Row | None, at: int) -> None:
        if self._lags.search:
            self._before.append((at, id, before))

    def _write(self, row: Row, values: Values) -> None:
        cells = row.cells
        for name, value in values.items():
            column = self._columns.setdefault(name, len(self._columns))
            cells.extend([None] * (column + 1 - len(cells)))
            if self.unique.has(name):
                self.unique.swap(name, row.id, cells[column], value)
            cells[column] = value or None
        row.packed = pack(cells)

    def _whole_past(self, row: Row) -> list[Entry]:
        names = dict.fromkeys([*self._columns, *(entry.name for entry in row.past or ())])
        return [entry for name in names for entry in reversed(self.history(row, name))]


class Records:
    """The tables of all types."""

    def __init__(self, types: tuple[ObjectType, ...], lags: Lags) -> None:
        self._tables = {type.id: Table(type, lags) for type in types}

    def of(self, type: ObjectType) -> Table:
        """The table of one type."""
        return self._tables[type.id]


def _own(type: ObjectType) -> dict[str, Callable[[Row], str]]:
    own: dict[str, Callable[[Row], str]] = {
        type.created: lambda row: iso(row.created),
        type.modified: lambda row: iso(row.updated),
        "hs_object_id": lambda row: row.id,
    }
    return own | ({"hs_ticket_id": own["hs_object_id"]} if type.singular == "ticket" else {})
