"""In which order do the calls of two runs at once come? In that of a seed, the same each time.

A run's request waits until every run that still goes has asked for something or ended; then the dice say whose is next.
So the order depends on the seed alone, not on which process the machine happens to favour.
"""

import random
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from harness.portal import Request, Response

Answer = Callable[[Request], Response]
Result = TypeVar("Result")


class Turns:
    """Some runs at once, one call at a time."""

    def __init__(self, runs: int, seed: int, answer: Answer) -> None:
        self._chance = random.Random(seed)
        self._answer = answer
        self._change = threading.Condition()
        self._going = set(range(runs))
        self._asking: set[int] = set()
        self._turn: int | None = None
        self.order: list[int] = []
        """Whose call came when."""

    def answer(self, run: int, request: Request) -> Response:
        """The answer to a run's call, when it is its turn."""
        with self._change:
            self._asking.add(run)
            self._next()
            self._change.wait_for(lambda: self._turn == run)
            self._asking.discard(run)
            self._turn = None
            self.order.append(run)
            return self._answer(request)

    def ended(self, run: int) -> None:
        """A run that asks no more; the others go on."""
        with self._change:
            self._going.discard(run)
            self._next()

    def _next(self) -> None:
        if self._turn is None and self._going and self._asking >= self._going:
            self._turn = self._chance.choice(sorted(self._asking))
            self._change.notify_all()


class Seat:
    """One run's way to the portal."""

    def __init__(self, run: int) -> None:
        self.run = run
        self.turns: Turns | None = None

    def answer(self, request: Request) -> Response:
        """The portal's answer, in turn."""
        assert self.turns is not None
        return self.turns.answer(self.run, request)


def at_once(turns: Turns, runs: Sequence[Callable[[], Result]]) -> list[Result]:
    """Let them go together; what each came to. What escapes from one is raised here."""
    with ThreadPoolExecutor(len(runs)) as pool:
        going = [pool.submit(_go, turns, number, run) for number, run in enumerate(runs)]
        return [each.result() for each in going]


def _go(turns: Turns, number: int, run: Callable[[], Result]) -> Result:
    try:
        return run()
    finally:
        turns.ended(number)
