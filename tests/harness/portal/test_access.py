"""What this portal says of itself alone: which tokens it never takes, what it is not, and what its log keeps."""

import pytest

from harness.portal import LogEntry, Portal
from tests.harness.portal.app import TICKETS, App


@pytest.mark.parametrize("value", ["pat-eu1-00000000-0000-0000", "CJSP5qf1KhICAQEYs-gDIIGOBii1hQIy"])
def test_a_token_that_could_be_real_is_refused(app: App, value: str) -> None:
    """A real-looking token is turned away, not repeated, and told which one works here."""
    answer = app.call("GET", f"{TICKETS}/1", headers={"Authorization": f"Bearer {value}"})
    assert answer.error == (
        401,
        "INVALID_AUTHENTICATION",
        "This is a local stand-in for HubSpot: it takes only tokens that begin with local-, "
        "and never a real one, which should not travel here. Use local-token-1 here.",
    )


@pytest.mark.parametrize(
    ("method", "path", "nearest"),
    [
        ("DELETE", TICKETS, "POST /crm/objects/2026-09/{objectType}"),
        (
            "GET",
            "/conversations/conversations/2026-09/thread/1",
            "GET /conversations/conversations/2026-09/threads/{threadId}",
        ),
        ("POST", "/crm/v3/objects/contacts/gdpr-delete", "the GDPR deletion of contacts"),
        ("GET", "/crm/associations/2026-09/tickets/contacts/labels", "association labels"),
        ("POST", "/crm/v4/associations/usage/high-usage-report/1", "the association usage report"),
        ("GET", "/marketing/v3/transactional/smtp-tokens", "SMTP tokens"),
        ("GET", "/crm/v3/schemas", "custom object schemas"),
        ("GET", "/", ""),
    ],
)
def test_what_is_not_emulated_says_so(app: App, method: str, path: str, nearest: str) -> None:
    """An unknown path or method is a 501 that names it and what is nearest, never a polite nothing."""
    answer = app.call(method, path, {} if method == "POST" else None)
    assert (answer.status, answer.body["category"]) == (501, "NOT_EMULATED")
    assert nearest in answer.body["message"]


def test_the_log_keeps_what_was_done_and_nobody_s_words(portal: Portal, app: App) -> None:
    """Every request is one line with template and status, without query, body or address."""
    app.make_ticket(subject="secret words")
    app.get("/crm/objects/2026-09/contacts/visitor-12%40example.org", idProperty="email")
    at = "2026-03-02T08:00:00.000Z"
    assert portal.log == [
        LogEntry(at, "POST", "/crm/objects/2026-09/{objectType}", TICKETS, 201, True),
        LogEntry(
            at,
            "GET",
            "/crm/objects/2026-09/{objectType}/{objectId}",
            "/crm/objects/2026-09/contacts/<address>",
            404,
            False,
        ),
    ]
    assert portal.writes == portal.log[:1]


@pytest.mark.parametrize("name", ["deals", "deal", "0-3", "Tasks"])
def test_a_type_that_hubspot_has_and_this_portal_lacks_is_said(app: App, name: str) -> None:
    """Records of HubSpot's other types are not emulated, which is not to say that HubSpot does not know them."""
    answer = app.get(f"/crm/objects/2026-09/{name}")
    assert answer.error == (
        501,
        "NOT_EMULATED",
        f"The local portal does not emulate records of the type {name.lower()}: "
        "it has contacts, companies, tickets, notes.",
    )
    assert app.get("/crm/objects/2026-09/nonsense").status == 400
