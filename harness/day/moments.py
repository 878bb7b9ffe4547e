"""Dates, times of day and spans of time as the day file writes them."""

import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from harness.day.refusal import DayError

DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
FIRST_YEAR, LAST_YEAR = 2000, 2099
CLOCK = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9])(?::([0-5][0-9]))?")
SPAN = re.compile(r"([0-9]{1,5}) (s|min|h)")
UNIT = {"s": "seconds", "min": "minutes", "h": "hours"}
A_DAY = timedelta(days=1)


def beginning_of(file: Path, text: str) -> datetime:
    """The first moment of a day, in UTC."""
    try:
        found = date.fromisoformat(text) if DATE.fullmatch(text) else None
    except ValueError:
        found = None
    if found is None or not FIRST_YEAR <= found.year <= LAST_YEAR:
        expected = f"a date from {FIRST_YEAR}-01-01 to {LAST_YEAR}-12-31, such as 2026-03-02"
        raise DayError(file, "day", expected=expected, found=f"{text:.40}", remedy="Correct the date.")
    return datetime(found.year, found.month, found.day, tzinfo=UTC)


def moment_on(file: Path, where: str, day: datetime, text: object) -> datetime:
    """A time of the day in UTC: "09:31" or "09:31:20"."""
    found = CLOCK.fullmatch(text) if isinstance(text, str) else None
    if found is None:
        raise DayError(
            file,
            where,
            expected='a time such as "09:31"',
            found=f"{text!r:.40}",
            remedy="Write it in quotes.",
        )
    hours, minutes, seconds = (int(part or 0) for part in found.groups())
    return day + timedelta(hours=hours, minutes=minutes, seconds=seconds)


def duration(file: Path, where: str, text: object) -> timedelta:
    """A span of time within a day: "20 s", "3 min" or "2 h"."""
    found = SPAN.fullmatch(text) if isinstance(text, str) else None
    span = timedelta(**{UNIT[found[2]]: int(found[1])}) if found is not None else None
    if span is None or span > A_DAY:
        raise DayError(
            file,
            where,
            expected='a span of at most 24 h, such as "3 min"',
            found=f"{text!r:.40}",
            remedy="Units are s, min and h.",
        )
    return span
