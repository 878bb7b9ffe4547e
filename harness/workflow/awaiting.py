"""How does a record wait for an event (0-29)? Until one of its properties changes as asked, or the time is up.

Documented: the id. Seen in others' flows: the fields, and that a later branch asks the output hs_event_criteria_met
whether the event came. Guessed: without an end it waits for ever, and what happened before the action does not count.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from contract.flow import FlowAction
from harness.workflow.delays import NEVER, WHOLE
from harness.workflow.enrolment import Enrolment
from harness.workflow.events import event_problems, is_told
from harness.workflow.seen import Seen
from harness.workflow.steps import Around, Done, Fields, Scene, others
from harness.workflow.wording import amiss

WAIT, MET = "0-29", "hs_event_criteria_met"


class WaitForEvent:
    """0-29: until an event, or for so long."""

    def unsupported(self, fields: Fields, around: Around) -> Iterator[str]:
        """Events that the portal can see, and a whole number of minutes."""
        yield from others(fields, "event_filter_branches", "expiration_minutes")
        branches = fields.get("event_filter_branches")
        if not isinstance(branches, list) or not branches:
            yield amiss("a list of events as event_filter_branches", branches)
        else:
            yield from (problem for branch in branches for problem in event_problems(branch))
        minutes = fields.get("expiration_minutes")
        if minutes is not None and (isinstance(minutes, bool) or not WHOLE.fullmatch(str(minutes))):
            yield amiss("a whole number of minutes as expiration_minutes", minutes)

    def do(self, fields: Fields, scene: Scene) -> Done:
        """Begin to wait."""
        minutes = fields.get("expiration_minutes")
        wait = NEVER if minutes is None else max(int(minutes), 0) * 60.0
        outcome = "begins" if minutes is None else f"begins, for {int(minutes)} min at most"
        return Done("wait for an event", outcome, wait=wait, until=tuple(fields["event_filter_branches"]))


@dataclass(frozen=True, eq=False)
class Waiting:
    """One record that waits at one action."""

    enrolment: Enrolment
    action: FlowAction
    branches: tuple[Mapping[str, Any], ...]

    def is_over(self, seen: Seen, changed: set[str]) -> bool:
        """Whether these changes are what it waits for."""
        return any(is_told(branch, seen, changed) for branch in self.branches)
