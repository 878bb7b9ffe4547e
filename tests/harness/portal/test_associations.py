"""Associations: what is told of them in process, and what of them is not emulated. The rest are claims."""

from typing import Any

from harness.portal import Portal
from tests.harness.portal.app import App


def spec(id: int, category: str = "HUBSPOT_DEFINED") -> list[dict[str, Any]]:
    """The types of one association."""
    return [{"associationCategory": category, "associationTypeId": id}]


def test_a_watcher_is_told_once(portal: Portal, app: App) -> None:
    """Who watches the portal is told of a ticket's new count of threads, and not again when nothing changes."""
    chat, ticket = portal.has_chat(), portal.has_ticket("Help")
    told: list[Any] = []
    portal.watch(lambda *change: told.append(change))
    for name in ("conversation", "conversations", "0-11"):
        app.put(f"/crm/objects/2026-09/tickets/{ticket}/associations/{name}/{chat.id}", spec(32))
    assert told == [("0-5", ticket, {"hs_num_associated_conversations"})]


def test_the_newest_version_does_not_read_one_record_s(portal: Portal, app: App) -> None:
    """2026-09 has no GET of one record's associations, which v4 and 2026-03 have."""
    contact = portal.has_contact("visitor-12@example.org")
    paths = ("/crm/v4/objects", "/crm/objects/2026-03", "/crm/objects/2026-09")
    statuses = [app.get(f"{path}/contacts/{contact}/associations/tickets").status for path in paths]
    assert statuses == [200, 200, 501]


def test_labels_of_the_account_s_own_are_not_emulated(portal: Portal, app: App) -> None:
    """A USER_DEFINED type is a 501 that says so, alone and inside a batch."""
    contact, ticket = portal.has_contact("visitor-12@example.org"), portal.has_ticket("Help")
    types = spec(1, "USER_DEFINED")
    one = app.put(f"/crm/objects/2026-09/tickets/{ticket}/associations/contacts/{contact}", types)
    inputs = [{"from": {"id": ticket}, "to": {"id": contact}, "types": types}]
    many = app.post("/crm/associations/2026-09/tickets/contacts/batch/create", {"inputs": inputs})
    assert one.error == many.error
    assert one.error[:2] == (501, "NOT_EMULATED")
    assert portal.associations("tickets", ticket, "contacts") == []
