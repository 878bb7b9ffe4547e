"""Do the expressions count what plain Python counts?"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from report.analysis.answer import by_portal, findings
from report.analysis.findings import Portal
from tests.report.analysis.asked import asked
from tests.report.analysis.made import FIRST, LAST, UNTIL, WITHIN, Made, made
from tests.report.analysis.recounted import differences, recounted


@pytest.mark.parametrize("seed", range(9))
def test_random_rows_are_counted_as_in_plain_python(tmp_path: Path, seed: int) -> None:
    """Of portals that share tables, each portal's Findings are those of a count of its rows one by one."""
    rows = made(seed, closes=(1, 40, 900)[seed % 3])
    with rows.tables(tmp_path / "report.duckdb") as tables:
        found = [differences(asked(tables, portal), recounted(rows, portal)) for portal in (1, 2)]
    assert found == [{}, {}]


def test_random_rows_have_every_case() -> None:
    """What the other test compares is not nothing: each number of a large portal is above 0."""
    found = recounted(made(5, closes=900), 1)
    numbers = [*vars(found.totals).values(), *found.served_by.values(), *found.places.values()]
    clocks = (found.sla.from_close, found.sla.from_creation)
    numbers += [number for clock in clocks for number in (clock.breached, clock.met, clock.open_over)]
    confirmed = found.confirmations
    numbers += [len(found.two_open), confirmed.sent, confirmed.missing, confirmed.wanted - confirmed.sent]
    assert min(numbers) > 0


@pytest.mark.parametrize("kept", [(), ("closes",), ("tickets",), ("links",), ("closes", "tickets")], ids="+".join)
def test_tables_may_be_empty(tmp_path: Path, kept: Iterable[str]) -> None:
    """Without closes, tickets or links, or without any rows at all, the rest is counted and the days are all there."""
    whole = made(4)
    rows = Made(**{name: getattr(whole, name) if name in kept else [] for name in ("closes", "tickets", "links")})
    with rows.tables(tmp_path / "report.duckdb") as tables:
        assert differences(asked(tables), recounted(rows, 1)) == {}


@pytest.mark.parametrize(("after", "status"), [(-1, "served"), (0, "served"), (1, "late")])
def test_five_minutes_are_exact(tmp_path: Path, after: int, status: str) -> None:
    """A ticket exactly 5 minutes after the close is in time, one millisecond later it is late by 1 ms."""
    close = next(row for row in made(4).closes if FIRST <= row["day"] <= LAST)
    served = {"resolution": "unresolved", "served_at": close["closed_at"] + WITHIN + after, "served_by": "created"}
    rows = Made([close | served | {"portal_id": 1}], [], [])
    with rows.tables(tmp_path / "report.duckdb") as tables:
        found = asked(tables)
    late_by = [row.late_by for row in found.closes]
    counts = (found.totals.served, found.totals.late, late_by)
    assert counts == {"served": (1, 0, []), "late": (0, 1, [1])}[status]


@pytest.mark.parametrize(("more", "status"), [(0, "dropped"), (1, "pending")])
def test_a_close_is_dropped_when_its_time_is_over(tmp_path: Path, more: int, status: str) -> None:
    """Without a ticket it is pending until 5 minutes after it have been gathered, and dropped from then on."""
    close = made(4).closes[0]
    moment = UNTIL - WITHIN + more
    nothing = {"served_at": None, "served_by": "", "ticket_id": "", "places": "", "resolution": "unresolved"}
    rows = Made([close | nothing | {"portal_id": 1, "closed_at": moment, "day": LAST}], [], [])
    with rows.tables(tmp_path / "report.duckdb") as tables:
        totals = asked(tables).totals
    assert (totals.dropped, totals.pending) == {"dropped": (1, 0), "pending": (0, 1)}[status]


def test_many_drops_are_counted_but_not_all_listed(tmp_path: Path) -> None:
    """Beyond the limit rows, tickets and persons are left out, and it is said how many; the counts are whole."""
    rows = made(5, closes=900)
    with rows.tables(tmp_path / "report.duckdb") as tables:
        found = asked(tables, most_rows=3)
    assert found == recounted(rows, 1, most=3)
    assert (len(found.closes), len(found.two_open), len(found.confirmations.tickets)) == (3, 3, 3)
    assert found.closes_left_out == found.totals.dropped + found.totals.late - 3 > 0 < found.two_open_left_out


@pytest.mark.parametrize("portals", [None, [3], [1, 3, 77]])
def test_portals_are_compared(tmp_path: Path, portals: list[int] | None) -> None:
    """An agency sees one row per portal with the numbers that the portal's own Findings have, most drops first."""
    rows = made(5, closes=900)
    with rows.tables(tmp_path / "report.duckdb") as tables:
        found = by_portal(tables, first_day=FIRST, last_day=LAST, within_ms=WITHIN, until=UNTIL, portals=portals)
    each = [(portal, recounted(rows, portal).totals) for portal in portals or (1, 2, 3)]
    compared = [Portal(portal, of.needed, of.served, of.late, of.dropped, of.rate) for portal, of in each]
    assert found == tuple(sorted(compared, key=lambda row: (-row.dropped, -row.late, -row.needed, row.portal_id)))


@pytest.mark.parametrize("zone", ["Europe/Paris", "America/New_York", "Not/Known"])
def test_tickets_are_those_of_the_accounts_days(tmp_path: Path, zone: str) -> None:
    """The SLA counts tickets whose chat closed between two midnights of that zone, on a day of 23 hours too."""
    day = date(2026, 3, 29) if zone == "Europe/Paris" else date(2026, 3, 8)
    tz = ZoneInfo("UTC" if zone == "Not/Known" else zone)
    began, ended = (
        int(datetime(each.year, each.month, each.day, tzinfo=tz).timestamp()) * 1000
        for each in (day, day + timedelta(days=1))
    )
    ticket = {"portal_id": 1, "created_at": began, "is_open": True, "contact_id": "", "chat_sla_due_at": ended}
    moments = (began - 1, began, ended - 1, ended)
    tickets = [{**ticket, "ticket_id": str(moment), "chat_closed_at": moment} for moment in moments]
    with Made([], tickets, []).tables(tmp_path / "report.duckdb") as tables:
        asking: dict[str, Any] = {"within_ms": WITHIN, "until": ended + 2, "made_at": ended + 2, "link": str}
        found = findings(tables, portal=1, first_day=day, last_day=day, zone=zone, **asking)
    assert (found.sla.tickets, found.sla.from_close.open_over) == (2, 2)
