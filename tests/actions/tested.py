"""Which texts of the actions passed all of their tests? A file with their hashes, which a shipment asks for.

Only a run of everything in this folder writes it, and only when all of it passed.
"""

import json
from pathlib import Path

import pytest

from contract.action import Action

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
REPORT = ROOT / ".tested.json"


class TestedReport:
    """Watches a test run."""

    def __init__(self) -> None:
        self._whole = False
        self._before: dict[str, str] = {}

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        """Everything that is here was chosen."""
        collected = {item.path for item in session.items}
        chosen = set(HERE.glob("test_*.py")) <= collected
        self._whole = chosen and not session.config.option.keyword and not session.config.option.markexpr
        self._before = sources()

    def pytest_deselected(self) -> None:
        """Something was not."""
        self._whole = False

    def pytest_sessionfinish(self, exitstatus: int) -> None:
        """All of it passed, and nothing was changed meanwhile."""
        if self._whole and exitstatus == pytest.ExitCode.OK and self._before == sources():
            REPORT.write_text(json.dumps({"sources": self._before}, indent=2, sort_keys=True) + "\n", encoding="utf-8")


def sources() -> dict[str, str]:
    """The hash of each action's file."""
    return {file.name: Action.read(file).digest for file in sorted((ROOT / "actions").glob("*.py"))}
