"""Accounts known by construction: does the report find every drop with few requests, and keep no word?"""

import pytest

from tests.report.oracle.answer import differences, expected, told
from tests.report.oracle.calls import bound
from tests.report.oracle.history import history
from tests.report.oracle.rig import until_of
from tests.report.oracle.stage import CANARY
from tests.report.seeds.conftest import Serves


@pytest.mark.parametrize("seed", range(0, 50, 4))
def test_finds_every_drop_with_few_requests(seed: int, serves: Serves) -> None:
    """The first run is what the oracle says, within the bound of requests; the second asks little and says the same.

    No file that they left holds what a visitor typed, nor a name or an address.
    """
    rig = serves(history(seed), seed)
    document = rig.drops()
    assert rig.requests() <= bound(rig.history)
    assert differences(expected(rig.history, until_of(document)), told(document)) == []
    rig.forgets_requests()
    again = rig.drops()
    assert rig.requests() <= 10
    assert differences(expected(rig.history, until_of(again)), told(again)) == []
    assert rig.kept(CANARY) == []
