"""The stages' operations: read, make, change, replace, take away, and what was done to one."""

from harness.portal.call import Answer, Call
from harness.portal.pipelines import changing, refusals, views
from harness.portal.pipelines.routes import careful, pipeline_of, reading, writing_scope
from harness.portal.pipelines.state import Pipeline, Stage
from harness.portal.routing import Route
from harness.portal.versions import D09


def read_all(call: Call) -> Answer:
    """GET the stages of a pipeline."""
    return 200, {"results": [views.stage(stage) for stage in views.in_order(pipeline_of(call))]}


def read(call: Call) -> Answer:
    """GET one stage."""
    return 200, views.stage(_find(call)[1])


def create(call: Call) -> Answer:
    """POST one more stage."""
    return 201, views.stage(changing.create_stage(call.world, pipeline_of(call), call.body()))


def update(call: Call) -> Answer:
    """PATCH: what is not given stays. That older versions do without metadata, as real code does, is guessed."""
    pipeline, stage = _find(call)
    changing.change_stage(call.world, pipeline, stage, call.body())
    return 200, views.stage(stage)


def replace(call: Call) -> Answer:
    """PUT all of it anew."""
    pipeline, stage = _find(call)
    body = call.body()
    changing.require(body, "the stage", ("label", "displayOrder", "metadata"))
    changing.change_stage(call.world, pipeline, stage, body)
    return 200, views.stage(stage)


def archive(call: Call) -> Answer:
    """DELETE one stage. That 2026-09, whose spec has no parameter for it, never asks for records is guessed."""
    pipeline, stage = _find(call)
    changing.archive_stage(call.world, pipeline, stage, call.version != D09 and careful(call))
    return 204, None


def audit(call: Call) -> Answer:
    """GET what was done to it, newest first (documented)."""
    pipeline, id = pipeline_of(call), call.path["stageId"]
    found = [change for change in pipeline.changes if change.subject == id]
    if not found and pipeline.stage(id) is None:
        raise refusals.no_such_stage(pipeline.id, id)
    return 200, {"results": [views.change(call.world.account.portal_id, change) for change in found]}


def _find(call: Call) -> tuple[Pipeline, Stage]:
    pipeline, id = pipeline_of(call), call.path["stageId"]
    stage = pipeline.stage(id)
    if stage is None:
        raise refusals.no_such_stage(pipeline.id, id)
    return pipeline, stage


_ALL = "/{objectType}/{pipelineId}/stages"
_ONE = f"{_ALL}/{{stageId}}"

ROUTES = (
    Route("GET", "pipelines", _ALL, read_all, reading),
    Route("POST", "pipelines", _ALL, create, writing_scope, write=True),
    Route("GET", "pipelines", _ONE, read, reading),
    Route("PATCH", "pipelines", _ONE, update, writing_scope, write=True),
    Route("PUT", "pipelines", _ONE, replace, writing_scope, write=True),
    Route("DELETE", "pipelines", _ONE, archive, writing_scope, write=True),
    Route("GET", "pipelines", f"{_ONE}/audit", audit, reading),
)
