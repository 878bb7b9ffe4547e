"""Applying: what the plan says and nothing else, once, looked at afterwards, and nothing lost on the way."""

import json
import shutil
from typing import Any

import pytest

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


def test_new_workflows_start_off_and_dry(desk: Desk) -> None:
    """Whatever the portal's file says, a workflow is made off and dry; the next plan shows what is still to come."""
    found = shipped(desk, LIVE.replace("[workflows.unresolved_chats]", "[workflows.unresolved_chats]\nenabled = true"))
    first = flow(desk, found["unresolved_chats"])
    assert (first["isEnabled"], modes(first)) == (False, {"dry"})
    assert kinds(desk) == {"unresolved_chats": "update", "tickets_made_by_hand": "update", "release_lock": "in step"}
    assert desk.deploy("apply").code == 0
    second = flow(desk, found["unresolved_chats"])
    assert (second["isEnabled"], modes(second)) == (True, {"live"})
    assert set(kinds(desk).values()) == {"in step"}


def test_the_ids_are_written_into_the_portal_s_file(desk: Desk) -> None:
    """A new workflow's id stands in its table, and every comment stays."""
    desk.has("# ours\n" + WORKFLOWS + "# the end\n")
    desk.tests_passed()
    desk.deploy("apply")
    text = desk.portal_file.read_text("utf-8")
    assert [line for line in text.splitlines() if line.startswith(("#", "[workflows", "id"))] == [
        "# ours",
        "[workflows.unresolved_chats]",
        'id = "1800000001"',
        "[workflows.tickets_made_by_hand]",
        'id = "1800000002"',
        "[workflows.release_lock]",
        'id = "1800000003"',
        "# the end",
    ]


def test_line_ends_and_mark_of_the_portal_s_file_stay(desk: Desk) -> None:
    """A file as Windows writes it gets the id and keeps its line ends and its mark."""
    desk.has(ONE.format(mode="dry"))
    desk.tests_passed()
    text = "\ufeff" + desk.portal_file.read_text("utf-8").replace("\n", "\r\n")
    desk.portal_file.write_bytes(text.encode())
    assert desk.deploy("apply").code == 0
    written = desk.portal_file.read_bytes().decode()
    assert written == text.replace("_chats]\r\n", '_chats]\r\nid = "1800000001"\r\n')


def test_one_put_for_each_workflow_that_differs(desk: Desk) -> None:
    """An update reads, writes once and reads again; what is in step is not touched."""
    found = shipped(desk)
    with_mode(desk, "live")
    desk.requests()
    assert desk.deploy("apply").code == 0
    one, two = found["unresolved_chats"], found["tickets_made_by_hand"]
    assert desk.requests() == [
        "GET /account-info/2026-09/details",
        f"GET {FLOWS}",
        f"POST {FLOWS}/batch/read",
        f"GET {FLOWS}/{one}",
        f"PUT {FLOWS}/{one}",
        f"GET {FLOWS}/{one}",
        f"GET {FLOWS}/{two}",
        f"PUT {FLOWS}/{two}",
        f"GET {FLOWS}/{two}",
    ]


def test_what_only_the_account_says_stays(desk: Desk) -> None:
    """Fields that our file does not name go back as they were read when we take over a workflow, and ever after."""
    found = shipped(desk, ONE.format(mode="dry"))
    id = found["unresolved_chats"]
    extra = {"suppressionFilterBranch": {"filterBranches": [], "filters": [], "filterBranchType": "OR"}}
    edited(desk, id, **extra)
    shutil.rmtree(desk.folder / "deploy" / "ledger")
    with_mode(desk, "live")
    assert kinds(desk) == {"unresolved_chats": "unknown"}
    assert desk.deploy("apply", "--overrule", "unresolved_chats").code == 0
    with_mode(desk, "off")
    assert desk.deploy("apply").code == 0
    after = flow(desk, id)
    assert (after["suppressionFilterBranch"], modes(after)) == (extra["suppressionFilterBranch"], {"off"})


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


def test_a_workflow_edited_between_plan_and_apply_is_left_alone(desk: Desk) -> None:
    """A kept plan is refused when the account is no longer as it was, and nothing is written."""
    found = shipped(desk)
    with_mode(desk, "live")
    desk.deploy("plan", "--out", "plan.json")
    edited(desk, found["tickets_made_by_hand"], name="Renamed")
    before = [flow(desk, id) for id in found.values()]
    refused = desk.deploy("apply", "plan.json")
    assert (refused.code, refused.stderr) == (
        1,
        "deploy: plan.json, tickets_made_by_hand: expected the same revision in HubSpot as when the plan was made, "
        "found another. Nothing was written. Plan again and look.\n",
    )
    assert [flow(desk, id) for id in found.values()] == before


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ('mode = "off"', "the same files and settings as when the plan was made, found another"),
        ("portal_id = 4711001\n", ""),
    ],
)
def test_a_plan_of_other_files_is_refused(desk: Desk, change: str, said: str) -> None:
    """A kept plan is refused when the portal's file changed since; an unchanged one is carried out."""
    shipped(desk)
    with_mode(desk, "live")
    desk.deploy("plan", "--out", "plan.json")
    text = desk.portal_file.read_text("utf-8")
    desk.portal_file.write_text(text.replace('mode = "live"', change if said else 'mode = "live"'), encoding="utf-8")
    answer = desk.deploy("apply", "plan.json")
    assert (answer.code, said in answer.stderr) == (1 if said else 0, True)


