"""Which records a search finds, and in which order: by the properties' indexes where they can tell, else by looking."""

import heapq
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain, islice
from math import isqrt
from re import Pattern

from harness.portal.objects.filters import Filter, Group, Spans
from harness.portal.objects.indexes import Span
from harness.portal.objects.keys import key_of
from harness.portal.objects.records import Table
from harness.portal.objects.rows import Row
from harness.portal.objects.types import COMPANY, CONTACT, NOTE, TICKET
from harness.portal.properties.definitions import Definition

# Documented: the default searchable properties of each type (search guide).
SEARCHABLE = {
    CONTACT.id: ("firstname", "lastname", "email", "phone", "hs_additional_emails", "mobilephone", "company"),
    COMPANY.id: ("website", "phone", "name", "domain"),
    TICKET.id: ("subject", "content", "hs_pipeline_stage", "hs_ticket_category", "hs_ticket_id"),
    NOTE.id: ("hs_note_body",),
}
PAGE = 200
WALKED = 1_000  # records that are looked at and left out, rather than bringing those that are not in order
Stale = Mapping[str, Row | None]


@dataclass(frozen=True, slots=True)
class Search:
    """What is asked for."""

    groups: list[Group]
    words: list[Pattern[str]] = field(default_factory=list)
    sort: Definition | None = None
    descending: bool = False


class Found:
    """What a search finds: how many, and their ids in order, as far as somebody asked."""

    def __init__(self, total: int, ids: Iterable[str]) -> None:
        self.total = total
        self._ids = iter(ids)
        self._known: list[str] = []

    def page(self, start: int, limit: int) -> list[str]:
        """Some of the ids."""
        self._known.extend(islice(self._ids, max(start + limit - len(self._known), 0)))
        return self._known[start : start + limit]


def find(table: Table, search: Search, stale: Stale) -> Found:
    """The records that meet all filters of a group; those written a moment ago as they were before."""
    alone = search.groups[0][0] if len(search.groups) == 1 and len(search.groups[0]) == 1 else None
    if not stale and not search.words:
        if not search.groups:
            return Found(len(table.ids), _walk(table, search))
        if alone and alone.spans:
            return _by_index(table, search, alone, alone.spans)
    ids = {id for group in search.groups or [[]] for id in _candidates(table, group, search, stale)}
    ids |= {id for id, row in stale.items() if row and row.archived_at is None and _meets(table, row, search)}
    return Found(len(ids), _ordered(table, search, ids, stale))


def _by_index(table: Table, search: Search, filter: Filter, spans: Spans) -> Found:
    """One filter that an index answers: how many is known at once, and mostly their order, too."""
    index = table.index(filter.name, filter.kind, filter.key)
    found = [span for span in spans(index) if len(span)]
    runs = [index.run(span, search.descending) for span in found]
    total = sum(len(span) for span in found)
    by_id = _is_by_id(table, search.sort.name if search.sort else "hs_object_id")
    if (by_id and _is_by_id(table, filter.name)) or (search.sort and search.sort.name == filter.name):
        return Found(total, chain.from_iterable(reversed(runs) if search.descending else runs))
    if by_id and filter.points:
        return Found(total, heapq.merge(*runs, reverse=search.descending))
    if by_id and len(table.ids) - total > WALKED:
        return Found(
            total, heapq.merge(*(index.by_id(span, search.descending) for span in found), reverse=search.descending)
        )
    if total <= isqrt(PAGE * len(table.ids)):
        return Found(total, _ordered(table, search, {id for span in found for id in index.ids(span)}, {}))
    return Found(total, (id for id in _walk(table, search) if filter.holds(index.keys.get(id))))


def _candidates(table: Table, group: Group, search: Search, stale: Stale) -> Iterator[str]:
    """The records that meet one group: the filter that leaves fewest first, the others by looking at those."""
    choices = [(_reach(table, one), one) for one in group]
    first = min((reach for reach, _ in choices if reach is not None), key=lambda reach: reach[0], default=None)
    ids: Iterable[str] = first[1] if first else table.ids
    for test in [_test(table, one) for reach, one in choices if reach is None or reach is not first]:
        ids = filter(test, ids)
    for id in ids:
        if id not in stale and (not search.words or _has_words(table, table.rows[id], search.words)):
            yield id


def _reach(table: Table, filter: Filter) -> tuple[int, Iterable[str]] | None:
    """How many records a filter holds for, and which, if that is known without looking."""
    if filter.ids is not None:
        rows = [table.rows[id] for id in filter.ids]
        live = list(dict.fromkeys(row.id for row in rows if row.archived_at is None))
        return len(live), live
    if filter.spans is None:
        return None
    index = table.index(filter.name, filter.kind, filter.key)
    spans = filter.spans(index)
    return sum(len(span) for span in spans), chain.from_iterable(index.run(span) for span in spans)


def _test(table: Table, filter: Filter) -> Callable[[str], bool]:
    """How one record is looked at."""
    if filter.ids is not None:
        return frozenset(filter.ids).__contains__
    if filter.by_text:
        return lambda name: _holds(table, filter, table.rows[name])
    holds, key_of = filter.holds, table.index(filter.name, filter.kind, filter.key).keys.get
    return lambda name: holds(key_of(name))


def _holds(table: Table, filter: Filter, row: Row) -> bool:
    value = table.value(row, filter.name)
    return filter.holds(filter.key(value) if value is not None else None)


def _meets(table: Table, row: Row, search: Search) -> bool:
    """Whether a record as it was before meets a search; its associations are those of now."""
    groups: list[Group] = search.groups or [[]]
    met = any(
        all(row.id in filter.ids if filter.ids is not None else _holds(table, filter, row) for filter in group)
        for group in groups
    )
    return met and _has_words(table, row, search.words)


def _has_words(table: Table, row: Row, words: list[Pattern[str]]) -> bool:
    if not words:
        return True
    values = [table.value(row, name) for name in SEARCHABLE.get(table.type.id, ())]
    text = " ".join(value for value in values if value).lower()
    return all(word.search(text) for word in words)


def _is_by_id(table: Table, name: str) -> bool:
    """Whether a property's order is that of ids, as that of a search without sorts is (documented: oldest first)."""
    return name in ("hs_object_id", "hs_ticket_id") or (name == table.type.created and table.in_order)


def _walk(table: Table, search: Search) -> Iterator[str]:
    """All live records in the order asked for; those without the property last (guessed)."""
    if search.sort is None or _is_by_id(table, search.sort.name):
        return reversed(table.ids) if search.descending else iter(table.ids)
    index = table.index(search.sort.name, search.sort.type, key_of(search.sort))
    without = (id for id in table.ids if id not in index.keys)
    return chain(index.run(Span(0, len(index.order)), search.descending), without)


def _ordered(table: Table, search: Search, ids: set[str], stale: Stale) -> list[str]:
    """These records in the order asked for, as `_walk` has it."""
    if search.sort is None or _is_by_id(table, search.sort.name):
        return sorted(ids, reverse=search.descending)
    to_key, name = key_of(search.sort), search.sort.name
    rows = {id: stale.get(id) or table.rows[id] for id in ids}
    values = {id: table.value(row, name) for id, row in rows.items()}
    keys = {id: to_key(value) for id, value in values.items() if value is not None}
    known = sorted(((key, id) for id, key in keys.items()), reverse=search.descending)
    return [*(id for _, id in known), *sorted(ids - keys.keys())]
