"""Weather: what goes wrong when asked for, before or after the deed, and nothing else."""

from harness.portal import Portal
from tests.harness.portal.app import THREADS, TICKETS, App


def test_busy_refuses_before_anything_is_done(portal: Portal, app: App) -> None:
    """The next requests are HubSpot's 429 with the wait asked for, nothing is written; then all is well."""
    portal.weather.busy(times=2, retry_after=7)
    answers = [app.make_ticket() for _ in range(3)]
    assert [answer.status for answer in answers] == [429, 429, 201]
    assert answers[0].headers["Retry-After"] == "7"
    assert {**answers[0].body, "correlationId": ""} == {
        "status": "error",
        "message": "You have reached your ten_secondly_rolling limit.",
        "correlationId": "",
        "category": "RATE_LIMITS",
        "errorType": "RATE_LIMIT",
        "policyName": "TEN_SECONDLY_ROLLING",
        "groupName": "publicapi:private-apps:oauth-apps",
    }
    assert len(portal.records("tickets")) == 1


def test_a_break_after_the_write_leaves_what_was_written(portal: Portal, app: App) -> None:
    """A 502 may come after the ticket was made, and the next POST under its unique value finds it taken."""
    portal.weather.breaks(after_write=True)
    assert [app.make_ticket(chat_thread_id="1").status for _ in range(2)] == [502, 400]
    portal.weather.breaks()
    assert [app.make_ticket(chat_thread_id="2").status for _ in range(2)] == [502, 201]


def test_a_route_limits_the_weather(portal: Portal, app: App) -> None:
    """A fault for one method and path leaves every other request alone."""
    portal.weather.busy(route="POST /crm/objects", status=503)
    statuses = [app.get(THREADS).status, app.get(f"{TICKETS}/1").status, app.make_ticket().status]
    assert (statuses, app.make_ticket().status) == ([200, 404, 503], 201)


def test_a_dropped_connection_has_no_answer(portal: Portal, app: App) -> None:
    """The door is told to close the connection; the deed is done or not, as asked for."""
    portal.weather.drops()
    portal.weather.drops(after_write=True)
    faults = [app.make_ticket().fault for _ in range(3)]
    assert (faults, len(portal.records("tickets"))) == (["drop", "drop", ""], 2)
    assert [entry.status for entry in portal.log] == [0, 0, 201]


def test_a_run_is_killed_at_the_call_asked_for(portal: Portal, app: App) -> None:
    """The k-th request from now ends the run, whether it was carried out or even refused."""
    portal.weather.kills(at_call=3)
    answers = [app.make_ticket(), app.get(THREADS), app.make_ticket(), app.get(THREADS)]
    assert [answer.fault for answer in answers] == ["", "", "kill", ""]
    portal.weather.kills(at_call=1)
    assert (app.make_ticket(no_such="1").fault, len(portal.records("tickets"))) == ("kill", 2)
    portal.weather.kills(at_call=1, after_write=False)
    assert (app.make_ticket().fault, len(portal.records("tickets"))) == ("kill", 2)


def test_an_outage_lasts_by_the_clock(portal: Portal, app: App) -> None:
    """From one moment to another everything is a 503, then it is over."""
    portal.weather.outage("2026-03-02T09:00:00Z", "2026-03-02T11:00:00Z")
    statuses = []
    for _ in range(4):
        statuses.append(app.get(THREADS).status)
        portal.clock.advance(3600)
    assert statuses == [200, 503, 503, 200]