def test_a_hotfix_in_the_live_code_stops_us(desk: Desk) -> None:
    """Code changed in HubSpot's editor is drift: shown with its line, not written over, until it is overruled."""
    found = shipped(desk)
    id = found["unresolved_chats"]
    actions = flow(desk, id)["actions"]
    actions[1]["sourceCode"] = actions[1]["sourceCode"].replace("def main(event):", "def main(event):\n    fixed = 1")
    edited(desk, id, actions=actions)
    planned = desk.deploy("plan")
    assert planned.code == 2
    assert [line for line in planned.stdout.splitlines() if line.startswith("      +")] == [
        "      +  148     fixed = 1"
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


@pytest.mark.parametrize("way", ["the answer is lost", "HubSpot breaks after the write"])
def test_a_network_that_drops_after_the_put(desk: Desk, way: str) -> None:
    """When no answer comes, what stands there tells that it was carried out, and it counts as done."""
    found = shipped(desk, ONE.format(mode="dry"))
    with_mode(desk, "live")
    kind = {"kind": "drops"} if way == "the answer is lost" else {"kind": "breaks", "status": 502}
    desk.hub.control("POST", "weather", kind | {"route": "PUT /automation", "after_write": True})
    answer = desk.deploy("apply")
    assert (answer.code, answer.stderr) == (0, "")
    assert (modes(flow(desk, found["unresolved_chats"])), set(kinds(desk).values())) == ({"live"}, {"in step"})


def test_a_put_that_never_arrived_is_said(desk: Desk) -> None:
    """When the connection drops before anything was done, that is the message, and the next apply does it."""
    found = shipped(desk, ONE.format(mode="dry"))
    with_mode(desk, "live")
    desk.hub.control("POST", "weather", {"kind": "drops", "route": "PUT /automation"})
    answer = desk.deploy("apply")
    said = f"deploy: PUT {FLOWS}/{found['unresolved_chats']} at {desk.hub.address}: expected an answer, found none ("
    assert (answer.code, answer.stderr.startswith(said)) == (1, True)
    assert modes(flow(desk, found["unresolved_chats"])) == {"dry"}
    assert desk.deploy("apply").code == 0


def test_a_busy_hubspot_is_waited_for(desk: Desk) -> None:
    """After 429 a request is made again when HubSpot says, or a moment later; it is no failure."""
    desk.hub.control("POST", "weather", {"kind": "busy", "times": 2, "retry_after": 0, "route": "GET /automation"})
    assert kinds(desk) == dict.fromkeys(("unresolved_chats", "tickets_made_by_hand", "release_lock"), "create")


def test_another_portal_s_token_is_refused(desk: Desk) -> None:
    """A token that opens another account than the file's ends it before anything is read or written."""
    desk.portal_file.write_text(desk.portal_file.read_text("utf-8").replace("4711001", "4711002"), encoding="utf-8")
    desk.requests()
    refused = desk.deploy("apply")
    assert (refused.code, refused.stderr) == (
        1,
        "deploy: deploy/portals/local.toml, portal_id: expected the token in HUBSPOT_DEPLOY_TOKEN to open "
        "portal 4711002, found portal 4711001. "
        "Export this portal's own token, or correct the id. Nothing was changed.\n",
    )
    assert desk.requests() == ["GET /account-info/2026-09/details"]


@pytest.mark.parametrize(
    ("token", "said"),
    [
        ("", "expected a token in the variable HUBSPOT_DEPLOY_TOKEN, found none. Make a service key"),
        ("local-old", "401 EXPIRED_AUTHENTICATION"),
        ("local-narrow", "403 MISSING_SCOPES"),
    ],
)
def test_a_token_that_does_not_do_is_said(desk: Desk, token: str, said: str) -> None:
    """No token, an expired one, one without the scope: one line with what to do, and not the token."""
    desk.hub.control("POST", "tokens", {"value": "local-old", "expires": "2000-01-01T00:00:00Z"})
    desk.hub.control("POST", "tokens", {"value": "local-narrow", "scopes": ["tickets"]})
    answer = desk.deploy("plan", HUBSPOT_DEPLOY_TOKEN=token)
    assert (answer.code, said in answer.stderr, answer.stderr.count("\n")) == (1, True, 1)
    assert not token or token not in answer.stdout + answer.stderr


def test_a_missing_secret_is_explained(desk: Desk) -> None:
    """HubSpot says 500 where code names a secret that does not exist; we say which ones to look for."""
    desk.seeded(secrets=[])
    desk.has(ONE.format(mode="dry"))
    desk.tests_passed()
    answer = desk.deploy("apply")
    assert (answer.code, "that these secrets exist: CHAT_HANDOFF_TOKEN. Nothing was changed." in answer.stderr) == (
        1,
        True,
    )


def test_code_that_no_test_report_names_is_not_shipped(desk: Desk) -> None:
    """Without a report of these very texts nothing is written, but for a reason that the history keeps."""
    desk.has(ONE.format(mode="dry"))
    refused = desk.deploy("apply")
    assert (refused.code, refused.stderr) == (
        1,
        "deploy: actions/triage_chat.py: expected a report of passed tests that names its hash, "
        "found no report of a test run. Run `python -m pytest tests/actions`, or give the reason why not: "
        "--untested REASON.\n",
    )
    assert desk.call("GET", FLOWS).body == {"results": []}
    assert desk.deploy("apply", "--untested", "a first try").code == 0
    assert [row["reason"] for row in desk.deploy("history", "--json").json["history"] if "reason" in row] == [
        "a first try"
    ]


def test_production_asks_for_its_name(desk: Desk) -> None:
    """A production portal is written to only when its name is given."""
    desk.has(ONE.format(mode="dry"))
    desk.portal_file.write_text(desk.portal_file.read_text("utf-8").replace('"test"', '"production"'), encoding="utf-8")
    desk.tests_passed()
    for wrong in ((), ("--yes", "other")):
        refused = desk.deploy("apply", *wrong)
        assert (refused.code, "expected its name local typed, or --yes local" in refused.stderr) == (1, True)
    assert desk.call("GET", FLOWS).body == {"results": []}
    assert desk.deploy("apply", "--yes", "local").code == 0


def test_the_plan_is_the_same_twice(desk: Desk) -> None:
    """Planning twice gives the same bytes, in JSON and in Markdown."""
    shipped(desk)
    with_mode(desk, "live")
    for form in ("--json", "--markdown"):
        assert desk.deploy("plan", form).stdout == desk.deploy("plan", form).stdout


def test_rollback_puts_back_what_was_there(desk: Desk) -> None:
    """Rolled back, a workflow is as before the write, on or off as it is; the plan then has the update again."""
    found = shipped(desk, ONE.format(mode="dry"))
    id = found["unresolved_chats"]
    before = flow(desk, id)
    with_mode(desk, "live")
    desk.deploy("apply")
    edited_live = flow(desk, id) | {"isEnabled": True}
    desk.call("PUT", f"{FLOWS}/{id}", {name: value for name, value in edited_live.items() if name not in READ_ONLY})
    assert desk.deploy("rollback").code == 0
    after = flow(desk, id)
    assert (after["actions"], after["isEnabled"]) == (before["actions"], True)
    assert kinds(desk) == {"unresolved_chats": "update"}
    newest = desk.deploy("history", "--json").json["history"][0]
    again = desk.deploy("rollback")
    assert (again.code, "found none that was not used" in again.stderr) == (1, True)
    assert (newest["act"], desk.deploy("rollback", newest["snapshot"]).code) == ("rolled back", 0)
    assert modes(flow(desk, id)) == {"live"}


def test_a_token_in_hubspot_s_code_is_neither_shown_nor_kept(desk: Desk) -> None:
    """Somebody typed a token into the live code: a plan hides it, and nothing is written until it is taken out."""
    id = shipped(desk, ONE.format(mode="dry"))["unresolved_chats"]
    actions = flow(desk, id)["actions"]
    token = "pat-eu1-11111111-2222-3333-4444-555555555555"
    actions[1]["sourceCode"] = f'TOKEN = "{token}"\n' + actions[1]["sourceCode"]
    edited(desk, id, actions=actions)
    overruling = ("--overrule", "unresolved_chats")
    said = [desk.deploy("plan", "--out", "plan.json"), desk.deploy("drift"), desk.deploy("apply", *overruling)]
    assert (said[2].code, "action 2, sourceCode, line 1: expected no token in code or settings" in said[2].stderr) == (
        1,
        True,
    )
    kept = [file.read_text("utf-8") for file in desk.folder.rglob("*") if file.is_file()]
    assert [text for text in kept + [each.stdout + each.stderr for each in said] if token in text] == []
    assert "TOKEN" in flow(desk, id)["actions"][1]["sourceCode"]


def test_nothing_that_is_kept_holds_a_token(desk: Desk) -> None:
    """Plan, ledger, snapshots, history and all output are free of the token."""
    found = shipped(desk)
    with_mode(desk, "live")
    said = desk.deploy("plan", "--out", "plan.json"), desk.deploy("apply", "plan.json"), desk.deploy("history")
    kept = [file.read_text("utf-8") for file in desk.folder.rglob("*") if file.is_file()]
    assert found
    assert [text for text in kept + [each.stdout + each.stderr for each in said] if desk.hub.token in text] == []
    assert json.loads((desk.folder / "plan.json").read_text("utf-8"))["portal"] == "local"
