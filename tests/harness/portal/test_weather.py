"""Weather: what goes wrong when asked for, before or after the deed, and nothing else."""

import re

import pytest

from harness.portal import Portal
from harness.portal.weather_rules import Rule
from tests.harness.portal.app import THREADS, TICKETS, App


def test_busy_refuses_before_anything_is_done(portal: Portal, app: App) -> None:
    """The next requests are HubSpot's 429 with the wait asked for, nothing is written; then all is well."""
    portal.weather.busy(times=2, retry_after=7)
    answers = [app.make_ticket() for _ in range(3)]
    assert [answer.status for answer in answers] == [429, 429, 201]
    assert answers[0].headers["Retry-After"] == "7"
    assert answers[0].body["requestId"] == answers[0].body["correlationId"]
    assert {**answers[0].body, "correlationId": "", "requestId": ""} == {
        "status": "error",
        "message": "You have reached your ten_secondly_rolling limit.",
        "correlationId": "",
        "category": "RATE_LIMITS",
        "errorType": "RATE_LIMIT",
        "policyName": "TEN_SECONDLY_ROLLING",
        "groupName": "publicapi:private-apps:oauth-apps",
        "requestId": "",
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


def test_weather_can_be_a_matter_of_chance(portal: Portal, app: App) -> None:
    """With a probability about so many requests are struck, and with the same seed the same ones."""

    def statuses(seed: int) -> list[int]:
        portal.weather.clears()
        portal.weather.seeded(seed)
        portal.weather.busy(probability=0.3)
        return [app.get(THREADS).status for _ in range(200)]

    first = statuses(1)
    assert 40 <= first.count(429) <= 80
    assert (statuses(1) == first, statuses(2) == first) == (True, False)


def test_weather_can_begin_and_end_by_the_clock(portal: Portal, app: App) -> None:
    """From its start up to its end every request is struck, and none before or after."""
    portal.weather.breaks(status=500, start="2026-03-02T08:00:10Z", end="2026-03-02T08:00:30Z")
    statuses = []
    for _ in range(4):
        statuses.append(app.get(THREADS).status)
        portal.clock.advance(10)
    assert statuses == [200, 500, 500, 200]


def test_a_slow_answer_takes_time_by_the_clock(portal: Portal, app: App) -> None:
    """The deed is done at once and its answer comes later: two and a half seconds on the portal's clock."""
    portal.weather.slow(2.5, times=1)
    made = app.make_ticket()
    assert (made.body["createdAt"], portal.clock.iso()) == ("2026-03-02T08:00:00Z", "2026-03-02T08:00:02.500Z")
    app.get(THREADS)
    assert portal.clock.iso() == "2026-03-02T08:00:02.500Z"


def test_a_cut_answer_was_carried_out(portal: Portal, app: App) -> None:
    """The door is told to close the connection half-way through the body; the deed is done."""
    portal.weather.cuts()
    assert (app.make_ticket().fault, len(portal.records("tickets"))) == ("cut", 1)


def test_paging_of_threads_can_stall(portal: Portal, app: App) -> None:
    """A page comes with the cursor it was asked with: asking on gets the same page, until the weather is over."""
    chats = [portal.has_chat().id for _ in range(5)]
    first = app.get(THREADS, limit=2).body["paging"]["next"]["after"]
    portal.weather.stalls(times=2)
    pages = [app.get(THREADS, limit=2, after=first).body for _ in range(3)]
    assert [[thread["id"] for thread in page["results"]] for page in pages] == [chats[2:4]] * 3
    assert [page["paging"]["next"]["after"] == first for page in pages] == [True, True, False]


def test_paging_of_threads_can_repeat_a_page(portal: Portal, app: App) -> None:
    """A page comes twice under a new cursor; whoever follows the cursors sees all threads, and some twice."""
    chats = [portal.has_chat().id for _ in range(5)]
    portal.weather.repeats(start="2026-03-02T08:00:01Z", times=2)
    seen, cursors = [], [""]
    while True:
        page = app.get(THREADS, limit=2, **({"after": cursors[-1]} if cursors[-1] else {})).body
        seen.append([thread["id"] for thread in page["results"]])
        if "paging" not in page:
            break
        cursors.append(page["paging"]["next"]["after"])
        portal.clock.advance(1)
    assert seen == [chats[:2], chats[:2], chats[:2], chats[2:4], chats[4:]]
    assert len(set(cursors)) == len(cursors)


def test_the_weather_ahead_can_be_looked_up(portal: Portal, app: App) -> None:
    """What is still to come is there as data, with the times that are left."""
    portal.weather.busy(times=3, route="GET /crm")
    app.get(f"{TICKETS}/1")
    (ahead,) = portal.weather.forecast()
    assert (ahead.kind, ahead.times, ahead.route) == ("busy", 2, "GET /crm")


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        (Rule("busy", probability=2), "weather busy: expected a probability from 0 to 1, found 2"),
        (Rule("busy", status=200), "weather busy: expected a status from 400 to 599, found 200"),
        (Rule("drops", route="("), "weather drops: expected a regular expression as route, found"),
    ],
)
def test_weather_that_cannot_be_is_refused(portal: Portal, rule: Rule, said: str) -> None:
    """A probability over one, a status that is no refusal, or a route that is no expression says so."""
    with pytest.raises(ValueError, match=re.escape(said)):
        portal.weather.add(rule)
