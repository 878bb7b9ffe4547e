"""What time is it for HubSpot? As its last answer said, and what has passed since; the machine's time before one."""

import threading
import time
from collections.abc import Callable
from email.utils import parsedate_to_datetime

A_SECOND = 1000  # a Date header names whole seconds


class AccountClock:
    """HubSpot's clock, read off its answers."""

    def __init__(self, clock: Callable[[], float], machine: Callable[[], float] = time.time) -> None:
        self._clock = clock
        self._machine = machine
        self._lock = threading.Lock()
        self._ahead: int | None = None  # milliseconds that it is before our own clock

    def now(self) -> int:
        """Epoch milliseconds."""
        with self._lock:
            return int(self._machine() * 1000) if self._ahead is None else self._ours() + self._ahead

    def heard(self, date: str, took: float) -> None:
        """An answer came with this Date, after so many seconds. What it may mean is kept to: time never jumps back."""
        try:
            said = int(parsedate_to_datetime(date).timestamp() * 1000)
        except (ValueError, TypeError, IndexError, OverflowError):
            return
        with self._lock:
            ours = self._ours()
            if self._ahead is None or not said <= ours + self._ahead < said + A_SECOND + int(took * 1000) + 1:
                self._ahead = said - ours

    def _ours(self) -> int:
        return int(self._clock() * 1000)
