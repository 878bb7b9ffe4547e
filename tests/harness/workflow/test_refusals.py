"""Refusals: what in a flow cannot be walked here is said before the first record is enrolled."""

from typing import Any

import pytest

from harness import Conductor, Portal, Runtime, Workflow
from harness.workflow import NotWalkable
from tests.harness.workflow.conftest import Write, all_of, code, known, output, property_, single, static, to

RETURNS = 'def main(event): return {"outputFields": {}}\n'
MINUTE = single("1", "0-1", {"delta": "1", "time_unit": "MINUTES"})


def refused(flow: Any, portal: Portal, runtime: Runtime) -> list[str]:
    with pytest.raises(NotWalkable) as refusal:
        Workflow(flow, portal=portal, runtime=runtime)
    return refusal.value.problems


def criteria(**changes: object) -> dict[str, Any]:
    plain = {
        "type": "LIST_BASED",
        "shouldReEnroll": True,
        "unEnrollObjectsNotMeetingCriteria": False,
        "listFilterBranch": known("subject"),
        "reEnrollmentTriggersFilterBranches": [],
    }
    return plain | changes


def test_message(portal: Portal, runtime: Runtime, flow: Write) -> None:
    """Everything the walker does not emulate is named in one list, with its place and what to do."""
    written = flow(
        single("1", "0-11", {}, then="2"),
        single("2", "0-1", {"delta": "1", "time_unit": "WEEKS"}, then="3"),
        code("3", "returns.py", {"when": {"type": "MAP", "values": {}}}, [], then="4"),
        {"actionId": "4", "type": "AB_TEST_BRANCH", "testBranches": []},
        files={"returns.py": RETURNS},
        criteria=criteria(
            listFilterBranch=all_of({"filterType": "IN_LIST", "listId": "4"}),
            reEnrollmentTriggersFilterBranches=[known("unheard_of")],
        ),
        goalFilterBranch=known("never_heard_of"),
        timeWindows=[{"day": "MONDAY"}],
    )

    with pytest.raises(NotWalkable) as refusal:
        Workflow(written, portal=portal, runtime=runtime)

    walked = "CUSTOM_CODE, WEBHOOK, STATIC_BRANCH, LIST_BRANCH or SINGLE_CONNECTION 0-1, 0-3, 0-4, 0-5, 0-8, 0-9, 0-14"
    assert str(refusal.value).splitlines() == [
        f"{written.path}: expected a flow that can be walked here, found 8 thing(s) that cannot.",
        '  timeWindows: expected none, which is all that is walked here, found [{"day": "MONDAY"}]',
        f'  action 1: expected {walked}, 0-29, 0-35, 0-63189541, found "SINGLE_CONNECTION 0-11"',
        '  action 2: expected a time_unit out of MINUTES, HOURS, DAYS, found "WEEKS"',
        "  action 3, input when: expected a value of type OBJECT_PROPERTY, FIELD_DATA, STATIC_VALUE, TIMESTAMP, "
        'RELATIVE_DATETIME, FETCHED_OBJECT_PROPERTY, found "MAP"',
        f'  action 4: expected {walked}, 0-29, 0-35, 0-63189541, found "AB_TEST_BRANCH"',
        '  enrolment: expected a filter of filterType PROPERTY or CONSTANT, found "IN_LIST"',
        '  re-enrolment: expected a filter\'s property to be one that the portal has, found "unheard_of"',
        '  goalFilterBranch: expected a filter\'s property to be one that the portal has, found "never_heard_of"',
        "Correct them or take them out of the flow; what only HubSpot does, try in a HubSpot test account.",
    ]


def test_empty_flow(portal: Portal, runtime: Runtime, flow: Write) -> None:
    """A flow without actions, which can be read, has nothing to walk."""
    assert refused(flow(), portal, runtime) == ["actions: expected an action, found []"]


@pytest.mark.parametrize("object_type_id", ["0-3", "2-123", "tickets"])
def test_object_type(portal: Portal, runtime: Runtime, flow: Write, object_type_id: str) -> None:
    """A type of record that the portal does not have is refused, by HubSpot's id for it."""
    written = flow(MINUTE, object_type_id=object_type_id)

    assert refused(written, portal, runtime) == [
        f'objectTypeId: expected one of 0-1, 0-11, 0-2, 0-46, 0-5, found "{object_type_id}"'
    ]


