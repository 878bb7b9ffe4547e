"""How is a number, a share, a span or a moment written? The same way in every output."""

from datetime import UTC, date, datetime

from report.window import zone_of

SECOND, MINUTE, HOUR, DAY = 1000, 60_000, 3_600_000, 86_400_000
NONE = "–"
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def count(number: int, one: str, many: str | None = None) -> str:
    """`1 chat`, `1,204 chats`."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def share(rate: float | None) -> str:
    """`3.3 %`; what is not quite none or not quite all is never rounded to it."""
    if rate is None:
        return NONE
    if 0 < rate < 0.001:
        return "< 0.1 %"
    if 0.999 < rate < 1:
        return "> 99.9 %"
    return f"{rate * 100:.1f} %".replace(".0 %", " %")


def span(milliseconds: float | None) -> str:
    """`40 s`, `5 min`, `1 h 05 min`, `2 d 3 h`: two units at most, and never a unit more exact than is useful."""
    if milliseconds is None:
        return NONE
    if milliseconds < SECOND:
        return f"{round(milliseconds)} ms"
    if milliseconds < MINUTE:
        return f"{int(milliseconds / SECOND)} s"
    if milliseconds < HOUR:
        minutes, seconds = divmod(int(milliseconds / SECOND), 60)
        return f"{minutes} min {seconds:02d} s" if seconds and minutes < 10 else f"{minutes} min"
    if milliseconds < DAY:
        hours, minutes = divmod(int(milliseconds / MINUTE), 60)
        return f"{hours} h {minutes:02d} min" if minutes else f"{hours} h"
    days, hours = divmod(int(milliseconds / HOUR), 24)
    return f"{days} d {hours} h" if hours else f"{days} d"


def long_span(milliseconds: int) -> str:
    """A span as it stands in a sentence: `5 minutes`."""
    for unit, name in ((DAY, "day"), (HOUR, "hour"), (MINUTE, "minute"), (SECOND, "second")):
        if milliseconds and milliseconds % unit == 0:
            return count(milliseconds // unit, name)
    return span(milliseconds)


def moment(milliseconds: int, zone: str) -> datetime:
    """A moment in the account's zone."""
    return datetime.fromtimestamp(milliseconds / 1000, UTC).astimezone(zone_of(zone))


def clock(milliseconds: int, zone: str) -> str:
    """`2026-03-02 14:05`, in the account's zone."""
    return moment(milliseconds, zone).strftime("%Y-%m-%d %H:%M")


def iso(milliseconds: int, zone: str) -> str:
    """`2026-03-02T14:05:07.120+01:00`: for machines."""
    return moment(milliseconds, zone).isoformat(timespec="milliseconds")


def short_day(day: date) -> str:
    """`2 Mar`."""
    return f"{day.day} {MONTHS[day.month - 1]}"


def days(first: date, last: date) -> str:
    """`1–30 Mar 2026`, `20 Feb – 5 Mar 2026`."""
    if first == last:
        return f"{short_day(last)} {last.year}"
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{short_day(last)} {last.year}"
    year = "" if first.year == last.year else f" {first.year}"
    return f"{short_day(first)}{year} – {short_day(last)} {last.year}"
