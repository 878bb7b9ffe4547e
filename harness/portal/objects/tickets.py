"""What HubSpot works out about a ticket by itself: its pipeline and stage, and whether and when it closed."""

from collections.abc import Callable

from harness.portal.moments import iso, read_datetime
from harness.portal.objects.refusals import BadProperty
from harness.portal.objects.rows import Values
from harness.portal.pipelines.state import CLOSED, Pipelines

Read = Callable[[str], str | None]


def placed(pipelines: Pipelines, read: Read, values: Values) -> tuple[dict[str, str | None], list[BadProperty]]:
    """Pipeline and stage after a write; a stage must be one of its pipeline's, unless nobody touches it."""
    there = {name: read(name) for name in ("hs_pipeline", "hs_pipeline_stage")}
    if all(there.values()) and not there.keys() & values.keys():
        return {}, []
    pipeline_id = values.get("hs_pipeline") or read("hs_pipeline") or pipelines.default().id
    pipeline = pipelines.tickets.get(pipeline_id)
    if pipeline is None:
        return {}, [_no_option("hs_pipeline", pipeline_id, list(pipelines.tickets))]
    moved = pipeline_id != read("hs_pipeline")
    # guessed: a ticket that moves to another pipeline without a stage lands in its first one
    stage_id = values.get("hs_pipeline_stage") or (None if moved else read("hs_pipeline_stage"))
    stage_id = stage_id or pipeline.stages[0].id
    if pipeline.stage(stage_id) is None:
        return {}, [_no_option("hs_pipeline_stage", stage_id, [stage.id for stage in pipeline.stages])]
    return {"hs_pipeline": pipeline_id, "hs_pipeline_stage": stage_id}, []


def closing(pipelines: Pipelines, read: Read, place: Values, now: int) -> dict[str, str | None]:
    """What follows from the stage.

    hs_is_closed, closed_date, time_to_close: documented; the rest: guessed.
    """
    closed = pipelines.state_of(place["hs_pipeline"], place["hs_pipeline_stage"]) == CLOSED
    if not closed:
        return {"hs_is_closed": "false", "closed_date": None, "time_to_close": None}
    if read("hs_is_closed") == "true":
        return {}
    created = read_datetime(read("createdate") or iso(now)) or now
    return {
        "hs_is_closed": "true",
        "closed_date": iso(now),
        "hs_last_closed_date": iso(now),
        "time_to_close": str(now - created),
    }


def _no_option(name: str, value: str, allowed: list[str]) -> BadProperty:
    message = f"{value[:100]} was not one of the allowed options: [{', '.join(allowed)}]"
    return BadProperty(name, "INVALID_OPTION", message)
