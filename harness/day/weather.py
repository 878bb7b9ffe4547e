"""The weather of the day file: storms of refusals, and outages."""

from datetime import datetime
from pathlib import Path

import msgspec

from harness.day.moments import moment_on
from harness.day.refusal import DayError

MOST_TIMES = 10_000  # ours: more requests than a day makes


class Storm(msgspec.Struct, forbid_unknown_fields=True):
    """So many requests, or all until a time of day, fail: with a status, or cut off."""

    times: int = 0
    until: str = ""
    status: int = 429
    after_write: bool = False
    drop: bool = False


class Outage(msgspec.Struct, forbid_unknown_fields=True):
    """Nothing is answered but `status`, until a time of day."""

    until: str
    status: int = 503


class WeatherEntry(msgspec.Struct, forbid_unknown_fields=True):
    """Weather that begins at a time of day."""

    at: str
    storm: Storm | None = None
    outage: Outage | None = None


def check_weather(file: Path, day: datetime, entry: WeatherEntry) -> None:
    """Refuse weather that says nothing, says two things, or could not be told from fair weather."""
    where = f"weather at {entry.at}"

    def refuse(expected: str, found: object, remedy: str) -> DayError:
        return DayError(file, where, expected=expected, found=f"{found}", remedy=remedy)

    storm, begins = entry.storm, moment_on(file, where, day, entry.at)
    kinds = [kind for kind in (storm, entry.outage) if kind is not None]
    if len(kinds) != 1 or (storm is not None and bool(storm.times) == bool(storm.until)):
        raise refuse("an outage, or a storm with either times or until", "neither or both", "Write one.")
    (kind,) = kinds
    if kind.until and moment_on(file, where, day, kind.until) <= begins:
        raise refuse(f"an until after {entry.at}", kind.until, "Correct one of the two.")
    if kind.status != 429 and not 500 <= kind.status <= 599:
        raise refuse("a status of 429 or from 500 to 599", kind.status, "Other answers are no weather.")
    if storm is not None and storm.times and not 1 <= storm.times <= MOST_TIMES:
        raise refuse(f"times from 1 to {MOST_TIMES}", storm.times, "Correct it.")
    if storm is not None and storm.until and (storm.drop or storm.after_write):
        said = "drop" if storm.drop else "after_write"
        raise refuse(f"times beside {said}", "until", "Say how many requests it strikes.")
