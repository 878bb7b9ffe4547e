"""Findings that are made up: of a month with drops, of none, of one, of very many. The same ones every time."""

import random
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

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

ZONE = "Europe/Berlin"
FIRST, LAST = date(2026, 3, 2), date(2026, 3, 31)
MINUTE, HOUR = 60_000, 3_600_000
REASONS = ("no_answer", "promised", "visitor_last", "other_team", "ai_unclear", "handed_over")
INBOXES = ("1001", "1002", "1003")
AGENTS = ("A-3", "A-7", "A-12", "")
NAMES = {
    "inboxes": {"1001": "Support", "1002": "Shop", "1003": "Returns"},
    "agents": {"A-3": "agent-3", "A-7": "agent-7", "A-12": "agent-12"},
}
NO_SPREAD = Spread(0, None, None, None)


def month(drops: int = 7, late: int = 5, served: int = 200) -> Findings:
    """A month of one portal: as many drops, late ones and served ones as are asked for."""
    dice = random.Random(f"{drops}/{late}/{served}")
    statuses = ["dropped"] * drops + ["late"] * late + ["served"] * served
    closes = sorted((_close(dice, status, at) for at, status in enumerate(statuses)), key=lambda row: -row.closed_at)
    rows = [row for row in closes if row.status in ("late", "dropped")]
    rows.sort(key=lambda row: (row.status, -row.closed_at))
    decided = drops + late + served
    return Findings(
        portal_id=12345678, name="example", ui_host="app-eu1.hubspot.com", made_at=_ms(date(2026, 4, 1), 6, 0),
        zone=ZONE, first_day=FIRST, last_day=LAST, within=5 * MINUTE, until=_ms(date(2026, 4, 1), 5, 55),
        complete=True,
        totals=Totals(
            closes=decided + 300, skipped=40, resolved=260, waiting_on_visitor=31, needed=decided, served=served,
            late=late, dropped=drops, pending=0, ai_unclear=min(4, decided),
            ambiguous=sum(row.ambiguous for row in rows),
            overtaken=sum(row.overtaken for row in rows), rate=drops / decided if decided else None,
        ),
        days=tuple(
            _slice((FIRST + timedelta(at)).isoformat(), [r for r in closes if r.day == FIRST + timedelta(at)])
            for at in range((LAST - FIRST).days + 1)
        ),
        inboxes=_slices(closes, "inbox_id"), agents=_slices(closes, "agent_id"), reasons=_slices(closes, "reason"),
        hours=_hours(closes),
        waits=Spread(served + late, 41_000.0, 95_000.0, 3_900_000.0) if served else NO_SPREAD,
        late_by=Spread(late, 22 * MINUTE, 3.5 * HOUR, 26 * HOUR) if late else NO_SPREAD,
        served_by={"created": served, "attached": late} if served else {},
        places={"chat_thread_id": served, "thread": served + late, "chat_threads": late} if served else {},
        sla=Sla(
            180, Clock(9, 165, 6, Spread(174, 1.2 * HOUR, 6.5 * HOUR, 30.0 * HOUR)),
            Clock(2, 172, 1, Spread(174, 1.1 * HOUR, 5.0 * HOUR, 22.0 * HOUR)),
        ) if served else Sla(0, Clock(0, 0, 0, NO_SPREAD), Clock(0, 0, 0, NO_SPREAD)),
        confirmations=Confirmations(190, 188, 2, ("9000001", "9000002")) if drops else Confirmations(190, 190, 0, ()),
        two_open=(Person("501", ("9000010", "9000011")),) if drops else (),
        closes=tuple(rows),
    )  # fmt: skip


def nothing_needed() -> Findings:
    """A month in which no chat needed a ticket."""
    return replace(month(0, 0, 0), confirmations=Confirmations(0, 0, 0, ()))


def _close(dice: random.Random, status: str, at: int) -> Row:
    busy = status != "served" and dice.random() < 0.5  # half of what goes wrong does on Fridays after lunch
    day = FIRST + timedelta(dice.choice([4, 11, 18, 25]) if busy else dice.choice([d for d in range(30) if d % 7 < 6]))
    hour, minute = dice.choice([14, 15]) if busy else dice.randint(8, 18), dice.randint(0, 59)
    thread = str(700_000_000 + at)
    return Row(
        thread_id=thread, closed_at=_ms(day, hour, minute), day=day, inbox_id=dice.choices(INBOXES, (6, 3, 1))[0],
        agent_id=dice.choices(AGENTS, (4, 3, 1, 2))[0], reason=dice.choices(REASONS, (8, 5, 4, 3, 2, 1))[0],
        status=status,  # type: ignore[arg-type]
        late_by=dice.randint(1, 400) * MINUTE if status == "late" else None,
        ticket_id=str(9_100_000 + at) if status == "late" else "",
        places="chat_threads,thread" if status == "late" else "",
        ambiguous=status == "dropped" and at % 6 == 3, overtaken=status == "dropped" and at % 6 == 5,
        link=f"https://app-eu1.hubspot.com/live-messages/12345678/inbox/{thread}",
    )  # fmt: skip


