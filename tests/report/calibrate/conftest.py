"""A store with judged closes."""

from pathlib import Path

import pytest

from report.store.store import Store
from tests.report.calibrate.judged import Judged


@pytest.fixture
def judged(tmp_path: Path) -> Judged:
    """The file of an account, in which a test writes verdicts."""
    path = tmp_path / ".report" / "example.duckdb"
    return Judged(lambda: Store.at(path))
