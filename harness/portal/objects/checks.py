"""Whether a write is acceptable: every property by itself, then the account's rules, then unique values."""

from collections.abc import Callable, Mapping
from typing import Any

from harness.portal import refusals as shared
from harness.portal.objects import refusals
from harness.portal.objects.refusals import BadProperty
from harness.portal.objects.rows import Row
from harness.portal.objects.types import CONTACT, ObjectType
from harness.portal.objects.values import BadValue, checked
from harness.portal.rules import checks as rules
from harness.portal.world import World

MOST_NAMES = 1_000  # properties that one write names; guessed
Given = dict[str, str | None]
Claims = dict[tuple[str, str], str]  # unique values that earlier inputs of a batch will have


def values(world: World, type: ObjectType, raw: Mapping[str, Any], trusted: bool) -> tuple[Given, list[BadProperty]]:
    """The values as HubSpot stores them, and what is wrong with the others."""
    if len(raw) > MOST_NAMES:
        raise shared.validation(f"A record is written with at most {MOST_NAMES} properties, found {len(raw)}")
    good: Given = {}
    problems: list[BadProperty] = []
    for name, given in raw.items():
        definition = world.definitions.get(type, name)
        if definition is None:
            problems.append(refusals.unknown_property(name))
        elif definition.read_only and not trusted:
            problems.append(refusals.read_only(name))
        else:
            try:
                good[name] = checked(definition, given)
            except BadValue as bad:
                problems.append(BadProperty(name, bad.code, bad.message))
    return good, problems + _bad_owner(world, good)


def required(
    world: World, type: ObjectType, given: Given, read: Callable[[str], str | None], new: bool, dated: bool
) -> None:
    """What must have a value has one."""

    def after(name: str) -> str | None:
        return given[name] if name in given else read(name)

    missing = rules.missing(world.rules, type, given, after, new, dated)
    if missing:
        raise refusals.required(type, missing, new)


def taken(world: World, type: ObjectType, given: Given, row: Row | None, claims: Claims) -> None:
    """No other record has, or will have, one of the unique values."""
    table = world.records.of(type)
    problems = []
    for name in table.unique.names():
        value = given.get(name)
        if not value:
            continue
        holder = table.holder(name, value)
        id = holder.id if holder is not None and holder is not row else claims.get((name, value), "")
        if id and (type, name) == (CONTACT, "email"):
            raise refusals.contact_exists(id)
        if id:
            problems.append(refusals.taken(type, name, id, world.account.portal_id))
    if problems:
        raise refusals.bad_properties(problems, world.account.portal_id)


def _bad_owner(world: World, given: Given) -> list[BadProperty]:
    """An owner must be there and active (that a deactivated one is refused is guessed)."""
    id = given.get("hubspot_owner_id")
    if not id:
        return []
    owner = world.owners.get(id)
    if owner and not owner.archived:
        return []
    message = f"Owner {id[:30]} does not exist or is not active"
    return [BadProperty("hubspot_owner_id", "INVALID_OWNER_ID", message)]
