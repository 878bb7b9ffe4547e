"""The enrolled record as the portal holds it: what a workflow reads of it, and does to it and to others."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from harness.clock import EPOCH, MILLISECOND
from harness.portal import Portal
from harness.portal.associations.kinds import KINDS, Kind
from harness.portal.moments import read_datetime
from harness.portal.objects.types import CONTACT
from harness.portal.refusals import Refusal
from harness.workflow.calendar import zone_of
from harness.workflow.seen import Past, Seen


class RecordFace:
    """The records of one object type, seen from a workflow."""

    def __init__(self, portal: Portal, object_type_id: str) -> None:
        self._portal = portal
        self.object_type_id = object_type_id

    def exists(self, record_id: str) -> bool:
        """Whether it is there under this id: not deleted, nor merged into another."""
        return self._portal.id_of(self.object_type_id, record_id) == record_id

    def all_ids(self) -> list[str]:
        """Every record that is not deleted."""
        return self._portal.ids(self.object_type_id)

    def properties(self, record_id: str) -> dict[str, str]:
        """The record's values; nothing for a record that is gone."""
        return self._portal.values(self.object_type_id, record_id) or {}

    def types(self) -> dict[str, str]:
        """Property name → HubSpot's type; decides which values travel as epoch milliseconds."""
        return self._portal.property_types(self.object_type_id)

    def seen(self, record_id: str) -> Seen:
        """As filters see it, now."""
        return self._seen(self.object_type_id, record_id)

    def ends(self, record_id: str, kind: Kind) -> list[str]:
        """The records associated with it in one way, oldest association first."""
        return self._portal.ends(self.object_type_id, record_id, kind)

    def set(self, type_id: str, record_id: str, name: str, value: str | None, zone: str) -> str:
        """What the portal refuses (a property it does not know, a value it does not take) is a failed action."""
        try:
            fitting = self._fitting(type_id, {name: value}, zone)[name]
            self._portal.set_property(type_id, record_id, name, fitting, source="workflow")
        except Refusal as refusal:
            return f"failed: {refusal.category}"
        return "done"

    def create(self, type_id: str, values: Mapping[str, str | None], ends: list[tuple[Kind, str]], zone: str) -> str:
        """A new record with its associations: all of it or, where the portal refuses, nothing."""
        given = {name: value for name, value in self._fitting(type_id, values, zone).items() if value}
        try:
            self._portal.creates(type_id, given, ends)
        except Refusal as refusal:
            return f"failed: {refusal.category}"
        return "done"

    def associate(self, record_id: str, end_type: str, name: str, value: str) -> int:
        """Associate it with every record of a type that has this value; how many those are."""
        ids = [id for id in self._portal.ids(end_type) if (self._portal.values(end_type, id) or {}).get(name) == value]
        for id in ids:
            self._portal.associates(self.object_type_id, record_id, end_type, id)
        return len(ids)

    def send(self, record_id: str, email_id: str) -> str:
        """HubSpot's own e-mail goes to the record's contact; without one with an address it is skipped."""
        for contact_id in self._contacts(record_id):
            address = (self._portal.values(CONTACT.id, contact_id) or {}).get("email")
            if address:
                self._portal.sends_email(address, email_id, record_id, {})
                return "sent"
        return "skipped: no contact with an e-mail address"

    def _contacts(self, record_id: str) -> list[str]:
        if self.object_type_id == CONTACT.id:
            return [record_id]
        return self._portal.associations(self.object_type_id, record_id, CONTACT.id)

    def _seen(self, type_id: str, record_id: str) -> Seen:
        def past(name: str) -> Past:
            entries = self._portal.past(type_id, record_id, name)
            return [(entry["value"], read_datetime(entry["timestamp"]) or 0) for entry in entries]

        def associated(branch: Mapping[str, Any]) -> Iterable[Seen]:
            kind = KINDS[type_id, branch["objectTypeId"], branch["associationTypeId"]]
            return [self._seen(kind.end, id) for id in self._portal.ends(type_id, record_id, kind)]

        properties = self._portal.values(type_id, record_id) or {}
        return Seen(properties, self._portal.clock.millis(), past, associated)

    def _fitting(self, type_id: str, values: Mapping[str, str | None], zone: str) -> dict[str, str]:
        """Moments for a date property are the day that they fall on in the account (guessed)."""
        types = self._portal.property_types(type_id)
        return {name: _day(value, zone) if types.get(name) == "date" else value or "" for name, value in values.items()}


def _day(value: str | None, zone: str) -> str:
    stamp = read_datetime(value or "")
    if stamp is None:
        return value or ""
    when: datetime = EPOCH + stamp * MILLISECOND
    midnight = when.hour == when.minute == when.second == when.microsecond == 0
    return f"{when if midnight else when.astimezone(zone_of(zone)):%Y-%m-%d}"
