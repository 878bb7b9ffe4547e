"""Inside: which records are inside a flow, whose turn it is, and who leaves it early."""

import pytest

from harness import Portal, Runtime, Workflow
from harness.workflow import AlreadyEnrolled
from tests.harness.workflow.conftest import BUSY, ECHO, Write, code, log_of, single, static


def test_already_inside(portal: Portal, runtime: Runtime, flow: Write) -> None:
    """A record that is still inside cannot be enrolled a second time; one that has left can."""
    written = flow(single("1", "0-1", {"delta": "1", "time_unit": "MINUTES"}))
    ticket = portal.has_ticket("Leaking kettle")
    workflow = Workflow(written, portal=portal, runtime=runtime)
    workflow.enrol(ticket)

    with pytest.raises(AlreadyEnrolled) as refusal:
        workflow.enrol(ticket)
    portal.clock.run_all()
    workflow.enrol(ticket)

    assert str(refusal.value) == (
        f"{written.path}: record {ticket} is still inside this flow. HubSpot enrols it again only "
        "after it has left; move the clock until it has."
    )
    assert len(workflow.enrolments) == 2


def test_unknown_record(portal: Portal, runtime: Runtime, flow: Write) -> None:
    """A record the portal does not have cannot be enrolled."""
    written = flow(single("1", "0-1", {"delta": "1", "time_unit": "MINUTES"}))
    workflow = Workflow(written, portal=portal, runtime=runtime)

    with pytest.raises(LookupError) as refusal:
        workflow.enrol("12345")

    assert str(refusal.value) == (
        f"{written.path}: expected the id of a record of type 0-5, found 12345, which the portal does not have. "
        "Make the record first."
    )


def test_deleted_on_the_way(portal: Portal, runtime: Runtime, flow: Write) -> None:
    """A record that is deleted leaves the flow before its next action: no code runs for it any more."""
    written = flow(
        single("1", "0-1", {"delta": "1"}, then="2"),
        code("2", "echo.py", {}, []),
        files={"echo.py": ECHO},
    )
    ticket = portal.has_ticket("Leaking kettle")

    enrolment = Workflow(written, portal=portal, runtime=runtime).enrol(ticket)
    portal.clock.advance(30)
    portal.archive_ticket(ticket)
    portal.clock.run_all()

    assert log_of(enrolment) == [
        "2026-03-02 08:00:00  action 1  SINGLE_CONNECTION  delay: 1 min",
        "2026-03-02 08:01:00  action 2  CUSTOM_CODE  not begun: the record was deleted and leaves the flow",
    ]
    assert (enrolment.status, enrolment.runs) == ("unenrolled", [])


def test_deleted_before_a_retry(portal: Portal, runtime: Runtime, flow: Write) -> None:
    """HubSpot's retry of an action does not come for a record that was deleted meanwhile."""
    written = flow(code("1", "busy.py", {}, []), files={"busy.py": BUSY})
    ticket = portal.has_ticket("Leaking kettle")

    enrolment = Workflow(written, portal=portal, runtime=runtime).enrol(ticket)
    portal.clock.advance(30)
    portal.archive_ticket(ticket)
    portal.clock.run_all()

    assert log_of(enrolment) == [
        "2026-03-02 08:00:00  action 1  CUSTOM_CODE  busy.py: will retry in 0:01:00",
        "2026-03-02 08:01:00  action 1  CUSTOM_CODE  not begun: the record was deleted and leaves the flow",
    ]
    assert (enrolment.status, len(enrolment.runs)) == ("unenrolled", 1)


def test_turns(portal: Portal, runtime: Runtime, flow: Write) -> None:
    """Two records inside at once take turns, action by action."""
    written = flow(
        single("1", "0-5", {"property_name": "content", "value": static("first")}, then="2"),
        single("2", "0-5", {"property_name": "content", "value": static("second")}),
    )
    one, two = portal.has_ticket("one"), portal.has_ticket("two")
    order: list[str] = []
    portal.watch(lambda type_id, record_id, changed: order.append(record_id))
    workflow = Workflow(written, portal=portal, runtime=runtime)

    workflow.enrol(one)
    workflow.enrol(two)
    portal.clock.run_all()

    assert order == [one, two, one, two]
