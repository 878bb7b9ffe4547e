"""Tickets: made whole or not at all, read in several ways, changed, put away."""

from typing import Any

import pytest

from harness.portal import Portal
from tests.harness.portal.app import THREADS, TICKETS, App, to

NOW = "2026-03-02T08:00:00Z"


def test_a_ticket_is_made_with_everything_it_belongs_to(portal: Portal, app: App) -> None:
    """One POST makes the ticket and its associations, and each shows up from the other end."""
    contact = portal.has_contact("visitor-12@example.org")
    company = portal.has_company("Example")
    chat = portal.has_chat(contact=contact).says("My order is missing").closes()
    made = app.make_ticket([to(contact, 16), to(company, 26), to(chat.id, 32)], chat_thread_id=chat.id, content="text")
    ticket = made.body["id"]
    assert (made.status, made.body) == (
        201,
        {
            "id": ticket,
            "properties": {
                "chat_thread_id": chat.id,
                "content": "text",
                "createdate": NOW,
                "hs_is_closed": "false",
                "hs_lastmodifieddate": NOW,
                "hs_object_id": ticket,
                "hs_pipeline": "0",
                "hs_pipeline_stage": "1",
                "subject": "Help",
            },
            "createdAt": NOW,
            "updatedAt": NOW,
            "archived": False,
        },
    )
    assert portal.associations("contacts", contact, "tickets") == [ticket]
    assert portal.associations("companies", company, "tickets") == [ticket]
    thread = app.get(f"{THREADS}/{chat.id}", association="TICKET").body
    assert thread["threadAssociations"] == {"associatedTicketId": ticket}
    count = app.get(f"{TICKETS}/{ticket}", properties="hs_num_associated_conversations")
    assert count.body["properties"]["hs_num_associated_conversations"] == "1"


@pytest.mark.parametrize(
    ("id", "type", "error"),
    [
        (
            "640000001",
            16,
            (
                400,
                "VALIDATION_ERROR",
                "One or more associations are not valid. No CONTACT with id 640000001 exists",
            ),
        ),
        (
            "8000000009",
            32,
            (
                400,
                "VALIDATION_ERROR",
                "One or more associations are not valid. No CONVERSATION with id 8000000009 exists",
            ),
        ),
        (
            "51000001",
            999,
            (400, "VALIDATION_ERROR", "Association type 999 is not valid between tickets and any type"),
        ),
    ],
)
def test_a_ticket_with_a_bad_association_is_not_made(
    portal: Portal, app: App, id: str, type: int, error: tuple[int, str, str]
) -> None:
    """When one association is refused, neither the ticket nor the good association is there afterwards."""
    contact = portal.has_contact("visitor-12@example.org")
    before = portal.state()
    assert app.make_ticket([to(contact, 16), to(id, type)]).error == error
    assert portal.state() == before


def test_an_anonymous_visitor_is_no_contact(portal: Portal, app: App) -> None:
    """The contact id of an anonymous visitor's thread names no contact, to read or to associate."""
    chat = portal.has_chat().says("hello")
    visitor = app.get(f"{THREADS}/{chat.id}").body["associatedContactId"]
    assert app.get(f"/crm/objects/2026-09/contacts/{visitor}").status == 404
    read = app.post("/crm/objects/2026-09/contacts/batch/read", {"inputs": [{"id": visitor}], "properties": []})
    assert (read.status, read.body["results"]) == (207, [])
    assert app.make_ticket([to(visitor, 16)]).status == 400


