"""A history served for a test, and its server ended after it."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.report.oracle.history import History
from tests.report.oracle.rig import Rig

Serves = Callable[[History, int], Rig]


@pytest.fixture
def serves(tmp_path: Path) -> Iterator[Serves]:
    """Serves the account of a history as it stands."""
    made: list[Rig] = []

    def serve(history: History, seed: int) -> Rig:
        made.append(Rig.of(history, tmp_path, seed))
        return made[-1]

    yield serve
    for rig in made:
        rig.ends()
