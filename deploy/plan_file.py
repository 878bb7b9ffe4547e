"""How is a plan kept in a file, and is it still the one? A saved plan is bound to what it was made from."""

import json
from pathlib import Path
from typing import Any

from deploy.plan import Plan
from deploy.refusals import Stale

FORM = 1


def as_json(plan: Plan) -> dict[str, Any]:
    """As plain data, without a time: the same plan gives the same bytes."""
    return {
        "form": FORM,
        "portal": plan.portal,
        "portal_id": plan.portal_id,
        "changes": [
            {
                "workflow": change.workflow,
                "kind": change.kind,
                "flow_id": change.flow_id,
                "revision": change.revision,
                "live": change.live_digest,
                "ours": change.ours_digest,
                "sources": dict(sorted(change.sources.items())),
                "overrules": change.overrules,
                "outside": [each.as_json() for each in change.outside],
                "changes": [each.as_json() for each in change.ours],
            }
            for change in plan.changes
        ],
    }


def written(plan: Plan) -> str:
    """As the file has it."""
    return json.dumps(as_json(plan), indent=2, ensure_ascii=False, sort_keys=True) + "\n"


def unchanged(file: Path, now: Plan) -> None:
    """A Stale names the first thing that is otherwise than when the plan in the file was made."""
    try:
        kept = json.loads(file.read_text("utf-8-sig"))
        then = {str(row["workflow"]): row for row in kept["changes"]}
        form, portal = kept["form"], (kept["portal"], kept["portal_id"])
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as problem:
        raise Stale(
            str(file),
            expected="a plan as `plan --out` writes it",
            found=f"{type(problem).__name__}",
            remedy="Plan again.",
        ) from None
    if form != FORM:
        raise Stale(
            str(file),
            expected=f"a plan of form {FORM}",
            found="one of another form",
            remedy="Plan again with this version.",
        )
    if portal != (now.portal, now.portal_id):
        raise Stale(
            str(file),
            expected=f"a plan for {now.portal} (portal {now.portal_id})",
            found=f"one for {str(portal[0])[:60]!r} (portal {str(portal[1])[:20]})",
            remedy="Plan again.",
        )
    rows = {row["workflow"]: row for row in json.loads(written(now))["changes"]}
    for workflow in sorted(then.keys() | rows.keys()):
        _same(f"{file.name}, {workflow}", then.get(workflow), rows.get(workflow))


def _same(where: str, then: dict[str, Any] | None, now: dict[str, Any] | None) -> None:
    if then == now:
        return
    what = {
        "revision": "the same revision in HubSpot",
        "live": "the same content in HubSpot",
        "sources": "the same files in actions/",
        "ours": "the same files and settings",
        "kind": "the same thing to do",
    }
    name = next((name for name in what if not then or not now or then.get(name) != now.get(name)), "kind")
    raise Stale(
        where,
        expected=f"{what[name]} as when the plan was made",
        found="another" if then and now else "that it is not there any more" if then else "that it is new",
        remedy="Nothing was written. Plan again and look.",
    )
