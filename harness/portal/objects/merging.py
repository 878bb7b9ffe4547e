"""How two records become one: whose values it has, and what of both it takes over."""

from harness.portal.associations import writing as associating
from harness.portal.objects import refusals
from harness.portal.objects.rows import Row
from harness.portal.objects.types import COMPANY, CONTACT, TICKET, ObjectType
from harness.portal.world import World

MERGEABLE = (CONTACT, COMPANY, TICKET)  # documented: the types whose specs have the operation
ADDITIONAL = "hs_additional_emails"


def check(type: ObjectType) -> None:
    """Records of this type can be merged, or the refusal."""
    if type not in MERGEABLE:
        raise refusals.not_mergeable(type)


def merge(world: World, type: ObjectType, survivor: Row, other: Row, source: str) -> Row:
    """One record in the place of two. It has an id of its own and answers to both of theirs.

    Documented (changelog "Updated merge functionality for contacts and companies", which says that other types
    were so before): the new id, that the primary record's values are kept, that its associations come first.
    Documented (knowledge base, merge records): a contact keeps both addresses; Merged record IDs names the old ids.
    Guessed: a value that only the other record has is kept; threads name the new contact.
    """
    check(type)
    if survivor is other:
        raise refusals.merged_with_itself(type, survivor.id)
    table, now = world.records.of(type), world.clock.millis()
    parts = (survivor, other)
    former = [id for part in parts for id in (part.id, *table.merged.get(part.id, []))]
    values = table.values(other) | table.values(survivor)
    values = {name: value for name, value in values.items() if name not in table.own}
    addresses = _addresses(table.values(survivor), table.values(other)) if type is CONTACT else []
    values |= {"hs_merged_object_ids": ";".join(former)}
    values |= {ADDITIONAL: ";".join(addresses[1:])} if len(addresses) > 1 else {}
    row = table.merge(parts, values, now, source)
    for address in addresses[1:]:
        table.unique.hold("email", row.id, address)
    world.links.take_over(type.id, (survivor.id, other.id), row.id)
    world.changed(type, row.id, set(table.values(row)))
    _take_threads(world, type, former, row.id)
    return row


def _addresses(*records: dict[str, str]) -> list[str]:
    """A contact's address and the additional ones, the survivor's first."""
    texts = [record.get(name, "") for record in records for name in ("email", ADDITIONAL)]
    return list(dict.fromkeys(address for text in texts for address in text.split(";") if address))


def _take_threads(world: World, type: ObjectType, former: list[str], id: str) -> None:
    if type is CONTACT:
        for thread in world.conversations.threads.values():
            if thread.contact_id in former:
                thread.contact_id = id
    if type is TICKET:
        associating.count_conversations(world, id)
