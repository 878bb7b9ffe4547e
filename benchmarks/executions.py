"""How many executions per second? Our own five actions on one chat after another, made in three ways in one go.

1. In a worker, over a plain wire, as simulations make them. Wanted: at least 30 times as many as fresh interpreters.
2. In a fork over TLS, the strict way and the default. Wanted: at least 10 times as many.
3. In a fresh interpreter each.

And with nothing between the action, its client and the portal (benchmarks/nothing_between.py): that is no way to run
one, but says how far the first can go. It runs on the harness's own interpreter, whatever --python says.

Each chat is a closed, unresolved one; triage_chat, dedup_check, create_ticket, stamp_chat_closed_at and
send_confirmation run on it, one after the other, with what a workflow would hand over. What the figures are not:
"fresh" is our own start="spawn", with its checks, not a bare interpreter; the start of warm processes and workers is in
none of them, and no flow and no conductor is. benchmarks/simulation.py has them all, and
this one shows what of its figures is the runtime's own.

Machines are noisy, so the three ways alternate in short rounds and the best round of each counts.
`python benchmarks/executions.py [--rounds N] [--chats N] [--python PATH] [--json]` ends with 1 when a figure is missed.
"""

import argparse
import functools
import json
import os
import platform
import sys
import time
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Literal

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.nothing_between import NothingBetween
from contract.action import Action
from harness import Outcome, Runtime
from harness.runtime.environment import find_python
from harness.runtime.runs import Start
from tests.actions.desk import CHAIN, Desk, Switchboard

Way = Start | Literal["floor"]
WANTED: dict[Way, float] = {"worker": 30.0, "fork": 10.0}
CALLED: dict[Way, str] = {
    "worker": "worker, plain",
    "fork": "fork, TLS",
    "spawn": "fresh interpreter",
    "floor": "nothing between",
}
FRESH_CHATS = 1


class ReadOnce:
    """A runtime as a flow uses it: each file is read once."""

    def __init__(self, runtime: Runtime | NothingBetween) -> None:
        self._runtime = runtime
        self._read = functools.cache(Action.read)
        self.calls = 0

    def run(self, file: Path, event: dict[str, Any], **more: Any) -> Outcome:
        """One execution."""
        outcome = self._runtime.run(self._read(file), event, **more)
        self.calls += len(outcome.calls)
        return outcome


def main() -> int:
    """Measure, print the figures with the machine, and say whether they are what they should be."""
    told = _arguments()
    python = find_python(told.python)
    with ExitStack() as stack:
        desks: dict[Way, Desk] = {}
        for way in CALLED:
            switchboard = Switchboard()
            runtime = (
                NothingBetween(switchboard)
                if way == "floor"
                else stack.enter_context(Runtime(switchboard, python=python, start=way))
            )
            desks[way] = Desk(ReadOnce(runtime), switchboard)  # type: ignore[arg-type] # it has what is used of one
            desks[way].serve(desks[way].has_unresolved_chat())
        rounds = [
            {way: _seconds(desk, FRESH_CHATS if way == "spawn" else told.chats) for way, desk in desks.items()}
            for _ in range(told.rounds)
        ]
        calls = desks["worker"].runtime.calls / (told.rounds * told.chats + 1) / len(CHAIN)  # type: ignore[attr-defined]
    figures = {way: min(each[way] for each in rounds) for way in CALLED}
    return _tell(figures, calls, python, as_json=told.json)


def _seconds(desk: Desk, chats: int) -> float:
    """Seconds per execution."""
    waiting = [desk.has_unresolved_chat() for _ in range(chats)]
    began = time.perf_counter()
    for chat in waiting:
        desk.serve(chat)
    return (time.perf_counter() - began) / chats / len(CHAIN)


def _tell(figures: dict[Way, float], calls: float, python: str, *, as_json: bool) -> int:
    others: list[Way] = [way for way in CALLED if way != "spawn"]
    times = {way: figures["spawn"] / figures[way] for way in others}
    reached = all(times[way] >= wanted for way, wanted in WANTED.items())
    machine = f"{platform.platform()}, {os.cpu_count()} cores, harness on Python {platform.python_version()}"
    if as_json:
        told = {way: {"ms": seconds * 1000, "per_second": 1 / seconds} for way, seconds in figures.items()}
        measured = {"machine": machine, "python": python, "calls_per_execution": calls, "reached": reached}
        print(json.dumps(measured | {"ways": told, "times_as_many": times}, indent=2))
        return 0 if reached else 1
    print(f"machine            {machine}")
    print(f"actions run on     {python}")
    print(f"                   {calls:.1f} calls per execution")
    for way, called in CALLED.items():
        figure = f"{figures[way] * 1000:6.1f} ms, {1 / figures[way]:6.1f} executions per second"
        wanted = f"wanted: {WANTED[way]:.0f}" if way in WANTED else "no more can be"
        ratio = f", {times[way]:.1f} times as many ({wanted})" if way in times else ""
        print(f"{called:18} {figure}{ratio}")
    print("reached" if reached else "missed")
    return 0 if reached else 1


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--chats", type=int, default=6, help="chats per round and way; one in fresh interpreters")
    parser.add_argument("--python", help="the interpreter that runs the actions")
    parser.add_argument("--json", action="store_true")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
