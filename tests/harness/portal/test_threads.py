"""Threads: what an app sees of a chat while it opens, goes on, closes and opens again."""

from typing import Any

import pytest

from harness.portal import Portal
from tests.harness.portal.app import THREADS, TICKETS, App


def test_a_closed_chat_reads_as_it_went(portal: Portal, app: App) -> None:
    """A thread has every field of the spec, closedAt among them, and its entries stand newest first."""
    inbox, agent = portal.has_inbox("Support"), portal.has_agent("agent-3")
    chat = portal.has_chat(inbox=inbox, email="visitor-12@example.org", name="visitor-12").says("hello")
    portal.clock.advance(30)
    chat.assigned_to(agent).agent("hi", by=agent).comment("#resolved", by=agent)
    portal.clock.advance(30)
    chat.closes(by=agent)
    visitor = chat_visitor = app.get(f"{THREADS}/{chat.id}").body["associatedContactId"]
    assert app.get(f"{THREADS}/{chat.id}").body == {
        "id": chat.id,
        "status": "CLOSED",
        "createdAt": "2026-03-02T08:00:00Z",
        "closedAt": "2026-03-02T08:01:00Z",
        "inboxId": inbox,
        "originalChannelId": "1000",
        "originalChannelAccountId": "3000001",
        "associatedContactId": chat_visitor,
        "assignedTo": agent,
        "latestMessageTimestamp": "2026-03-02T08:00:30Z",
        "latestMessageReceivedTimestamp": "2026-03-02T08:00:00Z",
        "latestMessageSentTimestamp": "2026-03-02T08:00:30Z",
        "spam": False,
        "archived": False,
    }
    entries = app.get(f"{THREADS}/{chat.id}/messages").body["results"]
    assert [(e["type"], e["createdBy"], e["createdAt"][14:19]) for e in entries] == [
        ("THREAD_STATUS_CHANGE", agent, "01:00"),
        ("COMMENT", agent, "00:30"),
        ("MESSAGE", agent, "00:30"),
        ("ASSIGNMENT", "S-hubspot", "00:30"),
        ("MESSAGE", f"V-{visitor}", "00:00"),
    ]
    assert (entries[0]["newStatus"], entries[3]["assignedTo"]) == ("CLOSED", agent)
    assert entries[4] == {
        "id": entries[4]["id"],
        "type": "MESSAGE",
        "conversationsThreadId": chat.id,
        "createdAt": "2026-03-02T08:00:00Z",
        "createdBy": f"V-{visitor}",
        "client": {"clientType": "HUBSPOT"},
        "senders": [
            {
                "actorId": f"V-{visitor}",
                "deliveryIdentifier": {"type": "HS_EMAIL_ADDRESS", "value": "visitor-12@example.org"},
                "name": "visitor-12",
            }
        ],
        "recipients": [],
        "archived": False,
        "text": "hello",
        "channelId": "1000",
        "channelAccountId": "3000001",
        "attachments": [],
        "truncationStatus": "NOT_TRUNCATED",
        "direction": "INCOMING",
        "status": {"statusType": "RECEIVED"},
    }


def test_closing_again_comes_and_goes(portal: Portal, app: App) -> None:
    """A closing time is there only while closed; a visitor's line reopens; each change is told once."""
    told: list[Any] = []
    portal.watch(lambda *change: told.append(change))
    chat = portal.has_chat().says("hello").closes().closes()
    portal.clock.advance(60)
    chat.says("one more thing")
    reopened = app.get(f"{THREADS}/{chat.id}").body
    app.patch(f"{THREADS}/{chat.id}", {"status": "CLOSED"})
    closed = app.get(f"{THREADS}/{chat.id}").body
    assert (reopened["status"], "closedAt" in reopened, closed["closedAt"]) == (
        "OPEN",
        False,
        "2026-03-02T08:01:00Z",
    )
    entries = app.get(f"{THREADS}/{chat.id}/messages", sort="createdAt").body["results"]
    assert [entry.get("newStatus", "") for entry in entries] == ["", "CLOSED", "", "OPEN", "CLOSED"]
    assert told == [("0-11", chat.record_id, {"hs_conversation_status"})] * 4
    record = portal.record("conversations", chat.record_id)
    assert record is not None
    assert [entry["value"] for entry in record.history["hs_conversation_status"]] == [
        "CONVERSATION_STATUS_CLOSED",
        "CONVERSATION_STATUS_OPEN",
        "CONVERSATION_STATUS_CLOSED",
        "CONVERSATION_STATUS_OPEN",
    ]
    assert (record.properties["hs_thread_id"], record.id != chat.id) == (chat.id, True)


