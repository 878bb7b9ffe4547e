"""The associations' operations one by one: read those of one record, and make or take away one."""

from typing import Any

from harness.portal import batches, pages
from harness.portal import refusals as shared
from harness.portal.associations import refusals, writing
from harness.portal.associations.kinds import DEFAULTS, KINDS, Kind
from harness.portal.call import Answer, Call
from harness.portal.objects.types import CONVERSATION, ObjectType, find
from harness.portal.objects.views import live_ends
from harness.portal.routing import Route
from harness.portal.versions import D03, V4

PAGE = 500  # documented


def types_of(call: Call) -> tuple[ObjectType, ObjectType]:
    """The two types the path names."""
    start = call.path.get("fromObjectType") or call.path["objectType"]
    return find(start), find(call.path["toObjectType"])


def reading(call: Call) -> tuple[str, ...]:
    """The scope to read either end (the spec lists all types' scopes; that one end suffices is guessed)."""
    return tuple(dict.fromkeys(type.read_scope for type in types_of(call)))


def writing_scope(call: Call) -> tuple[str, ...]:
    """The scope to write either end."""
    return tuple(dict.fromkeys(type.write_scope for type in types_of(call)))


def read_one(call: Call) -> Answer:
    """GET: the other ends of one record (documented: not in 2026-09)."""
    start, end = types_of(call)
    id = call.path["objectId"]
    _must_exist(call, start, id)
    ends = list(live_ends(call.world, start, id, end, as_read=True).items())
    page, paging = pages.cut(ends, call.count("limit", PAGE, PAGE), call.one("after"))
    body: dict[str, Any] = {"results": [end_view(start, end, *item) for item in page]}
    return 200, body | ({"paging": paging} if paging else {})


def associate(call: Call) -> Answer:
    """PUT with a list of types: associate two records; a second time is no change."""
    start, end = types_of(call)
    specs = call.any_body()
    if not isinstance(specs, list):
        raise shared.bad_json("expected a list of association types")
    return 201, associate_both(call, start, end, (call.path["objectId"], call.path["toObjectId"]), specs)


def associate_default(call: Call) -> Answer:
    """PUT default: associate two records the plain way."""
    start, end = types_of(call)
    kind = default_of(start, end)
    ids = call.path["fromObjectId"], call.path["toObjectId"]
    both_exist(call, kind, *ids)
    writing.link(call.world, kind, *ids)
    return batches.answer(call, labels_view(kind, *ids), [])


def separate(call: Call) -> Answer:
    """DELETE: take every association between two records away; none there is no error (guessed)."""
    start, end = types_of(call)
    writing.unlink(call.world, start, call.path["objectId"], end, call.path["toObjectId"])
    return 204, None


def associate_both(
    call: Call, start: ObjectType, end: ObjectType, ids: tuple[str, str], specs: list[Any]
) -> dict[str, Any]:
    """Associate two records by all these types or by none."""
    if not specs:
        raise shared.bad_json("expected a list of association types")
    kinds = [writing.kind(start, end, id) for id in writing.kind_ids(specs)]
    for kind in kinds:
        both_exist(call, kind, *ids)
    for kind in kinds:
        writing.link(call.world, kind, *ids)
    return {
        "fromObjectTypeId": start.id,
        "fromObjectId": ids[0],
        "toObjectTypeId": end.id,
        "toObjectId": ids[1],
        "labels": [kind.label for kind in kinds if kind.label],
    }


def default_of(start: ObjectType, end: ObjectType) -> Kind:
    """The plain association between two types, or the refusal."""
    kind = DEFAULTS.get((start.id, end.id))
    if kind is None:
        raise refusals.no_default(start, end)
    return kind


def both_exist(call: Call, kind: Kind, start: str, end: str) -> None:
    """Both records are there, or the refusal."""
    if not writing.exists(call.world, kind, start, start=True):
        raise refusals.missing_end(kind.start, start)
    if not writing.exists(call.world, kind, end):
        raise refusals.missing_end(kind.end, end)


def end_view(start: ObjectType, end: ObjectType, id: str, kinds: tuple[int, ...]) -> dict[str, Any]:
    """The other end of an association, and as what it is associated."""
    labelled = [_labelled(KINDS[start.id, end.id, kind]) for kind in kinds]
    return {"toObjectId": id, "associationTypes": labelled}


def labels_view(kind: Kind, start: str, end: str) -> list[dict[str, Any]]:
    """A plain association, in both directions."""
    return [
        {"from": {"id": start}, "to": {"id": end}, "associationSpec": _spec(kind.id)},
        {"from": {"id": end}, "to": {"id": start}, "associationSpec": _spec(kind.reverse)},
    ]


def _labelled(kind: Kind) -> dict[str, Any]:
    label = {"label": kind.label} if kind.label else {}
    return {"category": "HUBSPOT_DEFINED", "typeId": kind.id} | label


def _spec(id: int) -> dict[str, Any]:
    return {"associationCategory": "HUBSPOT_DEFINED", "associationTypeId": id}


def _must_exist(call: Call, type: ObjectType, id: str) -> None:
    known = type is CONVERSATION and id in call.world.conversations.threads
    if not known and call.world.records.of(type).live(id) is None:
        raise refusals.missing_end(type.id, id)


_ALL = "/{objectType}/{objectId}/associations/{toObjectType}"
_ONE = "/{objectType}/{objectId}/associations/{toObjectType}/{toObjectId}"
_DEFAULT = "/{fromObjectType}/{fromObjectId}/associations/default/{toObjectType}/{toObjectId}"

ROUTES = (
    Route("GET", "record-associations", _ALL, read_one, reading, only=(V4, D03)),
    Route("PUT", "record-associations", _ONE, associate, writing_scope, write=True),
    Route("DELETE", "record-associations", _ONE, separate, writing_scope, write=True),
    Route("PUT", "record-associations", _DEFAULT, associate_default, writing_scope, write=True),
)