def test_a_read_shows_what_is_asked_for(portal: Portal, app: App) -> None:
    """Properties, history and associations come when asked for; unknown names are ignored, unset are null."""
    contact = portal.has_contact("visitor-12@example.org")
    ticket = portal.has_ticket("Help", contact=contact)
    portal.clock.advance(60)
    app.patch(f"{TICKETS}/{ticket}", {"properties": {"subject": "Help!"}})
    read = app.get(
        f"{TICKETS}/{ticket}",
        properties="subject,content,no_such_property",
        propertiesWithHistory="subject",
        associations="contacts,companies",
    )
    assert read.body == {
        "id": ticket,
        "properties": {
            "content": None,
            "createdate": NOW,
            "hs_lastmodifieddate": "2026-03-02T08:01:00Z",
            "hs_object_id": ticket,
            "subject": "Help!",
        },
        "propertiesWithHistory": {
            "subject": [
                {"value": "Help!", "timestamp": "2026-03-02T08:01:00Z", "sourceType": "INTEGRATION"},
                {"value": "Help", "timestamp": NOW, "sourceType": "CRM_UI"},
            ]
        },
        "createdAt": NOW,
        "updatedAt": "2026-03-02T08:01:00Z",
        "archived": False,
        "associations": {"contacts": {"results": [{"id": contact, "type": "ticket_to_contact"}]}},
    }


def test_older_versions_leave_unset_properties_out(portal: Portal, app: App) -> None:
    """The spec of v3 has no null among a record's properties, that of 2026-09 has."""
    ticket = portal.has_ticket("Help")
    old = app.get(f"/crm/v3/objects/tickets/{ticket}", properties="subject,content").body["properties"]
    new = app.get(f"{TICKETS}/{ticket}", properties="subject,content").body["properties"]
    assert (old | {"content": None}, "content" in old) == (new, False)


def test_the_same_value_again_is_no_change(portal: Portal, app: App) -> None:
    """A PATCH that sets what is already so leaves history, time of change and watchers alone."""
    ticket = portal.has_ticket("Help")
    before = portal.record("tickets", ticket)
    told: list[Any] = []
    portal.watch(lambda *change: told.append(change))
    portal.clock.advance(60)
    assert app.patch(f"{TICKETS}/{ticket}", {"properties": {"subject": "Help"}}).status == 200
    assert (portal.record("tickets", ticket), told) == (before, [])


def test_a_stage_decides_whether_a_ticket_is_closed(portal: Portal, app: App) -> None:
    """Closing fills hs_is_closed, closed_date and time_to_close; opening again empties the last two."""
    ticket = portal.has_ticket("Help")
    names = ("hs_is_closed", "closed_date", "hs_last_closed_date", "time_to_close")

    def seen() -> list[str | None]:
        record = portal.record("tickets", ticket)
        return [record.properties.get(name) for name in names] if record else []

    stories = [seen()]
    for stage in ("4", "3"):
        portal.clock.advance(90)
        app.patch(f"{TICKETS}/{ticket}", {"properties": {"hs_pipeline_stage": stage}})
        stories.append(seen())
    closed = "2026-03-02T08:01:30Z"
    assert stories == [
        ["false", None, None, None],
        ["true", closed, closed, "90000"],
        ["false", None, closed, None],
    ]


def test_a_stage_belongs_to_its_pipeline(portal: Portal, app: App) -> None:
    """A stage of another pipeline is refused, naming the ones there are; with its pipeline it is taken."""
    pipeline = portal.has_pipeline("Returns", [("Asked", "OPEN"), ("Paid", "CLOSED")])
    stage = portal.stages(pipeline)["Asked"]
    refused = app.make_ticket(hs_pipeline_stage=stage)
    assert refused.body["errors"] == [
        {
            "message": "5 was not one of the allowed options: [1, 2, 3, 4]",
            "code": "INVALID_OPTION",
            "context": {"propertyName": ["hs_pipeline_stage"]},
        }
    ]
    assert app.make_ticket(hs_pipeline_stage=stage, hs_pipeline=pipeline).status == 201


