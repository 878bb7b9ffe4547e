"""Unique values: exactly one live record holds each, whoever asks and however many at once."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from harness.portal import Portal
from tests.harness.portal.app import TICKETS, App

LINE = (
    "Cannot set PropertyValueCoordinates{portalId=4711001, objectTypeId=0-5, propertyName=chat_thread_id}. "
    "90000001 already has that value."
)


def test_a_taken_value_is_refused_and_names_its_holder(app: App) -> None:
    """The second ticket with a unique value is a 400 that names the property and the ticket that has it."""
    assert app.make_ticket(chat_thread_id="8000000001").status == 201
    refused = app.make_ticket(chat_thread_id="8000000001")
    correlation_id = refused.body["correlationId"]
    assert (refused.status, refused.body) == (
        400,
        {
            "status": "error",
            "message": 'Property values were not valid: [{"isValid":false,"message":"' + LINE + '",'
            '"error":"CONFLICTING_UNIQUE_VALUE","name":"chat_thread_id",'
            '"localizedErrorMessage":"' + LINE + '","portalId":4711001}]',
            "correlationId": correlation_id,
            "category": "VALIDATION_ERROR",
            "errors": [
                {
                    "message": LINE,
                    "code": "CONFLICTING_UNIQUE_VALUE",
                    "context": {"propertyName": ["chat_thread_id"], "conflictingObjectId": ["90000001"]},
                }
            ],
        },
    )
    assert refused.headers["X-HubSpot-Correlation-Id"] == correlation_id


def test_of_many_at_once_exactly_one_wins(portal: Portal, app: App) -> None:
    """Thirty-two POSTs with one unique value leave one ticket."""
    with ThreadPoolExecutor(32) as pool:
        answers = list(pool.map(lambda _: app.make_ticket(chat_thread_id="8000000001").status, range(32)))
    assert (sorted(answers), len(portal.records("tickets"))) == ([201] + [400] * 31, 1)


@pytest.mark.parametrize("how", ["archive", "empty", "other value"])
def test_a_value_given_up_is_free(portal: Portal, app: App, how: str) -> None:
    """A value is free again when its holder is archived, or has it emptied, or has another."""
    first = app.make_ticket(chat_thread_id="8000000001").body["id"]
    if how == "archive":
        portal.archive_ticket(first)
    else:
        value = "" if how == "empty" else "8000000002"
        app.patch(f"{TICKETS}/{first}", {"properties": {"chat_thread_id": value}})
    second = app.make_ticket(chat_thread_id="8000000001")
    assert second.status == 201
    read = app.get(f"{TICKETS}/8000000001", idProperty="chat_thread_id")
    assert read.body["id"] == second.body["id"]


def test_a_holder_may_set_its_own_value_again(app: App) -> None:
    """Repeating a write under a unique value is no conflict with oneself."""
    first = app.make_ticket(chat_thread_id="8000000001").body["id"]
    body = {"properties": {"chat_thread_id": "8000000001"}}
    assert app.patch(f"{TICKETS}/8000000001", body, idProperty="chat_thread_id").body["id"] == first


def test_only_a_unique_property_names_a_record(app: App) -> None:
    """An idProperty whose values are not unique is refused; an unknown value is a 404."""
    assert app.get(f"{TICKETS}/Help", idProperty="subject").error == (
        400,
        "VALIDATION_ERROR",
        "Property subject of tickets is not unique and cannot be used as idProperty",
    )
    assert app.get(f"{TICKETS}/123%231", idProperty="chat_thread_id").error == (
        404,
        "OBJECT_NOT_FOUND",
        "resource not found: no TICKET with this chat_thread_id",
    )


def test_a_contact_is_known_by_its_address(portal: Portal, app: App) -> None:
    """The same address, in whatever case, is a 409 with the id of the contact there is."""
    contact = portal.has_contact("visitor-12@example.org")
    body = {"properties": {"email": "Visitor-12@Example.org"}, "associations": []}
    assert app.post("/crm/v3/objects/contacts", body).error == (
        409,
        "CONFLICT",
        f"Contact already exists. Existing ID: {contact}",
    )
    read = app.get("/crm/objects/2026-09/contacts/VISITOR-12%40example.org", idProperty="email")
    assert read.body["id"] == contact
