"""Which chat came onto which ticket, when and how? Read from the tickets' lists; several promises judge by it."""

from collections.abc import Iterator
from dataclasses import dataclass

from tests.simulation.expected import Chat
from tests.simulation.invariants.promise import Evidence
from tests.simulation.tickets import Ticket


@dataclass(frozen=True)
class Joined:
    """A ticket came to list closes of a chat at one moment."""

    ticket: Ticket
    chat: Chat
    at: int
    closes: tuple[int, ...]
    """Oldest first."""

    @property
    def is_own(self) -> bool:
        """Whether the ticket was made for this chat or from it."""
        return self.chat.name in (self.ticket.own, self.ticket.origin)

    @property
    def begun(self) -> list[int]:
        """When each of the sittings that it brought had begun, oldest first."""
        sittings = [self.chat.sitting_of(close) for close in self.closes]
        return sorted({sitting.begins for sitting in sittings if sitting is not None})


def joins(evidence: Evidence) -> Iterator[Joined]:
    """Every one of them; a close that never was is the business of another promise."""
    for ticket in evidence.tickets:
        for chat in evidence.chats.values():
            lines = [line for line in ticket.lines if line.chat == chat.name and chat.sitting_of(line.close)]
            for at in sorted({line.since for line in lines}):
                closes = sorted(line.close for line in lines if line.since == at)
                yield Joined(ticket, chat, at, tuple(closes))
