"""The private prefix: reset, seed, clock, weather, requests, state, tokens and limits, over HTTP."""

import http.client
import socket
from pathlib import Path
from typing import Any

import pytest
import requests

from tests.harness.serve.conftest import Serve, Served

TICKETS = "/crm/objects/2026-09/tickets"
TICKET = {"properties": {"subject": "Help", "hs_pipeline_stage": "1"}, "associations": []}
SEED = "contacts: [{email: visitor-1@example.org}]"
STOPPED = ("--now", "2026-03-02T08:00:00Z")


def count(server: Served, what: str) -> int:
    """How many of them are in the account."""
    found: list[Any] = server.control("GET", "state").body[what]
    return len(found)


def test_a_reset_begins_anew(serve: Serve) -> None:
    """After a reset the account is as at the start, numbers and all, and its tokens still work."""
    server = serve()
    first = server.call("POST", TICKETS, TICKET).body["id"]
    server.control("POST", "weather", {"kind": "busy", "times": 9})
    assert server.control("POST", "reset").status == 204
    assert (count(server, "tickets"), server.call("POST", TICKETS, TICKET).body["id"]) == (0, first)


def test_a_seed_is_added_or_begun_from(serve: Serve) -> None:
    """A seed can be planted into the account as it is, or be what a reset begins from; YAML or JSON."""
    server = serve()
    server.call("POST", TICKETS, TICKET)
    assert server.control("POST", "seed", SEED.encode(), Content_Type="application/yaml").status == 204
    assert (count(server, "tickets"), count(server, "contacts")) == (1, 1)
    assert server.control("POST", "reset", {"contacts": [{"email": "v-{n}@example.org", "repeat": 3}]}).status == 204
    assert (count(server, "tickets"), count(server, "contacts")) == (0, 3)


def test_a_wrong_seed_leaves_the_account_as_it_was(serve: Serve) -> None:
    """A reset from a seed that cannot be planted is a 400 that names the place, and nothing is reset."""
    server = serve()
    server.call("POST", TICKETS, TICKET)
    refused = server.control("POST", "reset", {"tickets": [{"subject": "a"}, {"subject": "b", "contact": "nobody"}]})
    assert (refused.status, refused.body["message"]) == (
        400,
        "the seed: tickets[1]: expected a contact of this account (none yet), found 'nobody'.",
    )
    assert count(server, "tickets") == 1


def test_the_clock_can_be_stopped_and_moved(serve: Serve) -> None:
    """A stopped clock moves only when told: by seconds, or to a moment; never back."""
    server = serve()
    server.control("POST", "clock", {"set": "2027-03-01T00:00:00Z", "running": False})
    stood = server.control("GET", "clock").body
    assert stood == {"now": "2027-03-01T00:00:00.000Z", "running": False}
    assert server.control("POST", "clock", {"advance": 90}).body["now"] == "2027-03-01T00:01:30.000Z"
    refused = server.control("POST", "clock", {"set": "2026-01-01T00:00:00Z"})
    assert (refused.status, "Time does not run backwards" in refused.body["message"]) == (400, True)


@pytest.mark.parametrize("moment", ["9999-12-31T23:59:59Z", "9999-12-31T23:59:59-14:00", "0001-01-01T00:00:00+14:00"])
def test_the_clock_is_not_put_out_of_its_range(served: Served, moment: str) -> None:
    """A moment that no clock reaches is refused with the range, nothing of the change is done, and it runs on."""
    refused = served.control("POST", "clock", {"set": moment, "running": False})
    found = moment.replace("Z", "+00:00")
    assert (refused.status, refused.body["message"]) == (
        400,
        f"Clock: expected a moment from 1970-01-01 to 9000-01-01, found {found}. Choose one of these years.",
    )
    assert served.control("GET", "clock").body["running"] is True


def test_an_account_at_the_end_of_time_is_served_and_kept(serve: Serve, tmp_path: Path) -> None:
    """A clock put to the last moment stands there, the account is still served, and the next server goes on with it."""
    state = ("--state", str(tmp_path / "account"))
    server = serve(*state)
    server.control("POST", "clock", {"set": "9000-01-01T00:00:00Z"})
    made = server.call("POST", TICKETS, TICKET)
    assert (made.status, made.body["createdAt"]) == (201, "9000-01-01T00:00:00Z")
    assert server.control("POST", "clock", {"advance": 60}).status == 400
    assert server.ends() == (0, "")
    server = serve(*state)
    assert server.control("GET", "clock").body == {"now": "9000-01-01T00:00:00.000Z", "running": True}
    assert count(server, "tickets") == 1


@pytest.mark.parametrize(
    ("seed", "said"),
    [
        ({"account": {"time_zone": "Europe/Berlin"}}, "account.time_zone: {}a reset or the seed of the start."),
        ({"account": {"conversation_flows": "listed", "id": 5}}, "account.id: {}a reset or the seed of the start."),
        ({"limits": {"burst": 3}}, "limits: {}a reset or the seed of the start."),
        ({"now": "2026-03-02T08:00:00Z"}, "now: {}the seed of the start."),
    ],
)
def test_what_cannot_be_added_is_refused(served: Served, seed: Any, said: str) -> None:
    """A seed to add is refused with keys that only a beginning can set."""
    refused = served.control("POST", "seed", seed)
    expected = said.format("expected a key that can be added to an account, found one of ")
    assert (refused.status, refused.body["message"]) == (400, f"the seed: {expected}")


