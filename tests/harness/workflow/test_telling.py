"""Telling: what a workflow does outside of the portal is written down, and nothing is sent."""

from typing import Any

import pytest

from harness import Portal, Runtime, Workflow
from harness.workflow import NotWalkable
from tests.harness.workflow.conftest import Write, code, output, property_, single

RETURNS = 'def main(event): return {"outputFields": {"size": 3}}\n'
FETCHED = {
    "name": "company",
    "type": "ASSOCIATION",
    "objectTypeId": "0-2",
    "associationTypeId": 339,
    "associationCategory": "HUBSPOT_DEFINED",
    "sortBy": {"property": "name", "order": "DESC"},
}


def recorded(portal: Portal, runtime: Runtime, written: Any, ticket: str) -> list[dict[str, Any]]:
    workflow = Workflow(written, portal=portal, runtime=runtime, secrets={"TOKEN": "local-1"})
    enrolment = workflow.enrol(ticket)
    portal.clock.run_all()
    assert (enrolment.status, portal.emails, portal.log) == ("finished", [], [])
    return [dict(one.details) for one in enrolment.recorded]


@pytest.mark.parametrize(("type_id", "kind"), [("0-8", "internal e-mail"), ("0-9", "notification")])
def test_notice(portal: Portal, runtime: Runtime, flow: Write, type_id: str, kind: str) -> None:
    """Colleagues are told: who, and what it says when its tokens are filled in."""
    fields = {
        "subject": "{{ enrolled_object.subject }} of {{ fetched_objects.company.name }}",
        "body": "<p>{{ enrolled_object.content }}</p>",
        "user_ids": ["7"],
        "owner_properties": ["hubspot_owner_id"],
    }
    owner = portal.owner_of(portal.has_agent("agent-3"))
    company = portal.has_company("Kettles Ltd")
    ticket = portal.has_ticket("Leaking kettle", company=company, hubspot_owner_id=owner)
    written = flow(single("1", type_id, fields), dataSources=[FETCHED | {"associationTypeId": 26}])

    assert recorded(portal, runtime, written, ticket) == [
        {
            "kind": kind,
            "user_ids": ["7"],
            "team_ids": [],
            "owner_ids": [owner],
            "subject": "Leaking kettle of Kettles Ltd",
            "body": "<p></p>",
        }
    ]


def test_task(portal: Portal, runtime: Runtime, flow: Write) -> None:
    """Somebody has something to do, by an hour of a working day in the account's zone."""
    due = {
        "delta": 5,
        "timeUnit": "DAYS",
        "timeOfDay": {"hour": 9, "minute": 0},
        "daysOfWeek": ["MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY"],
    }
    fields = {
        "task_type": "CALL",
        "subject": "Call about {{ enrolled_object.subject }}",
        "priority": "HIGH",
        "owner_assignment": {"type": "CUSTOM", "value": property_("hs_ticket_priority")},
        "due_time": due,
        "associations": [],
        "use_explicit_associations": "true",
    }
    ticket = portal.has_ticket("Leaking kettle", hs_ticket_priority="LOW")

    assert recorded(portal, runtime, flow(single("1", "0-3", fields)), ticket) == [
        {
            "kind": "task",
            "task_type": "CALL",
            "priority": "HIGH",
            "subject": "Call about Leaking kettle",
            "body": "",
            "owner_id": "LOW",
            "due_time": "2026-03-09T08:00:00Z",
        }
    ]


def test_webhook(portal: Portal, runtime: Runtime, flow: Write) -> None:
    """A webhook is written down with its values, without the secret that it proves itself with."""
    webhook = {
        "actionId": "2",
        "type": "WEBHOOK",
        "method": "POST",
        "webhookUrl": "https://hooks.example.org/ticket",
        "queryParams": [
            {"name": "size", "value": output("1", "size")},
            {"name": "priority", "value": property_("hs_ticket_priority")},
        ],
        "authSettings": {"type": "AUTH_KEY", "name": "key", "location": "HEADER", "secretName": "TOKEN"},
    }
    written = flow(code("1", "returns.py", {}, ["size"], then="2"), webhook, files={"returns.py": RETURNS})

    assert recorded(portal, runtime, written, portal.has_ticket("Leaking kettle")) == [
        {
            "kind": "webhook",
            "method": "POST",
            "url": "https://hooks.example.org/ticket",
            "parameters": {"size": "3", "priority": None},
            "authentication": "AUTH_KEY",
        }
    ]


