"""How pipelines, stages and their history look in an answer."""

from typing import Any

from harness.portal.moments import iso
from harness.portal.pipelines.state import Change, Pipeline, Stage


def pipeline(found: Pipeline) -> dict[str, Any]:
    """A pipeline with its stages in their order; equal orders by label (documented)."""
    body = {
        "id": found.id,
        "label": found.label,
        "displayOrder": found.order,
        "stages": [stage(one) for one in in_order(found)],
        "createdAt": iso(found.created),
        "updatedAt": iso(found.updated),
        "archived": found.archived_at is not None,
    }
    return body | ({"archivedAt": iso(found.archived_at)} if found.archived_at is not None else {})


def in_order(found: Pipeline) -> list[Stage]:
    """Its stages as they are shown."""
    return sorted(found.stages, key=lambda stage: (stage.order, stage.label))


def stage(found: Stage) -> dict[str, Any]:
    """A stage."""
    closed = {"ticketState": found.state, "isClosed": str(found.state == "CLOSED").lower()} if found.state else {}
    return {
        "id": found.id,
        "label": found.label,
        "displayOrder": found.order,
        "metadata": found.metadata | closed,
        "createdAt": iso(found.created),
        "updatedAt": iso(found.updated),
        "archived": False,
        "writePermissions": "CRM_PERMISSIONS_ENFORCEMENT",
    }


def change(portal_id: int, found: Change) -> dict[str, Any]:
    """What was done once."""
    return {
        "portalId": portal_id,
        "identifier": found.subject,
        "action": found.action,
        "timestamp": iso(found.at),
        "rawObject": found.shape,
    }
