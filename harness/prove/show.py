"""How is a proof told? What held in one line for each call, what did not line by line, and what it comes to."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from harness.prove.differences import counted
from harness.prove.proving import MOST_CALLS, Proof, Trial
from harness.show import plain

AT_ONCE = "twice at once"
MOST_LINES = 3  # of what one trial left otherwise


def show(proof: Proof, name: str, console: Console) -> None:
    """The proof as a table that a person understands at once."""

    def line(text: str) -> None:
        console.print(Text(plain(text)), soft_wrap=True)

    line(f"{name}: {counted(len(proof.calls), 'call')} when nothing goes wrong")
    if proof.clean.status != "succeeded":
        error = proof.clean.error
        said = f"{error.name}: {error.sentence}" if error else " ".join(proof.clean.problems)
        line(f"Nothing to compare with: without trouble it ends as {proof.clean.status}. {said}")
        return
    for problem in proof.clean.problems:
        line(f"problem: {problem}")
    if not proof.repeatable:
        line(
            "Nothing to compare with: two runs without trouble, at the same moment in equal accounts, left different "
            f"things, as chance would have it: {some(proof.chance)}."
        )
        return
    table = Table(box=SIMPLE_HEAD, pad_edge=False, show_edge=False)
    table.add_column("what happens", overflow="fold")
    table.add_column("what it leaves", overflow="fold")
    for row in lines(proof):
        table.add_row(*(Text(plain(cell)) for cell in row))
    console.print(table)
    line(verdict(proof))


def lines(proof: Proof) -> Iterator[tuple[str, str]]:
    """Each line of the table."""
    for number, call in enumerate(proof.calls[:MOST_CALLS], 1):
        struck = [trial for trial in proof.trials if trial.call == number]
        same = [trial for trial in struck if trial.held and not trial.notes]
        asked = f"{call.method} {call.path}"
        if same:
            which = "any fault" if len(same) == len(struck) else f"{len(same)} of {len(struck)} faults"
            yield f"{which} at call {number}, {asked}", "the same"
        for trial in struck:
            if trial not in same:
                yield trial.words, told(trial)
    others = [trial for trial in proof.trials if trial.call is None]
    for trial in others:
        if not trial.words.startswith(AT_ONCE):
            yield trial.words, told(trial)
    if proof.later:
        yield "run three days later", some(proof.later)
    yield from _at_once([trial for trial in others if trial.words.startswith(AT_ONCE)])


def _at_once(trials: list[Trial]) -> Iterator[tuple[str, str]]:
    """The orders that came to the same are one line."""
    found = Counter(told(trial) for trial in trials)
    for said, number in found.most_common():
        first = next(trial for trial in trials if told(trial) == said)
        orders = counted(len(trials), "order")
        which = orders if len(found) == 1 else f"{number} of {orders}, first {first.words.rpartition(' ')[2]}"
        yield f"{AT_ONCE}, {which}", said


def told(trial: Trial) -> str:
    """What one trial left."""
    if not trial.held:
        return some(trial.differs)
    return "the same" + (f", but {some(trial.notes)}" if trial.notes else "")


def some(found: Sequence[str]) -> str:
    """The first of what was found otherwise."""
    more = len(found) - MOST_LINES
    return "; ".join([*found[:MOST_LINES], *([f"and {more} more"] if more > 0 else [])])


def verdict(proof: Proof) -> str:
    """What it comes to: what was judged, and what only its author can judge."""
    wrong = sum(not trial.held for trial in proof.trials)
    tried = counted(len(proof.trials), "trial")
    left_out = len(proof.calls) - MOST_CALLS
    said = [f"{'All' if len(proof.trials) > 1 else 'The'} {tried} left the same behind."]
    if wrong:
        said = [f"{wrong} of {tried} left something else behind. HubSpot will do this to it one day."]
    if left_out > 0:
        said.append(f"The last {counted(left_out, 'call')} were not struck.")
    if any(trial.notes for trial in proof.trials):
        said.append("Where it answers otherwise, look at the later steps that use the answer.")
    if proof.later:
        said.append("Where it goes by the time, a retry comes up to three days later.")
    if proof.untried:
        said.append(f"Two runs at once were not tried: {proof.untried}")
    return " ".join(said)


def as_json(proof: Proof, *, strict: bool = False) -> dict[str, Any]:
    """The proof as plain data."""
    return {
        "holds": proof.holds(strict=strict),
        "clean": proof.clean.as_json(),
        "repeatable": proof.repeatable,
        "chance": list(proof.chance),
        "later": list(proof.later),
        "untried": proof.untried or None,
        "trials": [
            {
                "what": trial.words,
                "call": trial.call,
                "runs": trial.runs,
                "ended": trial.ended,
                "held": trial.held,
                "differs": list(trial.differs),
                "notes": list(trial.notes),
            }
            for trial in proof.trials
        ],
    }
