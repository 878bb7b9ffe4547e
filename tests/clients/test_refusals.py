"""Refusals: what HubSpot's Python client raises, and what is in it."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from hubspot.crm import contacts, tickets

from tests.clients.conftest import Served
from tests.clients.words import creation


def told(package: Any, status: int, call: Callable[[], Any]) -> dict[str, Any]:
    """The body of a refusal with this status, whose correlation id is that of the header."""
    with pytest.raises(package.ApiException) as refused:
        call()
    body: dict[str, Any] = json.loads(refused.value.body)
    assert refused.value.status == status
    assert body.pop("status") == "error"
    assert body.pop("correlationId") == refused.value.headers["x-hubspot-correlation-id"]
    return body


@pytest.mark.parametrize(
    ("token", "category"),
    [
        ("local-nobody", "INVALID_AUTHENTICATION"),
        ("local-expired", "EXPIRED_AUTHENTICATION"),
        ("pat-eu1-00000000-0000-0000-0000-000000000000", "INVALID_AUTHENTICATION"),
    ],
    ids=["unknown", "expired", "real"],
)
def test_a_token_that_does_not_work_is_a_401(served: Served, token: str, category: str) -> None:
    """Unknown, expired, or one of HubSpot's own, which is answered with the token that works here."""
    body = told(tickets, 401, served.client(token).crm.tickets.get_all)
    assert body["category"] == category
    assert ("Use local-everything here." in body["message"]) == token.startswith("pat-")


def test_a_missing_scope_is_a_403(served: Served) -> None:
    """A token of tickets alone reads tickets, and is told which scope contacts need."""
    client = served.client("local-tickets")
    assert client.crm.tickets.get_all() == []
    body = told(contacts, 403, client.crm.contacts.get_all)
    assert body["category"] == "MISSING_SCOPES"
    assert body["errors"] == [
        {
            "message": "One or more of the following scopes are required.",
            "context": {"requiredGranularScopes": ["crm.objects.contacts.read"]},
        }
    ]


def test_what_is_not_there_is_a_404(client: Any) -> None:
    """An id that nothing has, read or changed."""
    api, change = client.crm.tickets.basic_api, tickets.SimplePublicObjectInput(properties={"subject": "A"})
    missing = {"message": "resource not found: no TICKET with id 7", "category": "OBJECT_NOT_FOUND"}
    assert told(tickets, 404, lambda: api.get_by_id("7")) == missing
    assert told(tickets, 404, lambda: api.update("7", change))["category"] == "OBJECT_NOT_FOUND"


def test_values_that_cannot_be_are_a_400(client: Any) -> None:
    """Each is named: a property nobody has, an option that is none, a number that is none."""
    values = {"subject": "A", "hs_pipeline_stage": "1", "nope": "1", "hs_ticket_priority": "RED"}
    body = told(tickets, 400, lambda: client.crm.tickets.basic_api.create(creation(tickets, values)))
    assert body["category"] == "VALIDATION_ERROR"
    assert [(error["code"], error["context"]["propertyName"]) for error in body["errors"]] == [
        ("PROPERTY_DOESNT_EXIST", ["nope"]),
        ("INVALID_OPTION", ["hs_ticket_priority"]),
    ]
    assert client.crm.tickets.get_all() == []


def test_a_unique_value_that_is_taken_is_a_400(client: Any) -> None:
    """The refusal names the property and who has the value; it is the same for a change."""
    api = client.crm.tickets.basic_api
    for number in ("A-1", "A-2"):
        api.create(creation(tickets, {"subject": "A", "hs_pipeline_stage": "1", "order_number": number}))
    taken = {"propertyName": ["order_number"], "conflictingObjectId": ["90000001"]}
    again = creation(tickets, {"subject": "B", "hs_pipeline_stage": "1", "order_number": "A-1"})
    change = tickets.SimplePublicObjectInput(properties={"order_number": "A-1"})
    for call in (lambda: api.create(again), lambda: api.update("90000002", change)):
        (error,) = told(tickets, 400, call)["errors"]
        assert (error["code"], error["context"]) == ("CONFLICTING_UNIQUE_VALUE", taken)


def test_an_address_that_is_taken_is_a_409(client: Any) -> None:
    """A second contact with an e-mail address is a conflict that names the first one."""
    again = creation(contacts, {"email": "visitor-12@example.org"})
    assert told(contacts, 409, lambda: client.crm.contacts.basic_api.create(again)) == {
        "message": "Contact already exists. Existing ID: 51000001",
        "category": "CONFLICT",
    }
