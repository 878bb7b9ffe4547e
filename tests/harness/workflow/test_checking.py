"""Checking filters: what cannot be judged here is named before the first record."""

from typing import Any

import pytest

from harness.workflow.checking import Known, unsupported

TICKET = ("amount", "closed", "stage", "subject", "due")
KNOWN = Known("0-5", {"0-5": TICKET, "0-1": ("email",)})


def one(kind: str, operator: str, name: object = "stage", **more: object) -> dict[str, Any]:
    return {
        "filterType": "PROPERTY",
        "property": name,
        "operation": {"operationType": kind, "operator": operator, **more},
    }


def all_of(*filters: object) -> dict[str, Any]:
    return {"filterBranchType": "AND", "filters": list(filters), "filterBranches": []}


@pytest.mark.parametrize(
    ("asked", "problem"),
    [
        ("x", 'expected a filter as an object, found "x"'),
        ({"filterType": "IN_LIST"}, 'expected a filter of filterType PROPERTY or CONSTANT, found "IN_LIST"'),
        (
            one("ALL_PROPERTY", "IS_KNOWN", name="unheard_of"),
            'expected a filter\'s property to be one that the portal has, found "unheard_of"',
        ),
        (
            one("ALL_PROPERTY", "IS_KNOWN", name=None),
            "expected a filter's property to be one that the portal has, found nothing",
        ),
        (
            {"filterType": "PROPERTY", "property": "stage"},
            "filter on stage: expected an operation as an object, found nothing",
        ),
        (
            one("DATE", "IS_AFTER"),
            'filter on stage: expected an operation that is walked here, found "DATE IS_AFTER"',
        ),
        (
            one("ENUMERATION", "IS_ANY_OF"),
            "filter on stage: expected a list of options as values of ENUMERATION IS_ANY_OF, found nothing",
        ),
        (
            one("MULTISTRING", "CONTAINS", values="one"),
            'filter on stage: expected a list of texts as values of MULTISTRING CONTAINS, found "one"',
        ),
        (
            one("STRING", "IS_EQUAL_TO"),
            "filter on stage: expected a text as value of STRING IS_EQUAL_TO, found nothing",
        ),
        (
            one("NUMBER", "IS_EQUAL_TO", value="three"),
            'filter on stage: expected a number as value of NUMBER IS_EQUAL_TO, found "three"',
        ),
        (
            one("NUMBER", "IS_EQUAL_TO", value=True),
            "filter on stage: expected a number as value of NUMBER IS_EQUAL_TO, found true",
        ),
        (
            one("BOOL", "IS_EQUAL_TO", value="yes"),
            'filter on stage: expected true or false as value of BOOL IS_EQUAL_TO, found "yes"',
        ),
        (
            one("NUMBER_RANGED", "IS_BETWEEN", lowerBound=1),
            "filter on stage: expected a number as upperBound of NUMBER_RANGED IS_BETWEEN, found nothing",
        ),
        (
            one("DATETIME", "IS_BEFORE", timestamp=0, requiresTimeZoneConversion=True),
            "filter on stage: expected requiresTimeZoneConversion false, which is all that is walked here, found true",
        ),
        (
            one("ROLLING_DATE_RANGE", "IS_MORE_THAN_X_DAYS_AGO", numberOfDays="3"),
            "filter on stage: expected a whole number as numberOfDays of ROLLING_DATE_RANGE "
            'IS_MORE_THAN_X_DAYS_AGO, found "3"',
        ),
        (
            one("COMPARATIVE_DATE", "IS_AFTER", comparisonPropertyName="unheard_of"),
            'filter on stage: expected the comparisonPropertyName to be one that the portal has, found "unheard_of"',
        ),
        (
            one("CALENDAR_DATE", "IN_THIS_TIME_UNIT", timeUnit="WEEK"),
            'filter on stage: expected an operation that is walked here, found "CALENDAR_DATE IN_THIS_TIME_UNIT"',
        ),
        (
            {"filterType": "CONSTANT", "shouldAccept": "yes"},
            'expected true or false as shouldAccept, found "yes"',
        ),
        (
            one("BOOL", "IS_EQUAL_TO", value=1),
            "filter on stage: expected true or false as value of BOOL IS_EQUAL_TO, found 1",
        ),
    ],
    ids=str,
)
def test_filter(asked: object, problem: str) -> None:
    """A filter that cannot be judged is refused with what was expected and what was found."""
    assert unsupported(all_of(asked), KNOWN) == [problem]


@pytest.mark.parametrize(
    ("branch", "problem"),
    [
        (None, "expected a filter branch as an object, found nothing"),
        (
            {"filterBranchType": "RESTRICTED"},
            'expected a filterBranchType OR, AND, NOT_ALL, NOT_ANY or ASSOCIATION, found "RESTRICTED"',
        ),
        ({"filterBranchType": "AND", "filters": {}}, "expected a list as filters, found {}"),
        ({"filterBranchType": "OR", "filterBranches": "x"}, 'expected a list as filterBranches, found "x"'),
    ],
    ids=str,
)
def test_branch(branch: object, problem: str) -> None:
    """A branch that is none, or of a kind not walked here, is refused."""
    assert unsupported(branch, KNOWN) == [problem]


