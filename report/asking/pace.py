"""When may the next call begin, so that HubSpot's limits are used and not run into?

Ordinary calls count in a rolling window that HubSpot names in its headers (documented); searches have a limit of their
own and no headers (documented); associations count only for the day (documented: the specs' exemptions). An account
that sends no such headers is taken to have no limit until it says 429 (guessed; a local one without limits does so).
"""

import threading
from collections.abc import Callable, Mapping
from enum import Enum

from report.asking.window import Window

USED = 0.97  # of the allowance; the rest is for calls that arrive closer together than they left
LEAST = 0.05  # of the allowance, however much others use: it is from answers that one learns that it is free again
SMALLEST, SPAN = 100, 10.0  # of all plans (documented)
LATER = 0.1  # seconds added to a span, for the same reason as USED
SEARCHES, A_SECOND = 5, 1.0  # per account (documented; older texts say 4)
RECOVERY = 0.05  # of a search a second more, for each that succeeds
FIRST_HOLD, LONGEST_HOLD = 0.5, 4.0  # seconds after a 429 that does not say how long

Headers = Mapping[str, str]


class Kind(Enum):
    """Which limit a call counts for."""

    ORDINARY = "ordinary"
    SEARCH = "search"
    ASSOCIATIONS = "associations"


def kind_of(path: str) -> Kind:
    """By its path, as HubSpot's specs exempt them (documented); a record's own associations are no exception."""
    if path.startswith(("/crm/associations/", "/crm/v4/associations/")):
        return Kind.ASSOCIATIONS
    return Kind.SEARCH if path.startswith("/crm/") and path.endswith("/search") else Kind.ORDINARY


class Pace:
    """The limits of one account, as its answers tell them."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._windows = {
            Kind.ORDINARY: Window(SPAN + LATER),
            Kind.SEARCH: Window(A_SECOND + LATER / 2, at_once=0.0),
            Kind.ASSOCIATIONS: Window(SPAN),
        }
        self._held = dict.fromkeys(Kind, float("-inf"))
        self._refused = dict.fromkeys(Kind, 0)
        self._burst = 0  # what HubSpot allows in a span; 0: it has not said
        self._searches = float(SEARCHES)
        self._others = 0  # of the calls of the last span
        self.left_today: int | None = None

    @property
    def per_second(self) -> float:
        """What the account allows; what the smallest plan does, as long as it has not said."""
        window = self._windows[Kind.ORDINARY]
        return (self._burst or SMALLEST) / (window.seconds - LATER)

    def take(self, kind: Kind) -> float:
        """Let one call begin now (0.0), or say in how many seconds to ask again."""
        with self._lock:
            now, window, allowed = self._clock(), self._windows[kind], self._allowed(kind)
            held = self._held[kind] - now
            wait = max(held, window.wait(now, allowed) if allowed else 0.0)
            if wait <= 0:
                window.take(now, allowed or SMALLEST)
            return max(wait, 0.0)

    def heard(self, kind: Kind, sent: float, headers: Headers) -> None:
        """An answer that is no 429 came to a call that was sent at that moment."""
        with self._lock:
            self._refused[kind] = 0
            self._learn(kind, sent, headers)
            if kind is Kind.SEARCH:
                self._searches = min(self._searches + RECOVERY, SEARCHES)

    def refused(self, kind: Kind, sent: float, headers: Headers, after: float | None) -> float:
        """A 429 came: nothing of its kind begins for as long as it says, or a little longer each time; how long."""
        with self._lock:
            now = self._clock()
            if sent >= self._held[kind]:  # those that were under way together are refused together, and count once
                self._refused[kind] += 1
            self._learn(kind, sent, headers)
            if kind is Kind.ORDINARY:
                self._burst = self._burst or SMALLEST
            if kind is Kind.SEARCH:  # others search too
                self._searches = max(1.0, self._searches - 1)
            growing = min(FIRST_HOLD * 2.0 ** (self._refused[kind] - 1), LONGEST_HOLD)
            self._held[kind] = max(self._held[kind], now + (after or growing))
            return max(self._held[kind] - now, 0.0)

    def hold(self, seconds: float) -> None:
        """Nothing at all begins for so long: HubSpot said so of itself."""
        with self._lock:
            until = self._clock() + seconds
            self._held = {kind: max(held, until) for kind, held in self._held.items()}

    def _allowed(self, kind: Kind) -> int:
        """Calls in a span; 0: any number."""
        if kind is Kind.SEARCH:
            return int(self._searches)
        if kind is Kind.ASSOCIATIONS or not self._burst:
            return 0
        return max(int(self._burst * USED) - self._others, int(self._burst * LEAST), 1)

    def _learn(self, kind: Kind, sent: float, headers: Headers) -> None:
        """How much there is, and how much of it others use. Ours are counted high, so theirs are never overrated."""
        if kind is not Kind.ORDINARY:
            return
        today = number(headers, "X-HubSpot-RateLimit-Daily-Remaining")
        self.left_today = self.left_today if today is None else today
        burst = number(headers, "X-HubSpot-RateLimit-Max")
        if not burst:
            return
        self._burst, window = burst, self._windows[kind]
        window.seconds = (number(headers, "X-HubSpot-RateLimit-Interval-Milliseconds") or SPAN * 1000) / 1000 + LATER
        remaining = number(headers, "X-HubSpot-RateLimit-Remaining")
        if remaining is not None:
            ours = window.since(sent - window.seconds)
            self._others = min(max(burst - remaining - ours, 0), burst)


def number(headers: Headers, name: str) -> int | None:
    """A header's whole number; None where there is none."""
    text = headers.get(name, "").strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 12 else None
