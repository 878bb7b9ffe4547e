"""Which regular expressions are a file's own? Those that two of its runs, with different events, have both compiled."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from harness.runtime.facts import Facts, Job

Pattern = tuple[str, int]
"""Its text and flags."""

_FILES_KEPT = 64
_MOST_RUNS = 200
"""How many tell what they compiled: which expressions a run needs may depend on the language of its event."""
_MOST_CHARACTERS = 200_000
_MOST_PATTERNS = 256
"""Half of what the cache of `re` holds."""


@dataclass
class _File:
    """What the runs of one file have told."""

    told: int = 0
    once: dict[Pattern, str] = field(default_factory=dict)
    """What was compiled in runs with one event, and that event."""
    own: tuple[Pattern, ...] = ()


class Patterns:
    """What is known of each file."""

    def __init__(self) -> None:
        self._files: dict[str, _File] = {}

    def own(self, digest: str) -> tuple[Pattern, ...]:
        """What a warm process may compile ahead for this file."""
        return self._files[digest].own if digest in self._files else ()

    def wanted(self, job: Job) -> bool:
        """Is this run to tell what it compiled?"""
        return job.digest not in self._files or self._files[job.digest].told < _MOST_RUNS

    def learn(self, job: Job, facts: Facts) -> None:
        """Take what a run has told."""
        told = facts.of("patterns")
        if not told or not self.wanted(job):
            return
        if job.digest not in self._files and len(self._files) >= _FILES_KEPT:
            self._files.clear()
        file = self._files.setdefault(job.digest, _File())
        file.told += 1
        found = set(_read(told[-1]["found"])) - set(file.own)
        again = sorted(pattern for pattern in found if file.once.get(pattern, job.event) != job.event)
        file.own = _within_bounds((*file.own, *again))
        file.once = {} if file.told == _MOST_RUNS else {**dict.fromkeys(found, job.event), **file.once}


def _within_bounds(patterns: tuple[Pattern, ...]) -> tuple[Pattern, ...]:
    """As many as there is room for, the first ones first."""
    characters = 0
    for at, (text, _) in enumerate(patterns[:_MOST_PATTERNS]):
        characters += len(text)
        if characters > _MOST_CHARACTERS:
            return patterns[:at]
    return patterns[:_MOST_PATTERNS]


def _read(found: Iterable[Any]) -> Iterable[Pattern]:
    """An action can write into its report, so nothing of it is believed."""
    for each in found:
        if isinstance(each, list) and len(each) == 2 and isinstance(each[0], str) and isinstance(each[1], int):
            yield each[0], each[1]
