"""How is a chart drawn with letters? A row of bars by day, and a map of the week, in plain text."""

from collections.abc import Sequence
from datetime import date

from report.analysis.findings import Hour, Slice
from report.show.figures import short_day

BARS, PLAIN_BARS = "▁▂▃▄▅▆▇█", ".:-=+*#@"
MARGIN = 17
"""Columns for what a row is called and its largest number."""


def trend(days: Sequence[Slice], width: int, *, letters: bool = True) -> list[str]:
    """One row for each count, one letter for a day; for two or more where the window is longer than the line."""
    if not days:
        return ["no day"]
    room = max(10, width - MARGIN - 8)
    per = -(-len(days) // room)
    groups = [days[at : at + per] for at in range(0, len(days), per)]
    bars = BARS if letters else PLAIN_BARS
    lines = []
    for name, counts in (
        ("dropped", [sum(each.dropped for each in group) for group in groups]),
        ("late", [sum(each.late for each in group) for group in groups]),
        ("needed a ticket", [sum(each.needed for each in group) for group in groups]),
    ):
        top = max(counts)
        said = f"  {'max ' + format(top, ',') if top else 'none'}"
        lines.append(f"{name:<{MARGIN}}{''.join(_bar(number, top, bars) for number in counts)}{said}")
    first, last = (short_day(date.fromisoformat(each.key)) for each in (days[0], days[-1]))
    gap = max(1, len(groups) - len(first) - len(last))
    lines.append(f"{'':<{MARGIN}}{first}{' ' * gap}{last}" + (f"  ({per} days a bar)" if per > 1 else ""))
    return lines


def hour_map(hours: Sequence[Hour], weekdays: Sequence[str], *, letters: bool = True) -> list[str]:
    """A row for each weekday, a column for each hour: how many were late or dropped."""
    nothing = "·" if letters else "."
    counts = {(each.weekday, each.hour): each.late + each.dropped for each in hours}
    lines = [f"{'':<4}" + "".join(f"{hour:>3}" for hour in range(24))]
    for weekday, name in enumerate(weekdays, 1):
        cells = (counts.get((weekday, hour)) for hour in range(24))
        told = "".join(f"{_cell(number, nothing):>3}" for number in cells)
        lines.append(f"{name:<4}{told}".rstrip())
    return lines


def _cell(number: int | None, nothing: str) -> str:
    """Empty where no chat needed a ticket."""
    if number is None:
        return ""
    return nothing if not number else str(number) if number < 100 else "99"


def _bar(number: int, top: int, bars: str) -> str:
    """Nothing for none; for one, something that is seen."""
    return " " if not number else bars[max(0, -(-number * len(bars) // top) - 1)]
