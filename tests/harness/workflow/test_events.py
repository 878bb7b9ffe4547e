"""Events: which changes of a record put it into a flow that waits for an event."""

from typing import Any

import pytest

from harness import Portal, Runtime, Workflow
from harness.workflow import NotWalkable
from tests.harness.workflow.conftest import Write, known, option, single

MINUTE = single("1", "0-1", {"delta": "1", "time_unit": "MINUTES"})
KNOWN = {"operationType": "ALL_PROPERTY", "operator": "IS_KNOWN", "includeObjectsWithNoValueSet": False}


def attribute(name: str, operation: dict[str, Any]) -> dict[str, Any]:
    return {"filterType": "PROPERTY", "property": name, "operation": operation}


def changed(name: str, value: dict[str, Any] | None = None, **more: object) -> dict[str, Any]:
    """The event that this property changes, to a value that fits the operation."""
    is_it = {"operationType": "STRING", "operator": "IS_EQUAL_TO", "value": name, "includeObjectsWithNoValueSet": False}
    filters = [attribute("hs_name", is_it), *([attribute("hs_value", value)] if value else [])]
    return {
        "eventTypeId": "4-655002",
        "operator": "HAS_COMPLETED",
        "filterBranchType": "UNIFIED_EVENTS",
        "filterBranchOperator": "AND",
        "filterBranches": [],
        "filters": filters,
        **more,
    }


def criteria(*events: dict[str, Any], again: bool = True, **more: object) -> dict[str, Any]:
    return {
        "type": "EVENT_BASED",
        "shouldReEnroll": again,
        "eventFilterBranches": list(events),
        "listMembershipFilterBranches": [],
        **more,
    }


def counts(workflow: Workflow, portal: Portal, ticket: str, *changes: tuple[str, str]) -> list[int]:
    """How many enrolments there are after each change, when the record has left again."""
    found = []
    for name, value in changes:
        portal.set_property("tickets", ticket, name, value)
        portal.clock.advance(600)
        found.append(len(workflow.enrolments))
    return found


def test_change(portal: Portal, runtime: Runtime, flow: Write) -> None:
    """Every change of the property to a value that fits enrols the record, and no other change does."""
    high = {"operationType": "ENUMERATION", "operator": "IS_ANY_OF", "values": ["HIGH"]}
    written = flow(MINUTE, criteria=criteria(changed("hs_ticket_priority", high)))
    ticket = portal.has_ticket("Leaking kettle")
    workflow = Workflow(written, portal=portal, runtime=runtime).watches()
    name = "hs_ticket_priority"

    found = counts(
        workflow, portal, ticket, (name, "LOW"), (name, "HIGH"), ("content", "x"), (name, ""), (name, "HIGH")
    )

    assert found == [0, 1, 1, 1, 2]


def test_cleared(portal: Portal, runtime: Runtime, flow: Write) -> None:
    """That a property is cleared is an event whose value is unknown."""
    written = flow(MINUTE, criteria=criteria(changed("content", KNOWN | {"operator": "IS_UNKNOWN"})))
    ticket = portal.has_ticket("Leaking kettle", content="It drips.")
    workflow = Workflow(written, portal=portal, runtime=runtime).watches()

    assert counts(workflow, portal, ticket, ("content", "It pours."), ("content", "")) == [0, 1]


def test_new_record(portal: Portal, runtime: Runtime, flow: Write) -> None:
    """A record that is made is a change of every property it has."""
    written = flow(MINUTE, criteria=criteria(changed("content", KNOWN)))
    workflow = Workflow(written, portal=portal, runtime=runtime).watches()

    portal.has_ticket("Leaking kettle")
    with_content = portal.has_ticket("Leaking kettle", content="It drips.")

    assert [one.record_id for one in workflow.enrolments] == [with_content]


def test_one_of_several(portal: Portal, runtime: Runtime, flow: Write) -> None:
    """Of several events any one is enough, and its refinement is asked at that moment."""
    refined = option("hs_ticket_priority", "HIGH")
    written = flow(
        MINUTE, criteria=criteria(changed("content", KNOWN), changed("subject", KNOWN), refinementCriteria=refined)
    )
    ticket = portal.has_ticket("Leaking kettle")
    workflow = Workflow(written, portal=portal, runtime=runtime).watches()

    changes = (("content", "a"), ("hs_ticket_priority", "HIGH"), ("subject", "b"), ("content", "c"))

    assert counts(workflow, portal, ticket, *changes) == [0, 0, 1, 2]


