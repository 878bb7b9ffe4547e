"""A clock that runs by itself, from a moment of one's own choice, and can still be moved and stopped."""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from harness.clock import END, Clock, Moment, millis, moment


class RunningClock(Clock):
    """As long as it runs a second takes a second; `advance` and `run_until` put it forward."""

    def __init__(self, start: Moment | None = None, machine: Callable[[], float] = time.monotonic) -> None:
        super().__init__(start or datetime.now(UTC))
        self._machine = machine
        self._seen: float | None = machine()
        self._read: tuple[datetime, int, str] | None = None  # a moment, and how it is written

    @property
    def running(self) -> bool:
        """Whether time passes by itself."""
        return self._seen is not None

    def now(self) -> datetime:
        """This moment, in UTC."""
        self._catch_up()
        return super().now()

    def millis(self) -> int:
        """This moment in epoch milliseconds."""
        return self._written()[1]

    def iso(self) -> str:
        """This moment as text."""
        return self._written()[2]

    def _written(self) -> tuple[datetime, int, str]:
        """A server is asked many times in a millisecond, and works it out once."""
        now = self.now()
        if self._read is None or self._read[0] is not now:
            self._read = now, millis(now), super().iso()
        return self._read

    def advance(self, seconds: float) -> None:
        """Put it forward."""
        self._catch_up()
        super().advance(seconds)

    def run_until(self, when: Moment) -> None:
        """Put it forward to a moment."""
        self._catch_up()
        super().run_until(when)

    def stop(self) -> None:
        """From here on it moves only when told."""
        self._catch_up()
        self._seen = None

    def go(self) -> None:
        """From here on it runs by itself."""
        if self._seen is None:
            self._seen = self._machine()

    def _catch_up(self) -> None:
        """Let the time pass that has passed outside, whole milliseconds of it; at the end of the clock it stands."""
        if self._seen is None:
            return
        passed = int((self._machine() - self._seen) * 1000)
        if passed > 0:
            self._seen += passed / 1000
            super().run_until(moment(min(self._now + timedelta(milliseconds=passed), END)))
