"""Many workflows, large code, and an account whose API does not have the workflows of conversations."""

import json
from typing import Any

from tests.deploy.desk import Desk
from tests.deploy.shipments import FLOWS, ONE, kinds

CODE = 'def main(event):\n    return {"outputFields": {}}\n'


def a_flow(name: str, codes: int = 4) -> dict[str, Any]:
    """A workflow of tickets with so many actions with code, one after the other."""
    actions = [
        {
            "type": "CUSTOM_CODE",
            "actionId": str(at),
            "runtime": "PYTHON39",
            "secretNames": [],
            "sourceFile": "../../actions/small.py",
            "inputFields": [],
            "outputFields": [],
            **({"connection": {"edgeType": "STANDARD", "nextActionId": str(at + 1)}} if at < codes else {}),
        }
        for at in range(1, codes + 1)
    ]
    return {
        "name": name,
        "type": "PLATFORM_FLOW",
        "flowType": "WORKFLOW",
        "objectTypeId": "0-5",
        "isEnabled": False,
        "startActionId": "1",
        "nextAvailableActionId": str(codes + 1),
        "actions": actions,
        "enrollmentCriteria": {"type": "MANUAL", "shouldReEnroll": False},
        "blockedDates": [],
        "customProperties": {},
        "timeWindows": [],
    }


def shipped(flow: dict[str, Any], code: str = CODE) -> dict[str, Any]:
    """The same as HubSpot has it."""
    actions = [{**{k: v for k, v in raw.items() if k != "sourceFile"}, "sourceCode": code} for raw in flow["actions"]]
    return flow | {"actions": actions}


def a_project(desk: Desk, flows: list[dict[str, Any]], code: str = CODE) -> None:
    """The project's own workflows and their action."""
    (desk.folder / "deploy" / "workflows").mkdir(parents=True, exist_ok=True)
    (desk.folder / "actions").mkdir(exist_ok=True)
    (desk.folder / "actions" / "small.py").write_text(code, encoding="utf-8")
    for at, flow in enumerate(flows):
        (desk.folder / "deploy" / "workflows" / f"own_{at}.json").write_text(json.dumps(flow), encoding="utf-8")


def test_fifty_workflows_among_three_hundred(desk: Desk) -> None:
    """Fifty workflows with two hundred actions cost one list call for each hundred there are, and one batch read."""
    own = [a_flow(f"Own {at}") for at in range(50)]
    others = [shipped(a_flow(f"Other {at}", codes=1)) for at in range(250)]
    desk.seeded(flows=[*map(shipped, own), *others])
    a_project(desk, own)
    desk.has("".join(f'\n[workflows.own_{at}]\nid = "{1_800_000_001 + at}"\n' for at in range(50)))
    desk.requests()
    first = desk.deploy("plan", "--json")
    assert desk.requests() == [
        "GET /account-info/2026-09/details",
        *[f"GET {FLOWS}"] * 3,
        f"POST {FLOWS}/batch/read",
    ]
    assert (first.code, {change["kind"] for change in first.json["changes"]}) == (0, {"in step"})
    assert desk.deploy("plan", "--json").stdout == first.stdout


def test_a_large_action_is_shipped_whole(desk: Desk) -> None:
    """Code of 30 KB, with every kind of character in it, arrives byte for byte."""
    code = CODE + "# \u00e4\u6f22\U0001f600 \\ ' \" {{ }}\n" * 1500
    a_project(desk, [a_flow("Large", codes=1)], code)
    desk.has("\n[workflows.own_0]\n")
    assert (len(code.encode()) > 30_000, desk.deploy("apply", "--untested", "not ours").code) == (True, 0)
    (listed,) = desk.call("GET", FLOWS).body["results"]
    assert desk.call("GET", f"{FLOWS}/{listed['id']}").body["actions"][0]["sourceCode"] == code
    assert kinds(desk) == {"own_0": "in step"}


def test_where_the_api_has_no_such_workflows_the_road_by_hand_is_named(desk: Desk) -> None:
    """An API that refuses workflows of conversations: said with the way on, nothing made; `by_hand` settles it."""
    desk.seeded(account={"conversation_flows": "unknown"})
    desk.has(ONE.format(mode="dry"))
    desk.tests_passed()
    refused = desk.deploy("apply")
    assert refused.code == 1
    assert refused.stderr.endswith(
        "Put it there by hand: `python -m deploy export unresolved_chats`, and write by_hand = true under "
        "[workflows.unresolved_chats]. Nothing was changed.\n"
    )
    desk.has(ONE.format(mode="dry").replace("_chats]\n", "_chats]\nby_hand = true\n"))
    planned = desk.deploy("plan")
    assert (planned.code, planned.stdout) == (
        0,
        "by hand   unresolved_chats\n"
        "  Put there by copy and paste: `export unresolved_chats`, and `verify-paste` for what stands in the editor.\n"
        "\nPlan: 0 to create, 0 to update, 0 in step, 1 by hand, 0 to decide.\n",
    )
