"""Leaving: who is taken out of a flow before its end, and who is kept out."""

from typing import Any

import pytest

from harness import Portal, Runtime, Workflow
from harness.workflow import KeptOut, NotWalkable
from tests.harness.workflow.conftest import BUSY, Write, all_of, code, known, log_of, option, single, static

HOUR = {"delta": "1", "time_unit": "HOURS"}
CLOSED = option("hs_pipeline_stage", "4")


def waits(flow: Write, **more: Any) -> Any:
    """Wait an hour, then write something."""
    return flow(
        single("1", "0-1", HOUR, then="2"),
        single("2", "0-5", {"property_name": "subject", "value": static("written")}),
        **more,
    )


def by_list(branch: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "LIST_BASED",
        "shouldReEnroll": False,
        "unEnrollObjectsNotMeetingCriteria": True,
        "listFilterBranch": branch,
        "reEnrollmentTriggersFilterBranches": [],
    }


def test_criteria_no_longer_met(portal: Portal, runtime: Runtime, flow: Write) -> None:
    """Where the flow says so, a record that no longer meets the criteria leaves, and no later action sees it."""
    workflow = Workflow(waits(flow, criteria=by_list(known("content"))), portal=portal, runtime=runtime).watches()
    stays, goes = (portal.has_ticket("Leaking kettle", content="It drips.") for _ in range(2))

    portal.clock.advance(600)
    portal.set_property("tickets", goes, "content", "")
    portal.clock.run_all()

    assert [(one.record_id, one.status, len(one.log)) for one in workflow.enrolments] == [
        (stays, "finished", 2),
        (goes, "unenrolled", 1),
    ]
    assert str(workflow.history[2]) == (
        f"2026-03-02 08:10:00  record {goes}  unenrolled: it does not meet the criteria"
    )


def test_criteria_not_met_by_hand(portal: Portal, runtime: Runtime, flow: Write) -> None:
    """Enrolled by hand where the flow says so, a record that does not meet the criteria leaves at once."""
    workflow = Workflow(waits(flow, criteria=by_list(known("content"))), portal=portal, runtime=runtime)

    enrolment = workflow.enrol(portal.has_ticket("Leaking kettle"))
    portal.clock.run_all()

    assert (enrolment.status, log_of(enrolment)) == ("unenrolled", [])


@pytest.mark.parametrize(
    ("key", "why"),
    [("goalFilterBranch", "it meets the goal"), ("suppressionFilterBranch", "it meets the unenrolment triggers")],
)
def test_goal_and_triggers(portal: Portal, runtime: Runtime, flow: Write, key: str, why: str) -> None:
    """A record that comes to meet the goal or the unenrolment triggers leaves; one that meets them is kept out."""
    written = waits(flow, **{key: CLOSED})
    workflow = Workflow(written, portal=portal, runtime=runtime)
    ticket, closed = portal.has_ticket("Leaking kettle"), portal.has_ticket("Old kettle")
    portal.close_ticket(closed)

    enrolment = workflow.enrol(ticket)
    portal.clock.advance(600)
    portal.close_ticket(ticket)
    with pytest.raises(KeptOut) as refusal:
        workflow.enrol(closed)
    portal.clock.run_all()

    assert (enrolment.status, len(enrolment.log)) == ("unenrolled", 1)
    assert [passage.what for passage in workflow.history] == [
        "enrolled by hand",
        f"unenrolled: {why}",
        f"not enrolled: {why}",
    ]
    assert str(refusal.value) == (
        f"{written.path}: expected a record that may come in, found {closed}: {why}. HubSpot does not enrol it, "
        "by hand either; change the record, or the flow."
    )


def test_kept_out_by_the_goal(portal: Portal, runtime: Runtime, flow: Write) -> None:
    """A record that meets criteria and goal at once does not come in."""
    criteria = by_list(known("content"))
    workflow = Workflow(
        waits(flow, criteria=criteria, goalFilterBranch=CLOSED), portal=portal, runtime=runtime
    ).watches()
    closed = portal.has_ticket("Old kettle")
    portal.close_ticket(closed)

    portal.set_property("tickets", closed, "content", "It drips.")

    assert [passage.what for passage in workflow.history] == ["not enrolled: it meets the goal"]


def test_by_its_own_action(portal: Portal, runtime: Runtime, flow: Write) -> None:
    """A record whose own last action makes it meet the goal has met the goal, and did not finish."""
    close = single("1", "0-5", {"property_name": "hs_pipeline_stage", "value": static("4")})
    workflow = Workflow(flow(close, goalFilterBranch=CLOSED), portal=portal, runtime=runtime)

    enrolment = workflow.enrol(portal.has_ticket("Leaking kettle"))
    portal.clock.run_all()

    assert (enrolment.status, log_of(enrolment)) == (
        "unenrolled",
        ["2026-03-02 08:00:00  action 1  SINGLE_CONNECTION  set hs_pipeline_stage: done"],
    )


def test_before_a_retry(portal: Portal, runtime: Runtime, flow: Write) -> None:
    """HubSpot's retry of an action does not come for a record that was taken out meanwhile."""
    written = flow(code("1", "busy.py", {}, []), files={"busy.py": BUSY}, goalFilterBranch=CLOSED)
    ticket = portal.has_ticket("Leaking kettle")
    workflow = Workflow(written, portal=portal, runtime=runtime)

    enrolment = workflow.enrol(ticket)
    portal.clock.advance(30)
    portal.close_ticket(ticket)
    portal.clock.run_all()

    assert (enrolment.status, len(enrolment.runs)) == ("unenrolled", 1)


@pytest.mark.parametrize("key", ["goalFilterBranch", "suppressionFilterBranch", "listFilterBranch"])
def test_what_time_alone_changes(portal: Portal, runtime: Runtime, flow: Write, key: str) -> None:
    """Criteria that a record comes to meet without a change of its own are refused: nobody would notice."""
    rolling = {"operationType": "ROLLING_DATE_RANGE", "operator": "IS_MORE_THAN_X_DAYS_AGO", "numberOfDays": 3}
    old = all_of({"filterType": "PROPERTY", "property": "createdate", "operation": rolling})
    contact = {
        "filterBranchType": "ASSOCIATION",
        "operator": "IN_LIST",
        "objectTypeId": "0-1",
        "associationTypeId": 16,
        "associationCategory": "HUBSPOT_DEFINED",
        "filters": known("email")["filterBranches"][0]["filters"],
        "filterBranches": [],
    }
    old["filterBranches"][0]["filterBranches"] = [contact]
    more = {"criteria": by_list(old)} if key == "listFilterBranch" else {key: old}

    with pytest.raises(NotWalkable) as refusal:
        Workflow(waits(flow, **more), portal=portal, runtime=runtime)

    place = "enrolment" if key == "listFilterBranch" else key
    assert refusal.value.problems == [
        f"{place}: filter on createdate: expected one that only a change of the record meets, "
        'found "ROLLING_DATE_RANGE IS_MORE_THAN_X_DAYS_AGO"',
        f'{place}: expected filters on the record itself, whose changes are followed, found "ASSOCIATION"',
    ]
