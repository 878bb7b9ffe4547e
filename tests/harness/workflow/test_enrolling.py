"""Enrolling: which changes of a record put it into a flow."""

from typing import Any

import pytest

from contract.flow import Flow
from harness import Portal, Runtime, Workflow
from harness.workflow import KeptOut
from tests.harness.workflow.conftest import Write, all_of, known, option, single, static

MINUTE = {"delta": "1", "time_unit": "MINUTES"}
CHANGED = {"operationType": "ENUMERATION", "operator": "IS_ANY_OF", "values": ["content"]}
EVENT = {
    "type": "EVENT_BASED",
    "eventFilterBranches": [
        {
            "filterBranchType": "UNIFIED_EVENTS",
            "eventTypeId": "4-655002",
            "operator": "HAS_COMPLETED",
            "filters": [{"filterType": "PROPERTY", "property": "hs_name", "operation": CHANGED}],
        }
    ],
}


def criteria(branch: dict[str, Any], *triggers: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "LIST_BASED",
        "shouldReEnroll": bool(triggers),
        "unEnrollObjectsNotMeetingCriteria": False,
        "listFilterBranch": branch,
        "reEnrollmentTriggersFilterBranches": list(triggers),
    }


def closed_chats(flow: Write, *, again: bool = True) -> Flow:
    closed = option("hs_conversation_status", "CONVERSATION_STATUS_CLOSED")
    return flow(
        single("1", "0-1", MINUTE),
        criteria=criteria(closed, *([closed] if again else [])),
        object_type_id="0-11",
    )


def test_close_enrols(portal: Portal, runtime: Runtime, flow: Write) -> None:
    """A chat enrols when it closes, and again each time it closes after it has left the flow."""
    workflow = Workflow(closed_chats(flow), portal=portal, runtime=runtime).watches()
    chat = portal.has_chat().says("Is anybody there?")

    chat.closes()
    portal.clock.advance(600)
    chat.reopens()
    portal.clock.advance(600)
    chat.closes()
    portal.clock.run_all()

    assert [(one.record_id, one.started_at.minute) for one in workflow.enrolments] == [
        (chat.record_id, 0),
        (chat.record_id, 20),
    ]


def test_close_while_inside(portal: Portal, runtime: Runtime, flow: Write) -> None:
    """A close that comes while the chat is still inside does not enrol it."""
    workflow = Workflow(closed_chats(flow), portal=portal, runtime=runtime).watches()
    chat = portal.has_chat().says("Is anybody there?")

    chat.closes()
    portal.clock.advance(30)
    chat.reopens().closes()
    portal.clock.run_all()

    assert len(workflow.enrolments) == 1


def test_without_re_enrolment(portal: Portal, runtime: Runtime, flow: Write) -> None:
    """A flow that does not re-enrol takes a chat once only."""
    workflow = Workflow(closed_chats(flow, again=False), portal=portal, runtime=runtime).watches()
    chat = portal.has_chat().says("Is anybody there?")

    for _ in range(2):
        chat.closes()
        portal.clock.advance(600)
        chat.reopens()
        portal.clock.advance(600)

    assert len(workflow.enrolments) == 1


def test_history_stays_out(portal: Portal, runtime: Runtime, flow: Write) -> None:
    """Switching a flow on enrols nobody, and a record that met the criteria before only by a trigger."""
    old = portal.has_chat().says("Is anybody there?").closes()

    workflow = Workflow(closed_chats(flow), portal=portal, runtime=runtime).watches()
    portal.clock.run_all()
    before = len(workflow.enrolments)
    old.reopens().closes()

    assert (before, len(workflow.enrolments)) == (0, 1)


def test_change_of_another_property(portal: Portal, runtime: Runtime, flow: Write) -> None:
    """A ticket enrols again when the trigger's property changes, and by no other change."""
    asked = known("content")
    written = flow(single("1", "0-1", MINUTE), criteria=criteria(asked, asked))
    workflow = Workflow(written, portal=portal, runtime=runtime).watches()
    ticket = portal.has_ticket("Leaking kettle")

    counts = []
    for name, value in (("content", "first"), ("subject", "Kettle"), ("content", "second"), ("content", "")):
        portal.set_property("tickets", ticket, name, value)
        portal.clock.advance(600)
        counts.append(len(workflow.enrolments))

    assert counts == [1, 1, 2, 2]


def test_records_of_another_type(portal: Portal, runtime: Runtime, flow: Write) -> None:
    """A ticket flow does not look at contacts."""
    written = flow(single("1", "0-1", MINUTE), criteria=criteria(known("createdate")))
    workflow = Workflow(written, portal=portal, runtime=runtime).watches()

    portal.has_contact("visitor-12@example.org")
    portal.has_ticket("Leaking kettle")

    assert len(workflow.enrolments) == 1


