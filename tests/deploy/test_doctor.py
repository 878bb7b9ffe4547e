"""What `doctor` says of an account as a whole: its list, its data, its end, and that one trouble does not stop it."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.deploy.desk import VARIABLE, Desk
from tests.harness.serve.conftest import started

KEYS = "Development > Keys > Service keys (a newer text of HubSpot's: Settings > Integrations > Service keys)"
DAY = ("--on", "2026-11-22")
SCOPES = ["automation", "tickets", "conversations.read", "crm.objects.owners.read"]
READY = """
[workflows.release_lock]
"""


def lines(desk: Desk, check: str, *more: str, **environment: str) -> list[dict[str, Any]]:
    """What one check says."""
    said = desk.deploy("doctor", "--json", *more, **environment)
    return [line for line in said.json["lines"] if line["check"] == check]


def short(found: list[dict[str, Any]]) -> list[tuple[str, str, str]]:
    """State, words and remedy."""
    return [(line["state"], line["what"], line["remedy"]) for line in found]


def test_the_list(desk: Desk) -> None:
    """Piped, it is plain text in click order; what is to be done is numbered and has its command or its menu."""
    desk.has(READY)
    said = desk.deploy("doctor", *DAY)
    text = f"""\
local, portal 4711001, 2026-11-22

Account
     ready     The token in HUBSPOT_DEPLOY_TOKEN opens portal 4711001 (DEVELOPER_TEST, app.hubspot.com).
     look      650,000 calls a day: Professional. Whether Data Hub, which custom code needs, is in it is not told.
               -> See what is subscribed: Settings > Account & Billing. (menu names are guessed)

Portal file
     ready     deploy/portals/local.toml can be read, and every input in it is understood.

Service keys
     ready     The deploy key (HUBSPOT_DEPLOY_TOKEN) has {", ".join(SCOPES)}.

Properties
  1. deploy    15 are missing: chat_handoff, chat_thread_id, chat_open_key, chat_threads, conversation_link, \
chat_channel, chat_inbox, chat_agent, chat_started_at, chat_closed_at, chat_first_closed_at, chat_sla_due_at, \
chat_expected_response, chat_confirmation_requested_at, chat_confirmation_sent_at.
               -> python -m deploy provision --portal local --apply

Inboxes
     look      Support (1200001, INBOX): 0 chats closed in 30 days, 0 (none) had a ticket before: no tickets from chats.
               -> No route is for it: its tickets go to pipeline 0, stage 1. Or add {{ inbox = "1200001", ... }} to \
routes.

Pipelines and stages
     ready     The default route makes tickets in Support Pipeline (0), New (1).
     look      Support Pipeline: Waiting on contact (2) seems to wait on the contact; a chat could move its ticket to \
Waiting on us (3).
               -> A proposal: add "2" = "3" to stage_moves under [inputs.create_ticket].

Owners
     ready     No route names an owner by id.

Rules
     ready     No rule about values is on a property that ours writes.
     look      No API tells which fields the create form requires, which fields others make necessary, and in which \
stages a pipeline's rules allow no new ticket; the dated API enforces all three.
               -> See Settings > Objects > Tickets > Customize the Create ticket form and Settings > Objects > Tickets \
> Pipelines > Pipeline rules. Required fields: extra_properties under [inputs.create_ticket]. Where that does not do: \
api_version = "v3", which does not enforce them yet. (menu names are guessed)

SLA
     ready     No ticket has a time of HubSpot's own SLA.

E-mail
     ready     No workflow here sends a confirmation.

Workflows
     look      The API lists no workflow of conversations, and the portal's file names none.
  2. deploy    release_lock: create.
               -> python -m deploy apply --portal local

Link
     ready     No workflow here writes links.

