"""The pipelines' operations: read them and their stages."""

from typing import Any

from harness.portal.call import Answer, Call
from harness.portal.moments import iso
from harness.portal.objects.types import TICKET, ObjectType, find
from harness.portal.pipelines.state import Pipeline, Stage
from harness.portal.refusals import not_found
from harness.portal.routing import Route


def type_of(call: Call) -> ObjectType:
    """The type the path names."""
    return find(call.path["objectType"])


def reading(call: Call) -> tuple[str, ...]:
    """The scopes that may read pipelines: the type's own, or its schema's."""
    type = type_of(call)
    return (type.read_scope, f"crm.schemas.{type.name}.read")


def read_all(call: Call) -> Answer:
    """GET all pipelines of a type; only tickets have some here."""
    found = call.world.pipelines.tickets.values() if type_of(call) is TICKET else ()
    return 200, {"results": [_pipeline(pipeline) for pipeline in found]}


def read(call: Call) -> Answer:
    """GET one pipeline."""
    return 200, _pipeline(_find(call))


def read_stages(call: Call) -> Answer:
    """GET its stages."""
    pipeline = _find(call)
    return 200, {"results": [_stage(pipeline, stage) for stage in pipeline.stages]}


def read_stage(call: Call) -> Answer:
    """GET one stage."""
    pipeline, id = _find(call), call.path["stageId"]
    stage = pipeline.stage(id)
    if stage is None:
        raise not_found(f"Pipeline {pipeline.id} has no stage {id[:100]}")
    return 200, _stage(pipeline, stage)


def _find(call: Call) -> Pipeline:
    id = call.path["pipelineId"]
    found = call.world.pipelines.tickets.get(id) if type_of(call) is TICKET else None
    if found is None:
        raise not_found(f"Unable to find pipeline {id[:100]} of {type_of(call).name}")
    return found


def _pipeline(pipeline: Pipeline) -> dict[str, Any]:
    return {
        "id": pipeline.id,
        "label": pipeline.label,
        "displayOrder": pipeline.order,
        "stages": [_stage(pipeline, stage) for stage in pipeline.stages],
        "createdAt": iso(pipeline.created),
        "updatedAt": iso(pipeline.created),
        "archived": False,
    }


def _stage(pipeline: Pipeline, stage: Stage) -> dict[str, Any]:
    closed = {"ticketState": stage.state, "isClosed": str(stage.state == "CLOSED").lower()}
    return {
        "id": stage.id,
        "label": stage.label,
        "displayOrder": stage.order,
        "metadata": closed if stage.state else {},
        "createdAt": iso(pipeline.created),
        "updatedAt": iso(pipeline.created),
        "archived": False,
        "writePermissions": "CRM_PERMISSIONS_ENFORCEMENT",
    }


ROUTES = (
    Route("GET", "pipelines", "/{objectType}", read_all, reading),
    Route("GET", "pipelines", "/{objectType}/{pipelineId}", read, reading),
    Route("GET", "pipelines", "/{objectType}/{pipelineId}/stages", read_stages, reading),
    Route("GET", "pipelines", "/{objectType}/{pipelineId}/stages/{stageId}", read_stage, reading),
)
