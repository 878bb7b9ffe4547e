"""The records' operations many at once: read, make, change, make or change, archive.

Documented (error handling, "multi-status errors"): a batch is written whole or not at all, unless its inputs carry an
objectWriteTraceId; then each is written by itself, and those that fail are named in a 207.
"""

from collections.abc import Callable
from typing import Any

from harness.portal import batches
from harness.portal import refusals as shared
from harness.portal.call import Answer, Call, list_of, object_of, optional_text, require, text_of, texts_of
from harness.portal.objects import refusals, views, writing
from harness.portal.objects.checks import Claims
from harness.portal.objects.routes import reading, type_of, writing_scope
from harness.portal.objects.rows import Row
from harness.portal.objects.types import ObjectType
from harness.portal.objects.writing import Plan, Writer
from harness.portal.routing import Route
from harness.portal.versions import DATED

BATCH = 100  # documented
TRACE = "objectWriteTraceId"
Input = dict[str, Any]
Target = tuple[Input, Row | None]  # what is asked for, and the record it is about
Planner = Callable[[Input, Row | None, Claims], Plan]


def read(call: Call) -> Answer:
    """POST batch/read: up to 100 records; those that are not there are named in one error."""
    type, body = type_of(call), call.body()
    require(call, body, "the batch", "properties", "propertiesWithHistory")
    id_property = optional_text(body, "idProperty", "the batch")
    archived = call.flag("archived")
    asked = texts_of(body, "properties", "the batch")
    with_history = texts_of(body, "propertiesWithHistory", "the batch")
    ids = dict.fromkeys(text_of(entry, "id", "an input") for entry in call.inputs(BATCH))
    results, missing = {}, []
    for id in ids:
        row = writing.lookup(call.world, type, id, id_property, archived)
        if row is None:
            missing.append(id)
        else:
            results[row.id] = views.record(call.world, type, row, asked, with_history)
    return batches.answer(call, list(results.values()), [_missing(type, missing)] if missing else [])


def create(call: Call) -> Answer:
    """POST batch/create: up to 100 records with their associations."""
    type = type_of(call)

    def plan(entry: Input, row: Row | None, claims: Claims) -> Plan:
        properties = object_of(entry, "properties", "an input")
        require(call, entry, "an input", "associations")
        associations = list_of(entry, "associations", "an input")
        return writing.plan(call.world, type, None, properties, _writer(call), associations, claims)

    results, errors = _write(call, type, [(entry, None) for entry in call.inputs(BATCH)], plan)
    return batches.answer(call, results, errors, status=201)


def update(call: Call) -> Answer:
    """POST batch/update: up to 100 records by id or unique value; those that are not there are named (guessed)."""
    type = type_of(call)
    targets = _targets(call, type)
    missing = [_id(entry) for entry, row in targets if row is None]

    def plan(entry: Input, row: Row | None, claims: Claims) -> Plan:
        properties = object_of(entry, "properties", "an input")
        return writing.plan(call.world, type, row, properties, _writer(call), (), claims)

    results, errors = _write(call, type, [target for target in targets if target[1]], plan)
    return batches.answer(call, results, [*errors, _missing(type, missing)] if missing else errors)


def upsert(call: Call) -> Answer:
    """POST batch/upsert: up to 100 records by unique value; those that are not there are made (documented)."""
    type = type_of(call)

    def plan(entry: Input, row: Row | None, claims: Claims) -> Plan:
        properties = object_of(entry, "properties", "an input")
        if row is None and not entry.get("idProperty"):
            raise refusals.no_such_record(type, _id(entry))
        known = {} if row is not None else {entry["idProperty"]: _id(entry)}
        return writing.plan(call.world, type, row, {**known, **properties}, _writer(call), (), claims)

    results, errors = _write(call, type, _targets(call, type), plan, upsert=True)
    return batches.answer(call, results, errors)


def archive(call: Call) -> Answer:
    """POST batch/archive: up to 100 records; one that is not there is no error (guessed)."""
    type = type_of(call)
    for id in dict.fromkeys(_id(entry) for entry in call.inputs(BATCH)):
        row = writing.lookup(call.world, type, id)
        if row is not None:
            writing.archive(call.world, type, row)
    return 204, None


def _write(
    call: Call, type: ObjectType, targets: list[Target], plan: Planner, upsert: bool = False
) -> tuple[list[Any], list[shared.Detail]]:
    """Write all inputs or none; with trace ids each by itself."""
    claims: Claims = {}
    for entry, _ in targets:
        optional_text(entry, TRACE, "an input")
    if not any(entry.get(TRACE) for entry, _ in targets):
        plans = []
        for at, (entry, row) in enumerate(targets):
            plans.append(plan(entry, row, claims))
            claims |= _claimed(call, plans[-1], f"Input {at + 1} of the batch")
        return [
            _view(call, type, target[0], planned, upsert) for target, planned in zip(targets, plans, strict=True)
        ], []
    results, errors = [], []
    for entry, row in targets:
        try:
            results.append(_view(call, type, entry, plan(entry, row, claims), upsert))
        except shared.Refusal as refusal:
            errors.append(batches.error(refusal, {TRACE: [str(entry.get(TRACE) or "")]}))
    return results, errors


def _view(call: Call, type: ObjectType, entry: Input, plan: Plan, upsert: bool) -> dict[str, Any]:
    new = plan.row is None
    row = writing.carry_out(call.world, plan)
    view = views.written(call.world, type, row, entry["properties"])
    if upsert:  # documented: of all answers of 2026-09 this one has texts only
        view["properties"] = {name: value for name, value in view["properties"].items() if value is not None}
    trace = {TRACE: str(entry[TRACE])} if entry.get(TRACE) else {}
    return view | trace | ({"new": new} if upsert else {})


def _claimed(call: Call, plan: Plan, by: str) -> Claims:
    names = call.world.records.of(plan.type).unique.names()
    return {(name, value): by for name in names if (value := plan.values.get(name))}


def _targets(call: Call, type: ObjectType) -> list[Target]:
    """The inputs and the records they name, each once."""
    targets: dict[tuple[str, str], Target] = {}
    twice = []
    for entry in call.inputs(BATCH):
        id_property = optional_text(entry, "idProperty", "an input")
        key = (id_property, _id(entry))
        if key in targets:
            twice.append(key[1])
        targets[key] = entry, writing.lookup(call.world, type, key[1], id_property)
    if twice:
        raise refusals.twice_in_batch(twice)
    return list(targets.values())


def _id(entry: Input) -> str:
    return text_of(entry, "id", "an input")


def _writer(call: Call) -> Writer:
    return Writer(strict=call.version in DATED)


def _missing(type: ObjectType, ids: list[str]) -> shared.Detail:
    message = f"Could not get some {type.label} objects, they may be deleted or not exist."
    return shared.batch_error("OBJECT_NOT_FOUND", f"{message} Check that ids are valid.", ids=ids)


ROUTES = (
    Route("POST", "objects", "/{objectType}/batch/read", read, reading),
    Route("POST", "objects", "/{objectType}/batch/create", create, writing_scope, write=True),
    Route("POST", "objects", "/{objectType}/batch/update", update, writing_scope, write=True),
    Route("POST", "objects", "/{objectType}/batch/upsert", upsert, writing_scope, write=True),
    Route("POST", "objects", "/{objectType}/batch/archive", archive, writing_scope, write=True),
)
