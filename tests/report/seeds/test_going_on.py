"""Such accounts, reported on before all of it has happened: does the next run put the earlier one right?"""

import pytest

from tests.report.oracle.answer import differences, expected, told
from tests.report.oracle.history import planned
from tests.report.oracle.rig import dice, until_of
from tests.report.oracle.stage import DAY, MINUTE
from tests.report.seeds.conftest import Serves


@pytest.mark.parametrize("seed", range(1, 50, 3))
def test_what_came_later_is_found_later(seed: int, serves: Serves) -> None:
    """A run at some earlier moment, perhaps another one after it, and one now: the last is what the oracle says."""
    told_later, chance = planned(seed), dice(seed)
    now = told_later.stage.now
    at = now - chance.randint(MINUTE, 25 * DAY)
    told_later.stage.play(at)
    rig = serves(told_later, seed)
    rig.drops()
    for until in [chance.randint(at, now)] * chance.randint(0, 1) + [now]:
        rig.goes_on(until)
        document = rig.drops()
    assert differences(expected(told_later, until_of(document)), told(document), threads_anew=False) == []
