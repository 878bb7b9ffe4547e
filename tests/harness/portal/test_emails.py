"""Single-send: what leaves, what does not, and never twice under one id."""

from typing import Any

import pytest

from harness.portal import Email, Portal
from tests.harness.portal.app import App

SEND = "/marketing/transactional/2026-09/single-email/send"


def letter(**change: Any) -> dict[str, Any]:
    message = {"to": "Visitor-12@example.org", "sendId": "1-2", "cc": [], "bcc": [], "replyTo": []}
    return {
        "emailId": 17,
        "message": message,
        "contactProperties": {},
        "customProperties": {"ticket": 90000001},
        **change,
    }


def test_an_email_leaves_once(portal: Portal, app: App) -> None:
    """The first send is accepted and makes a contact of an unknown address; the same sendId is ignored."""
    first, again = (
        app.post(SEND, letter()),
        app.post("/marketing/v3/transactional/single-email/send", letter()),
    )
    assert (first.status, first.body["status"], "sendResult" in first.body) == (200, "PENDING", False)
    assert (again.body["status"], again.body["sendResult"]) == ("COMPLETE", "IDEMPOTENT_IGNORE")
    assert portal.emails == [
        Email(
            to="visitor-12@example.org",
            email_id="17",
            send_id="1-2",
            properties={"ticket": "90000001"},
            how="single-send",
            at="2026-03-02T08:00:00Z",
        )
    ]
    assert [record.properties["email"] for record in portal.records("contacts")] == ["visitor-12@example.org"]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (
            {"contactProperties": None, "message": {"to": "a@example.org", "cc": []}},
            "Invalid input JSON: the e-mail lacks required fields: [contactProperties, message.bcc, message.replyTo]",
        ),
        ({"emailId": "17"}, "Invalid input JSON: expected emailId of the e-mail to be a whole number"),
        ({"customProperties": {"list": [1]}}, "customProperties takes no lists or objects"),
        (
            {"message": "hello"},
            "Invalid input JSON: expected message of the e-mail to be an object, found text",
        ),
    ],
)
def test_a_letter_without_its_keys_is_refused(portal: Portal, app: App, change: dict[str, Any], message: str) -> None:
    """Every key the spec requires is required, and nothing leaves without."""
    assert app.post(SEND, letter(**change)).error == (400, "VALIDATION_ERROR", message)
    assert portal.emails == []
