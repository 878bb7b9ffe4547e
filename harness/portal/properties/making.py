"""How a property definition is made: what its body must say, and which combinations HubSpot takes."""

import re
from dataclasses import replace
from typing import Any

from harness.portal import refusals as shared
from harness.portal.call import list_of, text_of
from harness.portal.objects.types import ObjectType
from harness.portal.properties import refusals
from harness.portal.properties.definitions import UNIQUE_LIMIT, Definition
from harness.portal.world import World

# Which field types a type can be shown as. Documented: that pairs are checked, and the docs' table of them.
PAIRS = {
    "string": ("text", "textarea", "html", "file", "phonenumber", "calculation_equation"),
    "number": ("number", "calculation_equation"),
    "date": ("date",),
    "datetime": ("date",),
    "bool": ("booleancheckbox", "calculation_equation"),
    "enumeration": ("select", "radio", "checkbox", "booleancheckbox", "calculation_equation"),
    "phone_number": ("phonenumber",),
}
REQUIRED = ("name", "label", "type", "fieldType", "groupName")


def create(world: World, type: ObjectType, body: dict[str, Any]) -> Definition:
    """Add a definition to the account, or the refusal."""
    missing = [key for key in REQUIRED if not body.get(key)]
    if missing:
        raise shared.missing_keys("the property", missing)
    name = text_of(body, "name", "the property")
    if world.definitions.get_archived(type, name):
        raise refusals.archived(name)
    if world.definitions.get(type, name):
        raise refusals.exists(type, name)
    definition = _definition(world, type, name, body)
    world.definitions.put(type, definition)
    if definition.unique:
        world.records.of(type).make_unique(name)
    return definition


def change(world: World, type: ObjectType, before: Definition, body: dict[str, Any]) -> Definition:
    """A definition with what is given changed; its name and whether it is unique never change (documented)."""
    kind, field_type = str(body.get("type") or before.type), str(body.get("fieldType") or before.field_type)
    _check_pair(before.name, kind, field_type)
    group = str(body.get("groupName") or before.group)
    if world.definitions.group(type, group) is None:
        raise refusals.no_such_group(group, 400)
    options = before.options
    if body.get("options") is not None:
        options = _options(before.name, kind, list_of(body, "options", "the property"))
    after = replace(
        before,
        type=kind,
        field_type=field_type,
        group=group,
        options=options,
        label=str(body.get("label") or before.label),
        description=str(body.get("description", before.description) or ""),
        hidden=_bool(body, "hidden", before.hidden),
        form_field=_bool(body, "formField", before.form_field),
        display_order=_order(body, before.display_order),
        updated=world.clock.millis(),
    )
    world.definitions.put(type, after)
    world.records.of(type).redefined()
    return after


def _check_pair(name: str, kind: str, field_type: str) -> None:
    if field_type not in PAIRS.get(kind, ()):
        raise refusals.bad(name, f"Property type {kind[:40]} does not go with field type {field_type[:40]}")


def _bool(body: dict[str, Any], name: str, otherwise: bool) -> bool:
    value = body.get(name)
    return value if isinstance(value, bool) else otherwise


def _order(body: dict[str, Any], otherwise: int = -1) -> int:
    value = body.get("displayOrder")
    return value if isinstance(value, int) and not isinstance(value, bool) else otherwise


def _definition(world: World, type: ObjectType, name: str, body: dict[str, Any]) -> Definition:
    if not re.fullmatch(r"[a-z][a-z0-9_]{0,99}", name) or name.startswith("hs_"):
        raise refusals.bad(name, "A name takes lower-case letters, digits and _, and does not begin with hs_")
    kind, field_type = str(body["type"]), str(body["fieldType"])
    _check_pair(name, kind, field_type)
    group = str(body["groupName"])
    if world.definitions.group(type, group) is None:
        raise refusals.no_such_group(group, 400)
    unique = body.get("hasUniqueValue") is True
    if unique and kind not in ("string", "number"):
        raise refusals.bad(name, f"A property of type {kind} cannot be unique")  # guessed
    if unique and world.definitions.unique_count(type) >= UNIQUE_LIMIT:
        raise refusals.too_many_unique(type, UNIQUE_LIMIT)
    now = world.clock.millis()
    return Definition(
        name=name,
        type=kind,
        field_type=field_type,
        label=str(body["label"]),
        group=group,
        description=str(body.get("description") or ""),
        options=_options(name, kind, list_of(body, "options", "the property")),
        unique=unique,
        ours=True,
        hidden=_bool(body, "hidden", False),
        form_field=_bool(body, "formField", False),
        display_order=_order(body),
        created=now,
        updated=now,
    )


def _options(name: str, kind: str, given: list[Any]) -> tuple[dict[str, Any], ...]:
    options = []
    for at, option in enumerate(given):
        if not isinstance(option, dict) or not option.get("value") or not option.get("label"):
            raise refusals.bad(name, f"Option {at + 1} needs a label and a value")
        options.append(
            {
                "label": str(option["label"]),
                "value": str(option["value"]),
                "description": str(option.get("description") or ""),
                "displayOrder": option["displayOrder"] if isinstance(option.get("displayOrder"), int) else at,
                "hidden": option.get("hidden") is True,
            }
        )
    values = [option["value"] for option in options]
    if len(set(values)) != len(values):
        raise refusals.bad(name, "Two options have the same value")
    if kind == "enumeration" and not options:
        raise refusals.bad(name, "A property of type enumeration needs options")
    if kind == "bool" and sorted(values) not in ([], ["false", "true"]):
        raise refusals.bad(name, "A property of type bool has the options true and false")
    return tuple(options)
