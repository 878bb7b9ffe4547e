"""Is an action safe to run again? Every fault at every call, twice, and twice at once, beside a run without trouble."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from harness.prove.both import at_once, objection
from harness.prove.differences import Left, answered, differences
from harness.prove.faults import FAULTS, FOUND_BY_SEARCH, Fault
from harness.prove.stage import Stage, Subject
from harness.runtime.outcome import Call, Outcome
from harness.runtime.runs import Start
from harness.workflow.patience import IN_ALL

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
    """In the account."""
    notes: tuple[str, ...] = ()
    """What it answers otherwise: told and not judged, for only its author knows whether a later step minds."""

    @property
    def held(self) -> bool:
        """Whether it ended as without trouble."""
        return not self.differs


@dataclass(frozen=True)
class Proof:
    """All trials of one action."""

    clean: Outcome
    chance: tuple[str, ...] = ()
    """What two runs without trouble, each in an account of its own, leave otherwise: then nothing can be compared."""
    trials: tuple[Trial, ...] = ()
    later: tuple[str, ...] = ()
    """What is otherwise when its own clock is as late as HubSpot's last retry: told and not judged."""
    untried: str = ""
    """Why two runs at once were not tried; nothing where they were, or were not asked for."""

    @property
    def repeatable(self) -> bool:
        """Whether two runs without trouble leave the same."""
        return not self.chance

    @property
    def calls(self) -> tuple[Call, ...]:
        """What a run without trouble asks."""
        return self.clean.calls

    def holds(self, *, strict: bool = False) -> bool:
        """Whether every trial ended as without trouble; strictly, with nothing to note either."""
        well = self.clean.status == "succeeded" and self.repeatable and all(trial.held for trial in self.trials)
        return well and not (strict and self.notes)

    @property
    def notes(self) -> bool:
        """Whether something is told that is not judged."""
        return bool(self.later or self.untried or any(trial.notes for trial in self.trials))


def prove(
    subject: Subject,
    *,
    python: str | None = None,
    start: Start | None = None,
    orders: int = ORDERS,
    progress: Progress = lambda done, of: None,
) -> Proof:
    """Put an action on trial. Where the run without trouble does not succeed there is nothing to compare with."""
    stage = Stage(subject, python, start)
    with stage.runtime:
        clean = subject.run(stage.runtime)
        left, answer = stage.left_behind(clean)
        if clean.status != "succeeded":
            return Proof(clean)
        stage.begin()
        again = subject.run(stage.runtime)
        left_again, answer_again = stage.left_behind(again)
        chance = (*_ended(again), *differences(left, left_again))
        if chance:
            return Proof(clean, chance)
        answer = {name: value for name, value in answer.items() if answer_again.get(name) == value}
        court = Court(stage, clean, left, answer, orders)
        trials = []
        for trial in court.trials():
            trials.append(trial)
            progress(len(trials), court.of)
        return Proof(clean, (), tuple(trials), court.later(), court.untried)


@dataclass
class Court:
    """Where the trials of one action are held, one after another."""

    stage: Stage
    clean: Outcome
    left: Left
    """The account after a run without trouble."""
    answer: Left
    """What that run answered, as far as it answers the same each time."""
    orders: int
    untried: str = ""

    @property
    def struck(self) -> int:
        """How many of the calls are struck."""
        return min(len(self.clean.calls), MOST_CALLS)

    @property
    def searches(self) -> bool:
        """Whether what search finds may make a difference."""
        return any(call.path.endswith("/search") for call in self.clean.calls)

    @property
    def faults(self) -> tuple[Fault, ...]:
        """What befalls each call."""
        return (*FAULTS, FOUND_BY_SEARCH) if self.searches else FAULTS

    @property
    def of(self) -> int:
        """How many trials there will be."""
        at_once = self.orders if self.struck and not self.untried else 0
        return self.struck * len(self.faults) + 1 + self.searches + at_once

    def trials(self) -> Iterator[Trial]:
        """Every fault at every call, then twice, and twice at once."""
        subject, runtime = self.stage.subject, self.stage.runtime
        for call in range(1, self.struck + 1):
            for fault in self.faults:
                self.stage.begin(fault.at(call))
                meanwhile = self.stage.search_catches_up if fault is FOUND_BY_SEARCH else lambda: None
                runs = subject.run_to_the_end(runtime, meanwhile)
                yield self._trial(fault.words.format(call=call), call, runs)
        self.stage.begin()
        yield self._again([subject.run(runtime), subject.run(runtime)])
        if self.searches:
            self.stage.begin()
            first = subject.run(runtime)
            self.stage.search_catches_up()
            yield self._again([first, subject.run(runtime)], "run twice, the first found by search")
        if self.struck and self.orders:
            yield from self._at_once()

    def later(self) -> tuple[str, ...]:
        """What it takes from its own clock is another thing in a retry."""
        self.stage.begin()
        differs, answer = self._seen(self.stage.subject.run(self.stage.runtime, IN_ALL), self.left)
        return (*differs, *answered(self.answer, answer))

    def _seen(self, last: Outcome, clean: Left) -> tuple[tuple[str, ...], Left]:
        """What is otherwise once the last run is over, and what that run answered."""
        left, answer = self.stage.left_behind(last)
        return (*_ended(last), *differences(clean, left)), answer

    def _trial(self, words: str, call: int, runs: list[Outcome]) -> Trial:
        """With what the last attempt answers: that is what the later steps of the same enrolment get."""
        differs, answer = self._seen(runs[-1], self.left)
        notes = () if differs else answered(self.answer, answer)
        return Trial(words, call, len(runs), runs[-1].status, differs, notes)

    def _again(self, runs: list[Outcome], words: str = "run twice") -> Trial:
        """Another enrolment may rightly be answered that all is done already, so answers are not compared."""
        differs, _ = self._seen(runs[-1], self.left)
        return Trial(words, None, len(runs), runs[-1].status, differs)

    def _at_once(self) -> Iterator[Trial]:
        self.stage.begin()
        self.untried = objection(self.stage, self.clean)
        if self.untried:
            return
        alone, _ = self.stage.left_behind(self.clean)
        for order in range(1, self.orders + 1):
            self.stage.begin()
            worse = max(at_once(self.stage, order), key=lambda runs: runs[-1].status != "succeeded")
            differs, _ = self._seen(worse[-1], alone)
            yield Trial(f"twice at once, order {order}", None, len(worse), worse[-1].status, differs)


def _ended(run: Outcome) -> tuple[str, ...]:
    """How it ended, where it did not succeed."""
    if run.status == "succeeded":
        return ()
    named = run.error.name if run.error else "no error"
    return (f"ends as {run.status.replace('_', ' ')} ({named})",)
