"""How many chats per second does the simulation play? The same weeks in three ways, in one run, on one core.

1. In workers, over a plain wire, as it does by itself. Wanted: at least 30 times as many as fresh interpreters.
2. In the strict mode, a fork over TLS for each run. Wanted: at least 10 times as many.
3. In a fresh interpreter for each run, and only the beginning of the weeks, for that takes long.

Everything is in it: weeks made up, portal, flows, weather, actions, promises judged. Fresh interpreters make one run
after another, for they cannot take turns, which costs them nothing on one core; their chats are reckoned from their
runs, for as many belong to a chat in each way. What the figures are not: "fresh" is our own start="spawn", with its
checks, not a bare interpreter; the start of warm processes and workers is in none of them: a few plays warm them up.

Machines are noisy, so the three ways alternate in rounds and the best round of each counts. Where others work on the
same cores, that does not help. So processor time is printed too: nearer to an idle machine, but with cold caches in it.
`python benchmarks/simulation.py [--rounds N] [--chats N] [--json]` ends with 1 when a figure is missed.
"""

import argparse
import os
import resource
import sys
import time
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import Any, NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.figures import Figure, told
from harness.runtime.child.memory import children
from harness.runtime.outcome import Outcome
from tests.simulation.generator import weeks_of
from tests.simulation.playing import play
from tests.simulation.seam import FAST, STRICT, Starter
from tests.simulation.telling import Told, told_of

WANTED = {"workers": 30.0, "strict mode": 10.0}
FRESH_RUNS = 30
SEED = 1
WHOLE = 200 * 200
"""Chats of the great run, which has about 15 minutes on two cores."""
MINUTES = 15.0


class Enough(Exception):
    """As many runs as were wanted have been made."""


class Beginning(Starter):
    """Makes the first runs of the weeks in a fresh interpreter each."""

    def __init__(self) -> None:
        super().__init__("spawn")
        self.begun: list[tuple[float, float]] = []
        """When each began, by the clock and by the processor."""

    def run(self, *arguments: Any, **more: Any) -> Outcome:
        """One of them."""
        self.begun.append((time.perf_counter(), _processor_time()))
        if len(self.begun) > FRESH_RUNS:
            raise Enough
        return super().run(*arguments, **more)


def main() -> int:
    """Measure, print the figures with the machine, and say whether they are what they should be."""
    given = _arguments()
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})  # as a job of the simulation; its processes inherit it
    with ExitStack() as stack:
        ways = {"workers": stack.enter_context(Starter(FAST)), "strict mode": stack.enter_context(Starter(STRICT))}
        fresh = stack.enter_context(Beginning())
        for seed in (SEED + 1, SEED + 2):  # what the files compile is learnt in their first hundred runs
            told_of(seed, given.chats, ways["workers"], {})
        played = {name: told_of(SEED, given.chats, starter, {})[0] for name, starter in ways.items()}
        rounds = [
            {name: _per_run(starter, played[name]) for name, starter in ways.items()}
            | {"fresh": _per_fresh_run(fresh, given.chats)}
            for _ in range(given.rounds)
        ]
    best = {name: Spent(*map(min, zip(*(each[name] for each in rounds), strict=True))) for name in rounds[0]}
    return _tell(best, played, as_json=given.json)


class Spent(NamedTuple):
    """Seconds per run, by the clock and by the processor."""

    clock: float
    processor: float


def _per_run(starter: Starter, told: Told) -> Spent:
    """Everything, from the weeks' making to the judgement."""
    began, before = time.perf_counter(), _processor_time()
    told_of(SEED, told.figures["chats"], starter, {})
    runs = told.figures["runs"]
    return Spent((time.perf_counter() - began) / runs, (_processor_time() - before) / runs)


def _per_fresh_run(fresh: Beginning, chats: int) -> Spent:
    """What the flows do between two runs is in it, as in the other ways."""
    fresh.begun.clear()
    with suppress(Enough):
        play(weeks_of(SEED, chats), fresh, at_once=False)
    (began, before), (ended, after) = fresh.begun[0], fresh.begun[-1]
    return Spent((ended - began) / (len(fresh.begun) - 1), (after - before) / (len(fresh.begun) - 1))


def _processor_time() -> float:
    """Of this process and all that it or they have started, as far as they have ended or are there."""
    own, ended = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = own.ru_utime + own.ru_stime + ended.ru_utime + ended.ru_stime
    waiting = list(children(os.getpid()))
    while waiting:
        pid = waiting.pop()
        with suppress(OSError):
            fields = Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()
            spent += sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")
            waiting.extend(children(pid))
    return spent


def _tell(spent: dict[str, Spent], played: dict[str, Told], *, as_json: bool) -> int:
    runs = played["workers"].figures["runs"] / played["workers"].figures["chats"]
    best = {name: 1 / each.clock / runs for name, each in spent.items()}
    minutes = WHOLE / best["workers"] / 2 / 60
    found = [
        Figure(
            name, best[name], "chats/s", more=f"{1000 * each.clock:.1f} ms per run, {1000 * each.processor:.1f} busy"
        )
        for name, each in spent.items()
    ]
    for name, wanted in WANTED.items():
        by_processor = spent["fresh"].processor / spent[name].processor
        times = best[name] / best["fresh"]
        found.append(
            Figure(
                f"{name}, beside fresh", times, "times", at_least=wanted, more=f"{by_processor:.1f} by processor time"
            )
        )
    same = len({told.digest for told in played.values()}) == 1
    found.append(Figure("histories of the two", 1.0 if same else 2.0, "", at_most=1.0, more="by digest"))
    found.append(Figure("200 seeds of 200 chats", minutes, "minutes", at_most=MINUTES, more="two cores, reckoned"))
    return told(found, as_json=as_json)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--chats", type=int, default=40, help="chats of the weeks")
    parser.add_argument("--json", action="store_true")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
