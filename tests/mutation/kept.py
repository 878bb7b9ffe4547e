"""What is known from runs before? A file that grows line by line, so that a run which was ended goes on."""

import hashlib
from collections.abc import Iterable
from functools import cached_property
from pathlib import Path

import msgspec

from tests.mutation.bench import Verdict
from tests.mutation.plan import Plan, Story
from tests.mutation.targets import ROOT, Mutant

HERE = Path(__file__).parent
SIMULATION = ROOT / "tests/simulation"


class Line(msgspec.Struct):
    """A verdict, and on what it rests."""

    basis: str
    verdict: Verdict


class Watched(msgspec.Struct):
    """What the stories of one file come by, and on what that rests."""

    basis: str
    stories: list[Story]


class Kept:
    """A folder with both. A verdict counts as long as nothing has changed that it rests on.

    A kill rests on the mutated file and on the file of the story that found it; that nobody noticed rests on all.
    """

    def __init__(self, folder: Path, plan: Plan) -> None:
        self._plan = plan
        folder.mkdir(parents=True, exist_ok=True)
        self._verdicts, self._watched = folder / "verdicts.jsonl", folder / "stories.json"

    def stories(self, names: Iterable[str]) -> list[Story]:
        """What the stories come by, of those whose file is as it was."""
        if not self._watched.exists():
            return []
        wanted = set(names)
        return [
            story
            for file, watched in msgspec.json.decode(self._watched.read_bytes(), type=dict[str, Watched]).items()
            if watched.basis == self._told_in(file)
            for story in watched.stories
            if story.name in wanted
        ]

    def keep_stories(self, stories: list[Story]) -> None:
        """For the next run."""
        files: dict[str, list[Story]] = {}
        for story in stories:
            files.setdefault(story.name.partition("::")[0], []).append(story)
        kept = {file: Watched(self._told_in(file), some) for file, some in files.items()}
        self._watched.write_bytes(msgspec.json.encode(kept))

    def verdicts(self, mutants: Iterable[Mutant]) -> dict[str, Verdict]:
        """Those that still count, by the mutant's key."""
        found: dict[str, Verdict] = {}
        known = {mutant.key: mutant for mutant in mutants}
        for line in map(_line, self._verdicts.read_bytes().splitlines() if self._verdicts.exists() else ()):
            mutant = known.get(line.verdict.key) if line is not None else None
            if line is not None and mutant is not None and line.basis == self._basis(mutant, line.verdict):
                found[mutant.key] = line.verdict
        return found

    @property
    def seen(self) -> set[str]:
        """The keys of all that were judged at any time: who survived then meets the judges last."""
        lines = self._verdicts.read_bytes().splitlines() if self._verdicts.exists() else []
        return {line.verdict.key for line in map(_line, lines) if line is not None}

    def keep(self, mutant: Mutant, verdict: Verdict) -> None:
        """At once."""
        with self._verdicts.open("ab") as file:
            file.write(msgspec.json.encode(Line(self._basis(mutant, verdict), verdict)) + b"\n")

    def forget(self) -> None:
        """All of it."""
        for file in (self._verdicts, self._watched):
            file.unlink(missing_ok=True)

    def _basis(self, mutant: Mutant, verdict: Verdict) -> str:
        text = self._plan.targets.text(mutant.file)
        if verdict.judge == "stories":
            return _digest([text, _read(self._plan.root / verdict.by.partition("::")[0])])
        if verdict.judge == "prover":
            return _digest([text, _read(HERE / "proving.py")])
        if verdict.judge in ("simulation", "time"):
            return _digest([text, self._weeks])
        return self._everything

    @cached_property
    def _weeks(self) -> str:
        return _digest(map(_read, sorted(SIMULATION.rglob("*.py"))))

    def _told_in(self, file: str) -> str:
        """A file of stories, the actions, and what the stories have in common."""
        return _digest([_read(self._plan.root / file), self._shared])

    @cached_property
    def _shared(self) -> str:
        files = [*self._plan.targets.folder.rglob("*.py")]
        for where in self._plan.stories:
            files += [each for each in where.rglob("*.py") if not each.name.startswith("test_")]
        return _digest(map(_read, sorted(files)))

    @cached_property
    def _told(self) -> str:
        """Actions and stories."""
        files = [*self._plan.targets.folder.rglob("*.py")]
        for where in self._plan.stories:
            files += where.rglob("*.py") if where.is_dir() else [where]
        return _digest(map(_read, sorted(files)))

    @cached_property
    def _everything(self) -> str:
        asked = (self._plan.most_stories, self._plan.prover, self._plan.seeds, self._plan.chats)
        judges = [_read(HERE / name) for name in ("proving.py", "plan.py", "naming.py")]
        return _digest([self._told, *judges, self._weeks, str(asked)])


def _line(text: bytes) -> Line | None:
    """One verdict; None for half of one, whose run was ended in the middle of it."""
    try:
        return msgspec.json.decode(text, type=Line)
    except msgspec.DecodeError:
        return None


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.is_file() else ""


def _digest(texts: Iterable[str]) -> str:
    return hashlib.sha256("\0".join(texts).encode()).hexdigest()[:16]
