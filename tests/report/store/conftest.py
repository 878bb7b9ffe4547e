"""A store in a folder of its own."""

from pathlib import Path

import pytest


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where a store stands that nobody has made yet."""
    return tmp_path / ".report" / "example.duckdb"
