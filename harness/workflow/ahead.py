"""When is a time that a flow reckons from now? The spec's timeDelay: so much later, at an hour, on days of the week.

Documented: its fields and units. Guessed: that the hour is the account's where the flow names no zone, and that a day
of the week which is not among those named gives way to the next that is.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from harness.workflow.calendar import MOST_YEARS, WEEK, clock_time, fits, moved, on_one_of, zone_of
from harness.workflow.comparing import time_of_day
from harness.workflow.wording import amiss, mapping

UNITS = ("SECONDS", "MINUTES", "HOURS", "DAYS", "WEEKS", "MONTHS", "YEARS")


def ahead(now: datetime, delay: Mapping[str, Any], zone: str) -> datetime:
    """The moment, by the zone that the delay names or else the account's."""
    strategy = delay.get("timeZoneStrategy") or {}
    there = now.astimezone(zone_of(strategy.get("timeZoneId", zone)))
    then = moved(there, {delay["timeUnit"].lower(): int(delay["delta"])})
    if delay.get("timeOfDay"):
        then = clock_time(then.replace(second=0, microsecond=0), delay["timeOfDay"])
    return on_one_of(then, delay.get("daysOfWeek") or [])


def unsupported(given: object) -> Iterator[str]:
    """What of a timeDelay cannot be worked out here."""
    delay = mapping(given)
    if delay is None:
        yield amiss("an object with delta and timeUnit", given)
        return
    if delay.get("timeUnit") not in UNITS:
        yield amiss(f"a timeUnit out of {', '.join(UNITS)}", delay.get("timeUnit"))
    delta = delay.get("delta")
    if isinstance(delta, bool) or not isinstance(delta, int) or not fits({str(delay.get("timeUnit")).lower(): delta}):
        yield amiss(f"a whole number, of {MOST_YEARS} years at most, as delta", delta)
    days = delay.get("daysOfWeek") or []
    if not isinstance(days, list) or not set(map(str, days)) <= set(WEEK):
        yield amiss("days such as MONDAY as daysOfWeek", days)
    if hour := delay.get("timeOfDay"):
        yield from time_of_day(hour) if isinstance(hour, Mapping) else [amiss("an hour and a minute", hour)]
    yield from _zone(delay.get("timeZoneStrategy"))


def _zone(strategy: object) -> Iterator[str]:
    if not strategy:
        return
    name = (mapping(strategy) or {}).get("timeZoneId")
    try:
        zone_of(name if isinstance(name, str) else "")
    except ValueError:
        yield amiss("a time zone such as Europe/Berlin as timeZoneId of timeZoneStrategy", strategy)
