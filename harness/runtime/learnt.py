"""What is known of a file from its runs so far? What it imports, what it compiled to, and its regular expressions."""

import threading
from dataclasses import replace

from contract.action import Action
from harness.runtime.facts import Facts, Job
from harness.runtime.imports import Imports, imports_of
from harness.runtime.patterns import Patterns

_CODES_KEPT = 64


class Learnt:
    """By the digest of each file. Safe to use from several threads."""

    def __init__(self) -> None:
        self._imports: dict[str, Imports] = {}
        self._codes: dict[str, str] = {}
        self._patterns = Patterns()
        self._lock = threading.Lock()

    def imports(self, action: Action) -> Imports:
        """What a warm process loads ahead for this file."""
        with self._lock:
            if action.digest not in self._imports:
                self._imports[action.digest] = imports_of(action.source)
            return self._imports[action.digest]

    def told(self, job: Job) -> Job:
        """The job with what is known; what is not inherited is asked for."""
        with self._lock:
            return replace(
                job,
                code=self._codes.get(job.digest),
                patterns=self._patterns.own(job.digest),
                wants_patterns=self._patterns.wanted(job),
            )

    def learn(self, job: Job, facts: Facts) -> None:
        """What the file compiled to, as told before any of it ran, and which expressions it compiled."""
        compiled = next(iter(facts.told), None)
        with self._lock:
            self._patterns.learn(job, facts)
            if compiled is not None and compiled["kind"] == "compiled" and job.code is None:
                if len(self._codes) >= _CODES_KEPT:
                    self._codes.clear()
                self._codes[job.digest] = compiled["code"]
