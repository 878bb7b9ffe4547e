"""Who is inside one flow, who was, and who was turned away: HubSpot's enrolment history."""

from dataclasses import dataclass
from datetime import datetime

from harness.clock import Clock
from harness.workflow.circles import Family
from harness.workflow.enrolment import Enrolment, Status


@dataclass(frozen=True)
class Passage:
    """One line of the enrolment history."""

    at: datetime
    record_id: str
    what: str
    number: int | None = None
    """Which enrolment; None for one that did not come to be."""

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M:%S}  record {self.record_id}  {self.what}"


class Register:
    """The enrolments of one flow, in the order they began."""

    def __init__(self, clock: Clock) -> None:
        self.all: list[Enrolment] = []
        self.history: list[Passage] = []
        self._clock = clock
        self._inside: dict[str, Enrolment] = {}
        self._been: set[str] = set()

    def inside(self, record_id: str) -> Enrolment | None:
        """The enrolment that the record is in now."""
        return self._inside.get(record_id)

    def knows(self, record_id: str) -> bool:
        """Whether the record is in it, or was before."""
        return record_id in self._been

    def enters(self, record_id: str, how: str, family: Family) -> Enrolment:
        """A record comes in."""
        enrolment = Enrolment(record_id, number=len(self.all) + 1, started_at=self._clock.now(), family=family)
        self.all.append(enrolment)
        self._inside[record_id] = enrolment
        self._been.add(record_id)
        self._note(enrolment, f"enrolled {how}")
        return enrolment

    def turned_away(self, record_id: str, why: str) -> None:
        """A record would have come in."""
        self.history.append(Passage(self._clock.now(), record_id, f"not enrolled: {why}"))

    def finishes(self, enrolment: Enrolment) -> None:
        """A record has come to the end of its way; nothing for one that has left before."""
        if enrolment.inside:
            self._leaves(enrolment, "failed" if enrolment.broken else "finished", "")

    def takes_out(self, enrolment: Enrolment, why: str) -> None:
        """A record leaves before the end of its way."""
        if enrolment.inside:
            self._leaves(enrolment, "unenrolled", f": {why}")

    def _leaves(self, enrolment: Enrolment, status: Status, why: str) -> None:
        enrolment.status = status
        del self._inside[enrolment.record_id]
        said = "finished, with an action that failed" if status == "failed" else status
        self._note(enrolment, f"{said}{why}")

    def _note(self, enrolment: Enrolment, what: str) -> None:
        self.history.append(Passage(self._clock.now(), enrolment.record_id, what, enrolment.number))
