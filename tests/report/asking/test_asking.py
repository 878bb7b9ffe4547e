"""One reader of one served account: what it gets, what it asks again, and how it ends."""

from time import time as machine
from typing import Any

import pytest

from report.asking.asking import Ask, Asking
from report.asking.refusals import (
    AskRefused,
    BudgetSpent,
    DayUsedUp,
    KeyRefused,
    OddAnswer,
    ScopeMissing,
    Unreachable,
)
from tests.harness.serve.conftest import Served, started
from tests.report.asking.conftest import DETAILS, TICKETS, Say, Time, answer

THREADS = "/conversations/conversations/2026-09/threads"
SECRET = "pat-na1-00000000-1111-2222-3333-444444444444"


def weather(served: Served, kind: str, **more: Any) -> None:
    """What goes wrong from here on."""
    assert served.control("POST", "weather", {"kind": kind, **more}).status == 200


def test_it_reads(served: Served, asking: Asking) -> None:
    """A GET, a search and a batch are answered as HubSpot answers them, and counted."""
    id = asking.get(TICKETS, {"limit": "1", "properties": ["subject", "createdate"]})["results"][0]["id"]
    found = asking.post(f"{TICKETS}/search", {"limit": 1})["results"][0]["id"]
    wanted = {"inputs": [{"id": id}], "properties": [], "propertiesWithHistory": []}
    read = asking.post(f"{TICKETS}/batch/read", wanted)["results"][0]["id"]
    assert (found, read, asking.calls, asking.left) == (id, id, 3, None)


@pytest.mark.parametrize(("method", "path"), [("POST", TICKETS), ("PATCH", f"{TICKETS}/1"), ("DELETE", f"{TICKETS}/1")])
def test_it_changes_nothing(asking: Asking, method: str, path: str) -> None:
    """What may change the account is not even sent."""
    with pytest.raises(ValueError) as refused:
        list(asking.each([Ask(method, path, body={})]))
    assert (str(refused.value), asking.calls) == (
        f"{method} {path}: expected a read, found what may change the account.",
        0,
    )


def test_what_is_not_there(asking: Asking) -> None:
    """A record that is not there is nothing to one who says that it may be so, and a refusal to others."""
    assert asking.get(f"{TICKETS}/1", missing_ok=True) == {}
    with pytest.raises(AskRefused) as refused:
        asking.get(f"{TICKETS}/1")
    assert (refused.value.status, refused.value.category, asking.calls) == (404, "OBJECT_NOT_FOUND", 2)


@pytest.mark.parametrize(
    ("bad", "least", "most"),
    [
        ({"kind": "busy"}, 3.5, 3.5),
        ({"kind": "busy", "retry_after": 7}, 21, 21),
        ({"kind": "busy", "status": 423}, 5.6, 7),
        ({"kind": "breaks", "status": 500}, 5.6, 7),
        ({"kind": "breaks", "status": 524}, 5.6, 7),
        ({"kind": "drops"}, 5.6, 7),
        ({"kind": "cuts"}, 5.6, 7),
    ],
)
def test_what_passes_is_asked_again(
    served: Served, asking: Asking, time: Time, bad: dict[str, Any], least: float, most: float
) -> None:
    """A 429, a lock, a 5xx, a lost connection and half an answer cost growing waits and calls, and nothing else."""
    asking.get(DETAILS)
    weather(served, times=3, **bad)
    begun = time.seconds
    assert asking.get(DETAILS)["portalId"] == 4711001
    assert (asking.calls, least <= time.seconds - begun <= most) == (5, True)


@pytest.mark.parametrize(("kind", "status"), [("busy", 429), ("breaks", 503), ("drops", 0)])
def test_an_outage_ends_in_words(served: Served, asking: Asking, time: Time, kind: str, status: int) -> None:
    """After three minutes without success it says so and what to do; one minute when nothing was ever answered."""
    weather(served, kind, times=1_000, **({"status": status} if status else {}))
    with pytest.raises(Unreachable):
        asking.get(DETAILS)
    first = time.seconds - 1_000
    served.control("DELETE", "weather")
    asking.get(DETAILS)
    weather(served, kind, times=1_000, **({"status": status} if status else {}))
    begun = time.seconds
    with pytest.raises(Unreachable) as given_up:
        asking.get(DETAILS)
    found = {
        0: "none (ConnectionError)",
        429: "429 RATE_LIMITS: You have reached your ten_secondly_rolling limit.",
        503: "503",
    }[status]
    assert given_up.value.found.startswith(found)
    assert (60 <= first <= 75 or status == 429, 180 <= time.seconds - begun <= 200) == (True, True)
    assert str(given_up.value) == (
        f"GET {DETAILS} at {served.address}: expected an answer, found {given_up.value.found}. "
        "See the network and https://status.hubspot.com, then run it again: it goes on where it ended."
    )


