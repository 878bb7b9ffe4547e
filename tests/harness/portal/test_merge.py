"""Merging: two records become one, which answers to both ids and has what belonged to either."""

import pytest

from harness.portal import Portal
from tests.harness.portal.app import THREADS, TICKETS, App, to

CONTACTS = "/crm/objects/2026-09/contacts"
NOW = "2026-03-02T08:00:00Z"


def test_the_merged_record_answers_to_both_ids(portal: Portal, app: App) -> None:
    """Merging two tickets makes a third; reading, changing and archiving either old id is doing so to it."""
    first, other = portal.has_ticket("First"), portal.has_ticket("Other", content="from the other")
    merged = app.post(f"{TICKETS}/merge", {"primaryObjectId": first, "objectIdToMerge": other})
    assert (merged.status, merged.body["properties"]["subject"]) == (200, "First")
    assert merged.body["properties"]["content"] == "from the other"
    id = merged.body["id"]
    assert id not in (first, other)
    assert [app.get(f"{TICKETS}/{name}").body["id"] for name in (first, other)] == [id, id]
    assert app.patch(f"{TICKETS}/{other}", {"properties": {"subject": "Both"}}).body["id"] == id
    read = app.get(f"{TICKETS}/{first}", properties="subject,hs_merged_object_ids").body["properties"]
    assert (read["subject"], read["hs_merged_object_ids"]) == ("Both", f"{first};{other}")
    assert [record.id for record in portal.records("tickets")] == [id]
    app.delete(f"{TICKETS}/{first}")
    assert [app.get(f"{TICKETS}/{name}").status for name in (first, other, id)] == [404] * 3


def test_associations_of_both_are_taken_over(portal: Portal, app: App) -> None:
    """The merged contact has the tickets, companies and threads of both, seen from every end and under each id."""
    first, other = portal.has_contact("a@example.org"), portal.has_contact("b@example.org")
    tickets = [portal.has_ticket("One", contact=first), portal.has_ticket("Two", contact=other)]
    company = portal.has_company("Example", [other])
    chat = portal.has_chat(contact=other)
    merged = portal.merge_contacts(first, other)
    for name in (first, other, merged):
        assert portal.associations("contacts", name, "tickets") == tickets
        batch = {"inputs": [{"id": name}]}
        read = app.post("/crm/associations/2026-09/contacts/tickets/batch/read", batch).body["results"][0]
        assert [end["toObjectId"] for end in read["to"]] == tickets
        found = app.get(THREADS, associatedContactId=name, threadStatus="OPEN").body["results"]
        assert [thread["id"] for thread in found] == [chat.id]
    assert portal.associations("tickets", tickets[1], "contacts") == [merged]
    assert portal.associations("companies", company, "contacts") == [merged]
    assert app.get(f"{THREADS}/{chat.id}").body["associatedContactId"] == merged


def test_an_association_made_under_an_old_id_is_the_merged_record_s(portal: Portal, app: App) -> None:
    """A ticket made for a contact's old id is a ticket of the contact there is now."""
    first, other = portal.has_contact("a@example.org"), portal.has_contact("b@example.org")
    merged = portal.merge_contacts(first, other)
    ticket = app.make_ticket([to(other, 16)]).body["id"]
    assert portal.associations("contacts", merged, "tickets") == [ticket]
    path = f"/crm/objects/2026-09/tickets/{ticket}/associations/contacts/{first}"
    assert app.delete(path).status == 204
    assert portal.associations("contacts", merged, "tickets") == []


def test_the_survivor_s_primary_company_stays_the_primary_one(portal: Portal) -> None:
    """Of two primary companies the first contact's stays primary; the other becomes a plain one."""
    first, other = portal.has_contact("a@example.org"), portal.has_contact("b@example.org")
    mine, theirs = portal.has_company("Mine", [first]), portal.has_company("Theirs", [other])
    merged = portal.merge_contacts(first, other)
    links = [link for link in portal.state()["associations"] if link[:3] == ["0-1", merged, "0-2"]]
    assert [(link[3], link[4]) for link in links] == [(mine, 1), (mine, 279), (theirs, 279)]


