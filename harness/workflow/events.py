"""When does an event put a record into a flow, and which events does a change of a record come to?

Seen in others' flows, documented nowhere: a changed property is event type 4-655002, whose attribute hs_name is the
property's name and hs_value its new value; re-enrolment triggers of lists use the same two. A new record is a change of
every property it has. Documented: `refinementCriteria` must be met as well. Guessed: any one of several branches is
enough, and a flow that does not re-enrol takes a record once.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from harness.workflow.checking import Known, unsupported
from harness.workflow.filters import every_filter, meets
from harness.workflow.seen import Seen
from harness.workflow.wording import amiss, mapping

PROPERTY_CHANGED = "4-655002"
ATTRIBUTES = ("hs_name", "hs_value")
REFINED_BY = ("coalescingRefineBy", "pruningRefineBy")


class ByEvent:
    """Says which change enrols a record, by a flow's EVENT_BASED criteria."""

    def __init__(self, criteria: Mapping[str, Any]) -> None:
        self._branches: list[Mapping[str, Any]] = criteria.get("eventFilterBranches") or []
        self._refinement: Mapping[str, Any] | None = criteria.get("refinementCriteria")
        self._again = bool(criteria.get("shouldReEnroll"))
        self._once: set[str] = set()

    def knows(self, record_id: str, seen: Seen) -> None:
        """What happened before the flow was switched on is no event for it."""

    def came(self, record_id: str) -> None:
        """Once it was in by hand, a flow that does not re-enrol takes it no more."""
        self._once.add(record_id)

    def enrols(self, record_id: str, seen: Seen, changed: set[str]) -> bool:
        """Whether these changes of a record put it in."""
        if not self._again and record_id in self._once:
            return False
        if not any(is_told(branch, seen, changed) for branch in self._branches):
            return False
        if self._refinement and not meets(self._refinement, seen):
            return False
        self._once.add(record_id)
        return True


def is_of_events(branch: Mapping[str, Any]) -> bool:
    """Whether a branch asks what happened, not what is."""
    return any(one.get("property") in ATTRIBUTES for one in every_filter(branch))


def is_told(branch: Mapping[str, Any], seen: Seen, changed: set[str]) -> bool:
    """Whether one of the changes is the event that a branch asks for."""
    asked = {**branch, "filterBranchType": "AND"} if branch["filterBranchType"] == "UNIFIED_EVENTS" else branch
    events = ({"hs_name": name, "hs_value": seen.value(name)} for name in sorted(changed))
    return any(meets(asked, Seen(event, seen.now)) for event in events)


def problems(criteria: Mapping[str, Any], known: Known) -> Iterator[str]:
    """What of EVENT_BASED criteria cannot be judged here."""
    branches = criteria.get("eventFilterBranches")
    if not isinstance(branches, list) or not branches:
        yield amiss("a list of events as eventFilterBranches", branches)
        return
    for given in branches:
        yield from event_problems(given)
    if lists := criteria.get("listMembershipFilterBranches"):
        yield amiss("no listMembershipFilterBranches: the portal has no lists", lists)
    if refinement := criteria.get("refinementCriteria"):
        yield from (f"refinementCriteria: {problem}" for problem in unsupported(refinement, known))


def event_problems(given: object) -> Iterator[str]:
    branch = mapping(given) or {}
    if branch.get("filterBranchType") != "UNIFIED_EVENTS":
        yield amiss("a filterBranchType UNIFIED_EVENTS", branch.get("filterBranchType"))
        return
    if branch.get("eventTypeId") != PROPERTY_CHANGED:
        yield amiss(f"the eventTypeId {PROPERTY_CHANGED}, a property's change", branch.get("eventTypeId"))
    if branch.get("operator") != "HAS_COMPLETED":
        yield amiss("the operator HAS_COMPLETED", branch.get("operator"))
    for key in (*REFINED_BY, "filterBranches"):
        if branch.get(key):
            yield amiss(f"no {key} of an event", branch[key])
    yield from trigger_problems({**branch, "filterBranchType": "AND", "filterBranches": []})
    if not any(one.get("property") == "hs_name" for one in every_filter(branch)):
        yield amiss("a filter on hs_name, which says whose change is meant", branch.get("filters"))


def trigger_problems(branch: Mapping[str, Any]) -> list[str]:
    """What of a branch about events cannot be judged here."""
    return unsupported(branch, Known("event", {"event": ATTRIBUTES}))
