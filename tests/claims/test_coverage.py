"""Is there a claim for everything the portal does, and is the table of it as computed?"""

from pathlib import Path

import pytest

from harness.portal.routing import Operation
from tests.claims import coverage
from tests.claims.claim import ANSWER, EFFECT, OPERATIONS, REFUSAL, cases
from tests.claims.emulation import emulated, noted, refusals
from tests.claims.hub import Hub
from tests.claims.local import Local

SPECS = coverage.HERE.parents[2] / "shared" / "specs"


def names(write: bool) -> dict[str, dict[str, Operation]]:
    """The operations that are carried out: those that write, or those that only read."""
    return {
        name: versions
        for name, versions in OPERATIONS.items()
        for first in [next(iter(versions.values()))]
        if emulated(first) and first.route.write is write
    }


def unclaimed(kind: str, operations: dict[str, dict[str, Operation]]) -> list[str]:
    """The operations and versions of which nothing of this kind is claimed."""
    claimed = {(case.operation, case.version) for case in cases(kind)}
    return [
        f"{name} {version}" for name, known in operations.items() for version in known if (name, version) not in claimed
    ]


def test_every_writing_operation_has_an_effect() -> None:
    """For each operation that writes, in each version, a scenario shows what it brings about."""
    assert unclaimed(EFFECT, names(write=True)) == []


def test_every_reading_operation_answers_differently() -> None:
    """For each operation that reads, in each version, a scenario makes its answer change."""
    assert unclaimed(ANSWER, names(write=False)) == []


def test_every_operation_refuses_something() -> None:
    """For each operation, in each version, a scenario is refused."""
    assert unclaimed(REFUSAL, names(write=True) | names(write=False)) == []


def test_every_refusal_is_provoked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the portal can say no with, a claim makes it say."""
    said: set[str] = set()
    known = []
    for module, name in refusals():
        known.append(f"{module.__name__}.{name}")
        monkeypatch.setattr(module, name, noted(getattr(module, name), known[-1], said))
    for case in cases(REFUSAL):
        case.claim.scenario(Hub(Local(), case))
    assert [name for name in known if name not in said] == []


def test_the_table_is_as_computed() -> None:
    """docs/coverage.md says what the routes, the claims and the ledger say."""
    assert coverage.TABLE.read_text("utf-8") == coverage.table()


@pytest.mark.parametrize("folder", [SPECS] if SPECS.is_dir() else [], ids=lambda folder: folder.name)
def test_the_list_of_operations_is_hubspot_s(folder: Path) -> None:
    """Where HubSpot's specs are at hand, the list of operations is theirs."""
    assert coverage.LIST.read_text("utf-8") == coverage.listed_in(folder)
