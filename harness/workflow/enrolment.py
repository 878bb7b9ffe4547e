"""One record's way through one flow, and the action log HubSpot would show for it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from harness.runtime.outcome import Outcome
from harness.workflow.circles import Family

Status = Literal["active", "finished", "failed", "unenrolled"]


class AlreadyEnrolled(Exception):
    """The record is still inside this flow; HubSpot does not enrol it a second time."""


class KeptOut(Exception):
    """The record meets the goal or the unenrolment triggers, or may not come again; HubSpot does not enrol it."""


@dataclass(frozen=True)
class Entry:
    """One line of the action log. `run` is set for custom code only.

    `what` and `outcome` are made of the flow's own words and of moments, never of a record's texts: what a visitor
    wrote or is called cannot get into the log this way.
    """

    at: datetime
    action_id: str
    kind: str
    what: str
    outcome: str
    run: Outcome | None = None
    attempt: int = 1

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M:%S}  action {self.action_id}  {self.kind}  {self.what}: {self.outcome}"


@dataclass(frozen=True)
class Recorded:
    """Something that HubSpot would have done outside of what this portal keeps, such as an internal e-mail."""

    at: datetime
    action_id: str
    details: Mapping[str, Any]


@dataclass
class Enrolment:
    """A record inside a flow, or one that has left it."""

    record_id: str
    number: int
    started_at: datetime
    status: Status = "active"
    log: list[Entry] = field(default_factory=list)
    outputs: dict[str, Mapping[str, object]] = field(default_factory=dict)
    recorded: list[Recorded] = field(default_factory=list)
    steps: int = 0
    broken: bool = False
    """An action failed for good on the way."""
    family: Family = field(default_factory=Family, repr=False)

    @property
    def inside(self) -> bool:
        """Whether it is still on its way."""
        return self.status == "active"

    @property
    def runs(self) -> list[Outcome]:
        """Every run of custom code of this enrolment, retries included, oldest first."""
        return [entry.run for entry in self.log if entry.run is not None]
