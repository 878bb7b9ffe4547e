"""Is an action safe to run again? Every fault at every call, twice, and twice at once, beside a run without trouble."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from harness.prove.differences import differences
from harness.prove.faults import FAULTS
from harness.prove.stage import Stage, Subject
from harness.prove.turns import Seat, Turns, at_once
from harness.runtime.outcome import Call, Outcome
from harness.runtime.runs import Runtime

ORDERS = 20
MOST_CALLS = 60  # of one run that are struck: 420 trials
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Trial:
    """One way in which things went, and what it left otherwise than a run without trouble."""

    words: str
    call: int | None
    """The call that was struck, from 1; None where none was."""
    runs: int
    ended: str
    """The status of the last run."""
    differs: tuple[str, ...]

    @property
    def held(self) -> bool:
        """Whether it ended as without trouble."""
        return not self.differs


@dataclass(frozen=True)
class Proof:
    """All trials of one action."""

    clean: Outcome
    repeatable: bool
    """Whether two runs without trouble, each in an account of its own, leave the same: else nothing can be compared."""
    trials: tuple[Trial, ...]

    @property
    def calls(self) -> tuple[Call, ...]:
        """What a run without trouble asks."""
        return self.clean.calls

    @property
    def holds(self) -> bool:
        """Whether every trial ended as without trouble."""
        return self.clean.status == "succeeded" and self.repeatable and all(trial.held for trial in self.trials)


def prove(
    subject: Subject, *, python: str | None = None, orders: int = ORDERS, progress: Progress = lambda done, of: None
) -> Proof:
    """Put an action on trial. Where the run without trouble does not succeed there is nothing to compare with."""
    stage = Stage(subject, python)
    with stage.runtime:
        clean = subject.run(stage.runtime)
        left = stage.left_behind()
        if clean.status != "succeeded":
            return Proof(clean, repeatable=True, trials=())
        stage.begin()
        again = subject.run(stage.runtime)
        if (again.status, stage.left_behind()) != (clean.status, left):
            return Proof(clean, repeatable=False, trials=())
        court = Court(stage, left, len(clean.calls), orders)
        trials = []
        for trial in court.trials(python):
            trials.append(trial)
            progress(len(trials), court.of)
        return Proof(clean, repeatable=True, trials=tuple(trials))


@dataclass(frozen=True)
class Court:
    """Where the trials of one action are held, one after another."""

    stage: Stage
    left: dict[str, Any]
    """The account after a run without trouble."""
    calls: int
    orders: int

    @property
    def struck(self) -> int:
        """How many of the calls are struck."""
        return min(self.calls, MOST_CALLS)

    @property
    def of(self) -> int:
        """How many trials there will be."""
        return self.struck * len(FAULTS) + 1 + (self.orders if self.calls else 0)

    def trials(self, python: str | None) -> Iterator[Trial]:
        """Every fault at every call, then twice, then twice at once."""
        subject, runtime = self.stage.subject, self.stage.runtime
        for call in range(1, self.struck + 1):
            for fault in FAULTS:
                self.stage.begin(fault.at(call))
                yield self._trial(fault.words.format(call=call), call, subject.run_to_the_end(runtime))
        self.stage.begin()
        yield self._trial("run twice", None, [subject.run(runtime), subject.run(runtime)])
        if self.calls:
            yield from self._at_once(python)

    def _at_once(self, python: str | None) -> Iterator[Trial]:
        subject, seats = self.stage.subject, [Seat(0), Seat(1)]
        with Runtime(seats[0], python=python) as one, Runtime(seats[1], python=python) as other:
            for order in range(1, self.orders + 1):
                self.stage.begin()
                turns = Turns(len(seats), order, self.stage.answer)
                for seat in seats:
                    seat.turns = turns
                both = at_once(turns, [partial(subject.run_to_the_end, runtime) for runtime in (one, other)])
                worse = max(both, key=lambda runs: runs[-1].status != "succeeded")
                yield self._trial(f"twice at once, order {order}", None, worse)

    def _trial(self, words: str, call: int | None, runs: list[Outcome]) -> Trial:
        ended = runs[-1]
        differs = differences(self.left, self.stage.left_behind())
        if ended.status != "succeeded":
            named = ended.error.name if ended.error else "no error"
            differs = (f"ends as {ended.status.replace('_', ' ')} ({named})", *differs)
        return Trial(words, call, len(runs), ended.status, differs)
