"""Is business time counted rightly, by which due moments are judged?"""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from msgspec import structs

from tests.simulation.conftest import weeks
from tests.simulation.events import SECOND
from tests.simulation.invariants.opening import due

WORKDAYS, LONGER = "Mon-Fri 09:00-17:30", "Mon-Sat 08:00-20:00"


@pytest.mark.parametrize(
    ("opening", "zone", "since", "priority", "wanted"),
    [
        ("", "Europe/Berlin", "2026-03-28 22:00", "", "2026-03-29 07:00"),  # an hour of that night is left out
        ("", "Europe/Berlin", "2026-10-24 22:00", "", "2026-10-25 05:00"),  # and comes twice in that one
        (WORKDAYS, "Europe/Berlin", "2026-03-02 09:00", "", "2026-03-02 17:00"),
        (WORKDAYS, "Europe/Berlin", "2026-03-02 09:30", "", "2026-03-02 17:30"),
        (WORKDAYS, "Europe/Berlin", "2026-03-02 10:00", "", "2026-03-03 09:30"),
        (WORKDAYS, "Europe/Berlin", "2026-03-27 16:30", "HIGH", "2026-03-30 12:00"),
        (WORKDAYS, "America/New_York", "2026-03-07 11:00", "LOW", "2026-03-09 17:00"),
        (LONGER, "Asia/Kolkata", "2026-03-07 19:59", "URGENT", "2026-03-09 08:59"),
        (LONGER, "UTC", "2026-03-02 03:00", "HIGH", "2026-03-02 12:00"),
    ],
)
def test_an_answer_is_due_when_so_many_open_hours_are_over(
    opening: str, zone: str, since: str, priority: str, wanted: str
) -> None:
    """Nights, weekends and changes of clocks do not count where it is closed, and count as they are lived else."""
    account = structs.replace(weeks().account, opening=opening, zone=zone)
    there = ZoneInfo(zone)

    found = due(account, round(datetime.fromisoformat(since).replace(tzinfo=there).timestamp()) * SECOND, priority)

    assert datetime.fromtimestamp(found / SECOND, there).strftime("%Y-%m-%d %H:%M") == wanted
