"""Patience: when HubSpot runs a failed action again."""

from datetime import timedelta

from harness.workflow.patience import gap_before_retry


def test_schedule() -> None:
    """Retries begin after a minute, grow to eight hours, and end within three days."""
    gaps = [gap for number in range(1, 18) if (gap := gap_before_retry(number)) is not None]

    minutes = [1, 2, 4, 8, 16, 32, 64, 128, 256, 480, 480, 480, 480, 480, 480, 480]
    assert gaps == [timedelta(minutes=m) for m in minutes]
    assert sum(minutes) <= 72 * 60 < sum(minutes) + 480
