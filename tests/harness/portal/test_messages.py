"""Messages that an app writes: to the visitor and for colleagues, with files, to whom it says."""

from typing import Any

import pytest

from harness.portal import Portal
from tests.harness.portal.app import THREADS, App


def test_an_app_writes_messages_and_comments(portal: Portal, app: App) -> None:
    """A comment shows the app as its author, a message the agent it is sent for; both need their keys."""
    agent = portal.has_agent("agent-3")
    chat = portal.has_chat().says("hello")
    path = f"{THREADS}/{chat.id}/messages"
    comment = app.post(path, {"type": "COMMENT", "text": "seen", "attachments": []})
    assert (comment.status, comment.body["createdBy"], comment.body["richText"]) == (201, "I-7000001", "seen")
    message = {"type": "MESSAGE", "text": "hi", "attachments": [], "recipients": []}
    place = {"senderActorId": agent, "channelId": "1000", "channelAccountId": "3000001"}
    assert app.post(path, message).error == (
        400,
        "VALIDATION_ERROR",
        "Invalid input JSON: the message lacks required fields: [senderActorId, channelId, channelAccountId]",
    )
    sent = app.post(path, message | place)
    assert (sent.status, sent.body["createdBy"], sent.body["direction"]) == (201, agent, "OUTGOING")
    assert app.get(f"{path}/{sent.body['id']}").body == sent.body


def test_a_message_carries_files_and_goes_to_whom_it_says(portal: Portal, app: App) -> None:
    """Attachments and recipients come back as HubSpot shows them, by one identifier or by a list of them."""
    agent, chat = portal.has_agent("agent-3"), portal.has_chat(email="visitor-12@example.org").says("hello")
    account = app.get(f"{THREADS}/{chat.id}").body["originalChannelAccountId"]
    to_whom = {"type": "HS_EMAIL_ADDRESS", "value": "other@example.org"}
    message = {
        "type": "MESSAGE",
        "text": "see there",
        "subject": "Your order",
        "senderActorId": agent,
        "channelId": "1000",
        "channelAccountId": account,
        "attachments": [{"type": "FILE", "fileId": "17"}],
        "recipients": [{"actorId": chat_visitor(app, chat.id), "deliveryIdentifiers": [to_whom]}],
    }
    path = f"{THREADS}/{chat.id}/messages"
    sent = app.post(path, message).body
    assert app.get(f"{path}/{sent['id']}").body == sent
    assert (sent["subject"], sent["attachments"]) == (
        "Your order",
        [{"type": "FILE", "fileId": "17", "fileUsageType": "OTHER"}],
    )
    assert [recipient["deliveryIdentifier"] for recipient in sent["recipients"]] == [to_whom]
    single = message | {"recipients": [{"deliveryIdentifier": to_whom}]}
    assert app.post(path, single).body["recipients"] == [{"deliveryIdentifier": to_whom}]


@pytest.mark.parametrize(
    "change",
    [
        {"attachments": [{"type": "BOMB"}]},
        {"attachments": [{"type": "FILE"}]},
        {"recipients": [{}]},
        {"recipients": [{"deliveryIdentifiers": [{"type": "PIGEON", "value": "x"}]}]},
    ],
)
def test_a_message_with_odd_parts_is_refused(portal: Portal, app: App, change: dict[str, Any]) -> None:
    """Unknown attachments and recipients without an identifier are a 400, and nothing is written."""
    agent, chat = portal.has_agent("agent-3"), portal.has_chat().says("hello")
    account = app.get(f"{THREADS}/{chat.id}").body["originalChannelAccountId"]
    sender = {"senderActorId": agent, "channelId": "1000", "channelAccountId": account}
    path = f"{THREADS}/{chat.id}/messages"
    assert app.post(path, {"type": "MESSAGE", "text": "hi", **sender, **change}).status == 400
    assert len(app.get(path).body["results"]) == 1


def chat_visitor(app: App, thread_id: str) -> str:
    """The visitor's actor id."""
    return f"V-{app.get(f'{THREADS}/{thread_id}').body['associatedContactId']}"
