"""The pipelines' operations: read, make, change, replace, put away, and what was done to one."""

from harness.portal.call import Answer, Call
from harness.portal.objects.types import TICKET, ObjectType, find
from harness.portal.pipelines import changing, refusals, views
from harness.portal.pipelines.state import Pipeline
from harness.portal.routing import Route

CAREFUL = ("validateReferencesBeforeDelete", "validateDealStageUsagesBeforeDelete")


def type_of(call: Call) -> ObjectType:
    """The type the path names."""
    return find(call.path["objectType"])


def reading(call: Call) -> tuple[str, ...]:
    """The scopes that may read pipelines: the type's own, or its schema's."""
    type = type_of(call)
    return (type.read_scope, f"crm.schemas.{type.name}.read")


def writing_scope(call: Call) -> tuple[str, ...]:
    """The scopes that may write pipelines: the type's own, or its schema's."""
    type = type_of(call)
    return (type.write_scope, f"crm.schemas.{type.name}.write")


def read_all(call: Call) -> Answer:
    """GET all pipelines of a type in their order; only tickets have some here."""
    found = call.world.pipelines.tickets.values() if type_of(call) is TICKET else ()
    in_order = sorted(found, key=lambda pipeline: (pipeline.order, pipeline.label))
    return 200, {"results": [views.pipeline(pipeline) for pipeline in in_order]}


def read(call: Call) -> Answer:
    """GET one pipeline."""
    return 200, views.pipeline(pipeline_of(call))


def create(call: Call) -> Answer:
    """POST one pipeline with its stages."""
    if type_of(call) is not TICKET:
        raise refusals.without_pipelines(type_of(call))
    return 201, views.pipeline(changing.create(call.world, call.body()))


def update(call: Call) -> Answer:
    """PATCH its label or order, or bring it back."""
    pipeline = pipeline_of(call, archived=True)
    careful(call)
    changing.change(call.world, pipeline, call.body())
    return 200, views.pipeline(pipeline)


def replace(call: Call) -> Answer:
    """PUT all of it anew."""
    pipeline = pipeline_of(call)
    changing.replace(call.world, pipeline, call.body(), careful(call))
    return 200, views.pipeline(pipeline)


def archive(call: Call) -> Answer:
    """DELETE one."""
    changing.archive(call.world, pipeline_of(call), careful(call))
    return 204, None


def audit(call: Call) -> Answer:
    """GET what was done to it, newest first (documented)."""
    pipeline, account = pipeline_of(call, archived=True), call.world.account
    found = [change for change in pipeline.changes if change.subject == pipeline.id]
    return 200, {"results": [views.change(account.portal_id, change) for change in found]}


def pipeline_of(call: Call, archived: bool = False) -> Pipeline:
    """The pipeline the path names; an archived one where that is meant, too."""
    type, id, pipelines = type_of(call), call.path["pipelineId"], call.world.pipelines
    found = pipelines.tickets.get(id) or (pipelines.archived.get(id) if archived else None)
    if found is None or type is not TICKET:
        raise refusals.no_such_pipeline(type, id)
    return found


def careful(call: Call) -> bool:
    """Whether what has records shall not be deleted."""
    wanted = [call.flag(name) for name in CAREFUL]  # each is read, so that a bad one is refused
    return any(wanted)


ROUTES = (
    Route("GET", "pipelines", "/{objectType}", read_all, reading),
    Route("POST", "pipelines", "/{objectType}", create, writing_scope, write=True),
    Route("GET", "pipelines", "/{objectType}/{pipelineId}", read, reading),
    Route("PATCH", "pipelines", "/{objectType}/{pipelineId}", update, writing_scope, write=True),
    Route("PUT", "pipelines", "/{objectType}/{pipelineId}", replace, writing_scope, write=True),
    Route("DELETE", "pipelines", "/{objectType}/{pipelineId}", archive, writing_scope, write=True),
    Route("GET", "pipelines", "/{objectType}/{pipelineId}/audit", audit, reading),
)
