"""Our workflows in a served account: how a test brings them there, edits them as a person would, and looks."""

from typing import Any

from tests.deploy.desk import WORKFLOWS, Desk

FLOWS = "/automation/v4/flows"
READ_ONLY = ("createdAt", "updatedAt", "dataSources")
LIVE = WORKFLOWS.replace('"dry"', '"live"')
MADE: dict[str, tuple[str, list[dict[str, Any]]]] = {}
ONE = '\n[workflows.unresolved_chats]\n\n[inputs]\nmode = "{mode}"\ninboxes = ["1200001"]\n'


def shipped(desk: Desk, more: str = WORKFLOWS) -> dict[str, str]:
    """Our workflows are in the account; returns their ids.

    The first time they are made, for which HubSpot takes its seconds; after that they are there from the beginning.
    """
    desk.has(more)
    desk.tests_passed()
    if more not in MADE:
        assert desk.deploy("apply").code == 0
        flows = [flow(desk, listed["id"]) for listed in desk.call("GET", FLOWS).body["results"]]
        MADE[more] = desk.portal_file.read_text("utf-8"), flows
        return ids(desk)
    text, flows = MADE[more]
    desk.seeded(flows=flows)
    desk.portal_file.write_text(text, encoding="utf-8")
    assert desk.deploy("apply").code == 0
    return ids(desk)


def ids(desk: Desk) -> dict[str, str]:
    """The ids in the portal's file."""
    plan = desk.deploy("plan", "--json").json
    return {change["workflow"]: change["flow_id"] for change in plan["changes"]}


def kinds(desk: Desk, *options: str) -> dict[str, str]:
    """What the plan says of each workflow."""
    return {change["workflow"]: change["kind"] for change in desk.deploy("plan", "--json", *options).json["changes"]}


def flow(desk: Desk, id: str) -> dict[str, Any]:
    """A workflow as the account has it."""
    found: dict[str, Any] = desk.call("GET", f"{FLOWS}/{id}").body
    return found


def edited(desk: Desk, id: str, **changes: Any) -> None:
    """Somebody changes a workflow in HubSpot's editor."""
    body = {name: value for name, value in flow(desk, id).items() if name not in READ_ONLY} | changes
    assert desk.call("PUT", f"{FLOWS}/{id}", body).status == 200


def with_mode(desk: Desk, mode: str) -> None:
    """The portal's file says another mode, and keeps the ids."""
    text = desk.portal_file.read_text("utf-8")
    for old in ("dry", "live", "off"):
        text = text.replace(f'mode = "{old}"', f'mode = "{mode}"')
    desk.portal_file.write_text(text, encoding="utf-8")


def modes(definition: dict[str, Any]) -> set[str]:
    """The static values of the input mode."""
    return {
        given["value"]["staticValue"]
        for action in definition["actions"]
        for given in action.get("inputFields", ())
        if given["name"] == "mode"
    }
