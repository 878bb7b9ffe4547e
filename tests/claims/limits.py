"""How much may be asked: in ten seconds, in a day, in a second of searching, and what does not count?"""

from tests.claims.access import EVERY, asks
from tests.claims.claim import DOCUMENTED, GUESSED, GUIDE, OURS, SEEN, SPEC, answer, effect, refusal
from tests.claims.emails import email, sent_to
from tests.claims.hub import Answer, Hub

GUIDELINES = f"{GUIDE}: usage guidelines"
DETAILS, SEARCH = "account GET /details", "objects POST /{objectType}/search"
SENDS = ("single-send POST /send", "marketing-single-send POST /single-send")
SEARCHES = tuple(name for name in EVERY if name.endswith("/search"))
NO_BURST = ("flows POST", "flows PUT /{flowId}", *(name for name in EVERY if name.startswith("associations ")))
COUNTED = tuple(name for name in EVERY if name not in (*SENDS, *SEARCHES, *NO_BURST))
FIND_ALL = {"filterGroups": [], "properties": [], "sorts": [], "limit": 10, "after": "0"}
BURSTS = (
    ("free", False, 100),
    ("starter", False, 100),
    ("public-app", False, 110),
    ("professional", False, 190),
    ("enterprise", False, 190),
    ("free", True, 250),
    ("enterprise", True, 250),
)


def policy(read: Answer) -> str:
    """The policy that refuses; "" when none does."""
    return str(read.body["policyName"]) if read.status == 429 else ""


def limit_headers(read: Answer) -> dict[str, str]:
    """What the answer says of limits."""
    prefix = "X-HubSpot-RateLimit-"
    return {name.removeprefix(prefix): value for name, value in read.headers.items() if name.startswith(prefix)}


@refusal(*COUNTED, types=("tickets",), mark=DOCUMENTED, source=GUIDELINES)
def the_burst(hub: Hub) -> None:
    """An operation counts for its app's ten seconds, and one too many is a 429 of the policy TEN_SECONDLY_ROLLING."""
    hub.by_hand.limits(burst=2, daily=1_000)
    assert [policy(asks(hub)) for _ in range(3)] == ["", "", "TEN_SECONDLY_ROLLING"]
    hub.by_hand.clock.advance(10)
    assert policy(asks(hub)) == ""


@refusal(*NO_BURST, types=("tickets",), mark=DOCUMENTED, source=f"{GUIDELINES}; {SPEC} for what is exempt")
def the_day_alone(hub: Hub) -> None:
    """What the specs exempt from the ten seconds counts for the day, whose last request is followed by a 429 DAILY."""
    hub.by_hand.limits(burst=1, daily=3)
    assert [policy(asks(hub)) for _ in range(4)] == ["", "", "", "DAILY"]


@refusal(*COUNTED, types=("tickets",), mark=DOCUMENTED, source=GUIDELINES)
def the_day(hub: Hub) -> None:
    """The day's limit is the account's, over all its apps, until midnight of its zone."""
    hub.by_hand.limits(daily=2)
    hub.call(DETAILS, token=hub.account.app("oauth"))
    assert [policy(asks(hub)) for _ in range(2)] == ["", "DAILY"]
    hub.by_hand.clock.run_until("2026-03-02T22:59:59Z")
    assert policy(asks(hub)) == "DAILY"
    hub.by_hand.clock.run_until("2026-03-02T23:00:00Z")
    assert policy(asks(hub)) == ""


@refusal(
    *SEARCHES, types=("tickets",), mark=DOCUMENTED, source=f"{GUIDE}: search (five a second; older texts say four)"
)
def searches(hub: Hub) -> None:
    """An account searches five times a second, whichever app asks; searches count for no ten seconds."""
    hub.by_hand.limits(burst=1)
    other = hub.account.app("tickets")
    read = [hub.does(FIND_ALL, token=other if number % 2 else None) for number in range(6)]
    assert [policy(one) for one in read] == [""] * 5 + ["SECONDLY"]
    assert [limit_headers(one) for one in read] == [{}] * 6
    assert policy(hub.call(DETAILS)) == ""
    hub.by_hand.clock.advance(1)
    assert policy(hub.does(FIND_ALL)) == ""


@refusal(*SEARCHES, types=("tickets",), mark=GUESSED, source=f"{OURS}: the guidelines exempt no search from the day")
def searches_count_for_the_day(hub: Hub) -> None:
    """A search is one of the day's requests: too many of them stop everything, and too many others stop it."""
    hub.by_hand.limits(daily=3)
    assert policy(hub.call(DETAILS)) == ""
    assert [policy(hub.does(FIND_ALL)) for _ in range(3)] == ["", "", "DAILY"]
    assert policy(hub.call(DETAILS)) == "DAILY"


@effect(*SENDS, mark=DOCUMENTED, source=f"{SPEC}: x-hubspot-rate-limit-exemptions")
def sends_are_exempt(hub: Hub) -> None:
    """An e-mail leaves also when the ten seconds and the day are used up."""
    hub.by_hand.limits(burst=1, daily=1)
    hub.call(DETAILS)
    assert hub.call(DETAILS).status == 429
    for number in range(2):
        assert hub.does(email("visitor-8@example.org", f"17-{number}")).status == 200
    assert len(sent_to(hub, "visitor-8@example.org")) == 2


