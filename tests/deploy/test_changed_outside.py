"""What was changed in HubSpot is shown, and written over only when it is overruled."""

import pytest

from tests.deploy.desk import WORKFLOWS, Desk
from tests.deploy.shipments import FLOWS, ONE, edited, flow, kinds, modes, shipped, with_mode


def test_overruling_puts_ours_back_whole(desk: Desk) -> None:
    """What was added in HubSpot goes when it is overruled; a kept plan that overrules is carried out as it is."""
    id = shipped(desk, ONE.format(mode="dry"))["unresolved_chats"]
    before = flow(desk, id)
    edited(desk, id, customProperties={"theirs": "added"})
    assert kinds(desk) == {"unresolved_chats": "drift"}
    assert desk.deploy("plan", "--overrule", "unresolved_chats", "--out", "plan.json").code == 2
    assert desk.deploy("apply", "plan.json").code == 0
    after = flow(desk, id)
    assert {name: after[name] for name in ("actions", "customProperties")} == {
        name: before[name] for name in ("actions", "customProperties")
    }


def test_the_same_change_and_more_in_hubspot_is_no_agreement(desk: Desk) -> None:
    """Somebody did by hand what our file now says, and something else besides: that is drift, not in step."""
    id = shipped(desk, ONE.format(mode="dry"))["unresolved_chats"]
    actions = flow(desk, id)["actions"]
    for action in actions:
        for given in action.get("inputFields", ()):
            if given["name"] == "mode":
                given["value"]["staticValue"] = "live"
    edited(desk, id, actions=actions)
    with_mode(desk, "live")
    assert kinds(desk) == {"unresolved_chats": "in step"}
    edited(desk, id, customProperties={"theirs": "added"})
    assert kinds(desk) == {"unresolved_chats": "drift"}


def test_the_switch_is_ours_only_where_the_file_says_so(desk: Desk) -> None:
    """Turned off in HubSpot where the file says on: drift, nothing done. The word taken out: it stays as it is."""
    id = shipped(desk, ONE.format(mode="dry"))["unresolved_chats"]
    silent = desk.portal_file.read_text("utf-8")
    desk.portal_file.write_text(silent.replace("_chats]\n", "_chats]\nenabled = true\n"), encoding="utf-8")
    assert (desk.deploy("apply").code, flow(desk, id)["isEnabled"]) == (0, True)
    edited(desk, id, isEnabled=False)
    assert kinds(desk) == {"unresolved_chats": "drift"}
    assert (desk.deploy("apply").code, flow(desk, id)["isEnabled"]) == (2, False)
    edited(desk, id, isEnabled=True)
    desk.portal_file.write_text(silent, encoding="utf-8")
    assert kinds(desk) == {"unresolved_chats": "in step"}
    with_mode(desk, "live")
    assert (desk.deploy("apply").code, flow(desk, id)["isEnabled"]) == (0, True)


def test_a_hotfix_in_the_live_code_stops_us(desk: Desk) -> None:
    """Code changed in HubSpot's editor is drift: shown with its line, not written over, until it is overruled."""
    found = shipped(desk)
    id = found["unresolved_chats"]
    actions = flow(desk, id)["actions"]
    actions[1]["sourceCode"] = actions[1]["sourceCode"].replace("def main(event):", "def main(event):\n    fixed = 1")
    edited(desk, id, actions=actions)
    added = 1 + actions[1]["sourceCode"].splitlines().index("    fixed = 1")
    planned = desk.deploy("plan")
    assert planned.code == 2
    assert [line for line in planned.stdout.splitlines() if line.startswith("      +")] == [
        f"      +  {added}     fixed = 1"
    ]
    assert kinds(desk)["unresolved_chats"] == "drift"
    answer = desk.deploy("apply")
    assert (answer.code, "fixed = 1" in flow(desk, id)["actions"][1]["sourceCode"]) == (2, True)
    assert desk.deploy("drift").code == 2
    assert desk.deploy("apply", "--overrule", "unresolved_chats").code == 0
    assert "fixed = 1" not in flow(desk, id)["actions"][1]["sourceCode"]
    assert desk.deploy("drift").stdout == "No drift: what was shipped is what the portal has.\n"