@pytest.mark.parametrize(
    ("key", "value", "found"),
    [
        ("timeWindows", [{"day": "MONDAY"}], '[{"day": "MONDAY"}]'),
        ("blockedDates", [{"month": "MAY", "dayOfMonth": 1}], '[{"month": "MAY", "dayOfMonth": 1}]'),
        ("suppressionListIds", [4], "[4]"),
        ("enrollmentSchedule", {"type": "DAILY"}, '{"type": "DAILY"}'),
        ("eventAnchor", {"type": "STATIC_DATE_ANCHOR"}, '{"type": "STATIC_DATE_ANCHOR"}'),
        ("unEnrollmentSetting", {"type": "ALL", "flowIds": []}, '{"type": "ALL", "flowIds": []}'),
    ],
)
def test_when_and_who(portal: Portal, runtime: Runtime, flow: Write, key: str, value: object, found: str) -> None:
    """What else decides who enrols and when actions run is not walked, and never passed over."""
    written = flow(MINUTE, **{key: value})

    assert refused(written, portal, runtime) == [
        f"{key}: expected none, which is all that is walked here, found {found}"
    ]


def test_nothing_said(portal: Portal, runtime: Runtime, flow: Write) -> None:
    """The same fields left empty, as HubSpot returns them, stop nothing."""
    nobody = {"filterBranchType": "OR", "filters": [], "filterBranches": []}
    written = flow(
        MINUTE,
        timeWindows=[],
        blockedDates=[],
        suppressionListIds=[],
        suppressionFilterBranch=nobody,
        unEnrollmentSetting={"type": "SELECTIVE", "flowIds": []},
    )

    assert Workflow(written, portal=portal, runtime=runtime).enrolments == []


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        ({"time_of_day": {"hour": 9}}, 'expected no field time_of_day, which is not walked here, found {"hour": 9}'),
        ({"days_of_week": ["MONDAY"]}, 'expected no field days_of_week, which is not walked here, found ["MONDAY"]'),
        ({"delta": "²"}, 'expected a whole number from 0 to 5256000 as delta, found "²"'),
        ({"delta": "9" * 20}, 'expected a whole number from 0 to 5256000 as delta, found "99999999999999999999"'),
        ({"delta": "3651", "time_unit": "DAYS"}, 'expected a whole number from 0 to 3650 as delta, found "3651"'),
        ({"delta": None}, "expected a whole number from 0 to 5256000 as delta, found nothing"),
        ({"delta": "-1"}, 'expected a whole number from 0 to 5256000 as delta, found "-1"'),
        ({"time_unit": ["HOURS"]}, 'expected a time_unit out of MINUTES, HOURS, DAYS, found ["HOURS"]'),
    ],
    ids=str,
)
def test_delay(portal: Portal, runtime: Runtime, flow: Write, fields: dict[str, Any], problem: str) -> None:
    """A delay is a whole number of minutes, hours or days of at most ten years, and nothing beside it."""
    written = flow(single("1", "0-1", {"delta": "1", "time_unit": "MINUTES", **fields}))

    assert refused(written, portal, runtime) == [f"action 1: {problem}"]


