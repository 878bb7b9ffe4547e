"""The records' operations one by one: make, read, list, change, archive, merge."""

from typing import Any

from harness.portal import pages
from harness.portal.call import Answer, Call, list_of, object_of, require, text_of
from harness.portal.objects import merging, views, writing
from harness.portal.objects.rows import Row
from harness.portal.objects.types import ObjectType, find_public
from harness.portal.objects.writing import Writer
from harness.portal.routing import Route
from harness.portal.versions import DATED

USUAL_PAGE, PAGE, HISTORY_PAGE = 10, 100, 50  # documented


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
    require(call, body, "the record", "associations")
    associations = list_of(body, "associations", "the record")
    writer = Writer(strict=call.version in DATED)
    row = writing.create(call.world, type, properties, associations, writer)
    return 201, views.written(call.world, type, row, properties)


def read_all(call: Call) -> Answer:
    """GET: records, oldest first, page by page; the cursor says after which one (opaque: documented)."""
    type, archived = type_of(call), call.flag("archived")
    asked, with_history = call.many("properties"), call.many("propertiesWithHistory")
    limit = call.count("limit", USUAL_PAGE, HISTORY_PAGE if with_history else PAGE)
    after = pages.opened(call.one("after")) if call.one("after") else ""
    rows, more = call.world.records.of(type).page(after, limit, archived)
    results = [
        views.record(call.world, type, row, asked, with_history) | _associations(call, type, row) for row in rows
    ]
    return 200, {"results": results} | ({"paging": pages.paging(rows[-1].id)} if more else {})


def read(call: Call) -> Answer:
    """GET: one record by id or unique value."""
    type = type_of(call)
    id_property = call.one("idProperty")
    row = writing.find(call.world, type, call.path["objectId"], id_property, call.flag("archived"))
    asked, with_history = call.many("properties"), call.many("propertiesWithHistory")
    view = views.record(call.world, type, row, asked, with_history)
    return 200, view | _associations(call, type, row)


def update(call: Call) -> Answer:
    """PATCH: one record by id or unique value."""
    type = type_of(call)
    row = writing.find(call.world, type, call.path["objectId"], call.one("idProperty"))
    properties = object_of(call.body(), "properties", "the record")
    writing.update(call.world, type, row, properties, Writer(strict=call.version in DATED))
    return 200, views.written(call.world, type, row, properties)


def archive(call: Call) -> Answer:
    """DELETE: put a record away; doing it twice is no error (guessed)."""
    type, id = type_of(call), call.path["objectId"]
    if writing.lookup(call.world, type, id, archived=True) is None:
        writing.archive(call.world, type, writing.find(call.world, type, id))
    return 204, None


def merge(call: Call) -> Answer:
    """POST merge: two records become one, which answers to both ids."""
    type, body = type_of(call), call.body()
    ids = [text_of(body, name, "the merge") for name in ("primaryObjectId", "objectIdToMerge")]
    merging.check(type)
    survivor, other = [writing.find(call.world, type, id) for id in ids]
    row = merging.merge(call.world, type, survivor, other, writing.API)
    return 200, views.record(call.world, type, row)


def _associations(call: Call, type: ObjectType, row: Row) -> dict[str, Any]:
    found = views.associations(call.world, type, row, call.many("associations"))
    return {"associations": found} if found else {}


ROUTES = (
    Route("GET", "objects", "/{objectType}", read_all, reading),
    Route("POST", "objects", "/{objectType}", create, writing_scope, write=True),
    Route("GET", "objects", "/{objectType}/{objectId}", read, reading),
    Route("PATCH", "objects", "/{objectType}/{objectId}", update, writing_scope, write=True),
    Route("DELETE", "objects", "/{objectType}/{objectId}", archive, writing_scope, write=True),
    Route("POST", "objects", "/{objectType}/merge", merge, writing_scope, write=True),
)
