"""When nothing is written: stale plans, wrong or weak tokens, missing secrets, untested code, production."""

import json

import pytest

from tests.deploy.desk import Desk
from tests.deploy.shipments import FLOWS, ONE, edited, flow, modes, shipped, with_mode


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
