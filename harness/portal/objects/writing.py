"""How a record is made, changed and archived: everything is checked before anything is written."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from harness.portal.associations import writing as associating
from harness.portal.moments import read_datetime
from harness.portal.objects import checks, refusals, tickets
from harness.portal.objects.checks import Claims
from harness.portal.objects.records import Table
from harness.portal.objects.rows import Row
from harness.portal.objects.types import TICKET, ObjectType
from harness.portal.rules import checks as rules
from harness.portal.world import World

# Where a value came from, as property history names it (documented values; which of them is guessed).
API, REP, WORKFLOW, HUBSPOT = "INTEGRATION", "CRM_UI", "AUTOMATION_PLATFORM", "CALCULATED"


@dataclass(frozen=True, slots=True)
class Writer:
    """Who writes, and how strictly it is checked."""

    source: str = API
    trusted: bool = False  # may set what is read-only: seeds, and HubSpot itself
    strict: bool = False  # the account's rules are enforced: the dated versions


BY_API = Writer()
BY_HUBSPOT = Writer(HUBSPOT, trusted=True)


@dataclass(slots=True)
class Plan:
    """A write that is known to be acceptable."""

    type: ObjectType
    row: Row | None  # None: a new record
    values: dict[str, str | None]
    derived: dict[str, str | None]
    source: str
    born: int | None = None
    ends: associating.Ends = field(default_factory=list)
    changed: set[str] = field(default_factory=set)


def create(
    world: World,
    type: ObjectType,
    raw: Mapping[str, Any],
    associations: Sequence[Any] = (),
    writer: Writer = BY_API,
) -> Row:
    """A new record with its associations: all of it or nothing."""
    return carry_out(world, plan(world, type, None, raw, writer, associations))


def update(world: World, type: ObjectType, row: Row, raw: Mapping[str, Any], writer: Writer = BY_API) -> set[str]:
    """Change a record; returns the names whose value is now another."""
    change = plan(world, type, row, raw, writer)
    carry_out(world, change)
    return change.changed


def plan(
    world: World,
    type: ObjectType,
    row: Row | None,
    raw: Mapping[str, Any],
    writer: Writer = BY_API,
    associations: Sequence[Any] = (),
    claims: Claims | None = None,
) -> Plan:
    """What a write will do, or the refusal; `claims` are unique values that others of the same batch will have."""
    table, now = world.records.of(type), world.clock.millis()

    def read(name: str) -> str | None:
        return table.value(row, name) if row is not None else None

    values, problems = checks.values(world, type, raw, writer.trusted)
    if writer.strict:
        problems += rules.bad_forms(world.rules, type, values, now)
    _refuse(world, problems)
    if not writer.trusted:
        checks.required(world, type, values, read, row is None, writer.strict)
    born = read_datetime(values.pop(type.created, None) or "")
    derived = _derived(world, type, read, values, now)
    if writer.strict and row is None:
        _refuse(world, rules.bad_stage(world.rules, type, derived))
    checks.taken(world, type, values, row, claims or {})
    ends = associating.resolve(world, type, associations)
    return Plan(type, row, values, derived, writer.source, born, ends)


def carry_out(world: World, plan: Plan) -> Row:
    """Do what was planned."""
    table, now = world.records.of(plan.type), world.clock.millis()
    row = plan.row
    if row is None:
        born = now if plan.born is None else plan.born
        row = table.add({**plan.derived, **plan.values}, born, max(born, now), plan.source)
        plan.changed = set(table.values(row))
    else:
        if plan.born is not None:
            table.born(row, plan.born)
        plan.changed = table.change(row, plan.values, now, plan.source)
        derived = {name: value for name, value in plan.derived.items() if name not in plan.changed}
        plan.changed |= table.change(row, derived, now, HUBSPOT)
    world.changed(plan.type, row.id, plan.changed)
    associating.link_all(world, plan.type, row.id, plan.ends)
    return row


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
        if not table.unique.has(id_property):
            raise refusals.not_unique(type, id_property)
        return table.holder(id_property, id.lower() if id_property == "email" else id)
    row = table.rows.get(id)
    return row if row is not None and (row.archived_at is not None) == archived else None


def _refuse(world: World, problems: Sequence[refusals.BadProperty]) -> None:
    if problems:
        raise refusals.bad_properties(problems, world.account.portal_id)


def _derived(
    world: World, type: ObjectType, read: tickets.Read, values: dict[str, str | None], now: int
) -> dict[str, str | None]:
    if type is not TICKET:
        return {}
    place, problems = tickets.placed(world.pipelines, read, values)
    _refuse(world, problems)
    if not place:
        return {}
    for name in place:
        if name in values:  # a stage or pipeline cannot be emptied
            values[name] = place[name]
    return {**place, **tickets.closing(world.pipelines, read, place, now)}
