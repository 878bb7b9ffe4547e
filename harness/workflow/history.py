"""What a flow did, as HubSpot's history tab tells it: who came and went, and which action did what. Text, or data."""

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from harness.clock import millis
from harness.portal.moments import iso
from harness.workflow.enrolment import Enrolment, Entry
from harness.workflow.walker import Workflow

MOST = 120  # characters of an output's value in the text; the data has all of it


def as_text(workflow: Workflow) -> Iterator[str]:
    """Line by line: the enrolment history, then the action log of each enrolment."""
    yield f"{workflow.flow.name}: enrolment history, times in UTC"
    yield from (f"  {passage}" for passage in workflow.history)
    for enrolment in workflow.enrolments:
        yield ""
        yield f"record {enrolment.record_id}, enrolment {enrolment.number}: {_state(enrolment)}"
        for entry in enrolment.log:
            yield f"  {entry}"
            yield from (f"      {line}" for line in _came_of(entry))
    if not workflow.history:
        yield "  nobody came in"


def as_data(workflow: Workflow) -> dict[str, Any]:
    """The same and more, as plain data."""
    return {
        "flow": workflow.flow.name,
        "history": [
            {"at": _iso(each.at), "record": each.record_id, "what": each.what, "enrolment": each.number}
            for each in workflow.history
        ],
        "enrolments": [_enrolment(each) for each in workflow.enrolments],
    }


def _enrolment(enrolment: Enrolment) -> dict[str, Any]:
    return {
        "record": enrolment.record_id,
        "number": enrolment.number,
        "started_at": _iso(enrolment.started_at),
        "status": enrolment.status,
        "log": [_entry(entry) for entry in enrolment.log],
        "recorded": [{"at": _iso(each.at), "action": each.action_id, **each.details} for each in enrolment.recorded],
    }


def _entry(entry: Entry) -> dict[str, Any]:
    said = {
        "at": _iso(entry.at),
        "action": entry.action_id,
        "type": entry.kind,
        "what": entry.what,
        "outcome": entry.outcome,
    }
    return said | ({"attempt": entry.attempt, "run": entry.run.as_json()} if entry.run is not None else {})


def _came_of(entry: Entry) -> Iterator[str]:
    """What custom code returned, or what stopped it, and what we object to."""
    if entry.run is None:
        return
    if entry.run.error is not None:
        yield f"{entry.run.error.name}: {entry.run.error.sentence}"
    for name, value in (entry.run.output_fields or {}).items():
        text = json.dumps(value, ensure_ascii=False, default=str)
        yield f"{name} = {text if len(text) <= MOST else f'{text[: MOST - 3]}...'}"
    yield from (f"problem: {problem}" for problem in entry.run.problems)


def _state(enrolment: Enrolment) -> str:
    if enrolment.inside:
        return "still inside"
    return "finished, with an action that failed" if enrolment.status == "failed" else enrolment.status


def _iso(when: datetime) -> str:
    return iso(millis(when))
