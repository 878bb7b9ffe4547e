"""The enrolled record as the portal holds it: what a workflow reads of it, and does to it."""

from harness.portal import Portal
from harness.portal.refusals import Refusal
from harness.workflow.steps import SendEmail, SetProperty

CONTACT = "0-1"


class RecordFace:
    """The records of one object type, seen from a workflow."""

    def __init__(self, portal: Portal, object_type_id: str) -> None:
        self._portal = portal
        self._type = object_type_id

    def exists(self, record_id: str) -> bool:
        record = self._portal.record(self._type, record_id)
        return record is not None and not record.archived

    def all_ids(self) -> list[str]:
        return [record.id for record in self._portal.records(self._type)]

    def properties(self, record_id: str) -> dict[str, str]:
        """The record's values; nothing for a record that is gone."""
        record = self._portal.record(self._type, record_id)
        return {} if record is None or record.archived else record.properties

    def types(self) -> dict[str, str]:
        """Property name → HubSpot's type; decides which values travel as epoch milliseconds."""
        return self._portal.property_types(self._type)

    def set(self, record_id: str, deed: SetProperty) -> str:
        """What the portal refuses (a property it does not know, a value it does not take) is a failed action."""
        try:
            self._portal.set_property(self._type, record_id, deed.name, deed.value or "", source="workflow")
        except Refusal as refusal:
            return f"failed: {refusal.category}"
        return "done"

    def send(self, record_id: str, deed: SendEmail) -> str:
        """HubSpot's own e-mail goes to the record's contact; without one with an address it is skipped."""
        for contact_id in self._contacts(record_id):
            contact = self._portal.record(CONTACT, contact_id)
            if contact is None or contact.archived or not contact.properties.get("email"):
                continue
            self._portal.sends_email(contact.properties["email"], deed.email_id, record_id, {})
            return "sent"
        return "skipped: no contact with an e-mail address"

    def _contacts(self, record_id: str) -> list[str]:
        if self._type == CONTACT:
            return [record_id]
        return self._portal.associations(self._type, record_id, CONTACT)
