"""One kind of weather as data: what it does, to which requests, how often, how likely, from when until when."""

import random
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

import msgspec

from harness.portal import patterns
from harness.portal.refusals import RateLimited, Refusal

LAGS = {"search_lags": "search", "associations_lag": "associations"}
"""The kinds that are no fault of a request, and which of the account's lags each is."""
DROP, KILL, CUT, STALL, REPEAT = "drop", "kill", "cut", "stall", "repeat"
THREAD_LISTS = "GET ^/conversations/.*/threads/?$"
LONGEST_PATH = 250  # characters of a path that a route is looked for in; ours
TEXTS = {
    423: "The resource is locked. Wait at least two seconds.",
    500: "internal error",
    502: "Bad Gateway",
    503: "Service Unavailable",
    504: "Gateway Timeout",
    524: "A timeout occurred",
}


class Rule(msgspec.Struct, forbid_unknown_fields=True):
    """One kind of weather, as seed files and the serving portal's controls write it.

    It strikes `times` requests; when that is not said one, or with a probability or an end as many as come. `route` is
    "POST /crm/objects", a fragment or a regular expression of the path, with or without a method.
    """

    kind: Literal[
        "busy", "breaks", "drops", "kills", "cuts", "slow", "stalls", "repeats", "search_lags", "associations_lag"
    ]
    times: int | None = None
    route: str = ""
    probability: float = 1.0
    start: datetime | None = None
    end: datetime | None = None
    status: int | None = None  # busy: 429, breaks: 502
    retry_after: int | None = None  # busy: seconds
    after_write: bool = False  # breaks, drops, kills: the deed is done, only its answer is lost
    seconds: float = 1.0  # slow: how long the answer takes; the lags: how far behind, until they are set anew
    at_call: int = 1  # kills: the so-many-th request from now


@dataclass(frozen=True, slots=True)
class Fault:
    """What happens to one request."""

    kind: str  # "refuse", "drop", "kill", "cut", "stall" or "repeat"
    status: int = 0
    after_write: bool = False  # the request is carried out, only its answer is lost
    retry_after: int | None = None

    @property
    def before(self) -> bool:
        """Whether it strikes before anything is done."""
        return self.kind in ("refuse", DROP, KILL) and not self.after_write

    def refusal(self) -> Refusal:
        """The answer in place of the real one."""
        headers = {"Retry-After": str(self.retry_after)} if self.retry_after is not None else {}
        if self.status == 429:
            return RateLimited("TEN_SECONDLY_ROLLING", headers | _limit_headers())
        return Refusal(self.status, "INTERNAL_ERROR", TEXTS.get(self.status, "internal error"), headers=headers)


@dataclass(slots=True)
class Active:
    """A rule, and how much of it is left."""

    rule: Rule
    matches: Callable[[str, str], bool]
    left: int | None  # None: as many as come
    wait: int  # requests that still pass unharmed

    def strikes(self, now: datetime, chance: random.Random) -> bool:
        """Whether it strikes a request that it is meant for; the dice are thrown only then."""
        rule = self.rule
        if (rule.start and now < rule.start) or (rule.end and now >= rule.end):
            return False
        if self.wait:
            self.wait -= 1
            return False
        return rule.probability >= 1 or chance.random() < rule.probability


def check(rule: Rule) -> None:
    wrong = ""
    if not 0 <= rule.probability <= 1:
        wrong = f"expected a probability from 0 to 1, found {rule.probability}"
    elif rule.status is not None and not 400 <= rule.status <= 599:
        wrong = f"expected a status from 400 to 599, found {rule.status}"
    elif (rule.times or 0) < 0 or rule.at_call < 1 or not 0 <= rule.seconds <= 3600:
        wrong = "expected times of 0 or more, at_call of 1 or more, and up to 3600 seconds, found another"
    elif (rule.retry_after or 0) < 0:
        wrong = f"expected a retry_after of 0 or more, found {rule.retry_after}"
    elif any(at is not None and at.tzinfo is None for at in (rule.start, rule.end)):
        wrong = "expected start and end with a time zone, found one without"
    elif rule.kind in LAGS and rule != Rule(rule.kind, seconds=rule.seconds):
        wrong = "expected seconds alone, for it lasts until it is set anew, found more"
    elif heavy := patterns.problem(rule.route):
        wrong = f"expected as route {heavy}"
    if wrong:
        raise ValueError(f"weather {rule.kind}: {wrong}")
    try:
        re.compile(rule.route)
    except re.error as error:
        raise ValueError(f"weather {rule.kind}: expected a regular expression as route, found {error}") from None


def fault_of(rule: Rule) -> Fault:
    if rule.kind in ("busy", "breaks"):
        usual = 429 if rule.kind == "busy" else 502
        return Fault("refuse", rule.status or usual, rule.after_write, rule.retry_after)
    kinds = {"drops": DROP, "kills": KILL, "cuts": CUT, "stalls": STALL, "repeats": REPEAT}
    return Fault(kinds[rule.kind], after_write=rule.after_write)


def matcher(route: str) -> Callable[[str, str], bool]:
    method, _, rest = route.partition(" ") if re.match(r"[A-Z]+ ", route) else ("", "", route)
    pattern = re.compile(rest)
    return lambda asked, path: method in ("", asked) and pattern.search(path[:LONGEST_PATH]) is not None


def _limit_headers() -> dict[str, str]:
    """Documented names; the figures are those of a professional account's private app."""
    return {
        "X-HubSpot-RateLimit-Max": "190",
        "X-HubSpot-RateLimit-Remaining": "0",
        "X-HubSpot-RateLimit-Interval-Milliseconds": "10000",
        "X-HubSpot-RateLimit-Daily": "650000",
        "X-HubSpot-RateLimit-Daily-Remaining": "650000",
    }
