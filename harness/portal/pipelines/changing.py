"""How pipelines and stages are made, changed, replaced and put away: checked whole, then written, then noted."""

from collections.abc import Collection
from typing import Any

from harness.portal.call import flag_of, list_of, optional_text, text_of, whole_of
from harness.portal.objects.types import TICKET
from harness.portal.pipelines import refusals, views
from harness.portal.pipelines.state import CLOSED, OPEN, Change, Pipeline, Stage
from harness.portal.refusals import bad_json, missing_keys, validation
from harness.portal.world import World

Body = dict[str, Any]
MOST_STAGES = 100  # of one pipeline; guessed
REFERENCES = 10  # records that a refusal names


def create(world: World, body: Body) -> Pipeline:
    """A new pipeline with its stages."""
    require(body, "the pipeline", ("label", "displayOrder", "stages"))
    id = optional_text(body, "pipelineId", "the pipeline")
    if id in world.pipelines.tickets or id in world.pipelines.archived:
        raise refusals.id_taken("pipeline", id)
    now = world.clock.millis()
    pipeline = Pipeline(id or world.pipelines.pipeline_id(), _label(world, body, None), _order(body), now, now)
    pipeline.stages = _stages(world, pipeline, body)
    world.pipelines.tickets[pipeline.id] = pipeline
    note(pipeline, "CREATE", pipeline.id, now, views.pipeline(pipeline))
    return pipeline


def change(world: World, pipeline: Pipeline, body: Body) -> None:
    """Another label, order, or back from the archive (documented: that alone is what archived is for)."""
    if "archived" in body and (body["archived"] is not False or pipeline.archived_at is None):
        raise refusals.only_restores()
    label = _label(world, {"label": pipeline.label} | body, pipeline)
    order = _order(body) if "displayOrder" in body else pipeline.order
    if "archived" in body:
        world.pipelines.restore(pipeline)
    pipeline.label, pipeline.order = label, order
    _updated(world, pipeline, pipeline.id)


def replace(world: World, pipeline: Pipeline, body: Body, careful: bool) -> None:
    """All of it anew; stages that are named stay themselves, those that are not are gone."""
    require(body, "the pipeline", ("label", "displayOrder", "stages"))
    label, order = _label(world, body, pipeline), _order(body)
    stages = _stages(world, pipeline, body)
    kept = {stage.id for stage in stages}
    if careful:
        _refuse_used(world, pipeline, [stage for stage in pipeline.stages if stage.id not in kept])
    pipeline.label, pipeline.order, pipeline.stages = label, order, stages
    _updated(world, pipeline, pipeline.id)


def archive(world: World, pipeline: Pipeline, careful: bool) -> None:
    """Put a pipeline away; if asked to be careful, not one that has records."""
    if careful:
        _refuse_used(world, pipeline, pipeline.stages)
    if len(world.pipelines.tickets) == 1:
        raise refusals.last_pipeline()
    now = world.clock.millis()
    world.pipelines.archive(pipeline, now)
    note(pipeline, "DELETE", pipeline.id, now, views.pipeline(pipeline))


def create_stage(world: World, pipeline: Pipeline, body: Body) -> Stage:
    """One more stage."""
    require(body, "the stage", ("label", "displayOrder", "metadata"))
    _check_count(len(pipeline.stages) + 1)
    taken = world.pipelines.stage_ids()
    stage = _stage(world, pipeline, body, {stage.label for stage in pipeline.stages}, taken)
    if stage.id in taken:
        raise refusals.id_taken("stage", stage.id)
    pipeline.stages.append(stage)
    note(pipeline, "CREATE", stage.id, stage.created, views.stage(stage))
    return stage


def change_stage(world: World, pipeline: Pipeline, stage: Stage, body: Body) -> None:
    """Another label, order or metadata; what is not given stays."""
    flag_of(body, "archived", "the stage")
    given = {"label": stage.label, "displayOrder": stage.order} | body
    metadata = views.stage(stage)["metadata"] | _metadata(body)
    others = {other.label for other in pipeline.stages if other is not stage}
    wanted = _stage(world, pipeline, given | {"metadata": metadata, "stageId": stage.id}, others, ())
    stage.label, stage.order, stage.state, stage.metadata = wanted.label, wanted.order, wanted.state, wanted.metadata
    stage.updated = world.clock.millis()
    note(pipeline, "UPDATE", stage.id, stage.updated, views.stage(stage))


