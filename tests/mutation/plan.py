"""What is to be judged, by whom? Everything that a process needs to know to judge one mutant."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path

import msgspec

from tests.mutation.naming import Named
from tests.mutation.swapping import LONGEST
from tests.mutation.targets import OURS, PARTS, ROOT, Mutant, Targets

MOST = 120
"""Stories that one mutant meets."""


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
    """After so many seconds a run is ended."""
    patience: float = 30.0
    """After so many seconds of the machine's time a story is; the longest takes five on a busy machine."""
    prover: bool = True
    seeds: int = 6
    """Of the simulation; none: it does not judge."""
    chats: int = 20

    @property
    def parts(self) -> dict[str, Path]:
        """The parts that stories import as they are."""
        return {file: self.targets.folder / f"{file}.py" for file in self.targets.files if file.startswith(PARTS)}


def meeting(
    mutant: Mutant, stories: Iterable[Story], plan: Plan, named: Named, favourites: Mapping[str, int]
) -> list[str]:
    """The stories that come by a mutant, in the order in which it meets them.

    By turns those that found others in the same function or file, then those that come by the fewest lines: they have
    least to say beside what the mutant is about, and are the quick ones; and those that name what its line names.
    """
    lines = plan.targets.lines(mutant)
    ranked = []
    for story in stories:
        if any(not lines[file].isdisjoint(story.lines.get(file, ())) for file in lines):
            ranked.append((-favourites.get(story.name, 0), sum(map(len, story.lines.values())), story.name))
    near = [name for *_, name in sorted(ranked)]
    coming = set(near)
    telling = [name for name in named.ranked(mutant.code) if name in coming]
    by_turns = (name for pair in zip_longest(near, telling) for name in pair if name is not None)
    return list(dict.fromkeys(by_turns))[: plan.most_stories]
