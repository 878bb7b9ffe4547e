"""How many calls are under way at once? Few at first, more as they succeed, half as many after trouble."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

FIRST = 4
LOOK = 0.2  # seconds between two looks at whether to stop


class Lanes:
    """Room for calls that are under way."""

    def __init__(self, most: int) -> None:
        self._most = max(most, 1)
        self._open = float(min(FIRST, self._most))
        self._quick = True  # until the first trouble: one lane more per success
        self._used = 0
        self._changed = threading.Condition()

    @property
    def open(self) -> int:
        """How many there are now."""
        return int(self._open)

    @contextmanager
    def one(self, go_on: Callable[[], None]) -> Iterator[None]:
        """Wait for a lane; `go_on` raises when there is no more sense in it."""
        with self._changed:
            while self._used >= int(self._open):
                go_on()
                self._changed.wait(LOOK)
            self._used += 1
        try:
            yield
        finally:
            with self._changed:
                self._used -= 1
                self._changed.notify()

    def better(self) -> None:
        """A call succeeded."""
        with self._changed:
            self._open = min(self._open + (1 if self._quick else 1 / self._open), self._most)
            self._changed.notify()

    def worse(self) -> None:
        """HubSpot is busy or broken."""
        with self._changed:
            self._quick = False
            self._open = max(self._open / 2, 1.0)