def test_the_budget_is_kept(served: Served, asking: Asking, time: Time) -> None:
    """Repeated calls count as well, and the call over the budget is not made."""
    weather(served, "breaks", times=2)
    with Asking(served.address, served.token, budget=3, clock=time, sleep=time.sleep) as one:
        one.get(DETAILS)
        with pytest.raises(BudgetSpent) as spent:
            one.get(DETAILS)
        assert (one.calls, one.left) == (3, 0)
    assert served.control("GET", "requests").body["total"] == 3
    assert str(spent.value) == (
        f"GET {DETAILS} at {served.address}: expected to be done within 3 calls, found all of them made, "
        "and more to read. What was read is kept: run it again to go on from there, or allow more calls."
    )


def test_a_scope_is_named(served: Served, time: Time) -> None:
    """A 403 names the scope that is missing, and what for."""
    served.control("POST", "tokens", {"value": "local-narrow", "scopes": ["tickets"]})
    with Asking(served.address, "local-narrow", clock=time, sleep=time.sleep) as narrow:
        narrow.get(TICKETS)
        with pytest.raises(ScopeMissing) as refused:
            narrow.get(THREADS)
    assert refused.value.scopes == ("conversations.read",)
    assert str(refused.value) == (
        f"GET {THREADS} at {served.address}: expected a key that may read conversations, "
        "found 403: it lacks conversations.read. "
        "Give the service key conversations.read in HubSpot, then run this again."
    )


def test_a_key_that_does_not_work(served: Served) -> None:
    """A 401 is told at once, without the key in it."""
    with Asking(served.address, SECRET) as one, pytest.raises(KeyRefused) as refused:
        one.get(DETAILS)
    assert (one.calls, SECRET in str(refused.value), refused.value.found.startswith("401 ")) == (1, False, True)


@pytest.mark.parametrize("key", ["", "local token", "local-1\n", "lócal-1"])
def test_what_is_no_key(key: str) -> None:
    """A key that no header can carry is refused before anything is sent, and not shown."""
    with pytest.raises(KeyRefused) as refused:
        Asking("http://127.0.0.1:9", key)
    found = "other characters" if key else "nothing"
    assert str(refused.value) == (
        f"the key for http://127.0.0.1:9: expected letters, digits and dashes, found {found}. "
        "Copy the service key again, whole and alone, and export it anew."
    )


def test_a_day_that_is_used_up(served: Served, says: Say, time: Time) -> None:
    """The daily limit is not waited for: when it ends is said, in the account's time zone."""
    address = says(
        answer(
            429,
            '{"policyName": "DAILY"}',
            "X-HubSpot-RateLimit-Daily: 650000",
            "Date: Mon, 02 Mar 2026 20:00:00 GMT",
        )
    )
    with Asking(address, "local-token-1", clock=time, sleep=time.sleep) as one:
        with pytest.raises(DayUsedUp) as somewhere:
            one.get(DETAILS)
        one.zone = "Europe/Berlin"
        with pytest.raises(DayUsedUp) as used_up:
            one.get(DETAILS)
    remedy = "HubSpot allows new ones from {}: run it again then; it goes on where it ended."
    assert somewhere.value.remedy == remedy.format("midnight in the account's time zone")
    assert str(used_up.value) == (
        f"GET {DETAILS} at {address}: expected calls to be left for today, found 429: the 650,000 calls a day "
        "that the account allows are used up, by this key and all other apps together. "
        + remedy.format("midnight in Europe/Berlin (2026-03-03 00:00 +0100)")
    )
    assert time.slept == []


@pytest.mark.parametrize(
    ("body", "found"), [("[]", "a list"), ("null", "null"), ('"visitor-12"', "text"), ("true", "true or false")]
)
def test_json_that_is_no_object(says: Say, body: str, found: str) -> None:
    """Whole JSON that is no object is refused at once: it does not get better."""
    with Asking(says(answer(200, body)), "local-token-1") as one, pytest.raises(OddAnswer) as odd:
        one.get(DETAILS)
    assert (odd.value.expected, odd.value.found, one.calls) == ("an object", found, 1)


