"""The account's operations: what it says of itself, and how much it was asked today."""

from zoneinfo import ZoneInfo

from harness.portal.call import Answer, Call
from harness.portal.moments import iso
from harness.portal.routing import Route


def details(call: Call) -> Answer:
    """GET details: id, kind, where its pages are, and its time zone."""
    account, now = call.world.account, call.world.clock.now()
    offset = now.astimezone(ZoneInfo(account.time_zone)).utcoffset()
    minutes = int(offset.total_seconds() // 60) if offset else 0
    hours, rest = divmod(abs(minutes), 60)
    return 200, {
        "portalId": account.portal_id,
        "accountType": "DEVELOPER_TEST",
        "timeZone": account.time_zone,
        "utcOffset": f"{'-' if minutes < 0 else '+'}{hours:02}:{rest:02}",
        "utcOffsetMilliseconds": minutes * 60_000,
        "uiDomain": account.ui_domain,
        "dataHostingLocation": "eu1" if "eu1" in account.ui_domain else "na1",
        "companyCurrency": "EUR",
        "additionalCurrencies": [],
    }


def usage(call: Call) -> Answer:
    """GET api-usage: how many requests all private apps made today."""
    account = call.world.usage
    return 200, {
        "results": [
            {
                "name": "private-apps-api-calls-daily",
                "usageLimit": call.world.daily_limit,
                "currentUsage": account.today,
                "collectedAt": iso(call.now),
                "fetchStatus": "SUCCESS",
                "resetsAt": iso(account.midnight),
            }
        ]
    }


ROUTES = (
    Route("GET", "account", "/details", details),
    Route("GET", "account", "/api-usage/daily/private-apps", usage),
)
