"""The associations' operations: read those of many records or of one, and make or take away one."""

from typing import Any

from harness.portal import batches, pages
from harness.portal import refusals as shared
from harness.portal.associations import refusals, writing
from harness.portal.associations.kinds import DEFAULTS, KINDS, Kind
from harness.portal.call import Answer, Call, text_of
from harness.portal.objects.types import CONVERSATION, ObjectType, find
from harness.portal.objects.views import live_ends
from harness.portal.routing import Route
from harness.portal.versions import D03, V4

BATCH = 1000  # documented
PAGE = 500  # documented


def _types(call: Call) -> tuple[ObjectType, ObjectType]:
    start = call.path.get("fromObjectType") or call.path["objectType"]
    return find(start), find(call.path["toObjectType"])


def reading(call: Call) -> tuple[str, ...]:
    """The scope to read either end (the spec lists all types' scopes; that one end suffices is guessed)."""
    return tuple(dict.fromkeys(type.read_scope for type in _types(call)))


def writing_scope(call: Call) -> tuple[str, ...]:
    """The scope to write either end."""
    return tuple(dict.fromkeys(type.write_scope for type in _types(call)))


def batch_read(call: Call) -> Answer:
    """POST batch/read: the other ends of up to 1,000 records.

    Seen in public code: a record without any is an error of the 207, not an empty result.
    That a record which does not exist looks the same is guessed.
    """
    start, end = _types(call)
    results, errors = [], []
    for entry in call.inputs(BATCH):
        id = text_of(entry, "id", "an input")
        ends = live_ends(call.world, start, id, end)
        if not ends:
            errors.append(_none(start, id, end))
            continue
        page, paging = pages.cut(list(ends.items()), PAGE, str(entry.get("after") or ""))
        result: dict[str, Any] = {"from": {"id": id}, "to": [_end(start, end, *item) for item in page]}
        results.append(result | ({"paging": paging} if paging else {}))
    return batches.answer(call, results, errors)


def read_one(call: Call) -> Answer:
    """GET: the other ends of one record (documented: not in 2026-09)."""
    start, end = _types(call)
    id = call.path["objectId"]
    _must_exist(call, start, id)
    ends = list(live_ends(call.world, start, id, end).items())
    page, paging = pages.cut(ends, call.count("limit", PAGE, PAGE), call.one("after"))
    body: dict[str, Any] = {"results": [_end(start, end, *item) for item in page]}
    return 200, body | ({"paging": paging} if paging else {})


def associate(call: Call) -> Answer:
    """PUT with a list of types: associate two records; a second time is no change."""
    start, end = _types(call)
    specs = call.any_body()
    if not isinstance(specs, list) or not specs:
        raise shared.bad_json("expected a list of association types")
    kinds = [writing.kind(start, end, id) for id in writing.kind_ids(specs)]
    ids = call.path["objectId"], call.path["toObjectId"]
    for kind in kinds:
        _both_exist(call, kind, *ids)
    for kind in kinds:
        writing.link(call.world, kind, *ids)
    return 201, {
        "fromObjectTypeId": start.id,
        "fromObjectId": ids[0],
        "toObjectTypeId": end.id,
        "toObjectId": ids[1],
        "labels": [kind.label for kind in kinds if kind.label],
    }


def associate_default(call: Call) -> Answer:
    """PUT default: associate two records the plain way."""
    start, end = _types(call)
    kind = DEFAULTS.get((start.id, end.id))
    if kind is None:
        raise shared.not_emulated(f"associations between {start.name} and {end.name}")
    ids = call.path["fromObjectId"], call.path["toObjectId"]
    _both_exist(call, kind, *ids)
    writing.link(call.world, kind, *ids)
    there = {"from": {"id": ids[0]}, "to": {"id": ids[1]}, "associationSpec": _spec(kind.id)}
    back = {"from": {"id": ids[1]}, "to": {"id": ids[0]}, "associationSpec": _spec(kind.reverse)}
    return batches.answer(call, [there, back], [])


def separate(call: Call) -> Answer:
    """DELETE: take every association between two records away; none there is no error (guessed)."""
    start, end = _types(call)
    start_id, end_id = call.path["objectId"], call.path["toObjectId"]
    if end_id in call.world.links.ends(start.id, start_id, end.id):
        writing.unlink(call.world, start, start_id, end, end_id)
    return 204, None


def _end(start: ObjectType, end: ObjectType, id: str, kinds: tuple[int, ...]) -> dict[str, Any]:
    labelled = [_labelled(KINDS[start.id, end.id, kind]) for kind in kinds]
    return {"toObjectId": id, "associationTypes": labelled}


def _labelled(kind: Kind) -> dict[str, Any]:
    label = {"label": kind.label} if kind.label else {}
    return {"category": "HUBSPOT_DEFINED", "typeId": kind.id} | label


def _spec(id: int) -> dict[str, Any]:
    return {"associationCategory": "HUBSPOT_DEFINED", "associationTypeId": id}


def _none(start: ObjectType, id: str, end: ObjectType) -> shared.Detail:
    return shared.batch_error(
        "OBJECT_NOT_FOUND",
        f"No {end.singular} is associated with {start.singular} {id[:30]}.",
        code="crm.associations.NO_ASSOCIATIONS_FOUND",
        fromObjectId=[id],
        fromObjectType=[start.singular],
        toObjectType=[end.singular],
    )


def _both_exist(call: Call, kind: Kind, start: str, end: str) -> None:
    if not writing.exists(call.world, kind, start, start=True):
        raise refusals.missing_end(kind.start, start)
    if not writing.exists(call.world, kind, end):
        raise refusals.missing_end(kind.end, end)


def _must_exist(call: Call, type: ObjectType, id: str) -> None:
    known = type is CONVERSATION and id in call.world.conversations.threads
    if not known and call.world.records.of(type).live(id) is None:
        raise refusals.missing_end(type.id, id)


_ONE = "/{objectType}/{objectId}/associations/{toObjectType}/{toObjectId}"
_DEFAULT = "/{fromObjectType}/{fromObjectId}/associations/default/{toObjectType}/{toObjectId}"

ROUTES = (
    Route("POST", "associations", "/{fromObjectType}/{toObjectType}/batch/read", batch_read, reading),
    Route(
        "GET",
        "record-associations",
        "/{objectType}/{objectId}/associations/{toObjectType}",
        read_one,
        reading,
        only=(V4, D03),
    ),
    Route("PUT", "record-associations", _ONE, associate, writing_scope, write=True),
    Route("DELETE", "record-associations", _ONE, separate, writing_scope, write=True),
    Route("PUT", "record-associations", _DEFAULT, associate_default, writing_scope, write=True),
)
