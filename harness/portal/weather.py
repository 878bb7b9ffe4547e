"""What goes wrong on the way: refusals, outages, lost connections, killed runs. Only when asked for."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from harness.clock import Clock, Moment, moment
from harness.portal.refusals import Refusal

DROP, KILL = "drop", "kill"
TEXTS = {
    429: "You have reached your ten_secondly_rolling limit.",
    423: "The resource is locked. Wait at least two seconds.",
    500: "internal error",
    502: "Bad Gateway",
    503: "Service Unavailable",
    504: "Gateway Timeout",
    524: "A timeout occurred",
}


@dataclass(frozen=True, slots=True)
class Fault:
    """What happens to one request."""

    kind: str  # "refuse", "drop" or "kill"
    status: int = 0
    after_write: bool = False  # the request is carried out, only its answer is lost
    retry_after: int | None = None

    def refusal(self) -> Refusal:
        """The answer in place of the real one."""
        headers = {"Retry-After": str(self.retry_after)} if self.retry_after is not None else {}
        text = TEXTS.get(self.status, "internal error")
        if self.status != 429:
            return Refusal(self.status, "INTERNAL_ERROR", text, headers=headers)
        extra = {
            "errorType": "RATE_LIMIT",
            "policyName": "TEN_SECONDLY_ROLLING",
            "groupName": "publicapi:private-apps:oauth-apps",
        }
        return Refusal(429, "RATE_LIMITS", text, headers=headers | _limit_headers(), extra=extra)


@dataclass(slots=True)
class _Rule:
    fault: Fault
    matches: Callable[[str, str], bool]
    left: int = 1
    wait: int = 0  # requests that still pass unharmed


@dataclass(slots=True)
class _Outage:
    start: datetime
    end: datetime
    status: int


@dataclass(slots=True)
class Weather:
    """The faults to come, in the order they were asked for."""

    clock: Clock
    _rules: list[_Rule] = field(default_factory=list)
    _outages: list[_Outage] = field(default_factory=list)

    def busy(self, times: int = 1, status: int = 429, route: str | None = None, retry_after: int | None = None) -> None:
        """The next requests are refused before anything is done."""
        self._add(Fault("refuse", status, retry_after=retry_after), times, route)

    def breaks(self, times: int = 1, status: int = 502, after_write: bool = False, route: str | None = None) -> None:
        """The next requests end in a 5xx, before or after what they asked for was done."""
        self._add(Fault("refuse", status, after_write), times, route)

    def drops(self, times: int = 1, after_write: bool = False, route: str | None = None) -> None:
        """The next requests get no answer: the connection closes."""
        self._add(Fault(DROP, 0, after_write), times, route)

    def kills(self, at_call: int = 1, after_write: bool = True, route: str | None = None) -> None:
        """The run that makes the so-many-th request from now dies there."""
        self._add(Fault(KILL, 0, after_write), 1, route, wait=at_call - 1)

    def outage(self, start: Moment, end: Moment, status: int = 503) -> None:
        """Nothing works from one moment to another."""
        self._outages.append(_Outage(moment(start), moment(end), status))

    def clears(self) -> None:
        """Nothing goes wrong from here on."""
        self._rules.clear()
        self._outages.clear()

    def strike(self, method: str, path: str) -> Fault | None:
        """What happens to this request; None: nothing."""
        now = self.clock.now()
        for outage in self._outages:
            if outage.start <= now < outage.end:
                return Fault("refuse", outage.status)
        struck: Fault | None = None
        for rule in self._rules:
            if not rule.left or not rule.matches(method, path):
                continue
            if rule.wait:
                rule.wait -= 1  # counts every request, also one that another rule strikes
            elif struck is None:
                rule.left -= 1
                struck = rule.fault
        return struck

    def _add(self, fault: Fault, times: int, route: str | None, wait: int = 0) -> None:
        self._rules = [rule for rule in self._rules if rule.left]
        self._rules.append(_Rule(fault, _matcher(route), times, wait))


def _matcher(route: str | None) -> Callable[[str, str], bool]:
    """From "POST /crm/objects", a fragment or a regular expression of the path, with or without a method."""
    route = route or ""
    method, _, rest = route.partition(" ") if re.match(r"[A-Z]+ ", route) else ("", "", route)
    pattern = re.compile(rest)
    return lambda asked, path: method in ("", asked) and pattern.search(path) is not None


def _limit_headers() -> dict[str, str]:
    """Documented names; the figures are those of a professional account's private app."""
    return {
        "X-HubSpot-RateLimit-Max": "190",
        "X-HubSpot-RateLimit-Remaining": "0",
        "X-HubSpot-RateLimit-Interval-Milliseconds": "10000",
        "X-HubSpot-RateLimit-Daily": "650000",
        "X-HubSpot-RateLimit-Daily-Remaining": "650000",
    }
