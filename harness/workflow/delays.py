"""How long does a record wait? For a time (0-1), or until a date (0-35).

Documented: the ids and fields of HubSpot's action reference. Guessed: that a date which is missing or past lets the
record go on at once, that a date without a time of day is midnight in the account's zone, and that a record which
waits does not notice when the date changes.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime

from harness.clock import END, EPOCH, MILLISECOND, millis
from harness.portal.moments import DAY, read_datetime
from harness.workflow import values
from harness.workflow.calendar import clock_time, moved, zone_of
from harness.workflow.comparing import time_of_day
from harness.workflow.steps import Around, Done, Fields, Scene, others
from harness.workflow.wording import amiss

MINUTES_IN = {"MINUTES": 1, "HOURS": 60, "DAYS": 24 * 60}
LONGEST_DELAY = 3650 * MINUTES_IN["DAYS"]  # ours, in minutes
NEVER = 1e12  # seconds: beyond the end of the clock
WHOLE = re.compile(r"-?[0-9]{1,7}")


class Delay:
    """0-1: for a set time."""

    def unsupported(self, fields: Fields, around: Around) -> Iterator[str]:
        """A whole number of minutes, hours or days, and nothing beside it."""
        yield from others(fields, "delta", "time_unit")
        yield from _amount(fields, least=0)

    def do(self, fields: Fields, scene: Scene) -> Done:
        """Wait."""
        minutes = int(fields["delta"]) * MINUTES_IN[fields.get("time_unit", "MINUTES")]
        return Done("delay", f"{minutes} min", wait=60.0 * minutes)


class DelayUntil:
    """0-35: until a date, or so long before or after it."""

    def unsupported(self, fields: Fields, around: Around) -> Iterator[str]:
        """A value that is a moment, an offset and an hour of the day."""
        yield from others(fields, "date", "delta", "time_unit", "time_of_day")
        yield from (f"date: {problem}" for problem in values.unsupported(fields.get("date"), around.values))
        if fields.get("delta") not in (None, ""):
            yield from _amount(fields, least=-1)
        if hour := fields.get("time_of_day"):
            yield from time_of_day(hour) if isinstance(hour, Mapping) else [amiss("an hour and a minute", hour)]

    def do(self, fields: Fields, scene: Scene) -> Done:
        """Wait until then."""
        stamp = read_datetime(scene.resolve(fields["date"]) or "")
        if stamp is None:
            return Done("delay until a date", "there is none: goes on at once")
        if stamp > millis(END):
            return Done("delay until a date", f"it is after {END:%Y}: never goes on", wait=NEVER)
        try:
            then = _moment(stamp, fields.get("time_of_day") or None, scene.zone)
            unit = str(fields.get("time_unit", "MINUTES")).lower()
            then = moved(then, {unit: int(fields.get("delta") or 0)}).astimezone(UTC)
        except (OverflowError, ValueError):  # before the first year there is
            then = EPOCH
        if then <= scene.now:
            return Done("delay until a date", "it is past: goes on at once")
        return Done("delay until a date", f"{then:%Y-%m-%d %H:%M:%S}", wait=(then - scene.now).total_seconds())


def _moment(stamp: int, hour: Mapping[str, int] | None, zone: str) -> datetime:
    """Dates are kept as midnight in UTC (documented) and meant as that day in the account."""
    when = EPOCH + stamp * MILLISECOND
    if stamp % DAY == 0:
        when = when.replace(tzinfo=zone_of(zone))
    there = when.astimezone(zone_of(zone))
    return clock_time(there, hour) if hour else there


def _amount(fields: Fields, least: int) -> Iterator[str]:
    unit, delta = fields.get("time_unit", "MINUTES"), fields.get("delta")
    if not isinstance(unit, str) or unit not in MINUTES_IN:
        yield amiss(f"a time_unit out of {', '.join(MINUTES_IN)}", unit)
        return
    most = LONGEST_DELAY // MINUTES_IN[unit]
    if isinstance(delta, bool) or not WHOLE.fullmatch(str(delta)) or not least * most <= int(str(delta)) <= most:
        yield amiss(f"a whole number from {least * most} to {most} as delta", delta)
