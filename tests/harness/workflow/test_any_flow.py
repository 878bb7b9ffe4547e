"""Any flow: whatever stands in a flow's places, it is walked or refused by name before the first record."""

import copy
import json
from collections.abc import Iterator
from typing import Any

import pytest

from contract.flow import Flow, FlowError
from harness import Portal, Runtime, Workflow
from harness.workflow import NotWalkable
from tests.harness.workflow.conftest import all_of, known, option, property_, single, static, to

ODD: list[Any] = [None, 0, -1, 1.5, True, "", "x", [], ["x"], [[]], {}, [{}], 10**20]
BERLIN = {"timezoneSource": "CUSTOM", "zoneId": "Europe/Berlin"}
OF_CONTACT = {"associationCategory": "HUBSPOT_DEFINED", "associationTypeId": 16}


def asks(name: str, **operation: Any) -> dict[str, Any]:
    return {
        "filterType": "PROPERTY",
        "property": name,
        "operation": {"includeObjectsWithNoValueSet": False, **operation},
    }


TODAY = {
    **BERLIN,
    "timeType": "INDEXED",
    "indexReference": {"referenceType": "TODAY", "hour": 3},
    "offset": {"days": -3},
}
DATE = {**BERLIN, "timeType": "DATE", "year": 2026, "month": 3, "day": 1}
OTHER = {**BERLIN, "timeType": "PROPERTY_REFERENCED", "property": "closed_date", "referenceType": "VALUE"}
FILTERS = [
    asks("createdate", operationType="TIME_POINT", operator="IS_AFTER", timePoint=TODAY, endpointBehavior="EXCLUSIVE"),
    asks(
        "createdate",
        operationType="TIME_RANGED",
        operator="IS_BETWEEN",
        lowerBoundTimePoint=DATE,
        upperBoundTimePoint=OTHER,
        propertyParser="VALUE",
    ),
    asks("content", operationType="MULTISTRING", operator="CONTAINS", values=["x"]),
    asks("content", operationType="COMPARATIVE_STRING", operator="IS_EQUAL_TO", comparisonPropertyName="subject"),
    asks("createdate", operationType="ROLLING_DATE_RANGE", operator="IS_MORE_THAN_X_DAYS_AGO", numberOfDays=3),
]
CONTACT = {
    "filterBranchType": "ASSOCIATION",
    "operator": "IN_LIST",
    "objectTypeId": "0-1",
    **OF_CONTACT,
    "filters": [asks("email", operationType="ALL_PROPERTY", operator="IS_KNOWN")],
    "filterBranches": [],
}
DELAY = {
    "delta": 1,
    "timeUnit": "DAYS",
    "daysOfWeek": ["MONDAY"],
    "timeOfDay": {"hour": 9, "minute": 0},
    "timeZoneStrategy": {"type": "STATIC_TIME_ZONE", "timeZoneId": "UTC"},
}
COMPANY = {
    "name": "company",
    "type": "ASSOCIATION",
    "objectTypeId": "0-2",
    "associationTypeId": 339,
    "associationCategory": "HUBSPOT_DEFINED",
    "sortBy": {"property": "name", "order": "DESC"},
}
EVENT = {
    "eventTypeId": "4-655002",
    "operator": "HAS_COMPLETED",
    "filterBranchType": "UNIFIED_EVENTS",
    "filterBranches": [],
    "filters": [asks("hs_name", operationType="STRING", operator="IS_EQUAL_TO", value="content")],
}
MADE = {
    "object_type_id": "0-46",
    "properties": [
        {"targetProperty": "hs_note_body", "value": static("{{ enrolled_object.subject }}")},
        {"targetProperty": "hs_timestamp", "value": {"type": "RELATIVE_DATETIME", "timeDelay": DELAY}},
    ],
    "associations": [
        {
            "target": {"associationCategory": "HUBSPOT_DEFINED", "associationTypeId": 228},
            "value": {"type": "ENROLLED_OBJECT"},
        },
        {
            "target": {"associationCategory": "HUBSPOT_DEFINED", "associationTypeId": 202},
            "value": {"type": "COPY_ASSOCIATION", "sourceSpec": OF_CONTACT},
        },
    ],
}
MATCH = {
    "fromObjectType": "0-5",
    "toObjectType": "0-2",
    "matchBy": "fromAndToObjects",
    "createAssociationOnly": "true",
    "enrolledObjectPropertyNameToMatch": "0-5/subject",
    "associatedObjectPropertyNameToMatch": "0-2/name",
}
TASK = {"subject": "x", "owner_assignment": {"type": "CUSTOM", "value": static("1")}, "due_time": DELAY}
NOTICE = {
    "subject": "{{ fetched_objects.company.name }}",
    "body": "x",
    "user_ids": ["1"],
    "owner_properties": ["hubspot_owner_id"],
}
FETCHED = {"type": "FETCHED_OBJECT_PROPERTY", "propertyToken": "{{ fetched_objects.company.name }}"}
ACTIONS: list[dict[str, Any]] = [
    {
        "actionId": "1",
        "type": "LIST_BRANCH",
        "listBranches": [
            {"branchName": "a", "filterBranch": all_of(*FILTERS), "connection": to("2")},
            {
                "filterBranch": {"filterBranchType": "AND", "filters": [], "filterBranches": [CONTACT]},
                "connection": to("2"),
            },
        ],
        "defaultBranchName": "rest",
        "defaultBranch": to("2"),
    },
    single(
        "2",
        "0-35",
        {"date": static("2026-03-05"), "delta": "1", "time_unit": "DAYS", "time_of_day": {"hour": 9, "minute": 0}},
        "3",
    ),
    single("3", "0-5", {"property_name": "content", "value": property_("subject"), "association": {}}, "4"),
    single("4", "0-14", MADE, "5"),
    single("5", "0-63189541", MATCH, "6"),
    single("6", "0-3", TASK, "7"),
    single("7", "0-8", NOTICE, "8"),
    {
        "actionId": "8",
        "type": "WEBHOOK",
        "method": "POST",
        "webhookUrl": "x",
        "queryParams": [{"name": "a", "value": static("b")}],
        "connection": to("9"),
    },
    single("9", "0-5", {"property_name": "content", "value": {"type": "INCREMENT", "incrementAmount": 1}}, "10"),
    single("10", "0-5", {"property_name": "city", "value": FETCHED, "association": OF_CONTACT}, "11"),
    {
        "actionId": "11",
        "type": "STATIC_BRANCH",
        "inputValue": property_("subject"),
        "staticBranches": [{"branchValue": "x", "connection": to("12")}],
        "defaultBranchName": "x",
    },
    single("12", "0-1", {"delta": "1", "time_unit": "DAYS"}),
]
LIST = {
    "type": "LIST_BASED",
    "shouldReEnroll": True,
    "unEnrollObjectsNotMeetingCriteria": False,
    "listFilterBranch": known("content"),
    "reEnrollmentTriggersFilterBranches": [known("content"), EVENT],
}
EVENTS = {
    "type": "EVENT_BASED",
    "shouldReEnroll": True,
    "eventFilterBranches": [EVENT],
    "refinementCriteria": known("subject"),
}
WHOLE = {
    "name": "A flow with one of each",
    "objectTypeId": "0-5",
    "startActionId": "1",
    "actions": ACTIONS,
    "dataSources": [COMPANY],
    "goalFilterBranch": option("hs_pipeline_stage", "4"),
    "suppressionFilterBranch": known("closed_date"),
    "enrollmentCriteria": LIST,
}


