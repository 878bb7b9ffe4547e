"""Plays weeks from beginning to end: events on the portal's clock, our flows with the real action files, faults."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any, cast

from contract.action import Action
from harness.clock import millis
from harness.portal import Portal
from harness.portal.wire import Request, Response
from harness.runtime.outcome import Outcome
from harness.runtime.runs import Runtime
from harness.together import Conductor
from harness.workflow import BesideOthers, Workflow
from tests.simulation.acting import Actors
from tests.simulation.events import AnyEvent, Fault, Outage, Run, SwitchedOff, Talks, Weeks
from tests.simulation.expected import Chat, chats_of
from tests.simulation.faults import Faults
from tests.simulation.flows import flows_of, switch_on
from tests.simulation.seam import AtOnce, Starter, repeated
from tests.simulation.stage import moment, set_stage

RETRIES_DAYS = 5  # three of one action; another may begin its own after them


@dataclass
class Ran:
    """One run that took place."""

    run: Run
    at: int
    status: str
    error: str
    seconds: float
    memory_mb: float
    calls: tuple[tuple[str, str, int], ...]
    """Method, path and status of each."""
    struck: bool
    """Whether the weather had a hand in it."""


@dataclass
class Stand:
    """What a ticket's keys were at a moment at which one of them, or its stage, changed."""

    at: int
    ticket: str
    thread: str
    lock: str
    open: bool


@dataclass
class History:
    """Weeks that were played, and all they left behind."""

    weeks: Weeks
    chats: dict[str, Chat]
    portal: Portal
    actors: Actors
    workflows: dict[str, Workflow]
    runs: list[Ran] = field(default_factory=list)
    stands: list[Stand] = field(default_factory=list)
    struck: list[Fault] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._outages = [event for event in self.weeks.events if isinstance(event, Outage)]
        self.switched_off = [event for event in self.weeks.events if isinstance(event, SwitchedOff)]

    def in_outage(self, at: int) -> bool:
        """Whether HubSpot's API was out."""
        return any(outage.at <= at < outage.until for outage in self._outages)


def play(weeks: Weeks, starter: Starter, actions: Mapping[str, Path] | None = None, *, at_once: bool = True) -> History:
    """Everything that happens, and HubSpot's retries until the last has run out.

    at_once: runs that are due at one moment are alive at once, and the seed puts their calls in order; else each is
    over before the next begins.
    """
    stage = set_stage(weeks.account)
    flows = flows_of(weeks.account, stage, actions or {})
    seats: dict[str, _Seat] = {}

    conductor = starter.together(stage.portal, weeks.seed) if at_once else None

    def seat(flow: str) -> Runtime | BesideOthers:
        found = seats.setdefault(flow, _Seat(flow, starter))
        return AtOnce(partial(found.enter, conductor)) if conductor is not None else cast("Runtime", found)

    workflows, switches = switch_on(flows, stage.portal, seat)
    actors = Actors(weeks, stage, switches)
    history = History(weeks, chats_of(weeks), stage.portal, actors, workflows)
    faults = Faults(weeks)
    history.struck = faults.struck
    for each in seats.values():
        each.sits(history, faults)
    stage.portal.watch(_Ledger(history))
    actors.plan()
    with conductor or nullcontext():
        stage.portal.clock.run_until(moment(max([weeks.account.ends, *map(_end_of, weeks.events)])))
        stage.portal.clock.run_all(limit_days=RETRIES_DAYS)
    return history


def _end_of(event: AnyEvent) -> int:
    return event.closes[-1] if isinstance(event, Talks) else event.at


