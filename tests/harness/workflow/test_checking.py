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
