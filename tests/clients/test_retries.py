"""Bad weather: what HubSpot's Python client does when it is told to wait, when HubSpot fails, when a line drops."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hubspot.crm import tickets
from urllib3.exceptions import MaxRetryError, ProtocolError
from urllib3.util.retry import Retry

from tests.clients.conftest import NINE, Serve, Served
from tests.clients.words import creation

GET, POST = "GET /crm/v3/objects/tickets", "POST /crm/v3/objects/tickets"
TICKET = creation(tickets, {"subject": "The kettle leaks", "hs_pipeline_stage": "1"})


@pytest.fixture
def slept(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """How long the client waited each time, in seconds that nobody waits."""
    seconds: list[float] = []
    monkeypatch.setattr("urllib3.util.retry.time.sleep", seconds.append)
    return seconds


def test_a_429_is_raised_with_its_body(served: Served, client: Any) -> None:
    """Without a word when to come back the client does not come back: HubSpot's body says which limit it was."""
    served.control("POST", "weather", {"kind": "busy", "times": 1})
    with pytest.raises(tickets.ApiException) as refused:
        client.crm.tickets.get_all()
    body = json.loads(refused.value.body)
    assert (refused.value.status, body["errorType"], body["policyName"]) == (429, "RATE_LIMIT", "TEN_SECONDLY_ROLLING")
    assert served.asked() == [f"{GET} 429"]


def test_a_read_waits_as_told_without_retries(served: Served, slept: list[float]) -> None:
    """A Retry-After is enough: the library itself then asks again, up to three times, and the client is not told."""
    served.control("POST", "weather", {"kind": "busy", "times": 3, "retry_after": 4})
    assert served.client().crm.tickets.get_all() == []
    assert (slept, served.asked()) == ([4, 4, 4], [f"{GET} 429"] * 3 + [f"{GET} 200"])


def test_retries_wait_as_told(served: Served, slept: list[float]) -> None:
    """With the retries that its page advises, a read waits as often and as long as Retry-After says."""
    served.control("POST", "weather", {"kind": "busy", "times": 2, "retry_after": 7})
    client = served.client(retry=Retry(total=5, status_forcelist=(429,)))
    assert client.crm.tickets.get_all() == []
    assert (slept, served.asked()) == ([7, 7], [f"{GET} 429", f"{GET} 429", f"{GET} 200"])


def test_only_what_can_be_repeated_is_retried(served: Served, slept: list[float]) -> None:
    """A POST is not asked again unless all methods are allowed, and then it makes one ticket."""
    served.control("POST", "weather", {"kind": "busy", "times": 2, "retry_after": 0})
    careful = served.client(retry=Retry(total=5, status_forcelist=(429,)))
    with pytest.raises(tickets.ApiException) as refused:
        careful.crm.tickets.basic_api.create(TICKET)
    assert refused.value.status == 429
    bold = served.client(retry=Retry(total=5, status_forcelist=(429,), allowed_methods=None))
    made = bold.crm.tickets.basic_api.create(TICKET)
    assert [record.id for record in bold.crm.tickets.get_all()] == [made.id]
    assert served.asked()[:3] == [f"{POST} 429", f"{POST} 429", f"{POST} 201"]


def test_patience_ends(served: Served, slept: list[float]) -> None:
    """When HubSpot stays busy longer than there are retries, the client gives up with an error of its library."""
    served.control("POST", "weather", {"kind": "busy", "times": 9, "retry_after": 3})
    with pytest.raises(MaxRetryError):
        served.client(retry=Retry(total=2, status_forcelist=(429,))).crm.tickets.get_all()
    assert slept == [3, 3]
    served.control("DELETE", "weather")


def test_the_limit_of_ten_seconds_is_waited_out(serve: Serve, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever asks six times where five are allowed passes when the portal's ten seconds are over, and not before."""
    seed = tmp_path / "seed.yaml"
    seed.write_text("limits: {burst: 5}")
    server = serve("--seed", str(seed), "--now", "2026-03-02T08:00:00Z")
    server.control("POST", "clock", {"set": NINE, "running": False})
    monkeypatch.setattr(
        "urllib3.util.retry.time.sleep", lambda seconds: server.control("POST", "clock", {"advance": seconds})
    )
    client = server.client("local-token-1", retry=Retry(total=9, status_forcelist=(429,), backoff_factor=2))
    for _ in range(6):
        assert client.crm.tickets.get_all() == []
    assert server.asked()[:5] == [f"{GET} 200"] * 5
    assert server.asked()[5:] == [f"{GET} 429"] * 3 + [f"{GET} 200"]  # it waited 0, 4 and 8 seconds
    assert server.control("GET", "clock")["now"] == "2026-03-02T09:00:12.000Z"


def test_a_failure_after_the_write_has_written(served: Served, client: Any) -> None:
    """A 502 to a creation is raised as the client's error of the service, and the ticket is there."""
    served.control("POST", "weather", {"kind": "breaks", "after_write": True, "route": "POST /crm"})
    with pytest.raises(tickets.ApiException) as refused:
        client.crm.tickets.basic_api.create(TICKET)
    assert (refused.value.status, len(client.crm.tickets.get_all())) == (502, 1)


def test_failures_are_retried_when_asked_for(served: Served, slept: list[float]) -> None:
    """With the retries that its page advises for failures, a read outlives three, waiting longer each time."""
    served.control("POST", "weather", {"kind": "breaks", "times": 3})
    client = served.client(retry=Retry(total=3, backoff_factor=0.3, status_forcelist=(500, 502, 504)))
    assert client.crm.tickets.get_all() == []
    assert slept == pytest.approx([0.6, 1.2])


@pytest.mark.parametrize("kind", ["drops", "cuts"])
def test_a_read_outlives_a_lost_connection(served: Served, client: Any, kind: str) -> None:
    """A connection that closes without an answer, or in the middle of one: the library asks again by itself."""
    client.crm.tickets.basic_api.create(TICKET)
    served.control("POST", "weather", {"kind": kind, "route": "GET /crm"})
    assert len(client.crm.tickets.get_all()) == 1
    assert served.control("GET", "weather") == {"results": []}


@pytest.mark.parametrize("weather", [{"kind": "drops", "after_write": True}, {"kind": "drops"}, {"kind": "cuts"}])
def test_a_write_does_not(served: Served, client: Any, weather: dict[str, Any]) -> None:
    """A creation whose answer is lost is an error of the library; whether the ticket is there, only a read tells."""
    served.control("POST", "weather", {**weather, "route": "POST /crm"})
    with pytest.raises(ProtocolError):
        client.crm.tickets.basic_api.create(TICKET)
    assert len(client.crm.tickets.get_all()) == (weather != {"kind": "drops"})


def test_a_slow_answer_is_not_waited_for(served: Served) -> None:
    """A client with a timeout gives up on an answer that takes longer, and the ticket is there all the same."""
    served.control("POST", "weather", {"kind": "slow", "seconds": 600, "route": "POST /crm"})
    client = served.client(retry=False)
    with pytest.raises(Exception, match="Read timed out"):
        client.crm.tickets.basic_api.create(TICKET, _request_timeout=0.2)
    assert len(client.crm.tickets.get_all()) == 1
