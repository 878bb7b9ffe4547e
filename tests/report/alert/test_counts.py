"""Which closes are counted, in which hours."""

import pytest

from report.alert.counts import HOUR, Account, Counts, Tally, counts
from tests.report.alert.history import MINUTE, NOW, PORTAL, WEEK, History, at


def seen(history: History, zone: str = "UTC") -> Counts:
    return counts(history.store, Account(PORTAL, zone, 5 * MINUTE, 45), hours=24, quiet_hours=6)


@pytest.mark.parametrize(
    ("age", "counted"),
    [
        (5 * MINUTE, Tally(1, 1)),
        (5 * MINUTE - 1, Tally(1, 0)),  # a ticket may still come in time
        (24 * HOUR, Tally(1, 1)),
        (24 * HOUR + 1, Tally(0, 0)),
    ],
)
def test_the_edges_of_the_hours(history: History, age: int, counted: Tally) -> None:
    """A close is dropped from the millisecond on in which its five minutes are over, until the hours are."""
    history.gathered(NOW)
    history.closed(NOW - age)
    assert seen(history).recent == counted


def test_what_needs_no_ticket_is_not_counted(history: History) -> None:
    """Resolved and skipped closes do not count; one that a ticket served needed it; a late one is not dropped."""
    history.gathered(NOW)
    for resolution in ("resolved", "skipped"):
        history.closed(NOW - HOUR, resolution=resolution)
    history.closed(NOW - HOUR, resolution="unjudged", served_at=NOW - HOUR)
    history.closed(NOW - HOUR, served_at=NOW - MINUTE)
    assert seen(history).recent == Tally(2, 0)


def test_a_past_hour_counts_as_it_stood_then(history: History) -> None:
    """A ticket that came after three hours is not yet seen when the past hour is as old as the present one is."""
    history.gathered(NOW, since=0)
    for week in (1, 2):
        history.closed(NOW - 70 * MINUTE - week * WEEK, served_at=NOW - week * WEEK + 3 * HOUR)
        history.closed(NOW - 70 * MINUTE - week * WEEK, served_at=NOW - week * WEEK - MINUTE)
    assert [each.before for each in seen(history).hours[:3]] == [(0,) * 6, (1, 1, 0, 0, 0, 0), (0,) * 6]


def test_the_hour_under_way_is_compared_with_as_much_of_the_past(history: History) -> None:
    """At 15:20 it is decided until 15:15; what was dropped at 15:30 a week ago is no measure for that."""
    history.gathered(NOW, since=0)
    for minute in ("15:10", "15:14", "15:30"):
        history.closed(at(f"2026-10-26 {minute}"))
    hour = seen(history).hours[0]
    assert (f"{hour.begins:%H:%M}", f"{hour.ends:%H:%M}", hour.before) == ("15:00", "15:15", (2, 0, 0, 0, 0, 0))


def test_weeks_that_were_not_gathered_say_nothing(history: History) -> None:
    """Only weeks whose hour lies after the first gathering's beginning, and within what is kept, are compared with."""
    history.gathered(NOW, since=NOW - 3 * WEEK)
    assert [len(each.before) for each in seen(history).hours] == [2, 2, 2, 2, 2, 2]  # the third began before
    history.gathered(NOW + 1, since=0)
    assert len(seen(history).hours[0].before) == 6  # 45 days


def test_the_clocks_on_the_wall_decide(history: History) -> None:
    """After the change to winter time the same hour by the account's clocks is compared, not the same in UTC."""
    history.gathered(at("2026-10-26 14:20"), since=0)
    history.closed(at("2026-10-19 13:30"))  # 15:30 in Berlin's summer, against 13:30 UTC = 14:30 in winter
    history.closed(at("2026-10-19 12:30"))  # 14:30
    hours = seen(history, "Europe/Berlin").hours
    found = {f"{each.begins:%H:%M}": each.before[0] for each in hours}
    assert found == {"15:00": 0, "14:00": 1, "13:00": 0, "12:00": 0, "11:00": 0, "10:00": 0}


def test_an_hour_that_the_clocks_skipped_is_no_week(history: History) -> None:
    """Compared with the Sunday on which 2:00 was 3:00 there is a week less."""
    history.gathered(at("2026-04-05 00:50"), since=0)
    weeks = {f"{each.begins:%H:%M}": len(each.before) for each in seen(history, "Europe/Berlin").hours[:2]}
    assert weeks == {"02:00": 5, "01:00": 6}
