"""What becomes of one chat? It takes its way through the workflow, action by action, as in HubSpot.

Delays are not waited: what is repaired closed long enough ago. An action that failed for good leaves its outputs empty
and the chat goes on, as the flow says. After one that failed for now nothing more is run: all of it is run again later.
"""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from typing import Any, Protocol

from contract.action import Action
from harness.runtime.outcome import Outcome
from harness.workflow.branches import next_of, way_of
from harness.workflow.custom_code import event_for, outputs_of, secrets_for
from harness.workflow.enrolment import Enrolment
from harness.workflow.seen import Seen
from harness.workflow.values import NoText, value_of
from report.repair.wiring import SECRET, THREAD_ID, Wired

MOST_STEPS = 100  # ours: a GOTO may lead back
TIMED_OUT = "Sandbox.Timedout"
_OURS = ("Refused", "BadInput")
"""What the actions raise with a sentence of their own. Of anything else only the name is told: it may quote a chat."""


class Runs(Protocol):
    """Whoever runs an action: the harness's runtime."""

    def run(self, action: Action, event: Mapping[str, Any], *, secrets: Mapping[str, str]) -> Outcome: ...


@dataclass
class Walked:
    """How far a chat came."""

    outputs: dict[str, Mapping[str, object]] = field(default_factory=dict)
    """By the name of the action's file."""
    failed: list[str] = field(default_factory=list)
    """What failed for good."""
    put_off: str = ""
    """What failed for now."""

    def told(self, action: str, output: str) -> str:
        """An output as text; "" where there is none."""
        value = self.outputs.get(action, {}).get(output)
        return "" if value is None else str(value)


def walk(
    wired: Wired, runtime: Runs, thread_id: str, *, portal_id: int, stand_in: str, now: Callable[[], float] = time.time
) -> Walked:
    """Take one chat through the workflow, the thread's id standing for its conversation."""
    walked, flow = Walked(), wired.flow
    enrolment = Enrolment(thread_id, number=1, started_at=datetime.fromtimestamp(now(), UTC))
    properties = {THREAD_ID: thread_id}
    following: str | None = flow.start
    while following is not None:
        action = flow.actions[following]
        enrolment.steps += 1
        if enrolment.steps > MOST_STEPS:
            walked.failed.append(f"the workflow goes round in circles: more than {MOST_STEPS} actions")
            break
        moment = int(now() * 1000)
        resolve = partial(value_of, properties=properties, types={}, outputs=enrolment.outputs, now_ms=moment)
        following = next_of(action.raw)
        try:
            if action.type == "CUSTOM_CODE":
                event = event_for(action, flow, enrolment, portal_id=portal_id, resolve=resolve)
                secrets = secrets_for(action, {SECRET: stand_in})
                run = runtime.run(wired.codes[action.id], event, secrets=secrets)
                if _may_pass(run):
                    walked.put_off = _why(wired.name_of(action.id), run)
                    break
                if run.status == "succeeded":
                    enrolment.outputs[action.id] = outputs_of(action, run.output_fields)
                    walked.outputs[wired.name_of(action.id)] = enrolment.outputs[action.id]
                else:
                    walked.failed.append(_why(wired.name_of(action.id), run))
            elif action.type != "SINGLE_CONNECTION":
                _, following = way_of(action, seen=Seen(properties, moment), resolve=resolve)
        except NoText as problem:
            walked.failed.append(f"action {action.id}: {problem}")
    return walked


def _may_pass(run: Outcome) -> bool:
    """429, 5xx, no answer, too slow: each can be otherwise in a while, and every action may be run again."""
    if run.status == "will_retry":
        return True
    return run.error is not None and (run.status == "unknown" or run.error.name == TIMED_OUT)


def _why(name: str, run: Outcome) -> str:
    if run.error is None:
        return f"{name}: {run.problems[0] if run.problems else run.status}"
    if run.status == "will_retry" or run.error.name in _OURS:
        return f"{name}: {run.error.sentence}"
    return f"{name}: {run.error.name}"
