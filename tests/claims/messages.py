"""What is in a thread: how its messages are read, in which order, and what an app adds to them?"""

from typing import Any

from tests.claims.claim import DOCUMENTED, GUESSED, OURS, SEEN, SPEC, STATUS, answer, effect, refusal
from tests.claims.hub import Hub
from tests.claims.threads import MESSAGES as ALL
from tests.claims.threads import entries, thread, ticket_of

ONE = "conversations GET /threads/{threadId}/messages/{messageId}"
WHOLE = f"{ONE}/original-content"
WRITE = "conversations POST /threads/{threadId}/messages"


@answer(ALL, mark=DOCUMENTED, source=f"{SPEC}; that the newest come first is {SEEN}")
def newest_first(hub: Hub) -> None:
    """A thread's messages stand newest first, or with sort=createdAt oldest first."""
    chat = hub.by_hand.has_chat().at("2026-03-02T09:00:00Z").says("one")
    assert _texts(hub.does(threadId=chat.id).body) == ["one"]
    hub.by_hand.chat(chat.id).at("2026-03-02T09:01:00Z").says("two").at("2026-03-02T09:02:00Z").says("three")
    assert _texts(hub.does(threadId=chat.id).body) == ["three", "two", "one"]
    for sort, texts in (("createdAt", ["one", "two", "three"]), ("-createdAt", ["three", "two", "one"])):
        assert _texts(hub.does(query={"sort": sort}, threadId=chat.id).body) == texts


@answer(ALL, mark=DOCUMENTED, source=SPEC)
def every_kind_of_entry(hub: Hub) -> None:
    """What is said, remarked and greeted, who is given the chat, that it is closed or moved: each is an entry."""
    agent, inbox = hub.by_hand.has_agent("agent-5"), hub.by_hand.has_inbox("Second")
    chat = hub.by_hand.has_chat().welcome("How can we help?").says("hello")
    visitor = chat.actor("visitor")
    assert len(hub.does(threadId=chat.id).body["results"]) == 2
    chat = hub.by_hand.chat(chat.id)
    before = thread(hub, chat.id)["inboxId"]
    chat.assigned_to(agent).agent("hi", by=agent).comment("a regular", by=agent).moves_to(inbox, by=agent)
    chat.closes(by=agent)
    read = hub.does(query={"sort": "createdAt"}, threadId=chat.id).body["results"]
    assert [(entry["type"], entry["createdBy"]) for entry in read] == [
        ("WELCOME_MESSAGE", "S-hubspot"),
        ("MESSAGE", visitor),
        ("ASSIGNMENT", "S-hubspot"),
        ("MESSAGE", agent),
        ("COMMENT", agent),
        ("THREAD_INBOX_CHANGE", agent),
        ("THREAD_STATUS_CHANGE", agent),
    ]
    told = (read[2]["assignedTo"], read[5]["fromInboxId"], read[5]["toInboxId"], read[6]["newStatus"])
    assert told == (agent, before, inbox, "CLOSED")
    assert [entry.get("direction") for entry in read] == [None, "INCOMING", None, "OUTGOING", None, None, None]
    assert {entry["conversationsThreadId"] for entry in read} == {chat.id}


@answer(ALL, mark=GUESSED, source="the spec's paging; that pages count from the oldest message is ours")
def pages_of_messages(hub: Hub) -> None:
    """Newest first and page by page, each message comes once, also when another is written meanwhile."""
    chat = hub.by_hand.has_chat()
    for number in range(5):
        chat.says(str(number))
    query = {"limit": "2"}
    pages = [hub.does(query=query, threadId=chat.id).body]
    hub.by_hand.chat(chat.id).says("late")
    while "paging" in pages[-1] and len(pages) < 9:
        query["after"] = pages[-1]["paging"]["next"]["after"]
        pages.append(hub.does(query=query, threadId=chat.id).body)
    assert [_texts(page) for page in pages] == [["4", "3"], ["2", "1"], ["0"]]


