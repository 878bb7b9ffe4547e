"""In which ways can a workflow be wrong? One name for each."""

from pathlib import Path


class FlowError(Exception):
    """A flow that is wrong: where, what was expected, what was found, what to do."""

    def __init__(self, file: Path | str, where: str, *, expected: str, found: str, remedy: str) -> None:
        """Put them into one sentence; `where` is "action 3" or the name of a key of the flow."""
        self.file = str(file)
        self.where = where
        self.expected = expected
        self.found = found
        self.remedy = remedy
        super().__init__(f"{self.file}: {where}: expected {expected}, found {found}. {remedy}")


class BadFlow(FlowError):
    """Not the shape of HubSpot's flow JSON."""


class DuplicateActionId(FlowError):
    """Two actions with one id."""


class DanglingLink(FlowError):
    """A link to an action that is not there."""


class UnreachableAction(FlowError):
    """An action that no record can come to."""


class BranchWithoutDefault(FlowError):
    """A branch that says nothing of the records that fit none of its values: they would leave silently."""


class CyclicFlow(FlowError):
    """A way back to an earlier action that is not marked as one (edgeType GOTO)."""


class MissingSource(FlowError):
    """A CUSTOM_CODE action whose code is not there."""


class UnknownInput(FlowError):
    """An action or an input was named that this flow does not have."""
