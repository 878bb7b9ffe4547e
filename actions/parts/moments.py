"""Moments in and out: what HubSpot sends, what it stores, and when a span of business hours ends."""

import re
from datetime import datetime, timedelta, timezone

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def millis(value):
    """Epoch milliseconds from what HubSpot sends (ISO text, epoch-ms text or number); None where it is no moment."""
    text = str(value if value is not None else "").strip()
    if re.fullmatch(r"[0-9]{1,16}(\.0+)?", text):
        return in_range(int(float(text)))
    match = re.fullmatch(r"(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d)?)(\.\d{1,9})?)?(Z|[+-][01]\d:?[0-5]\d)?", text)
    if not match:
        return None
    day, clock, fraction, offset = match.groups()
    try:
        moment = datetime.fromisoformat("{}T{}+00:00".format(day, clock or "00:00"))
        if offset and offset != "Z":
            shift = timedelta(hours=int(offset[1:3]), minutes=int(offset[-2:]))
            moment = moment - shift if offset[0] == "+" else moment + shift
    except (ValueError, OverflowError):
        return None
    return in_range(int(moment.timestamp()) * 1000 + int(float(fraction or 0) * 1000 + 0.5))


def in_range(moment_ms):
    """A moment between the years 2000 and 2200; what lies outside is a mistake, not a moment of a help desk."""
    return moment_ms if 946684800000 <= moment_ms < 7258118400000 else None


def iso(moment_ms):
    """HubSpot's text of a moment: UTC, milliseconds only where there are any."""
    whole = datetime.fromtimestamp(moment_ms // 1000, timezone.utc).strftime("%Y-%m-%dT%H:%M:%S")
    return "{}.{:03d}Z".format(whole, moment_ms % 1000) if moment_ms % 1000 else whole + "Z"


def zone_named(name):
    """The tzinfo of an IANA zone, with or without the system's zone database; None where nobody knows it."""
    if name.upper() in ("UTC", "GMT", "Z"):
        return timezone.utc
    if not re.fullmatch(r"[A-Za-z][\w+-]*(/[\w+-]+)*", name):
        return None
    try:
        from zoneinfo import ZoneInfo

        return ZoneInfo(name)
    except (ImportError, OSError, ValueError, KeyError):  # no database here, or no such zone
        return zone_of_dateutil(name)


def zone_of_dateutil(name):
    """HubSpot's client brings dateutil, which carries a zone database of its own."""
    try:
        from dateutil import tz

        return tz.gettz(name)
    except (ImportError, OSError, ValueError):
        return None


def shifts(text):
    """`Mon-Fri 09:00-17:30, Sat 10:00-14:00` as (weekday, first minute, minutes long); None where it is not that."""
    if text.strip() and not text.strip(" ,;"):
        return None
    found = []
    for piece in [item.strip() for item in re.split(r"[,;]", text) if item.strip()]:
        match = re.fullmatch(r"([a-z]{3})(?:\s*-\s*([a-z]{3}))?\s+(\d\d?):(\d\d)\s*-\s*(\d\d?):(\d\d)", piece.lower())
        if not match or match.group(1) not in WEEKDAYS or (match.group(2) or "mon") not in WEEKDAYS:
            return None
        first = WEEKDAYS.index(match.group(1))
        last = WEEKDAYS.index(match.group(2)) if match.group(2) else first
        opens = int(match.group(3)) * 60 + int(match.group(4))
        shuts = int(match.group(5)) * 60 + int(match.group(6))
        if opens >= 1440 or shuts > 1440 or opens == shuts or int(match.group(4)) > 59 or int(match.group(6)) > 59:
            return None
        for step in range((last - first) % 7 + 1):
            found.append(((first + step) % 7, opens, (shuts - opens) % 1440 or 1440))
    return found


def is_day(text):
    """Is this a day of the calendar, as 2026-12-25?"""
    try:
        return bool(re.fullmatch(r"\d{4}-\d\d-\d\d", text) and datetime.fromisoformat(text))
    except ValueError:
        return False


def due_at(start_ms, minutes, opening, zone, holidays=()):
    """When `minutes` of business time are over, counted from `start_ms` (epoch ms).

    `opening`: what `shifts` returned, or empty for around the clock. A shift belongs to the day it begins on and may
    cross midnight; a holiday (`2026-12-25`) takes away the shifts that begin on it. An hour that a clock change skips
    or repeats counts as it is lived: wall-clock times mark the shift's edges, the time between them is real.
    """
    left = int(minutes * 60000)
    if not opening:
        return start_ms + left
    day, counted = datetime.fromtimestamp(start_ms / 1000, zone).date() - timedelta(days=1), start_ms
    for _ in range(3700):  # ten years: holidays that leave no open day must not loop for ever
        edges = (
            []
            if day.isoformat() in holidays
            else sorted((opens, opens + length) for weekday, opens, length in opening if weekday == day.weekday())
        )
        for opens, shuts in edges:
            begin = max(wall(day, opens, zone), counted)  # shifts that overlap count once
            end = wall(day, shuts, zone)
            if end - begin >= left:
                return begin + left
            left -= max(0, end - begin)
            counted = max(counted, end)
        day += timedelta(days=1)
    return start_ms + left


def wall(day, minute, zone):
    """Epoch ms of a wall-clock minute of a day; the minute may lie in the next day."""
    moment = datetime(day.year, day.month, day.day, tzinfo=zone) + timedelta(minutes=minute)
    return int(moment.timestamp() * 1000)