def changed(node: Any) -> Iterator[Any]:
    """The same with something odd in one place, and without it, for every place."""
    keys: list[Any] = list(node) if isinstance(node, dict) else list(range(len(node))) if isinstance(node, list) else []
    for key in keys:
        for inner in changed(node[key]):
            twin = copy.copy(node)
            twin[key] = inner
            yield twin
        without = copy.copy(node)
        del without[key]
        yield without
    yield from ODD


@pytest.mark.parametrize("criteria", [LIST, EVENTS], ids=["list", "events"])
def test_one_of_each(portal: Portal, runtime: Runtime, criteria: dict[str, Any]) -> None:
    """A flow with one of each kind of action is walked to its end."""
    workflow = Workflow(Flow.parse(WHOLE | {"enrollmentCriteria": criteria}, "x.json"), portal=portal, runtime=runtime)
    contact = portal.has_contact("visitor-12@example.org")
    company = portal.has_company("x", [contact])

    enrolment = workflow.watches().enrol(portal.has_ticket("x", contact=contact, company=company))
    portal.clock.run_all()

    assert [f"{entry.action_id} {entry.what}: {entry.outcome}" for entry in enrolment.log] == [
        "1 branch: branch 2",
        "2 delay until a date: 2026-03-06 08:00:00",
        "3 set content: done",
        "4 create a record of type 0-46: done",
        "5 associate with records of type 0-2: done, 1 of them",
        "6 create a task: written down",
        "7 internal e-mail: written down",
        "8 webhook POST: written down, not sent",
        "9 set content: failed: it is no number that could be raised",
        "10 set city of records of type 0-1: done, 1 of them",
        "11 branch: x",
        "12 delay: 1440 min",
    ]


@pytest.mark.parametrize(
    "part", ["actions", "dataSources", "goalFilterBranch", "suppressionFilterBranch", "LIST", "EVENTS"]
)
def test_odd_places(portal: Portal, runtime: Runtime, part: str) -> None:
    """A flow with something odd in any one place is walked or refused, never a crash."""
    key = "enrollmentCriteria" if part.isupper() else part
    whole = WHOLE | ({"enrollmentCriteria": EVENTS} if part == "EVENTS" else {})
    ends = {"refused": 0, "walked": 0}

    for odd in changed(whole[key]):
        try:
            Workflow(Flow.parse(json.loads(json.dumps(whole | {key: odd})), "x.json"), portal=portal, runtime=runtime)
            ends["walked"] += 1
        except (FlowError, NotWalkable):
            ends["refused"] += 1

    assert min(ends.values()) > 0
