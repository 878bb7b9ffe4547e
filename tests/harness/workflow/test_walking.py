"""Walking: what happens to a record inside a flow, and what the action log says."""

import json
from typing import Any

from harness import Portal, Runtime, Workflow
from tests.harness.workflow.conftest import (
    BUSY,
    ECHO,
    Write,
    code,
    known,
    log_of,
    option,
    output,
    property_,
    single,
    static,
    to,
)

SIZE = """
def main(event):
    words = len(event["inputFields"]["subject"].split())
    return {"outputFields": {"size": "long" if words > 3 else "short"}}
"""

BREAKS = """
def main(event):
    raise ValueError("nothing to retry")
"""


def test_walk(portal: Portal, runtime: Runtime, flow: Write) -> None:
    """A record goes through code, branch, delay and set-property, and the log tells it in order."""
    written = flow(
        code("1", "size.py", {"subject": property_("subject")}, ["size"], then="2"),
        {
            "actionId": "2",
            "type": "STATIC_BRANCH",
            "inputValue": output("1", "size"),
            "staticBranches": [{"branchValue": "long", "connection": to("3")}],
            "defaultBranchName": "Short",
        },
        single("3", "0-1", {"delta": "90", "time_unit": "MINUTES"}, then="4"),
        single("4", "0-5", {"property_name": "hs_ticket_priority", "value": static("HIGH")}),
        files={"size.py": SIZE},
    )
    ticket = portal.has_ticket("One two three four")
    short = portal.has_ticket("One")
    workflow = Workflow(written, portal=portal, runtime=runtime)

    enrolled = [workflow.enrol(ticket), workflow.enrol(short)]
    portal.clock.run_all()

    assert [log_of(one) for one in enrolled] == [
        [
            "2026-03-02 08:00:00  action 1  CUSTOM_CODE  size.py: succeeded",
            "2026-03-02 08:00:00  action 2  STATIC_BRANCH  branch: long",
            "2026-03-02 08:00:00  action 3  SINGLE_CONNECTION  delay: 90 min",
            "2026-03-02 09:30:00  action 4  SINGLE_CONNECTION  set hs_ticket_priority: done",
        ],
        [
            "2026-03-02 08:00:00  action 1  CUSTOM_CODE  size.py: succeeded",
            "2026-03-02 08:00:00  action 2  STATIC_BRANCH  branch: Short",
        ],
    ]
    assert [one.status for one in enrolled] == ["finished", "finished"]
    record = portal.record("tickets", ticket)
    assert record is not None
    assert record.properties["hs_ticket_priority"] == "HIGH"


def test_event(portal: Portal, runtime: Runtime, flow: Write) -> None:
    """An action is handed the documented event, inputs without a value left out, and its own secrets only."""
    inputs: dict[str, Any] = {
        "made": property_("createdate"),
        "nothing": property_("content"),
        "mode": static("live"),
        "earlier": output("1", "secrets"),
        "never": output("1", "unreturned"),
    }
    written = flow(
        code("1", "echo.py", {}, ["secrets", "unreturned"], then="2"),
        code("2", "echo.py", inputs, ["event"]),
        files={"echo.py": ECHO},
    )
    ticket = portal.has_ticket("Leaking kettle")
    workflow = Workflow(written, portal=portal, runtime=runtime, secrets={"TOKEN": "local-1", "OTHER": "local-2"})

    enrolment = workflow.enrol(ticket)
    portal.clock.run_all()

    assert json.loads(str(enrolment.outputs["2"]["event"])) == {
        "origin": {"portalId": portal.portal_id, "actionDefinitionId": 2},
        "object": {"objectType": "TICKET", "objectId": int(ticket)},
        "inputFields": {"made": "1772438400000", "mode": "live", "earlier": "TOKEN"},
        "callbackId": f"ap-{portal.portal_id}-1-2-0",
    }
    assert enrolment.outputs["1"] == {"secrets": "TOKEN"}


