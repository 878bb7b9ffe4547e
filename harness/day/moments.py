"""Times of day and spans of time as the day file writes them."""

import re
from datetime import datetime, timedelta
from pathlib import Path

from harness.day.refusal import DayError

CLOCK = re.compile(r"([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d))?")
SPAN = re.compile(r"(\d+) (s|min|h)")
UNIT = {"s": "seconds", "min": "minutes", "h": "hours"}


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
    """A span of time: "20 s", "3 min" or "2 h"."""
    found = SPAN.fullmatch(text) if isinstance(text, str) else None
    if found is None:
        raise DayError(
            file,
            where,
            expected='a span such as "3 min"',
            found=f"{text!r:.40}",
            remedy="Units are s, min and h.",
        )
    return timedelta(**{UNIT[found[2]]: int(found[1])})
