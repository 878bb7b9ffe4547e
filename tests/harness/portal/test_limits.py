"""How much may be asked, by the account's clock: the burst, the day, the searches, and what does not count."""

import pytest

from harness.portal import Portal
from tests.harness.portal.app import TICKETS, App

DETAILS = "/account-info/2026-09/details"
FLOWS = "/automation/v4/flows"
NEW_FLOW = {
    "type": "PLATFORM_FLOW",
    "flowType": "WORKFLOW",
    "objectTypeId": "0-5",
    "isEnabled": False,
    "actions": [],
}
SEND = "/marketing/transactional/2026-09/single-email/send"
EMAIL = {
    "emailId": 1,
    "message": {"to": "visitor-1@example.org", "cc": [], "bcc": [], "replyTo": []},
    "contactProperties": {},
    "customProperties": {},
}


def policy(app: App, path: str = DETAILS) -> str:
    """The policy that refuses a GET; "" when none does."""
    answer = app.get(path)
    return str(answer.body["policyName"]) if answer.status == 429 else ""


@pytest.mark.parametrize(
    ("plan", "pack", "burst"),
    [
        ("free", False, 100),
        ("starter", False, 100),
        ("public-app", False, 110),
        ("professional", False, 190),
        ("enterprise", False, 190),
        ("enterprise", True, 250),
    ],
)
def test_the_burst_is_that_of_the_plan(portal: Portal, app: App, plan: str, pack: bool, burst: int) -> None:
    """So many requests pass in ten seconds, the next is a 429, and ten seconds later one passes again."""
    portal.limits(plan, pack=pack)
    assert [policy(app) for _ in range(burst + 1)] == [""] * burst + ["TEN_SECONDLY_ROLLING"]
    portal.clock.advance(10)
    assert policy(app) == ""


def test_the_window_rolls(portal: Portal, app: App) -> None:
    """What was asked ten seconds ago no longer counts, what was asked since still does."""
    portal.limits(burst=2)
    app.get(DETAILS)
    portal.clock.advance(6)
    app.get(DETAILS)
    portal.clock.advance(4)
    assert [policy(app), policy(app)] == ["", "TEN_SECONDLY_ROLLING"]


def test_the_burst_is_each_app_s_own(portal: Portal, app: App) -> None:
    """One app that has asked too much does not stop another."""
    portal.limits(burst=1)
    other = App(portal, portal.token())
    assert [policy(app), policy(app), policy(other)] == ["", "TEN_SECONDLY_ROLLING", ""]


def test_the_day_ends_at_midnight_of_the_account(portal: Portal, app: App) -> None:
    """The daily limit is the account's, over all apps, and is new at midnight in Berlin, which is 23:00 UTC."""
    portal.limits(daily=2)
    other = App(portal, portal.token())
    assert [policy(app), policy(other), policy(app)] == ["", "", "DAILY"]
    portal.clock.run_until("2026-03-02T22:59:59Z")
    assert policy(app) == "DAILY"
    portal.clock.run_until("2026-03-02T23:00:00Z")
    assert policy(app) == ""


def test_the_headers_count_down(portal: Portal, app: App) -> None:
    """Every answer says what is left, a refusal for another reason too."""
    portal.limits("professional")
    app.get(DETAILS)
    headers = app.get(f"{TICKETS}/1").headers
    assert {name: value for name, value in headers.items() if "RateLimit" in name} == {
        "X-HubSpot-RateLimit-Max": "190",
        "X-HubSpot-RateLimit-Remaining": "188",
        "X-HubSpot-RateLimit-Interval-Milliseconds": "10000",
        "X-HubSpot-RateLimit-Secondly": "19",
        "X-HubSpot-RateLimit-Secondly-Remaining": "17",
        "X-HubSpot-RateLimit-Daily": "650000",
        "X-HubSpot-RateLimit-Daily-Remaining": "649998",
    }


def test_a_refusal_says_which_limit(portal: Portal, app: App) -> None:
    """The 429 has HubSpot's body and headers, and no Retry-After: HubSpot documents none here."""
    portal.limits(burst=1)
    app.get(DETAILS)
    refused = app.get(DETAILS)
    assert refused.body == {
        "status": "error",
        "message": "You have reached your ten_secondly_rolling limit.",
        "correlationId": refused.body["correlationId"],
        "category": "RATE_LIMITS",
        "errorType": "RATE_LIMIT",
        "policyName": "TEN_SECONDLY_ROLLING",
        "groupName": "publicapi:private-apps:oauth-apps",
        "requestId": refused.body["requestId"],
    }
    assert (refused.headers["X-HubSpot-RateLimit-Remaining"], "Retry-After" in refused.headers) == ("0", False)


def test_nothing_is_done_over_the_limit(portal: Portal, app: App) -> None:
    """A write that is refused for the limit has written nothing."""
    portal.limits(burst=1)
    assert [app.make_ticket().status, app.make_ticket().status, len(portal.records("tickets"))] == [201, 429, 1]


def test_some_operations_do_not_count_for_the_burst(portal: Portal, app: App) -> None:
    """Making flows, batches of associations and single-sends are exempt by HubSpot's specs; reading flows is not."""
    portal.limits(burst=1)
    read = {"inputs": [{"id": "1"}]}
    statuses = [
        answer.status
        for _ in range(2)
        for answer in (
            app.post(FLOWS, NEW_FLOW),
            app.post("/crm/associations/2026-09/tickets/contacts/batch/read", read),
            app.post(SEND, EMAIL),
        )
    ]
    assert 429 not in statuses
    assert [policy(app, FLOWS), policy(app, FLOWS)] == ["", "TEN_SECONDLY_ROLLING"]


def test_single_sends_do_not_count_for_the_day(portal: Portal, app: App) -> None:
    """A transactional e-mail leaves also when the day's requests are used up."""
    portal.limits(daily=1)
    app.get(DETAILS)
    assert [policy(app), app.post(SEND, EMAIL).status] == ["DAILY", 200]


def test_searches_have_a_limit_of_their_own(portal: Portal, app: App) -> None:
    """Five searches a second; they count for no burst and carry no headers of one."""
    portal.limits(burst=1)
    answers = [app.post(f"{TICKETS}/search", {"filterGroups": []}) for _ in range(6)]
    assert [answer.status == 429 for answer in answers] == [False] * 5 + [True]
    assert answers[5].body["policyName"] == "SECONDLY"
    assert [name for answer in answers for name in answer.headers if "RateLimit" in name] == []
    portal.clock.advance(1)
    assert app.post(f"{TICKETS}/search", {"filterGroups": []}).status != 429


def test_without_limits_nothing_is_counted(portal: Portal, app: App) -> None:
    """A portal of a test has no limits unless it is asked for, and can be freed of them."""
    assert {policy(app) for _ in range(300)} == {""}
    portal.limits(burst=1)
    portal.unlimited()
    assert [policy(app), policy(app)] == ["", ""]
    with pytest.raises(ValueError) as refused:
        portal.limits("gold")
    assert str(refused.value) == (
        "Portal.limits: expected a plan of free, starter, professional, enterprise, public-app, found 'gold'."
    )


def test_a_token_expires_by_the_clock(portal: Portal) -> None:
    """A token with an end is taken until then."""
    app = App(portal, portal.token(expires="2026-03-02T09:00:00Z"))
    assert app.get(DETAILS).status == 200
    portal.clock.advance(3600)
    assert (app.get(DETAILS).status, app.get(DETAILS).body["category"]) == (401, "EXPIRED_AUTHENTICATION")