def test_list_branch(portal: Portal, runtime: Runtime, flow: Write) -> None:
    """A record takes the first branch it meets, else the default one."""
    written = flow(
        {
            "actionId": "1",
            "type": "LIST_BRANCH",
            "listBranches": [
                {
                    "branchName": "Urgent",
                    "filterBranch": option("hs_ticket_priority", "HIGH"),
                    "connection": to("2"),
                },
                {"branchName": "Has text", "filterBranch": known("content"), "connection": to("2")},
            ],
            "defaultBranchName": "The rest",
        },
        single("2", "0-1", {"delta": "1", "time_unit": "MINUTES"}),
    )
    tickets = [
        portal.has_ticket("a", hs_ticket_priority="HIGH", content="text"),
        portal.has_ticket("b", content="text"),
        portal.has_ticket("c"),
    ]
    workflow = Workflow(written, portal=portal, runtime=runtime)

    enrolled = [workflow.enrol(ticket) for ticket in tickets]
    portal.clock.run_all()

    assert [one.log[0].outcome for one in enrolled] == ["Urgent", "Has text", "The rest"]


def test_failure(portal: Portal, runtime: Runtime, flow: Write) -> None:
    """After a failure that is not retried the record goes on, and the next action finds no outputs."""
    written = flow(
        code("1", "breaks.py", {}, ["size"], then="2"),
        code("2", "echo.py", {"size": output("1", "size")}, ["event"]),
        files={"breaks.py": BREAKS, "echo.py": ECHO},
    )
    workflow = Workflow(written, portal=portal, runtime=runtime)

    enrolment = workflow.enrol(portal.has_ticket("Leaking kettle"))
    portal.clock.run_all()

    assert log_of(enrolment) == [
        "2026-03-02 08:00:00  action 1  CUSTOM_CODE  breaks.py: failed; goes on without its outputs",
        "2026-03-02 08:00:00  action 2  CUSTOM_CODE  echo.py: succeeded",
    ]
    assert enrolment.status == "failed"
    assert json.loads(str(enrolment.outputs["2"]["event"]))["inputFields"] == {}


def test_retries_run_out(portal: Portal, runtime: Runtime, flow: Write) -> None:
    """An action that stays busy is tried for three days and then given up."""
    written = flow(code("1", "busy.py", {}, []), files={"busy.py": BUSY})
    workflow = Workflow(written, portal=portal, runtime=runtime)

    enrolment = workflow.enrol(portal.has_ticket("Leaking kettle"))
    portal.clock.run_all()

    assert [entry.outcome for entry in enrolment.log[:3]] == [
        "will retry in 0:01:00",
        "will retry in 0:02:00",
        "will retry in 0:04:00",
    ]
    assert str(enrolment.log[-1]) == (
        "2026-03-05 00:31:00  action 1  CUSTOM_CODE  busy.py, attempt 17: given up; goes on without its outputs"
    )
    assert [run.status for run in enrolment.runs] == ["will_retry"] * 17


def test_without_retry(portal: Portal, runtime: Runtime, flow: Write) -> None:
    """With retry=False HubSpot gives up at once."""
    written = flow(code("1", "busy.py", {}, []), files={"busy.py": BUSY})
    workflow = Workflow(written, portal=portal, runtime=runtime, retry=False)

    enrolment = workflow.enrol(portal.has_ticket("Leaking kettle"))
    portal.clock.run_all()

    assert log_of(enrolment) == [
        "2026-03-02 08:00:00  action 1  CUSTOM_CODE  busy.py: given up; goes on without its outputs"
    ]


def test_circle(portal: Portal, runtime: Runtime, flow: Write) -> None:
    """A flow that leads back without a delay is stopped after a thousand actions."""
    back = {"edgeType": "GOTO", "nextActionId": "1"}
    set_content = single("1", "0-5", {"property_name": "content", "value": static("x")})
    workflow = Workflow(flow(set_content | {"connection": back}), portal=portal, runtime=runtime)

    enrolment = workflow.enrol(portal.has_ticket("Leaking kettle"))
    portal.clock.run_all()

    assert (len(enrolment.log), enrolment.status, str(enrolment.log[-1])) == (
        1001,
        "failed",
        "2026-03-02 08:00:00  action 1  SINGLE_CONNECTION  stopped: more than 1000 actions: it goes round in circles",
    )
