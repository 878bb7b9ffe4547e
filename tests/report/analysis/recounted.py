"""The Findings of rows, counted one by one in plain Python."""

import statistics
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from report.analysis.findings import (
    Clock,
    Confirmations,
    Findings,
    Hour,
    Person,
    Row,
    Sla,
    Slice,
    Spread,
    Totals,
)
from tests.report.analysis.made import FIRST, LAST, UNTIL, WITHIN, Made, Record


def recounted(made: Made, portal: int, most: int = 10_000) -> Findings:
    """What the analysis should find of one portal in the usual window, in UTC."""
    closes = [row for row in made.closes if row["portal_id"] == portal and FIRST <= row["day"] <= LAST]
    by_status: dict[str, list[Record]] = defaultdict(list)
    for row in closes:
        by_status[status(row)].append(row)
    served, late, dropped = (by_status[name] for name in ("served", "late", "dropped"))
    needed = [*served, *late, *dropped, *by_status["pending"]]
    totals = Totals(
        closes=len(closes),
        skipped=len(by_status["skipped"]),
        resolved=len(by_status["resolved"]),
        waiting_on_visitor=sum(row["reason"] == "waiting_on_visitor" for row in by_status["resolved"]),
        needed=len(needed),
        served=len(served),
        late=len(late),
        dropped=len(dropped),
        pending=len(by_status["pending"]),
        ai_unclear=sum(row["reason"] == "ai_unclear" for row in needed),
        ambiguous=sum(row["ambiguous"] for row in dropped),
        overtaken=sum(row["overtaken"] for row in dropped),
        rate=_rate(served, late, dropped),
    )
    days = [FIRST + timedelta(days=n) for n in range((LAST - FIRST).days + 1)]
    rows = [_row(row) for part in (dropped, late) for row in _newest_first(part)]
    people = _people(made, portal)
    return Findings(
        portal_id=portal,
        name="example",
        ui_host="app-eu1.hubspot.com",
        made_at=UNTIL + 1,
        zone="UTC",
        first_day=FIRST,
        last_day=LAST,
        within=WITHIN,
        until=UNTIL,
        complete=False,
        totals=totals,
        days=tuple(_slice(str(day), [row for row in needed if row["day"] == day]) for day in days),
        inboxes=_slices(needed, "inbox_id"),
        agents=_slices(needed, "agent_id"),
        reasons=tuple(replace(each, rate=None) for each in _slices(needed, "reason")),
        hours=_hours(needed),
        waits=_spread(row["served_at"] - row["closed_at"] for row in [*served, *late]),
        late_by=_spread(row["served_at"] - row["closed_at"] - WITHIN for row in late),
        served_by=_counted(
            ("created", "made_before", "attached", "reopened"), (row["served_by"] for row in [*served, *late])
        ),
        places=_counted(
            ("chat_thread_id", "chat_threads", "thread", "ticket"),
            (place for row in [*served, *late] for place in row["places"].split(",")),
        ),
        sla=_sla(made, portal),
        confirmations=_confirmations(made, portal, needed, most),
        two_open=people[:most],
        closes=tuple(rows[:most]),
        closes_left_out=max(0, len(rows) - most),
        two_open_left_out=max(0, len(people) - most),
    )


def differences(found: Findings, expected: Findings) -> dict[str, tuple[Any, Any]]:
    """Of each field that differs, both values."""
    both = {name: (value, vars(expected)[name]) for name, value in vars(found).items()}
    return {name: pair for name, pair in both.items() if pair[0] != pair[1]}


def status(row: Record) -> str:
    """What became of a close."""
    if row["resolution"] in ("skipped", "resolved"):
        return str(row["resolution"])
    due = row["closed_at"] + WITHIN
    if row["served_at"] is None:
        return "dropped" if due <= UNTIL else "pending"
    return "served" if row["served_at"] <= due else "late"


def _rate(served: list[Record], late: list[Record], dropped: list[Record]) -> float | None:
    decided = len(served) + len(late) + len(dropped)
    return len(dropped) / decided if decided else None


def _slice(key: str, rows: list[Record]) -> Slice:
    served, late, dropped = ([row for row in rows if status(row) == name] for name in ("served", "late", "dropped"))
    return Slice(key, len(rows), len(served), len(late), len(dropped), _rate(served, late, dropped))


def _slices(rows: list[Record], column: str) -> tuple[Slice, ...]:
    keys = {row[column] for row in rows}
    slices = [_slice(key, [row for row in rows if row[column] == key]) for key in keys]
    return tuple(sorted(slices, key=lambda each: (-each.dropped, -each.late, -each.needed, each.key)))


