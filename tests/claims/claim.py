"""What is a claim about HubSpot's API, and of which operations is it made?

A claim is one sentence and the scenario that shows it. The same scenario is put to the local portal by the tests and
to a real account by `python -m tests.claims.live`. Its mark says how it is known: documented, with its source, or
guessed; a run against a real account makes it verified (harness/facts/verified.toml).
"""

import inspect
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from harness.facts.ledger import DOCUMENTED, GUESSED
from harness.portal.door import ROUTER
from harness.portal.routing import Operation

__all__ = ["DOCUMENTED", "GUESSED"]

if TYPE_CHECKING:
    from tests.claims.hub import Hub

Scenario = Callable[["Hub"], None]

EFFECT, ANSWER, REFUSAL = "effect", "answer", "refusal"

SPEC = "HubSpot's OpenAPI files"
GUIDE = "HubSpot's developer guides"
SEEN = "public third-party code and notes"
OURS = "a guess of ours"
STATUS = f"{SPEC}, which name no status for it; that it is this one is a guess of ours"

RECORDS = ("tickets", "contacts", "companies", "notes")


@dataclass(frozen=True, slots=True)
class Claim:
    """One sentence about what HubSpot does."""

    id: str
    kind: str
    operations: tuple[str, ...]
    scenario: Scenario
    mark: str
    source: str
    types: tuple[str, ...] = ("",)
    versions: tuple[str, ...] = ()  # none: every version that has the operation

    @property
    def says(self) -> str:
        """The sentence."""
        return " ".join((self.scenario.__doc__ or "").split())


@dataclass(frozen=True, slots=True)
class Case:
    """A claim as it is put once: to one operation, in one version, for one type of record."""

    claim: Claim
    operation: str
    version: str
    type: str

    @property
    def id(self) -> str:
        """The name of the test."""
        path = self.operation.replace("/", "_").replace(" ", "-")
        return "-".join(part for part in (self.claim.id, path, self.version, self.type) if part)


CLAIMS: dict[str, Claim] = {}

OPERATIONS: dict[str, dict[str, Operation]] = {}
for _operation in ROUTER.operations:
    _route = _operation.route
    OPERATIONS.setdefault(f"{_route.area} {_route.method} {_route.path}".strip(), {})[_operation.version] = _operation


def effect(
    *operations: str,
    mark: str,
    source: str,
    types: tuple[str, ...] = ("",),
    versions: tuple[str, ...] = (),
) -> Callable[[Scenario], Scenario]:
    """What a writing operation does, shown by asking other operations."""
    return _claimed(EFFECT, operations, mark, source, types, versions)


def answer(
    *operations: str,
    mark: str,
    source: str,
    types: tuple[str, ...] = ("",),
    versions: tuple[str, ...] = (),
) -> Callable[[Scenario], Scenario]:
    """What a reading operation answers, before and after something changed."""
    return _claimed(ANSWER, operations, mark, source, types, versions)


def refusal(
    *operations: str,
    mark: str,
    source: str,
    types: tuple[str, ...] = ("",),
    versions: tuple[str, ...] = (),
) -> Callable[[Scenario], Scenario]:
    """What an operation refuses, and in which words."""
    return _claimed(REFUSAL, operations, mark, source, types, versions)


def cases(*kinds: str) -> Iterator[Case]:
    """Every claim of these kinds (none: of all) as often as it is put."""
    for claim in CLAIMS.values():
        if kinds and claim.kind not in kinds:
            continue
        for operation in claim.operations:
            for version in OPERATIONS[operation]:
                if not claim.versions or version in claim.versions:
                    for type in claim.types:
                        yield Case(claim, operation, version, type)


def _claimed(
    kind: str,
    operations: tuple[str, ...],
    mark: str,
    source: str,
    types: tuple[str, ...],
    versions: tuple[str, ...],
) -> Callable[[Scenario], Scenario]:
    unknown = [operation for operation in operations if operation not in OPERATIONS]
    if unknown or not operations:
        raise ValueError(f"expected operations such as {next(iter(OPERATIONS))!r}, found {unknown or 'none'}")

    def add(scenario: Scenario) -> Scenario:
        area = inspect.getmodule(scenario)
        id = f"{area.__name__.rpartition('.')[2] if area else ''}.{scenario.__name__}"
        if id in CLAIMS:
            raise ValueError(f"two claims are named {id}")
        CLAIMS[id] = Claim(id, kind, operations, scenario, mark, source, types, versions)
        return scenario

    return add
