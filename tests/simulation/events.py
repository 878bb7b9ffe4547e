"""What happens in an account, as plain data: events that anybody can play, and any of which can be cut.

Times are epoch ms. People, chats and tickets made by hand go by invented names; nothing here knows an id of HubSpot's.
"""

from typing import Literal

import msgspec

SECOND, MINUTE, HOUR, DAY = 1_000, 60_000, 3_600_000, 86_400_000
LONG_BEFORE = 15 * DAY

Label = Literal["unresolved", "resolved", "skipped"]
VISITOR, AGENT, BOT, AI, COMMENT, CLOSE, REOPEN = "visitor", "agent", "bot", "ai", "comment", "close", "reopen"


class Person(msgspec.Struct, frozen=True):
    """A visitor: somebody HubSpot has a contact of, or somebody who left an address, or nobody."""

    name: str
    known: bool
    address: str = ""


class Inbox(msgspec.Struct, frozen=True):
    """An inbox, or a help desk, which makes a ticket of every conversation."""

    name: str
    type: Literal["INBOX", "HELP_DESK"] = "INBOX"
    served: bool = True


class Account(msgspec.Struct, frozen=True):
    """What there is before anything happens."""

    begins: int
    ends: int
    zone: str
    people: tuple[Person, ...]
    inboxes: tuple[Inbox, ...]
    agents: tuple[str, ...]
    search_lag: int
    association_lag: int
    single_send: bool
    """Whether the confirmation is a transactional e-mail; else HubSpot's own e-mail by the ticket workflow."""
    opening: str

    @property
    def there_since(self) -> int:
        """Long enough before the first chat for a ticket to be none of the same days."""
        return self.begins - LONG_BEFORE

    def person(self, name: str) -> Person:
        """The visitor of that name."""
        return next(person for person in self.people if person.name == name)


class Line(msgspec.Struct, frozen=True):
    """Somebody writes, closes or reopens, so long after its talk began."""

    after: int
    who: str
    text: str = ""


class Event(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """Something that happens at a moment."""

    at: int


class Talks(Event, frozen=True):
    """A visitor writes in a chat, and it closes: one whole sitting. The first one opens the chat."""

    chat: str
    visitor: str
    inbox: str
    agent: str
    lines: tuple[Line, ...]
    label: Label
    """Of each of its closes, by whoever made up what was said."""
    channel: str = "1000"
    spam: bool = False

    @property
    def closes(self) -> list[int]:
        """Its closes, oldest first; the last one ends the sitting."""
        return [self.at + line.after for line in self.lines if line.who == CLOSE]


class ReopensByMistake(Event, frozen=True):
    """An agent opens a closed chat again and closes it a moment later; nobody says a word."""

    chat: str
    agent: str
    closes_after: int


class MakesTicket(Event, frozen=True):
    """A rep makes a ticket from a chat."""

    chat: str
    ticket: str


class MakesTicketOfNoChat(Event, frozen=True):
    """A rep makes a ticket for a contact, of no chat."""

    visitor: str
    ticket: str


class ClosesTickets(Event, frozen=True):
    """A rep closes the open tickets of a chat and of its visitor; with `between` when that action is over."""

    chat: str
    between: str = ""


class Answers(Event, frozen=True):
    """A rep answers, and the chat's open tickets wait on the contact."""

    chat: str


class Types(Event, frozen=True):
    """A rep writes something into the chat's tickets."""

    chat: str
    property: str
    value: str


class Merges(Event, frozen=True):
    """A rep merges two contacts."""

    survivor: str
    other: str


class Ruled(Event, frozen=True):
    """An administrator makes a rule that the portal enforces from then on."""

    rule: str


class SwitchedOff(Event, frozen=True):
    """A workflow is off for a while; who switches it on enrols the chats that closed meanwhile."""

    flow: str
    until: int


class Outage(Event, frozen=True):
    """HubSpot's API answers nothing but 503."""

    until: int


AnyEvent = (
    Talks
    | ReopensByMistake
    | MakesTicket
    | MakesTicketOfNoChat
    | ClosesTickets
    | Answers
    | Types
    | Merges
    | Ruled
    | SwitchedOff
    | Outage
)


class Run(msgspec.Struct, frozen=True, order=True):
    """One attempt at an action in a subject's n-th enrolment, by names that stay the same whatever else is cut."""

    flow: str
    subject: str
    enrolment: int
    action: str
    attempt: int


class Fault(msgspec.Struct, frozen=True, order=True):
    """What went wrong with one call of one run."""

    run: Run
    call: int
    kind: str


class Weeks(msgspec.Struct, frozen=True):
    """An account and all that happens in it. `faults` None: the seed throws the dice at every call."""

    seed: int
    account: Account
    events: tuple[AnyEvent, ...]
    faults: tuple[Fault, ...] | None = None


def sorted_events(events: tuple[AnyEvent, ...] | list[AnyEvent]) -> tuple[AnyEvent, ...]:
    """In the order of time; what happens at one moment keeps its order."""
    return tuple(sorted(events, key=lambda event: event.at))