@pytest.mark.parametrize("body", ['{"results": [', "", "<html>", '{"n": NaN}', "[" * 100_000, "\udce4"])
def test_json_that_is_broken(says: Say, time: Time, body: str) -> None:
    """What nobody can read is asked for again, a few times, and then refused as odd."""
    text = body.encode("utf-8", "surrogateescape")
    raw = b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: %d\r\n\r\n%s" % (len(text), text)
    good = answer(200, '{"portalId": 1}')
    with Asking(says(raw, raw, good), "local-token-1", clock=time, sleep=time.sleep) as one:
        assert (one.get(DETAILS), one.calls) == ({"portalId": 1}, 3)
    with Asking(says(raw), "local-token-1", clock=time, sleep=time.sleep) as one:
        with pytest.raises(OddAnswer) as odd:
            one.get(DETAILS)
        what = "no whole JSON" if body else "nothing"
        assert (odd.value.expected, odd.value.found, one.calls) == (
            "a whole JSON object",
            f"200 with {what} in it, 6 times",
            6,
        )


def test_a_redirect_is_not_followed(served: Served, says: Say) -> None:
    """The key goes to no other address, whatever an answer says."""
    address = says(answer(302, "", f"Location: {served.address}{DETAILS}"))
    with Asking(address, served.token) as one, pytest.raises(AskRefused) as refused:
        one.get(DETAILS)
    assert (refused.value.status, served.control("GET", "requests").body["total"]) == (302, 0)


def test_what_is_repeated_of_others_words(says: Say) -> None:
    """A message that repeats the key or an address is shown without them, on one line."""
    said = f'{{"category": "VALIDATION_ERROR", "message": "{SECRET} and visitor-12@example.org\\nare local-t-1"}}'
    with Asking(says(answer(400, said)), "local-t-1") as one, pytest.raises(AskRefused) as refused:
        one.get(DETAILS)
    assert refused.value.found == r"400 VALIDATION_ERROR: pat-... and <address>\x0aare ..."


def test_a_wait_that_is_too_long(says: Say, time: Time) -> None:
    """A Retry-After beyond patience is told instead of waited for."""
    with (
        Asking(says(answer(429, "{}", "Retry-After: 3600")), "local-t-1", clock=time, sleep=time.sleep) as one,
        pytest.raises(Unreachable) as refused,
    ):
        one.get(DETAILS)
    assert (refused.value.found, time.slept) == ("429, and to ask again only in 3600 seconds", [])


def test_the_account_says_its_limits(served: Served) -> None:
    """What the account allows in a second, and what is left of its day, is known from the first answer on."""
    served.control("POST", "limits", {"enforced": True})
    with Asking(served.address, served.token) as one:
        before = one.per_second, one.left_today
        left = []
        for _ in range(3):
            one.get(DETAILS)
            left.append(one.left_today)
        assert left[0]
        assert (before, one.per_second, left) == ((10.0, None), 19.0, [left[0], left[0] - 1, left[0] - 2])
        assert len(list(one.each(Ask("GET", DETAILS) for _ in range(80)))) == 80
        one.get(DETAILS)
        assert (one.calls, one.left_today) == (84, left[0] - 83)


def test_a_certificate_that_nobody_knows() -> None:
    """It is not waited for that a certificate gets better, and the key is not sent."""
    server = started("--tls")
    try:
        with Asking(server.address, server.token) as one, pytest.raises(Unreachable) as refused:
            one.get(DETAILS)
    finally:
        server.process.kill()
        server.process.communicate()
    assert (refused.value.found, one.calls) == ("none (SSLError: see the address and its certificate)", 1)


def test_the_time_is_hubspots(served: Served, asking: Asking, time: Time) -> None:
    """After an answer `now` is what the account's clock says, to the second, and runs on between answers."""
    served.control("POST", "clock", {"set": "2027-03-01T08:00:00Z", "running": False})
    asking.get(DETAILS)
    first = asking.now()
    time.seconds += 0.5
    later = asking.now()
    served.control("POST", "clock", {"advance": 3600})
    asking.get(DETAILS)
    assert (first, later, asking.now()) == (1_803_888_000_000, 1_803_888_000_500, 1_803_891_600_000)


def test_the_time_without_an_answer(says: Say) -> None:
    """Before an answer, and where answers name no date, it is the machine's."""
    with Asking(says(answer(200, "{}")), "local-t-1") as one:
        one.get(DETAILS)
        assert abs(one.now() - machine() * 1000) < 60_000
