"""How a record is made, changed and archived: everything is checked before anything is written."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from harness.portal.associations import writing as associating
from harness.portal.moments import read_datetime
from harness.portal.objects import refusals, tickets
from harness.portal.objects.records import Row, Table
from harness.portal.objects.refusals import BadProperty
from harness.portal.objects.types import CONTACT, NOTE, TICKET, ObjectType
from harness.portal.objects.values import BadValue, checked
from harness.portal.world import World

# Where a value came from, as property history names it (documented values; which of them is guessed).
API, REP, WORKFLOW, HUBSPOT = "INTEGRATION", "CRM_UI", "AUTOMATION_PLATFORM", "CALCULATED"

# Documented: a note's time, on every version; a ticket's subject and stage. HubSpot's own CLI says that a
# ticket needs its subject only, so both are enforced only where required fields are: on the dated versions.
ALWAYS_REQUIRED = {NOTE.id: ("hs_timestamp",)}
DATED_REQUIRED = {TICKET.id: ("subject", "hs_pipeline_stage")}


@dataclass(frozen=True, slots=True)
class Writer:
    """Who writes, and how strictly it is checked."""

    source: str = API
    trusted: bool = False  # may set what is read-only: seeds, and HubSpot itself
    strict: bool = False  # required fields are enforced: the dated versions


BY_API = Writer()
BY_HUBSPOT = Writer(HUBSPOT, trusted=True)


def create(
    world: World,
    type: ObjectType,
    raw: Mapping[str, Any],
    associations: Sequence[Any] = (),
    writer: Writer = BY_API,
) -> Row:
    """A new record with its associations: all of it or nothing."""
    table, now = world.records.of(type), world.clock.millis()
    values = _checked(world, type, raw, writer)
    _require(type, _required(world, type, writer), values)
    born = read_datetime(values.pop(type.created, None) or "") or now
    derived = _derived(world, type, lambda _: None, values, now)
    _refuse_taken(world, type, values, None)
    ends = associating.resolve(world, type, associations)
    row = table.add({**derived, **values}, born, writer.source)
    row.updated = max(born, now)
    world.changed(type, row.id, set(table.values(row)))
    associating.link_all(world, type, row.id, ends)
    return row


def update(
    world: World,
    type: ObjectType,
    row: Row,
    raw: Mapping[str, Any],
    writer: Writer = BY_API,
) -> set[str]:
    """Change a record; returns the names whose value is now another."""
    table, now = world.records.of(type), world.clock.millis()
    values = _checked(world, type, raw, writer)
    _require(type, _required(world, type, writer) & values.keys(), values)
    if values.get(type.created):
        row.created = read_datetime(values.pop(type.created) or "") or row.created
    derived = _derived(world, type, lambda name: table.value(row, name), values, now)
    _refuse_taken(world, type, values, row)
    changed = table.change(row, values, now, writer.source)
    changed |= table.change(row, {n: v for n, v in derived.items() if n not in changed}, now, HUBSPOT)
    world.changed(type, row.id, changed)
    return changed


def archive(world: World, type: ObjectType, row: Row) -> None:
    """Put a record away."""
    world.records.of(type).archive(row, world.clock.millis())
    world.changed(type, row.id, {"hs_archived"})


def find(world: World, type: ObjectType, id: str, id_property: str = "", archived: bool = False) -> Row:
    """A record by its id or by a unique value, or the refusal."""
    row = lookup(world, type, id, id_property, archived)
    if row is None:
        raise refusals.no_such_record(type, id, id_property)
    return row


def lookup(world: World, type: ObjectType, id: str, id_property: str = "", archived: bool = False) -> Row | None:
    """A record by its id or by a unique value, if there is one."""
    table: Table = world.records.of(type)
    if id_property and id_property != "hs_object_id":
        if not table.is_unique(id_property):
            raise refusals.not_unique(type, id_property)
        return table.holder(id_property, id.lower() if id_property == "email" else id)
    row = table.rows.get(id)
    return row if row is not None and (row.archived_at is not None) == archived else None


def _checked(world: World, type: ObjectType, raw: Mapping[str, Any], writer: Writer) -> dict[str, str | None]:
    values: dict[str, str | None] = {}
    problems: list[BadProperty] = []
    for name, given in raw.items():
        definition = world.definitions.get(type, name)
        if definition is None:
            problems.append(refusals.unknown_property(name))
        elif definition.read_only and not writer.trusted:
            problems.append(refusals.read_only(name))
        else:
            try:
                values[name] = checked(definition, given)
            except BadValue as bad:
                problems.append(BadProperty(name, bad.code, bad.message))
    problems += _bad_owner(world, values)
    if problems:
        raise refusals.bad_properties(problems, world.account.portal_id)
    return values


def _bad_owner(world: World, values: Mapping[str, str | None]) -> list[BadProperty]:
    """An owner must be there and active (that a deactivated one is refused is guessed)."""
    id = values.get("hubspot_owner_id")
    if not id:
        return []
    owner = world.owners.get(id)
    if owner and not owner.archived:
        return []
    message = f"Owner {id[:30]} does not exist or is not active"
    return [BadProperty("hubspot_owner_id", "INVALID_OWNER_ID", message)]


def _required(world: World, type: ObjectType, writer: Writer) -> set[str]:
    """What must have a value; a seed may leave anything out."""
    if writer.trusted:
        return set()
    names = {*ALWAYS_REQUIRED.get(type.id, ())}
    if writer.strict:
        names |= {*DATED_REQUIRED.get(type.id, ()), *world.required.get(type.id, ())}
    return names


def _require(type: ObjectType, names: set[str], values: Mapping[str, str | None]) -> None:
    missing = sorted(name for name in names if not values.get(name))
    if missing:
        raise refusals.required(type, missing)


def _derived(
    world: World, type: ObjectType, read: tickets.Read, values: dict[str, str | None], now: int
) -> dict[str, str | None]:
    if type is not TICKET:
        return {}
    place, problems = tickets.placed(world.pipelines, read, values)
    if problems:
        raise refusals.bad_properties(problems, world.account.portal_id)
    for name in place:
        if name in values:  # a stage or pipeline cannot be emptied
            values[name] = place[name]
    return {**place, **tickets.closing(world.pipelines, read, place, now)}


def _refuse_taken(world: World, type: ObjectType, values: Mapping[str, str | None], row: Row | None) -> None:
    table = world.records.of(type)
    problems = []
    for name in table.unique_names():
        value = values.get(name)
        holder = table.holder(name, value) if value else None
        if holder is None or holder is row:
            continue
        if (type, name) == (CONTACT, "email"):
            raise refusals.contact_exists(holder.id)
        problems.append(refusals.taken(type, name, holder.id, world.account.portal_id))
    if problems:
        raise refusals.bad_properties(problems, world.account.portal_id)
