"""Associations many at once: made, made plain, taken away, relabelled, each by itself."""

from typing import Any

import pytest

from harness.portal import Portal
from tests.harness.portal.app import App

DATED = "/crm/associations/2026-09"


def spec(id: int, category: str = "HUBSPOT_DEFINED") -> dict[str, Any]:
    """An association type."""
    return {"associationCategory": category, "associationTypeId": id}


def pair(start: str, end: str, *types: int) -> dict[str, Any]:
    """Two records, and as what they are associated."""
    return {"from": {"id": start}, "to": {"id": end}, **({"types": [spec(id) for id in types]} if types else {})}


@pytest.fixture
def contact(portal: Portal) -> str:
    """A contact."""
    return portal.has_contact("a@example.org")


@pytest.mark.parametrize(("prefix", "status"), [("/crm/v4/associations", 201), (DATED, 200)])
def test_associations_are_made_with_their_types(
    portal: Portal, app: App, contact: str, prefix: str, status: int
) -> None:
    """A batch makes associations that both ends show; its answer has each pair with its labels."""
    company, other = portal.has_company("One"), portal.has_company("Two")
    inputs = [pair(contact, company, 279), pair(contact, other, 1)]
    made = app.post(f"{prefix}/contacts/companies/batch/create", {"inputs": inputs})
    assert (made.status, [result["labels"] for result in made.body["results"]]) == (status, [[], ["Primary"]])
    assert portal.associations("contacts", contact, "companies") == [company, other]
    assert portal.associations("companies", other, "contacts") == [contact]


def test_what_cannot_be_associated_is_named(portal: Portal, app: App, contact: str) -> None:
    """Of a batch the good ones are made; a missing record, a wrong type and a missing key are errors of a 207."""
    ticket = portal.has_ticket("Help")
    inputs = [pair(ticket, contact, 16), pair(ticket, "9", 16), pair(ticket, contact, 15), {"from": {"id": ticket}}]
    answer = app.post("/crm/v4/associations/tickets/contacts/batch/create", {"inputs": inputs})
    assert (answer.status, len(answer.body["results"]), answer.body["numErrors"]) == (207, 1, 3)
    assert [error["category"] for error in answer.body["errors"]] == [
        "OBJECT_NOT_FOUND",
        "VALIDATION_ERROR",
        "VALIDATION_ERROR",
    ]


def test_plain_associations_are_answered_both_ways(portal: Portal, app: App, contact: str) -> None:
    """A batch of plain associations answers each in both directions, and again it is no change."""
    ticket = portal.has_ticket("Help")
    body = {"inputs": [pair(ticket, contact)]}
    answers = [app.post(f"{DATED}/tickets/contacts/batch/associate/default", body) for _ in range(2)]
    expected = [
        {"from": {"id": ticket}, "to": {"id": contact}, "associationSpec": spec(16)},
        {"from": {"id": contact}, "to": {"id": ticket}, "associationSpec": spec(15)},
    ]
    assert [(answer.status, answer.body["results"]) for answer in answers] == [(200, expected)] * 2
    assert portal.associations("contacts", contact, "tickets") == [ticket]


def test_associations_are_taken_away_together(portal: Portal, app: App, contact: str) -> None:
    """One input names a record and several others; v4 answers nothing, the dated version an empty batch."""
    tickets = [portal.has_ticket(f"Ticket {n}", contact=contact) for n in range(3)]
    body = {"inputs": [{"from": {"id": contact}, "to": [{"id": id} for id in tickets[:2]]}]}
    old = app.post("/crm/v4/associations/contacts/tickets/batch/archive", body)
    new = app.post(f"{DATED}/contacts/tickets/batch/archive", body)
    assert (old.status, old.body, new.status, new.body["results"]) == (204, None, 200, [])
    assert portal.associations("contacts", contact, "tickets") == tickets[2:]


def test_a_label_is_taken_away_and_the_rest_stays(portal: Portal, app: App, contact: str) -> None:
    """Without its label a primary company is a plain one; without that, none at all."""
    company = portal.has_company("Example", [contact])
    path = f"{DATED}/contacts/companies/batch/labels/archive"

    def types() -> list[int]:
        return [link[4] for link in portal.state()["associations"] if link[:2] == ["0-1", contact]]

    assert types() == [1, 279]
    app.post(path, {"inputs": [pair(contact, company, 1)]})
    assert types() == [279]
    app.post(path, {"inputs": [pair(contact, company, 279)]})
    assert (types(), portal.associations("companies", company, "contacts")) == ([], [])


def test_a_thread_is_counted_by_its_tickets(portal: Portal, app: App) -> None:
    """Associating and separating a thread in a batch changes the ticket's count of conversations."""
    chat, ticket = portal.has_chat(), portal.has_ticket("Help")

    def count() -> str | None:
        record = portal.record("tickets", ticket)
        return record.properties.get("hs_num_associated_conversations") if record else None

    app.post(f"{DATED}/tickets/conversation/batch/create", {"inputs": [pair(ticket, chat.id, 32)]})
    assert count() == "1"
    app.post(f"{DATED}/tickets/conversation/batch/labels/archive", {"inputs": [pair(ticket, chat.id, 32)]})
    assert count() == "0"


def test_limits_of_reads_and_writes(app: App) -> None:
    """1,000 records are read and 2,000 associations made at once, one more is refused."""
    ids = [{"id": str(n)} for n in range(1001)]
    assert app.post(f"{DATED}/tickets/contacts/batch/read", {"inputs": ids[:1000]}).status == 207
    assert app.post(f"{DATED}/tickets/contacts/batch/read", {"inputs": ids}).status == 400
    pairs = [pair("1", str(n), 16) for n in range(2001)]
    assert app.post(f"{DATED}/tickets/contacts/batch/create", {"inputs": pairs}).status == 400


def test_types_without_a_plain_association_are_refused(app: App) -> None:
    """Notes and conversations have no default association."""
    answer = app.put("/crm/v4/objects/notes/1/associations/default/conversations/2")
    assert answer.error == (
        400,
        "VALIDATION_ERROR",
        "No default association type exists between notes and conversations",
    )


def test_labels_of_the_account_s_own_are_not_emulated(portal: Portal, app: App, contact: str) -> None:
    """A USER_DEFINED type is a 501 that says so, also inside a batch."""
    inputs = [{**pair(portal.has_ticket("Help"), contact), "types": [spec(1, "USER_DEFINED")]}]
    answer = app.post(f"{DATED}/tickets/contacts/batch/create", {"inputs": inputs})
    assert answer.error[:2] == (501, "NOT_EMULATED")
