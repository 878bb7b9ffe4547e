"""What do the tables say of one portal's window, as Findings, or of many portals, side by side?"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import groupby
from typing import Any

from ibis.expr import types as ir

from report.analysis import expressions
from report.analysis.expressions import Scope
from report.analysis.findings import (
    Clock,
    Confirmations,
    Findings,
    Hour,
    Person,
    Portal,
    Row,
    Sla,
    Slice,
    Spread,
    Totals,
)
from report.analysis.tables import Tables
from report.window import zone_of

MOST_ROWS = 10_000
INTERRUPTED = "Query interrupted"  # what DuckDB makes of Ctrl-C: a RuntimeError
SERVICES = ("created", "made_before", "attached", "reopened")
PLACES = ("chat_thread_id", "chat_threads", "thread", "ticket")

_Counts = Mapping[str, int]
_NOTHING: _Counts = dict.fromkeys(expressions.SUMS, 0)


def findings(
    tables: Tables,
    *,
    portal: int,
    first_day: date,
    last_day: date,
    within_ms: int,
    until: int,
    made_at: int,
    link: Callable[[str, str], str],
    name: str = "",
    ui_host: str = "app.hubspot.com",
    zone: str = "UTC",
    complete: bool = True,
    most_rows: int = MOST_ROWS,
) -> Findings:
    """Count everything of one portal between two days, both included, in seven queries; `link`: where a chat opens."""
    scope = Scope(first_day, last_day, within_ms, until)
    closes = expressions.judged(tables, [portal], scope)
    both = expressions.kept(tables, portal, *_moments(scope, zone))
    counted = _counted(expressions.counts(closes))
    totals = counted["all"].get("", _NOTHING)
    spreads = _spreads(expressions.ranked(closes, both))
    chats = [_row(row, link) for row in _rows(expressions.rows(closes, most_rows))]
    people, more_people = _people(expressions.two_open(tables, portal, most_rows))
    return Findings(
        portal_id=portal,
        name=name,
        ui_host=ui_host,
        made_at=made_at,
        zone=zone,
        first_day=first_day,
        last_day=last_day,
        within=within_ms,
        until=until,
        complete=complete,
        totals=Totals(**totals, rate=_rate(totals)),
        days=_days(scope, counted["day"]),
        inboxes=_largest_first(counted["inbox"]),
        agents=_largest_first(counted["agent"]),
        # Chats that had a ticket in time were not read and have no reason: of the others a rate would say too much.
        reasons=tuple(replace(each, rate=None) for each in _largest_first(counted["reason"])),
        hours=_hours(counted["hour"]),
        waits=spreads["waits"],
        late_by=spreads["late_by"],
        served_by=_each(SERVICES, ((key, row["closes"]) for key, row in counted["served_by"].items())),
        places=_each(PLACES, _places(counted["places"])),
        sla=_sla(_rows(expressions.clocks(both, until)), spreads),
        confirmations=_confirmations(expressions.confirmable(tables, closes, scope), most_rows),
        two_open=people,
        two_open_left_out=more_people,
        closes=tuple(chats),
        closes_left_out=totals["late"] + totals["dropped"] - len(chats),
    )


def by_portal(
    tables: Tables,
    *,
    first_day: date,
    last_day: date,
    within_ms: int,
    until: int,
    portals: Sequence[int] | None = None,
) -> tuple[Portal, ...]:
    """Compare the portals asked for, or all that closed a chat in the window; the largest number of drops first."""
    closes = expressions.judged(tables, portals, Scope(first_day, last_day, within_ms, until))
    counted = _counted(expressions.counts_of_portals(closes))["portal"]
    found = dict.fromkeys(map(str, portals or ()), _NOTHING) | counted
    rows = [Portal(int(key), **_outcome(row), rate=_rate(row)) for key, row in found.items()]
    return tuple(sorted(rows, key=lambda row: (-row.dropped, -row.late, -row.needed, row.portal_id)))


def _rows(table: ir.Table) -> list[dict[str, Any]]:
    try:
        found: list[dict[str, Any]] = table.to_pyarrow().to_pylist()
    except RuntimeError as mistake:
        if INTERRUPTED in str(mistake):
            raise KeyboardInterrupt from None
        raise
    return found


def _moments(scope: Scope, zone: str) -> tuple[int, int]:
    """The window's first millisecond in that zone, and the first after it."""
    days = (scope.first_day, scope.last_day + timedelta(days=1))
    starts = (datetime.combine(day, time.min, zone_of(zone)).astimezone(UTC) for day in days)
    began, ended = (int(start.timestamp()) * 1000 for start in starts)
    return began, ended


