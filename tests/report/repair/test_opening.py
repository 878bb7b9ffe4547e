"""What is refused before a repair begins, and where its requests can go."""

import json
from pathlib import Path
from typing import Any

import pytest

from deploy.refusals import BadPortalFile, Refused, Unreachable, WrongPortal
from harness.portal.wire import Request
from report.repair.forwarder import Forwarder, Heard
from report.repair.opening import account_of, meant, repair_key, scopes_of
from report.repair.wiring import wired
from tests.harness.serve.conftest import ROOT, started
from tests.report.repair.account import Account, chat

DETAILS = "/account-info/2026-09"


def test_the_account_behind_the_key(account: Account) -> None:
    """A key of this account opens it; one that it does not take, or of another account, is refused by what is wrong."""
    account.has(chat(1))
    portal = account.portal()
    assert account_of(portal, Forwarder(portal.api_host, account.hub.token), DETAILS)["portalId"] == 4711001
    with pytest.raises(Refused) as refused:
        account_of(portal, Forwarder(portal.api_host, "local-unknown"), DETAILS)
    assert refused.value.found == "401"
    account.has(chat(1), account={"id": 4711002})
    with pytest.raises(WrongPortal) as wrong:
        account_of(portal, Forwarder(portal.api_host, account.hub.token), DETAILS)
    assert wrong.value.found == "portal 4711002"
    account.weather(kind="drops")
    with pytest.raises(Unreachable):
        account_of(portal, Forwarder(portal.api_host, account.hub.token), DETAILS)


def test_a_host_that_nobody_vouches_for(account: Account) -> None:
    """A certificate that is not known ends the request before the key is sent."""
    server = started("--tls")
    try:
        heard: list[Heard] = []
        portal = account.portal(address=server.address)
        with pytest.raises(Unreachable):
            account_of(portal, Forwarder(portal.api_host, server.token, heard=heard.append), DETAILS)
        assert heard == [Heard("GET", f"{DETAILS}/details", 0)]
    finally:
        server.process.kill()
        server.process.communicate()


def test_requests_go_to_one_host_alone(account: Account) -> None:
    """Whatever address a run names, its request goes to the account; without the run's own token it goes nowhere."""
    account.has(chat(1))
    heard: list[Heard] = []
    forwarder = Forwarder(account.hub.address, account.hub.token, heard=heard.append)
    headers = {"Authorization": f"Bearer {forwarder.stand_in}"}
    targets = ("https://example.org/crm/v3/owners", "//example.org/crm", "@example.org/crm", f"{DETAILS}/details")
    answers = [forwarder.answer(Request.make("GET", target, headers)).status for target in targets]
    answers.append(forwarder.answer(Request.make("GET", DETAILS, {"Authorization": "Bearer other"})).status)
    assert answers == [200, 501, 401, 200, 401]
    assert [(one.path, one.status) for one in heard] == [
        ("/crm/v3/owners", 200),
        ("//example.org/crm", 501),
        (f"{DETAILS}/details", 200),
    ]


def test_the_limit_of_the_account_is_the_run_s_to_wait_for(account: Account) -> None:
    """When the account's limit is used up, a run is told so, with how long to wait, and nothing is sent."""
    account.hub.control("POST", "limits", {"enforced": True})
    try:
        account.has(chat(1), limits={"burst": 20})
        for _ in range(16):  # by somebody else
            account.hub.call("GET", "/crm/v3/owners")
        heard: list[Heard] = []
        forwarder = Forwarder(account.hub.address, account.hub.token, heard=heard.append)
        headers = {"Authorization": f"Bearer {forwarder.stand_in}"}
        answers = [forwarder.answer(Request.make("GET", "/crm/v3/owners", headers)) for _ in range(5)]
    finally:
        account.hub.control("POST", "limits", {"enforced": False})
    assert {answer.status for answer in answers} == {200, 429}
    assert {one.status for one in heard} == {200}
    assert all(int(answer.headers["Retry-After"]) > 2 for answer in answers if answer.status == 429)


