"""Which files are mutated, and how does a mistake in a part come into the actions that carry it?"""

from collections import Counter
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

from actions.parts.__main__ import HEADING, LIKE_A_HEADING, code_of, read
from tests.mutation.change import Change
from tests.mutation.finding import changes_in

ROOT = Path(__file__).parents[2]
PARTS = "parts/"
ANYWHERE = frozenset(range(1, 10_000))
"""Where a table matters that is read outside of its own file."""


@dataclass(frozen=True)
class Mutant:
    """One small mistake in one file."""

    file: str
    """`create_ticket`, or `parts/hubspot`."""
    line: int
    """In that file."""
    code: str
    """The line as it stands there, by which it is known when it moves."""
    nth: int
    """Of the same changes on equal lines of a function, from 1."""
    change: Change

    @property
    def key(self) -> str:
        """By what it is known, wherever its line stands."""
        change = self.change
        return "\t".join((self.file, change.function, self.code, change.before, change.after, str(self.nth)))

    @property
    def where(self) -> str:
        """File and line, as a person types it."""
        return f"actions/{self.file}.py:{self.line}"


@dataclass(frozen=True)
class Targets:
    """The files that are mutated, and those that carry them."""

    folder: Path
    files: tuple[str, ...]

    @cached_property
    def mutants(self) -> list[Mutant]:
        """All of them, in the order of the files."""
        return [mutant for file in self.files for mutant in self._of(file)]

    def _of(self, file: str) -> list[Mutant]:
        path, text = self.folder / f"{file}.py", self.text(file)
        first = 0 if not file.startswith(PARTS) else _first_line(path, text)
        heading = next((n for n, line in enumerate(text.split("\n"), 1) if LIKE_A_HEADING.fullmatch(line)), None)
        lines, seen, found = text.split("\n"), Counter[str](), []
        for change in changes_in(text, heading):
            mutant = Mutant(file, change.line + first, lines[change.line - 1].strip(), 1, change)
            seen[mutant.key] += 1
            nth = seen[mutant.key]
            found.append(Mutant(file, mutant.line, mutant.code, nth, change))
        return found

    def text(self, file: str) -> str:
        """What of a file is mutated: an action as it is, of a part what is copied."""
        return _text(self.folder / f"{file}.py", file.startswith(PARTS))

    def texts(self, mutant: Mutant) -> dict[str, str]:
        """The text of each action that has the mistake in it."""
        ours = self.text(mutant.file)
        theirs = mutant.change.made_in(ours)
        if not mutant.file.startswith(PARTS):
            return {mutant.file: theirs}
        carriers = {name: self.text(name) for name, _ in self._carriers(mutant.file)}
        return {name: text.replace(ours, theirs, 1) for name, text in carriers.items()}

    def lines(self, mutant: Mutant) -> dict[str, frozenset[int]]:
        """By file the lines of which a run has to come by one; for a part in each action that carries it, too."""
        lines = mutant.change.lines or ANYWHERE
        if not mutant.file.startswith(PARTS):
            return {mutant.file: lines}
        own = mutant.line - mutant.change.line
        found = {
            name: frozenset(line + behind for line in lines) if lines is not ANYWHERE else lines
            for name, behind in self._carriers(mutant.file)
        }
        return {**found, mutant.file: frozenset(line + own for line in lines)}

    def _carriers(self, part: str) -> list[tuple[str, int]]:
        """The actions that carry a part, and the line of its heading."""
        return _carriers(self.folder, HEADING.format(part.removeprefix(PARTS)), self.text(part))


@lru_cache
def _text(path: Path, is_part: bool) -> str:
    return code_of(path) if is_part else read(path)


@lru_cache
def _carriers(folder: Path, heading: str, code: str) -> list[tuple[str, int]]:
    found = []
    for path in sorted(folder.glob("[!_]*.py")):
        before, carried, _ = read(path).partition(f"{heading}\n{code}")
        if carried:
            found.append((path.stem, before.count("\n") + 1))
    return found


def _first_line(path: Path, code: str) -> int:
    """How many lines stand above what is copied of a part."""
    return read(path).partition(code)[0].count("\n")


OURS = Targets(
    ROOT / "actions",
    ("create_ticket", "stamp_chat_closed_at", "send_confirmation", "parts/hubspot", "parts/resolution"),
)
