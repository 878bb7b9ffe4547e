"""How does a thread read as its chat goes on, and by what is it found?"""

from typing import Any

from tests.claims.claim import DOCUMENTED, GUESSED, GUIDE, SEEN, SPEC, answer, refusal
from tests.claims.hub import Answer, Hub

ALL, ONE = "conversations GET /threads", "conversations GET /threads/{threadId}"
MESSAGES = "conversations GET /threads/{threadId}/messages"
TO_THREAD = {"associationCategory": "HUBSPOT_DEFINED", "associationTypeId": 32}


def thread(hub: Hub, id: str, **query: str) -> dict[str, Any]:
    """A thread as it reads now."""
    read: dict[str, Any] = hub.call(ONE, threadId=id, query=query).body
    return read


def entries(hub: Hub, id: str, type: str) -> list[dict[str, Any]]:
    """A thread's entries of a type, oldest first."""
    listed = hub.call(MESSAGES, threadId=id, query={"sort": "createdAt"}).body["results"]
    return [entry for entry in listed if entry["type"] == type]


def ticket_of(hub: Hub, thread_id: str) -> str:
    """A ticket that is made for a thread."""
    body = {"properties": hub.sample("tickets"), "associations": [{"to": {"id": thread_id}, "types": [TO_THREAD]}]}
    return str(hub.call("objects POST /{objectType}", body, objectType="tickets").body["id"])


@answer(ONE, mark=DOCUMENTED, source=SPEC)
def a_chat_as_it_goes(hub: Hub) -> None:
    """A thread knows its visitor, its inbox and channel, and when each side last wrote; closedAt while it is closed."""
    portal = hub.by_hand
    inbox, agent = portal.has_inbox("Claims"), portal.has_agent("agent-5")
    chat = portal.has_chat(inbox=inbox, contact=hub.make("contacts"))
    id, visitor = chat.id, chat.actor("visitor").removeprefix("V-")
    query = {"inboxId": inbox}
    [account] = hub.call("conversations GET /channel-accounts", query=query).ids
    new = hub.does(threadId=id).body
    assert new == {
        "id": id,
        "status": "OPEN",
        "createdAt": new["createdAt"],
        "inboxId": inbox,
        "originalChannelId": "1000",
        "originalChannelAccountId": account,
        "associatedContactId": visitor,
        "spam": False,
        "archived": False,
    }
    chat.at("2026-03-02T09:00:00Z").says("hello").assigned_to(agent)
    chat.at("2026-03-02T09:01:00Z").agent("hi", by=agent).comment("a regular", by=agent)
    chat.at("2026-03-02T09:02:00Z").closes(by=agent)
    assert hub.does(threadId=id).body == new | {
        "status": "CLOSED",
        "closedAt": "2026-03-02T09:02:00Z",
        "assignedTo": agent,
        "latestMessageTimestamp": "2026-03-02T09:01:00Z",
        "latestMessageReceivedTimestamp": "2026-03-02T09:00:00Z",
        "latestMessageSentTimestamp": "2026-03-02T09:01:00Z",
    }
    chat.is_spam().reopens(by=agent)
    again = hub.does(threadId=id).body
    assert (again["status"], again["spam"], "closedAt" in again) == ("OPEN", True, False)


@answer(ONE, mark=DOCUMENTED, source=SPEC)
def a_visitor_becomes_a_contact(hub: Hub) -> None:
    """Until there is a contact, associatedContactId is a visitor's id, which no contact has."""
    chat = hub.by_hand.has_chat()
    visitor = hub.does(threadId=chat.id).body["associatedContactId"]
    assert hub.read("contacts", visitor) is None
    contact = hub.make("contacts")
    hub.by_hand.chat(chat.id).belongs_to(contact)
    assert hub.does(threadId=chat.id).body["associatedContactId"] == contact


@answer(ALL, ONE, mark=DOCUMENTED, source=SPEC)
def the_ticket_of_a_chat(hub: Hub) -> None:
    """With association=TICKET a thread names its ticket, and without it there is no threadAssociations."""
    id, asked = hub.by_hand.has_chat().id, {"association": "TICKET"}

    def read(query: dict[str, str]) -> dict[str, Any]:
        return the(hub.does(query=query, threadId=id), id)

    assert read(asked)["threadAssociations"] == {}
    ticket = ticket_of(hub, id)
    assert read(asked)["threadAssociations"] == {"associatedTicketId": ticket}
    assert "threadAssociations" not in read({})
    hub.call("objects DELETE /{objectType}/{objectId}", objectType="tickets", objectId=ticket)
    assert read(asked)["threadAssociations"] == {}


