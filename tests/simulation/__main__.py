"""`python -m tests.simulation`: play seeds, judge them, and cut a failing one down to a story."""

import argparse
import os
import sys
import time
from pathlib import Path

from contract.action import ContractError
from contract.flow import FlowError
from harness.runtime.environment import NoPython
from harness.workflow import NotWalkable
from tests.simulation import show
from tests.simulation.cutting import cut
from tests.simulation.generator import weeks_of
from tests.simulation.seam import FAST, STRICT, Starter
from tests.simulation.side_by_side import Asked, played
from tests.simulation.stage import ROOT
from tests.simulation.story import story
from tests.simulation.telling import Told

INTERRUPTED = 130
OURS = {file.stem for file in (ROOT / "actions").glob("*.py")}


def main(arguments: list[str]) -> int:
    """0: every promise was kept. 1: one was not, or something could not be read. 130: interrupted."""
    given = _read(arguments)
    asked = Asked(
        tuple(range(given.first_seed, given.first_seed + given.seeds)) * (given.repeat or 1),
        given.chats,
        given.strict,
        0 if given.repeat else given.strict_every,
        {file.stem: file for file in given.action},
    )
    try:
        return _repeat(asked, given) if given.repeat else _play(asked, given)
    except KeyboardInterrupt:
        print("interrupted: what was still playing has been ended", file=sys.stderr)
        return INTERRUPTED
    except (ContractError, FlowError, NoPython, NotWalkable) as refusal:
        print(refusal, file=sys.stderr)
        return 1


def _play(asked: Asked, given: argparse.Namespace) -> int:
    progress, all_told, began = show.Progress(len(asked.seeds)), [], time.monotonic()
    for told in played(asked, given.jobs):
        all_told.append(told)
        progress.clears()
        if not given.json:
            print(show.seed_line(told, command(told.seed, given)), flush=True)
        progress.took(told)
    progress.clears()
    wall = time.monotonic() - began
    all_told.sort(key=lambda told: told.seed)
    print(show.as_json(all_told, wall) if given.json else show.table(all_told, wall), flush=True)
    if given.story:
        _tell_stories(all_told, asked, given)
    return 0 if _good(all_told) else 1


def _repeat(asked: Asked, given: argparse.Namespace) -> int:
    """Whether each seed has one history, however often it is played and whatever else the machine does."""
    all_told = list(played(asked, given.jobs))
    print("\n".join(show.histories(all_told)), flush=True)
    return 0 if len({(told.seed, told.digest) for told in all_told}) == given.seeds and _good(all_told) else 1


def _good(all_told: list[Told]) -> bool:
    return all(told.good for told in all_told)


def _tell_stories(all_told: list[Told], asked: Asked, given: argparse.Namespace) -> None:
    """One for each promise that was broken: of the seed that broke it first."""
    told_already: set[str] = set()
    out = sys.stderr if given.json else sys.stdout
    with Starter(STRICT if asked.strict else FAST) as starter:
        for told in all_told:
            for broke in told.breaks:
                if broke.invariant not in told_already:
                    told_already.add(broke.invariant)
                    small = cut(weeks_of(told.seed, asked.chats), broke, starter, asked.actions, given.patience)
                    print("\n" + story(small, command(told.seed, given)), file=out, flush=True)


def command(seed: int, given: argparse.Namespace) -> str:
    """What plays one seed again, and tells its story."""
    files = "".join(f" --action {file}" for file in given.action)
    strict = " --strict" if given.strict else ""
    return f"nox -s simulate -- --seeds 1 --chats {given.chats} --first-seed {seed}{strict}{files} --story"


def _read(arguments: list[str]) -> argparse.Namespace:
    asked = argparse.ArgumentParser(prog="nox -s simulate --", description="Weeks of chats under bad weather.")
    asked.add_argument("--seeds", type=_number, default=20, help="how many accounts")
    asked.add_argument("--chats", type=_number, default=20, help="how many chats in each")
    asked.add_argument("--first-seed", type=int, default=1, metavar="K", help="the first of them")
    asked.add_argument("--strict", action="store_true", help="a fresh process over TLS for each run")
    asked.add_argument("--strict-every", type=int, default=50, metavar="N", help="play each N-th seed again like that")
    asked.add_argument("--repeat", type=_number, metavar="N", help="play each N times, and tell its histories alone")
    asked.add_argument("--story", action="store_true", help="cut what broke down to a story")
    asked.add_argument("--patience", type=float, default=300, metavar="SECONDS", help="how long to cut at most")
    asked.add_argument("--action", type=_action, action="append", default=[], metavar="FILE", help="in place of ours")
    asked.add_argument("--jobs", type=_number, default=min(2, os.cpu_count() or 1), help="seeds side by side")
    asked.add_argument("--json", action="store_true", help="one JSON object instead of the lines")
    return asked.parse_args(arguments)


def _number(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError(f"expected 1 or more, found {number}")
    return number


def _action(text: str) -> Path:
    file = Path(text)
    if not file.is_file() or file.stem not in OURS:
        raise argparse.ArgumentTypeError(f"expected a file named as one of actions/, found {text}")
    return file


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
