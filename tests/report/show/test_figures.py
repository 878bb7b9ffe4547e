"""Is a figure written as a person would, and never as more or less than it is?"""

from datetime import date

import pytest

from report.show.figures import days, long_span, share, span
from report.show.labels import is_web


@pytest.mark.parametrize(
    ("milliseconds", "written"),
    [
        (None, "–"), (0, "0 ms"), (999, "999 ms"), (1000, "1 s"), (59_999, "59 s"), (60_000, "1 min"),
        (95_000, "1 min 35 s"), (3_599_999, "59 min"), (3_600_000, "1 h"), (3_900_000, "1 h 05 min"),
        (86_399_999, "23 h 59 min"), (86_400_000, "1 d"), (97_200_000, "1 d 3 h"),
    ],
)  # fmt: skip
def test_span(milliseconds: float | None, written: str) -> None:
    """A span has two units at most, and is never rounded up to the next."""
    assert span(milliseconds) == written


@pytest.mark.parametrize(
    ("milliseconds", "written"), [(300_000, "5 minutes"), (60_000, "1 minute"), (90_000, "90 seconds")]
)
def test_long_span(milliseconds: int, written: str) -> None:
    """In a sentence a span is in words."""
    assert long_span(milliseconds) == written


@pytest.mark.parametrize(
    ("rate", "written"),
    [
        (None, "–"), (0.0, "0 %"), (0.0001, "< 0.1 %"), (0.033, "3.3 %"), (0.25, "25 %"), (0.9999, "> 99.9 %"),
        (1.0, "100 %"),
    ],
)  # fmt: skip
def test_share(rate: float | None, written: str) -> None:
    """Only none at all is 0 %, and only all of them are 100 %."""
    assert share(rate) == written


@pytest.mark.parametrize(
    ("first", "last", "written"),
    [
        (date(2026, 3, 2), date(2026, 3, 2), "2 Mar 2026"),
        (date(2026, 3, 2), date(2026, 3, 31), "2–31 Mar 2026"),
        (date(2026, 2, 20), date(2026, 3, 5), "20 Feb – 5 Mar 2026"),
        (date(2025, 12, 20), date(2026, 1, 5), "20 Dec 2025 – 5 Jan 2026"),
    ],
)
def test_days(first: date, last: date, written: str) -> None:
    """A window is written without saying anything twice."""
    assert days(first, last) == written


@pytest.mark.parametrize(
    ("link", "web"),
    [
        ("https://app.hubspot.com/live-messages/1/inbox/2", True),
        ("http://app.hubspot.com/", False), ("javascript:alert(1)", False), ("https://", False), ("", False),
        ("https://a@example.org/", False), ("https://example.org/\n", False), ("https://example.org/<", False),
        ("https://[", False),
    ],
)  # fmt: skip
def test_is_web(link: str, web: bool) -> None:
    """Only a plain https address is made a link."""
    assert is_web(link) is web
