"""Until when does HubSpot keep what we stand on? API versions and runtimes with an end that is known, written once."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

SOON, AT_ONCE = 180, 30  # days


@dataclass(frozen=True, slots=True)
class End:
    """One day after which something is no longer kept."""

    what: str
    day: date
    means: str
    known: str  # how: documented, or seen by others


APIS: dict[str, End] = {
    "v4": End("API v4", date(2027, 3, 30), "unsupported", "documented: HubSpot's changelog"),
    "v3": End("API v3", date(2027, 9, 1), "unsupported; the day in September is not said", "documented: changelog"),
    "2026-09": End(
        "API 2026-09", date(2028, 3, 1), "18 months after its release", "documented: changelog; day reckoned"
    ),
}
"""By the name of the version; 2026-09-beta is not in it: nobody said when it ends."""

RUNTIMES: dict[str, End] = {
    "PYTHON39": End(
        "Python 3.9", date(2027, 2, 1), "AWS makes no new functions; from 3 March none is changed", "second-hand: AWS"
    ),
    "NODE20X": End("Node 20", date(2026, 11, 17), "actions had to move to Node 24", "documented: changelog"),
    "NODE16X": End("Node 16", date(2026, 11, 17), "actions had to move to Node 24", "documented: changelog"),
}
"""By HubSpot's name of the runtime. HubSpot itself says nothing of Python's end; it runs on AWS."""


def today() -> date:
    """The day, in UTC."""
    return datetime.now(UTC).date()


def days_left(end: End, on: date) -> int:
    """How many days until it; negative when it is over."""
    return (end.day - on).days


def told(end: End, on: date) -> str:
    """In words."""
    left = days_left(end, on)
    when = f"in {left} days" if left > 1 else "tomorrow" if left == 1 else "today" if left == 0 else f"{-left} days ago"
    return f"{end.what} ends on {end.day} ({when}): {end.means} ({end.known})"
