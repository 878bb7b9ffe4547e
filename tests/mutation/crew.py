"""Two processes side by side, each pinned to a core: who has nothing to do is asked the next thing."""

import multiprocessing
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from typing import Any, Self

from tests.mutation.bench import work
from tests.mutation.plan import Plan
from tests.simulation.side_by_side import core_of

PATIENCE = 900
"""Seconds for one question; a mutant that takes longer never ends, whatever was tried to end it."""
_START = 120


class CannotWork(Exception):
    """A process that judges did not come to its work."""


@dataclass
class _Hand:
    process: SpawnProcess
    line: Connection
    asked: Any = None
    since: float = 0.0


class Crew:
    """The processes; they end with their `with`."""

    def __init__(self, plan: Plan, jobs: int) -> None:
        self._plan, self._context = plan, multiprocessing.get_context("spawn")
        self._hands: list[_Hand] = []
        self.stories: list[str] = []
        self._jobs = jobs

    def __enter__(self) -> Self:
        try:
            for number in range(self._jobs):
                self._hands.append(self._hired(number))
            for hand in self._hands:
                self.stories = self._begun(hand)
        except BaseException:
            self.close()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End them, whatever they do."""
        for hand in self._hands:
            hand.line.close()
            hand.process.terminate()
        for hand in self._hands:
            hand.process.join(10)
            if hand.process.is_alive():
                hand.process.kill()
                hand.process.join()
        self._hands = []

    def ask(self, questions: Callable[[], Any]) -> Iterator[tuple[Any, Any]]:
        """Each question with its answer, as they come; None is no question.

        The answer is None where it never came, an EOFError where the process ended over it.
        """
        open_ = True
        while True:
            for hand in self._hands:
                if hand.asked is None and open_:
                    hand.asked = questions()
                    open_ = hand.asked is not None
                    if open_:
                        hand.since = time.monotonic()
                        hand.line.send(hand.asked)
            busy = [hand for hand in self._hands if hand.asked is not None]
            if not busy:
                return
            ready = wait([hand.line for hand in busy], timeout=1)
            for hand in busy:
                if hand.line in ready or time.monotonic() - hand.since > PATIENCE:
                    asked, answer = hand.asked, self._heard(hand, hand.line in ready)
                    hand.asked = None
                    yield asked, answer

    def _heard(self, hand: _Hand, ready: bool) -> Any:
        """What one says; one that is gone or never ends is replaced."""
        said: Any = None
        try:
            said = hand.line.recv() if ready else None
        except EOFError as gone:
            said = gone
        if isinstance(said, str):
            raise CannotWork(said)
        if ready and not isinstance(said, EOFError):
            return said
        place = self._hands.index(hand)
        hand.line.close()
        hand.process.kill()
        hand.process.join()
        new = self._hired(place)
        hand.process, hand.line = new.process, new.line
        self._begun(hand)
        return said

    def _hired(self, number: int) -> _Hand:
        line, theirs = self._context.Pipe()
        told = (self._plan, theirs, core_of(number, self._jobs))
        process = self._context.Process(target=work, args=told, daemon=False)
        process.start()
        theirs.close()
        return _Hand(process, line)

    def _begun(self, hand: _Hand) -> list[str]:
        said = "nothing"
        if hand.line.poll(_START):
            try:
                said = hand.line.recv()
            except EOFError:
                said = "that it ended"
        if not isinstance(said, list):
            raise CannotWork(f"expected the stories from a process that judges, heard {said}")
        return said