Ends
     look      API v4 ends on 2027-03-30 (in 128 days): unsupported (documented: HubSpot's changelog). Used by deploy \
(workflows).
               -> flows_api = 2026-09-beta in the portal's file
     ready     API v3 ends on 2027-09-01 (in 283 days): unsupported; the day in September is not said (documented: \
changelog). Used by deploy.
     ready     API 2026-09 ends on 2028-03-01 (in 465 days): 18 months after its release (documented: changelog; day \
reckoned). Used by deploy.

11 ready, 2 for a command of ours, 0 for a person, 6 to look at, 0 not asked.
"""
    assert (said.code, said.stdout, said.stderr) == (2, text, "16 calls.\n")


def test_it_only_reads(desk: Desk) -> None:
    """Of all its requests none writes."""
    desk.deploy("doctor")
    asked = desk.requests()
    posts = {request for request in asked if not request.startswith("GET ")}
    assert len(asked) > 10
    assert posts <= {
        "POST /crm/objects/2026-09/tickets/search",
        "POST /crm/objects/2026-09/tickets/batch/read",
        "POST /automation/v4/flows/batch/read",
    }


def test_all_is_ready(desk: Desk) -> None:
    """Once provisioned and applied, nothing is to be done, and it ends with 0."""
    desk.has(READY)
    desk.deploy("provision", "--apply")
    assert desk.deploy("apply", "--untested", "a try").code == 0
    said = desk.deploy("doctor", "--json", *DAY)
    assert (said.code, set(said.json["counts"])) == (0, {"ready", "look"})
    assert short([line for line in said.json["lines"] if line["check"] in {"Properties", "Workflows"}]) == [
        ("ready", "15 of 15 are there, the group among them.", ""),
        ("look", "The API lists no workflow of conversations, and the portal's file names none.", ""),
        ("ready", f"release_lock (flow {flow_id(desk)}): in step.", ""),
    ]


def flow_id(desk: Desk) -> str:
    """The account's one workflow."""
    return str(desk.call("GET", "/automation/v4/flows").body["results"][0]["id"])


@pytest.mark.parametrize(
    ("token", "what", "remedy"),
    [
        (
            "",
            f"deploy/portals/local.toml, token_variable: expected a token in the variable {VARIABLE}, found none.",
            f"Make a service key with the scope automation and export {VARIABLE}=...",
        ),
        (
            "local-unknown",
            "GET /account-info/2026-09/details in portal 4711001: expected success, found 401 INVALID_AUTHENTICATION: "
            "The access token is not known to this account. Use local-token-1 here.",
            f"The token in {VARIABLE} does not work (any more): make or rotate the service key, export it anew.",
        ),
    ],
)
def test_without_a_token_it_says_what_the_keys_need(desk: Desk, token: str, what: str, remedy: str) -> None:
    """Without a working token it ends with 1, and lists what a person needs to make both keys."""
    said = desk.deploy("doctor", "--json", **{VARIABLE: token})
    found = said.json["lines"]
    assert (said.code, [(line["check"], line["state"]) for line in found if line["check"] != "Ends"]) == (
        1,
        [
            ("Account", "by hand"),
            ("Portal file", "ready"),
            ("Service keys", "look"),
            ("Service keys", "look"),
        ],
    )
    assert (found[0]["what"], found[0]["remedy"]) == (what, remedy)
    assert found[2]["what"] == f"The deploy key ({VARIABLE}) needs {', '.join(SCOPES)}."
    assert found[3]["what"] == (
        "The runtime key, whose token is the secret CHAT_HANDOFF_TOKEN, needs conversations.read, tickets, "
        "crm.objects.contacts.read, crm.objects.companies.read, crm.objects.owners.read."
    )


def test_another_portal(desk: Desk) -> None:
    """A token of another account ends with 1, and no other question is put to that account."""
    desk.portal_file.write_text(desk.portal_file.read_text("utf-8").replace("4711001", "4711002"), encoding="utf-8")
    said = desk.deploy("doctor", "--json")
    assert (said.code, said.json["lines"][0]["what"], desk.requests()) == (
        1,
        f"deploy/portals/local.toml, portal_id: expected the token in {VARIABLE} to open portal 4711002, "
        "found portal 4711001.",
        ["GET /account-info/2026-09/details"],
    )


def test_nobody_answers(desk: Desk) -> None:
    """Where nobody listens it ends with 1 and says so."""
    text = desk.portal_file.read_text("utf-8").replace(desk.hub.address, "http://127.0.0.1:9")
    desk.portal_file.write_text(text, encoding="utf-8")
    said = desk.deploy("doctor", "--json")
    assert (said.code, said.json["lines"][0]["what"]) == (
        1,
        "GET /account-info/2026-09/details at http://127.0.0.1:9: expected an answer, found none (ConnectionError).",
    )


def test_a_lacking_scope_stops_no_other_check(desk: Desk) -> None:
    """A key without conversations.read: that is said with the menu, its checks say so, and all others are made."""
    desk.hub.control("POST", "tokens", {"value": "local-deaf", "scopes": ["automation", "tickets"]})
    said = desk.deploy("doctor", "--json", **{VARIABLE: "local-deaf"})
    how = f"{KEYS}: choose the key, then its scopes."
    assert short([line for line in said.json["lines"] if line["check"] == "Service keys"])[:3] == [
        ("ready", f"The deploy key ({VARIABLE}) has automation, tickets.", ""),
        ("by hand", f"The deploy key ({VARIABLE}) lacks conversations.read (doctor: inboxes and chats).", how),
        ("by hand", f"The deploy key ({VARIABLE}) lacks crm.objects.owners.read (doctor: owners of routes).", how),
    ]
    refused = [(line["check"], line["remedy"]) for line in said.json["lines"] if line["state"] == "not asked"]
    give = f"Give the key in {VARIABLE} one of the scopes conversations.read."
    assert (said.code, refused) == (2, [("Inboxes", give), ("Link", give)])
    assert [line["state"] for line in said.json["lines"] if line["check"] == "Owners"] == ["ready"]


@pytest.mark.parametrize(
    ("weather", "found"),
    [
        ({"kind": "breaks", "status": 500}, "500"),
        ({"kind": "breaks", "status": 404}, "404"),
        ({"kind": "drops"}, "none (ConnectionError)"),
    ],
)
def test_a_broken_answer_stops_no_other_check(desk: Desk, weather: dict[str, Any], found: str) -> None:
    """An area that is broken, or cut off, is a line of its own that says so; the checks after it are made."""
    desk.hub.control("POST", "weather", weather | {"route": "GET /crm/pipelines", "times": 2})
    said = desk.deploy("doctor", "--json")
    broken = [line for line in said.json["lines"] if line["state"] == "not asked"]
    named = [(line["check"], line["remedy"]) for line in broken]
    assert (said.code, named) == (2, [("Pipelines and stages", "Run it again later.")])
    assert found in broken[0]["what"]
    assert [line["state"] for line in said.json["lines"] if line["check"] == "Owners"] == ["ready"]


def test_no_token_and_no_word_of_a_visitor_is_printed(desk: Desk) -> None:
    """Neither tokens nor what visitors wrote, nor their names, appear in any form of the list."""
    desk.hub.control("POST", "tokens", {"value": "local-canary-runtime", "scopes": ["tickets"]})
    talk = [{"visitor": "canary word"}, {"agent": "canary answer"}, {"close": "agent"}]
    desk.seeded(
        contacts=[{"email": "visitor-12@example.org"}],
        chats=[{"contact": "visitor-12@example.org", "inbox": "Support", "ago": "2 h", "talk": talk}],
    )
    for form in ((), ("--json",)):
        said = desk.deploy("doctor", *form, CHAT_HANDOFF_TOKEN="local-canary-runtime")
        everything = said.stdout + said.stderr
        assert [word for word in ("canary", "visitor-12", desk.hub.token) if word in everything] == []


def test_the_runtime_key_is_tried_where_its_token_is_exported(desk: Desk) -> None:
    """With the runtime key's token at hand, each of its scopes is tried by a read, and only the lacking ones named."""
    scopes = ["tickets", "conversations.read", "crm.objects.contacts.read", "crm.objects.owners.read"]
    desk.hub.control("POST", "tokens", {"value": "local-runtime", "scopes": scopes})
    desk.has('[workflows.unresolved_chats]\n[inputs.send_confirmation]\nemail_id = "77"\n')
    found = lines(desk, "Service keys", CHAT_HANDOFF_TOKEN="local-runtime")[1:]
    assert short(found) == [
        (
            "ready",
            "The runtime key (CHAT_HANDOFF_TOKEN) has conversations.read, tickets, crm.objects.contacts.read, "
            "crm.objects.owners.read. Not tried, for only writing would tell: transactional-email.",
            "",
        ),
        (
            "by hand",
            "The runtime key (CHAT_HANDOFF_TOKEN) lacks crm.objects.companies.read (the actions).",
            f"{KEYS}: choose the key, then its scopes.",
        ),
    ]


def test_one_key_for_both_is_one_too_few(desk: Desk) -> None:
    """The same token for deploy and for the actions is pointed out."""
    found = lines(desk, "Service keys", CHAT_HANDOFF_TOKEN=desk.hub.token)[1:]
    assert short(found) == [
        (
            "by hand",
            f"The secret CHAT_HANDOFF_TOKEN and {VARIABLE} are one key; a leaked one would open both.",
            f"Make a second one: {KEYS}.",
        )
    ]


def test_the_scope_table_is_that_of_the_contracts(desk: Desk) -> None:
    """Action, secret and scopes are as the files declare; notes and sending are in it where the settings want them."""
    desk.has("[workflows.unresolved_chats]\n[inputs.create_ticket]\nadd_note = true\n")
    table = lines(desk, "Service keys")[1]["facts"]["table"]
    secret = "CHAT_HANDOFF_TOKEN"
    assert [(row["action"], row["secret"], row["scopes"]) for row in table] == [
        ("triage_chat", secret, ["conversations.read"]),
        ("dedup_check", secret, ["tickets", "crm.objects.contacts.read"]),
        (
            "create_ticket",
            secret,
            [
                "tickets",
                "conversations.read",
                "crm.objects.contacts.read",
                "crm.objects.companies.read",
                "crm.objects.owners.read",
                "crm.objects.contacts.write",
            ],
        ),
        ("stamp_chat_closed_at", secret, ["tickets"]),
        ("send_confirmation", secret, ["tickets", "crm.objects.contacts.read"]),
    ]


@pytest.mark.parametrize(
    ("limits", "state", "what"),
    [
        (
            {"plan": "starter"},
            "by hand",
            "250,000 calls a day: Free or Starter. Custom code needs Data Hub Professional or Enterprise.",
        ),
        (
            {"plan": "enterprise", "pack": True},
            "look",
            "2,000,000 calls a day: Enterprise, with the limit pack. "
            "Whether Data Hub, which custom code needs, is in it is not told.",
        ),
    ],
)
def test_the_tier(tmp_path: Path, limits: dict[str, Any], state: str, what: str) -> None:
    """What is subscribed is told from the daily limit, as far as it goes."""
    seed = tmp_path / "seed.json"
    seed.write_text(json.dumps({"limits": limits}), encoding="utf-8")
    desk = Desk(tmp_path, started("--seed", str(seed)))
    try:
        desk.has(READY)
        tier = lines(desk, "Account")[1]
    finally:
        desk.hub.process.kill()
        desk.hub.process.communicate()
    assert (tier["state"], tier["what"]) == (state, what)


def test_a_mistake_in_the_settings_is_a_line(desk: Desk) -> None:
    """A mistake in the portal's inputs is a line of its own, and the account is examined all the same."""
    desk.has('[workflows.unresolved_chats]\n[inputs]\ninboxs = ["1200001"]\n')
    said = desk.deploy("doctor", "--json")
    found = [line for line in said.json["lines"] if line["check"] == "Portal file"]
    assert [(line["state"], line["remedy"]) for line in found] == [("by hand", "Did you mean inboxes?")]
    assert [line["state"] for line in said.json["lines"] if line["check"] == "Owners"] == ["ready"]
