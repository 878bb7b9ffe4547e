"""Performs a flow's actions for one record after another, each when the portal's clock comes to it."""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from functools import partial
from typing import Any, Protocol, runtime_checkable

from contract.action import Action
from contract.flow import Flow, FlowAction
from harness.portal import Portal
from harness.runtime.outcome import Outcome
from harness.runtime.runs import Runtime
from harness.workflow import tokens
from harness.workflow.actions import SINGLE_STEPS, WEBHOOK
from harness.workflow.awaiting import MET, WAIT, Waiting
from harness.workflow.branches import next_of, way_of
from harness.workflow.circles import circles_of
from harness.workflow.custom_code import event_for, outputs_of, secrets_for
from harness.workflow.enrolment import Enrolment, Entry, Recorded
from harness.workflow.fetching import Fetcher
from harness.workflow.patience import gap_before_retry
from harness.workflow.record import RecordFace
from harness.workflow.refusals import source_of
from harness.workflow.register import Register
from harness.workflow.steps import Resolve, Scene
from harness.workflow.values import NoText, value_of

MOST_STEPS = 1000  # ours: a GOTO may lead back, and a circle without a delay would never end


@runtime_checkable
class BesideOthers(Protocol):
    """Makes runs that are alive at once: a Conductor, or one flow's way to it."""

    def begin(
        self,
        action: Action,
        event: Mapping[str, Any],
        *,
        secrets: Mapping[str, str],
        then: Callable[[Outcome], object],
        during: Callable[[], AbstractContextManager[object]],
    ) -> None:
        """Make this run; say when it is over; each of its calls is answered inside of `during`."""


