"""Which days are reported? Whole days of the account's own zone, and today as far as it has come."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from deploy.refusals import Refused

MOST_DAYS = 3650
_SPAN = re.compile(r"([0-9]{1,6})(ms|s|m|h)")
_UNITS = {"ms": 1, "s": 1000, "m": 60_000, "h": 3_600_000}


@dataclass(frozen=True)
class Window:
    """Some days in one zone."""

    zone: str
    first_day: date
    last_day: date

    @property
    def since(self) -> int:
        """Epoch ms at which the first day begins; where the clocks skip midnight, when it is over."""
        return int(datetime.combine(self.first_day, datetime.min.time(), zone_of(self.zone)).timestamp() * 1000)


def window(zone: str, until: int, days: int) -> Window:
    """The last `days` whole days before that moment (epoch ms), and that day."""
    if not 1 <= days <= MOST_DAYS:
        raise Refused(
            "--days", expected=f"a number of days from 1 to {MOST_DAYS}", found=str(days)[:20], remedy="Correct it."
        )
    today = datetime.fromtimestamp(until / 1000, UTC).astimezone(zone_of(zone)).date()
    return Window(zone, today - timedelta(days=days), today)


def zone_of(name: str) -> ZoneInfo:
    """A time zone by its IANA name; HubSpot's own names that nobody else knows count as UTC."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ZoneInfo("UTC")


def span(option: str, text: str) -> int:
    """A span such as 5m, 90s or 1h in ms; a Refused names the option."""
    found = _SPAN.fullmatch(text.strip())
    if found is None:
        raise Refused(option, expected="a span such as 5m, 90s or 1h", found=repr(text[:40]), remedy="Correct it.")
    return int(found[1]) * _UNITS[found[2]]
