"""What is to be judged, by whom? Everything that a process needs to know to judge one mutant."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import msgspec

from tests.mutation.swapping import LONGEST
from tests.mutation.targets import OURS, PARTS, ROOT, Mutant, Targets

MOST = 120
"""Stories that one mutant meets, the quick and the unlike ones first."""


class Story(msgspec.Struct):
    """A test that tells how the actions behave, and what is known of it."""

    name: str
    seconds: float = 0.0
    lines: dict[str, list[int]] = {}
    """By file the lines that it comes by."""
    failed: str = ""


@dataclass(frozen=True)
class Plan:
    """The files, the stories, and how long the other judges try."""

    targets: Targets = OURS
    stories: tuple[Path, ...] = (ROOT / "tests/actions", ROOT / "tests/parts/test_resolution.py")
    root: Path = ROOT
    most_stories: int = MOST
    longest: float = LONGEST
    """Seconds of the machine's time after which a run is ended."""
    prover: bool = True
    seeds: int = 6
    """Of the simulation; none: it does not judge."""
    chats: int = 20

    @property
    def parts(self) -> dict[str, Path]:
        """The parts that stories import as they are."""
        return {file: self.targets.folder / f"{file}.py" for file in self.targets.files if file.startswith(PARTS)}


def meeting(mutant: Mutant, stories: Iterable[Story], plan: Plan, favourites: Mapping[str, int]) -> list[str]:
    """The stories that come by a mutant, in the order in which it meets them.

    First those that found others in the same function or file, then the quick ones, of each test no second case before
    every other test had its turn.
    """
    lines = plan.targets.lines(mutant)
    reached = [
        story for story in stories if any(not lines[file].isdisjoint(story.lines.get(file, ())) for file in lines)
    ]
    reached.sort(key=lambda story: story.seconds)
    turns: dict[str, int] = {}
    ranked = []
    for story in reached:
        test = story.name.partition("[")[0]
        turns[test] = turns.get(test, 0) + 1
        ranked.append((-favourites.get(story.name, 0), turns[test], story.seconds, story.name))
    return [name for *_, name in sorted(ranked)][: plan.most_stories]