@answer(ONE, mark=DOCUMENTED, source=f"{GUIDE}: help desk; at which moment, and which properties it has: {SEEN}")
def a_help_desk_chat(hub: Hub) -> None:
    """A chat in the help desk has a ticket from the start, with its contact and its origin; in an inbox it has none."""
    contact, asked = hub.make("contacts"), {"association": "TICKET"}
    plain = hub.by_hand.has_chat(inbox=hub.by_hand.has_inbox("Claims"), contact=contact).id
    desk = hub.by_hand.has_chat(inbox=hub.by_hand.has_inbox("Desk", type="HELP_DESK"), contact=contact).id
    assert hub.does(query=asked, threadId=plain).body["threadAssociations"] == {}
    ticket = hub.does(query=asked, threadId=desk).body["threadAssociations"]["associatedTicketId"]
    origin = {"hs_conversations_originating_thread_id": desk, "source_type": "CHAT"}
    read = hub.read("tickets", ticket, *origin)
    assert read is not None
    assert {name: read[name] for name in origin} == origin
    assert list(hub.linked("contacts", contact, "tickets")) == [ticket]


@answer(ALL, mark=DOCUMENTED, source=SPEC)
def threads_by_status(hub: Hub) -> None:
    """The list has threads by their status, oldest first, and the archived ones only when asked for."""
    ids = [hub.by_hand.has_chat().id for _ in range(3)]
    assert _among(hub.does(), ids) == ids
    hub.by_hand.chat(ids[1]).closes()
    assert _among(hub.does(query={"threadStatus": "CLOSED"}), ids) == [ids[1]]
    assert _among(hub.does(query={"threadStatus": "OPEN"}), ids) == [ids[0], ids[2]]
    hub.by_hand.chat(ids[2]).is_archived()
    assert _among(hub.does(), ids) == ids[:2]
    assert _among(hub.does(query={"archived": "true"}), ids) == [ids[2]]


@answer(ALL, mark=DOCUMENTED, source=SPEC)
def threads_by_inbox(hub: Hub) -> None:
    """The list has the threads of one inbox or of several, where they are now."""
    first, second = hub.by_hand.has_inbox("First"), hub.by_hand.has_inbox("Second")
    ids = [hub.by_hand.has_chat(inbox=inbox).id for inbox in (first, second)]
    assert hub.does(query={"inboxId": first}).ids == ids[:1]
    assert hub.does(query={"inboxId": [first, second]}).ids == ids
    hub.by_hand.chat(ids[1]).moves_to(first)
    assert hub.does(query={"inboxId": first}).ids == ids
    assert hub.does(query={"inboxId": second}).ids == []


@answer(ALL, mark=DOCUMENTED, source=SPEC)
def threads_by_record(hub: Hub) -> None:
    """The list has the threads of one contact, by status, and those of one ticket."""
    contact, other = hub.make("contacts"), hub.make("contacts")
    hub.by_hand.has_chat(contact=other)
    ids = [hub.by_hand.has_chat(contact=contact).id for _ in range(2)]
    opened = {"associatedContactId": contact, "threadStatus": "OPEN"}
    assert hub.does(query=opened).ids == ids
    hub.by_hand.chat(ids[0]).closes()
    assert hub.does(query=opened).ids == ids[1:]
    ticket = ticket_of(hub, ids[0])
    assert hub.does(query={"associatedTicketId": ticket}).ids == ids[:1]
    assert hub.does(query={"associatedTicketId": ticket, "threadStatus": "OPEN"}).ids == []


@answer(ALL, mark=DOCUMENTED, source=f"{SPEC}; {SEEN} for the order")
def threads_by_their_latest_message(hub: Hub) -> None:
    """Asked for what was written after a moment, the list can be in the order of the latest messages."""
    ids = [hub.by_hand.has_chat().id for _ in range(3)]
    for minute, id in enumerate((ids[2], ids[0], ids[1]), 1):
        hub.by_hand.chat(id).at(f"2026-03-02T09:0{minute}:00Z").says("hello")
    since = {"latestMessageTimestampAfter": "2026-03-02T09:01:00Z"}
    assert _among(hub.does(query=since), ids) == ids[:2]
    in_order = {"latestMessageTimestampAfter": "2026-03-02T09:00:00Z", "sort": "latestMessageTimestamp"}
    assert _among(hub.does(query=in_order), ids) == [ids[2], ids[0], ids[1]]
    hub.by_hand.chat(ids[2]).at("2026-03-02T09:04:00Z").says("still there?")
    assert _among(hub.does(query=in_order), ids) == [ids[0], ids[1], ids[2]]