@answer(ONE, mark=DOCUMENTED, source=f"{SPEC}; the visitor's identifier: {SEEN}")
def one_message(hub: Hub) -> None:
    """A message reads as it is listed: who wrote it, to whom, over which channel, and whether it was cut short."""
    chat = hub.by_hand.has_chat(email="visitor-8@example.org", name="visitor-8").says("hello")
    agent = hub.by_hand.has_agent("agent-5")
    chat.agent("hi", by=agent, rich_text="<b>hi</b>")
    asked, replied = entries(hub, chat.id, "MESSAGE")
    place = thread(hub, chat.id)
    person = {
        "actorId": chat.actor("visitor"),
        "name": "visitor-8",
        "deliveryIdentifier": {"type": "HS_EMAIL_ADDRESS", "value": "visitor-8@example.org"},
    }
    both = {
        "type": "MESSAGE",
        "conversationsThreadId": chat.id,
        "client": {"clientType": "HUBSPOT"},
        "channelId": "1000",
        "channelAccountId": place["originalChannelAccountId"],
        "attachments": [],
        "truncationStatus": "NOT_TRUNCATED",
        "archived": False,
    }
    incoming = {"direction": "INCOMING", "status": {"statusType": "RECEIVED"}, "senders": [person], "recipients": []}
    outgoing = {"direction": "OUTGOING", "status": {"statusType": "SENT"}, "recipients": [person]}
    assert hub.does(threadId=chat.id, messageId=asked["id"]).body == asked
    assert asked == both | incoming | {
        "id": asked["id"],
        "createdAt": asked["createdAt"],
        "createdBy": person["actorId"],
        "text": "hello",
    }
    assert hub.does(threadId=chat.id, messageId=replied["id"]).body == replied
    assert replied == both | outgoing | {
        "id": replied["id"],
        "createdAt": replied["createdAt"],
        "createdBy": agent,
        "senders": [{"actorId": agent, "name": "agent-5"}],
        "text": "hi",
        "richText": "<b>hi</b>",
    }


@answer(ONE, mark=GUESSED, source="the spec's shape; what HubSpot gives a nameless visitor is ours")
def a_nameless_visitor(hub: Hub) -> None:
    """A visitor who gave no address is known by an identifier of the channel's own."""
    nameless, named = hub.by_hand.has_chat(), hub.by_hand.has_chat(email="visitor-8@example.org")
    kinds = []
    for chat in (nameless, named):
        hub.by_hand.chat(chat.id).says("hello")
        [entry] = entries(hub, chat.id, "MESSAGE")
        [sender] = hub.does(threadId=chat.id, messageId=entry["id"]).body["senders"]
        kinds.append(sender["deliveryIdentifier"]["type"])
    assert kinds == ["CHANNEL_SPECIFIC_OPAQUE_ID", "HS_EMAIL_ADDRESS"]


@answer(WHOLE, mark=DOCUMENTED, source=SPEC)
def cut_short(hub: Hub) -> None:
    """A message that is cut short says so, and its whole text is read apart; of any other it is the text."""
    chat = hub.by_hand.has_chat().says("Once upon", original="Once upon a time").says("The end")
    read = entries(hub, chat.id, "MESSAGE")
    shown = [(entry["text"], entry["truncationStatus"]) for entry in read]
    assert shown == [("Once upon", "TRUNCATED"), ("The end", "NOT_TRUNCATED")]
    whole = [hub.does(threadId=chat.id, messageId=entry["id"]).body for entry in read]
    assert whole == [{"text": "Once upon a time"}, {"text": "The end"}]


@effect(WRITE, mark=DOCUMENTED, source=SPEC)
def comment(hub: Hub) -> None:
    """A comment is in the thread under the app's name, and is no message to or from the visitor."""
    id = hub.by_hand.has_chat().at("2026-03-02T07:00:00Z").says("hello").id
    before = thread(hub, id)
    made = hub.does({"type": "COMMENT", "text": "seen", "richText": "<i>seen</i>", "attachments": []}, threadId=id)
    assert made.status == 201
    [entry] = entries(hub, id, "COMMENT")
    assert entry == made.body == hub.call(ONE, threadId=id, messageId=made.body["id"]).body
    app = entry["createdBy"]
    assert entry == {
        "id": entry["id"],
        "type": "COMMENT",
        "conversationsThreadId": id,
        "createdAt": entry["createdAt"],
        "createdBy": app,
        "client": {"clientType": "INTEGRATION", "integrationAppId": int(app.removeprefix("I-"))},
        "senders": [{"actorId": app}],
        "recipients": [],
        "attachments": [],
        "text": "seen",
        "richText": "<i>seen</i>",
        "archived": False,
    }
    assert thread(hub, id) == before


@effect(WRITE, mark=DOCUMENTED, source=f"{SPEC}; a single identifier: {SEEN}; how a file comes back is ours")
def message(hub: Hub) -> None:
    """A message goes to the visitor in an agent's name, or to whom it says, with its subject and files."""
    id = hub.by_hand.has_chat(email="visitor-8@example.org").at("2026-03-02T07:00:00Z").says("hello").id
    plain = hub.does(_message(hub, id), threadId=id)
    to_whom = {"type": "HS_EMAIL_ADDRESS", "value": "other@example.org"}
    files = {"subject": "Your order", "attachments": [{"type": "FILE", "fileId": "17"}]}
    for recipient in ({"deliveryIdentifiers": [to_whom]}, {"deliveryIdentifier": to_whom}):
        assert hub.does(_message(hub, id, recipients=[recipient], **files), threadId=id).status == 201
    asked, *sent = entries(hub, id, "MESSAGE")
    assert sent[0] == plain.body == hub.call(ONE, threadId=id, messageId=plain.body["id"]).body
    assert [entry["recipients"] for entry in sent] == [asked["senders"], *[[{"deliveryIdentifier": to_whom}]] * 2]
    assert [(entry["text"], entry["direction"], entry["createdBy"][:2]) for entry in sent] == [
        ("hi", "OUTGOING", "A-")
    ] * 3
    assert [entry.get("subject", "") for entry in sent] == ["", "Your order", "Your order"]
    assert sent[1]["attachments"] == [{"type": "FILE", "fileId": "17", "fileUsageType": "OTHER"}]
    now = thread(hub, id)
    assert now["latestMessageSentTimestamp"] == now["latestMessageTimestamp"] == sent[-1]["createdAt"]
    assert now["latestMessageReceivedTimestamp"] == asked["createdAt"]


