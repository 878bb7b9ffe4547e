"""When is so much business time over? Counted anew from the account's own opening hours and its time zone."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from tests.simulation.events import HOUR, SECOND, Account

WEEK = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
HOURS = {"URGENT": 1 * HOUR, "HIGH": 4 * HOUR}
OTHERWISE = 8 * HOUR
"""In which an answer is due: the setting as it is delivered, which the account leaves alone."""


def due(account: Account, since: int, priority: str) -> int:
    """The moment at which the hours of a priority are over."""
    left = HOURS.get(priority, OTHERWISE)
    if not account.opening:
        return since + left
    for opens, shuts in _open(account, since):
        from_now = max(opens, since)
        if from_now + left <= shuts:
            return from_now + left
        left -= max(0, shuts - from_now)
    raise AssertionError("it never opens")


def _open(account: Account, since: int) -> Iterator[tuple[int, int]]:
    """From when to when it is open, day by day, from the day of that moment on."""
    days, hours = account.opening.split()
    first, last = (WEEK.index(day) for day in days.split("-"))
    zone = ZoneInfo(account.zone)
    day = datetime.fromtimestamp(since / SECOND, zone).date()
    for later in range(60):
        there = day + timedelta(days=later)
        if first <= there.weekday() <= last:
            opens, shuts = (_there(there, clock, zone) for clock in hours.split("-"))
            yield opens, shuts


def _there(day: date, clock: str, zone: ZoneInfo) -> int:
    """What the clock on the wall shows on a day, as epoch ms."""
    return round(datetime.fromisoformat(f"{day} {clock}").replace(tzinfo=zone).timestamp()) * SECOND