class _Seat:
    """One flow's runtime: knows each run by name, lets the weather strike it, and writes it down."""

    def __init__(self, flow: str, starter: Starter) -> None:
        self._flow, self._starter = flow, starter
        self._enrolments: dict[str, list[str]] = {}
        self._attempts: dict[tuple[str, str], int] = {}

    def sits(self, history: History, faults: Faults) -> None:
        """Before the first run."""
        self._history, self._faults = history, faults

    def run(
        self,
        action: Path | str | Action,
        event: Mapping[str, Any],
        *,
        secrets: Mapping[str, str] | None = None,
        now: datetime | None = None,
    ) -> Outcome:
        """One run under the weather."""
        assert isinstance(action, Action)
        assert now is not None
        run = self._named(action, event)
        line = _Line(self._history, self._faults, run)
        outcome = self._starter.run(action, event, secrets=secrets, now=now, answers=line)
        self._over(run, now, line, outcome)
        return outcome

    def enter(
        self,
        conductor: Conductor,
        action: Action,
        event: Mapping[str, Any],
        *,
        secrets: Mapping[str, str],
        then: Callable[[Outcome], object],
        during: Callable[[], AbstractContextManager[object]],
    ) -> None:
        """The same beside others that are alive: the weather strikes each call as its turn comes."""
        run, began = self._named(action, event), self._history.portal.clock.now()
        line = _Line(self._history, self._faults, run)

        @contextmanager
        def each() -> Iterator[None]:
            line.weather()
            with during():
                yield

        def over(outcome: Outcome) -> None:
            outcome = repeated(outcome)
            self._over(run, began, line, outcome)
            then(outcome)

        conductor.begin(action, event, secrets=secrets, then=over, during=each)

    def _over(self, run: Run, now: datetime, line: "_Line", outcome: Outcome) -> None:
        self._history.runs.append(
            Ran(
                run,
                millis(now),
                outcome.status,
                f"{outcome.error.name}: {outcome.error.sentence}" if outcome.error else "",
                outcome.duration_ms / 1000,
                outcome.max_memory_mb or 0.0,
                tuple((call.method, call.path, call.status) for call in outcome.calls),
                line.struck,
            )
        )
        if outcome.status == "succeeded":
            self._history.actors.step_is_over(self._flow, run.subject, run.action)

    def _named(self, action: Action, event: Mapping[str, Any]) -> Run:
        record, step = str(event["object"]["objectId"]), str(event["callbackId"])
        enrolments = self._enrolments.setdefault(record, [])
        number = step.split("-")[2]
        if number not in enrolments:
            enrolments.append(number)
        attempt = self._attempts[number, step] = self._attempts.get((number, step), 0) + 1
        subject = self._subject(record)
        return Run(self._flow, subject, enrolments.index(number) + 1, action.path.stem, attempt)

    def _subject(self, record: str) -> str:
        actors = self._history.actors
        if record in actors.chats:
            return actors.chats[record]
        made = next((name for name, id in actors.tickets.items() if id == record), None)
        if made is not None:
            return made
        origin = (self._history.portal.values("tickets", record) or {}).get("hs_conversations_originating_thread_id")
        return f"help desk ticket of {actors.chats.get(origin or '', 'no chat')}"


class _Line:
    """Between one run and the portal: counts the calls, and lets the weather strike the ones it is to strike."""

    def __init__(self, history: History, faults: Faults, run: Run) -> None:
        self._portal, self._history = history.portal, history
        self._faults, self._run = faults, run
        self._calls = 0
        self.struck = False

    def answer(self, request: Request) -> Response:
        """What the portal answers, or what the weather makes of it."""
        self.weather()
        return self._portal.answer(request)

    def weather(self) -> None:
        """Before the next call: what is to strike it."""
        self._calls += 1
        out = self._history.in_outage(self._portal.clock.millis())
        rule = None if out else self._faults.at(self._run, self._calls)
        self.struck = self.struck or out or rule is not None
        if rule is not None:
            self._portal.weather.add(rule)


class _Ledger:
    """Writes down every change of a ticket's keys and stage, at the moment it happens."""

    NAMES = frozenset({"chat_thread_id", "chat_open_key", "hs_pipeline_stage"})

    def __init__(self, history: History) -> None:
        self._history = history

    def __call__(self, type_id: str, record_id: str, changed: set[str]) -> None:
        if type_id != "0-5" or not changed & self.NAMES:
            return
        portal = self._history.portal
        values = portal.values("tickets", record_id)
        if values is not None:
            self._history.stands.append(
                Stand(
                    portal.clock.millis(),
                    record_id,
                    values.get("chat_thread_id", ""),
                    values.get("chat_open_key", ""),
                    values.get("hs_is_closed") != "true",
                )
            )
