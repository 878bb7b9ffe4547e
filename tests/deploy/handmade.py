"""A project of its own, with actions and workflows in it, whose workflows stand in the account as shipped."""

import json
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from contract.flow import Flow
from tests.deploy.desk import Desk
from tests.harness.serve.conftest import ROOT

FLOWS = "/automation/v4/flows"
READ_ONLY = ("createdAt", "updatedAt", "dataSources")
HAND, LOCK = "1800000001", "1800000002"  # the ids that a new account gives
PORTAL = f"""
# Every comment stays.
[workflows.tickets_made_by_hand]
id = "{HAND}"
[workflows.release_lock]
id = "{LOCK}"

[inputs]
mode = "dry"
inboxes = ["1200001"]  # Support

[inputs.create_ticket]
routes = [{{ inbox = "1200001", pipeline = "0", stage = "1" }}]
"""
SETTINGS = {
    "*": {"mode": "dry"},
    "create_ticket": {"inboxes": "1200001", "routes": '[{"inbox": "1200001", "pipeline": "0", "stage": "1"}]'},
}


def own_project(desk: Desk) -> None:
    """Actions and workflows are copied into the project's folder."""
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "actions", desk.folder / "actions", ignore=ignored)
    shutil.copytree(ROOT / "deploy" / "workflows", desk.folder / "deploy" / "workflows")


def shipped(desk: Desk, portal: str = PORTAL, more: Sequence[dict[str, Any]] = ()) -> None:
    """Two of our workflows stand in the account, and the ledger knows it."""
    own_project(desk)
    workflows = ROOT / "deploy" / "workflows"
    made_by_hand = Flow.read(workflows / "tickets_made_by_hand.json").with_inputs(SETTINGS)
    desk.seeded(flows=[made_by_hand.shipped(), Flow.read(workflows / "release_lock.json").shipped(), *more])
    desk.has(portal)
    assert desk.deploy("apply").code == 0
    assert set(kinds(desk).values()) == {"in step"}


def kinds(desk: Desk) -> dict[str, str]:
    """What the plan says of each workflow."""
    return {change["workflow"]: change["kind"] for change in desk.deploy("plan", "--json").json["changes"]}


def flow(desk: Desk, id: str = HAND) -> dict[str, Any]:
    """A workflow as the account has it."""
    found: dict[str, Any] = desk.call("GET", f"{FLOWS}/{id}").body
    return found


def edits(desk: Desk, change: Callable[[dict[str, Any]], object], id: str = HAND) -> None:
    """Somebody changes a workflow in HubSpot's editor."""
    body = flow(desk, id)
    change(body)
    answer = desk.call("PUT", f"{FLOWS}/{id}", {key: value for key, value in body.items() if key not in READ_ONLY})
    assert answer.status == 200, answer


def edits_code(desk: Desk, action: str, old: str, new: str, id: str = HAND) -> None:
    """Somebody changes one text in the code of an action."""

    def change(body: dict[str, Any]) -> None:
        raw = action_of(body, action)
        assert raw["sourceCode"].count(old) == 1, raw["sourceCode"].count(old)
        raw["sourceCode"] = raw["sourceCode"].replace(old, new)

    edits(desk, change, id)


def action_of(definition: dict[str, Any], id: str) -> dict[str, Any]:
    """One action."""
    found: dict[str, Any] = next(raw for raw in definition["actions"] if raw["actionId"] == id)
    return found


def types(desk: Desk, action: str, name: str, value: str, id: str = HAND) -> None:
    """Somebody types another static value."""

    def change(body: dict[str, Any]) -> None:
        given = [given for given in action_of(body, action)["inputFields"] if given["name"] == name]
        if given:
            given[0]["value"]["staticValue"] = value
        else:
            static = {"type": "STATIC_VALUE", "staticValue": value}
            action_of(body, action)["inputFields"].append({"name": name, "value": static})

    edits(desk, change, id)


def workflow_file(desk: Desk, name: str = "tickets_made_by_hand") -> Path:
    """A workflow's file in the project."""
    return desk.folder / "deploy" / "workflows" / f"{name}.json"


def action_file(desk: Desk, name: str) -> Path:
    """An action's file in the project."""
    return desk.folder / "actions" / name


def definition_in(file: Path) -> dict[str, Any]:
    """What a workflow's file says."""
    found: dict[str, Any] = json.loads(file.read_text("utf-8"))
    return found


def everything(desk: Desk) -> dict[str, bytes]:
    """All files of the project but the ledger's, by name."""
    files = [path for path in desk.folder.rglob("*") if path.is_file() and "ledger" not in path.parts]
    return {path.relative_to(desk.folder).as_posix(): path.read_bytes() for path in sorted(files)}
