"""Which moment is so many days, months or years away, by the clocks of a time zone?

Days and longer are counted on the calendar, so that nine o'clock stays nine o'clock when the clocks change; hours and
shorter by the stopwatch. The last day of a month stands for one that the month does not have (both guessed).
"""

from calendar import monthrange
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

MONTHS_IN = {"months": 1, "quarters": 3, "years": 12}
DAYS_IN = {"days": 1, "weeks": 7}
SHORT = ("hours", "minutes", "seconds", "milliseconds")
MOST_YEARS = 500
SPANS = (*MONTHS_IN, *DAYS_IN, *SHORT)
WEEK = ("MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY")


@lru_cache(maxsize=64)
def zone_of(name: str) -> ZoneInfo:
    """The zone by its IANA name; a name that is none is a ValueError."""
    try:
        return ZoneInfo(name)
    except (OSError, KeyError, ValueError):
        raise ValueError(name) from None


def fits(offset: Mapping[str, int]) -> bool:
    """Whether it is a span that no calendar ends within: at most 500 years (ours)."""
    days = {"years": 366, "quarters": 92, "months": 31, "weeks": 7, "days": 1, "hours": 1 / 24, "minutes": 1 / 1440}
    return sum(abs(amount) * days.get(unit, 1 / 86_400) for unit, amount in offset.items()) <= MOST_YEARS * 366


def moved(when: datetime, offset: Mapping[str, int | None]) -> datetime:
    """A moment of some zone, moved by an offset such as {"days": -3, "hours": 2}."""
    months = sum(MONTHS_IN[unit] * (offset.get(unit) or 0) for unit in MONTHS_IN)
    days = sum(DAYS_IN[unit] * (offset.get(unit) or 0) for unit in DAYS_IN)
    year, month = divmod(when.year * 12 + when.month - 1 + months, 12)
    day = min(when.day, monthrange(year, month + 1)[1])
    by_calendar = when.replace(year=year, month=month + 1, day=day) + timedelta(days=days)
    short = timedelta(**{unit: offset.get(unit) or 0 for unit in SHORT})
    return (by_calendar.astimezone(UTC) + short).astimezone(when.tzinfo)


def clock_time(day: datetime, given: Mapping[str, Any]) -> datetime:
    """That day at an {"hour": 9, "minute": 30}; what is not given is 0."""
    hour, minute, second = (given.get(unit) or 0 for unit in ("hour", "minute", "second"))
    thousandths = given.get("millisecond") or 0
    return day.replace(hour=hour, minute=minute, second=second, microsecond=thousandths * 1000)


def on_one_of(when: datetime, days: list[str]) -> datetime:
    """The same time on the first of these days of the week, from that day on; any day where none is named."""
    for ahead in range(7):
        later = when + timedelta(days=ahead)
        if not days or WEEK[later.weekday()] in days:
            return later
    return when
