"""What must a report say of a close? Written down while the close is made, by those who make it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.report.oracle.scene import Scene
    from tests.report.oracle.ticket import Ticket

SERVED, LATE, DROPPED, PENDING, RESOLVED, SKIPPED = "served", "late", "dropped", "pending", "resolved", "skipped"
WITHIN = 300_000


@dataclass
class Ending:
    """A close that ended a sitting, and what became of its visitor."""

    scene: Scene
    closed_at: int
    label: str
    reasons: frozenset[str]
    served_at: int | None = None
    how: str = ""  # created, made_before, attached, reopened
    ticket: Ticket | None = None
    ambiguous: bool | None = False  # None: not by construction
    overtaken: bool = False
    agent: str = ""

    def served(self, at: int, how: str, ticket: Ticket) -> None:
        """From that moment on an open ticket names it."""
        self.served_at, self.how, self.ticket = at, how, ticket

    @property
    def key(self) -> tuple[str, int]:
        """What a row is known by."""
        return self.scene.id, self.closed_at

    @property
    def in_time(self) -> bool:
        """Whether an open ticket named it within five minutes."""
        return self.served_at is not None and self.served_at <= self.closed_at + WITHIN

    def status(self, until: int) -> str:
        """What a report made at that moment calls it."""
        if self.label == SKIPPED:
            return SKIPPED
        if self.in_time and not (self.label == RESOLVED and self.scene.is_read):
            return SERVED  # whatever was said: nobody reads what a ticket carried in time
        if self.label == RESOLVED:
            return RESOLVED
        if self.served_at is not None:
            return LATE
        return DROPPED if self.closed_at + WITHIN <= until else PENDING

    @property
    def late_by(self) -> int | None:
        """How much too late an unresolved close was served."""
        if self.label != "unresolved" or self.served_at is None or self.in_time:
            return None
        return self.served_at - self.closed_at - WITHIN