def test_production_is_meant(account: Account) -> None:
    """A production account is changed only for somebody who names it; any other without."""
    production, test = account.portal(kind="production"), account.portal()
    for yes, found in (("", "nothing"), ("other", "another name")):
        with pytest.raises(Refused) as refused:
            meant(production, {}, yes, ask=lambda question: "local")
        assert (refused.value.expected, refused.value.found) == ("its name local typed, or --yes local", found)
    meant(production, {}, "local")
    meant(test, {}, "")
    with pytest.raises(Refused):
        meant(test, {"accountType": "STANDARD"}, "")


def test_the_key_stands_in_a_variable(account: Account, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a key it is said which variable is empty and which scopes the actions ask for."""
    portal = account.portal()
    monkeypatch.setenv("CHAT_HANDOFF_TOKEN", "local-token-1")
    assert repair_key(portal, "CHAT_HANDOFF_TOKEN") == "local-token-1"
    monkeypatch.delenv("CHAT_HANDOFF_TOKEN")
    with pytest.raises(BadPortalFile) as refused:
        repair_key(portal, "CHAT_HANDOFF_TOKEN")
    assert refused.value.expected == "a token in the variable CHAT_HANDOFF_TOKEN"
    assert scopes_of(portal) == [
        "conversations.read",
        "crm.objects.companies.read",
        "crm.objects.contacts.read",
        "crm.objects.owners.read",
        "tickets",
        "transactional-email",
    ]


@pytest.mark.parametrize(
    ("change", "found"),
    [
        (
            {"actionTypeId": "0-5", "fields": {"property_name": "hs_thread_id", "value": {"type": "TIMESTAMP"}}},
            "SINGLE_CONNECTION 0-5",
        ),
        ({"actionTypeId": "0-9"}, "SINGLE_CONNECTION 0-9"),
        ({"type": "WEBHOOK"}, "WEBHOOK"),
    ],
)
def test_what_only_hubspot_can_do(account: Account, change: dict[str, Any], found: str) -> None:
    """A project's own workflow that asks for something only HubSpot does is refused by its name."""
    flow = json.loads((ROOT / "deploy/workflows/unresolved_chats.json").read_text("utf-8"))
    flow["actions"][0] |= change
    (account.folder / "actions").symlink_to(ROOT / "actions")
    file = account.folder / "deploy" / "workflows" / "unresolved_chats.json"
    file.parent.mkdir()
    file.write_text(json.dumps(flow), "utf-8")
    with pytest.raises(Refused) as refused:
        wired(account.portal(), live=False, confirming=True)
    assert (refused.value.where, found in refused.value.found) == ("the workflow unresolved_chats", True)


def test_the_wiring_is_the_workflow_s(account: Account) -> None:
    """The actions, their order and where each input comes from are those of the workflow and the portal's file."""
    ready = wired(account.portal("[inputs.dedup_check]\nmax_open = 3\n"), live=True, confirming=True)
    shipped = json.loads((ROOT / "deploy/workflows/unresolved_chats.json").read_text("utf-8"))
    assert [ready.name_of(id) for id in ready.codes] == [
        Path(raw["sourceFile"]).stem for raw in shipped["actions"] if "sourceFile" in raw
    ]
    for raw in shipped["actions"]:
        if "sourceFile" in raw:
            ours = {given["name"]: given["value"] for given in ready.flow.actions[raw["actionId"]].raw["inputFields"]}
            theirs = {given["name"]: given["value"] for given in raw["inputFields"] if given["name"] != "mode"}
            assert {name: ours[name] for name in theirs} == theirs
    dedup = next(id for id in ready.codes if ready.name_of(id) == "dedup_check")
    assert {"name": "max_open", "value": {"type": "STATIC_VALUE", "staticValue": "3"}} in ready.flow.actions[dedup].raw[
        "inputFields"
    ]
