"""Seed files: what they plant, the two that are shipped, and how a mistake in one is told."""

import json
from pathlib import Path
from typing import Any

import pytest

from harness.serve.running_clock import RunningClock
from harness.serve.seed_file import SeedError, read, read_file
from harness.serve.site import Site
from tests.harness.portal.app import App
from tests.harness.serve.conftest import ROOT, Serve

SEEDS = ROOT / "harness/portal/seeds"
NOW = "2026-03-02T08:00:00Z"


def site(text: str, as_json: bool = False) -> Site:
    """An account with this seed, whose clock stands."""
    clock = RunningClock(NOW)
    clock.stop()
    return Site(clock, seed=read(text, "desk.yaml", as_json=as_json), seed_name="desk.yaml", limited=False)


def test_the_small_desk_is_served(serve: Serve) -> None:
    """The shipped desk has people, companies, tickets of several stages, two chats, a flow and three tokens."""
    server = serve("--seed", str(SEEDS / "desk.yaml"))
    state = server.control("GET", "state").body
    counted = {what: len(state[what]) for what in ("contacts", "companies", "tickets", "threads", "flows")}
    assert counted == {"contacts": 7, "companies": 2, "tickets": 4, "threads": 2, "flows": 1}
    assert server.token == "local-everything"
    assert server.call("GET", "/automation/v4/flows", Authorization="Bearer local-tickets-only").status == 403


def test_the_month_is_small_to_read_and_large_to_use() -> None:
    """The shipped month is under 60 lines and has 1,200 chats and 200 tickets, from thirty days ago until today."""
    file = SEEDS / "month.yaml"
    portal = Site(RunningClock(), seed=read_file(file), seed_name=str(file)).portal
    assert len(file.read_text("utf-8").splitlines()) < 60
    assert (len(portal.state()["threads"]), len(portal.records("tickets"))) == (1_200, 200)


def test_repeats_are_numbered_and_spread_in_time() -> None:
    """An entry with repeat is made so often, {n} counting, each `every` after the one before."""
    portal = site("tickets: [{subject: 'Number {n}', ago: 3 days, every: 1 days, repeat: 3}]").portal
    found = [(record.properties["subject"], record.properties["createdate"]) for record in portal.records("tickets")]
    assert found == [
        ("Number 1", "2026-02-27T08:00:00Z"),
        ("Number 2", "2026-02-28T08:00:00Z"),
        ("Number 3", "2026-03-01T08:00:00Z"),
    ]


def test_a_rep_makes_a_ticket_of_a_chat() -> None:
    """The line ticket makes one at its own moment, of the chat and of its contact."""
    portal = site(
        "contacts: [{email: visitor-12@example.org}]\n"
        "chats: [{contact: visitor-12@example.org, ago: 1 h, talk: [{visitor: Hi}, {close: hubspot}, {wait: 2 min}, "
        "{ticket: Hello}]}]"
    ).portal
    (ticket,) = portal.records("tickets")
    (thread,) = portal.state()["threads"]
    found = ticket.properties
    assert (found["subject"], found["createdate"], found["hs_conversations_originating_thread_id"]) == (
        "Hello",
        "2026-03-02T07:03:00Z",
        thread["id"],
    )
    (contact,) = portal.records("contacts")
    asked = App(portal, portal.token()).post(
        "/crm/associations/2026-09/tickets/contacts/batch/read", {"inputs": [{"id": ticket.id}]}
    )
    assert [str(to["toObjectId"]) for read in asked.body["results"] for to in read["to"]] == [contact.id]


def test_a_chat_is_told_in_lines() -> None:
    """Lines are said half a minute apart, or after a wait; a close is a status change of whoever closed."""
    text = "agents: [Ann]\nchats: [{ago: 1 h, talk: [{visitor: Hi}, {wait: 2 min}, {agent: Hello}, {close: agent}]}]"
    portal = site(text).portal
    (thread,) = portal.state()["threads"]
    assert [(m["type"], m["createdAt"], m["text"], m["createdBy"][0]) for m in thread["messages"]] == [
        ("MESSAGE", "2026-03-02T07:00:00Z", "Hi", "V"),
        ("MESSAGE", "2026-03-02T07:02:30Z", "Hello", "A"),
        ("THREAD_STATUS_CHANGE", "2026-03-02T07:03:00Z", "", "A"),
    ]


def test_people_companies_and_tickets_are_linked() -> None:
    """A contact works at its company, and a ticket belongs to both, by the names of the file."""
    portal = site(
        "companies: [{name: Mugs, properties: {domain: mugs.example.org}}]\n"
        "contacts: [{email: eli@mugs.example.org, company: Mugs}]\n"
        "tickets: [{subject: Broken, contact: eli@mugs.example.org, company: Mugs, stage: Waiting on us}]"
    ).portal
    (contact,), (company,), (ticket,) = (portal.records(t) for t in ("contacts", "companies", "tickets"))
    assert company.properties["domain"] == "mugs.example.org"
    assert portal.associations("contacts", contact.id, "companies") == [company.id]
    assert portal.associations("tickets", ticket.id, "contacts") == [contact.id]
    assert portal.associations("tickets", ticket.id, "companies") == [company.id]
    assert ticket.properties["hs_pipeline_stage"] == "3"


