"""Enrol a record and walk it through a workflow, as HubSpot would."""

from harness.workflow.enrolment import AlreadyEnrolled, Enrolment, Entry, KeptOut
from harness.workflow.performing import BesideOthers
from harness.workflow.refusals import NotWalkable
from harness.workflow.walker import Workflow

__all__ = ["AlreadyEnrolled", "BesideOthers", "Enrolment", "Entry", "KeptOut", "NotWalkable", "Workflow"]
