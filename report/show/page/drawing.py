"""How does a chart become part of the page? As SVG whose colours are the page's, with a title and a description."""

import re
from typing import Any

import altair as alt
import vl_convert
from markupsafe import Markup

COLOURS = {
    "dropped": "#d00001",
    "late": "#d00002",
    "needed": "#d00003",
    "ink": "#d00004",
    "muted": "#d00005",
    "rule": "#d00006",
}
"""Stand-ins that a chart is drawn with, each replaced by the page's CSS variable of that name."""

_TAG = re.compile(r"<[^>]+>")
_ACCESS = re.compile(r' (?:role|aria-[a-z]+|xmlns:xlink|font-family)="[^"]*"')
_OPENING = re.compile(r"<svg[^>]*?(width=\"[^\"]+\" height=\"[^\"]+\" viewBox=\"[^\"]+\")[^>]*>")


def drawn(chart: alt.TopLevelMixin, name: str, title: str, description: str) -> Markup:
    """Inline SVG; `name` makes its ids unique in the page."""
    svg = vl_convert.vegalite_to_svg(_plain(chart).to_dict())
    svg = _TAG.sub(_tag, svg)
    opening = _OPENING.match(svg)
    assert opening, svg[:200]
    size = Markup(opening[1])  # noqa: S704 - three attributes of the library's own
    head = Markup(
        '<svg {} role="img" aria-labelledby="{name}-title {name}-desc">'
        '<title id="{name}-title">{}</title><desc id="{name}-desc">{}</desc>'
    ).format(size, title, description, name=name)
    return head + Markup(svg[opening.end() :])  # noqa: S704 - the library escapes every text that it draws


def _tag(found: re.Match[str]) -> str:
    """Without the library's own roles and fonts, and in the page's colours."""
    tag = _ACCESS.sub("", found[0])
    for name, stand_in in COLOURS.items():
        tag = tag.replace(f'"{stand_in}"', f'"var(--{name})"')
    return tag


def _plain(chart: Any) -> Any:
    """No frame, no background; thin rules and small letters."""
    axis = {
        "domain": False, "ticks": False, "labelColor": COLOURS["muted"], "gridColor": COLOURS["rule"],
        "labelFontSize": 12, "title": None, "labelPadding": 6,
    }  # fmt: skip
    return (
        chart.configure(background="transparent", padding=2, aria=False)
        .configure_view(stroke=None)
        .configure_axis(**axis)
        .configure_text(fontSize=13)
    )
