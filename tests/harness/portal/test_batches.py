"""Batches of records: whole or not at all, or each by itself, and lists page by page."""

from typing import Any

import pytest

from harness.portal import Portal
from tests.harness.portal.app import THREADS, TICKETS, App, to

NOW = "2026-03-02T08:00:00Z"


def ticket(**properties: str) -> dict[str, Any]:
    """A ticket to be made."""
    return {"properties": {"subject": "Help", "hs_pipeline_stage": "1", **properties}, "associations": []}


def by_key(key: str, **properties: str) -> dict[str, Any]:
    """A ticket to be made or changed under its unique value."""
    return {"id": key, "idProperty": "chat_thread_id", "properties": properties}


def test_many_are_made_at_once(portal: Portal, app: App) -> None:
    """A batch makes tickets with their associations, in the order given; each can be read, listed and found."""
    contact = portal.has_contact("a@example.org")
    inputs = [ticket(subject="One") | {"associations": [to(contact, 16)]}, ticket(subject="Two")]
    made = app.post(f"{TICKETS}/batch/create", {"inputs": inputs})
    assert (made.status, [r["properties"]["subject"] for r in made.body["results"]]) == (201, ["One", "Two"])
    ids = [result["id"] for result in made.body["results"]]
    assert portal.associations("contacts", contact, "tickets") == ids[:1]
    assert [result["id"] for result in app.get(TICKETS).body["results"]] == ids
    assert app.post(f"{TICKETS}/search", {"query": "two"}).body["results"][0]["id"] == ids[1]


def test_a_batch_without_trace_ids_is_whole_or_nothing(portal: Portal, app: App) -> None:
    """One bad input refuses the batch, and nothing of it is there."""
    before = portal.state()
    inputs = [ticket(), ticket(no_such="1")]
    refused = app.post(f"{TICKETS}/batch/create", {"inputs": inputs})
    assert (refused.status, refused.body["errors"][0]["code"]) == (400, "PROPERTY_DOESNT_EXIST")
    twice = [ticket(chat_thread_id="1"), ticket(chat_thread_id="1")]
    refused = app.post(f"{TICKETS}/batch/create", {"inputs": twice})
    assert (refused.status, refused.body["errors"][0]["code"]) == (400, "CONFLICTING_UNIQUE_VALUE")
    assert portal.state() == before


def test_with_trace_ids_each_is_by_itself(portal: Portal, app: App) -> None:
    """Inputs with an objectWriteTraceId are a 207 that has what worked and names what did not."""
    inputs = [
        ticket(chat_thread_id="1") | {"objectWriteTraceId": "a"},
        ticket(chat_thread_id="1") | {"objectWriteTraceId": "b"},
    ]
    answer = app.post("/crm/v3/objects/tickets/batch/create", {"inputs": inputs})
    assert (answer.status, answer.body["numErrors"]) == (207, 1)
    assert [result["objectWriteTraceId"] for result in answer.body["results"]] == ["a"]
    error = answer.body["errors"][0]
    assert (error["category"], error["context"]["objectWriteTraceId"]) == ("VALIDATION_ERROR", ["b"])
    assert error["errors"][0]["code"] == "CONFLICTING_UNIQUE_VALUE"
    assert len(portal.records("tickets")) == 1


def test_many_are_changed_at_once(portal: Portal, app: App) -> None:
    """A batch changes tickets by id and by unique value, with history; those that are not there are named."""
    first, second = portal.has_ticket("One"), portal.has_ticket("Two", chat_thread_id="8")
    inputs = [{"id": first, "properties": {"subject": "1"}}, by_key("8", subject="2"), {"id": "9", "properties": {}}]
    answer = app.post(f"{TICKETS}/batch/update", {"inputs": inputs})
    assert (answer.status, [result["id"] for result in answer.body["results"]]) == (207, [first, second])
    assert answer.body["errors"][0]["context"] == {"ids": ["9"]}
    history = app.get(f"{TICKETS}/{second}", propertiesWithHistory="subject").body["propertiesWithHistory"]
    assert [entry["value"] for entry in history["subject"]] == ["2", "Two"]


def test_an_upsert_makes_or_changes(portal: Portal, app: App) -> None:
    """Each input says whether its ticket is new; a second time nothing is, and no other is made."""
    portal.has_ticket("There", chat_thread_id="1")
    inputs = [by_key(key, subject=f"Ticket {key}", hs_pipeline_stage="1") for key in ("1", "2")]
    first, again = (app.post(f"{TICKETS}/batch/upsert", {"inputs": inputs}) for _ in range(2))
    assert (first.status, [result["new"] for result in first.body["results"]]) == (200, [False, True])
    assert [result["new"] for result in again.body["results"]] == [False, False]
    assert [record.properties["subject"] for record in portal.records("tickets")] == ["Ticket 1", "Ticket 2"]
    assert app.get(f"{TICKETS}/2", idProperty="chat_thread_id").body["id"] == first.body["results"][1]["id"]


