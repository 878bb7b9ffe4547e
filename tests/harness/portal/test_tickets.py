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
    read = app.post(
        "/crm/objects/2026-09/contacts/batch/read",
        {"inputs": [{"id": visitor}], "properties": [], "propertiesWithHistory": []},
    )
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


def test_the_same_value_again_is_no_change(portal: Portal, app: App) -> None:
    """A PATCH that sets what is already so leaves history, time of change and watchers alone."""
    ticket = portal.has_ticket("Help")
    before = portal.record("tickets", ticket)
    told: list[Any] = []
    portal.watch(lambda *change: told.append(change))
    portal.clock.advance(60)
    assert app.patch(f"{TICKETS}/{ticket}", {"properties": {"subject": "Help"}}).status == 200
    assert (portal.record("tickets", ticket), told) == (before, [])
