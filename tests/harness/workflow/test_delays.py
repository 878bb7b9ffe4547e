"""Delays until a date: when a record goes on."""

from typing import Any

import pytest

from harness import Clock, Portal, Runtime, Workflow
from harness.workflow import NotWalkable
from tests.harness.workflow.conftest import Write, log_of, property_, single, static

NINE = {"hour": 9, "minute": 0}


def walked(portal: Portal, runtime: Runtime, flow: Write, fields: dict[str, Any], closed_date: str = "") -> list[str]:
    """The delay's line of the log, and when the record left."""
    workflow = Workflow(flow(single("1", "0-35", fields)), portal=portal, runtime=runtime)
    enrolment = workflow.enrol(portal.has_ticket("Leaking kettle", closed_date=closed_date))
    portal.clock.run_all(limit_days=400)
    return [log_of(enrolment)[0].partition("until a date: ")[2], f"{workflow.history[-1].at:%Y-%m-%d %H:%M}"]


@pytest.mark.parametrize(
    ("fields", "until"),
    [
        ({"date": static("1774000000000")}, "2026-03-20 09:46:40"),
        ({"date": static("2026-03-05")}, "2026-03-04 23:00:00"),
        ({"date": static("2026-03-05"), "time_of_day": NINE}, "2026-03-05 08:00:00"),
        ({"date": static("2026-03-30"), "time_of_day": NINE}, "2026-03-30 07:00:00"),
        ({"date": static("2026-03-05"), "delta": "-1", "time_unit": "DAYS"}, "2026-03-03 23:00:00"),
        ({"date": static("2026-03-05"), "delta": "90", "time_unit": "MINUTES"}, "2026-03-05 00:30:00"),
        ({"date": property_("closed_date"), "delta": "0", "time_unit": "DAYS"}, "2026-03-09 10:30:00"),
        ({"date": {"type": "TIMESTAMP"}, "delta": "2", "time_unit": "HOURS"}, "2026-03-02 10:00:00"),
    ],
    ids=str,
)
def test_until(portal: Portal, runtime: Runtime, flow: Write, fields: dict[str, Any], until: str) -> None:
    """A record waits for the moment, or for the hour of the day in the account's zone, so long before or after it."""
    found = walked(portal, runtime, flow, fields, closed_date="2026-03-09T10:30:00Z")

    assert found == [until, until[:16]]


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"date": property_("closed_date")}, "there is none: goes on at once"),
        ({"date": static("")}, "there is none: goes on at once"),
        ({"date": static("soon")}, "there is none: goes on at once"),
        ({"date": static("-62135596800000"), "delta": "-1", "time_unit": "DAYS"}, "it is past: goes on at once"),
        ({"date": static("2026-03-02")}, "it is past: goes on at once"),
        ({"date": static("2026-03-05"), "delta": "-4", "time_unit": "DAYS"}, "it is past: goes on at once"),
    ],
    ids=str,
)
def test_nothing_to_wait_for(portal: Portal, runtime: Runtime, flow: Write, fields: dict[str, Any], why: str) -> None:
    """Without a date ahead the record goes on at once, and the log says why."""
    assert walked(portal, runtime, flow, fields) == [why, "2026-03-02 08:00"]


def test_never(portal: Portal, runtime: Runtime, flow: Write) -> None:
    """A date after the end of the clock is waited for, for ever."""
    workflow = Workflow(flow(single("1", "0-35", {"date": static("9999-12-31")})), portal=portal, runtime=runtime)

    enrolment = workflow.enrol(portal.has_ticket("Leaking kettle"))
    portal.clock.run_all()

    assert (enrolment.inside, enrolment.log[0].outcome) == (True, "it is after 9000: never goes on")


def test_other_zone(flow: Write) -> None:
    """The hour is that of the account's own time zone."""
    portal = Portal(clock=Clock("2026-03-02T08:00:00Z"), time_zone="America/New_York")
    fields = {"date": static("2026-03-05"), "time_of_day": NINE}

    with Runtime(portal) as runtime:
        assert walked(portal, runtime, flow, fields) == ["2026-03-05 14:00:00", "2026-03-05 14:00"]


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        ({}, "date: expected a value as an object with a type, found nothing"),
        ({"date": static("1"), "delta": "x"}, 'expected a whole number from -5256000 to 5256000 as delta, found "x"'),
        (
            {"date": static("1"), "delta": "1", "time_unit": "WEEKS"},
            'expected a time_unit out of MINUTES, HOURS, DAYS, found "WEEKS"',
        ),
        ({"date": static("1"), "time_of_day": {"hour": 25}}, "expected a whole number from 0 to 23 as hour, found 25"),
        ({"date": static("1"), "time_of_day": "09:00"}, 'expected an hour and a minute, found "09:00"'),
        (
            {"date": static("1"), "days_of_week": ["MONDAY"]},
            'expected no field days_of_week, which is not walked here, found ["MONDAY"]',
        ),
    ],
    ids=str,
)
def test_refused(portal: Portal, runtime: Runtime, flow: Write, fields: dict[str, Any], problem: str) -> None:
    """A delay that says what is not walked here is refused before it begins."""
    with pytest.raises(NotWalkable) as refusal:
        Workflow(flow(single("1", "0-35", fields)), portal=portal, runtime=runtime)

    assert refusal.value.problems == [f"action 1: {problem}"]