class _Counted(dict[str, dict[str, _Counts]]):
    """Of each kind of slice, the counts of each key; a kind that nobody has is empty."""

    def __missing__(self, kind: str) -> dict[str, _Counts]:
        return self.setdefault(kind, {})


def _counted(table: ir.Table) -> _Counted:
    counted = _Counted()
    for row in _rows(table):
        counted[row.pop("kind")][row.pop("key")] = row
    return counted


def _outcome(row: _Counts) -> dict[str, int]:
    return {name: row[name] for name in ("needed", "served", "late", "dropped")}


def _rate(row: _Counts) -> float | None:
    decided = row["served"] + row["late"] + row["dropped"]
    return row["dropped"] / decided if decided else None


def _slice(key: str, row: _Counts) -> Slice:
    return Slice(key, **_outcome(row), rate=_rate(row))


def _days(scope: Scope, found: Mapping[str, _Counts]) -> tuple[Slice, ...]:
    days = [scope.first_day + timedelta(days=n) for n in range((scope.last_day - scope.first_day).days + 1)]
    return tuple(_slice(day.isoformat(), found.get(day.isoformat(), _NOTHING)) for day in days)


def _largest_first(found: Mapping[str, _Counts]) -> tuple[Slice, ...]:
    slices = [_slice(key, row) for key, row in found.items()]
    return tuple(sorted(slices, key=lambda each: (-each.dropped, -each.late, -each.needed, each.key)))


def _hours(found: Mapping[str, _Counts]) -> tuple[Hour, ...]:
    hours = sorted((int(key), row) for key, row in found.items())
    return tuple(Hour(*divmod(key, 100), row["needed"], row["late"], row["dropped"]) for key, row in hours)


def _places(found: Mapping[str, _Counts]) -> Iterable[tuple[str, int]]:
    for together, row in found.items():
        for place in filter(None, together.split(",")):
            yield place, row["closes"]


def _each(known: Sequence[str], found: Iterable[tuple[str, int]]) -> dict[str, int]:
    """All that are known, in their order, then what else there is."""
    counted = dict.fromkeys(known, 0)
    for key, count in sorted(found):
        counted[key] = counted.get(key, 0) + count
    return counted


def _spreads(table: ir.Table) -> dict[str, Spread]:
    spreads = dict.fromkeys(("waits", "late_by", "from_close", "from_creation"), Spread(0, None, None, None))
    for kind, group in groupby(sorted(_rows(table), key=lambda row: str(row["kind"])), lambda row: row["kind"]):
        ranked = list(group)
        count, values = ranked[0]["among"], {row["place"]: row["took"] for row in ranked}
        spreads[kind] = Spread(count, *(_between(values, count, each) for each in expressions.PERCENTILES))
    return spreads


def _between(values: Mapping[int, int], count: int, percent: int) -> float:
    """The percentile by linear interpolation, from the two values beside it."""
    place, rest = divmod((count - 1) * percent, 100)
    above = values[place + 1] if rest else 0
    return (values[place] * (100 - rest) + above * rest) / 100


def _row(row: Mapping[str, Any], link: Callable[[str, str], str]) -> Row:
    dropped = row["dropped"]
    same = ("thread_id", "closed_at", "day", "inbox_id", "agent_id", "reason", "ticket_id", "places")
    return Row(
        **{name: row[name] for name in same},
        status="dropped" if dropped else "late",
        late_by=None if dropped else row["late_by"],
        ambiguous=row["ambiguous"],
        overtaken=row["overtaken"],
        link=link(row["inbox_id"], row["thread_id"]),
    )


def _sla(rows: Sequence[Mapping[str, Any]], spreads: Mapping[str, Spread]) -> Sla:
    clocks = {row["kind"]: Clock(row["breached"], row["met"], row["open_over"], spreads[row["kind"]]) for row in rows}
    return Sla(rows[0]["tickets"], clocks["from_close"], clocks["from_creation"])


def _confirmations(closes: ir.Table, most: int) -> Confirmations:
    (row,) = _rows(expressions.confirmations(closes))
    tickets = _rows(expressions.unconfirmed(closes, most)) if row["missing"] else []
    return Confirmations(**row, tickets=tuple(ticket["ticket_id"] for ticket in tickets))


def _people(table: ir.Table) -> tuple[tuple[Person, ...], int]:
    rows = sorted(_rows(table), key=lambda row: (row["contact_id"], row["ticket_id"]))
    people = tuple(
        Person(contact, tuple(row["ticket_id"] for row in group))
        for contact, group in groupby(rows, lambda row: str(row["contact_id"]))
    )
    return people, rows[0]["people"] - len(people) if rows else 0
