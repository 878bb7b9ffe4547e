"""The tally: until when a closed chat has to be served."""

from datetime import UTC, datetime

import pytest

from harness.day.tally import deadline


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"2026-03-02T{text}").replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("closed", "due"),
    [
        ("11:00:00", "11:05:00"),  # long before the outage
        ("11:56:00", "12:15:00"),  # the outage begins while it waits: seven minutes, doubled, and five
        ("12:00:00", "12:11:00"),  # wholly inside
        ("12:02:00", "12:09:00"),  # just before the end
        ("12:03:00", "12:08:00"),  # the outage is over
    ],
)
def test_deadline(closed: str, due: str) -> None:
    """Five minutes; an outage adds as long again as the chat waited in it, which is how HubSpot's gaps grow."""
    assert deadline(at(closed), [(at("12:00:00"), at("12:03:00"))]) == at(due)