def test_an_upsert_needs_a_property_that_names_a_record(portal: Portal, app: App) -> None:
    """By a property that is not unique it is refused, and by a record's id it makes none."""
    body = {"inputs": [{"id": "x", "idProperty": "subject", "properties": {}}]}
    assert app.post(f"{TICKETS}/batch/upsert", body).status == 400
    assert app.post(f"{TICKETS}/batch/upsert", {"inputs": [{"id": "9", "properties": {}}]}).status == 404
    assert portal.records("tickets") == []


def test_one_record_is_named_once(app: App) -> None:
    """The same id twice in a batch is refused and named."""
    assert app.post(f"{TICKETS}/batch/upsert", {"inputs": [by_key("1"), by_key("1")]}).error == (
        400,
        "VALIDATION_ERROR",
        "Duplicate IDs found in batch input: [1]. IDs must be unique",
    )


def test_many_are_archived_at_once(portal: Portal, app: App) -> None:
    """An archived ticket is gone from lists, searches and associations, and on the list of archived ones."""
    contact = portal.has_contact("a@example.org")
    gone, kept = portal.has_ticket("Gone", contact=contact), portal.has_ticket("Kept", contact=contact)
    answers = [app.post(f"{TICKETS}/batch/archive", {"inputs": [{"id": gone}, {"id": "9"}]}) for _ in range(2)]
    assert [(answer.status, answer.body) for answer in answers] == [(204, None)] * 2
    assert [r["id"] for r in app.get(TICKETS).body["results"]] == [kept]
    assert [r["id"] for r in app.post(f"{TICKETS}/search", {}).body["results"]] == [kept]
    assert portal.associations("contacts", contact, "tickets") == [kept]
    archived = app.get(TICKETS, archived="true").body["results"]
    assert [(r["id"], r["archived"], r["archivedAt"]) for r in archived] == [(gone, True, NOW)]
    read = app.post(f"{TICKETS}/batch/read?archived=true", {"inputs": [{"id": gone}], "properties": []})
    assert [r["id"] for r in read.body["results"]] == [gone]


@pytest.mark.parametrize("operation", ["read", "create", "update", "upsert", "archive"])
def test_every_batch_has_the_limit(app: App, operation: str) -> None:
    """A hundred and one inputs are refused."""
    inputs = [{"id": str(n), "properties": {}, "associations": []} for n in range(101)]
    refused = app.post(f"{TICKETS}/batch/{operation}", {"inputs": inputs, "properties": []})
    assert refused.error == (400, "VALIDATION_ERROR", "Batch size of 101 exceeds the limit of 100")


def test_a_list_comes_page_by_page(portal: Portal, app: App) -> None:
    """Every ticket comes once, with what is asked for, also when others are made and archived meanwhile."""
    contact = portal.has_contact("a@example.org")
    ids = [portal.has_ticket(f"Ticket {n}", contact=contact) for n in range(5)]
    first = app.get(TICKETS, limit=2, properties="subject", associations="contacts").body
    assert first["results"][0]["associations"]["contacts"]["results"] == [{"id": contact, "type": "ticket_to_contact"}]
    assert first["results"][0]["properties"]["subject"] == "Ticket 0"
    app.delete(f"{TICKETS}/{ids[0]}")
    after = first["paging"]["next"]["after"]
    assert not after.isdigit()
    second = app.get(TICKETS, limit=2, after=after).body
    third = app.get(TICKETS, limit=2, after=second["paging"]["next"]["after"]).body
    seen = [result["id"] for page in (first, second, third) for result in page["results"]]
    assert (seen, "paging" in third) == (ids, False)


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ({"limit": 100}, 200),
        ({"limit": 101}, 400),
        ({"limit": 51, "propertiesWithHistory": "subject"}, 400),
        ({"after": "nonsense"}, 400),
        ({"archived": "maybe"}, 400),
    ],
)
def test_a_list_has_limits(app: App, query: dict[str, Any], status: int) -> None:
    """A page has up to 100 records, 50 with history; a cursor must be one that was given out."""
    assert app.get(TICKETS, **query).status == status


def test_types_have_lists_of_their_own(portal: Portal, app: App) -> None:
    """A contact is in the list of contacts under each of its type's names, and in no other."""
    contact = portal.has_contact("a@example.org")
    for name in ("contacts", "contact", "0-1"):
        assert [r["id"] for r in app.get(f"/crm/v3/objects/{name}").body["results"]] == [contact]
    for name in ("tickets", "companies", "notes"):
        assert app.get(f"/crm/v3/objects/{name}").body == {"results": []}


def test_a_thread_s_contact_may_be_merged_away(portal: Portal, app: App) -> None:
    """A batch read by an old id has the record there is now, once."""
    first, other = portal.has_contact("a@example.org"), portal.has_contact("b@example.org")
    chat = portal.has_chat(contact=other)
    merged = portal.merge_contacts(first, other)
    body = {"inputs": [{"id": first}, {"id": other}, {"id": merged}], "properties": ["email"]}
    read = app.post("/crm/objects/2026-09/contacts/batch/read", body)
    assert (read.status, [r["id"] for r in read.body["results"]]) == (200, [merged])
    assert app.get(f"{THREADS}/{chat.id}").body["associatedContactId"] == merged
