"""Spans of time as a seed writes them: "90 s", "5 min", "2 h", "30 days"."""

import re
from datetime import timedelta

UNITS = {"s": "seconds", "min": "minutes", "h": "hours", "day": "days", "days": "days"}


def span(text: str) -> timedelta:
    """The time that a text says."""
    found = re.fullmatch(r"(\d{1,9}) (s|min|h|days?)", text)
    if found is None:
        raise ValueError(f'expected a span such as "90 s", "5 min", "2 h" or "30 days", found {text[:40]!r}')
    return timedelta(**{UNITS[found[2]]: int(found[1])})
