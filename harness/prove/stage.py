"""What is put on trial, and where? An action, in a local HubSpot that begins anew each time, at the same moment."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from contract.action import Action
from harness.clock import Clock
from harness.portal import Portal, Request, Response, renamed
from harness.portal.weather_rules import Rule
from harness.prove.differences import Left
from harness.runtime.outcome import Outcome
from harness.runtime.runs import Runtime, Start
from harness.serve.planting import planted
from harness.serve.seed import Seed

ANSWER = "answer"
MOST_RUNS = 6  # of one trial: HubSpot would go on for three days, but one fault is over after one run
SEARCH_LAGS = timedelta(minutes=1)  # HubSpot's search finds a record "seconds to minutes" later (documented)


@dataclass(frozen=True)
class Subject:
    """The action under trial, and what it is run with."""

    action: Action
    event: Mapping[str, Any]
    secrets: Mapping[str, str]
    now: datetime
    seed: Seed = field(default_factory=Seed)
    seed_name: str = ""

    def portal(self) -> Portal:
        """The account as it is before: the seed's, and a token for each secret that begins with local-.

        Search has had the time to find all that was planted, and finds nothing of what the trial itself writes.
        """
        clock = Clock(self.now - SEARCH_LAGS)
        portal = planted(self.seed, self.seed_name, clock, log_limit=0)
        clock.advance(SEARCH_LAGS.total_seconds())
        portal.weather.search_lags(SEARCH_LAGS.total_seconds())
        scopes = self.action.contract.scopes if self.action.contract is not None else ()
        portal.takes(self.secrets.values(), *scopes)
        return portal

    def run_to_the_end(self, runtime: Runtime, meanwhile: Callable[[], object]) -> list[Outcome]:
        """The action, and again as long as HubSpot would, at the same moment so that times can be compared.

        A run that was killed is run again, too: HubSpot does not document it, but no harm may come of it (guessed).
        `meanwhile` is called before each of these.
        """
        runs = [self.run(runtime)]
        while goes_on(runs):
            meanwhile()
            runs.append(self.run(runtime))
        return runs

    def run(self, runtime: Runtime, later: timedelta = timedelta()) -> Outcome:
        """The action once, at the moment of the trial, or with a clock that is so much later than the account's."""
        return runtime.run(self.action, self.event, secrets=self.secrets, now=self.now + later)

    def answer(self, outcome: Outcome) -> Left:
        """The outputs that later steps can use: those it declares; all, where it declares nothing."""
        contract, found = self.action.contract, outcome.output_fields or {}
        declared = found if contract is None else {output.name for output in contract.outputs}
        return {name: value for name, value in found.items() if name in declared}


def goes_on(runs: list[Outcome]) -> bool:
    """Whether the action is run once more."""
    return runs[-1].status in ("will_retry", "unknown") and len(runs) < MOST_RUNS


class Stage:
    """One account after another, and a runtime that stays."""

    def __init__(self, subject: Subject, python: str | None = None, start: Start | None = None) -> None:
        self.subject = subject
        self.portal = subject.portal()
        self.runtime = Runtime(self, python=python, start=start)

    def answer(self, request: Request) -> Response:
        """What the account of the moment answers."""
        return self.portal.answer(request)

    def begin(self, *weather: Rule) -> None:
        """A new account, with this weather ahead."""
        self.portal = self.subject.portal()
        for rule in weather:
            self.portal.weather.add(rule)

    def search_catches_up(self) -> None:
        """From now on search finds all that was written, as it may when HubSpot runs the action again."""
        self.portal.weather.search_lags(0)

    def left_behind(self, outcome: Outcome) -> tuple[Left, Left]:
        """The account as it is now, and what the run answered; what HubSpot assigns is renamed in both."""
        left = renamed({**self.portal.state(), ANSWER: self.subject.answer(outcome)})
        answer = left.pop(ANSWER)
        return left, answer
