"""One runtime for the whole test session, and a desk for each test."""

from collections.abc import Callable, Iterator

import pytest

from harness import Runtime
from tests.actions.desk import Desk, Switchboard
from tests.actions.tested import TestedReport


def pytest_configure(config: pytest.Config) -> None:
    """A run of all that is here says which texts of the actions it is about."""
    config.pluginmanager.register(TestedReport(), "tested-report")


@pytest.fixture(scope="session")
def switchboard() -> Switchboard:
    return Switchboard()


@pytest.fixture(scope="session")
def runtime(switchboard: Switchboard) -> Iterator[Runtime]:
    with Runtime(switchboard) as runtime:
        yield runtime


@pytest.fixture
def make_desk(runtime: Runtime, switchboard: Switchboard) -> Callable[[], Desk]:
    """A desk as often as a test wants a fresh one."""
    return lambda: Desk(runtime, switchboard)


@pytest.fixture
def desk(make_desk: Callable[[], Desk]) -> Desk:
    return make_desk()
