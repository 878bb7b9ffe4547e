"""When a record's change puts it into a flow: HubSpot's list-based enrolment.

A record enrols the first time it comes to meet the criteria. It enrols again only when the flow allows it,
a property of a re-enrolment trigger has just changed, and trigger and criteria are met; and never while it
is still inside (documented: add-re-enrollment-triggers page). Switching a flow on enrols nobody.
"""

from collections.abc import Mapping
from typing import Any

from harness.workflow.filters import meets, properties_named


class Enroller:
    """Remembers who met one flow's criteria, and says which change enrols a record."""

    def __init__(self, criteria: Mapping[str, Any]) -> None:
        self._criteria: Mapping[str, Any] = criteria["listFilterBranch"]
        triggers = criteria.get("reEnrollmentTriggersFilterBranches") if criteria.get("shouldReEnroll") else None
        self._triggers: list[Mapping[str, Any]] = triggers or []
        self._has_met: set[str] = set()

    def knows(self, record_id: str, properties: Mapping[str, str]) -> None:
        """A record that exists when the flow is switched on."""
        if meets(self._criteria, properties):
            self._has_met.add(record_id)

    def enrols(self, record_id: str, properties: Mapping[str, str], changed: set[str]) -> bool:
        if not meets(self._criteria, properties):
            return False
        if record_id not in self._has_met:
            self._has_met.add(record_id)
            return True
        return any(meets(trigger, properties) and properties_named(trigger) & changed for trigger in self._triggers)
