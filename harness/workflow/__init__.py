"""Enrol a record and walk it through a workflow, as HubSpot would."""

from harness.workflow.enrolment import AlreadyEnrolled, Enrolment, Entry, KeptOut
from harness.workflow.refusals import NotWalkable
from harness.workflow.walker import Workflow

__all__ = ["AlreadyEnrolled", "Enrolment", "Entry", "KeptOut", "NotWalkable", "Workflow"]
