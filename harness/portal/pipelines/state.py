"""What is stored of pipelines: their stages, in order, and which of them are closed."""

from dataclasses import dataclass, field

OPEN, CLOSED = "OPEN", "CLOSED"


@dataclass(slots=True)
class Stage:
    """One stage of a pipeline. `state` is its metadata's ticketState; "" where an account has none."""

    id: str
    label: str
    state: str
    order: int


@dataclass(slots=True)
class Pipeline:
    """One pipeline of one type of record."""

    id: str
    label: str
    order: int
    created: int
    stages: list[Stage] = field(default_factory=list)

    def stage(self, id: str) -> Stage | None:
        """A stage by id."""
        return next((stage for stage in self.stages if stage.id == id), None)


class Pipelines:
    """The pipelines of tickets: the default one as HubSpot delivers it (documented), and others."""

    def __init__(self, at: int) -> None:
        self.tickets: dict[str, Pipeline] = {}
        self._next_stage = 1
        labels = [("New", OPEN), ("Waiting on contact", OPEN), ("Waiting on us", OPEN), ("Closed", CLOSED)]
        self.add("Support Pipeline", labels, at)

    def add(self, label: str, stages: list[tuple[str, str]], at: int) -> Pipeline:
        """A new pipeline; stage ids are never used twice, as in HubSpot."""
        order = len(self.tickets)
        pipeline = Pipeline(id=str(order), label=label, order=order, created=at)
        for at_stage, (name, state) in enumerate(stages):
            pipeline.stages.append(Stage(str(self._next_stage), name, state, at_stage))
            self._next_stage += 1
        self.tickets[pipeline.id] = pipeline
        return pipeline

    def default(self) -> Pipeline:
        """Where a ticket goes that names no pipeline."""
        return next(iter(self.tickets.values()))

    def state_of(self, pipeline: str | None, stage: str | None) -> str:
        """OPEN or CLOSED; a stage that does not say counts as open."""
        found = self.tickets.get(pipeline or "")
        at = found.stage(stage or "") if found else None
        return CLOSED if at and at.state == CLOSED else OPEN
