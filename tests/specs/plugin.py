"""Every answer that a test provokes is compared with HubSpot's specs: `pytest -p tests.specs.plugin --specs DIR`."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from harness.portal.door import Door
from harness.portal.wire import Request, Response
from tests.specs import files
from tests.specs.check import Checker, Finding
from tests.specs.files import Spec

SPECS = pytest.StashKey[Sequence[Spec]]()
CHECKER = pytest.StashKey[Checker]()


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("HubSpot's specs")
    group.addoption("--specs", type=Path, required=True, metavar="DIR", help="the folder with HubSpot's OpenAPI files")
    group.addoption("--examples", type=int, default=8, metavar="N", help="how many requests are made up per operation")


def pytest_configure(config: pytest.Config) -> None:
    try:
        config.stash[SPECS] = files.read(config.getoption("specs"))
    except files.NoSpecs as error:
        raise pytest.UsageError(str(error)) from None
    config.stash[CHECKER] = Checker(config.stash[SPECS])


@pytest.fixture(scope="session")
def checker(request: pytest.FixtureRequest) -> Checker:
    """What compares."""
    return request.config.stash[CHECKER]


@pytest.fixture(autouse=True)
def _answers_are_hubspots(checker: Checker, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Whatever door a request comes through, it is answered here."""
    findings: dict[Finding, None] = {}
    answer = Door.answer

    def watched(door: Door, request: Request) -> Response:
        response = answer(door, request)
        findings.update(dict.fromkeys(checker.check(request, response)))
        return response

    monkeypatch.setattr(Door, "answer", watched)
    yield
    if findings:
        pytest.fail("\n".join(["not as HubSpot's specs have it:", *map(str, findings)]), pytrace=False)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    checker = config.stash[CHECKER]
    operations = {operation for operation, _ in checker.seen}
    terminalreporter.write_line(
        f"compared with HubSpot's specs: {sum(checker.seen.values())} answers of {len(operations)} "
        f"of {len(checker.operations.all)} operations, {len(checker.seen)} pairs of operation and status"
    )
