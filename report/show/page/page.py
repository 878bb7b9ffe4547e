"""What stands in the page? Everything found, in the template: nothing unescaped, nothing asked of another host."""

import base64
import hashlib
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from report.analysis.findings import Findings, Hour
from report.show import figures, words
from report.show.labels import Labels, Names
from report.show.page.charts import BARS, periods, ranking, trend

HERE = Path(__file__).parent
ROWS = 2000
"""Rows that a browser still filters while one types."""
WIDE, NARROW = 928, 300
"""Two drawings of the trend: letters that shrink with a drawing could not be read on a phone."""
SHADES = 4


def page(findings: Findings, names: Names | None = None, *, rows: int = ROWS) -> str:
    """The whole file."""
    labels = Labels(findings, names)
    environment = Environment(
        loader=FileSystemLoader(HERE), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters.update(
        count=figures.count,
        share=figures.share,
        span=figures.span,
        thousands=lambda number: f"{number:,}",
        spans=_spans,
    )
    style, script = ((HERE / name).read_text("utf-8") for name in ("style.css", "filter.js"))
    return environment.get_template(
        "page.html.j2"
    ).render(
        found=findings,
        labels=labels,
        words=words,
        figures=figures,
        style=Markup(style),  # noqa: S704 - ours
        script=Markup(script),  # noqa: S704 - ours
        policy=policy(style, script),
        rows=findings.closes[:rows],
        left_out=max(0, len(findings.closes) - rows) + findings.closes_left_out,
        week=week(findings.hours),
        **_charts(findings, labels),
    )


def policy(style: str, script: str) -> str:
    """What the browser may do: apply this style, run this script, follow links, and nothing else."""
    return (
        f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}'; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _charts(findings: Findings, labels: Labels) -> dict[str, Any]:
    bars = periods(findings.days)
    groups = [
        ("reasons", "By reason", "Reason", findings.reasons, labels.reason),
        ("inboxes", "By inbox", "Inbox", findings.inboxes, labels.inbox),
        ("agents", "By agent", "Agent", findings.agents, labels.agent),
    ]
    return {
        "bars": bars,
        "trends": {
            size: trend(bars, f"trend-{size}", width)
            for size, width in (("wide", WIDE), ("narrow", NARROW))
            if any(each.needed for each in bars)
        },
        "rankings": [
            {
                "name": name, "title": title, "column": column, "called": called,
                "chart": ranking(slices, called, name, f"Late and dropped chats {title[0].lower()}{title[1:]}"),
                "slices": slices, "more": max(0, sum(bool(each.dropped or each.late) for each in slices) - BARS),
            }
            for name, title, column, slices, called in groups
            if any(each.dropped or each.late for each in slices)
        ],
    }  # fmt: skip


def week(hours: tuple[Hour, ...]) -> dict[str, Any]:
    """The map: its hours, from the first to the last with a chat, and for each weekday a cell per hour."""
    if not hours:
        return {"hours": [], "days": []}
    found = {(each.weekday, each.hour): each for each in hours}
    shown = range(min(each.hour for each in hours), max(each.hour for each in hours) + 1)
    top = max(each.late + each.dropped for each in hours)
    return {
        "hours": list(shown),
        "days": [
            (name, [_cell(found.get((weekday, hour)), top) for hour in shown])
            for weekday, name in enumerate(figures.WEEKDAYS, 1)
        ],
    }


def _cell(hour: Hour | None, top: int) -> tuple[int | None, int]:
    """How many were late or dropped (None: no chat needed a ticket), and how dark that is."""
    if hour is None:
        return None, 0
    bad = hour.late + hour.dropped
    return bad, -(-bad * SHADES // top) if top else 0


def _spans(text: str) -> Markup:
    """What stands between backticks, as code."""
    pieces = text.split("`")
    return Markup().join(Markup("<code>{}</code>").format(each) if at % 2 else each for at, each in enumerate(pieces))
