"""How a flow looks in an answer: whole, as a line of a list, and at a revision."""

from typing import Any

from harness.portal.flows.state import Flow, Revision
from harness.portal.moments import iso

LISTED = ("name", "isEnabled", "flowType", "objectTypeId", "uuid")  # documented: the spec's listing


def whole(flow: Flow, now: int, revision: Revision | None = None) -> dict[str, Any]:
    """Everything; fields that have no value are left out (guessed: the spec calls them optional)."""
    shown = revision or flow.current
    return {
        **_identity(flow, shown),
        **shown.definition,
        "nextAvailableActionId": _next_action(shown.definition["actions"]),
        "crmObjectCreationStatus": "PENDING" if now < flow.complete_at else "COMPLETE",
    }


def line(flow: Flow) -> dict[str, Any]:
    """What a list tells of it."""
    definition = flow.current.definition
    return _identity(flow, flow.current) | {name: definition[name] for name in LISTED if name in definition}


def revision(flow: Flow, shown: Revision, now: int) -> dict[str, Any]:
    """The flow as it was at a revision."""
    return {
        "id": flow.id,
        "revisionId": shown.id,
        "revisionCreatedAt": iso(shown.at),
        "flow": whole(flow, now, shown),
    }


def _identity(flow: Flow, shown: Revision) -> dict[str, Any]:
    return {"id": flow.id, "revisionId": shown.id, "createdAt": iso(flow.created), "updatedAt": iso(shown.at)}


def _next_action(actions: list[dict[str, Any]]) -> str:
    """Documented as text. One more than the highest id in use; that ids of removed actions are free is guessed."""
    ids = [action["actionId"] for action in actions]
    return str(max((int(id) for id in ids if id.isascii() and id.isdigit() and len(id) < 10), default=0) + 1)
