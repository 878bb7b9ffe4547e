"""Moments as HubSpot writes them: ISO text out, ISO text or epoch milliseconds in."""

from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

from harness.clock import EPOCH
from harness.clock import millis as millis_of

DAY = 86_400_000


@lru_cache(maxsize=4096)  # one record says the same moment several times
def iso(millis: int) -> str:
    """ISO text in UTC; milliseconds only when there are some, as HubSpot's answers have it."""
    when = EPOCH + timedelta(milliseconds=millis)
    return when.isoformat(timespec="milliseconds" if millis % 1000 else "seconds").replace("+00:00", "Z")


def read_datetime(text: str) -> int | None:
    """Milliseconds from epoch-millisecond text or ISO text with a zone; None if it is neither."""
    if text.lstrip("-").isascii() and text.lstrip("-").isdigit():
        return _in_range(int(text)) if len(text) <= 16 else None
    if "T" not in text:
        return _midnight(text)
    try:
        when = datetime.fromisoformat(text)
        return millis_of(when.astimezone(UTC)) if when.tzinfo else None
    except (ValueError, OverflowError):
        return None


def read_date(text: str) -> str | None:
    """A date as YYYY-MM-DD from that form or from epoch milliseconds at midnight UTC; else None."""
    millis = read_datetime(text)
    if millis is None or millis % DAY:
        return None
    return iso(millis)[:10]


def _midnight(text: str) -> int | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return millis_of(datetime(day.year, day.month, day.day, tzinfo=UTC))


def _in_range(millis: int) -> int | None:
    try:
        iso(millis)
    except OverflowError:
        return None
    return millis