def archive_stage(world: World, pipeline: Pipeline, stage: Stage, careful: bool) -> None:
    """Take a stage away; if asked to be careful, not one that has records."""
    if careful:
        _refuse_used(world, pipeline, [stage])
    if len(pipeline.stages) == 1:
        raise refusals.no_stages()
    pipeline.stages.remove(stage)
    note(pipeline, "DELETE", stage.id, world.clock.millis(), views.stage(stage))


def require(body: Body, what: str, keys: tuple[str, ...]) -> None:
    """The keys that the spec requires are there."""
    missing = [key for key in keys if body.get(key) is None]
    if missing:
        raise missing_keys(what, missing)


def note(pipeline: Pipeline, action: str, subject: str, at: int, shape: Body) -> None:
    """Remember what was done, newest first."""
    pipeline.changes.insert(0, Change(action, subject, at, shape))


def _updated(world: World, pipeline: Pipeline, subject: str) -> None:
    pipeline.updated = world.clock.millis()
    note(pipeline, "UPDATE", subject, pipeline.updated, views.pipeline(pipeline))


def _label(world: World, body: Body, own: Pipeline | None) -> str:
    label = text_of(body, "label", "the pipeline")
    if any(other.label == label for other in world.pipelines.tickets.values() if other is not own):
        raise refusals.label_taken("pipeline", label)
    return label


def _order(body: Body) -> int:
    order = whole_of(body, "displayOrder", "what is made")
    if order is None:
        raise missing_keys("what is made", ["displayOrder"])
    return order


def _stages(world: World, pipeline: Pipeline, body: Body) -> list[Stage]:
    entries = list_of(body, "stages", "the pipeline")
    _check_count(len(entries))
    own, used = {stage.id for stage in pipeline.stages}, world.pipelines.stage_ids()
    asked = {str(entry.get("stageId")) for entry in entries if isinstance(entry, dict)}
    stages: dict[str, Stage] = {}
    labels: set[str] = set()
    for entry in entries:
        if not isinstance(entry, dict):
            raise bad_json("expected each of stages to be an object")
        require(entry, "a stage", ("label", "displayOrder", "metadata"))
        stage = _stage(world, pipeline, entry, labels, used | asked)
        if stage.id in stages or stage.id in used - own:
            raise refusals.id_taken("stage", stage.id)
        stages[stage.id] = stage
        labels.add(stage.label)
    if not stages:
        raise refusals.no_stages()
    return list(stages.values())


def _check_count(stages: int) -> None:
    if stages > MOST_STAGES:
        raise validation(f"A pipeline has at most {MOST_STAGES} stages")


def _stage(world: World, pipeline: Pipeline, body: Body, labels: set[str], taken: Collection[str]) -> Stage:
    label = text_of(body, "label", "a stage")
    if label in labels:
        raise refusals.label_taken("stage", label)
    order, metadata = _order(body), _metadata(body)
    state = metadata.pop("ticketState", OPEN if metadata.pop("isClosed", "") != "true" else CLOSED)
    metadata.pop("isClosed", None)
    if state not in (OPEN, CLOSED):
        raise refusals.bad_metadata(state)
    now, id = world.clock.millis(), optional_text(body, "stageId", "a stage")
    before = pipeline.stage(id)
    id = id or world.pipelines.stage_id(taken)
    return Stage(id, label, state, order, before.created if before else now, now, metadata)


def _metadata(body: Body) -> dict[str, str]:
    metadata = {} if body.get("metadata") is None else body["metadata"]
    if not isinstance(metadata, dict) or not all(isinstance(value, str) for value in metadata.values()):
        raise bad_json("expected metadata to be an object of texts")
    return dict(metadata)


def _refuse_used(world: World, pipeline: Pipeline, stages: list[Stage]) -> None:
    table = world.records.of(TICKET)
    gone = {stage.id for stage in stages}
    used: dict[str, str] = {}
    for id in table.ids:
        place = table.some(table.rows[id], ("hs_pipeline", "hs_pipeline_stage"))
        if place["hs_pipeline"] == pipeline.id and (stage := place["hs_pipeline_stage"] or "") in gone:
            used[id] = stage
            if len(used) == REFERENCES:
                break
    if used:
        raise refusals.in_use(sorted(set(used.values())), list(used))
