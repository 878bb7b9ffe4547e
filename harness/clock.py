"""The only "now" and the only "wait" of the harness: time stands still until it is told to move."""

import heapq
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from threading import RLock

START = "2026-03-02T08:00:00Z"  # a Monday morning, before Europe changes its clocks
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MILLISECOND = timedelta(milliseconds=1)
END = datetime(9000, 1, 1, tzinfo=UTC)  # Python's dates end with 9999: what is reckoned from a moment still is one
RANGE = f"{EPOCH:%Y-%m-%d} to {END:%Y-%m-%d}"

Moment = str | datetime


class ClockError(ValueError):
    """A moment that cannot be used: no time zone, not a date, out of range, or earlier than now."""


class Clock:
    """A clock that moves when told, and does what was planned for each moment on its way there."""

    def __init__(self, start: Moment = START) -> None:
        self._now = moment(start)
        self._planned: list[tuple[datetime, int, Callable[[], object]]] = []
        self._asked = 0
        self._lock = RLock()

    def now(self) -> datetime:
        """This moment, in UTC."""
        return self._now

    def millis(self) -> int:
        """This moment as HubSpot counts it: milliseconds since 1970."""
        return millis(self._now)

    def iso(self) -> str:
        """This moment as text, always with milliseconds: 2026-03-02T08:00:00.000Z."""
        return self._now.isoformat(timespec="milliseconds").replace("+00:00", "Z")

    def at(self, when: Moment, call: Callable[[], object]) -> None:
        """Plan a call. A moment that has passed is due at once, when the clock next moves."""
        with self._lock:
            self._asked += 1
            heapq.heappush(self._planned, (max(moment(when), self._now), self._asked, call))

    def after(self, seconds: float, call: Callable[[], object]) -> None:
        """Plan a call so many seconds from now. After the end of the clock it is never made."""
        try:
            when = self._now + timedelta(seconds=seconds)
        except OverflowError:
            return
        except ValueError:  # no number
            raise _outside(f"{seconds} seconds after {self._now.isoformat()}") from None
        if when <= END:
            self.at(when, call)

    def advance(self, seconds: float) -> None:
        """Let so many seconds pass."""
        try:
            end = self._now + timedelta(seconds=seconds)
        except (OverflowError, ValueError):
            raise _outside(f"{seconds} seconds after {self._now.isoformat()}") from None
        self.run_until(end)

    def run_until(self, when: Moment) -> None:
        """Move to a moment, making each planned call at its own time, in the order of asking."""
        end = moment(when)
        if end < self._now:
            raise ClockError(
                f"Clock.run_until: expected a moment not before {self.iso()}, found {end.isoformat()}. "
                "Time does not run backwards: start a new Clock there."
            )
        while self._step(end):
            pass
        self._now = max(self._now, end)

    def run_all(self, limit_days: float = 30) -> None:
        """Make every planned call, also those planned on the way, up to so many days ahead."""
        try:
            end = self._now + min(timedelta(days=limit_days), END - self._now)
        except OverflowError:
            end = END
        except ValueError:  # no number
            raise _outside(f"{limit_days} days after {self._now.isoformat()}") from None
        while self._step(end):
            pass

    def planned(self) -> int:
        """How many calls are still to come."""
        return len(self._planned)

    def _step(self, end: datetime) -> bool:
        with self._lock:
            if not self._planned or self._planned[0][0] > end:
                return False
            due, _, call = heapq.heappop(self._planned)
            self._now = max(self._now, due)
        call()
        return True


def moment(value: Moment) -> datetime:
    """A moment from ISO text or an aware datetime, to the millisecond, in UTC."""
    if isinstance(value, str):
        try:
            value = datetime.fromisoformat(value)
        except ValueError:
            raise ClockError(
                f"Clock: expected ISO text such as {START}, found {value!r}. Write date, time and zone."
            ) from None
    if not isinstance(value, datetime):
        raise ClockError(f"Clock: expected ISO text such as {START} or a datetime, found {value!r}.")
    if value.tzinfo is None:
        found = value.isoformat()
        raise ClockError(f"Clock: expected a moment with a time zone, found {found}. Add Z or +01:00.")
    try:
        utc = value.astimezone(UTC)
    except OverflowError:
        raise _outside(value.isoformat()) from None
    if not EPOCH <= utc <= END:
        raise _outside(value.isoformat())
    return utc.replace(microsecond=utc.microsecond // 1000 * 1000)


def _outside(found: str) -> ClockError:
    return ClockError(f"Clock: expected a moment from {RANGE}, found {found}. Choose one of these years.")


def millis(when: datetime) -> int:
    """Milliseconds since 1970, exactly."""
    return (when - EPOCH) // MILLISECOND
