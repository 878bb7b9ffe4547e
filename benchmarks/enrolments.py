"""Does a flow in which many records wait take time in proportion? Enrolments over three simulated days, doubled."""

import json
import sys
import time
from pathlib import Path

from contract.flow import Flow
from harness import Clock, Portal, Runtime, Workflow

SIZES = (1_250, 2_500, 5_000, 10_000)
KNOWN = {"operationType": "ALL_PROPERTY", "operator": "IS_KNOWN", "includeObjectsWithNoValueSet": False}
HAS_CONTENT = {
    "filterBranchType": "OR",
    "filters": [],
    "filterBranches": [
        {
            "filterBranchType": "AND",
            "filters": [{"filterType": "PROPERTY", "property": "content", "operation": KNOWN}],
            "filterBranches": [],
        }
    ],
}


def main() -> None:
    """Print one JSON object: for each number of records, the seconds of processor time, in all and per enrolment."""
    print(json.dumps([measured(size) for size in map(int, sys.argv[1:] or SIZES)], indent=2))


def measured(size: int) -> dict[str, float]:
    """Records come in by the criteria, wait a day, are changed, wait two days, are changed, and leave."""
    portal = Portal(clock=Clock("2026-03-02T08:00:00Z"), log_limit=0)
    with Runtime(portal) as runtime:
        workflow = Workflow(Flow.parse(flow(), Path("waiting.json")), portal=portal, runtime=runtime).watches()
        began = time.process_time()
        for number in range(size):
            portal.has_ticket(f"Ticket {number}", content="It drips.")
        waiting = portal.clock.planned()
        portal.clock.run_all()
        seconds = time.process_time() - began
    finished = sum(one.status == "finished" for one in workflow.enrolments)
    if (waiting, finished) != (size, size):
        raise SystemExit(f"expected {size} enrolments waiting and finished, found {waiting} and {finished}")
    return {"enrolments": size, "seconds": round(seconds, 2), "microseconds_each": round(seconds / size * 1e6)}


def flow() -> dict[str, object]:
    """Two delays and two changes, with unenrolment and re-enrolment, so that every change is judged."""
    kinds = [("0-1", delay(1)), ("0-5", priority("HIGH")), ("0-1", delay(2)), ("0-5", priority("LOW"))]
    actions = [
        {
            "actionId": str(number),
            "type": "SINGLE_CONNECTION",
            "actionTypeId": kind,
            "actionTypeVersion": 0,
            "fields": fields,
            **(
                {"connection": {"edgeType": "STANDARD", "nextActionId": str(number + 1)}} if number < len(kinds) else {}
            ),
        }
        for number, (kind, fields) in enumerate(kinds, start=1)
    ]
    return {
        "name": "Waiting",
        "objectTypeId": "0-5",
        "startActionId": "1",
        "actions": actions,
        "enrollmentCriteria": {
            "type": "LIST_BASED",
            "shouldReEnroll": True,
            "unEnrollObjectsNotMeetingCriteria": True,
            "listFilterBranch": HAS_CONTENT,
            "reEnrollmentTriggersFilterBranches": [HAS_CONTENT],
        },
    }


def delay(days: int) -> dict[str, object]:
    """The fields of a delay."""
    return {"delta": str(days), "time_unit": "DAYS"}


def priority(value: str) -> dict[str, object]:
    """The fields of a change."""
    return {"property_name": "hs_ticket_priority", "value": {"type": "STATIC_VALUE", "staticValue": value}}


if __name__ == "__main__":
    main()