def test_once(portal: Portal, runtime: Runtime, flow: Write) -> None:
    """A flow that does not re-enrol takes a record for its first event alone."""
    written = flow(MINUTE, criteria=criteria(changed("content", KNOWN), again=False))
    ticket = portal.has_ticket("Leaking kettle")
    workflow = Workflow(written, portal=portal, runtime=runtime).watches()

    assert counts(workflow, portal, ticket, ("content", "a"), ("content", "b")) == [1, 1]


def test_while_inside(portal: Portal, runtime: Runtime, flow: Write) -> None:
    """An event while the record is inside does not enrol it, and the history says why."""
    written = flow(MINUTE, criteria=criteria(changed("content", KNOWN)))
    ticket = portal.has_ticket("Leaking kettle")
    workflow = Workflow(written, portal=portal, runtime=runtime).watches()

    portal.set_property("tickets", ticket, "content", "a")
    portal.clock.advance(30)
    portal.set_property("tickets", ticket, "content", "b")
    portal.clock.run_all()

    assert [str(passage) for passage in workflow.history] == [
        f"2026-03-02 08:00:00  record {ticket}  enrolled by the criteria",
        f"2026-03-02 08:00:30  record {ticket}  not enrolled: it is still inside",
        f"2026-03-02 08:01:00  record {ticket}  finished",
    ]


@pytest.mark.parametrize("branch_type", ["UNIFIED_EVENTS", "AND"])
def test_event_as_trigger(portal: Portal, runtime: Runtime, flow: Write, branch_type: str) -> None:
    """A list's re-enrolment trigger may be an event: the property changes to the value that it names."""
    high = {"operationType": "ENUMERATION", "operator": "IS_ANY_OF", "values": ["HIGH"]}
    trigger = changed("hs_ticket_priority", high, filterBranchType=branch_type)
    written = flow(
        MINUTE,
        criteria={
            "type": "LIST_BASED",
            "shouldReEnroll": True,
            "unEnrollObjectsNotMeetingCriteria": False,
            "listFilterBranch": known("content"),
            "reEnrollmentTriggersFilterBranches": [trigger],
        },
    )
    ticket = portal.has_ticket("Leaking kettle")
    workflow = Workflow(written, portal=portal, runtime=runtime).watches()
    name = "hs_ticket_priority"

    changes = (("content", "a"), ("content", "b"), (name, "LOW"), (name, "HIGH"), ("content", "c"))

    assert counts(workflow, portal, ticket, *changes) == [1, 1, 1, 2, 2]


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        (criteria(), "expected a list of events as eventFilterBranches, found []"),
        (
            criteria(changed("content", eventTypeId="4-1814177")),
            'expected the eventTypeId 4-655002, a property\'s change, found "4-1814177"',
        ),
        (
            criteria(changed("content", operator="HAS_NOT_COMPLETED")),
            'expected the operator HAS_COMPLETED, found "HAS_NOT_COMPLETED"',
        ),
        (
            criteria(changed("content", pruningRefineBy={"type": "ALL_HISTORY"})),
            'expected no pruningRefineBy of an event, found {"type": "ALL_HISTORY"}',
        ),
        (
            criteria(changed("content", filters=[attribute("content", KNOWN)])),
            'expected a filter\'s property to be one that the portal has, found "content"\n'
            "expected a filter on hs_name, which says whose change is meant, found "
            '[{"filterType": "PROPERTY", "property": "content", "opera...',
        ),
        (
            criteria(changed("content", filters=[attribute("hs_value", KNOWN)])),
            "expected a filter on hs_name, which says whose change is meant, found "
            '[{"filterType": "PROPERTY", "property": "hs_value", "oper...',
        ),
        (
            criteria(changed("content"), listMembershipFilterBranches=[{"filterBranchType": "AND"}]),
            'expected no listMembershipFilterBranches: the portal has no lists, found [{"filterBranchType": "AND"}]',
        ),
        (
            criteria(changed("content"), refinementCriteria=known("unheard_of")),
            'refinementCriteria: expected a filter\'s property to be one that the portal has, found "unheard_of"',
        ),
        (criteria(known("content")), 'expected a filterBranchType UNIFIED_EVENTS, found "OR"'),
    ],
    ids=lambda value: value[:40] if isinstance(value, str) else "",
)
def test_other_events(portal: Portal, runtime: Runtime, flow: Write, given: dict[str, Any], problem: str) -> None:
    """An event that the portal cannot see is refused, with what was expected in its place."""
    with pytest.raises(NotWalkable) as refusal:
        Workflow(flow(MINUTE, criteria=given), portal=portal, runtime=runtime)

    assert refusal.value.problems == [f"enrolment: {line}" for line in problem.split("\n")]