def _hours(needed: list[Record]) -> tuple[Hour, ...]:
    hours = []
    for weekday, hour in sorted({(row["weekday"], row["hour"]) for row in needed}):
        rows = [status(row) for row in needed if (row["weekday"], row["hour"]) == (weekday, hour)]
        hours.append(Hour(weekday, hour, len(rows), rows.count("late"), rows.count("dropped")))
    return tuple(hours)


def _spread(values: Iterable[int]) -> Spread:
    found = sorted(values)
    if len(found) < 2:
        only = float(found[0]) if found else None
        return Spread(len(found), only, only, only)
    cuts = statistics.quantiles(found, n=100, method="inclusive")
    return Spread(len(found), cuts[49], cuts[89], cuts[98])


def _counted(known: tuple[str, ...], found: Iterable[str]) -> dict[str, int]:
    counter = Counter(found)
    return {key: counter[key] for key in known}


def _newest_first(rows: list[Record]) -> list[Record]:
    return sorted(rows, key=lambda row: (-row["closed_at"], row["thread_id"]))


def _row(row: Record) -> Row:
    late = status(row) == "late"
    return Row(
        thread_id=row["thread_id"],
        closed_at=row["closed_at"],
        day=row["day"],
        inbox_id=row["inbox_id"],
        agent_id=row["agent_id"],
        reason=row["reason"],
        status="late" if late else "dropped",
        late_by=row["served_at"] - row["closed_at"] - WITHIN if late else None,
        ticket_id=row["ticket_id"],
        places=row["places"],
        ambiguous=row["ambiguous"],
        overtaken=row["overtaken"],
        link=f"https://app-eu1.hubspot.com/live-messages/{row['portal_id']}/inbox/{row['thread_id']}",
    )


def _sla(made: Made, portal: int) -> Sla:
    tickets = [
        row
        for row in made.tickets
        if row["portal_id"] == portal
        and row["chat_sla_due_at"] is not None
        and row["chat_closed_at"] is not None
        and FIRST <= datetime.fromtimestamp(row["chat_closed_at"] / 1000, UTC).date() <= LAST
    ]
    return Sla(
        tickets=len(tickets),
        from_close=_clock(tickets, lambda row: row["chat_closed_at"]),
        from_creation=_clock(tickets, lambda row: row["created_at"]),
    )


def _clock(tickets: list[Record], start_of: Callable[[Record], int]) -> Clock:
    breached = met = open_over = 0
    waits = []
    for row in tickets:
        start = start_of(row)
        due = row["chat_sla_due_at"] - row["chat_closed_at"] + start
        ends = [moment for moment in (row["answered_at"], row["closed_at"]) if moment is not None]
        answers = [moment for moment in ends if moment >= start]
        if answers:
            waits.append(answers[0] - start)
            breached += answers[0] > due
            met += answers[0] <= due
        open_over += not ends and due < UNTIL
    return Clock(breached, met, open_over, _spread(waits))


def _confirmations(made: Made, portal: int, needed: list[Record], most: int) -> Confirmations:
    ours = [row for row in made.tickets if row["portal_id"] == portal and row["chat_closed_at"] is not None]
    tickets = {row["ticket_id"]: row for row in ours}
    wanted = sent = 0
    missing = []
    for row in needed:
        if row["served_by"] == "" or row["ticket_id"] not in tickets:
            continue
        wanted += 1
        ticket = tickets[row["ticket_id"]]
        moments = (ticket["confirmation_sent_at"], ticket["confirmation_requested_at"])
        if any(moment is not None and moment >= row["closed_at"] - 30 * 60_000 for moment in moments):
            sent += 1
        elif row["closed_at"] + WITHIN <= UNTIL:
            missing.append(row["ticket_id"])
    return Confirmations(wanted, sent, len(missing), tuple(sorted(set(missing))[:most]))


def _people(made: Made, portal: int) -> tuple[Person, ...]:
    linked = {row["ticket_id"] for row in made.links if row["portal_id"] == portal}
    tickets: dict[str, list[str]] = defaultdict(list)
    for row in made.tickets:
        of_a_chat = row["chat_closed_at"] is not None or row["ticket_id"] in linked
        if row["portal_id"] == portal and row["is_open"] and row["contact_id"] and of_a_chat:
            tickets[row["contact_id"]].append(row["ticket_id"])
    return tuple(Person(contact, tuple(sorted(found))) for contact, found in sorted(tickets.items()) if len(found) > 1)
