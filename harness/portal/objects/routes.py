"""The records' operations: make, read, change, archive, and read many at once."""

from harness.portal import batches
from harness.portal import refusals as shared
from harness.portal.call import Answer, Call, list_of, object_of, text_of, texts_of
from harness.portal.objects import views, writing
from harness.portal.objects.types import ObjectType, find_public
from harness.portal.objects.writing import Writer
from harness.portal.routing import Route
from harness.portal.versions import DATED

BATCH = 100  # documented


def type_of(call: Call) -> ObjectType:
    """The type the path names."""
    return find_public(call.path["objectType"])


def reading(call: Call) -> tuple[str, ...]:
    """The scope to read a record of the path's type."""
    return (type_of(call).read_scope,)


def writing_scope(call: Call) -> tuple[str, ...]:
    """The scope to write a record of the path's type."""
    return (type_of(call).write_scope,)


def create(call: Call) -> Answer:
    """POST: a record with its associations, all or nothing."""
    type, body = type_of(call), call.body()
    properties = object_of(body, "properties", "the record")
    associations = list_of(body, "associations", "the record")
    writer = Writer(strict=call.version in DATED)
    row = writing.create(call.world, type, properties, associations, writer)
    return 201, views.written(call.world, type, row, properties, call.version)


def read(call: Call) -> Answer:
    """GET: one record by id or unique value."""
    type = type_of(call)
    id_property = call.one("idProperty")
    row = writing.find(call.world, type, call.path["objectId"], id_property, call.flag("archived"))
    asked, with_history = call.many("properties"), call.many("propertiesWithHistory")
    view = views.record(call.world, type, row, call.version, asked, with_history)
    associations = views.associations(call.world, type, row, call.many("associations"))
    return 200, view | ({"associations": associations} if associations else {})


def update(call: Call) -> Answer:
    """PATCH: one record by id or unique value."""
    type = type_of(call)
    row = writing.find(call.world, type, call.path["objectId"], call.one("idProperty"))
    properties = object_of(call.body(), "properties", "the record")
    writing.update(call.world, type, row, properties, Writer(strict=call.version in DATED))
    return 200, views.written(call.world, type, row, properties, call.version)


def archive(call: Call) -> Answer:
    """DELETE: put a record away; doing it twice is no error (guessed)."""
    type, id = type_of(call), call.path["objectId"]
    if writing.lookup(call.world, type, id, archived=True) is None:
        writing.archive(call.world, type, writing.find(call.world, type, id))
    return 204, None


def batch_read(call: Call) -> Answer:
    """POST batch/read: up to 100 records; those that are not there are named in one error."""
    type, body = type_of(call), call.body()
    id_property = text_of(body, "idProperty", "the batch") if body.get("idProperty") else ""
    asked = texts_of(body, "properties", "the batch")
    with_history = texts_of(body, "propertiesWithHistory", "the batch")
    ids = dict.fromkeys(text_of(entry, "id", "an input") for entry in call.inputs(BATCH))
    results, missing = {}, []
    for id in ids:
        row = writing.lookup(call.world, type, id, id_property, call.flag("archived"))
        if row is None:
            missing.append(id)
        else:
            results[row.id] = views.record(call.world, type, row, call.version, asked, with_history)
    return batches.answer(call, list(results.values()), [_missing(type, missing)] if missing else [])


def search(call: Call) -> Answer:
    """POST search: not here yet, and so not half right."""
    raise shared.not_emulated(f"search of {type_of(call).name}", ["POST .../batch/read with idProperty"])


def _missing(type: ObjectType, ids: list[str]) -> shared.Detail:
    message = f"Could not get some {type.label} objects, they may be deleted or not exist."
    return shared.batch_error("OBJECT_NOT_FOUND", f"{message} Check that ids are valid.", ids=ids)


ROUTES = (
    Route("POST", "objects", "/{objectType}", create, writing_scope, write=True),
    Route("GET", "objects", "/{objectType}/{objectId}", read, reading),
    Route("PATCH", "objects", "/{objectType}/{objectId}", update, writing_scope, write=True),
    Route("DELETE", "objects", "/{objectType}/{objectId}", archive, writing_scope, write=True),
    Route("POST", "objects", "/{objectType}/batch/read", batch_read, reading),
    Route("POST", "objects", "/{objectType}/search", search, reading),
)