def test_turning_it_on_in_hubspot_is_no_drift(desk: Desk) -> None:
    """Where the portal's file does not say whether a workflow is on, that is HubSpot's; where it says, it is ours."""
    found = shipped(desk, ONE.format(mode="dry"))
    edited(desk, found["unresolved_chats"], isEnabled=True)
    assert (desk.deploy("plan").code, desk.deploy("drift").code) == (0, 0)
    text = desk.portal_file.read_text("utf-8")
    desk.portal_file.write_text(text.replace("_chats]\n", "_chats]\nenabled = false\n"), encoding="utf-8")
    (change,) = desk.deploy("plan", "--json").json["changes"]
    assert [(each["what"], each["before"], each["after"]) for each in change["changes"]] == [("switch", "on", "off")]


def test_both_changed_is_a_conflict(desk: Desk) -> None:
    """Changed here and there: both are shown and nothing is done."""
    found = shipped(desk)
    edited(desk, found["release_lock"], name="Renamed")
    edited(desk, found["unresolved_chats"], name="Renamed too")
    with_mode(desk, "live")
    assert kinds(desk) == {"unresolved_chats": "conflict", "tickets_made_by_hand": "update", "release_lock": "drift"}


@pytest.mark.parametrize("what", ["deleted", "renamed", "second", "unknown"])
def test_a_graph_changed_outside_is_drift(desk: Desk, what: str) -> None:
    """An action that was deleted, moved to another id, doubled, or is of a type nobody knows: shown, nothing done."""
    found = shipped(desk)
    id = found["unresolved_chats"]
    actions = flow(desk, id)["actions"]
    last = actions[-1]
    if what == "deleted":
        actions.pop()
        actions[-2].pop("connection", None)
        for action in actions:
            if (action.get("connection") or {}).get("nextActionId") == last["actionId"]:
                del action["connection"]
    elif what == "renamed":
        actions[-1] = last | {"actionId": "20"}
        for action in actions[:-1]:
            if (action.get("connection") or {}).get("nextActionId") == last["actionId"]:
                action["connection"] = action["connection"] | {"nextActionId": "20"}
    else:
        new = last | {"actionId": "21"}
        if what == "unknown":
            new = {
                "actionId": "21",
                "type": "SINGLE_CONNECTION",
                "actionTypeId": "0-999",
                "actionTypeVersion": 0,
                "fields": {},
            }
        last["connection"] = {"edgeType": "STANDARD", "nextActionId": "21"}
        actions.append(new)
    edited(desk, id, actions=actions)
    change = desk.deploy("plan", "--json").json["changes"][0]
    named = {entry["where"].split()[1] for entry in change["outside"]}
    assert (change["kind"], bool(named & {"8", "20", "21"})) == ("drift", True)
    assert desk.deploy("apply").code == 2
    assert len(flow(desk, id)["actions"]) == len(actions)


def test_a_deleted_workflow_is_said(desk: Desk) -> None:
    """A workflow that is not there any more is named with the way on; the others are applied."""
    found = shipped(desk)
    desk.call("DELETE", f"{FLOWS}/{found['release_lock']}")
    with_mode(desk, "live")
    answer = desk.deploy("apply")
    said = f"Flow {found['release_lock']} is not there (any more). Take its id out of the portal's file to make it anew"
    assert (answer.code, said in answer.stdout) == (2, True)
    assert modes(flow(desk, found["unresolved_chats"])) == {"live"}


def test_a_workflow_of_the_same_name_is_not_doubled(desk: Desk) -> None:
    """Where a workflow of our name stands already and no id is known, none is made beside it."""
    found = shipped(desk)
    desk.has(WORKFLOWS)  # without ids
    assert kinds(desk) == dict.fromkeys(found, "namesake")
    assert desk.deploy("apply").code == 2
    assert len(desk.call("GET", FLOWS).body["results"]) == 3