def test_a_contact_keeps_both_addresses(portal: Portal, app: App) -> None:
    """Either address names the merged contact, and neither can be given to a new one."""
    first, other = portal.has_contact("a@example.org"), portal.has_contact("b@example.org")
    merged = portal.merge_contacts(first, other)
    for address in ("a@example.org", "b@example.org"):
        assert app.get(f"{CONTACTS}/{address}", idProperty="email").body["id"] == merged
        body = {"properties": {"email": address}, "associations": []}
        assert app.post(CONTACTS, body).error == (409, "CONFLICT", f"Contact already exists. Existing ID: {merged}")
    app.delete(f"{CONTACTS}/{merged}")
    assert app.post(CONTACTS, {"properties": {"email": "b@example.org"}, "associations": []}).status == 201


def test_a_unique_value_survives_a_merge(portal: Portal, app: App) -> None:
    """The survivor's unique value names the merged ticket; the other's is free."""
    first = portal.has_ticket("First", chat_thread_id="1")
    other = portal.has_ticket("Other", chat_thread_id="2")
    merged = portal.merge_tickets(first, other)
    assert app.get(f"{TICKETS}/1", idProperty="chat_thread_id").body["id"] == merged
    assert app.make_ticket(chat_thread_id="1").status == 400
    assert app.make_ticket(chat_thread_id="2").status == 201


def test_history_of_both_is_kept(portal: Portal, app: App) -> None:
    """The merged record's history has the survivor's values first, then the other's."""
    first, other = portal.has_ticket("First"), portal.has_ticket("Other")
    portal.clock.advance(60)
    app.patch(f"{TICKETS}/{first}", {"properties": {"subject": "First again"}})
    portal.merge_tickets(first, other)
    read = app.get(f"{TICKETS}/{first}", propertiesWithHistory="subject").body["propertiesWithHistory"]["subject"]
    assert [(entry["value"], entry["timestamp"]) for entry in read] == [
        ("First again", "2026-03-02T08:01:00Z"),
        ("First", NOW),
        ("Other", NOW),
    ]


def test_a_merged_record_can_be_merged_again(portal: Portal, app: App) -> None:
    """Every id there ever was answers."""
    ids = [portal.has_ticket(name) for name in ("One", "Two", "Three")]
    merged = portal.merge_tickets(portal.merge_tickets(ids[0], ids[1]), ids[2])
    assert [app.get(f"{TICKETS}/{id}").body["id"] for id in ids] == [merged] * 3


@pytest.mark.parametrize(
    ("body", "error"),
    [
        ({"primaryObjectId": "90000001"}, (400, "VALIDATION_ERROR", None)),
        (
            {"primaryObjectId": "90000001", "objectIdToMerge": "90000001"},
            (400, "VALIDATION_ERROR", "Cannot merge TICKET 90000001 with itself"),
        ),
        (
            {"primaryObjectId": "90000001", "objectIdToMerge": "9"},
            (404, "OBJECT_NOT_FOUND", "resource not found: no TICKET with id 9"),
        ),
    ],
)
def test_a_merge_needs_two_records(
    portal: Portal, app: App, body: dict[str, str], error: tuple[int, str, str | None]
) -> None:
    """A missing id, a record with itself and a record that is not there are refused; nothing changes."""
    portal.has_ticket("First")
    before = portal.state()
    refused = app.post(f"{TICKETS}/merge", body)
    assert refused.error[:2] == error[:2]
    assert error[2] in (None, refused.error[2])
    assert portal.state() == before


def test_notes_are_not_merged(app: App) -> None:
    """A type without merge in its spec is refused."""
    body = {"primaryObjectId": "1", "objectIdToMerge": "2"}
    assert app.post("/crm/objects/2026-09/notes/merge", body).status in (400, 404)
