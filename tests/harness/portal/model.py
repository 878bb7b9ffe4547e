"""What an account should be, said as simply as can be: tickets and contacts in dicts, associations in a set."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

Values = Mapping[str, str]


@dataclass
class Kind:
    """One type of record, and where the API has it."""

    name: str
    singular: str
    unique: str  # the property whose values name one record
    text: str  # another one
    conflict: int  # the status of a write that wants a unique value which is taken

    @property
    def path(self) -> str:
        """Its operations."""
        return f"/crm/objects/2026-09/{self.name}"


TICKETS = Kind("tickets", "ticket", "chat_thread_id", "subject", 400)
CONTACTS = Kind("contacts", "contact", "email", "firstname", 409)


@dataclass
class Record:
    """One record that was made."""

    id: str
    values: dict[str, str]
    holds: set[str]  # unique values; of a merged contact more than its own
    archived: bool = False
    merged: bool = False  # is part of another one


@dataclass
class Records:
    """All records of one type."""

    kind: Kind
    made: dict[str, Record] = field(default_factory=dict)
    into: dict[str, str] = field(default_factory=dict)  # the id of a merged record to that of the one it is part of

    def named(self, id: str) -> str:
        """The id of the record that answers to an id."""
        while id in self.into:
            id = self.into[id]
        return id

    def live(self, id: str) -> Record | None:
        """The record that answers to an id, unless it is archived."""
        record = self.made.get(self.named(id))
        return None if record is None or record.archived else record

    def all(self, archived: bool = False) -> list[Record]:
        """All records that are live, or all archived ones, oldest first."""
        kept = (record for record in self.made.values() if record.archived == archived and not record.merged)
        return sorted(kept, key=lambda record: record.id)

    def holder(self, value: str) -> Record | None:
        """The record that holds a unique value."""
        return next((record for record in self.all() if value in record.holds), None)

    def conflicts(self, writes: Iterable[tuple[Record | None, Values]]) -> bool:
        """Whether one of these writes, which come together, wants a value that another record has or is to have."""
        claimed: set[str] = set()
        for record, values in writes:
            wanted = values.get(self.kind.unique)
            if not wanted:
                continue
            holder = self.holder(wanted)
            if (holder is not None and holder is not record) or wanted in claimed:
                return True
            claimed.add(wanted)
        return False

    def make(self, id: str, values: Values) -> Record:
        """A new record."""
        record = self.made[id] = Record(id, {}, set())
        self.change(record, values)
        return record

    def change(self, record: Record, values: Values) -> None:
        """Set values of the two properties; an empty one takes the value away."""
        unique = self.kind.unique
        values = {name: value for name, value in values.items() if name in (unique, self.kind.text)}
        if unique in values and values[unique] != record.values.get(unique, ""):
            record.holds.discard(record.values.get(unique, ""))
            record.holds |= {values[unique]} - {""}
        record.values = {name: value for name, value in (record.values | values).items() if value}

    def archive(self, record: Record) -> None:
        """Put one away; what it held is free."""
        record.archived, record.holds = True, set()

    def merge(self, id: str, first: Record, other: Record) -> Record:
        """One new record for two, of which the first one's values count more; a contact keeps both addresses."""
        values = other.values | first.values
        holds = first.holds | other.holds if self.kind is CONTACTS else {values.get(self.kind.unique, "")} - {""}
        for part in (first, other):
            self.archive(part)
            part.merged = True
            self.into[part.id] = id
        merged = self.made[id] = Record(id, values, holds)
        return merged


@dataclass
class Account:
    """Tickets and contacts, and which of them belong together."""

    tickets: Records = field(default_factory=lambda: Records(TICKETS))
    contacts: Records = field(default_factory=lambda: Records(CONTACTS))
    links: set[tuple[str, str]] = field(default_factory=set)  # a ticket's id and a contact's, as they were linked

    def of(self, kind: Kind) -> Records:
        """The records of a type."""
        return self.tickets if kind is TICKETS else self.contacts

    def ends(self, kind: Kind, id: str) -> set[str]:
        """The live records at the other end of one."""
        return {end for mine, end in self._linked(kind) if mine == self.of(kind).named(id)}

    def link(self, ticket: str, contact: str) -> None:
        """Associate two."""
        self.links.add((ticket, contact))

    def separate(self, ticket: str, contact: str) -> None:
        """No longer, under whatever ids it was said."""
        pair = self._pair((ticket, contact))
        self.links = {link for link in self.links if self._pair(link) != pair}

    def _linked(self, kind: Kind) -> Iterator[tuple[str, str]]:
        for ticket, contact in map(self._pair, self.links):
            if self.tickets.live(ticket) and self.contacts.live(contact):
                yield (ticket, contact) if kind is TICKETS else (contact, ticket)

    def _pair(self, link: tuple[str, str]) -> tuple[str, str]:
        return self.tickets.named(link[0]), self.contacts.named(link[1])