@pytest.mark.parametrize(
    ("action", "problem"),
    [
        (
            single("1", "0-5", {"property_name": "content", "value": {"type": "STATIC_VALUE", "staticValue": ["a"]}}),
            'action 1: value: expected a text as staticValue, found ["a"]',
        ),
        (
            single("1", "0-5", {"property_name": "content", "value": static("{{ enrolled_object.unheard_of }}")}),
            "action 1: value: expected a token {{ enrolled_object.PROPERTY }} or {{ fetched_objects.NAME.PROPERTY }}, "
            'found "{{ enrolled_object.unheard_of }}"',
        ),
        (
            single("1", "0-5", {"value": static("x")}),
            "action 1: expected a text as property_name, found nothing",
        ),
        (
            single("1", "0-5", {"property_name": "content", "value": output("7", "x")}),
            'action 1: value: expected the actionId to be that of custom code, none at all, found "7"',
        ),
        (single("1", "0-4", {"content_id": 77}), "action 1: expected a text as content_id, found 77"),
        (single("1", "0-1", {}) | {"fields": []}, "action 1: expected an object as fields, found []"),
        (
            code("1", "returns.py", {"a": property_("unheard_of")}, []),
            'action 1, input a: expected the propertyName to be one that the portal has, found "unheard_of"',
        ),
        (
            code("1", "returns.py", {"a": {"type": "OBJECT_PROPERTY"}}, []),
            "action 1, input a: expected the propertyName to be one that the portal has, found nothing",
        ),
        (
            code("1", "returns.py", {}, []) | {"outputFields": [{"type": "STRING"}]},
            'action 1: expected names in outputFields, found {"type": "STRING"}',
        ),
        (
            code("1", "returns.py", {}, []) | {"secretNames": [3]},
            "action 1: expected names in secretNames, found 3",
        ),
        (
            code("one", "returns.py", {}, []),
            'action one: expected a whole number as actionId, which the event carries, found "one"',
        ),
        (
            code("1", "returns.py", {}, []) | {"runtime": "NODE20X"},
            'action 1: expected a runtime of Python, which is all that is run here, found "NODE20X"',
        ),
        (
            {"actionId": "1", "type": "STATIC_BRANCH", "staticBranches": [], "defaultBranchName": "End"},
            "action 1, inputValue: expected a value as an object with a type, found nothing",
        ),
        (
            {
                "actionId": "1",
                "type": "LIST_BRANCH",
                "listBranches": [{"branchName": "Urgent", "filterBranch": known("unheard_of")}, {}],
                "defaultBranchName": "End",
            },
            "action 1, branch Urgent: expected a filter's property to be one that the portal has, "
            'found "unheard_of"\naction 1, branch 2: expected a filter branch as an object, found nothing',
        ),
    ],
    ids=lambda value: value["type"] if isinstance(value, dict) else "",
)
def test_action(portal: Portal, runtime: Runtime, flow: Write, action: dict[str, Any], problem: str) -> None:
    """What an action is told to do has to make sense before a record comes to it."""
    written = flow(action, files={"returns.py": RETURNS})

    assert refused(written, portal, runtime) == problem.split("\n")


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        (
            {"type": "DATASET", "datasetId": 7},
            'enrolment: expected enrollmentCriteria of type MANUAL, LIST_BASED or EVENT_BASED, found "DATASET"',
        ),
        (
            {"shouldReEnroll": True},
            "enrolment: expected enrollmentCriteria of type MANUAL, LIST_BASED or EVENT_BASED, "
            'found {"shouldReEnroll": true}',
        ),
        (["x"], 'enrolment: expected enrollmentCriteria of type MANUAL, LIST_BASED or EVENT_BASED, found ["x"]'),
        (criteria(listFilterBranch=None), "enrolment: expected a filter branch as an object, found nothing"),
        (
            criteria(reEnrollmentTriggersFilterBranches={"filters": []}),
            're-enrolment: expected a list as reEnrollmentTriggersFilterBranches, found {"filters": []}',
        ),
    ],
    ids=str,
)
def test_enrolment(portal: Portal, runtime: Runtime, flow: Write, given: Any, problem: str) -> None:
    """Enrolment is by hand or by a list of filters that can be judged."""
    assert refused(flow(MINUTE, criteria=given), portal, runtime) == [problem]


def test_contract_that_is_wrong(portal: Portal, runtime: Runtime, flow: Write) -> None:
    """Code whose contract cannot be read is named with the other problems."""
    broken = "# /// script\n# [tool.hubspot]\n# secrets = 3\n# ///\n"
    written = flow(code("1", "broken.py", {}, []), files={"broken.py": broken})

    assert refused(written, portal, runtime) == [
        f'action 1: {written.path.with_name("broken.py")}:3: expected a list of texts, found 3. Write ["...", "..."].'
    ]


def test_branch_to_another_action(portal: Portal, runtime: Runtime, flow: Write) -> None:
    """An output of custom code that stands in the same flow can be used."""
    branch = {
        "actionId": "2",
        "type": "STATIC_BRANCH",
        "inputValue": output("1", "size"),
        "staticBranches": [{"branchValue": "long", "connection": to("3")}],
        "defaultBranchName": "Short",
    }
    later = single("3", "0-1", {"delta": "1"})
    written = flow(code("1", "returns.py", {}, ["size"], then="2"), branch, later, files={"returns.py": RETURNS})

    assert Workflow(written, portal=portal, runtime=runtime).flow is written


@pytest.mark.parametrize("beside", [False, True], ids=["one after another", "at once"])
def test_another_portals_runtime(portal: Portal, flow: Write, *, beside: bool) -> None:
    """A runtime or conductor of another portal is refused: the actions would read and write there."""
    written = flow(code("1", "returns.py", {}, []), files={"returns.py": RETURNS})
    elsewhere = Portal()

    with (
        Runtime(elsewhere) as other,
        Conductor(elsewhere, other, seed=1) as conductor,
        pytest.raises(ValueError, match="of the portal that the flow is switched on in") as refusal,
    ):
        Workflow(written, portal=portal, runtime=conductor if beside else other)

    assert str(refusal.value) == (
        f"{written.path}: expected a runtime of the portal that the flow is switched on in, found one of another: its "
        "actions would read and write elsewhere. Make it with Runtime(portal)."
    )
