"""Which charts does the page have? The days, and what was late or dropped by reason, inbox and agent."""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import count as count_up

import altair as alt
from markupsafe import Markup

from report.analysis.findings import Slice
from report.show.figures import count, short_day
from report.show.page.drawing import COLOURS, drawn

LONGEST_BY_DAY = 93
"""Days up to which each has its own bar; beyond, a bar is a week."""
BARS = 8
"""Inboxes, agents or reasons that a chart shows."""
ROW = 40
STATUSES = ("dropped", "late")


@dataclass(frozen=True)
class Period:
    """A day, or seven of them."""

    label: str
    starts: date
    needed: int
    late: int
    dropped: int


def periods(days: Sequence[Slice]) -> list[Period]:
    """The bars of the trend."""
    size = 1 if len(days) <= LONGEST_BY_DAY else 7
    made = []
    for at in range(0, len(days), size):
        group = days[at : at + size]
        first, last = (date.fromisoformat(each.key) for each in (group[0], group[-1]))
        label = short_day(first) if first == last else f"{short_day(first)} – {short_day(last)}"
        sums = (sum(getattr(each, name) for each in group) for name in ("needed", "late", "dropped"))
        made.append(Period(label, first, *sums))
    return made


def trend(bars: Sequence[Period], name: str, width: int) -> Markup:
    """Above what was late or dropped, below what needed a ticket: two scales, never on one axis."""
    keys = [each.starts.isoformat() for each in bars]
    x = alt.X("day:O", sort=keys, scale=alt.Scale(paddingInner=0.25, paddingOuter=0.1))
    rows = [
        {"day": key, "status": status, "number": getattr(each, status), "order": order}
        for key, each in zip(keys, bars, strict=True)
        for order, status in enumerate((*STATUSES, "needed"))
    ]
    top = max((each.late + each.dropped for each in bars), default=0)
    bad = (
        alt.Chart({"values": [row for row in rows if row["status"] != "needed"]})
        .mark_bar()
        .encode(x=x.axis(None), y=_counts(top, 3), color=_by_status(), order="order:Q")
        .properties(width=width, height=150)
    )
    needed = (
        alt.Chart({"values": [row for row in rows if row["status"] == "needed"]})
        .mark_bar(color=COLOURS["needed"])
        .encode(x=x.axis(_dates(bars, width)), y=_counts(max(each.needed for each in bars), 1))
        .properties(width=width, height=56)
    )
    chart = alt.vconcat(bad, needed, spacing=26) if top else needed
    return drawn(chart, name, "Late and dropped chats by day", _trend_says(bars))


def ranking(slices: Sequence[Slice], called: Callable[[str], str], name: str, title: str) -> Markup:
    """A bar for each, its name above it and the share beside that."""
    shown = [each for each in slices if each.dropped or each.late][:BARS]
    names = {each.key: called(each.key) for each in shown}
    rows = [
        {"key": each.key, "status": status, "number": getattr(each, status), "order": order}
        for each in shown
        for order, status in enumerate(STATUSES)
    ]
    texts = [
        {"key": each.key, "name": _cut(names[each.key]), "share": f"{each.dropped + each.late:,} of {each.needed:,}"}
        for each in shown
    ]
    top = max(each.dropped + each.late for each in shown)
    y = alt.Y("key:N", sort=[each.key for each in shown], axis=None)
    width = 264
    bars = (
        alt.Chart({"values": rows})
        .mark_bar(size=8, yOffset=9)
        .encode(
            x=alt.X("number:Q", axis=None, scale=alt.Scale(domain=[0, top])),
            y=y,
            color=_by_status(),
            order="order:Q",
        )
    )
    words = alt.Chart({"values": texts}).encode(y=y)
    left = words.mark_text(align="left", dy=-7, color=COLOURS["ink"]).encode(x=alt.value(0), text="name:N")
    right = words.mark_text(align="right", dy=-7, color=COLOURS["muted"]).encode(x=alt.value(width), text="share:N")
    chart = alt.layer(bars, left, right).properties(width=width, height=ROW * len(shown))
    says = ". ".join(f"{names[each.key]}: {each.dropped} dropped, {each.late} late, of {each.needed}" for each in shown)
    return drawn(chart, name, title, says + ".")


def _by_status() -> alt.Color:
    scale = alt.Scale(domain=list(STATUSES), range=[COLOURS[status] for status in STATUSES])
    return alt.Color("status:N", scale=scale, legend=None)


def _counts(top: int, steps: int) -> alt.Y:
    """Whole numbers, at most so many of them above 0; of one width, so that the panels stand in line."""
    step = next(step for step in _steps() if step * steps >= top)
    ticks = list(range(0, top + step, step))
    axis = alt.Axis(values=ticks, format=",d", minExtent=40, maxExtent=40)
    return alt.Y("number:Q", axis=axis, scale=alt.Scale(domain=[0, ticks[-1]], nice=False), stack="zero")


def _steps() -> Iterator[int]:
    """1, 2, 5, 10, 20, 50 and so on."""
    return (digit * 10**zeros for zeros in count_up() for digit in (1, 2, 5))


def _dates(bars: Sequence[Period], width: int) -> alt.Axis:
    """As many dates as there is room for: Mondays first of all."""
    mondays = [each for each in bars if each.starts.weekday() == 0] or list(bars[:1])
    every = -(-len(mondays) * 64 // width)
    words = {each.starts.isoformat(): short_day(each.starts) for each in mondays[::every]}
    said = f"{json.dumps(words)}[datum.value]"
    return alt.Axis(values=list(words), labelExpr=said, labelAngle=0, labelOverlap=False, labelFlush=False)


def _cut(text: str) -> str:
    return text if len(text) <= 27 else f"{text[:26]}…"


def _trend_says(bars: Sequence[Period]) -> str:
    dropped, late = sum(each.dropped for each in bars), sum(each.late for each in bars)
    if not dropped and not late:
        return "No day with a late or dropped chat."
    worst = max(bars, key=lambda each: (each.dropped, each.late))
    told = f"{count(dropped, 'dropped chat')} and {late:,} late in all"
    return f"{told}. Most on {worst.label}: {worst.dropped:,} dropped, {worst.late:,} late."
