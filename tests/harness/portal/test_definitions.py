"""Property definitions and groups: changed, archived, deleted, and what stays."""

from typing import Any

import pytest

from harness.portal import Portal
from tests.harness.portal.app import TICKETS, UNIQUE, App

PROPERTIES = "/crm/properties/2026-09/tickets"


def test_a_definition_changes_where_something_is_given(portal: Portal, app: App) -> None:
    """PATCH changes what is given; name and uniqueness never change; the rest stays."""
    before = app.get(f"{PROPERTIES}/chat_thread_id").body
    portal.clock.advance(60)
    given = {"label": "Thread", "description": "whose", "hidden": True, "name": "other", "hasUniqueValue": False}
    changed = app.patch(f"{PROPERTIES}/chat_thread_id", given)
    expected = before | {"label": "Thread", "description": "whose", "hidden": True, "updatedAt": "2026-03-02T08:01:00Z"}
    assert (changed.status, changed.body) == (200, expected)
    assert app.get(f"{PROPERTIES}/chat_thread_id").body == expected


def test_new_options_are_taken_from_then_on(app: App) -> None:
    """After PATCH of its options a property takes the new ones and refuses the old."""
    options = [{"label": x, "value": x, "displayOrder": 0, "hidden": False} for x in ("a", "b")]
    app.post(
        PROPERTIES,
        UNIQUE
        | {"name": "kind", "type": "enumeration", "fieldType": "select", "hasUniqueValue": False, "options": options},
    )
    assert app.make_ticket(kind="a").status == 201
    changed = app.patch(f"{PROPERTIES}/kind", {"options": options[1:]}).body
    assert [option["value"] for option in changed["options"]] == ["b"]
    assert (app.make_ticket(kind="a").status, app.make_ticket(kind="b").status) == (400, 201)


@pytest.mark.parametrize(
    ("name", "body", "status"),
    [
        ("no_such", {"label": "x"}, 404),
        ("subject", {"label": "x"}, 400),
        ("chat_thread_id", {"fieldType": "date"}, 400),
        ("chat_thread_id", {"groupName": "nowhere"}, 400),
        ("chat_thread_id", {"type": "enumeration", "fieldType": "select", "options": []}, 400),
    ],
)
def test_a_change_that_makes_no_sense_is_refused(app: App, name: str, body: dict[str, Any], status: int) -> None:
    """HubSpot's own definitions, pairs that do not go together and unknown groups; nothing changes."""
    before = app.get(f"{PROPERTIES}/{name}").body
    assert app.patch(f"{PROPERTIES}/{name}", body).status == status
    after = app.get(f"{PROPERTIES}/{name}").body
    assert {**after, "correlationId": ""} == {**before, "correlationId": ""}


def test_many_are_archived_at_once(app: App) -> None:
    """All of the account's own are archived or none; a batch read finds them as archived."""
    app.post(PROPERTIES, UNIQUE | {"name": "other"})
    names = [{"name": "chat_thread_id"}, {"name": "other"}]
    assert app.post(f"{PROPERTIES}/batch/archive", {"inputs": [*names, {"name": "subject"}]}).status == 400
    assert app.get(f"{PROPERTIES}/other").status == 200
    assert app.post(f"{PROPERTIES}/batch/archive", {"inputs": [*names, {"name": "no_such"}]}).status == 204
    assert app.get(f"{PROPERTIES}/other").status == 404
    read = app.post(f"{PROPERTIES}/batch/read", {"inputs": names, "archived": True})
    assert [(p["name"], p["archived"]) for p in read.body["results"]] == [("chat_thread_id", True), ("other", True)]
    ticket = app.make_ticket().body["id"]
    assert "other" not in app.get(f"{TICKETS}/{ticket}", properties="other").body["properties"]


def test_a_list_can_be_of_some_names(app: App) -> None:
    """With properties= only those definitions are listed."""
    listed = app.get(PROPERTIES, properties="subject,chat_thread_id,no_such").body["results"]
    assert [definition["name"] for definition in listed] == ["chat_thread_id", "subject"]


def test_a_group_is_changed_and_deleted_when_empty(app: App) -> None:
    """A group's label and order change; it can be deleted once no property is in it."""
    group = f"{PROPERTIES}/groups/chat"
    app.post(f"{PROPERTIES}/groups", {"name": "chat", "label": "Chat"})
    changed = app.patch(group, {"label": "Chats", "displayOrder": 3})
    assert (changed.status, changed.body) == (
        200,
        {"name": "chat", "label": "Chats", "displayOrder": 3, "archived": False},
    )
    app.patch(f"{PROPERTIES}/chat_thread_id", {"groupName": "chat"})
    assert app.delete(group).error[2] == "Property group chat cannot be deleted: it has properties"
    app.patch(f"{PROPERTIES}/chat_thread_id", {"groupName": "ticketinformation"})
    assert (app.delete(group).status, app.get(group).status, app.patch(group, {}).status) == (204, 404, 404)