def test_fetched_of_several(portal: Portal, runtime: Runtime, flow: Write) -> None:
    """Of several associated records a data source takes the first in its own order, or none."""
    value = {"type": "FETCHED_OBJECT_PROPERTY", "propertyToken": "{{ fetched_objects.company.name }}"}
    written = flow(
        single("1", "0-5", {"property_name": "city", "value": value}),
        dataSources=[FETCHED | {"associationTypeId": 279}],
        object_type_id="0-1",
    )
    contact, nobody = portal.has_contact("visitor-12@example.org"), portal.has_contact("visitor-13@example.org")
    for name in ("Kettles Ltd", "Mugs Ltd", "Cups Ltd"):
        portal.associates("contacts", contact, "companies", portal.has_company(name))
    workflow = Workflow(written, portal=portal, runtime=runtime)

    for record in (contact, nobody):
        workflow.enrol(record)
    portal.clock.run_all()

    found = [(portal.values("contacts", record) or {}).get("city") for record in (contact, nobody)]
    assert found == ["Mugs Ltd", None]


@pytest.mark.parametrize(
    ("action", "problem"),
    [
        (
            single("1", "0-8", {"subject": "{{ _0_2.name }}", "body": "x", "user_ids": "7"}),
            "subject: expected a token {{ enrolled_object.PROPERTY }} or {{ fetched_objects.NAME.PROPERTY }}, "
            'found "{{ _0_2.name }}"\nexpected a list of texts as user_ids, found "7"',
        ),
        (
            single("1", "0-9", {"subject": "x", "body": "x", "owner_properties": ["unheard_of"]}),
            'expected owner_properties that the portal has, found "unheard_of"',
        ),
        (
            single("1", "0-3", {"subject": "", "queue_id": "4", "owner_assignment": {"type": "ROTATE"}}),
            'expected no field queue_id, which is not walked here, found "4"\nexpected a text as subject, found ""\n'
            'expected CUSTOM as the type of owner_assignment, found "ROTATE"',
        ),
        (
            single("1", "0-3", {"subject": "x", "due_time": {"delta": "1", "timeUnit": "ERAS"}}),
            'due_time: expected a timeUnit out of SECONDS, MINUTES, HOURS, DAYS, WEEKS, MONTHS, YEARS, found "ERAS"\n'
            'due_time: expected a whole number, of 500 years at most, as delta, found "1"',
        ),
        (
            {"actionId": "1", "type": "WEBHOOK", "method": "SHOUT"},
            "expected a method out of CONNECT, DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT, TRACE, "
            'found "SHOUT"\nexpected a text as webhookUrl, found nothing\n'
            "expected a list as queryParams, found nothing",
        ),
        (
            {"actionId": "1", "type": "WEBHOOK", "method": "GET", "webhookUrl": "x", "queryParams": [{"name": 1}]},
            'expected a name for each of queryParams, found {"name": 1}\n'
            "queryParams: expected a value as an object with a type, found nothing",
        ),
    ],
    ids=lambda value: "" if isinstance(value, dict) else value[:40],
)
def test_refused(portal: Portal, runtime: Runtime, flow: Write, action: dict[str, Any], problem: str) -> None:
    """What an action is told to do has to make sense before a record comes to it."""
    with pytest.raises(NotWalkable) as refusal:
        Workflow(flow(action), portal=portal, runtime=runtime)

    assert refusal.value.problems == [f"action 1: {line}" for line in problem.split("\n")]


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"type": "STATIC_PROPERTY_FILTER"}, 'expected one of type ASSOCIATION, found "STATIC_PROPERTY_FILTER"'),
        ({"associationTypeId": 1}, "expected an associationTypeId from 0-5 to 0-2, one of 26, 339, found 1"),
        (
            {"sortBy": {"property": "unheard_of", "order": "ASC"}},
            "expected a property that the portal has, ASC or DESC, as sortBy, "
            'found {"property": "unheard_of", "order": "ASC"}',
        ),
    ],
    ids=str,
)
def test_data_source(portal: Portal, runtime: Runtime, flow: Write, changes: dict[str, Any], problem: str) -> None:
    """A data source that finds nothing here is refused by its name."""
    written = flow(single("1", "0-1", {"delta": "1"}), dataSources=[FETCHED | changes])

    with pytest.raises(NotWalkable) as refusal:
        Workflow(written, portal=portal, runtime=runtime)

    assert refusal.value.problems == [f"data source company: {problem}"]


@pytest.mark.parametrize(("name", "found"), [(None, "nothing"), (["company"], '["company"]')], ids=str)
def test_data_source_without_a_name(portal: Portal, runtime: Runtime, flow: Write, name: object, found: str) -> None:
    """A data source that no token could name is refused."""
    written = flow(single("1", "0-1", {"delta": "1"}), dataSources=[FETCHED | {"name": name}])

    with pytest.raises(NotWalkable) as refusal:
        Workflow(written, portal=portal, runtime=runtime)

    assert refusal.value.problems == [f"data source: expected a text as name, found {found}"]
