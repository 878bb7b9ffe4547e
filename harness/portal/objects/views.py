"""How a record looks in an answer."""

from collections.abc import Iterable, Sequence
from typing import Any

from harness.portal.associations.kinds import name as association_name
from harness.portal.moments import iso
from harness.portal.objects.rows import Row
from harness.portal.objects.types import ObjectType, find
from harness.portal.refusals import Refusal
from harness.portal.world import World


def record(
    world: World,
    type: ObjectType,
    row: Row,
    asked: Sequence[str] = (),
    with_history: Sequence[str] = (),
) -> dict[str, Any]:
    """A record with the properties asked for, else the type's usual ones; one without a value is null.

    Documented for 2026-09 (its spec), guessed for older versions: their specs say that every value is text, the guide
    to deals and third-party code show null.
    """
    table = world.records.of(type)
    always = (type.created, type.modified, "hs_object_id")
    known = table.some(row, world.definitions.in_use(type, (*(asked or type.shown), *with_history, *always)))
    kept = [name for name in with_history if name in known]
    view: dict[str, Any] = {
        "id": row.id,
        "properties": known,
        "createdAt": iso(row.created),
        "updatedAt": iso(row.updated),
        "archived": row.archived_at is not None,
    }
    if row.archived_at is not None:
        view["archivedAt"] = iso(row.archived_at)
    if with_history:
        view["propertiesWithHistory"] = {name: history(world, type, row, name) for name in kept}
    return view


def written(world: World, type: ObjectType, row: Row, names: Iterable[str]) -> dict[str, Any]:
    """What a create or an update answers with: the properties just set and HubSpot's own (public code)."""
    own = [n for n in ("hs_pipeline", "hs_pipeline_stage", "hs_is_closed") if world.definitions.get(type, n)]
    return record(world, type, row, [*names, *own])


def history(world: World, type: ObjectType, row: Row, name: str) -> list[dict[str, str]]:
    """Every value of one property, newest first."""
    entries = world.records.of(type).history(row, name)
    return [{"value": e.value, "timestamp": iso(e.at), "sourceType": e.source} for e in entries]


def associations(world: World, type: ObjectType, row: Row, names: Sequence[str]) -> dict[str, Any]:
    """The other ends per type asked for; a type nobody knows is ignored (documented)."""
    found: dict[str, Any] = {}
    for asked in names:
        try:
            end = find(asked)
        except Refusal:
            continue
        ids = live_ends(world, type, row.id, end, as_read=True)
        if ids:
            label = association_name(type.id, end.id)
            found[end.name] = {"results": [{"id": id, "type": label} for id in ids]}
    return found


def live_ends(
    world: World, start: ObjectType, id: str, end: ObjectType, as_read: bool = False
) -> dict[str, tuple[int, ...]]:
    """The other ends that are not archived, oldest association first; by API as they are read, which may lag."""
    row = world.records.of(start).rows.get(id)
    if row is not None and row.archived_at is not None:
        return {}
    of = row.id if row is not None else id  # a merged record has the associations of those it took in
    ends = (world.links.seen if as_read else world.links.ends)(start.id, of, end.id)
    if not end.public:
        return dict(ends)
    rows = world.records.of(end).rows
    return {other: kinds for other, kinds in ends.items() if rows[other].archived_at is None}
