"""The associations' operations many at once: read, make, make the plain ones, take away, take one type away."""

from collections.abc import Callable
from typing import Any

from harness.portal import batches, pages
from harness.portal import refusals as shared
from harness.portal.associations import refusals, writing
from harness.portal.associations.kinds import Kind
from harness.portal.associations.routes import (
    PAGE,
    associate_both,
    both_exist,
    default_of,
    end_view,
    labels_view,
    reading,
    types_of,
    writing_scope,
)
from harness.portal.call import Answer, Call, list_of, object_of, text_of
from harness.portal.objects.types import ObjectType
from harness.portal.objects.views import live_ends
from harness.portal.routing import Route
from harness.portal.versions import D09, DATED

READ, WRITE = 1000, 2000  # documented: the limits of a batch read and of a batch create
Act = Callable[[dict[str, Any]], list[Any]]


def read(call: Call) -> Answer:
    """POST batch/read: the other ends of up to 1,000 records.

    Seen in public code: a record without any is an error of the 207, not an empty result.
    That a record which does not exist looks the same is guessed.
    """
    start, end = types_of(call)
    results, errors = [], []
    for entry in call.inputs(READ):
        id = text_of(entry, "id", "an input")
        ends = live_ends(call.world, start, id, end, as_read=True)
        if not ends:
            errors.append(refusals.none_associated(start, id, end))
            continue
        page, paging = pages.cut(list(ends.items()), PAGE, str(entry.get("after") or ""))
        result: dict[str, Any] = {"from": {"id": id}, "to": [end_view(start, end, *item) for item in page]}
        results.append(result | ({"paging": paging} if paging else {}))
    return batches.answer(call, results, errors)


def create(call: Call) -> Answer:
    """POST batch/create: associations with their types; those that fail are named."""
    start, end = types_of(call)

    def act(entry: dict[str, Any]) -> list[Any]:
        ids = _id(entry, "from"), _id(entry, "to")
        return [associate_both(call, start, end, ids, list_of(entry, "types", "an input"))]

    results, errors = _each(call, act)
    return batches.answer(call, results, errors, status=200 if call.version == D09 else 201)


def create_default(call: Call) -> Answer:
    """POST batch/associate/default: plain associations; each is answered in both directions."""
    start, end = types_of(call)
    kind = default_of(start, end)

    def act(entry: dict[str, Any]) -> list[Any]:
        ids = _id(entry, "from"), _id(entry, "to")
        both_exist(call, kind, *ids)
        writing.link(call.world, kind, *ids)
        return labels_view(kind, *ids)

    results, errors = _each(call, act)
    return batches.answer(call, results, errors)


def archive(call: Call) -> Answer:
    """POST batch/archive: take all associations between records away; none there is no error (guessed)."""
    start, end = types_of(call)

    def act(entry: dict[str, Any]) -> list[Any]:
        _id(entry, "from")
        if entry.get("to") is None:
            raise shared.missing_keys("an input", ["to"])
        for other in list_of(entry, "to", "an input"):
            if not isinstance(other, dict):
                raise shared.bad_json("expected each to of an input to be an object")
            writing.unlink(call.world, start, _id(entry, "from"), end, text_of(other, "id", "an input's to"))
        return []

    return _done(call, _each(call, act)[1])


def archive_labels(call: Call) -> Answer:
    """POST batch/labels/archive: take some types of association away, the others stay."""
    start, end = types_of(call)

    def act(entry: dict[str, Any]) -> list[Any]:
        kinds = _kinds(start, end, entry)
        for kind in kinds:
            writing.drop(call.world, kind, _id(entry, "from"), _id(entry, "to"))
        return []

    return _done(call, _each(call, act)[1])


def _each(call: Call, act: Act) -> tuple[list[Any], list[shared.Detail]]:
    """Every input by itself; those that fail are named (documented: the 207 of these operations)."""
    results: list[Any] = []
    errors = []
    for entry in call.inputs(WRITE):
        try:
            results += act(entry)
        except shared.Refusal as refusal:
            if refusal.status == 501:
                raise
            errors.append(batches.error(refusal, {}))
    return results, errors


def _done(call: Call, errors: list[shared.Detail]) -> Answer:
    """Nothing in v4, an empty batch in the dated versions (documented)."""
    if call.version in DATED or errors:
        return batches.answer(call, [], errors)
    return 204, None


def _kinds(start: ObjectType, end: ObjectType, entry: dict[str, Any]) -> list[Kind]:
    specs = list_of(entry, "types", "an input")
    if not specs:
        raise shared.missing_keys("an input", ["types"])
    return [writing.kind(start, end, id) for id in writing.kind_ids(specs)]


def _id(entry: dict[str, Any], name: str) -> str:
    return text_of(object_of(entry, name, "an input"), "id", f"an input's {name}")


_BATCH = "/{fromObjectType}/{toObjectType}/batch"

ROUTES = (
    Route("POST", "associations", f"{_BATCH}/read", read, reading),
    Route("POST", "associations", f"{_BATCH}/create", create, writing_scope, write=True),
    Route("POST", "associations", f"{_BATCH}/associate/default", create_default, writing_scope, write=True),
    Route("POST", "associations", f"{_BATCH}/archive", archive, writing_scope, write=True),
    Route("POST", "associations", f"{_BATCH}/labels/archive", archive_labels, writing_scope, write=True),
)
