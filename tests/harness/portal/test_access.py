"""Who may do what, in which version, and what this portal does not pretend to be."""

import pytest

from harness.portal import LogEntry, Portal
from tests.harness.portal.app import THREADS, TICKETS, App


@pytest.mark.parametrize("header", ["", "Bearer", "Basic abc", "Bearer local-unknown"])
def test_without_a_known_token_nothing_is_answered(app: App, header: str) -> None:
    """No token, no scheme or an unknown token is HubSpot's 401."""
    answer = app.call("GET", f"{TICKETS}/1", headers={"Authorization": header})
    assert (answer.status, answer.body["category"]) == (401, "INVALID_AUTHENTICATION")


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


def test_a_revoked_token_has_expired(portal: Portal, app: App) -> None:
    """A token works until it is revoked."""
    assert app.get("/account-info/2026-09/details").status == 200
    portal.revoke(app.token)
    assert app.get("/account-info/2026-09/details").error == (
        401,
        "EXPIRED_AUTHENTICATION",
        "The OAuth token used to make this call is expired",
    )


@pytest.mark.parametrize(
    ("method", "path", "scopes"),
    [
        ("GET", f"{TICKETS}/1", ["tickets"]),
        ("POST", TICKETS, ["tickets"]),
        ("GET", "/crm/v3/objects/contacts/1", ["crm.objects.contacts.read"]),
        ("PATCH", "/crm/v3/objects/0-2/1", ["crm.objects.companies.write"]),
        ("POST", "/crm/objects/2026-09/notes", ["crm.objects.contacts.write"]),
        ("GET", "/crm/owners/2026-09", ["crm.objects.owners.read"]),
        ("GET", THREADS, ["conversations.read"]),
        ("PATCH", f"{THREADS}/1", ["conversations.write"]),
        ("POST", "/marketing/transactional/2026-09/single-email/send", ["transactional-email"]),
        ("POST", "/crm/properties/2026-09/tickets", ["tickets", "crm.schemas.tickets.write"]),
        (
            "POST",
            "/crm/associations/2026-09/tickets/contacts/batch/read",
            ["tickets", "crm.objects.contacts.read"],
        ),
    ],
)
def test_a_missing_scope_is_named(portal: Portal, method: str, path: str, scopes: list[str]) -> None:
    """Without any of an operation's scopes it is a 403 that names them; with one of them it is not."""
    without = App(portal, portal.token("oauth")).call(method, path, {} if method != "GET" else None)
    assert (without.status, without.body["category"], without.body["errors"]) == (
        403,
        "MISSING_SCOPES",
        [
            {
                "message": "One or more of the following scopes are required.",
                "context": {"requiredGranularScopes": scopes},
            }
        ],
    )
    given = App(portal, portal.token(scopes[-1])).call(method, path, {} if method != "GET" else None)
    assert given.status not in (401, 403)


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
