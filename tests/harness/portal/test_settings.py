"""What an app reads and sets of an account: properties, pipelines, owners, inboxes, the account itself."""

from typing import Any

import pytest

from harness.portal import Portal
from tests.harness.portal.app import UNIQUE, App

PROPERTIES = "/crm/properties/2026-09/tickets"


def test_a_property_is_made_once(app: App) -> None:
    """A definition can be made, read, listed and batch read; a second of the name is a 409."""
    body = UNIQUE | {"name": "chat_open_key", "description": "the lock"}
    made = app.post(PROPERTIES, body)
    now = "2026-03-02T08:00:00Z"
    assert (made.status, made.body) == (
        201,
        {
            "name": "chat_open_key",
            "label": "Chat thread",
            "type": "string",
            "fieldType": "text",
            "groupName": "ticketinformation",
            "description": "the lock",
            "options": [],
            "displayOrder": -1,
            "hasUniqueValue": True,
            "hidden": False,
            "formField": False,
            "hubspotDefined": False,
            "externalOptions": False,
            "calculated": False,
            "dataSensitivity": "non_sensitive",
            "createdAt": now,
            "updatedAt": now,
            "archived": False,
            "modificationMetadata": {"archivable": True, "readOnlyDefinition": False, "readOnlyValue": False},
        },
    )
    assert app.get(f"{PROPERTIES}/chat_open_key").body == made.body
    assert made.body in app.get(PROPERTIES).body["results"]
    read = app.post(f"{PROPERTIES}/batch/read", {"inputs": [{"name": "chat_open_key"}, {"name": "no_such"}]})
    assert (read.status, read.body["results"]) == (207, [made.body])
    assert app.post(PROPERTIES, body).error == (
        409,
        "CONFLICT",
        "A property named 'chat_open_key' already exists on object type 0-5.",
    )


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"label": ""}, "Invalid input JSON: the property lacks required fields: [label]"),
        (
            {"name": "hs_mine"},
            "A name takes lower-case letters, digits and _, and does not begin with hs_",
        ),
        ({"fieldType": "date"}, "Property type string does not go with field type date"),
        ({"type": "json"}, "Property type json does not go with field type text"),
        ({"groupName": "nowhere"}, "Property group nowhere does not exist"),
        (
            {"type": "enumeration", "fieldType": "select", "hasUniqueValue": False},
            "A property of type enumeration needs options",
        ),
    ],
)
def test_a_definition_that_makes_no_sense_is_refused(app: App, change: dict[str, Any], message: str) -> None:
    """Missing keys, bad names, types that do not go together and unknown groups are a 400 each."""
    assert app.post(PROPERTIES, UNIQUE | {"name": "other"} | change).error == (
        400,
        "VALIDATION_ERROR",
        message,
    )


def test_ten_unique_properties_are_all(app: App) -> None:
    """A type of record has ten unique properties of the account's own; the eleventh is refused."""
    answers = [app.post(PROPERTIES, UNIQUE | {"name": f"key_{n}"}) for n in range(10)]
    assert [answer.status for answer in answers] == [201] * 9 + [400]
    assert answers[-1].error == (
        400,
        "VALIDATION_ERROR",
        "The limit of 10 unique properties of tickets has been reached",
    )


def test_an_archived_property_keeps_its_name(app: App) -> None:
    """An archived definition is not found, cannot be made again, and no value can be set."""
    assert app.delete(f"{PROPERTIES}/chat_thread_id").status == 204
    assert app.get(f"{PROPERTIES}/chat_thread_id").status == 404
    assert app.get(f"{PROPERTIES}/chat_thread_id", archived="true").body["archived"] is True
    assert app.post(PROPERTIES, UNIQUE).error == (
        409,
        "CONFLICT",
        "A property named 'chat_thread_id' is archived. Restore or purge it in the account's settings.",
    )
    assert app.make_ticket(chat_thread_id="1").status == 400


def test_properties_are_made_together_and_in_groups(app: App) -> None:
    """A group and several definitions are made by API; of a batch, what fails is named."""
    group = app.post(f"{PROPERTIES}/groups", {"name": "chat", "label": "Chat"})
    assert (group.status, app.get(f"{PROPERTIES}/groups/chat").body) == (201, group.body)
    inputs = [{**UNIQUE, "name": name, "groupName": "chat"} for name in ("one", "chat_thread_id")]
    made = app.post(f"{PROPERTIES}/batch/create", {"inputs": inputs})
    assert (made.status, [p["name"] for p in made.body["results"]]) == (207, ["one"])
    assert made.body["errors"][0]["context"] == {"name": ["chat_thread_id"]}


