"""The account's operations: what it says of itself."""

from zoneinfo import ZoneInfo

from harness.portal.call import Answer, Call
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


ROUTES = (Route("GET", "account", "/details", details),)
