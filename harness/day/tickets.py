"""What a ticket says of chats: which threads it names, for which of their closes, and since when.

Read from the record and its properties' history, as a person could read them; what `chat_thread_id` and
`chat_threads` hold is written in chat-to-ticket.md, sections 4 and 10.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from harness.day.plans import Sitting
from harness.portal import Portal, Record

SECOND = timedelta(seconds=1)


@dataclass(frozen=True)
class Line:
    """One chat on a ticket: its thread, when that had closed, and since when the ticket says so."""

    thread: str
    closed: datetime
    since: datetime


@dataclass(frozen=True)
class Ticket:
    """One ticket, as far as chats go."""

    id: str
    states: tuple[tuple[datetime, bool], ...]
    """Since when it has been open (True) or closed, oldest first."""
    thread: str
    """The thread it was made for; empty when it was made for none."""
    thread_since: datetime | None
    lines: tuple[Line, ...]

    @property
    def open(self) -> bool:
        """Whether it is open now."""
        return self.states[-1][1]

    @property
    def threads(self) -> set[str]:
        """Every thread the ticket names."""
        return {line.thread for line in self.lines} | ({self.thread} - {""})

    def served(self, thread: str, sitting: Sitting) -> Iterator[datetime]:
        """When it carried this sitting and was open: by being made for it, or by a line for its close."""
        if self.thread == thread and self.thread_since is not None and self.thread_since >= sitting.begins:
            yield from self._open_from(self.thread_since)
        for line in self.lines:
            if line.thread == thread and sitting.begins <= line.closed < sitting.closes + SECOND:
                yield from self._open_from(line.since)

    def _open_from(self, moment: datetime) -> Iterator[datetime]:
        """This moment, if the ticket was open then; else when it was opened after it, if ever."""
        before = [open for since, open in self.states if since <= moment]
        if before and before[-1]:
            yield moment
        yield from [since for since, open in self.states if since > moment and open]


def read_tickets(portal: Portal) -> list[Ticket]:
    """Every ticket that is not archived."""
    return [_read(record) for record in portal.records("tickets")]


def _read(record: Record) -> Ticket:
    thread = record.properties.get("chat_thread_id", "").partition("#")[0]
    made_for = [entry for entry in record.history.get("chat_thread_id", []) if entry["value"]]
    return Ticket(
        id=record.id,
        states=tuple(
            (_moment(entry["timestamp"]), entry["value"] != "true")
            for entry in reversed(record.history["hs_is_closed"])
        ),
        thread=thread,
        thread_since=_moment(made_for[-1]["timestamp"]) if made_for else None,
        lines=tuple(_lines(record)),
    )


def _lines(record: Record) -> Iterator[Line]:
    """The lines there are now, each with the moment it first appeared."""
    since: dict[str, datetime] = {}
    for entry in reversed(record.history.get("chat_threads", [])):
        for text in entry["value"].splitlines():
            since.setdefault(text, _moment(entry["timestamp"]))
    for text in record.properties.get("chat_threads", "").splitlines():
        thread, closed, *_ = text.split(" · ")
        yield Line(thread.partition("#")[0], _moment(closed.removeprefix("closed ")), since[text])


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)
