"""Fifty accounts known by construction, in bad weather and killed under way: does the report find every drop?"""

import pytest

from tests.report.oracle.answer import differences, expected, told
from tests.report.oracle.history import history
from tests.report.oracle.rig import dice, stormy, until_of
from tests.report.oracle.stage import CANARY
from tests.report.seeds.conftest import Serves


@pytest.mark.parametrize("seed", range(50))
def test_neither_weather_nor_a_kill_changes_anything(seed: int, serves: Serves) -> None:
    """Killed at some request in bad weather and run again in it, it finds what the oracle says and keeps no word."""
    rig = serves(history(seed), seed)
    rig.weather(*stormy(seed))
    rig.killed(dice(seed).randint(1, 150))
    document = rig.drops()
    assert differences(expected(rig.history, until_of(document)), told(document)) == []
    assert rig.kept(CANARY) == []
