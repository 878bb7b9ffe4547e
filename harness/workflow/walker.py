"""Enrols records in one flow and walks them through it, by the portal's clock."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from contract.flow import Flow, FlowAction
from harness.portal import Portal
from harness.runtime.outcome import Outcome
from harness.runtime.runs import Runtime
from harness.workflow.branches import next_of, way_of
from harness.workflow.custom_code import event_for, outputs_of, secrets_for
from harness.workflow.enrolling import Enroller
from harness.workflow.enrolment import AlreadyEnrolled, Enrolment, Entry
from harness.workflow.patience import gap_before_retry
from harness.workflow.record import RecordFace
from harness.workflow.refusals import OBJECT_TYPES, refuse_what_cannot_be_walked, source_of
from harness.workflow.steps import SINGLE_STEPS, Resolve, SetProperty, Wait
from harness.workflow.values import NoText, value_of

MOST_STEPS = 1000  # ours: a GOTO may lead back, and a circle without a delay would never end


class Workflow:
    """One flow, switched on in one portal.

    Nothing happens by itself: enrolments, delays and retries are put on the portal's clock and take
    place when that is moved. Two records inside at once take turns action by action, as they would
    in HubSpot; so both may have read before either has written.
    """

    def __init__(
        self,
        flow: Flow,
        *,
        portal: Portal,
        runtime: Runtime,
        secrets: Mapping[str, str] | None = None,
        retry: bool = True,
    ) -> None:
        self._record = RecordFace(portal, flow.object_type_id)
        refuse_what_cannot_be_walked(flow, self._record.types() if flow.object_type_id in OBJECT_TYPES else {})
        self.flow = flow
        self.portal = portal
        self.enrolments: list[Enrolment] = []
        self._clock = portal.clock
        self._runtime = runtime
        self._secrets = dict(secrets or {})
        self._retry = retry
        self._code = {a.id: source_of(a) for a in flow.actions.values() if a.type == "CUSTOM_CODE"}

    def watches(self) -> "Workflow":
        """From now on enrol records by the flow's own criteria; those that meet them already stay out."""
        criteria = self.flow.definition.get("enrollmentCriteria") or {}
        if criteria.get("type") == "LIST_BASED":
            enroller = Enroller(criteria)
            for record_id in self._record.all_ids():
                enroller.knows(record_id, self._record.properties(record_id))
            self.portal.watch(partial(self._changed, enroller))
        return self

    def enrol(self, record_id: str) -> Enrolment:
        """Put a record into the flow, whatever its criteria say."""
        if self.is_inside(record_id):
            raise AlreadyEnrolled(
                f"{self.flow.path}: record {record_id} is still inside this flow. HubSpot enrols it again "
                f"only after it has left; move the clock until it has."
            )
        if not self._record.exists(record_id):
            raise LookupError(
                f"{self.flow.path}: expected the id of a record of type {self.flow.object_type_id}, found "
                f"{record_id}, which the portal does not have. Make the record first."
            )
        enrolment = Enrolment(record_id, number=len(self.enrolments) + 1, started_at=self._clock.now())
        self.enrolments.append(enrolment)
        self._go(enrolment, self.flow.start)
        return enrolment

    def is_inside(self, record_id: str) -> bool:
        return any(one.inside and one.record_id == record_id for one in self.enrolments)

    def _changed(self, enroller: Enroller, object_type_id: str, record_id: str, changed: set[str]) -> None:
        if object_type_id != self.flow.object_type_id or not self._record.exists(record_id):
            return
        properties = self._record.properties(record_id)
        if enroller.enrols(record_id, properties, changed) and not self.is_inside(record_id):
            self.enrol(record_id)

    def _go(self, enrolment: Enrolment, action_id: str | None, *, after: float = 0) -> None:
        if action_id is not None:
            self._clock.after(after, partial(self._perform, enrolment, self.flow.actions[action_id]))
        elif after:
            self._clock.after(after, enrolment.leaves)
        else:
            enrolment.leaves()

    def _perform(self, enrolment: Enrolment, action: FlowAction) -> None:
        if self._is_gone(enrolment, action):
            return
        enrolment.steps += 1
        if enrolment.steps > MOST_STEPS:
            enrolment.broken = True
            self._write(enrolment, action, "stopped", f"more than {MOST_STEPS} actions: it goes round in circles")
            enrolment.leaves()
            return
        try:
            self._begin(enrolment, action, self._resolver(enrolment))
        except NoText as problem:  # ours: what HubSpot makes of such an output is not known
            enrolment.broken = True
            self._write(enrolment, action, "value", f"failed: {problem}")
            self._go(enrolment, next_of(action.raw))

    def _begin(self, enrolment: Enrolment, action: FlowAction, resolve: Resolve) -> None:
        if action.type == "CUSTOM_CODE":
            event = event_for(action, self.flow, enrolment, portal_id=self.portal.portal_id, resolve=resolve)
            self._run(enrolment, action, event, attempt=1)
        elif action.type == "SINGLE_CONNECTION":
            self._do(enrolment, action, resolve)
        else:
            properties = self._record.properties(enrolment.record_id)
            name, following = way_of(action, properties=properties, resolve=resolve)
            self._write(enrolment, action, "branch", name)
            self._go(enrolment, following)

    def _is_gone(self, enrolment: Enrolment, action: FlowAction) -> bool:
        """A deleted record leaves every flow it is inside, before its next action or retry (guessed)."""
        gone = not self._record.exists(enrolment.record_id)
        if gone:
            self._write(enrolment, action, "not begun", "the record was deleted and leaves the flow")
            enrolment.is_taken_out()
        return gone

    def _run(self, enrolment: Enrolment, action: FlowAction, event: dict[str, Any], *, attempt: int) -> None:
        if attempt > 1 and self._is_gone(enrolment, action):
            return
        code = self._code[action.id]
        secrets = secrets_for(action, self._secrets)
        run = self._runtime.run(code, event, secrets=secrets, now=self._clock.now())
        gap = gap_before_retry(attempt) if run.status == "will_retry" and self._retry else None
        what = code.path.name if attempt == 1 else f"{code.path.name}, attempt {attempt}"
        if gap is not None:
            self._write(enrolment, action, what, f"will retry in {gap}", run)
            again = partial(self._run, enrolment, action, event, attempt=attempt + 1)
            self._clock.after(gap.total_seconds(), again)
            return
        if run.status == "succeeded":
            enrolment.outputs[action.id] = outputs_of(action, run.output_fields)
            self._write(enrolment, action, what, "succeeded", run)
        else:
            # Guessed: HubSpot carries on with the next action, which finds no outputs of this one.
            enrolment.broken = True
            why = "given up" if run.status == "will_retry" else run.status
            self._write(enrolment, action, what, f"{why}; goes on without its outputs", run)
        self._go(enrolment, next_of(action.raw))

    def _do(self, enrolment: Enrolment, action: FlowAction, resolve: Resolve) -> None:
        deed = SINGLE_STEPS[str(action.action_type_id)].read(action.raw.get("fields", {}), resolve)
        following = next_of(action.raw)
        if isinstance(deed, Wait):
            self._write(enrolment, action, "delay", f"{deed.seconds / 60:g} min")
            self._go(enrolment, following, after=deed.seconds)
            return
        if isinstance(deed, SetProperty):
            outcome = self._record.set(enrolment.record_id, deed)
            enrolment.broken = enrolment.broken or outcome != "done"
            self._write(enrolment, action, f"{'clear' if deed.value is None else 'set'} {deed.name}", outcome)
        else:
            self._write(enrolment, action, "e-mail", self._record.send(enrolment.record_id, deed))
        self._go(enrolment, following)

    def _resolver(self, enrolment: Enrolment) -> Resolve:
        """Values as they are when the action begins; a retry is handed the same ones again (guessed)."""
        return partial(
            value_of,
            properties=self._record.properties(enrolment.record_id),
            types=self._record.types(),
            outputs=enrolment.outputs,
            now_ms=self._clock.millis(),
        )

    def _write(
        self, enrolment: Enrolment, action: FlowAction, what: str, outcome: str, run: Outcome | None = None
    ) -> None:
        enrolment.log.append(Entry(self._clock.now(), action.id, action.type, what, outcome, run))
