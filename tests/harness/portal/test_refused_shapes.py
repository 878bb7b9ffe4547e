"""What the specs do not allow is refused, in few words, and what got in by another way can still be read."""

from typing import Any

import pytest

from harness.portal import Portal
from tests.harness.portal.app import THREADS, TICKETS, App

OLD = "/crm/v3/objects/tickets"
SEND = "/marketing/transactional/2026-09/single-email/send"
NEW = {"subject": "Help", "hs_pipeline_stage": "1"}


@pytest.mark.parametrize(
    ("path", "old", "body", "lacking"),
    [
        (TICKETS, OLD, {"properties": NEW}, "the record lacks required fields: [associations]"),
        (
            f"{TICKETS}/batch/create",
            f"{OLD}/batch/create",
            {"inputs": [{"properties": NEW}]},
            "an input lacks required fields: [associations]",
        ),
        (
            f"{TICKETS}/batch/read",
            f"{OLD}/batch/read",
            {"inputs": []},
            "the batch lacks required fields: [properties, propertiesWithHistory]",
        ),
    ],
)
def test_2026_09_wants_what_its_spec_requires(app: App, path: str, old: str, body: Any, lacking: str) -> None:
    """A key that the spec requires is missed in 2026-09; older versions do without."""
    assert app.post(path, body).error == (400, "VALIDATION_ERROR", f"Invalid input JSON: {lacking}")
    assert app.post(old, body).status in (200, 201)


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("inboxId", "x", "a whole number"),
        ("associatedTicketId", "x", "a whole number"),
        ("associatedContactId", "-1", "a whole number"),
        ("association", "BAD", "TICKET"),
        ("latestMessageTimestampAfter", "0", "such as 2026-03-02T08:00:00Z"),
    ],
)
def test_a_filter_of_threads_has_its_type(app: App, name: str, value: str, expected: str) -> None:
    """A filter with a value of another type is refused, not left unused."""
    assert app.get(THREADS, **{name: value}).error == (400, "VALIDATION_ERROR", f"{name} must be {expected}")


@pytest.mark.parametrize(
    ("given", "complaint"),
    [
        ({"to": ["a@example.org"]}, "expected to of the message to be text, found a list"),
        ({"from": {"name": "x"}}, "expected from of the message to be text, found an object"),
        ({"sendId": True}, "expected sendId of the message to be text, found true or false"),
    ],
)
def test_an_email_has_texts_where_they_belong(app: App, given: Any, complaint: str) -> None:
    """A list or an object in place of a text is refused, and nothing is sent."""
    message = {"to": "visitor-12@example.org", "cc": [], "bcc": [], "replyTo": [], **given}
    body = {"emailId": 1, "message": message, "contactProperties": {}, "customProperties": {}}
    assert app.post(SEND, body).error == (400, "VALIDATION_ERROR", f"Invalid input JSON: {complaint}")
    assert app.portal.emails == []


def test_a_text_that_utf_8_cannot_write_is_still_read(portal: Portal, app: App) -> None:
    """Half a character, which only a test or a seed can put there, is answered as a question mark."""
    chat = portal.has_chat().says("half \ud83d of it")
    assert app.get(f"{THREADS}/{chat.id}/messages").body["results"][0]["text"] == "half ? of it"


def test_a_refusal_does_not_repeat_megabytes(app: App) -> None:
    """A name of nine megabytes is refused in few words."""
    name = "x" * 9_000_000
    refused = app.make_ticket(**{name: "1"})
    assert refused.status == 400
    assert refused.body["errors"][0]["context"] == {"propertyName": ["x" * 100]}
    assert len(refused.body["message"]) < 1000


def test_a_stage_that_is_emptied_is_a_change(portal: Portal, app: App) -> None:
    """The refusal says that a record is changed, not made."""
    ticket = portal.has_ticket("Help")
    refused = app.patch(f"{TICKETS}/{ticket}", {"properties": {"hs_pipeline_stage": ""}})
    assert refused.error[2] == "Error updating TICKET. Some required properties were not set."


def test_an_attachment_has_its_spec_s_shape(portal: Portal, app: App) -> None:
    """A quick reply and a post come back as they were sent; a wrong one is refused."""
    path = f"{THREADS}/{portal.has_chat().says('Hello').id}/messages"
    reply = {"type": "QUICK_REPLIES", "quickReplies": [{"value": "yes", "valueType": "TEXT", "label": "Yes"}]}
    post = {"type": "SOCIAL_MEDIA_METADATA", "socialMetadata": {"mediaType": "PHOTO", "id": "7"}}
    sent = app.post(path, {"type": "COMMENT", "text": "x", "attachments": [reply, post]})
    assert sent.body["attachments"] == [reply | {"allowUserInput": True, "allowMultiSelect": False}, post]
    for wrong in (
        reply | {"quickReplies": ["yes"]},
        reply | {"quickReplies": [{"value": "yes"}]},
        post | {"socialMetadata": {"mediaType": "SONG"}},
        {"type": ["FILE"], "fileId": "1"},
        {"type": "FILE", "fileId": {}},
    ):
        assert app.post(path, {"type": "COMMENT", "text": "x", "attachments": [wrong]}).status == 400