@answer(ALL, mark=GUESSED, source="the spec's paging; that a thread which is written to meanwhile moves on is ours")
def pages_of_threads(hub: Hub) -> None:
    """By the latest message, page by page, a thread that is written to meanwhile comes again at the end."""
    ids = [hub.by_hand.has_chat().id for _ in range(5)]
    for minute, id in enumerate(ids):
        hub.by_hand.chat(id).at(f"2026-03-02T09:0{minute}:00Z").says("hello")
    query = {"latestMessageTimestampAfter": "2026-03-02T08:59:00Z", "sort": "latestMessageTimestamp", "limit": "2"}
    pages = [hub.does(query=query)]
    hub.by_hand.chat(ids[0]).at("2026-03-02T09:09:00Z").says("still there?")
    while "paging" in pages[-1].body and len(pages) < 9:
        query["after"] = pages[-1].body["paging"]["next"]["after"]
        pages.append(hub.does(query=query))
    assert [page.ids for page in pages] == [ids[:2], ids[2:4], [ids[4], ids[0]]]


@answer(ALL, mark=GUESSED, source="the spec's paging; that the default order is that of the ids is ours")
def pages_by_id(hub: Hub) -> None:
    """By id, page by page, each thread comes once, one that is opened meanwhile at the end."""
    inbox = hub.by_hand.has_inbox("Claims")
    ids = [hub.by_hand.has_chat(inbox=inbox).id for _ in range(4)]
    query = {"inboxId": inbox, "limit": "2"}
    pages = [hub.does(query=query)]
    ids.append(hub.by_hand.has_chat(inbox=inbox).id)
    while "paging" in pages[-1].body and len(pages) < 9:
        query["after"] = pages[-1].body["paging"]["next"]["after"]
        pages.append(hub.does(query=query))
    assert [page.ids for page in pages] == [ids[:2], ids[2:4], ids[4:]]


@answer(ONE, mark=GUESSED, source=f"{SEEN}: an older guide")
def who_writes_reopens(hub: Hub) -> None:
    """A closed thread is open again when its visitor writes, and stays closed when an agent does."""
    chat = hub.by_hand.has_chat().says("hello").closes()
    agent = hub.by_hand.has_agent("agent-5")
    assert hub.does(threadId=chat.id).body["status"] == "CLOSED"
    hub.by_hand.chat(chat.id).agent("anything else?", by=agent)
    assert hub.does(threadId=chat.id).body["status"] == "CLOSED"
    hub.by_hand.chat(chat.id).says("yes")
    read = hub.does(threadId=chat.id).body
    assert (read["status"], "closedAt" in read) == ("OPEN", False)
    changes = entries(hub, chat.id, "THREAD_STATUS_CHANGE")
    assert [(c["newStatus"], c["createdBy"]) for c in changes] == [
        ("CLOSED", "S-hubspot"),
        ("OPEN", chat.actor("visitor")),
    ]


@refusal(ALL, mark=DOCUMENTED, source=f"{GUIDE}: conversations")
def filters_that_do_not_go_together(hub: Hub) -> None:
    """A contact's threads are asked for with a status and without inboxes, the latest order with a moment."""
    for query in (
        {"inboxId": "1", "associatedContactId": "2", "threadStatus": "OPEN"},
        {"associatedContactId": "2"},
        {"sort": "latestMessageTimestamp"},
    ):
        assert hub.does(query=query).refused == (400, "VALIDATION_ERROR")


@refusal(ALL, mark=GUESSED, source="the spec's parameters; how a value that is none of theirs is refused is ours")
def filters_that_make_no_sense(hub: Hub) -> None:
    """A filter, an order, a page or a cursor that there is none of is a 400."""
    moment = "latestMessageTimestampAfter"
    for query in (
        {"threadStatus": "open"},
        {moment: "monday"},
        {"sort": "subject"},
        {"limit": "501"},
        {"after": "1"},
        {"archived": "some"},
    ):
        assert hub.does(query=query).refused == (400, "VALIDATION_ERROR")


def the(read: Answer, id: str) -> dict[str, Any]:
    """One thread out of an answer that has it alone or in a list."""
    [one] = [item for item in read.body.get("results", [read.body]) if item["id"] == id]
    return dict(one)


def _among(read: Answer, ids: list[str]) -> list[str]:
    return [id for id in read.ids if id in ids]
