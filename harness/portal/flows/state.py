"""What is stored of workflows: every revision of each, and which secrets the account has."""

from dataclasses import dataclass, field
from typing import Any

FIRST_ID = 1_800_000_001  # ours; flows count from their own number
MAKING = 3_000  # ms that a new flow is PENDING; guessed: people leave about three seconds between creates


@dataclass(frozen=True, slots=True)
class Revision:
    """A flow as it was from one write to the next."""

    id: str
    at: int
    definition: dict[str, Any]


@dataclass(slots=True)
class Flow:
    """One workflow."""

    id: str
    created: int
    complete_at: int  # until then its crmObjectCreationStatus is PENDING
    revisions: list[Revision] = field(default_factory=list)

    @property
    def current(self) -> Revision:
        """The revision that counts."""
        return self.revisions[-1]

    def write(self, definition: dict[str, Any], at: int) -> None:
        """A new revision, also when nothing is different (guessed)."""
        self.revisions.append(Revision(str(len(self.revisions) + 1), at, definition))

    def revision(self, id: str) -> Revision | None:
        """The flow as it was at a revision."""
        return next((revision for revision in self.revisions if revision.id == id), None)


class Flows:
    """All workflows of the account, and the secrets its custom code may name."""

    def __init__(self) -> None:
        self.secrets: set[str] = set()
        self.unlisted: set[str] = set()  # object types whose flows are in no list
        self.unreachable: set[str] = set()  # object types whose flows the API does not know at all
        self._flows: dict[str, Flow] = {}
        self._next = FIRST_ID

    def add(self, definition: dict[str, Any], at: int, complete_at: int) -> Flow:
        """A new workflow."""
        flow = Flow(str(self._next), at, complete_at)
        self._next += 1
        flow.write(definition, at)
        self._flows[flow.id] = flow
        return flow

    def get(self, id: str) -> Flow | None:
        """A workflow by id."""
        return self._flows.get(id)

    def remove(self, id: str) -> None:
        """Delete a workflow; only HubSpot's support could bring it back (documented)."""
        del self._flows[id]

    def all(self) -> list[Flow]:
        """Every workflow, oldest first."""
        return list(self._flows.values())
