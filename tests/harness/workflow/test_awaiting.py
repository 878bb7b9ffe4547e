"""Waiting for an event: until when a record waits, and what the flow knows of it then."""

from typing import Any

import pytest

from contract.flow import Flow
from harness import Portal, Runtime, Workflow
from harness.workflow import NotWalkable
from tests.harness.workflow.conftest import Write, known, log_of, output, single, static, to
from tests.harness.workflow.test_events import KNOWN, changed

NEVER_MET = {"event_filter_branches": [changed("content", KNOWN)]}


def waits(flow: Write, fields: dict[str, Any] | None = None, **more: Any) -> Flow:
    """Wait an hour at most for some content, and branch on whether it came."""
    branch = {
        "actionId": "2",
        "type": "STATIC_BRANCH",
        "inputValue": output("1", "hs_event_criteria_met"),
        "staticBranches": [{"branchValue": "true"}],
        "defaultBranchName": "it never came",
    }
    given = NEVER_MET | {"expiration_minutes": "60"} if fields is None else fields
    return flow(single("1", "0-29", given, then="2"), branch, **more)


def test_event_and_no_event(portal: Portal, runtime: Runtime, flow: Write) -> None:
    """A record goes on when the event comes, or when the time is up, and a branch can tell."""
    workflow = Workflow(waits(flow), portal=portal, runtime=runtime)
    lucky, other = portal.has_ticket("a"), portal.has_ticket("b", content="before")

    enrolled = [workflow.enrol(lucky), workflow.enrol(other)]
    portal.clock.advance(600)
    portal.set_property("tickets", lucky, "subject", "c")
    portal.set_property("tickets", lucky, "content", "It drips.")
    portal.clock.run_all()

    place = "action 1  SINGLE_CONNECTION  wait for an event"
    assert [log_of(one) for one in enrolled] == [
        [
            f"2026-03-02 08:00:00  {place}: begins, for 60 min at most",
            f"2026-03-02 08:10:00  {place}: it happened",
            "2026-03-02 08:10:00  action 2  STATIC_BRANCH  branch: true",
        ],
        [
            f"2026-03-02 08:00:00  {place}: begins, for 60 min at most",
            f"2026-03-02 09:00:00  {place}: it did not happen in time",
            "2026-03-02 09:00:00  action 2  STATIC_BRANCH  branch: it never came",
        ],
    ]


def test_without_end(portal: Portal, runtime: Runtime, flow: Write) -> None:
    """Without an end a record waits for ever."""
    enrolment = Workflow(waits(flow, NEVER_MET), portal=portal, runtime=runtime).enrol(portal.has_ticket("a"))

    portal.clock.run_all(limit_days=400)

    assert (enrolment.inside, len(enrolment.log)) == (True, 1)


def test_taken_out(portal: Portal, runtime: Runtime, flow: Write) -> None:
    """A record that leaves while it waits does not go on when the event comes."""
    workflow = Workflow(waits(flow, goalFilterBranch=known("closed_date")), portal=portal, runtime=runtime)
    ticket = portal.has_ticket("a")

    enrolment = workflow.enrol(ticket)
    portal.clock.advance(60)
    portal.close_ticket(ticket)
    portal.set_property("tickets", ticket, "content", "It drips.")
    portal.clock.run_all()

    assert (enrolment.status, len(enrolment.log)) == ("unenrolled", 1)


def test_twice(portal: Portal, runtime: Runtime, flow: Write) -> None:
    """A flow that leads back waits anew, and the end of the first wait is not that of the second."""
    wait = single("1", "0-29", NEVER_MET | {"expiration_minutes": "60"}, then="2")
    clear = single("2", "0-5", {"property_name": "content", "value": static("")})
    workflow = Workflow(
        flow(wait, clear | {"connection": to("1") | {"edgeType": "GOTO"}}), portal=portal, runtime=runtime
    )
    ticket = portal.has_ticket("a")

    enrolment = workflow.enrol(ticket)
    portal.clock.advance(1800)
    portal.set_property("tickets", ticket, "content", "It drips.")
    portal.clock.advance(3500)

    assert [f"{entry.at:%H:%M} {entry.outcome}" for entry in enrolment.log] == [
        "08:00 begins, for 60 min at most",
        "08:30 it happened",
        "08:30 done",
        "08:30 begins, for 60 min at most",
    ]


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        ({}, "expected a list of events as event_filter_branches, found nothing"),
        (
            {"event_filter_branches": [changed("content", eventTypeId="4-1")]},
            'expected the eventTypeId 4-655002, a property\'s change, found "4-1"',
        ),
        (
            NEVER_MET | {"expiration_minutes": "long"},
            'expected a whole number of minutes as expiration_minutes, found "long"',
        ),
    ],
    ids=str,
)
def test_refused(portal: Portal, runtime: Runtime, flow: Write, fields: dict[str, Any], problem: str) -> None:
    """An event that cannot be seen, or no number of minutes, is refused before a record comes to it."""
    with pytest.raises(NotWalkable) as refusal:
        Workflow(waits(flow, fields), portal=portal, runtime=runtime)

    assert refusal.value.problems == [f"action 1: {problem}"]
