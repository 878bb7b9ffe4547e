"""What do the tickets say at the end, and what did they say at every moment before? Read from their history alone."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from harness.clock import millis
from harness.portal import Record
from tests.simulation.playing import History

US, REP, DESK = "us", "a rep", "the help desk"
API = "INTEGRATION"
BY = {API: US, "CRM_UI": REP}


@dataclass(frozen=True)
class Value:
    """What a property was set to, when, and by what kind of writer."""

    at: int
    value: str
    source: str


@dataclass(frozen=True)
class Line:
    """A ticket lists a close of a chat since a moment."""

    chat: str
    close: int
    since: int
    lost: bool = False
    """Whether it is on the list no more."""


@dataclass
class Ticket:
    """One ticket."""

    id: str
    made_by: str
    made_at: int
    origin: str
    """The chat that a rep or the help desk made it from; empty for none."""
    own: str
    """The chat whose key it carries."""
    own_since: int
    states: list[tuple[int, bool]]
    """Since when it has been open or not, oldest first."""
    stages: list[Value]
    lines: list[Line]
    values: dict[str, str]
    past: dict[str, list[Value]] = field(default_factory=dict)

    @property
    def about(self) -> str:
        """The chat it was made for or from, by its key, else by what it lists first; empty for none."""
        return self.own or self.origin or (self.lines[0].chat if self.lines else "")

    def is_open(self, at: int) -> bool:
        """Whether it was open then, once all of that moment was over."""
        return next((open for since, open in reversed(self.states) if since <= at), False)

    def opened_after(self, at: int) -> Iterator[int]:
        """That moment if it was open in it, and each later one at which it was opened."""
        if self.is_open(at):
            yield at
        yield from (since for since, open in self.states if since > at and open)

    def names_since(self, chat: str) -> int | None:
        """Since when it has named a chat in some way; None if it never did."""
        found = [line.since for line in self.lines if line.chat == chat]
        found += [self.own_since] if self.own == chat else []
        found += [self.made_at] if self.origin == chat else []
        return min(found, default=None)

    @property
    def closes(self) -> list[int]:
        """The closes that it lists, oldest first."""
        return sorted({line.close for line in self.lines})


def tickets_of(history: History) -> list[Ticket]:
    """Every ticket, oldest first."""
    found = [_read(record, history) for record in history.portal.records("tickets")]
    return sorted(found, key=lambda ticket: (ticket.made_at, ticket.id))


def epoch(text: str) -> int:
    """HubSpot's text of a moment as epoch ms."""
    return int(text) if text.isdigit() else millis(datetime.fromisoformat(text))


def _read(record: Record, history: History) -> Ticket:
    chats = history.actors.chats
    past = {
        name: [Value(epoch(one["timestamp"]), one["value"] or "", one["sourceType"]) for one in reversed(entries)]
        for name, entries in record.history.items()
    }
    stages, subjects = past["hs_pipeline_stage"], past.get("subject", [])
    keys = [value for value in past.get("chat_thread_id", []) if value.value]
    key = record.properties.get("chat_thread_id", "").partition("#")[0]
    return Ticket(
        id=record.id,
        made_by=BY.get(subjects[0].source, DESK) if subjects else DESK,
        made_at=epoch(record.properties["createdate"]),
        origin=chats.get(record.properties.get("hs_conversations_originating_thread_id", ""), ""),
        own=chats.get(key, key),
        own_since=keys[0].at if keys else 0,
        states=[(value.at, value.value != "true") for value in past["hs_is_closed"]],
        stages=stages,
        lines=list(_lines(past.get("chat_threads", []), chats)),
        values=record.properties,
        past=past,
    )


def _lines(past: list[Value], chats: dict[str, str]) -> Iterator[Line]:
    """Every line that the list ever had, since it had it."""
    since: dict[str, int] = {}
    for entry in past:
        for text in entry.value.splitlines():
            since.setdefault(text, entry.at)
    left = past[-1].value.splitlines() if past else []
    for text, at in since.items():
        thread, closed, *_ = text.split(" · ")
        yield Line(chats.get(thread, thread), epoch(closed.removeprefix("closed ")), at, lost=text not in left)
