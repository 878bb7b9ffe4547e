"""Is a visitor told a moment to come, where HubSpot kept a second chat waiting until the answer was overdue?"""

from pathlib import Path

import pytest

from tests.simulation.conftest import MONDAY, talk, weeks
from tests.simulation.events import HOUR, MINUTE, Outage
from tests.simulation.invariants import broken
from tests.simulation.invariants.promise import evidence_of
from tests.simulation.planted import Plant
from tests.simulation.playing import play
from tests.simulation.seam import Starter

CLOSES = MONDAY + 5 * MINUTE + 8 * HOUR - 10 * MINUTE
BY_THE_CLOSE = Plant(
    "asks whether it was gone at the close",
    "stamp_chat_closed_at",
    (("!= due or due <= now_ms():", "!= due or due <= closes[-1]:"),),
    "e-mails agree with tickets",
)


@pytest.mark.parametrize("plant", [None, BY_THE_CLOSE], ids=["ours", BY_THE_CLOSE.name])
def test_a_chat_that_waits_until_the_answer_is_overdue(starter: Starter, plant: Plant | None, tmp_path: Path) -> None:
    """It closes ten minutes before the answer is due, into an outage of an hour: its visitor is told a later moment."""
    two = weeks(
        talk("chat-1", "visitor-1", MONDAY),
        talk("chat-2", "visitor-1", CLOSES - 5 * MINUTE),
        Outage(at=CLOSES, until=CLOSES + HOUR),
    )

    evidence = evidence_of(play(two, starter, plant.planted_in(tmp_path) if plant is not None else None))

    assert {one.invariant for one in broken(evidence)} == ({plant.breaks} if plant is not None else set())
    assert (len(evidence.tickets), len(evidence.letters)) == (1, 2)
