"""Enrolling: which changes of a record put it into a flow."""

from typing import Any

from contract.flow import Flow
from harness import Portal, Runtime, Workflow
from tests.harness.workflow.conftest import Write, known, option, single

MINUTE = {"delta": "1", "time_unit": "MINUTES"}


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