def test_every_place() -> None:
    """However deep it stands, everything that cannot be judged is in one list."""
    branch = {
        "filterBranchType": "OR",
        "filters": [],
        "filterBranches": [
            all_of(one("DATE", "IS_AFTER"), {"filterType": "IN_LIST"}),
            all_of(one("STRING", "IS_KNOWN", name="subject")),
        ],
    }

    assert unsupported(branch, KNOWN) == [
        'filter on stage: expected an operation that is walked here, found "DATE IS_AFTER"',
        'expected a filter of filterType PROPERTY or CONSTANT, found "IN_LIST"',
        'filter on subject: expected an operation that is walked here, found "STRING IS_KNOWN"',
    ]


def test_what_can_be_judged() -> None:
    """Texts, numbers, options and truths (as JSON writes them, or as text) can be compared with."""
    branch = all_of(
        one("ALL_PROPERTY", "IS_KNOWN"),
        one("ENUMERATION", "IS_NONE_OF", values=["1"]),
        one("STRING", "CONTAINS", name="subject", value=""),
        one("NUMBER", "IS_LESS_THAN", name="amount", value="2.5"),
        one("BOOL", "IS_EQUAL_TO", name="closed", value=False),
        one("BOOL", "IS_EQUAL_TO", name="closed", value="true"),
    )

    assert unsupported(branch, KNOWN) == []


BERLIN = {"timezoneSource": "CUSTOM", "zoneId": "Europe/Berlin"}


@pytest.mark.parametrize(
    ("point", "problem"),
    [
        (None, "expected a timeType out of DATE, INDEXED, PROPERTY_REFERENCED, found nothing"),
        (
            {**BERLIN, "timeType": "ROLLING"},
            'expected a timeType out of DATE, INDEXED, PROPERTY_REFERENCED, found "ROLLING"',
        ),
        (
            {**BERLIN, "timeType": "INDEXED", "indexReference": {"referenceType": "FISCAL_YEAR"}},
            'expected NOW or TODAY as referenceType, found "FISCAL_YEAR"',
        ),
        (
            {**BERLIN, "timeType": "INDEXED", "indexReference": {"referenceType": "NOW", "hour": 9}},
            'expected no time of day beside NOW, found {"referenceType": "NOW", "hour": 9}',
        ),
        (
            {**BERLIN, "timeType": "INDEXED", "indexReference": {"referenceType": "NOW"}, "offset": {"amount": -3}},
            "expected whole numbers of months, quarters, years, days, weeks, hours, minutes, seconds, milliseconds, "
            '500 years at most, as offset, found {"amount": -3}',
        ),
        (
            {**BERLIN, "timeType": "DATE", "year": 2026, "month": 2, "day": 30},
            "expected a day of the calendar as year, month and day, found [2026, 2, 30]",
        ),
        (
            {**BERLIN, "timeType": "DATE", "year": 2026, "month": 2, "day": 3, "hour": 24},
            "expected a whole number from 0 to 23 as hour, found 24",
        ),
        (
            {**BERLIN, "timeType": "PROPERTY_REFERENCED", "property": "due", "referenceType": "ANNIVERSARY"},
            'expected VALUE or UPDATED_AT as referenceType, found "ANNIVERSARY"',
        ),
        (
            {"zoneId": "Mars/Olympus", "timeType": "INDEXED", "indexReference": {"referenceType": "NOW"}},
            'expected a time zone such as Europe/Berlin as zoneId, found "Mars/Olympus"',
        ),
        (
            {
                "zoneId": "UTC",
                "timezoneSource": "USER",
                "timeType": "INDEXED",
                "indexReference": {"referenceType": "NOW"},
            },
            'expected CUSTOM or PORTAL as timezoneSource, found "USER"',
        ),
    ],
    ids=str,
)
def test_point_in_time(point: object, problem: str) -> None:
    """A point in time that cannot be worked out is refused with its place."""
    asked = one("TIME_POINT", "IS_AFTER", name="due", timePoint=point)

    assert unsupported(all_of(asked), KNOWN) == [f"filter on due: timePoint: {problem}"]


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"associationTypeId": 3}, "an associationTypeId from 0-5 to 0-1, one of 16, found 3"),
        ({"associationCategory": "USER_DEFINED"}, 'the associationCategory HUBSPOT_DEFINED, found "USER_DEFINED"'),
        ({"operator": "NOT_IN_LIST"}, 'the operator IN_LIST of an ASSOCIATION branch, found "NOT_IN_LIST"'),
        (
            {"filters": [one("ALL_PROPERTY", "IS_KNOWN")]},
            'a filter\'s property to be one that the portal has, found "stage"',
        ),
    ],
    ids=str,
)
def test_associated_records(changes: dict[str, Any], problem: str) -> None:
    """A branch on associated records names an association of the portal and properties of the other type."""
    branch = {
        "filterBranchType": "ASSOCIATION",
        "operator": "IN_LIST",
        "objectTypeId": "0-1",
        "associationTypeId": 16,
        "associationCategory": "HUBSPOT_DEFINED",
        "filters": [one("ALL_PROPERTY", "IS_KNOWN", name="email")],
    }

    assert unsupported(branch, KNOWN) == []
    assert unsupported(branch | changes, KNOWN) == [f"expected {problem}"]
