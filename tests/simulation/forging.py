"""What faults that are forged into good weeks are made with."""

from dataclasses import replace

from tests.simulation.conftest import MONDAY
from tests.simulation.events import HOUR, Run
from tests.simulation.invariants.promise import Evidence
from tests.simulation.playing import Ran
from tests.simulation.tickets import Ticket

RUN = Run("unresolved_chats", "chat-1", 1, "create_ticket", 1)


def of(evidence: Evidence, chat: str) -> Ticket:
    """The ticket of a chat."""
    return next(ticket for ticket in evidence.tickets if ticket.about == chat)


def with_run(evidence: Evidence, **changes: object) -> None:
    """One more run, that never was."""
    ran = Ran(RUN, MONDAY + HOUR, "succeeded", "", 1.0, 30.0, (), struck=False)
    evidence.history = replace(evidence.history, runs=[*evidence.history.runs, replace(ran, **changes)])  # type: ignore[arg-type]