def test_settings_are_planted() -> None:
    """Properties, required ones, pipelines, secrets, flows, weather and limits of the file hold for clients."""
    planted = Site(
        RunningClock(NOW),
        seed=read(
            json.dumps(
                {
                    "limits": {"burst": 3},
                    "secrets": ["KEY"],
                    "properties": {
                        "tickets": [{"name": "colour", "label": "Colour", "type": "string", "fieldType": "text"}]
                    },
                    "required": {"tickets": ["colour"]},
                    "pipelines": [{"label": "Returns", "stages": [{"label": "Begun"}]}],
                    "weather": [{"kind": "busy", "status": 503}],
                }
            ),
            "desk.json",
            as_json=True,
        ),
    )
    portal = planted.portal
    app = App(portal, planted.token)
    statuses = [app.make_ticket().status, app.make_ticket().status, app.make_ticket(colour="red").status]
    labels = [pipeline["label"] for pipeline in app.get("/crm/pipelines/2026-09/tickets").body["results"]]
    assert (statuses, labels) == ([503, 400, 201], ["Support Pipeline", "Returns"])
    assert app.get("/crm/owners/2026-09").status == 429


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("tickets: [{subject: 1}]", "tickets[0].subject: expected str, found int."),
        ("tickets: [{subjct: x}]", "tickets[0]: expected a key that docs/seed.md knows, found subjct."),
        ("tickets: [{subject: x, repeat: 0}]", "tickets[0].repeat: expected int >= 1, found 0."),
        ("contacts: [{}]", "contacts[0]: expected email, found none."),
        ("tickets: {}", "tickets: expected array, found object."),
        ("- 1", "the file: expected object, found array."),
        ("limits: {plan: gold}", "limits.plan: expected a value that docs/seed.md knows, found 'gold'."),
        ("account: {time_zone: Mars}", "account.time_zone: expected a zone such as Europe/Berlin, found Mars."),
        ("agents: [\n", "line 2: expected YAML, found "),
        ("agents: &all [Ann]\nbots: *all", "the file: expected no aliases (*name), found one."),
        ("tokens: [{value: pat-1}]", "tokens[0].value: expected str matching regex '^local-', found 'pat-1'."),
        (
            "tickets: [{subject: x, contact: a@example.org}]",
            "tickets[0]: expected a contact of this account (none yet), found 'a@example.org'.",
        ),
        (
            "tickets: [{subject: x, ago: 3 weeks}]",
            'tickets[0]: expected a span such as "90 s", "5 min", "2 h" or "30 days", found \'3 weeks\'.',
        ),
        (
            "tickets: [{subject: x, every: 1 h, repeat: 2}]",
            "tickets[0]: expected its last repeat not after now, found it ahead: a larger ago, or a smaller every.",
        ),
        (
            "chats: [{talk: [{visitor: x, wait: 1 h}]}]",
            "chats[0] talk, line 1: expected one of visitor, agent, bot, ai, comment, wait, close, reopen, ticket, "
            "found visitor, wait.",
        ),
        (
            "chats: [{talk: [{visitor: a}, {wait: 999999999 days}, {visitor: b}]}]",
            "chats[0] talk, line 3: expected it not after now, found it ahead: a larger ago.",
        ),
        (
            "tickets: [{subject: x, ago: 9999999 days}]",
            "tickets[0]: expected its first moment not before 1970-01-01, found it earlier: a smaller ago.",
        ),
        (
            "chats: [{talk: [{visitor: a}], ago: 30000 days}]",
            "chats[0]: expected its first moment not before 1970-01-01, found it earlier: a smaller ago.",
        ),
        (
            "tickets: [{subject: x, every: 999999999 days, repeat: 100000}]",
            "tickets[0]: expected its last repeat not after now, found it ahead: a larger ago, or a smaller every.",
        ),
        ("now: 0001-01-01T00:00:00+14:00", "now: expected a moment from 1970-01-01 to 9000-01-01, found 0001-01-01 "),
        (
            "tokens: [{value: local-a, expires: 9999-12-31T23:59:59Z}]",
            "tokens[0]: expected moments from 1970-01-01 to 9000-01-01, found another.",
        ),
        (
            "pipelines: [{label: R, stages: [{label: A}, {label: B}, {label: A}]}]",
            "pipelines[0].stages: expected each label once, found 'A' twice.",
        ),
        ("inboxes: [{name: Desk}, {name: Desk}]", "inboxes: expected each name once, found 'Desk' twice."),
        (
            "contacts: [{email: a@example.org}, {email: a@example.org}]",
            "contacts[1]: expected what the portal takes, found Contact already exists. Existing ID: 51000001.",
        ),
        (
            "flows: [{name: x}]",
            "flows[0]: expected what the portal takes, found Invalid input JSON: the flow lacks required fields: "
            "[type, flowType, objectTypeId, isEnabled, actions].",
        ),
    ],
)
def test_a_mistake_is_told_by_place(text: str, said: str) -> None:
    """A seed with a mistake is refused with file, place, expected and found."""
    with pytest.raises(SeedError) as refused:
        site(text)
    assert str(refused.value).startswith(f"desk.yaml: {said}")


def test_json_and_yaml_say_the_same(tmp_path: Path) -> None:
    """A file that ends in .json is read as JSON, another as YAML, and the same content is the same seed."""
    content: dict[str, Any] = {"agents": ["Ann"], "contacts": [{"email": "a@example.org", "repeat": 2}]}
    (tmp_path / "a.json").write_text(json.dumps(content))
    (tmp_path / "a.yaml").write_text("agents: [Ann]\ncontacts:\n  - email: a@example.org\n    repeat: 2\n")
    assert read_file(tmp_path / "a.json") == read_file(tmp_path / "a.yaml")
