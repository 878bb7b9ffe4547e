"""What does an account say of itself, and of what was asked of it today?"""

from tests.claims.claim import DOCUMENTED, GUESSED, GUIDE, OURS, SPEC, answer
from tests.claims.hub import Hub

USAGE = "account GET /api-usage/daily/private-apps"


@answer("account GET /details", mark=DOCUMENTED, source=SPEC)
def details_know_the_season(hub: Hub) -> None:
    """Details name the account, its domain and its zone, with the zone's distance from UTC at this moment."""
    portal = hub.by_hand
    portal.clock.run_until("2026-03-28T12:00:00Z")
    winter = hub.does().body
    assert winter == {
        "portalId": portal.portal_id,
        "accountType": "DEVELOPER_TEST",
        "timeZone": "Europe/Berlin",
        "utcOffset": "+01:00",
        "utcOffsetMilliseconds": 3_600_000,
        "uiDomain": "app.hubspot.com",
        "dataHostingLocation": "na1",
        "companyCurrency": "EUR",
        "additionalCurrencies": [],
    }
    portal.clock.run_until("2026-03-30T12:00:00Z")
    assert hub.does().body == winter | {"utcOffset": "+02:00", "utcOffsetMilliseconds": 7_200_000}


@answer(USAGE, mark=DOCUMENTED, source=SPEC)
def usage_counts(hub: Hub) -> None:
    """Usage is one figure for the day that grows with the requests of private apps."""
    [before] = hub.does().body["results"]
    for _ in range(3):
        hub.call("owners GET")
    assert hub.account.eventually(lambda: hub.does().body["results"][0]["currentUsage"] >= before["currentUsage"] + 3)
    [after] = hub.does().body["results"]
    moving = ("currentUsage", "collectedAt")
    assert {k: v for k, v in after.items() if k not in moving} == {k: v for k, v in before.items() if k not in moving}


@answer(USAGE, mark=DOCUMENTED, source=f"{GUIDE}: usage guidelines")
def usage_is_the_day_s(hub: Hub) -> None:
    """The count begins anew at midnight of the account's zone."""
    hub.by_hand.clock.run_until("2026-06-01T12:00:00Z")
    hub.call("owners GET")
    [before] = hub.does().body["results"]
    assert (before["currentUsage"], before["resetsAt"]) == (2, "2026-06-01T22:00:00Z")
    hub.by_hand.clock.run_until("2026-06-01T22:00:00Z")
    [after] = hub.does().body["results"]
    assert (after["currentUsage"], after["resetsAt"]) == (1, "2026-06-02T22:00:00Z")


@answer(USAGE, mark=DOCUMENTED, source=f"{GUIDE}: usage guidelines, and the changelog of raised limits")
def usage_knows_the_plan(hub: Hub) -> None:
    """The figure's limit is what the account's plan allows in a day, with the limit pack's million on top."""
    limits = []
    for plan in ("free", "professional", "enterprise"):
        for pack in (False, True):
            hub.by_hand.limits(plan, pack=pack)
            limits.append(hub.does().body["results"][0]["usageLimit"])
    assert limits == [250_000, 1_250_000, 650_000, 1_650_000, 1_000_000, 2_000_000]


@answer(USAGE, mark=GUESSED, source=OURS)
def usage_is_the_account_s(hub: Hub) -> None:
    """The count is over all private apps, and e-mails that are exempt from the daily limit are not in it."""
    [before] = hub.does().body["results"]
    hub.call("owners GET", token=hub.account.app("crm.objects.owners.read"))
    hub.call("single-send POST /send", {}, token=hub.account.app("transactional-email"))
    [after] = hub.does().body["results"]
    assert after["currentUsage"] == before["currentUsage"] + 2
