"""How records are associated, inline while one is made or afterwards, and what follows for a ticket."""

from collections.abc import Sequence
from typing import Any

from harness.portal import refusals as shared
from harness.portal.associations import refusals
from harness.portal.associations.kinds import KINDS, THREAD_KINDS, Kind
from harness.portal.call import list_of, object_of, text_of
from harness.portal.objects.types import COMPANY, CONTACT, CONVERSATION, TICKET, ObjectType, find
from harness.portal.world import World

Ends = list[tuple[Kind, str]]
PRIMARY_COMPANY = KINDS[CONTACT.id, COMPANY.id, 1]
CATEGORIES = ("HUBSPOT_DEFINED", "USER_DEFINED", "INTEGRATOR_DEFINED", "WORK")


def resolve(world: World, type: ObjectType, associations: Sequence[Any]) -> Ends:
    """The associations asked for inline, each with an other end that exists."""
    ends: Ends = []
    for given in associations:
        if not isinstance(given, dict):
            raise shared.bad_json("expected each association to be an object")
        to = text_of(object_of(given, "to", "an association"), "id", "an association's to")
        specs = list_of(given, "types", "an association")
        if not specs:
            raise shared.missing_keys("an association", ["types"])
        for id in kind_ids(specs):
            kind = _kind_from(type, id)
            if not exists(world, kind, to):
                raise refusals.no_such_end(kind.end, to, id)
            ends.append((kind, to))
    return ends


def kind_ids(specs: Sequence[Any]) -> list[int]:
    """The type ids of a list of association specs, of which only HubSpot's own are known here."""
    ids = []
    for spec in specs:
        if not isinstance(spec, dict):
            raise shared.bad_json("expected each association type to be an object")
        id, category = spec.get("associationTypeId"), spec.get("associationCategory")
        if category not in CATEGORIES:
            raise shared.validation(f"associationCategory must be one of {', '.join(CATEGORIES)}")
        if isinstance(id, bool) or not isinstance(id, int):
            raise shared.bad_json("expected associationTypeId to be a whole number")
        if category != "HUBSPOT_DEFINED":
            raise shared.not_emulated(f"association category {category}", ["HUBSPOT_DEFINED"])
        ids.append(id)
    return ids


def kind(start: ObjectType, end: ObjectType, id: int) -> Kind:
    """The association type between two types of record, or the refusal."""
    found = KINDS.get((start.id, end.id, id))
    if found is None:
        raise refusals.wrong_kind(start, end.name, id)
    return found


def exists(world: World, kind: Kind, id: str, start: bool = False) -> bool:
    """Whether the other end of an association, or this one, is there."""
    type_id = kind.start if start else kind.end
    if type_id == CONVERSATION.id and kind.id in THREAD_KINDS:
        return id in world.conversations.threads
    return world.records.of(find(type_id)).live(id) is not None


def named(world: World, type_id: str, id: str) -> str:
    """The id under which associations are kept: that of the record, where it was merged into another."""
    row = world.records.of(find(type_id)).rows.get(id)
    return row.id if row is not None else id


def link(world: World, kind: Kind, start: str, end: str) -> None:
    """Associate two records that exist; once more is no change."""
    start, end = named(world, kind.start, start), named(world, kind.end, end)
    if world.links.add(kind, start, end):
        _follow(world, (kind.start, start), (kind.end, end))


def link_all(world: World, type: ObjectType, id: str, ends: Ends) -> None:
    """Make the associations of a new record."""
    for kind, end in ends:
        link(world, kind, id, end)


def unlink(world: World, start: ObjectType, start_id: str, end: ObjectType, end_id: str) -> None:
    """Take every association between two records away."""
    start_id, end_id = named(world, start.id, start_id), named(world, end.id, end_id)
    world.links.remove(start.id, start_id, end.id, end_id)
    _follow(world, (start.id, start_id), (end.id, end_id))


def drop(world: World, kind: Kind, start: str, end: str) -> None:
    """Take one type of association between two records away."""
    start, end = named(world, kind.start, start), named(world, kind.end, end)
    if world.links.drop(kind, start, end):
        _follow(world, (kind.start, start), (kind.end, end))


def _follow(world: World, *ends: tuple[str, str]) -> None:
    """The properties that say what a record is associated with."""
    types = {type_id for type_id, _ in ends}
    for type_id, id in ends:
        if type_id == TICKET.id and CONVERSATION.id in types and id in world.records.of(TICKET).rows:
            count_conversations(world, id)
        if type_id == CONTACT.id and COMPANY.id in types and id in world.records.of(CONTACT).rows:
            _name_company(world, id)


def _name_company(world: World, contact_id: str) -> None:
    """A contact names its primary company (documented: associatedcompanyid); without one, none (guessed)."""
    table = world.records.of(CONTACT)
    values = {"associatedcompanyid": world.links.single(PRIMARY_COMPANY, contact_id)}
    changed = table.change(table.rows[contact_id], values, world.clock.millis(), "CALCULATED")
    world.changed(CONTACT, contact_id, changed)


def count_conversations(world: World, ticket_id: str) -> None:
    """A ticket counts its conversations (seen in dumps of real accounts; when it counts is guessed)."""
    table = world.records.of(TICKET)
    count = str(len(world.links.ends(TICKET.id, ticket_id, CONVERSATION.id)))
    changed = table.change(
        table.rows[ticket_id], {"hs_num_associated_conversations": count}, world.clock.millis(), "CALCULATED"
    )
    world.changed(TICKET, ticket_id, changed)


def _kind_from(type: ObjectType, id: int) -> Kind:
    for (start, _, kind_id), found in KINDS.items():
        if start == type.id and kind_id == id:
            return found
    raise refusals.wrong_kind(type, "any type", id)
