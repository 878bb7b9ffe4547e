"""What can be typed after `nox -s simulate --`, and what is said of it?"""

import argparse
import json
import math
import os
import sys
import time
from contextlib import closing
from pathlib import Path
from typing import NoReturn

from contract.action import ContractError
from contract.flow import FlowError
from harness.ending import Refused, put, refused, watched
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

MOST, MOST_JOBS = 1_000_000, 256
OURS = {file.stem for file in (ROOT / "actions").glob("*.py")} - {"probe"}
"""The actions that our flows run: any other file would change nothing, and seem to break nothing."""


def main(arguments: list[str]) -> int:
    """0: every promise was kept. 1: one was not, or something could not be read. 130: a Ctrl-C, 143: SIGTERM."""
    as_json = "--json" in arguments
    return watched(lambda: _play(_read(arguments)), "simulate", as_json=as_json)


def _play(given: argparse.Namespace) -> int:
    asked = Asked(
        tuple(range(given.first_seed, given.first_seed + given.seeds)) * (given.repeat or 1),
        given.chats,
        given.strict,
        0 if given.repeat else given.strict_every,
        {file.stem: file for file in given.action},
    )
    try:
        return _repeated(asked, given) if given.repeat else _told(asked, given)
    except (ContractError, FlowError, NoPython, NotWalkable) as refusal:
        raise Refused(str(refusal)) from None


def _told(asked: Asked, given: argparse.Namespace) -> int:
    progress, all_told, began = show.Progress(len(asked.seeds)), [], time.monotonic()
    with closing(played(asked, given.jobs)) as playing:
        for told in playing:
            all_told.append(told)
            progress.clears()
            if not given.json and not put(show.seed_line(told, command(told.seed, given))):
                return 1
            progress.took(told)
    progress.clears()
    wall = time.monotonic() - began
    all_told.sort(key=lambda told: told.seed)
    took = put(show.as_json(all_told, wall) if given.json else show.table(all_told, wall))
    if took and given.story:
        _tell_stories(all_told, asked, given)
    return 0 if took and all(told.good for told in all_told) else 1


def _repeated(asked: Asked, given: argparse.Namespace) -> int:
    """Whether each seed has one history, however often it is played and whatever else the machine does."""
    with closing(played(asked, given.jobs)) as playing:
        all_told = list(playing)
    found = show.histories(all_told)
    good = len(found) == given.seeds and all(told.good for told in all_told)
    took = put(json.dumps({"good": good, "histories": found}) if given.json else "\n".join(found))
    return 0 if took and good else 1


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
    asked = Typed(prog="nox -s simulate --", description="Weeks of chats under bad weather.")
    asked.add_argument("--seeds", type=_number, default=20, help="how many accounts")
    asked.add_argument("--chats", type=_number, default=20, help="how many chats in each")
    asked.add_argument("--first-seed", type=_whole, default=1, metavar="K", help="the first of them")
    asked.add_argument("--strict", action="store_true", help="a fresh process over TLS for each run")
    asked.add_argument(
        "--strict-every", type=_whole, default=50, metavar="N", help="play each N-th seed again like that"
    )
    asked.add_argument("--repeat", type=_number, metavar="N", help="play each N times, and tell its histories alone")
    asked.add_argument("--story", action="store_true", help="cut what broke down to a story")
    asked.add_argument("--patience", type=_seconds, default=300, metavar="SECONDS", help="how long to cut at most")
    asked.add_argument("--action", type=_action, action="append", default=[], metavar="FILE", help="in place of ours")
    asked.add_argument("--jobs", type=_jobs, default=min(2, os.cpu_count() or 1), help="seeds side by side")
    asked.add_argument("--json", action="store_true", help="one JSON object instead of the lines")
    given = asked.parse_args(arguments)
    if len({file.stem for file in given.action}) < len(given.action):
        asked.error("argument --action: expected each name once, found one twice")
    return given


class Typed(argparse.ArgumentParser):
    """What was typed, refused as data too where data was asked for."""

    def error(self, message: str) -> NoReturn:
        """End with 2."""
        self.print_usage(sys.stderr)
        refused(f"{self.prog}: error: {message}", as_json="--json" in sys.argv)
        raise SystemExit(2)


def _number(text: str) -> int:
    return _between(text, 1, MOST)


def _whole(text: str) -> int:
    return _between(text, 0, MOST)


def _jobs(text: str) -> int:
    return _between(text, 1, MOST_JOBS)


def _between(text: str, least: int, most: int) -> int:
    if not text.isdecimal() or not least <= int(text[:20]) <= most:
        raise argparse.ArgumentTypeError(f"expected a whole number from {least} to {most}, found {text!r:.40}")
    return int(text)


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = math.nan
    if not 0 <= seconds < math.inf:
        raise argparse.ArgumentTypeError(f"expected seconds, 0 or more, found {text!r:.40}")
    return seconds


def _action(text: str) -> Path:
    file = Path(text)
    if not file.is_file() or file.stem not in OURS or not os.access(file, os.R_OK):
        raise argparse.ArgumentTypeError(f"expected a file named as an action of our flows, found {text}")
    return file
