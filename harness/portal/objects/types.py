"""Which kinds of record there are: names, ids, scopes, and what an answer shows when nothing is asked for."""

from dataclasses import dataclass

from harness.portal import refusals


@dataclass(frozen=True, slots=True)
class ObjectType:
    """One kind of record."""

    id: str  # documented: the object type ids of the CRM docs
    name: str
    singular: str
    read_scope: str  # documented: the most specific spec of the type
    write_scope: str
    shown: tuple[str, ...]  # what an answer shows by default (documented: the type's guide)
    first_id: int  # ours; each type counts from its own number, so that a mixed-up id is noticed
    created: str = "createdate"
    modified: str = "hs_lastmodifieddate"
    public: bool = True  # false: it has properties, but no record can be read or written by API

    @property
    def label(self) -> str:
        """The name as HubSpot's messages write it."""
        return self.singular.upper()


CONTACT = ObjectType(
    "0-1",
    "contacts",
    "contact",
    "crm.objects.contacts.read",
    "crm.objects.contacts.write",
    ("createdate", "email", "firstname", "hs_object_id", "lastmodifieddate", "lastname"),
    51_000_001,
    modified="lastmodifieddate",
)
COMPANY = ObjectType(
    "0-2",
    "companies",
    "company",
    "crm.objects.companies.read",
    "crm.objects.companies.write",
    ("createdate", "domain", "hs_lastmodifieddate", "hs_object_id", "name"),
    72_000_001,
)
TICKET = ObjectType(
    "0-5",
    "tickets",
    "ticket",
    "tickets",
    "tickets",
    (
        "content",
        "createdate",
        "hs_lastmodifieddate",
        "hs_object_id",
        "hs_pipeline",
        "hs_pipeline_stage",
        "hs_ticket_category",
        "hs_ticket_priority",
        "subject",
    ),
    90_000_001,
)
NOTE = ObjectType(
    "0-46",
    "notes",
    "note",
    "crm.objects.contacts.read",
    "crm.objects.contacts.write",
    ("hs_createdate", "hs_lastmodifieddate", "hs_object_id"),
    38_000_001,
    created="hs_createdate",
)
# Seen by others: its properties can be read, GET /crm/v3/objects/conversations is a 404.
CONVERSATION = ObjectType(
    "0-11",
    "conversations",
    "conversation",
    "conversations.read",
    "conversations.write",
    ("hs_object_id",),
    445_000_001,
    created="hs_createdate",
    public=False,
)

TYPES = (CONTACT, COMPANY, TICKET, NOTE, CONVERSATION)
_BY_NAME = {name: t for t in TYPES for name in (t.id, t.name, t.singular)}


_ELSEWHERE = {
    "0-3": "deals",
    "0-7": "products",
    "0-8": "line_items",
    "0-14": "quotes",
    "0-18": "communications",
    "0-27": "tasks",
    "0-47": "meetings",
    "0-48": "calls",
    "0-49": "emails",
    "0-136": "leads",
}
"""HubSpot's types that this portal has no records of (documented: the object type ids of the CRM docs)."""


def find(name: str) -> ObjectType:
    """The type by its id, plural or singular, in any case; HubSpot's 400 for a name that it does not know either."""
    found = _BY_NAME.get(name.lower())
    if found is None and name.lower() in {*_ELSEWHERE, *_ELSEWHERE.values(), *(n[:-1] for n in _ELSEWHERE.values())}:
        here = ", ".join(type.name for type in TYPES if type.public)
        raise refusals.not_emulated(f"records of the type {name.lower()}: it has {here}")
    if found is None:
        raise refusals.validation(f"Unable to infer object type from: {name[:100]}")
    return found


def find_public(name: str) -> ObjectType:
    """The type, if its records can be reached by API."""
    found = find(name)
    if not found.public:
        raise refusals.not_found(f"Object type {found.name} has no records that this API can reach")
    return found
