"""Which regular expressions are a file's own? Those that two of its runs, with different events, have both compiled."""

from collections.abc import Iterable
from typing import Any

from harness.runtime.facts import Facts, Job

Pattern = tuple[str, int]
"""Its text and flags."""

_FILES_KEPT = 64
_MOST_CHARACTERS = 200_000


class Patterns:
    """What is known of each file."""

    def __init__(self) -> None:
        self._first: dict[str, tuple[str, frozenset[Pattern]]] = {}
        self._own: dict[str, tuple[Pattern, ...]] = {}

    def own(self, digest: str) -> tuple[Pattern, ...]:
        """What a warm process may compile ahead for this file."""
        return self._own.get(digest, ())

    def wanted(self, job: Job) -> bool:
        """Is this run to tell what it compiled?"""
        first = self._first.get(job.digest)
        return job.digest not in self._own and (first is None or first[0] != job.event)

    def learn(self, job: Job, facts: Facts) -> None:
        """Take what a run has told."""
        told = facts.of("patterns")
        if not told or job.digest in self._own:
            return
        found = frozenset(_read(told[-1]["found"]))
        if job.digest not in self._first:
            if len(self._first) >= _FILES_KEPT:
                self._first.clear()
                self._own.clear()
            self._first[job.digest] = job.event, found
            return
        both = sorted(found & self._first[job.digest][1])
        self._own[job.digest] = tuple(both) if sum(len(text) for text, _ in both) <= _MOST_CHARACTERS else ()


def _read(found: Iterable[Any]) -> Iterable[Pattern]:
    """An action can write into its report, so nothing of it is believed."""
    for each in found:
        if isinstance(each, list) and len(each) == 2 and isinstance(each[0], str) and isinstance(each[1], int):
            yield each[0], each[1]