@effect(WRITE, mark=GUESSED, source="exports of real accounts have the properties; when they are set is ours")
def message_and_ticket(hub: Hub) -> None:
    """The ticket of a thread knows when it was last written to and from, and when an agent first answered."""
    id = hub.by_hand.has_chat().id
    ticket = ticket_of(hub, id)
    hub.by_hand.chat(id).at("2026-03-02T07:00:00Z").says("hello")
    sent = hub.does(_message(hub, id), threadId=id).body
    names = ("hs_last_message_received_at", "hs_last_message_sent_at", "hs_last_message_from_visitor")
    read = hub.read("tickets", ticket, *names, "first_agent_reply_date")
    assert read is not None
    assert [read[name] for name in names] == ["2026-03-02T07:00:00Z", sent["createdAt"], "false"]
    assert read["first_agent_reply_date"] == sent["createdAt"]


@refusal(WRITE, mark=DOCUMENTED, source=f"{SPEC}; which key is told apart from which is ours")
def messages_without_their_keys(hub: Hub) -> None:
    """A message needs a type, a text, a sender and a channel, and nothing is written without."""
    id = hub.by_hand.has_chat().id
    good = _message(hub, id)
    for name in ("type", "text", "senderActorId", "channelId", "channelAccountId"):
        refused = hub.does({key: value for key, value in good.items() if key != name}, threadId=id)
        assert refused.refused == (400, "VALIDATION_ERROR")
        assert [error["in"] for error in refused.body["errors"]] == [name]
    assert hub.call(ALL, threadId=id).ids == []


@refusal(WRITE, mark=GUESSED, source="the spec's kinds and keys; how what is none of them is refused is ours")
def messages_with_odd_parts(hub: Hub) -> None:
    """Unknown types, files without an id, recipients without an identifier, texts without end: none is written."""
    id = hub.by_hand.has_chat().id
    parts: list[dict[str, Any]] = [
        {"type": "WELCOME_MESSAGE"},
        {"text": {"html": "hi"}},
        {"text": "x" * 65_537},
        {"attachments": "17"},
        {"attachments": [{"type": "BOMB"}]},
        {"attachments": [{"type": "FILE"}]},
        {"recipients": [{}]},
        {"recipients": [{"deliveryIdentifiers": [{"type": "PIGEON", "value": "x"}]}]},
        {"senderActorId": "S-hubspot"},
    ]
    for part in parts:
        assert hub.does(_message(hub, id, **part), threadId=id).refused == (400, "VALIDATION_ERROR")
    assert hub.does(_message(hub, id, channelAccountId="1"), threadId=id).refused == (404, "OBJECT_NOT_FOUND")
    assert hub.call(ALL, threadId=id).ids == []


@refusal(ONE, WHOLE, mark=GUESSED, source=STATUS)
def no_such_message(hub: Hub) -> None:
    """A message that is not in the thread is a 404, though it may be in another."""
    first, second = hub.by_hand.has_chat().says("hello"), hub.by_hand.has_chat().says("good day")
    [entry] = entries(hub, second.id, "MESSAGE")
    for message_id in ("1", entry["id"]):
        assert hub.does(threadId=first.id, messageId=message_id).refused == (404, "OBJECT_NOT_FOUND")


@refusal(ALL, mark=GUESSED, source=OURS)
def messages_in_an_odd_order(hub: Hub) -> None:
    """Messages have one order and its reverse; another one, a page of nothing or a cursor of one's own is a 400."""
    id = hub.by_hand.has_chat().says("hello").id
    for query in ({"sort": "text"}, {"limit": "501"}, {"after": "1"}, {"archived": "no"}):
        assert hub.does(query=query, threadId=id).refused == (400, "VALIDATION_ERROR")


def _message(hub: Hub, id: str, **change: Any) -> dict[str, Any]:
    """A message by the first agent there is, over the channel the thread came by."""
    place = thread(hub, id)
    return {
        "type": "MESSAGE",
        "text": "hi",
        "senderActorId": hub.by_hand.chat(id).actor("agent"),
        "channelId": place["originalChannelId"],
        "channelAccountId": place["originalChannelAccountId"],
        "attachments": [],
        "recipients": [],
        **change,
    }


def _texts(page: dict[str, Any]) -> list[str]:
    return [entry["text"] for entry in page["results"]]
