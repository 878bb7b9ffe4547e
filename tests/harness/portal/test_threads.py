"""Threads: who is told when a chat closes, how long ones are read, and what is said of wrong filters."""

from typing import Any

import pytest

from harness.portal import Portal
from tests.harness.portal.app import THREADS, App


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
