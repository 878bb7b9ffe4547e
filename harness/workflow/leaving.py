"""Who leaves a flow before its end, and who may not come in?

Documented (HubSpot's pages on unenrolment and on goals): a record that meets the flow's goal, or its unenrolment
triggers (suppressionFilterBranch), neither comes in nor stays, not even when it is enrolled by hand; where the flow
says so, one that does not meet the criteria leaves as well, and if it was enrolled by hand before its first action.
Guessed: it leaves at the change that makes it so, also while an action is being tried again.
"""

from collections.abc import Mapping
from typing import Any

from harness.workflow.filters import every_filter, meets
from harness.workflow.seen import Seen

GOAL, SUPPRESSION = "goalFilterBranch", "suppressionFilterBranch"
REASONS = {GOAL: "it meets the goal", SUPPRESSION: "it meets the unenrolment triggers"}


class Leaving:
    """The ways out of one flow."""

    def __init__(self, definition: Mapping[str, Any]) -> None:
        self._out = {key: definition[key] for key in REASONS if says_something(definition.get(key))}
        criteria = definition.get("enrollmentCriteria") or {}
        stays = criteria.get("type") != "LIST_BASED" or not criteria.get("unEnrollObjectsNotMeetingCriteria")
        self._criteria = None if stays else criteria["listFilterBranch"]

    @property
    def possible(self) -> bool:
        """Whether anybody ever leaves early."""
        return bool(self._out) or self._criteria is not None

    def keeps_out(self, seen: Seen) -> str:
        """Why the record may not come in; "" when it may."""
        return next((REASONS[key] for key, branch in self._out.items() if meets(branch, seen)), "")

    def lets_go(self, seen: Seen) -> str:
        """Why a record that is inside leaves; "" when it stays."""
        unmet = self._criteria is not None and not meets(self._criteria, seen)
        return self.keeps_out(seen) or ("it does not meet the criteria" if unmet else "")


def says_something(branch: object) -> bool:
    """A filter branch without a filter, as HubSpot returns it, is met by nobody."""
    return any(every_filter(branch)) if isinstance(branch, Mapping) and "filterBranchType" in branch else bool(branch)
