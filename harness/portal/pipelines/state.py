"""What is stored of pipelines: their stages, in order, which of them are closed, and what was done to them."""

from collections.abc import Collection
from dataclasses import dataclass, field

OPEN, CLOSED = "OPEN", "CLOSED"


@dataclass(slots=True)
class Stage:
    """One stage of a pipeline. `state` is its metadata's ticketState; "" where an account has none."""

    id: str
    label: str
    state: str
    order: int
    created: int
    updated: int
    metadata: dict[str, str] = field(default_factory=dict)  # what is kept besides


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that was done to a pipeline or a stage."""

    action: str  # CREATE, UPDATE or DELETE
    subject: str  # the id of the pipeline or the stage
    at: int
    shape: dict[str, object]  # what it was like afterwards


@dataclass(slots=True)
class Pipeline:
    """One pipeline of one type of record."""

    id: str
    label: str
    order: int
    created: int
    updated: int
    stages: list[Stage] = field(default_factory=list)
    archived_at: int | None = None
    changes: list[Change] = field(default_factory=list)

    def stage(self, id: str) -> Stage | None:
        """A stage by id."""
        return next((stage for stage in self.stages if stage.id == id), None)


class Pipelines:
    """The pipelines of tickets: the default one as HubSpot delivers it (documented), and others."""

    def __init__(self, at: int) -> None:
        self.tickets: dict[str, Pipeline] = {}
        self.archived: dict[str, Pipeline] = {}
        self._next_pipeline = 0
        self._next_stage = 1
        labels = [("New", OPEN), ("Waiting on contact", OPEN), ("Waiting on us", OPEN), ("Closed", CLOSED)]
        self.add("Support Pipeline", labels, at)

    def add(self, label: str, stages: list[tuple[str, str]], at: int) -> Pipeline:
        """A new pipeline."""
        pipeline = Pipeline(self.pipeline_id(), label, len(self.tickets), at, at)
        for order, (name, state) in enumerate(stages):
            pipeline.stages.append(Stage(self.stage_id(), name, state, order, at, at))
        self.tickets[pipeline.id] = pipeline
        return pipeline

    def pipeline_id(self) -> str:
        """An id that no pipeline has had."""
        while str(self._next_pipeline) in self.tickets or str(self._next_pipeline) in self.archived:
            self._next_pipeline += 1
        self._next_pipeline += 1
        return str(self._next_pipeline - 1)

    def stage_id(self, taken: Collection[str] = ()) -> str:
        """An id that no stage has had, and none asked for; they are never used twice, as in HubSpot."""
        while str(self._next_stage) in taken:
            self._next_stage += 1
        self._next_stage += 1
        return str(self._next_stage - 1)

    def stage_ids(self) -> set[str]:
        """The ids that stages have, also those of pipelines put away."""
        pipelines = (*self.tickets.values(), *self.archived.values())
        return {stage.id for pipeline in pipelines for stage in pipeline.stages}

    def archive(self, pipeline: Pipeline, at: int) -> None:
        """Put a pipeline away."""
        pipeline.archived_at = at
        self.archived[pipeline.id] = self.tickets.pop(pipeline.id)

    def restore(self, pipeline: Pipeline) -> None:
        """Bring a pipeline back."""
        pipeline.archived_at = None
        self.tickets[pipeline.id] = self.archived.pop(pipeline.id)

    def default(self) -> Pipeline:
        """Where a ticket goes that names no pipeline."""
        return next(iter(self.tickets.values()))

    def state_of(self, pipeline: str | None, stage: str | None) -> str:
        """OPEN or CLOSED; a stage that does not say counts as open."""
        found = self.tickets.get(pipeline or "")
        at = found.stage(stage or "") if found else None
        return CLOSED if at and at.state == CLOSED else OPEN