@refusal(DETAILS, mark=DOCUMENTED, source=f"{GUIDELINES}, and the changelog of raised limits")
def bursts_by_plan(hub: Hub) -> None:
    """Ten seconds have 100 requests, 190 from professional on, 250 with the limit pack; a marketplace app has 110."""
    for plan, pack, burst in BURSTS:
        hub.by_hand.limits(plan, pack=pack)
        assert [policy(hub.does()) for _ in range(burst)] == [""] * burst
        assert policy(hub.does()) == "TEN_SECONDLY_ROLLING"


@refusal(DETAILS, mark=DOCUMENTED, source=f"{GUIDELINES}: the policy rolls")
def the_window_rolls(hub: Hub) -> None:
    """What was asked ten seconds ago no longer counts, and what was asked since still does."""
    hub.by_hand.limits(burst=2)
    hub.does()
    hub.by_hand.clock.advance(6)
    hub.does()
    hub.by_hand.clock.advance(4)
    assert [policy(hub.does()) for _ in range(2)] == ["", "TEN_SECONDLY_ROLLING"]


@refusal(DETAILS, mark=DOCUMENTED, source=GUIDELINES)
def each_app_for_itself(hub: Hub) -> None:
    """One app that has asked too much does not stop another."""
    hub.by_hand.limits(burst=1)
    other = hub.account.app("oauth")
    assert [policy(hub.does()), policy(hub.does()), policy(hub.does(token=other))] == ["", "TEN_SECONDLY_ROLLING", ""]


@refusal(DETAILS, mark=GUESSED, source=OURS)
def what_is_refused_counts_for_nothing(hub: Hub) -> None:
    """Requests over the limit use up neither the ten seconds that follow nor the day."""
    hub.by_hand.limits(burst=1, daily=10)
    hub.does()
    hub.by_hand.clock.advance(9)
    assert [policy(hub.does()) for _ in range(3)] == ["TEN_SECONDLY_ROLLING"] * 3
    hub.by_hand.clock.advance(1)
    assert limit_headers(hub.does())["Daily-Remaining"] == "8"


@answer(DETAILS, mark=DOCUMENTED, source=f"{GUIDELINES}; that the two of a second are still sent: {SEEN}")
def headers_count_down(hub: Hub) -> None:
    """Every answer says how much may be asked and what is left of it, also one that refuses something else."""
    hub.by_hand.limits("professional")
    first = {
        "Max": "190",
        "Remaining": "189",
        "Interval-Milliseconds": "10000",
        "Secondly": "19",
        "Secondly-Remaining": "18",
        "Daily": "650000",
        "Daily-Remaining": "649999",
    }
    assert limit_headers(hub.does()) == first
    refused = hub.call("owners GET /{ownerId}", ownerId="1")
    assert refused.status == 404
    second = {"Remaining": "188", "Secondly-Remaining": "17", "Daily-Remaining": "649998"}
    assert limit_headers(refused) == first | second
    hub.by_hand.clock.advance(1)
    later = {"Remaining": "187", "Secondly-Remaining": "18", "Daily-Remaining": "649997"}
    assert limit_headers(hub.does()) == first | later


@answer(DETAILS, mark=GUESSED, source=OURS)
def no_day_for_the_marketplace(hub: Hub) -> None:
    """A marketplace app has no daily limit, and no header says one."""
    days = []
    for plan in ("public-app", "free"):
        hub.by_hand.limits(plan)
        headers = limit_headers(hub.does())
        days.append((headers.get("Daily"), headers.get("Daily-Remaining")))
    assert days == [(None, None), ("250000", "249998")]


@refusal(DETAILS, mark=DOCUMENTED, source=f"{GUIDELINES}; the body's keys: {SEEN}")
def how_it_is_said(hub: Hub) -> None:
    """A 429 names its policy and group in HubSpot's own keys, and says that nothing remains."""
    hub.by_hand.limits(burst=1)
    hub.does()
    refused = hub.does()
    assert refused.body == {
        "status": "error",
        "message": "You have reached your ten_secondly_rolling limit.",
        "correlationId": refused.body["correlationId"],
        "category": "RATE_LIMITS",
        "errorType": "RATE_LIMIT",
        "policyName": "TEN_SECONDLY_ROLLING",
        "groupName": "publicapi:private-apps:oauth-apps",
        "requestId": refused.body["correlationId"],
    }
    assert limit_headers(refused)["Remaining"] == "0"


@refusal(DETAILS, mark=GUESSED, source=f"{OURS}: HubSpot speaks of Retry-After for the webhooks of workflows alone")
def no_retry_after(hub: Hub) -> None:
    """A 429 does not say in a Retry-After how long to wait."""
    hub.by_hand.limits(burst=1)
    hub.does()
    refused = hub.does()
    assert (refused.status, "retry-after" in {name.lower() for name in refused.headers}) == (429, False)


@refusal("objects POST /{objectType}", types=("tickets",), mark=GUESSED, source=OURS)
def nothing_is_done_over_the_limit(hub: Hub) -> None:
    """A write that is refused for a limit has written nothing."""
    before = hub.listed("tickets")
    hub.by_hand.limits(burst=1)
    body = {"properties": hub.sample("tickets"), "associations": []}
    assert [hub.does(body).status for _ in range(2)] == [201, 429]
    hub.by_hand.unlimited()
    assert len(hub.listed("tickets")) == len(before) + 1
