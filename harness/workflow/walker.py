"""Enrols records in one flow, watches who comes in and who leaves, by the portal's clock."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from contract.flow import Flow
from harness.portal import Portal
from harness.portal.objects.types import CONTACT
from harness.runtime.runs import Runtime
from harness.workflow.circles import circles_of
from harness.workflow.enrolling import Enroller, enroller_of
from harness.workflow.enrolment import AlreadyEnrolled, Enrolment, KeptOut
from harness.workflow.leaving import Leaving
from harness.workflow.performing import BesideOthers, Performer
from harness.workflow.record import RecordFace
from harness.workflow.refusals import refuse_what_cannot_be_walked
from harness.workflow.register import Passage, Register

BY_HAND, BY_CRITERIA = "by hand", "by the criteria"
STILL_INSIDE = "it is still inside"
WAS_INSIDE = "it was enrolled before, and the flow does not re-enrol"
OF_A_MERGE, MERGED = "it comes of a merge", "hs_merged_object_ids"


class Workflow:
    """One flow, switched on in one portal.

    Nothing happens by itself: enrolments, delays and retries are put on the portal's clock and take
    place when that is moved. Two records inside at once take turns action by action, as they would
    in HubSpot; so both may have read before either has written. With a Conductor as runtime their custom
    code runs at once, too, and they take turns call by call, in the order of its seed.
    """

    def __init__(
        self,
        flow: Flow,
        *,
        portal: Portal,
        runtime: Runtime | BesideOthers,
        secrets: Mapping[str, str] | None = None,
        retry: bool = True,
    ) -> None:
        refuse_what_cannot_be_walked(flow, portal)
        others = getattr(runtime, "portal", portal)
        if isinstance(others, Portal) and others is not portal:
            raise ValueError(
                f"{flow.path}: expected a runtime of the portal that the flow is switched on in, found one of another: "
                "its actions would read and write elsewhere. Make it with Runtime(portal)."
            )
        self.flow = flow
        self.portal = portal
        self._record = RecordFace(portal, flow.object_type_id)
        self._register = Register(portal.clock)
        self._leaving = Leaving(flow.definition)
        self._performer = Performer(
            flow, portal=portal, runtime=runtime, register=self._register, secrets=secrets or {}, retry=retry
        )
        self._circles = circles_of(portal)
        self._criteria: Mapping[str, Any] = flow.definition.get("enrollmentCriteria") or {}
        self._enroller = enroller_of(self._criteria)
        self.endless = False
        """Whether records were turned away because flows went round in circles."""
        if self._leaving.possible:
            portal.watch(self._lets_go)

    @property
    def enrolments(self) -> list[Enrolment]:
        """Every enrolment so far, in the order they began."""
        return self._register.all

    @property
    def history(self) -> list[Passage]:
        """Who came in, who left and who was turned away, oldest first."""
        return self._register.history

    def watches(self) -> "Workflow":
        """From now on enrol records by the flow's own criteria; those that meet them already stay out."""
        enroller = self._enroller
        if enroller is not None:
            for record_id in self._record.all_ids():
                enroller.knows(record_id, self._record.seen(record_id))
            self.portal.watch(partial(self._changed, enroller))
        return self

    def enrol(self, record_id: str) -> Enrolment:
        """Put a record into the flow, whatever its criteria say."""
        if self.is_inside(record_id):
            self._register.turned_away(record_id, STILL_INSIDE)
            raise AlreadyEnrolled(
                f"{self.flow.path}: record {record_id} is still inside this flow. HubSpot enrols it again "
                f"only after it has left; move the clock until it has."
            )
        if not self._record.exists(record_id):
            raise LookupError(
                f"{self.flow.path}: expected the id of a record of type {self.flow.object_type_id}, found "
                f"{record_id}, which the portal does not have. Make the record first."
            )
        again = self._register.knows(record_id) and not self._criteria.get("shouldReEnroll")
        if why := self._leaving.keeps_out(self._record.seen(record_id)) or (WAS_INSIDE if again else ""):
            self._register.turned_away(record_id, why)
            raise KeptOut(
                f"{self.flow.path}: expected a record that may come in, found {record_id}: {why}. HubSpot does not "
                f"enrol it, by hand either; change the record, or the flow."
            )
        enrolment = self._enters(record_id, BY_HAND)
        if self._enroller is not None:
            self._enroller.came(record_id)
        self._lets_go(self.flow.object_type_id, record_id, set())
        return enrolment

    def is_inside(self, record_id: str) -> bool:
        """Whether the record is on its way through the flow now."""
        return self._register.inside(record_id) is not None

    def _enters(self, record_id: str, how: str) -> Enrolment:
        enrolment = self._register.enters(record_id, how, self._circles.family())
        self._performer.begin(enrolment)
        return enrolment

    def _changed(self, enroller: Enroller, object_type_id: str, record_id: str, changed: set[str]) -> None:
        if object_type_id != self.flow.object_type_id or not self._record.exists(record_id):
            return
        seen = self._record.seen(record_id)
        if not enroller.enrols(record_id, seen, changed):
            return
        why = STILL_INSIDE if self.is_inside(record_id) else self._leaving.keeps_out(seen)
        if not why and self.flow.object_type_id == CONTACT.id and MERGED in changed:
            why = OF_A_MERGE
        if not why and (why := self._circles.close(self.portal.clock.now())):
            self.endless = True
        if why:
            self._register.turned_away(record_id, why)
        else:
            self._enters(record_id, BY_CRITERIA)

    def _lets_go(self, object_type_id: str, record_id: str, changed: set[str]) -> None:
        enrolment = self._register.inside(record_id) if object_type_id == self.flow.object_type_id else None
        if enrolment is not None and self._record.exists(record_id):
            why = self._leaving.lets_go(self._record.seen(record_id))
            if why:
                self._register.takes_out(enrolment, why)