def test_weather_comes_and_goes(serve: Serve) -> None:
    """Weather is added as data, listed with what is left of it, and cleared."""
    server = serve()
    added = server.control("POST", "weather", {"kind": "busy", "times": 2, "route": "GET /crm", "retry_after": 3})
    assert [(rule["kind"], rule["times"]) for rule in added.body["results"]] == [("busy", 2)]
    struck = server.call("GET", f"{TICKETS}/1")
    assert (struck.status, struck.headers["Retry-After"]) == (429, "3")
    assert server.control("DELETE", "weather").status == 204
    assert server.call("GET", f"{TICKETS}/1").status == 404


def test_a_dropped_connection_has_no_answer(serve: Serve) -> None:
    """The wire closes without a byte; the deed is done or not, as asked for."""
    server = serve()
    server.control("POST", "weather", {"kind": "drops", "after_write": True})
    with pytest.raises(requests.ConnectionError, match="without response"):
        server.call("POST", TICKETS, TICKET)
    assert count(server, "tickets") == 1


def test_a_cut_connection_has_half_an_answer(serve: Serve) -> None:
    """Status and length arrive, and then half of the body; the next request is answered as ever."""
    server = serve()
    server.control("POST", "weather", {"kind": "cuts"})
    wire = http.client.HTTPConnection("127.0.0.1", server.port)
    wire.request("GET", f"{TICKETS}/1", headers={"Authorization": f"Bearer {server.token}"})
    response = wire.getresponse()
    length = int(response.headers["content-length"])
    with pytest.raises(http.client.IncompleteRead) as cut:
        response.read()
    assert (response.status, len(cut.value.partial)) == (404, length // 2)
    assert server.call("GET", f"{TICKETS}/1").status == 404


def test_a_slow_answer_holds_nobody_else_up(serve: Serve) -> None:
    """While one client waits for a slow answer, another is answered."""
    server = serve()
    server.control("POST", "weather", {"kind": "slow", "seconds": 3600})
    with socket.create_connection(("127.0.0.1", server.port)) as waiting:
        waiting.sendall(f"GET {TICKETS}/1 HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        while not server.control("GET", "requests").body["total"]:
            pass
        assert server.call("GET", f"{TICKETS}/1").status == 404


def test_the_requests_are_logged(serve: Serve) -> None:
    """What was asked stands in the log, newest last, without controls; it can be emptied."""
    server = serve()
    server.call("POST", TICKETS, TICKET)
    server.call("GET", f"{TICKETS}/1")
    asked = server.control("GET", "requests?limit=1").body
    assert (asked["total"], [(line["method"], line["status"]) for line in asked["results"]]) == (2, [("GET", 404)])
    assert server.control("DELETE", "requests").status == 204
    assert server.control("GET", "requests").body == {"total": 0, "results": []}


def test_tokens_are_made_and_revoked(serve: Serve) -> None:
    """A token with scopes may do what they allow until it is revoked; one that could be real is not made."""
    server = serve()
    made = server.control("POST", "tokens", {"value": "local-flows", "scopes": ["automation"]})
    assert (made.body["works"], made.body["scopes"]) == (True, ["automation"])
    flows = "/automation/v4/flows"
    assert server.call("GET", flows, Authorization="Bearer local-flows").status == 200
    assert server.call("GET", f"{TICKETS}/1", Authorization="Bearer local-flows").status == 403
    assert server.control("DELETE", "tokens?value=local-flows").status == 204
    assert server.call("GET", flows, Authorization="Bearer local-flows").status == 401
    assert server.control("POST", "tokens", {"value": "pat-na1-1"}).status == 400


def test_limits_are_switched(serve: Serve) -> None:
    """Limits can be switched off and on again while it runs."""
    server = serve()
    assert server.control("POST", "limits", {"enforced": False}).body == {"enforced": False}
    assert "X-HubSpot-RateLimit-Max" not in server.call("GET", f"{TICKETS}/1").headers


@pytest.mark.parametrize(
    ("method", "path", "body", "status"),
    [
        ("GET", "", None, 200),
        ("GET", "nothing", None, 404),
        ("PUT", "clock", {}, 404),
        ("POST", "clock", {"advance": -1}, 400),
        ("POST", "clock", {"advance": 1e300}, 400),
        ("POST", "clock", {"sooner": 1}, 400),
        ("POST", "clock", {"set": "2027-01-01T00:00:00"}, 400),
        ("POST", "clock", b"{", 400),
        ("POST", "weather", {"kind": "rain"}, 400),
        ("POST", "weather", {"kind": "busy", "route": "("}, 400),
        ("POST", "seed", b"\xff", 400),
        ("POST", "seed", b"[" * 100_000, 400),
        ("GET", "requests?limit=-1", None, 400),
        ("DELETE", "tokens?value=local-nobody", None, 404),
    ],
)
def test_a_wrong_control_is_refused(served: Served, method: str, path: str, body: Any, status: int) -> None:
    """What a control does not take is a refusal in an envelope."""
    answer = served.control(method, path, body)
    assert answer.status == status
    assert status == 200 or {"status", "message", "correlationId", "category"} <= answer.body.keys()


def test_a_page_in_a_browser_has_no_control(served: Served) -> None:
    """A request that a web page made, which browsers mark with its origin, is refused."""
    assert served.control("POST", "reset", Origin="https://example.org").status == 403
