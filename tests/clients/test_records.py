"""Records: HubSpot's Python client makes, reads, changes, archives, lists and merges them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest
from hubspot.crm import companies, contacts, tickets
from hubspot.crm.objects import notes

from tests.clients.conftest import NINE, Served
from tests.clients.words import MOMENT, OLD, STAMPS, creation, merge, new_ticket, shown, ticket

CONTACT, COMPANY = "51000001", "72000001"
TO_CONTACT, TO_COMPANY = 16, 339  # ticket to contact, ticket to company: HubSpot's own types


@dataclass
class Kind:
    """One object type: where it is in the client, what of it is written, and what the portal adds."""

    package: Any
    path: str
    id: str
    made: dict[str, str]
    changed: dict[str, str]
    stamps: dict[str, str]
    """Shown with whatever is asked for."""
    also: dict[str, str]
    """Set besides, and shown by the call that makes the record."""


KINDS = [
    Kind(
        tickets,
        "tickets",
        "90000001",
        {"subject": "The kettle leaks", "hs_pipeline_stage": "1"},
        {"subject": "The kettle does not leak"},
        {"createdate": NINE, "hs_lastmodifieddate": NINE},
        {"hs_pipeline": "0", "hs_is_closed": "false"},
    ),
    Kind(
        contacts,
        "contacts",
        "51000002",
        {"firstname": "Visitor", "email": "visitor-13@example.org"},
        {"firstname": "Thirteen"},
        {"createdate": NINE, "lastmodifieddate": NINE},
        {},
    ),
    Kind(
        companies,
        "companies",
        "72000002",
        {"name": "Mugs", "domain": "mugs.example.org"},
        {"name": "Mugs and more"},
        {"createdate": NINE, "hs_lastmodifieddate": NINE},
        {},
    ),
    Kind(
        notes,
        "objects.notes",
        "38000001",
        {"hs_note_body": "She called", "hs_timestamp": "2026-03-02T08:00:00Z"},
        {"hs_note_body": "She called twice"},
        {"hs_createdate": NINE, "hs_lastmodifieddate": NINE},
        {},
    ),
]
EACH = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.path)


def area(client: Any, kind: Kind) -> Any:
    """The part of the client that is for this type."""
    found = client.crm
    for name in kind.path.split("."):
        found = getattr(found, name)
    return found


def history(*values: str) -> list[dict[str, Any]]:
    """How a property's values are shown, the newest first."""
    return [{"value": value, "timestamp": MOMENT, "source_type": "INTEGRATION"} for value in values]


@EACH
def test_a_record_is_made_read_and_changed(client: Any, kind: Kind) -> None:
    """Each step shows the whole record, and a read the properties asked for, with every value they had."""
    api = area(client, kind).basic_api
    name, before = next(iter(kind.made.items()))
    after = kind.changed[name]
    always = {**kind.stamps, "hs_object_id": kind.id}
    made = {"id": kind.id, "properties": {**always, **kind.also, **kind.made}, **STAMPS}
    assert shown(api.create(creation(kind.package, kind.made))) == made
    changed = api.update(kind.id, kind.package.SimplePublicObjectInput(properties=kind.changed))
    assert shown(changed)["properties"].items() >= {**always, **kind.changed}.items()
    read = api.get_by_id(kind.id, properties=[name], properties_with_history=[name])
    assert shown(read) == {
        "id": kind.id,
        "properties": {**always, name: after},
        "properties_with_history": {name: history(after, before)},
        **STAMPS,
    }


@EACH
def test_an_archived_record_is_shown_only_when_asked_for(client: Any, kind: Kind) -> None:
    """Archiving takes a record from reads and pages, and `archived` shows it with the moment."""
    api = area(client, kind).basic_api
    id = api.create(creation(kind.package, kind.made)).id
    assert id in [record.id for record in api.get_page().results]
    assert api.archive(id) is None
    assert id not in [record.id for record in api.get_page().results]
    with pytest.raises(kind.package.ApiException) as refused:
        api.get_by_id(id)
    assert refused.value.status == 404
    for found in (api.get_by_id(id, archived=True), *api.get_page(archived=True).results):
        assert (found.id, found.archived, found.archived_at) == (id, True, MOMENT)