def test_the_default_pipeline_is_hubspots(app: App) -> None:
    """Pipeline 0 has HubSpot's four stages, the last one closed."""
    pipelines = app.get("/crm/pipelines/2026-09/tickets").body["results"]
    stages = [(s["id"], s["label"], s["metadata"]["ticketState"]) for s in pipelines[0]["stages"]]
    assert (len(pipelines), pipelines[0]["id"], stages) == (
        1,
        "0",
        [
            ("1", "New", "OPEN"),
            ("2", "Waiting on contact", "OPEN"),
            ("3", "Waiting on us", "OPEN"),
            ("4", "Closed", "CLOSED"),
        ],
    )
    assert app.get("/crm/pipelines/2026-09/tickets/0").body == pipelines[0]
    assert app.get("/crm/v3/pipelines/tickets/0/stages").body == {"results": pipelines[0]["stages"]}
    assert app.get("/crm/v3/pipelines/tickets/9").status == 404


def test_owners_are_listed_while_active(portal: Portal, app: App) -> None:
    """A person is found by owner id and by user id, and after leaving only among the archived."""
    agent = portal.has_agent("agent-3")
    owner = portal.owner_of(agent)
    read = app.get(f"/crm/owners/2026-09/{owner}").body
    assert app.get(f"/crm/v3/owners/{agent[2:]}", idProperty="userId").body == read
    portal.deactivates(agent)
    assert app.get(f"/crm/owners/2026-09/{owner}").status == 404
    assert app.get("/crm/owners/2026-09").body == {"results": []}
    assert app.get("/crm/owners/2026-09", archived="true").body["results"][0]["id"] == owner


def test_inboxes_say_what_they_are(portal: Portal, app: App) -> None:
    """Both types of inbox, their channels and channel accounts can be read."""
    portal.has_inbox("Support")
    portal.has_inbox("Desk", type="HELP_DESK")
    base = "/conversations/v3/conversations"
    inboxes = app.get(f"{base}/inboxes").body
    assert [(i["id"], i["type"]) for i in inboxes["results"]] == [
        ("1200001", "INBOX"),
        ("1200002", "HELP_DESK"),
    ]
    assert app.get(f"{base}/inboxes/1200001").body == inboxes["results"][0]
    assert app.get(f"{base}/channels/1000").body == {"id": "1000", "name": "Live chat"}
    accounts = app.get(f"{base}/channel-accounts", inboxId="1200002").body
    assert (accounts["total"], accounts["results"][0]["inboxId"]) == (1, "1200002")


def test_the_account_says_where_it_is() -> None:
    """Details carry id, domain and zone, with the zone's offset of this moment."""
    portal = Portal(portal_id=42, ui_domain="app-eu1.hubspot.com", time_zone="America/New_York")
    assert App(portal, portal.token()).get("/account-info/2026-09/details").body == {
        "portalId": 42,
        "accountType": "DEVELOPER_TEST",
        "timeZone": "America/New_York",
        "utcOffset": "-05:00",
        "utcOffsetMilliseconds": -18_000_000,
        "uiDomain": "app-eu1.hubspot.com",
        "dataHostingLocation": "eu1",
        "companyCurrency": "EUR",
        "additionalCurrencies": [],
    }


def test_inboxes_come_in_the_order_asked_for(portal: Portal, app: App) -> None:
    """Lists of inboxes, channels and accounts are sorted and paged; none is archived; an unknown sort is refused."""
    for name in ("Sales", "Support", "Billing"):
        portal.has_inbox(name)
    base = "/conversations/conversations/2026-09"
    assert [i["name"] for i in app.get(f"{base}/inboxes", sort="-name").body["results"]] == [
        "Support",
        "Sales",
        "Billing",
    ]
    first = app.get(f"{base}/inboxes", sort="name", defaultPageLength=2).body
    assert (first["total"], [i["name"] for i in first["results"]]) == (3, ["Billing", "Sales"])
    rest = app.get(f"{base}/inboxes", sort="name", limit=2, after=first["paging"]["next"]["after"]).body
    assert [i["name"] for i in rest["results"]] == ["Support"]
    assert app.get(f"{base}/inboxes", archived="true").body == {"total": 0, "results": []}
    assert app.get(f"{base}/channel-accounts", channelId="1000", limit=1).body["total"] == 3
    assert app.get(f"{base}/channels", sort="createdAt").status == 400


def test_the_account_counts_its_requests_by_the_day(portal: Portal, app: App) -> None:
    """Usage counts today's requests of all apps, and begins anew at midnight of the account's zone."""
    path = "/account-info/2026-09/api-usage/daily/private-apps"
    app.get("/crm/owners/2026-09")
    first = app.get(path).body["results"][0]
    assert (first["currentUsage"], first["fetchStatus"], first["resetsAt"]) == (2, "SUCCESS", "2026-03-02T23:00:00Z")
    portal.clock.advance(16 * 3600)
    assert app.get(path).body["results"][0]["currentUsage"] == 1
