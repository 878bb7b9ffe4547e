"""`python -m tests.mutation`: make small mistakes in the actions, one at a time, and see who notices."""

import argparse
import os
import random
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Sequence
from pathlib import Path

from harness.ending import Told, put, refused, watched
from tests.mutation import show
from tests.mutation.bench import Verdict
from tests.mutation.crew import CannotWork, Crew
from tests.mutation.kept import Kept
from tests.mutation.naming import Named
from tests.mutation.plan import Plan, Story, meeting
from tests.mutation.survivors import LIST, BadList, proposed, reasons, stale
from tests.mutation.targets import ROOT, Mutant

FOLDER = ROOT / ".mutation"
NEARER = 100
"""What a find in the same function counts beside one in the same file."""


class BrokenStory(Exception):
    """A story that fails although nothing was changed."""


def main(arguments: list[str], plan: Plan | None = None, folder: Path = FOLDER, survivors: Path = LIST) -> int:
    """0: enough were found, and each of the others has its reason. 1: not, or it cannot be told."""
    plan = plan or Plan()
    given = _read(arguments, plan)
    try:
        listed = reasons(survivors)
        chosen = _chosen(plan, given)
        kept = Kept(folder, plan)
        if given.again:
            kept.forget()
        verdicts = kept.verdicts(chosen)
        if len(verdicts) < len(chosen):
            waiting = [mutant for mutant in chosen if mutant.key not in verdicts]
            seen = kept.seen
            _judge(sorted(waiting, key=lambda mutant: mutant.key in seen), verdicts, kept, plan, given)
    except Told:
        print("what was judged is kept: the same command goes on", file=sys.stderr)
        raise
    except (BadList, BrokenStory, CannotWork) as mistake:
        return refused(str(mistake), as_json=given.json)
    untold = [mutant for mutant in show.survivors(chosen, verdicts) if mutant.key not in listed]
    if given.json:
        put(show.as_json(chosen, verdicts, listed))
    else:
        for mutant in show.survivors(chosen, verdicts):
            print(show.survivor(mutant, verdicts[mutant.key], listed.get(mutant.key)))
        for key, why in stale(listed, plan.targets.mutants, verdicts):
            print(f"a reason too many in {survivors.name}: {show.one_line(key)} {why}")
        print(show.table(chosen, verdicts))
    if given.propose:
        print("\n\n".join(map(proposed, untold)))
    return 0 if not untold and show.share(chosen, verdicts) >= show.GOAL else 1


def _judge(
    mutants: Sequence[Mutant], verdicts: dict[str, Verdict], kept: Kept, plan: Plan, given: argparse.Namespace
) -> None:
    """All that have no verdict yet."""
    with Crew(plan, given.jobs) as crew:
        stories = _watched(crew, kept)
        waiting, favourites = iter(mutants), defaultdict[str, Counter[str]](Counter)
        named = Named(plan.root, [story.name for story in stories])

        def question() -> tuple[Mutant, list[str]] | None:
            mutant = next(waiting, None)
            if mutant is None:
                return None
            found_here = favourites[_room(mutant)] + favourites[mutant.file]
            return mutant, meeting(mutant, stories, plan, named, found_here)

        began, found = time.monotonic(), 0
        for number, ((mutant, _), verdict) in enumerate(crew.ask(question), 1):
            if not isinstance(verdict, Verdict):  # a part that is mutated runs in the process that judges
                why = "it never ended" if verdict is None else "the process in which it ran ended"
                verdict = Verdict(mutant.key, "time", why=why)  # noqa: PLW2901
            verdicts[mutant.key] = verdict
            kept.keep(mutant, verdict)
            found += verdict.killed
            if verdict.judge == "stories":
                favourites[_room(mutant)][verdict.by] += NEARER
                favourites[mutant.file][verdict.by] += 1
            left = (time.monotonic() - began) / number * (len(mutants) - number) / 60
            _says(f"{number} of {len(mutants)}, {found} found, about {left:.0f} min left")
    _says("")


def _watched(crew: Crew, kept: Kept) -> list[Story]:
    """What each story comes by."""
    stories = kept.stories(crew.stories)
    known = {story.name for story in stories}
    names = iter([name for name in crew.stories if name not in known])
    for number, (_, story) in enumerate(crew.ask(lambda: next(names, None)), len(known) + 1):
        if not isinstance(story, Story):
            raise CannotWork(
                "expected what a story comes by, found that the process in which it ran ended, or never did"
            )
        stories.append(_whole(story))
        if number % 20 == 0:
            kept.keep_stories(stories)
        _says(f"{number} of {len(crew.stories)} stories watched")
    kept.keep_stories(stories)
    return stories


def _room(mutant: Mutant) -> str:
    return f"{mutant.file} {mutant.change.function}"


def _whole(story: Story) -> Story:
    if story.failed:
        raise BrokenStory(
            f"{story.name}: expected a story that holds before anything is changed, found: {story.failed}"
        )
    return story


def _says(words: str) -> None:
    """For the eyes alone."""
    if sys.stderr.isatty():
        print(f"\r\x1b[K{words}", end="", file=sys.stderr, flush=True)


def _chosen(plan: Plan, given: argparse.Namespace) -> list[Mutant]:
    mutants = [mutant for mutant in plan.targets.mutants if not given.only or mutant.file in given.only]
    if given.sample is None or given.sample >= len(mutants):
        return mutants
    places = random.Random(given.seed).sample(range(len(mutants)), given.sample)
    return [mutants[place] for place in sorted(places)]


def _read(arguments: list[str], plan: Plan) -> argparse.Namespace:
    asked = argparse.ArgumentParser(prog="nox -s mutate --", description="Small mistakes in the actions: who notices?")
    asked.add_argument("--sample", type=_number, metavar="N", help="so many of the mutants, drawn; without it all")
    asked.add_argument("--seed", type=int, default=1, metavar="S", help="what they are drawn by")
    asked.add_argument("--only", action="append", choices=plan.targets.files, help="mutants of one file alone")
    asked.add_argument("--again", action="store_true", help="forget what was judged before")
    asked.add_argument("--propose", action="store_true", help="print entries for survivors that have no reason yet")
    asked.add_argument("--jobs", type=_number, default=min(2, os.cpu_count() or 1), help="processes side by side")
    asked.add_argument("--json", action="store_true", help="one JSON object instead of the lines")
    return asked.parse_args(arguments)


def _number(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"expected a whole number of 1 or more, found {text!r:.40}")
    return int(text)


if __name__ == "__main__":
    sys.exit(watched(lambda: main(sys.argv[1:]), "mutate", as_json="--json" in sys.argv, lasting=True))
