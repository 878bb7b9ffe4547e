"""The clock: time stands still until told to move, and planned calls happen at their own moment."""

import math
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone

import pytest

from harness.clock import Clock, ClockError


def test_it_starts_where_told_and_stands_still() -> None:
    """A clock shows the moment it was given, in all its forms, however often it is asked."""
    clock = Clock("2026-03-29T01:59:59.250+01:00")
    shown = [(clock.now(), clock.millis(), clock.iso()) for _ in range(2)]
    assert (
        shown == [(datetime(2026, 3, 29, 0, 59, 59, 250_000, UTC), 1_774_745_999_250, "2026-03-29T00:59:59.250Z")] * 2
    )


def test_any_zone_is_the_same_moment() -> None:
    """An aware datetime of another zone is shown in UTC, cut to the millisecond."""
    tokyo = timezone(timedelta(hours=9))
    assert Clock(datetime(2026, 1, 1, 9, 0, 0, 1_999, tokyo)).iso() == "2026-01-01T00:00:00.001Z"


def test_planned_calls_happen_in_order_at_their_moment() -> None:
    """Calls are made by time, then by the order of asking, and each sees its own moment as now."""
    clock = Clock("2026-03-02T08:00:00Z")
    seen: list[tuple[str, str]] = []

    def note(name: str) -> None:
        seen.append((name, clock.iso()[11:19]))

    clock.after(60, lambda: note("third"))
    clock.at("2026-03-02T08:00:30Z", lambda: note("first"))
    clock.at("2026-03-02T08:00:30Z", lambda: note("second"))
    clock.after(3600, lambda: note("not yet"))
    clock.run_until("2026-03-02T08:30:00Z")
    assert seen == [("first", "08:00:30"), ("second", "08:00:30"), ("third", "08:01:00")]
    assert (clock.iso(), clock.planned()) == ("2026-03-02T08:30:00.000Z", 1)


def test_a_call_may_plan_another() -> None:
    """What a call plans on the way is made on the same run, if it falls into it."""
    clock = Clock("2026-03-02T08:00:00Z")
    seen: list[str] = []

    def again() -> None:
        seen.append(clock.iso()[11:19])
        clock.after(600, again)

    clock.after(600, again)
    clock.advance(1800)
    assert seen == ["08:10:00", "08:20:00", "08:30:00"]


def test_run_all_stops_at_its_limit() -> None:
    """Three days of retries are made in one call; what never ends is cut off at the limit."""
    clock = Clock("2026-03-02T08:00:00Z")
    seen: list[str] = []

    def again() -> None:
        seen.append(clock.iso())
        clock.after(86_400, again)

    clock.after(86_400, again)
    clock.run_all(limit_days=3)
    assert seen == ["2026-03-03T08:00:00.000Z", "2026-03-04T08:00:00.000Z", "2026-03-05T08:00:00.000Z"]


def test_a_moment_that_has_passed_is_due_now() -> None:
    """Planning for the past means: at once, when the clock next moves, without time running backwards."""
    clock = Clock("2026-03-02T08:00:00Z")
    seen: list[str] = []
    clock.at("2026-03-01T00:00:00Z", lambda: seen.append(clock.iso()))
    clock.advance(0)
    assert seen == ["2026-03-02T08:00:00.000Z"]


@pytest.mark.parametrize(
    ("value", "sentence"),
    [
        (
            "soon",
            "Clock: expected ISO text such as 2026-03-02T08:00:00Z, found 'soon'. Write date, time and zone.",
        ),
        (
            "2026-03-02T08:00:00",
            "Clock: expected a moment with a time zone, found 2026-03-02T08:00:00. Add Z or +01:00.",
        ),
        *[
            (
                value,
                f"Clock: expected a moment from 1970-01-01 to 9000-01-01, found {value}. Choose one of these years.",
            )
            for value in (
                "1969-12-31T23:59:59+00:00",
                "9000-01-01T00:00:01+00:00",
                "9999-12-31T23:59:59-14:00",
                "0001-01-01T00:00:00+14:00",
            )
        ],
    ],
)
def test_a_bad_moment_is_refused(value: str, sentence: str) -> None:
    """A moment that cannot be placed is refused in a sentence that says what to write."""
    with pytest.raises(ClockError) as refused:
        Clock(value)
    assert str(refused.value) == sentence


def test_time_does_not_run_backwards() -> None:
    """Running to an earlier moment is refused, and the clock stays where it is."""
    clock = Clock("2026-03-02T08:00:00Z")
    with pytest.raises(ClockError) as refused:
        clock.run_until("2026-03-02T07:00:00Z")
    assert str(refused.value) == (
        "Clock.run_until: expected a moment not before 2026-03-02T08:00:00.000Z, "
        "found 2026-03-02T07:00:00+00:00. Time does not run backwards: start a new Clock there."
    )
    assert clock.iso() == "2026-03-02T08:00:00.000Z"


@pytest.mark.parametrize("seconds", [1.5, 1e300, math.inf, math.nan])
def test_it_is_not_put_beyond_its_end(seconds: float) -> None:
    """Seconds that lead out of its range are refused, and the clock stays where it is."""
    clock = Clock("9000-01-01T00:00:00Z")
    with pytest.raises(ClockError, match=r"^Clock: expected a moment from 1970-01-01 to 9000-01-01, found "):
        clock.advance(seconds)
    assert clock.iso() == "9000-01-01T00:00:00.000Z"


def test_nothing_happens_after_its_end() -> None:
    """What is planned for after the end is never made, however far ahead it lies; what is due by then is."""
    clock = Clock("8999-12-31T23:59:00Z")
    seen: list[str] = []
    for seconds in (60, 61, 1e300):
        clock.after(seconds, lambda: seen.append(clock.iso()))
    clock.run_all(limit_days=999_999_999)
    assert (seen, clock.planned()) == (["9000-01-01T00:00:00.000Z"], 0)


@pytest.mark.parametrize("days", [1e12, math.inf])
def test_run_all_for_ever(days: float) -> None:
    """However far ahead its limit lies, every planned call is made, and the clock ends no later than its end."""
    clock, seen = Clock("2026-03-02T08:00:00Z"), list[str]()
    clock.at("9000-01-01T00:00:00Z", lambda: seen.append(clock.iso()))
    clock.run_all(limit_days=days)
    assert seen == ["9000-01-01T00:00:00.000Z"]


def test_no_moment_at_all() -> None:
    """What is neither text nor a datetime, and what is no number of seconds or days, is refused by name."""
    clock = Clock("2026-03-02T08:00:00Z")
    found = []
    wrongs: list[Callable[[], None]] = [
        lambda: clock.run_until(5),  # type: ignore[arg-type]
        lambda: clock.after(math.nan, print),
        lambda: clock.run_all(limit_days=math.nan),
    ]
    for wrong in wrongs:
        with pytest.raises(ClockError) as refused:
            wrong()
        found.append(str(refused.value))
    assert found == [
        "Clock: expected ISO text such as 2026-03-02T08:00:00Z or a datetime, found 5.",
        "Clock: expected a moment from 1970-01-01 to 9000-01-01, found nan seconds after 2026-03-02T08:00:00+00:00. "
        "Choose one of these years.",
        "Clock: expected a moment from 1970-01-01 to 9000-01-01, found nan days after 2026-03-02T08:00:00+00:00. "
        "Choose one of these years.",
    ]
