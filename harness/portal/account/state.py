"""What an account knows of its use: how many requests were made today."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from harness.clock import Clock, millis


class Usage:
    """Requests by the account's day, which begins at midnight of its time zone (documented)."""

    def __init__(self, clock: Clock, time_zone: str) -> None:
        self._clock = clock
        self._zone = ZoneInfo(time_zone)
        self._today = 0
        self.midnight = 0  # the next one

    def count(self) -> None:
        """One more."""
        self._turn()
        self._today += 1

    @property
    def today(self) -> int:
        """Requests so far today."""
        self._turn()
        return self._today

    def _turn(self) -> None:
        if self._clock.millis() >= self.midnight:
            here = self._clock.now().astimezone(self._zone)
            self.midnight = millis(datetime.combine(here.date() + timedelta(days=1), time(), self._zone))
            self._today = 0
