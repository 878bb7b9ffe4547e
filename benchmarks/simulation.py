"""How many chats per second does the simulation play? The same weeks in three ways, in one run, on one core.

1. In workers, over a plain wire, as it does by itself. Wanted: at least 30 times as many as fresh interpreters.
2. In the strict mode, a fork over TLS for each run. Wanted: at least 10 times as many.
3. In a fresh interpreter for each run, and only the beginning of the weeks, for that takes long.

Everything is in it: weeks made up, portal, flows, weather, actions, promises judged. Fresh interpreters make one run
after another, for they cannot take turns, which costs them nothing on one core; their chats are reckoned from their
runs, for as many belong to a chat in each way. What the figures are not: "fresh" is our own start="spawn", with its
checks, not a bare interpreter; the start of the warm processes and workers is in none of them (one play warms them up).

Machines are noisy, so the three ways alternate in rounds and the best round of each counts.
`python benchmarks/simulation.py [--rounds N] [--chats N] [--json]` ends with 1 when a figure is missed.
"""

import argparse
import os
import sys
import time
from collections.abc import Callable
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.figures import Figure, told
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
        self.times: list[float] = []

    def run(self, *arguments: Any, **more: Any) -> Outcome:
        """One of them."""
        if len(self.times) > FRESH_RUNS:
            raise Enough
        self.times.append(time.perf_counter())
        return super().run(*arguments, **more)


def main() -> int:
    """Measure, print the figures with the machine, and say whether they are what they should be."""
    given = _arguments()
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})  # as a job of the simulation; its processes inherit it
    with ExitStack() as stack:
        ways = {"workers": stack.enter_context(Starter(FAST)), "strict mode": stack.enter_context(Starter(STRICT))}
        fresh = stack.enter_context(Beginning())
        played = {name: told_of(SEED, given.chats, starter, {})[0] for name, starter in ways.items()}
        rounds = [
            {name: _chats_per_second(starter, given.chats) for name, starter in ways.items()}
            | {"fresh": _runs_per_second(fresh, given.chats)}
            for _ in range(given.rounds)
        ]
    return _tell({name: max(each[name] for each in rounds) for name in rounds[0]}, played, as_json=given.json)


def _chats_per_second(starter: Starter, chats: int) -> float:
    return chats / _seconds(lambda: told_of(SEED, chats, starter, {}))


def _runs_per_second(fresh: Beginning, chats: int) -> float:
    """What the flows do between two runs is in it, as in the other ways."""
    fresh.times.clear()
    with suppress(Enough):
        play(weeks_of(SEED, chats), fresh, at_once=False)
    return (len(fresh.times) - 1) / (fresh.times[-1] - fresh.times[0])


def _seconds(do: Callable[[], object]) -> float:
    began = time.perf_counter()
    do()
    return time.perf_counter() - began


def _tell(best: dict[str, float], played: dict[str, Told], *, as_json: bool) -> int:
    runs = played["workers"].figures["runs"] / played["workers"].figures["chats"]
    slow = best["fresh"] / runs
    minutes = WHOLE / best["workers"] / 2 / 60
    found = [Figure(name, best[name], "chats/s", more=f"{1000 / best[name] / runs:.1f} ms per run") for name in WANTED]
    found.append(Figure("fresh interpreter", slow, "chats/s", more=f"{1000 / best['fresh']:.1f} ms per run"))
    found += [Figure(f"{name}, beside fresh", best[name] / slow, "times", at_least=WANTED[name]) for name in WANTED]
    same = len({told.digest for told in played.values()}) == 1
    found.append(Figure("histories of the two", 1.0 if same else 2.0, "", at_most=1.0, more="by digest"))
    found.append(Figure("200 seeds of 200 chats", minutes, "minutes", at_most=MINUTES, more="two cores, reckoned"))
    return told(found, as_json=as_json)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rounds", type=int, default=4)
    parser.add_argument("--chats", type=int, default=60, help="chats of the weeks")
    parser.add_argument("--json", action="store_true")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
