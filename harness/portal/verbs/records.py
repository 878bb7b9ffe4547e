"""What happens to records without the API: reps and workflows make, change, close and delete them."""

from collections.abc import Sequence
from dataclasses import dataclass

from harness.portal.associations import writing as associating
from harness.portal.associations.kinds import DEFAULTS, KINDS, THREAD_KINDS, Kind
from harness.portal.chat import Chat
from harness.portal.conversations import acts
from harness.portal.objects import merging, views, writing
from harness.portal.objects.rows import Row
from harness.portal.objects.types import COMPANY, CONTACT, CONVERSATION, TICKET, ObjectType, find
from harness.portal.objects.writing import Writer
from harness.portal.world import World

BY_REP = Writer(writing.REP, trusted=True)
SOURCES = {"workflow": writing.WORKFLOW, "rep": writing.REP, "api": writing.API, "hubspot": writing.HUBSPOT}


@dataclass(frozen=True, slots=True)
class Record:
    """A record as it was when asked for."""

    id: str
    object_type: str  # its type's id: 0-5
    properties: dict[str, str]
    archived: bool
    history: dict[str, list[dict[str, str]]]  # newest first


class Records:
    """Verbs on records. Times come from the clock."""

    world: World

    def has_contact(self, email: str | None = None, **properties: str) -> str:
        """A contact."""
        given = {**properties, **({"email": email} if email else {})}
        return self._create(CONTACT, given)

    def has_company(self, name: str, contacts: Sequence[str] = ()) -> str:
        """A company, the primary one of these contacts."""
        with self.world.act():
            id = self._create(COMPANY, {"name": name})
            for contact in contacts:
                associating.link(self.world, KINDS[CONTACT.id, COMPANY.id, 1], contact, id)
        return id

    def has_ticket(
        self,
        subject: str,
        *,
        contact: str | None = None,
        thread: "Chat | str | None" = None,
        company: str | None = None,
        by_rep: bool = True,
        **properties: str,
    ) -> str:
        """A ticket, made by a rep in HubSpot's own screens, or else by some integration."""
        thread_id = thread.id if isinstance(thread, Chat) else thread
        given: dict[str, str] = {"subject": subject}
        if thread_id and by_rep:
            given |= {"source_type": "CHAT", **acts.originating(self.world.conversations.threads[thread_id])}
        ends = [(16, CONTACT, contact), (26, COMPANY, company), (32, CONVERSATION, thread_id)]
        with self.world.act():
            writer = Writer(writing.REP if by_rep else writing.API, trusted=True)
            id = self._create(TICKET, {**given, **properties}, writer)
            for kind, type, end in ends:
                if end:
                    associating.link(self.world, KINDS[TICKET.id, type.id, kind], id, end)
        return id

    def close_ticket(self, id: str) -> None:
        """A rep closes a ticket: the first closed stage of its pipeline."""
        with self.world.act():
            row = writing.find(self.world, TICKET, id)
            pipeline = self.world.records.of(TICKET).value(row, "hs_pipeline") or "0"
            stages = self.world.pipelines.tickets[pipeline].stages
            self.move_ticket(id, next(stage.id for stage in stages if stage.state == "CLOSED"))

    def move_ticket(self, id: str, stage: str) -> None:
        """A rep moves a ticket to another stage."""
        self.set_property("tickets", id, "hs_pipeline_stage", stage, source="rep")

    def archive_ticket(self, id: str) -> None:
        """A rep deletes a ticket."""
        with self.world.act():
            writing.archive(self.world, TICKET, writing.find(self.world, TICKET, id))

    def merge_tickets(self, survivor: str, other: str) -> str:
        """A rep merges two tickets; returns the id of the one there is now, which answers to both."""
        return self._merge(TICKET, survivor, other)

    def merge_contacts(self, survivor: str, other: str) -> str:
        """A rep merges two contacts; returns the id of the one there is now, which answers to both."""
        return self._merge(CONTACT, survivor, other)

    def set_property(self, object_type: str, id: str, name: str, value: str, source: str = "workflow") -> None:
        """Somebody sets a value: a workflow, a rep, the api, or hubspot, which alone may set what is read-only."""
        type = find(object_type)
        with self.world.act():
            row = writing.find(self.world, type, id)
            writer = Writer(SOURCES[source], trusted=source == "hubspot")
            writing.update(self.world, type, row, {name: value}, writer)

    def property_types(self, object_type: str) -> dict[str, str]:
        """Property name to HubSpot's type: string, number, datetime, ..."""
        return {found.name: found.type for found in self.world.definitions.all(find(object_type))}

    def record(self, object_type: str, id: str) -> Record | None:
        """A record as it is now, archived or not."""
        type = find(object_type)
        with self.world.act():
            row = self.world.records.of(type).rows.get(id)
            return self._record(type, row) if row else None

    def records(self, object_type: str) -> list[Record]:
        """All records of a type that are not archived, oldest first."""
        type = find(object_type)
        with self.world.act():
            table = self.world.records.of(type)
            return [self._record(type, table.rows[id]) for id in table.ids]

    def ids(self, object_type: str) -> list[str]:
        """The ids of all records of a type that are not archived, oldest first."""
        with self.world.act():
            return list(self.world.records.of(find(object_type)).ids)

    def values(self, object_type: str, id: str) -> dict[str, str] | None:
        """A record's values as they are now; None when there is none, or it is archived."""
        with self.world.act():
            table = self.world.records.of(find(object_type))
            row = table.live(id)
            return table.values(row) if row is not None else None

    def id_of(self, object_type: str, id: str) -> str | None:
        """The id of the record that answers to an id now, another one after a merge; None for none that is live."""
        with self.world.act():
            row = self.world.records.of(find(object_type)).live(id)
            return row.id if row is not None else None

    def past(self, object_type: str, id: str, name: str) -> list[dict[str, str]]:
        """Every value that a property of a record has had, newest first."""
        type = find(object_type)
        with self.world.act():
            row = self.world.records.of(type).rows.get(id)
            return views.history(self.world, type, row, name) if row is not None else []

    def ends(self, object_type: str, id: str, kind: Kind) -> list[str]:
        """The ids of the live records associated with one in one way, oldest association first."""
        start, end = find(object_type), find(kind.end)
        threads = self.world.conversations.threads
        with self.world.act():
            ends = views.live_ends(self.world, start, self._end(kind, id, start=True), end)
            found = [other for other, ids in ends.items() if kind.id in ids]
        return [threads[other].record_id if other in threads else other for other in found]

    def creates(self, object_type: str, properties: dict[str, str], ends: Sequence[tuple[Kind, str]]) -> str:
        """A workflow makes a record with its associations, all of it or nothing."""
        type = find(object_type)
        with self.world.act():
            id = writing.create(self.world, type, properties, writer=Writer(writing.WORKFLOW)).id
            for kind, other in ends:
                associating.link(self.world, kind, id, self._end(kind, other))
        return id

    def associates(self, object_type: str, id: str, to_type: str, other: str) -> None:
        """A workflow associates two records, as the default of their types."""
        kind = DEFAULTS[find(object_type).id, find(to_type).id]
        with self.world.act():
            associating.link(self.world, kind, self._end(kind, id, start=True), self._end(kind, other))

    def associations(self, from_type: str, id: str, to_type: str) -> list[str]:
        """The ids of the records associated with one that are not archived, oldest association first."""
        start = find(from_type)
        if start is CONVERSATION:  # its associations go by thread id
            id = self.world.conversations.by_record.get(id, id)
        with self.world.act():
            return list(views.live_ends(self.world, start, id, find(to_type)))

    def _end(self, kind: Kind, id: str, *, start: bool = False) -> str:
        """A conversation is known to some of its associations by its thread's id."""
        by_thread = (kind.start if start else kind.end) == CONVERSATION.id and kind.id in THREAD_KINDS
        return self.world.conversations.by_record.get(id, id) if by_thread else id

    def _create(self, type: ObjectType, properties: dict[str, str], writer: Writer = BY_REP) -> str:
        with self.world.act():
            return writing.create(self.world, type, properties, writer=writer).id

    def _merge(self, type: ObjectType, survivor: str, other: str) -> str:
        with self.world.act():
            rows = [writing.find(self.world, type, id) for id in (survivor, other)]
            return merging.merge(self.world, type, rows[0], rows[1], writing.REP).id

    def _record(self, type: ObjectType, row: Row) -> Record:
        table = self.world.records.of(type)
        properties = table.values(row)
        names = dict.fromkeys([*properties, *(entry.name for entry in row.past or ())])
        history = {name: views.history(self.world, type, row, name) for name in names}
        return Record(row.id, type.id, properties, row.archived_at is not None, history)
