"""A served account for all tests of the report, and for each a project folder with the account begun anew."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.harness.serve.conftest import Served, started
from tests.report.desk import INPUTS, Desk


@pytest.fixture(scope="module")
def hub() -> Iterator[Served]:
    """One account for the tests of a file, on a port of its own, without limits."""
    served = started("--no-limits")
    yield served
    served.process.kill()
    served.process.communicate()


@pytest.fixture
def desk(hub: Served, tmp_path: Path) -> Desk:
    """A portal's file with an inbox to judge, and an account that stands still."""
    desk = Desk(tmp_path, hub)
    desk.has(INPUTS)
    desk.weather()
    desk.stands_still()
    return desk
