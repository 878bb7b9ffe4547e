"""What a new account is like: its pipeline, and where it is."""

from harness.portal import Portal
from tests.harness.portal.app import App


def test_the_default_pipeline_is_hubspots(app: App) -> None:
    """Pipeline 0 has HubSpot's four stages, the last one closed."""
    pipelines = app.get("/crm/pipelines/2026-09/tickets").body["results"]
    stages = [(s["id"], s["label"], s["metadata"]["ticketState"]) for s in pipelines[0]["stages"]]
    assert (len(pipelines), pipelines[0]["id"], stages) == (
        1,
        "0",
        [
            ("1", "New", "OPEN"),
            ("2", "Waiting on contact", "OPEN"),
            ("3", "Waiting on us", "OPEN"),
            ("4", "Closed", "CLOSED"),
        ],
    )
    assert app.get("/crm/pipelines/2026-09/tickets/0").body == pipelines[0]
    assert app.get("/crm/v3/pipelines/tickets/0/stages").body == {"results": pipelines[0]["stages"]}
    assert app.get("/crm/v3/pipelines/tickets/9").status == 404


def test_the_account_says_where_it_is() -> None:
    """Details carry id, domain and zone, with the zone's offset of this moment."""
    portal = Portal(portal_id=42, ui_domain="app-eu1.hubspot.com", time_zone="America/New_York")
    assert App(portal, portal.token()).get("/account-info/2026-09/details").body == {
        "portalId": 42,
        "accountType": "DEVELOPER_TEST",
        "timeZone": "America/New_York",
        "utcOffset": "-05:00",
        "utcOffsetMilliseconds": -18_000_000,
        "uiDomain": "app-eu1.hubspot.com",
        "dataHostingLocation": "eu1",
        "companyCurrency": "EUR",
        "additionalCurrencies": [],
    }