def test_the_dated_version_insists_on_required_properties(portal: Portal, app: App) -> None:
    """2026-09 enforces subject, stage and the account's own required fields; v3 fills the first stage in."""
    portal.requires("tickets", "hs_ticket_category")
    body = {"properties": {"subject": "Help"}, "associations": []}
    message = "Error creating TICKET. Some required properties were not set."
    refused = app.post(TICKETS, body)
    assert (refused.error, refused.body["errors"]) == (
        (400, "VALIDATION_ERROR", message),
        [
            {
                "message": message,
                "code": "REQUIRED_FIELD",
                "context": {"properties": ["hs_pipeline_stage", "hs_ticket_category"]},
            }
        ],
    )
    assert app.post("/crm/v3/objects/tickets", body).body["properties"]["hs_pipeline_stage"] == "1"


def test_a_batch_names_what_is_not_there(portal: Portal, app: App) -> None:
    """Reading many by unique value gives those that are there, once each, and one error with the others."""
    ticket = portal.has_ticket("Help", chat_thread_id="8000000001")
    read = app.post(
        f"{TICKETS}/batch/read",
        {
            "idProperty": "chat_thread_id",
            "properties": ["subject"],
            "inputs": [{"id": "8000000001"}, {"id": "8000000002"}, {"id": "8000000001"}],
        },
    )
    assert (read.status, read.body) == (
        207,
        {
            "status": "COMPLETE",
            "results": [app.get(f"{TICKETS}/{ticket}", properties="subject").body],
            "startedAt": NOW,
            "completedAt": NOW,
            "numErrors": 1,
            "errors": [
                {
                    "status": "error",
                    "category": "OBJECT_NOT_FOUND",
                    "message": "Could not get some TICKET objects, they may be deleted or not exist. "
                    "Check that ids are valid.",
                    "context": {"ids": ["8000000002"]},
                    "errors": [],
                    "links": {},
                }
            ],
        },
    )


def test_a_batch_has_a_limit(app: App) -> None:
    """A hundred ids are read at once, one more is refused."""
    inputs = [{"id": str(n)} for n in range(101)]
    assert app.post(f"{TICKETS}/batch/read", {"inputs": inputs[:100], "properties": []}).status == 207
    assert app.post(f"{TICKETS}/batch/read", {"inputs": inputs, "properties": []}).error == (
        400,
        "VALIDATION_ERROR",
        "Batch size of 101 exceeds the limit of 100",
    )


def test_an_archived_ticket_is_gone_from_every_ordinary_read(portal: Portal, app: App) -> None:
    """After DELETE a ticket is 404, in no batch and in no association, but can be asked for as archived."""
    contact = portal.has_contact("visitor-12@example.org")
    ticket = portal.has_ticket("Help", contact=contact)
    assert [app.delete(f"{TICKETS}/{ticket}").status for _ in range(2)] == [204, 204]
    assert app.get(f"{TICKETS}/{ticket}").error == (
        404,
        "OBJECT_NOT_FOUND",
        f"resource not found: no TICKET with id {ticket}",
    )
    assert app.patch(f"{TICKETS}/{ticket}", {"properties": {}}).status == 404
    assert portal.associations("contacts", contact, "tickets") == []
    archived = app.get(f"{TICKETS}/{ticket}", archived="true").body
    assert (archived["archived"], archived["archivedAt"]) == (True, NOW)


def test_a_note_needs_its_time(portal: Portal, app: App) -> None:
    """A note is made for a ticket when it says when; without hs_timestamp it is refused on every version."""
    ticket = portal.has_ticket("Help")
    body = {"properties": {"hs_note_body": "seen"}, "associations": [to(ticket, 228)]}
    assert app.post("/crm/v3/objects/notes", body).status == 400
    body["properties"] = {"hs_note_body": "seen", "hs_timestamp": "1772438400000"}
    made = app.post("/crm/objects/2026-09/notes", body)
    assert made.body["properties"] == {
        "hs_createdate": NOW,
        "hs_lastmodifieddate": NOW,
        "hs_note_body": "seen",
        "hs_object_id": made.body["id"],
        "hs_timestamp": NOW,
    }
    assert portal.associations("tickets", ticket, "notes") == [made.body["id"]]
