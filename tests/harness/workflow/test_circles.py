"""Circles: flows that set each other going without an end, and many records that only look like it."""

from typing import Any

from harness import Portal, Runtime, Workflow
from tests.harness.workflow.conftest import Write, known, single, static


def raises(flow: Write, name: str, by: dict[str, Any]) -> Any:
    """A flow that raises a number whenever something has happened."""
    return flow(
        single("1", "0-5", {"property_name": name, "value": {"type": "INCREMENT", "incrementAmount": 1}}), criteria=by
    )


def change_of(name: str) -> dict[str, Any]:
    operation = {"operationType": "ENUMERATION", "operator": "IS_ANY_OF", "values": [name]}
    event = {
        "filterBranchType": "UNIFIED_EVENTS",
        "eventTypeId": "4-655002",
        "operator": "HAS_COMPLETED",
        "filters": [{"filterType": "PROPERTY", "property": "hs_name", "operation": operation}],
    }
    return {"type": "EVENT_BASED", "shouldReEnroll": True, "eventFilterBranches": [event]}


def number(name: str) -> dict[str, Any]:
    return {"name": name, "label": name, "type": "number", "fieldType": "number", "groupName": "ticketinformation"}


def test_flows_that_set_each_other_going(portal: Portal, runtime: Runtime, flow: Write) -> None:
    """Two flows that enrol a record by each other's doings are stopped after a thousand enrolments, and say why."""
    portal.provision([number("here"), number("there")])
    one = Workflow(raises(flow, "there", change_of("here")), portal=portal, runtime=runtime).watches()
    other = Workflow(raises(flow, "here", change_of("there")), portal=portal, runtime=runtime).watches()
    ticket = portal.has_ticket("Leaking kettle")

    portal.set_property("tickets", ticket, "here", "0")
    portal.clock.run_all()

    turned_away = [str(each) for each in (*one.history, *other.history) if each.number is None]
    assert (len(one.enrolments), len(other.enrolments), turned_away, one.endless or other.endless) == (
        501,
        500,
        [
            f"2026-03-02 08:00:00  record {ticket}  not enrolled: one enrolment led to 1000 others at this moment: "
            "the flows go round in circles"
        ],
        True,
    )


def test_circle_with_a_delay(portal: Portal, runtime: Runtime, flow: Write) -> None:
    """A flow in which each record makes another after a minute is stopped after ten thousand, and says why."""
    subject = {"targetProperty": "subject", "value": static("One more")}
    written = flow(
        single("1", "0-1", {"delta": "1"}, then="2"),
        single("2", "0-14", {"object_type_id": "0-5", "properties": [subject]}),
        criteria={"type": "LIST_BASED", "shouldReEnroll": False, "listFilterBranch": known("subject")},
    )
    workflow = Workflow(written, portal=portal, runtime=runtime).watches()

    portal.has_ticket("Leaking kettle")
    portal.clock.run_all()

    turned_away = [each.what for each in workflow.history if each.number is None]
    assert (len(workflow.enrolments), turned_away, workflow.endless) == (
        10_001,
        ["not enrolled: one enrolment led to 10000 others: the flows go round in circles"],
        True,
    )


def test_many_records_are_no_circle(portal: Portal, runtime: Runtime, flow: Write) -> None:
    """Of 1,200 records that come in at one moment each goes on into the next flow."""
    content = {"property_name": "content", "value": static("x")}
    by_list = {"type": "LIST_BASED", "shouldReEnroll": False}
    first = flow(single("1", "0-5", content), criteria=by_list | {"listFilterBranch": known("subject")})
    Workflow(first, portal=portal, runtime=runtime).watches()
    second = flow(single("1", "0-1", {"delta": "1"}), criteria=by_list | {"listFilterBranch": known("content")})
    workflow = Workflow(second, portal=portal, runtime=runtime).watches()

    for number_ in range(1200):
        portal.has_ticket(f"Kettle {number_}")
    portal.clock.run_all()

    assert [each.status for each in workflow.enrolments] == ["finished"] * 1200
