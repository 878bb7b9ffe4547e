"""One record's way through one flow, and the log HubSpot would show for it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from harness.runtime.outcome import Outcome

Status = Literal["active", "finished", "failed", "unenrolled"]


class AlreadyEnrolled(Exception):
    """The record is still inside this flow; HubSpot does not enrol it a second time."""


@dataclass(frozen=True)
class Entry:
    """One line of the action log. `run` is set for custom code only.

    `what` and `outcome` are made of the flow's own words, never of a record's values: what a visitor
    wrote or is called cannot get into the log this way.
    """

    at: datetime
    action_id: str
    kind: str
    what: str
    outcome: str
    run: Outcome | None = None

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M:%S}  action {self.action_id}  {self.kind}  {self.what}: {self.outcome}"


@dataclass
class Enrolment:
    """A record inside a flow, or one that has left it."""

    record_id: str
    number: int
    started_at: datetime
    status: Status = "active"
    log: list[Entry] = field(default_factory=list)
    outputs: dict[str, Mapping[str, object]] = field(default_factory=dict)
    steps: int = 0
    broken: bool = False
    """An action failed for good on the way."""

    @property
    def inside(self) -> bool:
        return self.status == "active"

    def leaves(self) -> None:
        """The record has come to the end of its way."""
        self.status = "failed" if self.broken else "finished"

    def is_taken_out(self) -> None:
        """The record leaves before the end of its way."""
        self.status = "unenrolled"

    @property
    def runs(self) -> list[Outcome]:
        """Every run of custom code of this enrolment, retries included, oldest first."""
        return [entry.run for entry in self.log if entry.run is not None]
