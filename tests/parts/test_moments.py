"""The moments part reads and writes HubSpot's times and reckons business hours."""

from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from actions.parts.moments import due_at, is_day, iso, millis, shifts, zone_named

NINE = 1772442000000  # 2026-03-02T09:00:00Z, a Monday


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("1772442000000", NINE),
        (1772442000000, NINE),
        (1772442000000.0, NINE),
        ("1772442000000.0", NINE),
        ("2026-03-02T09:00:00Z", NINE),
        ("2026-03-02T09:00:00.250Z", NINE + 250),
        ("2026-03-02T09:00:00.123456789Z", NINE + 123),
        ("2026-03-02T10:00:00+01:00", NINE),
        ("2026-03-02T04:00:00-0500", NINE),
        ("2026-03-02 09:00", NINE),
        ("2026-03-02", NINE - 9 * 3600000),
        ("", None),
        (None, None),
        ("soon", None),
        ("2026-13-02T09:00:00Z", None),
        ("2026-03-02T25:00:00Z", None),
        ("2026-03-02T09:00:00+99:99", None),
        ("0001-01-01T00:00:00+14:00", None),
        ("9999-12-31T23:59:59-14:00", None),
        ("9999999999999999", None),
        ("0", None),
        ("-1", None),
    ],
)
def test_a_moment_is_read_from_every_form_hubspot_sends(text, moment):
    """ISO text, epoch milliseconds as text or number; anything else is no moment, and never an error."""
    assert millis(text) == moment


@given(st.integers(min_value=946684800000, max_value=4102444800000))
def test_a_moment_survives_writing_and_reading(moment):
    """What is written to HubSpot is read back as the same millisecond."""
    assert millis(iso(moment)) == moment


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", []),
        ("Mon 09:00-17:30", [(0, 540, 510)]),
        ("Sat-Mon 10:00-14:00", [(5, 600, 240), (6, 600, 240), (0, 600, 240)]),
        ("Fri 22:00-06:00", [(4, 1320, 480)]),
        ("Mon 00:00-24:00", [(0, 0, 1440)]),
        ("Mon-Fri", None),
        ("Mon 25:00-26:00", None),
        ("Mond 09:00-10:00", None),
        ("Mon 09:61-10:00", None),
        ("Mon 09:00-09:00", None),
    ],
)
def test_business_hours_are_read_or_refused(text, found):
    """Hours are weekdays and spans; a wrong text is told from an empty one."""
    assert shifts(text) == found


BERLIN = zone_named("Europe/Berlin")


def local(text):
    return int(datetime.fromisoformat(text).replace(tzinfo=BERLIN).timestamp() * 1000)


@pytest.mark.parametrize(
    ("start", "minutes", "hours", "holidays", "due"),
    [
        ("2026-03-02T09:00", 60, "Mon-Fri 09:00-17:30", (), "2026-03-02T10:00"),
        ("2026-03-02T17:00", 60, "Mon-Fri 09:00-17:30", (), "2026-03-03T09:30"),
        ("2026-03-06T17:00", 60, "Mon-Fri 09:00-17:30", (), "2026-03-09T09:30"),
        ("2026-03-07T12:00", 60, "Mon-Fri 09:00-17:30", (), "2026-03-09T10:00"),
        ("2026-03-06T17:00", 60, "Mon-Fri 09:00-17:30", ("2026-03-09",), "2026-03-10T09:30"),
        ("2026-03-06T23:00", 480, "Fri 22:00-06:00, Mon 09:00-17:00", (), "2026-03-09T10:00"),
        ("2026-03-07T01:00", 60, "Fri 22:00-06:00", (), "2026-03-07T02:00"),
        ("2026-03-28T23:00", 360, "", (), "2026-03-29T06:00"),  # the night that lacks an hour
        ("2026-10-24T22:00", 480, "Sat 20:00-08:00", (), "2026-10-25T05:00"),  # the night that has one twice
    ],
)
def test_an_answer_is_due_in_business_time(start, minutes, hours, holidays, due):
    """Business time skips nights, week-ends and holidays, crosses midnight, and is real through a clock change."""
    assert due_at(local(start), minutes, shifts(hours), BERLIN, holidays) == local(due)


def test_hours_that_never_open_do_not_loop_for_ever():
    """A due time is found even where holidays have eaten every open day."""
    days = [(datetime(2026, 3, 2, tzinfo=timezone.utc) + timedelta(days=n)).date().isoformat() for n in range(4000)]

    assert due_at(NINE, 60, shifts("Mon-Sun 09:00-17:00"), BERLIN, set(days)) == NINE + 3600000


@settings(max_examples=60, deadline=None)
@given(
    st.integers(min_value=0, max_value=500),
    st.integers(min_value=1, max_value=3000),
    st.integers(min_value=1, max_value=3000),
)
def test_more_business_time_is_never_due_sooner(hours_later, minutes, more):
    """Due times grow with the time allowed and never lie before the start."""
    start = NINE + hours_later * 3600000
    opening = shifts("Mon-Fri 09:00-17:30, Sat 22:00-02:00")

    first, second = due_at(start, minutes, opening, BERLIN), due_at(start, minutes + more, opening, BERLIN)

    assert start < first <= second


@pytest.mark.parametrize(
    ("name", "known"), [("Europe/Berlin", True), ("UTC", True), ("Mars/Olympus", False), ("../etc", False)]
)
def test_a_zone_is_found_or_unknown(name, known):
    """A zone nobody knows is None, whatever its name."""
    assert (zone_named(name) is not None) is known


@pytest.mark.parametrize(
    ("text", "day"), [("2026-12-25", True), ("2026-13-45", False), ("20261225", False), ("", False)]
)
def test_a_holiday_is_a_day_of_the_calendar(text, day):
    """A day is a day that exists, written year-month-day."""
    assert is_day(text) is day