class Performer:
    """The actions of one flow in one portal."""

    def __init__(
        self,
        flow: Flow,
        *,
        portal: Portal,
        runtime: Runtime | BesideOthers,
        register: Register,
        secrets: Mapping[str, str],
        retry: bool,
    ) -> None:
        self._flow = flow
        self._portal = portal
        self._clock = portal.clock
        self._runtime = runtime
        self._register = register
        self._secrets = dict(secrets)
        self._retry = retry
        self._record = RecordFace(portal, flow.object_type_id)
        self._fetcher = Fetcher(flow, portal)
        self._waiting: dict[str, Waiting] = {}
        if any(action.action_type_id == WAIT for action in flow.actions.values()):
            portal.watch(self.changed)
        self._acts = circles_of(portal).acts
        self._code = {a.id: source_of(a) for a in flow.actions.values() if a.type == "CUSTOM_CODE"}

    def begin(self, enrolment: Enrolment) -> None:
        """Plan the first action of a record that has just come in."""
        self._go(enrolment, self._flow.start)

    def changed(self, object_type_id: str, record_id: str, names: set[str]) -> None:
        """A record has changed, which may be what it waits for."""
        waiting = self._waiting.get(record_id) if object_type_id == self._flow.object_type_id else None
        if waiting is not None and waiting.is_over(self._record.seen(record_id), names):
            self._goes_on(waiting, met=True)

    def _go(self, enrolment: Enrolment, action_id: str | None, *, after: float = 0) -> None:
        if action_id is not None:
            self._clock.after(after, partial(self._perform, enrolment, self._flow.actions[action_id]))
        elif after:
            self._clock.after(after, partial(self._register.finishes, enrolment))
        else:
            self._register.finishes(enrolment)

    def _perform(self, enrolment: Enrolment, action: FlowAction) -> None:
        if self._is_gone(enrolment, action):
            return
        enrolment.steps += 1
        if enrolment.steps > MOST_STEPS:
            enrolment.broken = True
            self._write(enrolment, action, "stopped", f"more than {MOST_STEPS} actions: it goes round in circles")
            self._register.finishes(enrolment)
            return
        try:
            self._begin(enrolment, action, self._resolver(enrolment))
        except NoText as problem:  # ours: what HubSpot makes of such an output is not known
            enrolment.broken = True
            self._write(enrolment, action, "value", f"failed: {problem}")
            self._go(enrolment, next_of(action.raw))

    def _begin(self, enrolment: Enrolment, action: FlowAction, resolve: Resolve) -> None:
        if action.type == "CUSTOM_CODE":
            event = event_for(action, self._flow, enrolment, portal_id=self._portal.portal_id, resolve=resolve)
            self._run(enrolment, action, event, attempt=1)
        elif action.type in ("SINGLE_CONNECTION", "WEBHOOK"):
            self._do(enrolment, action, resolve)
        else:
            name, following = way_of(action, seen=self._record.seen(enrolment.record_id), resolve=resolve)
            self._write(enrolment, action, "branch", name)
            self._go(enrolment, following)

    def _is_gone(self, enrolment: Enrolment, action: FlowAction) -> bool:
        """One taken out goes no further; a deleted or merged record leaves before its next action (guessed)."""
        if enrolment.inside and not self._record.exists(enrolment.record_id):
            became = "merged" if self._record.properties(enrolment.record_id) else "deleted"
            self._write(enrolment, action, "not begun", f"the record was {became} and leaves the flow")
            self._register.takes_out(enrolment, f"it was {became}")
        return not enrolment.inside

    def _run(self, enrolment: Enrolment, action: FlowAction, event: dict[str, Any], *, attempt: int) -> None:
        if attempt > 1 and self._is_gone(enrolment, action):
            return
        code = self._code[action.id]
        secrets = secrets_for(action, self._secrets)
        then = partial(self._ran, enrolment, action, event, attempt)
        if isinstance(self._runtime, BesideOthers):
            self._runtime.begin(code, event, secrets=secrets, then=then, during=partial(self._acts, enrolment.family))
            return
        with self._acts(enrolment.family):
            run = self._runtime.run(code, event, secrets=secrets, now=self._clock.now())
        then(run)

    def _ran(self, enrolment: Enrolment, action: FlowAction, event: dict[str, Any], attempt: int, run: Outcome) -> None:
        gap = gap_before_retry(attempt) if run.status == "will_retry" and self._retry else None
        name = self._code[action.id].path.name
        what = name if attempt == 1 else f"{name}, attempt {attempt}"
        if gap is not None:
            self._write(enrolment, action, what, f"will retry in {gap}", run, attempt)
            again = partial(self._run, enrolment, action, event, attempt=attempt + 1)
            self._clock.after(gap.total_seconds(), again)
            return
        if run.status == "succeeded":
            enrolment.outputs[action.id] = outputs_of(action, run.output_fields)
            self._write(enrolment, action, what, "succeeded", run, attempt)
        else:
            # Guessed: HubSpot carries on with the next action, which finds no outputs of this one.
            enrolment.broken = True
            why = "given up" if run.status == "will_retry" else run.status
            self._write(enrolment, action, what, f"{why}; goes on without its outputs", run, attempt)
        self._go(enrolment, next_of(action.raw))

    def _do(self, enrolment: Enrolment, action: FlowAction, resolve: Resolve) -> None:
        own = action.type == "SINGLE_CONNECTION"
        step = SINGLE_STEPS[str(action.action_type_id)] if own else WEBHOOK
        with self._acts(enrolment.family):
            done = step.do(action.raw.get("fields", {}) if own else action.raw, self._scene(enrolment, resolve))
        enrolment.broken = enrolment.broken or done.failed
        if done.recorded:
            enrolment.recorded.append(Recorded(self._clock.now(), action.id, done.recorded))
        self._write(enrolment, action, done.what, done.outcome)
        if done.until:
            self._await(Waiting(enrolment, action, done.until), done.wait)
        else:
            self._go(enrolment, next_of(action.raw), after=done.wait)

    def _await(self, waiting: Waiting, seconds: float) -> None:
        self._waiting[waiting.enrolment.record_id] = waiting
        self._clock.after(seconds, partial(self._goes_on, waiting, met=False))

    def _goes_on(self, waiting: Waiting, *, met: bool) -> None:
        enrolment, action = waiting.enrolment, waiting.action
        if self._waiting.get(enrolment.record_id) is not waiting:
            return
        del self._waiting[enrolment.record_id]
        if not self._is_gone(enrolment, action):
            enrolment.outputs[action.id] = {MET: met}
            self._write(enrolment, action, "wait for an event", "it happened" if met else "it did not happen in time")
            self._go(enrolment, next_of(action.raw))

    def _scene(self, enrolment: Enrolment, resolve: Resolve) -> Scene:
        def own(name: str) -> str | None:
            return self._record.properties(enrolment.record_id).get(name)

        return Scene(
            record_id=enrolment.record_id,
            record=self._record,
            now=self._clock.now(),
            zone=self._portal.world.account.time_zone,
            resolve=resolve,
            fill=partial(tokens.filled, own=own, fetch=partial(self._fetcher.text, enrolment.record_id)),
        )

    def _resolver(self, enrolment: Enrolment) -> Resolve:
        """Values as they are when the action begins; a retry is handed the same ones again (guessed)."""
        return partial(
            value_of,
            properties=self._record.properties(enrolment.record_id),
            types=self._record.types(),
            outputs=enrolment.outputs,
            now_ms=self._clock.millis(),
            zone=self._portal.world.account.time_zone,
            fetch=partial(self._fetcher.text, enrolment.record_id),
        )

    def _write(
        self,
        enrolment: Enrolment,
        action: FlowAction,
        what: str,
        outcome: str,
        run: Outcome | None = None,
        attempt: int = 1,
    ) -> None:
        enrolment.log.append(Entry(self._clock.now(), action.id, action.type, what, outcome, run, attempt))
