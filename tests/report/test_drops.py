"""What does `python -m report drops` find in an account whose every drop is known? Two of the seeds; see seeds/."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.report.oracle.answer import differences, expected, told
from tests.report.oracle.calls import bound
from tests.report.oracle.history import history
from tests.report.oracle.rig import Rig, stormy, until_of
from tests.report.oracle.stage import CANARY

WITH_OURS, DAY_ONE = 1, 3  # a seed whose account has our properties, and one that has none yet


@pytest.fixture
def serves(tmp_path: Path) -> Iterator[Callable[[int], Rig]]:
    """Serves a smaller account of a seed."""
    made: list[Rig] = []

    def serve(seed: int) -> Rig:
        made.append(Rig.of(history(seed, size=4), tmp_path, seed))
        return made[-1]

    yield serve
    for rig in made:
        rig.ends()


def test_finds_every_drop_and_keeps_no_word(serves: Callable[[int], Rig]) -> None:
    """The first run is what the oracle says, within the bound of requests; the second asks little and says the same."""
    rig = serves(WITH_OURS)
    document = rig.drops()
    assert rig.requests() <= bound(rig.history)
    assert differences(expected(rig.history, until_of(document)), told(document)) == []
    rig.forgets_requests()
    again = rig.drops()
    assert rig.requests() <= 10
    assert differences(expected(rig.history, until_of(again)), told(again)) == []
    assert rig.kept(CANARY) == []


def test_weather_and_a_kill_change_nothing_on_day_one(serves: Callable[[int], Rig]) -> None:
    """In an account without our properties, killed under way in bad weather and run again, it finds the same."""
    rig = serves(DAY_ONE)
    rig.weather(*stormy(rig.seed))
    assert rig.killed(at_request=20)
    document = rig.drops()
    assert differences(expected(rig.history, until_of(document)), told(document)) == []