def test_long_threads_come_page_by_page(portal: Portal, app: App) -> None:
    """Two thousand messages are read whole in either order, also when a new one arrives meanwhile."""
    chat = portal.has_chat()
    for n in range(2_000):
        chat.says(str(n))

    def all_texts(sort: str) -> list[str]:
        texts, query = [], {"limit": 300, "sort": sort}
        while True:
            page = app.get(f"{THREADS}/{chat.id}/messages", **query).body
            texts += [entry["text"] for entry in page["results"]]
            if "paging" not in page:
                return texts
            query["after"] = page["paging"]["next"]["after"]
            if len(texts) == 600:
                chat.says("late")

    expected = [str(n) for n in range(2_000)]
    assert all_texts("-createdAt") == expected[::-1]
    assert all_texts("createdAt") == [*expected, "late", "late"]


def test_a_message_cut_short_has_its_whole_text_elsewhere(portal: Portal, app: App) -> None:
    """A truncated message says so, and original-content has the rest."""
    chat = portal.has_chat().says("Once upon", original="Once upon a time")
    entry = app.get(f"{THREADS}/{chat.id}/messages").body["results"][0]
    whole = app.get(f"{THREADS}/{chat.id}/messages/{entry['id']}/original-content").body
    assert (entry["text"], entry["truncationStatus"], whole) == (
        "Once upon",
        "TRUNCATED",
        {"text": "Once upon a time"},
    )


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, [0, 1, 2]),
        ({"threadStatus": "CLOSED"}, [1]),
        ({"inboxId": "1200002"}, [2]),
        ({"inboxId": ["1200001", "1200002"]}, [0, 1, 2]),
        ({"associatedContactId": "51000001", "threadStatus": "OPEN"}, [0]),
        ({"associatedTicketId": "90000001"}, [1]),
        ({"latestMessageTimestampAfter": "2026-03-02T08:01:00Z"}, [0, 2]),
        (
            {"latestMessageTimestampAfter": "2026-03-02T08:00:00Z", "sort": "latestMessageTimestamp"},
            [1, 2, 0],
        ),
        ({"archived": "true"}, [3]),
        ({"limit": 2, "after": "YXQ6MDo4MDAwMDAwMDAx"}, [1, 2]),
    ],
)
def test_threads_are_found_by_their_filters(portal: Portal, app: App, query: dict[str, Any], found: list[int]) -> None:
    """Each filter keeps the threads it names, in the order asked for."""
    first, second = portal.has_inbox("Support"), portal.has_inbox("Sales")
    contact = portal.has_contact("visitor-12@example.org")
    chats = [portal.has_chat(inbox=first, contact=contact) for _ in range(2)]
    chats += [portal.has_chat(inbox=second), portal.has_chat(inbox=first).is_archived()]
    for at, chat in enumerate((chats[1], chats[2], chats[0]), 1):
        chat.at(f"2026-03-02T08:0{at}:00Z").says("hello")
    chats[1].closes()
    portal.has_ticket("Help", thread=chats[1])
    threads = [thread["id"] for thread in app.get(THREADS, **query).body["results"]]
    assert threads == [chats[at].id for at in found]