def test_a_ticket_is_made_with_its_links(client: Any) -> None:
    """Associations given at creation are there in a read, from both ends."""
    told = creation(tickets, {"subject": "A", "hs_pipeline_stage": "1"}, (CONTACT, TO_CONTACT), (COMPANY, TO_COMPANY))
    id = client.crm.tickets.basic_api.create(told).id
    read = client.crm.tickets.basic_api.get_by_id(id, associations=["contacts", "companies"])
    assert shown(read.associations) == {
        "contacts": {"results": [{"id": CONTACT, "type": "ticket_to_contact"}]},
        "companies": {"results": [{"id": COMPANY, "type": "ticket_to_company"}]},
    }
    person = client.crm.contacts.basic_api.get_by_id(CONTACT, associations=["tickets"])
    assert shown(person.associations) == {"tickets": {"results": [{"id": id, "type": "contact_to_ticket"}]}}


def test_a_record_is_found_by_a_unique_property(client: Any) -> None:
    """With id_property a ticket is read and changed by its own number, a contact by its address."""
    api = client.crm.tickets.basic_api
    api.create(creation(tickets, {"subject": "A", "hs_pipeline_stage": "1", "order_number": "A-7"}))
    told = tickets.SimplePublicObjectInput(properties={"subject": "B"})
    assert shown(api.update("A-7", told, id_property="order_number")) == new_ticket(1, subject="B")
    read = api.get_by_id("A-7", id_property="order_number", properties=["subject"])
    assert shown(read) == ticket(1, subject="B")
    person = client.crm.contacts.basic_api.get_by_id("visitor-12@example.org", id_property="email")
    assert person.id == CONTACT


def test_all_records_are_fetched_page_by_page(client: Any, served: Served) -> None:
    """get_all follows the cursors to the end: 205 tickets in three requests, each once, in the order of their ids."""
    served.control("POST", "seed", {"tickets": [{"subject": "Question {n}", "repeat": 205}]})
    found = client.crm.tickets.get_all(properties=["subject"])
    assert [record.properties["subject"] for record in found] == [f"Question {n}" for n in range(1, 206)]
    assert served.asked() == ["GET /crm/v3/objects/tickets 200"] * 3
    assert [record.id for record in client.crm.objects.get_all("tickets")] == [record.id for record in found]


def test_pages_with_history_are_smaller(client: Any, served: Served) -> None:
    """HubSpot gives at most 50 records with history at once: 12.0.0 asks for so many, 8.x for 100 and is refused."""
    served.control("POST", "seed", {"tickets": [{"subject": "Question {n}", "repeat": 60}]})
    if not OLD:
        found = client.crm.tickets.get_all(properties_with_history=["subject"])
        assert [len(record.properties_with_history["subject"]) for record in found] == [1] * 60
        return
    with pytest.raises(tickets.ApiException) as refused:
        client.crm.tickets.get_all(properties_with_history=["subject"])
    assert refused.value.status == 400
    assert len(client.crm.tickets.get_all(properties_with_history=["subject"], limit=50)) == 60


def test_a_page_can_be_asked_for_by_its_cursor(client: Any, served: Served) -> None:
    """`limit` and `after` walk through the contacts, and the last page has no cursor."""
    served.control("POST", "seed", {"contacts": [{"email": "v-{n}@example.org", "repeat": 4}]})
    api = client.crm.contacts.basic_api
    seen, after = [], None
    for size in (2, 2, 1):
        page = api.get_page(limit=2, after=after)
        assert len(page.results) == size
        seen += [record.properties["email"] for record in page.results]
        after = page.paging.next.after if page.paging else None
    assert (seen[1:], after) == ([f"v-{n}@example.org" for n in range(1, 5)], None)


def test_merged_tickets_answer_to_both_ids(client: Any) -> None:
    """After a merge the ticket that stays is read by its own id and by the other one's."""
    api = client.crm.tickets.basic_api
    for subject in "AB":
        api.create(creation(tickets, {"subject": subject, "hs_pipeline_stage": "1"}))
    stays = merge(client, "90000001", "90000002").id
    assert [api.get_by_id(id).id for id in ("90000001", "90000002")] == [stays, stays]
    assert [record.id for record in client.crm.tickets.get_all()] == [stays]
