"""Can who enrols, who enrols again and who leaves be judged here, as a flow says it?

Those criteria are asked when the record changes, and at no other moment. So a filter that time alone makes true, and a
branch on associated records, whose changes are others', are refused there; a LIST_BRANCH and an event's refinement,
which are asked once and then, may have them. In HubSpot the criteria of lists follow both.
"""

from collections.abc import Iterator, Mapping

from contract.flow import Flow
from harness.workflow import checking, events
from harness.workflow.checking import Known
from harness.workflow.comparing import passes_with_time
from harness.workflow.filters import every_filter
from harness.workflow.leaving import GOAL, SUPPRESSION, says_something
from harness.workflow.wording import amiss, mapping

KINDS = "MANUAL, LIST_BASED or EVENT_BASED"


def enrolment_problems(flow: Flow, known: Known) -> Iterator[str]:
    """What of a flow's enrolment cannot be judged here."""
    given = flow.definition.get("enrollmentCriteria") or {"type": "MANUAL"}
    criteria = mapping(given) or {}
    kind = criteria.get("type")
    if kind == "EVENT_BASED":
        yield from (f"enrolment: {problem}" for problem in events.problems(criteria, known))
    elif kind == "LIST_BASED":
        yield from (f"enrolment: {problem}" for problem in followed(criteria.get("listFilterBranch"), known))
        triggers = criteria.get("reEnrollmentTriggersFilterBranches") or []
        if not isinstance(triggers, list):
            yield f"re-enrolment: {amiss('a list as reEnrollmentTriggersFilterBranches', triggers)}"
            return
        yield from (f"re-enrolment: {problem}" for branch in triggers for problem in _trigger(branch, known))
    elif kind != "MANUAL":
        yield f"enrolment: {amiss(f'enrollmentCriteria of type {KINDS}', kind or given)}"


def leaving_problems(flow: Flow, known: Known) -> Iterator[str]:
    """What of a flow's goal and unenrolment triggers cannot be judged here."""
    for key in (GOAL, SUPPRESSION):
        if says_something(flow.definition.get(key)):
            yield from (f"{key}: {problem}" for problem in followed(flow.definition[key], known))


def followed(branch: object, known: Known) -> list[str]:
    """What of a branch cannot be judged at the record's own changes alone."""
    problems = checking.unsupported(branch, known)
    if problems or not isinstance(branch, Mapping):
        return problems
    for one in every_filter(branch):
        operation = one.get("operation") or {}
        if passes_with_time(operation):
            asked = f"{operation['operationType']} {operation['operator']}"
            problems.append(
                f"filter on {one['property']}: {amiss('one that only a change of the record meets', asked)}"
            )
    if _has_associations(branch):
        problems.append(amiss("filters on the record itself, whose changes are followed", "ASSOCIATION"))
    return problems


def _trigger(branch: object, known: Known) -> list[str]:
    read = mapping(branch)
    if read is None:
        return checking.unsupported(branch, known)
    if read.get("filterBranchType") == "UNIFIED_EVENTS":
        return list(events.event_problems(read))
    return events.trigger_problems(read) if events.is_of_events(read) else followed(read, known)


def _has_associations(branch: Mapping[str, object]) -> bool:
    inner = branch.get("filterBranches") or ()
    parts = [each for each in inner if isinstance(each, Mapping)] if isinstance(inner, list) else []
    return branch.get("filterBranchType") == "ASSOCIATION" or any(map(_has_associations, parts))
