"""Times: which moments an operation of a filter lets through."""

from typing import Any

import pytest

from harness.clock import millis, moment
from harness.workflow.filters import meets
from harness.workflow.seen import Seen

NOW = "2026-03-02T08:00:00Z"  # nine o'clock in Berlin, a Monday
BERLIN = {"timezoneSource": "CUSTOM", "zoneId": "Europe/Berlin"}


def ms(text: str) -> int:
    return millis(moment(text))


def indexed(reference: str, **offset: int) -> dict[str, Any]:
    return {**BERLIN, "timeType": "INDEXED", "indexReference": {"referenceType": reference}, "offset": offset}


def day(year: int, month: int, day: int, **clock: int) -> dict[str, Any]:
    return {**BERLIN, "timeType": "DATE", "year": year, "month": month, "day": day, **clock}


def property_(name: str, reference: str = "VALUE") -> dict[str, Any]:
    return {**BERLIN, "timeType": "PROPERTY_REFERENCED", "property": name, "referenceType": reference}


def seen(value: str, updated: str = "", **more: str) -> Seen:
    """A record with a value in p, last changed then, and other values."""
    changes = {"p": [(value, ms(updated))] if updated else [], "other": [("x", ms("2026-03-01T12:00:00Z"))]}
    return Seen({"p": value, **more}, ms(NOW), lambda name: changes.get(name, []))


def passes(operation: dict[str, Any], record: Seen) -> bool:
    one = {"filterType": "PROPERTY", "property": "p", "operation": operation}
    return meets({"filterBranchType": "AND", "filters": [one], "filterBranches": []}, record)


def before(point: dict[str, Any], **more: str) -> dict[str, Any]:
    return {"operationType": "TIME_POINT", "operator": "IS_BEFORE", "timePoint": point, **more}


def after(point: dict[str, Any], **more: str) -> dict[str, Any]:
    return before(point, **more) | {"operator": "IS_AFTER"}


def between(lower: dict[str, Any], upper: dict[str, Any], **more: str) -> dict[str, Any]:
    points = {"lowerBoundTimePoint": lower, "upperBoundTimePoint": upper}
    return {"operationType": "TIME_RANGED", "operator": "IS_BETWEEN", **points, **more}


def stamp(kind: str, operator: str, **more: Any) -> dict[str, Any]:
    return {"operationType": kind, "operator": operator, **more}


