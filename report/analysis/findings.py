"""What did the closes of a window come to? Plain data, made by the analysis and read by every output and the alarm."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

Status = Literal["late", "dropped"]


@dataclass(frozen=True)
class Totals:
    """Of all closes of the window; needed = served + late + dropped + pending."""

    closes: int
    skipped: int
    resolved: int
    waiting_on_visitor: int
    needed: int
    served: int
    late: int
    dropped: int
    pending: int
    ai_unclear: int
    """Of those that needed a ticket."""
    ambiguous: int
    """Of the dropped: the contact had an open ticket that may carry the chat without naming it."""
    overtaken: int
    """Of the dropped: a later sitting of the same thread ended resolved."""
    rate: float | None
    """Dropped of what was served, late or dropped; None when nothing was."""


@dataclass(frozen=True)
class Slice:
    """The closes of one day (2026-02-01), inbox, agent ("" = nobody) or reason."""

    key: str
    needed: int
    served: int
    late: int
    dropped: int
    rate: float | None
    """None when nothing is decided, and of reasons: a chat that had a ticket in time is not read, and has none."""


@dataclass(frozen=True)
class Hour:
    """The closes of one hour of the week, in the account's zone: weekday 1 (Monday) to 7, hour 0 to 23."""

    weekday: int
    hour: int
    needed: int
    late: int
    dropped: int


@dataclass(frozen=True)
class Spread:
    """How long something took, in milliseconds: quantiles with linear interpolation, None when nothing did."""

    count: int
    p50: float | None
    p90: float | None
    p99: float | None


@dataclass(frozen=True)
class Clock:
    """How the tickets kept their due time when the clock starts at one moment."""

    breached: int
    """Answered after it was due."""
    met: int
    open_over: int
    """Not answered, and past due."""
    waits: Spread
    """From the start of the clock to the answer."""


@dataclass(frozen=True)
class Sla:
    """First replies: from the close of the chat, and, misleading, from when the ticket happened to be made."""

    tickets: int
    """Tickets with chat_closed_at and chat_sla_due_at."""
    from_close: Clock
    from_creation: Clock


@dataclass(frozen=True)
class Confirmations:
    """Messages that tell the visitor of a ticket: wanted = sent + missing + those that may still go out."""

    wanted: int
    sent: int
    missing: int
    tickets: tuple[str, ...]
    """The tickets of the missing ones."""


@dataclass(frozen=True)
class Person:
    """A contact with two or more open tickets."""

    contact_id: str
    tickets: tuple[str, ...]


@dataclass(frozen=True)
class Row:
    """One close that was served late or dropped."""

    thread_id: str
    closed_at: int
    day: date
    inbox_id: str
    agent_id: str
    reason: str
    status: Status
    late_by: int | None
    ticket_id: str
    places: str
    ambiguous: bool
    overtaken: bool
    link: str
    """The chat in HubSpot's inbox."""


@dataclass(frozen=True)
class Findings:
    """Everything that the outputs show of one portal and one window of days."""

    portal_id: int
    name: str
    ui_host: str
    made_at: int
    zone: str
    first_day: date
    last_day: date
    within: int
    """How soon, in milliseconds, a close must be served."""
    until: int
    """The moment up to which was gathered."""
    complete: bool
    totals: Totals
    days: tuple[Slice, ...]
    """Every day of the window, in order; also those without closes."""
    inboxes: tuple[Slice, ...]
    """The largest number of drops first, as agents and reasons."""
    agents: tuple[Slice, ...]
    reasons: tuple[Slice, ...]
    hours: tuple[Hour, ...]
    """In order of the week; only those with closes that needed a ticket."""
    waits: Spread
    """From close to ticket, of the served and the late."""
    late_by: Spread
    served_by: Mapping[str, int]
    """How many of the served and late were created, made_before, attached or reopened."""
    places: Mapping[str, int]
    """In how many of them each place named the thread; one may be named in several."""
    sla: Sla
    confirmations: Confirmations
    two_open: tuple[Person, ...]
    closes: tuple[Row, ...] = field(repr=False)
    """Dropped first, then late; the newest of each first."""
    closes_left_out: int = 0
    """How many more there are than closes may hold."""
    two_open_left_out: int = 0
    """How many more such contacts there are than two_open may hold."""


@dataclass(frozen=True)
class Portal:
    """One portal of many, as an agency compares them."""

    portal_id: int
    needed: int
    served: int
    late: int
    dropped: int
    rate: float | None
