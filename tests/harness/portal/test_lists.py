"""Lists: which records are in which, and what a cursor gives away."""

from harness.portal import Portal
from tests.harness.portal.app import TICKETS, App


def test_a_cursor_is_opaque(portal: Portal, app: App) -> None:
    """The cursors of a list and of a search are no numbers that a client could count on with."""
    for n in range(3):
        portal.has_ticket(f"Ticket {n}")
    pages = [app.get(TICKETS, limit=2).body, app.post(f"{TICKETS}/search", {"limit": 2}).body]
    assert [page["paging"]["next"]["after"].isdigit() for page in pages] == [False, False]


def test_types_have_lists_of_their_own(portal: Portal, app: App) -> None:
    """A contact is in the list of contacts under each of its type's names, and in no other."""
    contact = portal.has_contact("a@example.org")
    for name in ("contacts", "contact", "0-1"):
        assert [r["id"] for r in app.get(f"/crm/v3/objects/{name}").body["results"]] == [contact]
    for name in ("tickets", "companies", "notes"):
        assert app.get(f"/crm/v3/objects/{name}").body == {"results": []}
