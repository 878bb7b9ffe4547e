"""What is an invariant, what is a break of one, and what is it judged by?"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Protocol

from harness.runtime import limits
from tests.simulation.events import SECOND, MakesTicketOfNoChat
from tests.simulation.expected import Chat, Sitting
from tests.simulation.playing import History, Ran
from tests.simulation.tickets import REP, Ticket, epoch, tickets_of

FLOW = "unresolved_chats"
A_RUN = round(limits.TIMEOUT_S * SECOND)
"""Milliseconds: a run writes by what it read, at most so long before."""


@dataclass(frozen=True)
class Break:
    """A promise that was not kept."""

    invariant: str
    chat: str
    at: int
    what: str


class Invariant(Protocol):
    """One promise."""

    name: str
    sentence: str

    def check(self, evidence: "Evidence") -> Iterator[Break]: ...


@dataclass
class Evidence:
    """What the weeks left behind, read once for all promises; a test may forge it."""

    history: History
    tickets: list[Ticket] = field(default_factory=list)
    emails: list[tuple[int, str, str]] = field(default_factory=list)
    """When, to whom, and of which ticket."""
    letters: list[tuple[int, str, dict[str, str]]] = field(default_factory=list)
    """When, of which ticket, and with which properties of its own: none where HubSpot fills in the ticket's."""
    linked: set[tuple[str, str]] = field(default_factory=set)
    """Which ticket is associated with the conversation of which chat."""

    @property
    def chats(self) -> dict[str, Chat]:
        """Every chat by name."""
        return self.history.chats

    def runs_of(self, chat: str) -> list[Ran]:
        """The runs of a chat's own flow."""
        return [ran for ran in self.history.runs if ran.run.subject == chat and ran.run.flow == FLOW]

    def by_rep(self, chat: str) -> list[Ticket]:
        """The tickets that reps made from a chat."""
        return [ticket for ticket in self.tickets if ticket.made_by == REP and ticket.origin == chat]

    def visitor_of(self, ticket: Ticket) -> str:
        """Whose ticket it is, by the chat that it is about, or by the rep who made it of none; empty: nobody knows."""
        if ticket.about in self.chats:
            return self.chats[ticket.about].visitor
        made = {
            self.history.actors.tickets.get(event.ticket): event.visitor
            for event in self.history.weeks.events
            if isinstance(event, MakesTicketOfNoChat)
        }
        return made.get(ticket.id, "")

    def unresolved(self) -> Iterator[tuple[Chat, Sitting]]:
        """Every sitting in which somebody was left waiting."""
        for chat in self.chats.values():
            for sitting in chat.sittings:
                if sitting.label == "unresolved":
                    yield chat, sitting


def evidence_of(history: History) -> Evidence:
    """All of it."""
    portal = history.portal
    sent = [(epoch(one.at), one.record_id or one.send_id.partition("-")[0], one) for one in portal.emails]
    return Evidence(
        history,
        tickets_of(history),
        [(at, email.to, ticket) for at, ticket, email in sent],
        [(at, ticket, email.properties) for at, ticket, email in sent],
        {
            (ticket, chat)
            for chat, thread in history.actors.threads.items()
            for ticket in portal.associations("conversations", portal.chat(thread).record_id, "tickets")
        },
    )
