"""Counts how the day ended, from the portal's state alone.

It knows neither the actions nor the report: only what a person would see in HubSpot's tickets (which threads
a ticket names, since when, whether it is open) and in the labels of the day file.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from harness.day.entries import ATTACHED
from harness.day.plans import ChatPlan, Day
from harness.day.play import Played
from harness.day.tickets import Ticket, read_tickets

IN_TIME = timedelta(minutes=5)


@dataclass(frozen=True)
class ChatEnd:
    """How one chat ended."""

    name: str
    end: str
    expected: str
    waited: tuple[timedelta | None, ...]
    """For each unresolved close: how long until an open ticket named the chat; None where none ever did."""
    dropped: int

    @property
    def as_expected(self) -> bool:
        return self.end == self.expected and not self.dropped


@dataclass(frozen=True)
class Tally:
    """The day in numbers."""

    ends: tuple[ChatEnd, ...]
    chats: int
    unresolved: int
    tickets: int
    duplicates: int
    dropped: int
    confirmations: int
    expected_confirmations: int

    @property
    def good(self) -> bool:
        counts = not self.dropped and not self.duplicates and self.confirmations == self.expected_confirmations
        return counts and all(end.as_expected for end in self.ends)

    def line(self) -> str:
        """The one line the day ends with."""
        return (
            f"{self.chats} chats, {self.unresolved} unresolved, {self.tickets} tickets, "
            f"{self.confirmations} confirmations, {self.duplicates} duplicates, {self.dropped} dropped"
        )


def count(day: Day, played: Played) -> Tally:
    """Judge every chat of the day by the tickets there are now."""
    tickets = read_tickets(played.stage.portal)
    names = _names_of_tickets(played, tickets)
    ends = tuple(_end(chat, played, tickets, names) for chat in day.chats)
    threads = set(played.threads.values())
    return Tally(
        ends=ends,
        chats=len(day.chats),
        unresolved=sum(len(chat.unresolved_sittings) for chat in day.chats),
        tickets=sum(1 for ticket in tickets if threads & ticket.threads),
        duplicates=_duplicates(day, played, tickets),
        dropped=sum(end.dropped for end in ends),
        confirmations=len(played.stage.portal.emails),
        expected_confirmations=day.entry.confirmations,
    )


def deadline(closed: datetime, outages: list[tuple[datetime, datetime]]) -> datetime:
    """Until when a closed chat has to be served: five minutes, and an outage counts on HubSpot's retries.

    HubSpot's gaps between retries grow to twice the one before (guessed), so after an outage the next retry
    is due after at most as long again as the chat has already waited.
    """
    due = closed + IN_TIME
    for begins, ends in outages:
        if begins <= due and closed < ends:
            due = max(due, closed + 2 * (ends - closed) + IN_TIME)
    return due


def _names_of_tickets(played: Played, tickets: list[Ticket]) -> dict[str, str]:
    """Ticket id → the file's name for it: its own, or that of the chat it was made for."""
    by_thread = {thread: name for name, thread in played.threads.items()}
    names = {ticket.id: by_thread.get(ticket.thread, "a ticket of no chat of this day") for ticket in tickets}
    return names | {id: name for name, id in played.stage.tickets.items()}


def _end(chat: ChatPlan, played: Played, tickets: list[Ticket], names: dict[str, str]) -> ChatEnd:
    thread = played.threads[chat.name]
    carrying = [ticket for ticket in tickets if thread in ticket.threads]
    ends = []
    for ticket in carrying:
        name = names[ticket.id]
        ends.append("ticket" if name == chat.name else ATTACHED + name)
    waited: list[timedelta | None] = []
    dropped = 0
    for sitting in chat.unresolved_sittings:
        served = min((at for ticket in carrying for at in ticket.served(thread, sitting)), default=None)
        waited.append(None if served is None else max(served - sitting.closes, timedelta()))
        if served is None or served > deadline(sitting.closes, played.outages):
            dropped += 1
    return ChatEnd(chat.name, " and ".join(ends) or "nothing", chat.entry.expected, tuple(waited), dropped)


def _duplicates(day: Day, played: Played, tickets: list[Ticket]) -> int:
    """Open tickets beyond the first for what the file calls one issue: a chat and all that attaches to it."""
    issues: dict[str, set[str]] = {}
    for chat in day.chats:
        issues.setdefault(_root(day, chat), set()).add(chat.name)
    extra = 0
    for root, chats in issues.items():
        threads = {played.threads[name] for name in chats}
        about = {ticket.id for ticket in tickets if ticket.open and threads & ticket.threads}
        by_name = played.stage.tickets.get(root)
        about |= {ticket.id for ticket in tickets if ticket.open and ticket.id == by_name}
        extra += max(0, len(about) - 1)
    return extra


def _root(day: Day, chat: ChatPlan) -> str:
    """The name of what a chat ends up at, following attachments to their end."""
    by_name = {one.name: one for one in day.chats}
    name, seen = chat.name, {chat.name}
    while name in by_name and by_name[name].attached_to and by_name[name].attached_to not in seen:
        name = by_name[name].attached_to
        seen.add(name)
    return name