def test_deleted_record(portal: Portal, runtime: Runtime, flow: Write) -> None:
    """A record that is deleted does not enrol, though it then has none of its values any more."""
    unknown = known("content")
    unknown["filterBranches"][0]["filters"][0]["operation"]["operator"] = "IS_UNKNOWN"
    written = flow(single("1", "0-1", MINUTE), criteria=criteria(unknown))
    workflow = Workflow(written, portal=portal, runtime=runtime).watches()
    ticket = portal.has_ticket("Leaking kettle", content="It drips.")

    portal.archive_ticket(ticket)

    assert workflow.enrolments == []


def test_no_triggers(portal: Portal, runtime: Runtime, flow: Write) -> None:
    """A flow that re-enrols but names no trigger, as null or not at all, takes a record once."""
    for triggers in ({"reEnrollmentTriggersFilterBranches": None}, {}):
        once = criteria(known("content")) | {"shouldReEnroll": True}
        del once["reEnrollmentTriggersFilterBranches"]
        written = flow(single("1", "0-1", MINUTE), criteria=once | triggers)
        workflow = Workflow(written, portal=portal, runtime=runtime).watches()
        ticket = portal.has_ticket("Leaking kettle", content="It drips.")

        portal.clock.advance(600)
        portal.set_property("tickets", ticket, "content", "It pours.")

        assert len(workflow.enrolments) == 1


def test_by_hand_is_a_first_time(portal: Portal, runtime: Runtime, flow: Write) -> None:
    """A record that was enrolled by hand has had its turn in a flow that does not re-enrol, criteria or not."""
    for first_time in (criteria(known("content")), EVENT | {"shouldReEnroll": False}):
        written = flow(single("1", "0-1", MINUTE), criteria=first_time)
        workflow = Workflow(written, portal=portal, runtime=runtime).watches()
        ticket = portal.has_ticket("Leaking kettle")

        workflow.enrol(ticket)
        portal.clock.advance(600)
        portal.set_property("tickets", ticket, "content", "It drips.")
        with pytest.raises(KeptOut) as refusal:
            workflow.enrol(ticket)

        assert str(refusal.value) == (
            f"{written.path}: expected a record that may come in, found {ticket}: it was enrolled before, and the flow "
            "does not re-enrol. HubSpot does not enrol it, by hand either; change the record, or the flow."
        )
        assert [each.what for each in workflow.history] == [
            "enrolled by hand",
            "finished",
            "not enrolled: it was enrolled before, and the flow does not re-enrol",
        ]


def test_trigger_that_was_met_already(portal: Portal, runtime: Runtime, flow: Write) -> None:
    """A record enrols again when it comes to meet a trigger, not by a change after which it still does."""
    urgent = option("hs_ticket_priority", "HIGH", "URGENT")
    anybody = {"filterType": "CONSTANT", "shouldAccept": True}
    trigger = all_of(anybody, *urgent["filterBranches"][0]["filters"])
    workflow = Workflow(
        flow(single("1", "0-1", MINUTE), criteria=criteria(urgent, trigger)), portal=portal, runtime=runtime
    ).watches()
    ticket = portal.has_ticket("Leaking kettle", hs_ticket_priority="HIGH")

    counts = []
    for value in ("URGENT", "LOW", "HIGH"):
        portal.clock.advance(600)
        portal.set_property("tickets", ticket, "hs_ticket_priority", value)
        counts.append(len(workflow.enrolments))

    assert counts == [1, 1, 2]


def test_merged_contact(portal: Portal, runtime: Runtime, flow: Write) -> None:
    """A contact that comes of a merge does not enrol by it; who was merged leaves before the next action."""
    written = flow(
        single("1", "0-1", MINUTE, then="2"),
        single("2", "0-5", {"property_name": "lastname", "value": static("x")}),
        criteria=criteria(known("firstname")),
        object_type_id="0-1",
    )
    workflow = Workflow(written, portal=portal, runtime=runtime).watches()
    one = portal.has_contact("visitor-12@example.org", firstname="Twelve")
    other = portal.has_contact("visitor-13@example.org")

    merged = portal.merge_contacts(one, other)
    portal.clock.run_all()

    assert [str(each)[21:] for each in workflow.history] == [
        f"record {one}  enrolled by the criteria",
        f"record {merged}  not enrolled: it comes of a merge",
        f"record {one}  unenrolled: it was merged",
    ]