@pytest.mark.parametrize(
    ("query", "message"),
    [
        (
            {"inboxId": "1", "associatedContactId": "2", "threadStatus": "OPEN"},
            "inboxId cannot be combined with associatedContactId",
        ),
        ({"associatedContactId": "2"}, "associatedContactId requires threadStatus"),
        (
            {"sort": "latestMessageTimestamp"},
            "sort=latestMessageTimestamp requires latestMessageTimestampAfter",
        ),
        ({"threadStatus": "open"}, "threadStatus must be OPEN or CLOSED"),
        ({"limit": "501"}, "limit must be a whole number from 1 to 500"),
        ({"after": "1"}, "The paging cursor is not valid"),
        (
            {"latestMessageTimestampAfter": "monday"},
            "latestMessageTimestampAfter must be such as 2026-03-02T08:00:00Z",
        ),
    ],
)
def test_filters_that_do_not_go_together_are_refused(app: App, query: dict[str, Any], message: str) -> None:
    """HubSpot's combinations, and values that make no sense, are a 400 each."""
    assert app.get(THREADS, **query).error == (400, "VALIDATION_ERROR", message)


def test_every_kind_of_actor_is_told_apart(portal: Portal, app: App) -> None:
    """One batch read gives each actor's type; an agent's id is its owner's user; who is missing is named."""
    agent, bot, llm = portal.has_agent("agent-3"), portal.has_bot("menu"), portal.has_llm("assistant")
    contact = portal.has_contact("visitor-12@example.org")
    ids = [agent, bot, llm, f"V-{contact}", "S-hubspot", "I-7000001", "E-someone@example.org", "A-1"]
    read = app.post("/conversations/conversations/2026-09/actors/batch/read", {"inputs": ids})
    assert [(actor["id"], actor["type"]) for actor in read.body["results"]] == list(
        zip(ids, ["AGENT", "BOT", "LLM", "VISITOR", "SYSTEM", "INTEGRATOR", "EMAIL"], strict=False)
    )
    assert (read.status, read.body["errors"][0]["context"]) == (207, {"ids": ["A-1"]})
    owner = app.get("/crm/owners/2026-09").body["results"][0]
    assert (f"A-{owner['userId']}", owner["id"]) == (agent, portal.owner_of(agent))


def test_the_help_desk_makes_its_tickets_itself(portal: Portal, app: App) -> None:
    """A chat in the help desk has a ticket from the start, an ordinary inbox makes none."""
    contact = portal.has_contact("visitor-12@example.org")
    plain = portal.has_chat(inbox=portal.has_inbox("Support"), contact=contact)
    desk = portal.has_chat(inbox=portal.has_inbox("Desk", type="HELP_DESK"), contact=contact)
    tickets = portal.records("tickets")
    assert portal.associations("conversations", plain.id, "tickets") == []
    assert portal.associations("conversations", desk.id, "tickets") == [tickets[0].id]
    assert tickets[0].properties["hs_conversations_originating_thread_id"] == desk.id
    assert portal.associations("contacts", contact, "tickets") == [tickets[0].id]


def test_a_ticket_knows_the_last_message_of_its_chat(portal: Portal, app: App) -> None:
    """When visitor or agent write, the associated ticket's last-message properties follow."""
    agent, chat = portal.has_agent("agent-3"), portal.has_chat().says("hello")
    ticket = portal.has_ticket("Help", thread=chat)
    names = ["hs_last_message_received_at", "hs_last_message_sent_at", "hs_last_message_from_visitor"]

    def seen() -> list[str | None]:
        properties = app.get(f"{TICKETS}/{ticket}", properties=",".join(names)).body["properties"]
        return [properties[name] for name in names]

    portal.clock.advance(60)
    chat.says("are you there?")
    after_visitor = seen()
    portal.clock.advance(60)
    chat.agent("yes", by=agent)
    one, two = "2026-03-02T08:01:00Z", "2026-03-02T08:02:00Z"
    assert (after_visitor, seen()) == ([one, None, "true"], [one, two, "false"])
