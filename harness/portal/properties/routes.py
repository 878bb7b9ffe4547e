"""The properties' operations: read and make definitions and groups."""

from typing import Any

from harness.portal import batches
from harness.portal import refusals as shared
from harness.portal.call import Answer, Call, text_of
from harness.portal.moments import iso
from harness.portal.objects.types import ObjectType, find
from harness.portal.properties import making, refusals
from harness.portal.properties.definitions import Definition, Group
from harness.portal.routing import Route

BATCH = 100  # documented


def type_of(call: Call) -> ObjectType:
    """The type the path names; conversations have properties too."""
    return find(call.path["objectType"])


def reading(call: Call) -> tuple[str, ...]:
    """The scopes that may read definitions: the type's own, or its schema's."""
    type = type_of(call)
    return (type.read_scope, f"crm.schemas.{type.name}.read")


def writing_scope(call: Call) -> tuple[str, ...]:
    """The scopes that may write definitions: the schema's; for tickets their own suffices (documented)."""
    type = type_of(call)
    schema = f"crm.schemas.{type.name}.write"
    return ("tickets", schema) if type.name == "tickets" else (schema,)


def read_all(call: Call) -> Answer:
    """GET: all definitions of a type."""
    type = type_of(call)
    found = call.world.definitions.all(type, call.flag("archived"))
    return 200, {"results": [view(definition) for definition in found]}


def read(call: Call) -> Answer:
    """GET one."""
    type, name = type_of(call), call.path["propertyName"]
    get = call.world.definitions.get_archived if call.flag("archived") else call.world.definitions.get
    found = get(type, name)
    if found is None:
        raise refusals.no_such_property(name)
    return 200, view(found)


def create(call: Call) -> Answer:
    """POST one."""
    return 201, view(making.create(call.world, type_of(call), call.body()))


def archive(call: Call) -> Answer:
    """DELETE one of the account's own."""
    type, name = type_of(call), call.path["propertyName"]
    found = call.world.definitions.get(type, name)
    if found is None:
        raise refusals.no_such_property(name)
    if not found.ours:
        raise refusals.bad(name, f"{name} is a HubSpot property and cannot be archived")
    call.world.definitions.archive(type, name, call.now)
    return 204, None


def batch_read(call: Call) -> Answer:
    """POST batch/read: definitions by name."""
    type = type_of(call)
    results, errors = [], []
    for entry in call.inputs(BATCH):
        name = text_of(entry, "name", "an input")
        found = call.world.definitions.get(type, name)
        if found:
            results.append(view(found))
        else:
            message = f"Property {name[:100]} does not exist"
            errors.append(shared.batch_error("OBJECT_NOT_FOUND", message, name=[name]))
    return batches.answer(call, results, errors)


def batch_create(call: Call) -> Answer:
    """POST batch/create: each by itself; those that fail are named."""
    type = type_of(call)
    results, errors = [], []
    for entry in call.inputs(BATCH):
        try:
            results.append(view(making.create(call.world, type, entry)))
        except shared.Refusal as refusal:
            name = str(entry.get("name"))
            errors.append(shared.batch_error(refusal.category, refusal.message, name=[name]))
    return batches.answer(call, results, errors, status=200 if call.version == "2026-09" else 201)


def read_groups(call: Call) -> Answer:
    """GET all groups of a type."""
    return 200, {"results": [_group(g) for g in call.world.definitions.groups(type_of(call))]}


def read_group(call: Call) -> Answer:
    """GET one group."""
    name = call.path["groupName"]
    found = call.world.definitions.group(type_of(call), name)
    if found is None:
        raise refusals.no_such_group(name)
    return 200, _group(found)


def create_group(call: Call) -> Answer:
    """POST one group."""
    type, body = type_of(call), call.body()
    missing = [key for key in ("name", "label") if not body.get(key)]
    if missing:
        raise shared.missing_keys("the group", missing)
    name = text_of(body, "name", "the group")
    if call.world.definitions.group(type, name):
        raise refusals.group_exists(type, name)
    order = body.get("displayOrder")
    group = Group(name, text_of(body, "label", "the group"), order if isinstance(order, int) else -1)
    call.world.definitions.put_group(type, group)
    return 201, _group(group)


def view(definition: Definition) -> dict[str, Any]:
    """A definition as an answer has it."""
    body: dict[str, Any] = {
        "name": definition.name,
        "label": definition.label,
        "type": definition.type,
        "fieldType": definition.field_type,
        "groupName": definition.group,
        "description": definition.description,
        "options": list(definition.options),
        "displayOrder": definition.display_order,
        "hasUniqueValue": definition.unique,
        "hidden": definition.hidden,
        "formField": definition.form_field,
        "hubspotDefined": not definition.ours,
        "externalOptions": definition.external_options,
        "calculated": False,
        "dataSensitivity": "non_sensitive",
        "createdAt": iso(definition.created),
        "updatedAt": iso(definition.updated),
        "archived": definition.archived_at is not None,
        "modificationMetadata": {
            "archivable": definition.ours,
            "readOnlyDefinition": not definition.ours,
            "readOnlyValue": definition.read_only,
        },
    }
    return body | ({"archivedAt": iso(definition.archived_at)} if definition.archived_at is not None else {})


def _group(group: Group) -> dict[str, Any]:
    return {"name": group.name, "label": group.label, "displayOrder": group.display_order, "archived": False}


ROUTES = (
    Route("GET", "properties", "/{objectType}", read_all, reading),
    Route("POST", "properties", "/{objectType}", create, writing_scope, write=True),
    Route("POST", "properties", "/{objectType}/batch/read", batch_read, reading),
    Route("POST", "properties", "/{objectType}/batch/create", batch_create, writing_scope, write=True),
    Route("GET", "properties", "/{objectType}/groups", read_groups, reading),
    Route("POST", "properties", "/{objectType}/groups", create_group, writing_scope, write=True),
    Route("GET", "properties", "/{objectType}/groups/{groupName}", read_group, reading),
    Route("GET", "properties", "/{objectType}/{propertyName}", read, reading),
    Route("DELETE", "properties", "/{objectType}/{propertyName}", archive, writing_scope, write=True),
)
