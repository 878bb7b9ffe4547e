"""When a record's change puts it into a flow: HubSpot's list-based enrolment.

A record enrols the first time it comes to meet the criteria, unless it was enrolled by hand before. It enrols again
only when the flow allows it, it has just come to meet a re-enrolment trigger, or a property of which the trigger asks
that it be known has a new value, and the criteria are met; and never while it is still inside (documented:
add-re-enrollment-triggers page). Switching a flow on enrols nobody.
"""

from collections.abc import Mapping
from typing import Any, Protocol

from harness.workflow.events import ByEvent, is_of_events, is_told
from harness.workflow.filters import every_filter, meets, properties_named
from harness.workflow.seen import Seen


class Enroller(Protocol):
    """Says which change enrols a record."""

    def knows(self, record_id: str, seen: Seen) -> None:
        """A record that exists when the flow is switched on."""
        ...

    def came(self, record_id: str) -> None:
        """A record that was enrolled by hand has had its first time."""
        ...

    def enrols(self, record_id: str, seen: Seen, changed: set[str]) -> bool:
        """Whether these changes of a record put it in."""
        ...


class ByList:
    """Remembers who met one flow's LIST_BASED criteria."""

    def __init__(self, criteria: Mapping[str, Any]) -> None:
        self._criteria: Mapping[str, Any] = criteria["listFilterBranch"]
        triggers = criteria.get("reEnrollmentTriggersFilterBranches") if criteria.get("shouldReEnroll") else None
        self._triggers: list[Mapping[str, Any]] = triggers or []
        self._has_met: set[str] = set()

    def knows(self, record_id: str, seen: Seen) -> None:
        """A record that meets the criteria already stays out until a trigger."""
        if meets(self._criteria, seen):
            self._has_met.add(record_id)

    def came(self, record_id: str) -> None:
        """Once it was in by hand, only a trigger puts it in."""
        self._has_met.add(record_id)

    def enrols(self, record_id: str, seen: Seen, changed: set[str]) -> bool:
        """Whether these changes of a record put it in."""
        if not meets(self._criteria, seen):
            return False
        if record_id not in self._has_met:
            self._has_met.add(record_id)
            return True
        return any(_triggers(trigger, seen, changed) for trigger in self._triggers)


def enroller_of(criteria: Mapping[str, Any]) -> Enroller | None:
    """By the flow's own criteria; None for one that is enrolled in by hand alone."""
    if criteria.get("type") == "LIST_BASED":
        return ByList(criteria)
    return ByEvent(criteria) if criteria.get("type") == "EVENT_BASED" else None


def _triggers(trigger: Mapping[str, Any], seen: Seen, changed: set[str]) -> bool:
    if is_of_events(trigger):
        return is_told(trigger, seen, changed)
    names = properties_named(trigger) & changed
    if not names or not meets(trigger, seen):
        return False
    asks_known = {one["property"] for one in every_filter(trigger) if _asks_known(one)}
    return bool(names & asks_known) or not meets(trigger, seen.before(names))


def _asks_known(one: Mapping[str, Any]) -> bool:
    """One without a property, which accepts all or nothing, has no operation."""
    operation: Mapping[str, Any] = one.get("operation", {})
    return operation.get("operator") == "IS_KNOWN"
