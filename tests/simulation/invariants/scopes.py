"""Does every run keep to what its own file asks the administrator for?"""

from collections.abc import Iterator
from pathlib import Path

from contract.action import Action
from harness.portal.call import Call
from harness.portal.door import ROUTER
from harness.portal.refusals import Refusal
from harness.portal.wire import Request
from tests.simulation.invariants.promise import Break, Evidence
from tests.simulation.playing import History, Ran


class DocumentedScopes:
    """The token has what all files together declare, so HubSpot refuses what goes beyond that; we judge each file."""

    name = "documented scopes"
    sentence = "No call goes beyond the scopes that the action's own file declares."

    def check(self, evidence: Evidence) -> Iterator[Break]:
        declared: dict[Path, set[str]] = {}
        for ran in evidence.history.runs:
            file = _file_of(evidence.history, ran)
            if file not in declared:
                contract = Action.read(file).contract
                declared[file] = set(contract.scopes) if contract is not None else set()
            for method, path, status in ran.calls:
                needed = needs(evidence.history, method, path)
                if status in (401, 403):
                    what = f"{ran.run.action} was refused {method} {path} ({status})"
                elif needed and not needed & declared[file]:
                    what = f"{ran.run.action} called {method} {path}, which needs {' or '.join(sorted(needed))}"
                else:
                    continue
                yield Break(self.name, ran.run.subject, ran.at, what)


def _file_of(history: History, ran: Ran) -> Path:
    """The file that the flow ran under the action's name."""
    actions = history.workflows[ran.run.flow].flow.actions.values()
    return next(
        action.source_file
        for action in actions
        if action.source_file is not None and action.source_file.stem == ran.run.action
    )


def needs(history: History, method: str, path: str) -> set[str]:
    """The scopes of which one is enough for a call; none where the portal knows no such operation."""
    try:
        operation, values = ROUTER.find(method, path)
    except Refusal:
        return set()
    scopes = operation.route.scopes
    call = Call(history.portal.world, Request.make(method, path), operation.version, values, 0)
    return set(scopes(call) if callable(scopes) else scopes)
