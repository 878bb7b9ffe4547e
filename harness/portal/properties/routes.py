"""The properties' operations: read, make, change and archive definitions."""

from typing import Any

from harness.portal import batches
from harness.portal import refusals as shared
from harness.portal.call import Answer, Call, flag_of, optional_text, require, text_of
from harness.portal.moments import iso
from harness.portal.objects.types import ObjectType, find
from harness.portal.properties import making, refusals
from harness.portal.properties.definitions import Definition
from harness.portal.routing import Route

BATCH = 100  # documented
SENSITIVITIES = ("non_sensitive", "sensitive", "highly_sensitive")  # documented


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
    _sensitivity(call.one("dataSensitivity"))
    found, names = call.world.definitions.all(type, call.flag("archived")), call.many("properties")
    return 200, {"results": [view(definition) for definition in found if not names or definition.name in names]}


def read(call: Call) -> Answer:
    """GET one."""
    type, name = type_of(call), call.path["propertyName"]
    _sensitivity(call.one("dataSensitivity"))
    get = call.world.definitions.get_archived if call.flag("archived") else call.world.definitions.get
    found = get(type, name)
    if found is None:
        raise refusals.no_such_property(name)
    return 200, view(found)


def create(call: Call) -> Answer:
    """POST one."""
    return 201, view(making.create(call.world, type_of(call), call.body()))


def update(call: Call) -> Answer:
    """PATCH one of the account's own: what is given changes, the rest stays."""
    return 200, view(
        making.change(call.world, type_of(call), _own(call, call.path["propertyName"], "changed"), call.body())
    )


def archive(call: Call) -> Answer:
    """DELETE one of the account's own."""
    found = _own(call, call.path["propertyName"], "archived")
    call.world.definitions.archive(type_of(call), found.name, call.now)
    return 204, None


def batch_archive(call: Call) -> Answer:
    """POST batch/archive: a name that nothing has is no error (documented), one of HubSpot's own is (guessed)."""
    type = type_of(call)
    names = [text_of(entry, "name", "an input") for entry in call.inputs(BATCH)]
    found = [_own(call, name, "archived") for name in names if call.world.definitions.get(type, name)]
    for definition in found:
        call.world.definitions.archive(type, definition.name, call.now)
    return 204, None


def batch_read(call: Call) -> Answer:
    """POST batch/read: definitions by name."""
    type, definitions = type_of(call), call.world.definitions
    body = call.body()
    require(call, body, "the batch", "archived", "dataSensitivity")
    _sensitivity(optional_text(body, "dataSensitivity", "the batch"))
    get = definitions.get_archived if flag_of(body, "archived", "the batch") else definitions.get
    results, errors = [], []
    for entry in call.inputs(BATCH):
        name = text_of(entry, "name", "an input")
        found = get(type, name)
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


def _sensitivity(asked: str) -> None:
    """Which definitions are meant: here none is sensitive, and nothing is left out."""
    if asked not in ("", *SENSITIVITIES):
        raise shared.bad_parameter(
            f"dataSensitivity must be {' or '.join(SENSITIVITIES)}", "dataSensitivity", value=asked
        )


def _own(call: Call, name: str, what: str) -> Definition:
    found = call.world.definitions.get(type_of(call), name)
    if found is None:
        raise refusals.no_such_property(name)
    if not found.ours:
        raise refusals.hubspot_s_own(name, what)
    return found


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


ROUTES = (
    Route("GET", "properties", "/{objectType}", read_all, reading),
    Route("POST", "properties", "/{objectType}", create, writing_scope, write=True),
    Route("POST", "properties", "/{objectType}/batch/read", batch_read, reading),
    Route("POST", "properties", "/{objectType}/batch/create", batch_create, writing_scope, write=True),
    Route("GET", "properties", "/{objectType}/{propertyName}", read, reading),
    Route("POST", "properties", "/{objectType}/batch/archive", batch_archive, writing_scope, write=True),
    Route("PATCH", "properties", "/{objectType}/{propertyName}", update, writing_scope, write=True),
    Route("DELETE", "properties", "/{objectType}/{propertyName}", archive, writing_scope, write=True),
)