def _ms(day: date, hour: int, minute: int) -> int:
    return int(datetime.combine(day, time(hour, minute), ZoneInfo(ZONE)).timestamp() * 1000)


def _slice(key: str, rows: list[Row]) -> Slice:
    statuses = [str(row.status) for row in rows]
    late, dropped = statuses.count("late"), statuses.count("dropped")
    rate = dropped / len(rows) if rows else None
    return Slice(key, len(rows), len(rows) - late - dropped, late, dropped, rate)


def _slices(rows: list[Row], name: str) -> tuple[Slice, ...]:
    keys = sorted({getattr(row, name) for row in rows})
    slices = [_slice(key, [row for row in rows if getattr(row, name) == key]) for key in keys]
    return tuple(sorted(slices, key=lambda each: (-each.dropped, -each.late, each.key)))


def _hours(rows: list[Row]) -> tuple[Hour, ...]:
    local = [(datetime.fromtimestamp(row.closed_at / 1000, UTC).astimezone(ZoneInfo(ZONE)), row) for row in rows]
    keys = sorted({(at.isoweekday(), at.hour) for at, _ in local})
    found = {key: [str(row.status) for at, row in local if (at.isoweekday(), at.hour) == key] for key in keys}
    return tuple(Hour(*key, len(all_), all_.count("late"), all_.count("dropped")) for key, all_ in found.items())


def small() -> Findings:
    """Two days with one dropped chat and one late one, written by hand."""
    dropped = Row(
        thread_id="7001", closed_at=_ms(date(2026, 3, 3), 14, 5), day=date(2026, 3, 3), inbox_id="1001", agent_id="",
        reason="no_answer", status="dropped", late_by=None, ticket_id="", places="", ambiguous=True, overtaken=False,
        link="https://app.hubspot.com/live-messages/12345678/inbox/7001",
    )  # fmt: skip
    late = Row(
        thread_id="7002", closed_at=_ms(date(2026, 3, 2), 9, 30), day=date(2026, 3, 2), inbox_id="1002", agent_id="A-3",
        reason="promised", status="late", late_by=85 * MINUTE, ticket_id="9002", places="chat_threads,thread",
        ambiguous=False, overtaken=False, link="https://app.hubspot.com/live-messages/12345678/inbox/7002",
    )  # fmt: skip
    return Findings(
        portal_id=12345678, name="example", ui_host="app.hubspot.com", made_at=_ms(date(2026, 3, 4), 6, 0), zone=ZONE,
        first_day=date(2026, 3, 2), last_day=date(2026, 3, 3), within=5 * MINUTE, until=_ms(date(2026, 3, 4), 5, 55),
        complete=True,
        totals=Totals(20, 2, 8, 3, 10, 7, 1, 1, 1, 1, 1, 0, 1 / 9),
        days=(Slice("2026-03-02", 6, 5, 1, 0, 0.0), Slice("2026-03-03", 4, 2, 0, 1, 1 / 3)),
        inboxes=(Slice("1001", 5, 3, 0, 1, 0.25), Slice("1002", 5, 4, 1, 0, 0.0)),
        agents=(Slice("", 4, 2, 0, 1, 1 / 3), Slice("A-3", 6, 5, 1, 0, 0.0)),
        reasons=(Slice("no_answer", 4, 2, 0, 1, 1 / 3), Slice("promised", 6, 5, 1, 0, 0.0)),
        hours=(Hour(1, 9, 6, 1, 0), Hour(2, 14, 4, 0, 1)),
        waits=Spread(8, 41_000.0, 95_000.0, 5_400_000.0), late_by=Spread(1, 5_100_000.0, 5_100_000.0, 5_100_000.0),
        served_by={"created": 7, "attached": 1}, places={"chat_thread_id": 7, "chat_threads": 1, "thread": 8},
        sla=Sla(8, Clock(2, 5, 1, Spread(7, 1.2 * HOUR, 6.5 * HOUR, 30.0 * HOUR)),
                Clock(1, 6, 0, Spread(7, 1.0 * HOUR, 5.0 * HOUR, 22.0 * HOUR))),
        confirmations=Confirmations(8, 7, 1, ("9003",)), two_open=(Person("501", ("9010", "9011")),),
        closes=(dropped, late),
    )  # fmt: skip
