"""What do the runtime's tests share? The interpreter that runs the actions, and every way of starting it."""

import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from harness.portal import Portal
from harness.runtime.runs import Runtime, Start

CASES = Path(__file__).parents[1] / "cases"
STARTS: list[Start] = ["fork", "worker", "spawn"] if sys.platform == "linux" else ["spawn"]


@pytest.fixture(scope="session")
def cases() -> Path:
    """Where the tiny actions stand."""
    return CASES


@pytest.fixture(scope="session")
def action_python() -> str:
    """The interpreter that runs the actions: the variable's, else ours."""
    return os.environ.get("CHAT_HANDOFF_PYTHON", sys.executable)


@pytest.fixture(params=STARTS)
def start(request: pytest.FixtureRequest) -> Start:
    """Every way in which this system can start a run."""
    found: Start = request.param
    return found


@pytest.fixture
def portal() -> Portal:
    """An empty portal of the test's own."""
    return Portal()


@pytest.fixture
def runtime(portal: Portal, start: Start, action_python: str) -> Iterator[Runtime]:
    """A runtime on that portal, started each way."""
    with Runtime(portal, python=action_python, start=start) as runtime:
        yield runtime


Action = Callable[[str], Path]


@pytest.fixture
def action(tmp_path: Path) -> Action:
    """Writes an action's text to a file of the test's own."""

    def write(source: str) -> Path:
        file = tmp_path / "action.py"
        file.write_text(source, encoding="utf-8")
        return file

    return write