@pytest.mark.parametrize(
    ("operation", "met", "not_met"),
    [
        (before(indexed("NOW")), ["2026-03-02T07:59:59Z"], [NOW, "2026-03-02T08:00:01Z", ""]),
        (before(indexed("NOW"), endpointBehavior="INCLUSIVE"), [NOW], ["2026-03-02T08:00:01Z"]),
        (after(indexed("TODAY")), ["2026-03-01T23:00:01Z"], ["2026-03-01T23:00:00Z", "2026-03-01"]),
        (after(indexed("TODAY", days=-3)), ["2026-02-26T23:00:01Z"], ["2026-02-26T23:00:00Z"]),
        (after(indexed("NOW", months=-1, hours=2)), ["2026-02-02T10:00:01Z"], ["2026-02-02T10:00:00Z"]),
        (before(day(2026, 3, 11, hour=23, minute=59)), ["2026-03-11T22:58:00Z"], ["2026-03-11T22:59:00Z"]),
        (after(property_("other")), ["2026-03-01T12:00:01Z"], ["2026-03-01T12:00:00Z", ""]),
        (after(property_("other", "UPDATED_AT")), ["2026-03-01T12:00:01Z"], ["2026-03-01T12:00:00Z"]),
        (
            between(indexed("TODAY", days=-3), indexed("NOW")),
            ["2026-02-26T23:00:00Z", NOW],
            ["2026-02-26T22:59:59Z", "2026-03-02T08:00:01Z", ""],
        ),
        (
            between(indexed("TODAY", days=-3), indexed("NOW")) | {"operator": "IS_NOT_BETWEEN"},
            ["2026-02-26T22:59:59Z"],
            [NOW, ""],
        ),
        (
            between(
                indexed("TODAY"),
                indexed("NOW"),
                lowerBoundEndpointBehavior="EXCLUSIVE",
                upperBoundEndpointBehavior="EXCLUSIVE",
            ),
            ["2026-03-02T07:59:59Z"],
            ["2026-03-01T23:00:00Z", NOW],
        ),
        (stamp("DATETIME", "IS_EQUAL_TO", timestamp=ms(NOW)), [NOW], ["2026-03-02T08:00:01Z", ""]),
        (stamp("DATETIME", "IS_BEFORE", timestamp=ms(NOW)), ["2026-03-02T07:59:59Z"], [NOW]),
        (stamp("DATETIME", "IS_BEFORE_DATE", timestamp=ms(NOW)), ["2026-03-02T07:59:59Z"], [NOW]),
        (stamp("DATETIME", "IS_AFTER", timestamp=ms(NOW)), ["2026-03-02T08:00:01Z"], [NOW]),
        (stamp("DATETIME", "IS_AFTER_DATE", timestamp=ms(NOW)), ["2026-03-02T08:00:01Z"], [NOW]),
        (stamp("RANGED_DATE", "IS_BETWEEN", lowerBound=0, upperBound=ms(NOW)), [NOW], ["2026-03-02T08:00:01Z", ""]),
        (stamp("RANGED_DATE", "IS_NOT_BETWEEN", lowerBound=0, upperBound=ms(NOW)), ["2026-03-02T08:00:01Z"], [NOW]),
        (
            stamp("COMPARATIVE_DATE", "IS_BEFORE", comparisonPropertyName="other"),
            ["2026-03-01T11:59:59Z"],
            ["2026-03-01T12:00:00Z", ""],
        ),
        (
            stamp("COMPARATIVE_DATE", "IS_AFTER", comparisonPropertyName="gone", defaultComparisonValue="2026-03-01"),
            ["2026-03-01T12:00:00Z"],
            ["2026-02-28T12:00:00Z"],
        ),
        (
            stamp("ROLLING_DATE_RANGE", "IS_LESS_THAN_X_DAYS_AGO", numberOfDays=2),
            [NOW, "2026-02-28T08:00:01Z"],
            ["2026-02-28T08:00:00Z", "2026-03-02T08:00:01Z", ""],
        ),
        (
            stamp("ROLLING_DATE_RANGE", "IS_MORE_THAN_X_DAYS_AGO", numberOfDays=2),
            ["2026-02-28T07:59:59Z"],
            ["2026-02-28T08:00:00Z"],
        ),
        (
            stamp("ROLLING_DATE_RANGE", "IS_LESS_THAN_X_DAYS_FROM_NOW", numberOfDays=2),
            [NOW, "2026-03-04T07:59:59Z"],
            ["2026-03-02T07:59:59Z", "2026-03-04T08:00:00Z"],
        ),
        (
            stamp("ROLLING_DATE_RANGE", "IS_MORE_THAN_X_DAYS_FROM_NOW", numberOfDays=2),
            ["2026-03-04T08:00:01Z"],
            ["2026-03-04T08:00:00Z"],
        ),
    ],
    ids=lambda value: f"{value['operationType']}-{value['operator']}" if isinstance(value, dict) else "",
)
def test_moments(operation: dict[str, Any], met: list[str], not_met: list[str]) -> None:
    """Each operation lets the right moments through and no others."""
    found = {value: passes(operation, seen(value, other="2026-03-01T12:00:00Z")) for value in met + not_met}

    assert found == dict.fromkeys(met, True) | dict.fromkeys(not_met, False)


@pytest.mark.parametrize(
    ("operation", "met", "not_met"),
    [
        (before(indexed("NOW", days=-1), propertyParser="UPDATED_AT"), ["2026-03-01T07:00:00Z"], [NOW, ""]),
        (between(indexed("TODAY"), indexed("NOW"), propertyParser="UPDATED_AT"), [NOW], ["2026-03-01T07:00:00Z", ""]),
        (
            stamp("ROLLING_PROPERTY_UPDATED", "UPDATED_IN_LAST_X_DAYS", numberOfDays=1),
            ["2026-03-01T08:00:00Z"],
            ["2026-03-01T07:59:59Z", ""],
        ),
        (
            stamp("ROLLING_PROPERTY_UPDATED", "NOT_UPDATED_IN_LAST_X_DAYS", numberOfDays=1),
            ["2026-03-01T07:59:59Z"],
            ["2026-03-01T08:00:00Z", ""],
        ),
        (
            stamp("COMPARATIVE_PROPERTY_UPDATED", "IS_BEFORE", comparisonPropertyName="other"),
            ["2026-03-01T11:59:59Z"],
            ["2026-03-01T12:00:00Z", ""],
        ),
        (
            stamp("COMPARATIVE_PROPERTY_UPDATED", "IS_AFTER", comparisonPropertyName="other"),
            ["2026-03-01T12:00:01Z"],
            ["2026-03-01T12:00:00Z"],
        ),
    ],
    ids=lambda value: f"{value['operationType']}-{value['operator']}" if isinstance(value, dict) else "",
)
def test_last_changes(operation: dict[str, Any], met: list[str], not_met: list[str]) -> None:
    """An operation on the last change looks at when the property was set, whatever its value."""
    found = {updated: passes(operation, seen("x", updated)) for updated in met + not_met}

    assert found == dict.fromkeys(met, True) | dict.fromkeys(not_met, False)


def test_clocks_that_change() -> None:
    """The day on which Berlin's clocks change has 23 hours: a day back is the calendar's, 24 hours are not."""
    beginning = Seen({"p": "2026-03-28T23:00:00Z"}, ms("2026-03-30T10:00:00Z"))

    found = [passes(after(indexed("TODAY", **offset)), beginning) for offset in ({"days": -1}, {"hours": -24})]

    assert found == [False, True]
