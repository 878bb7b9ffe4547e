"""One HubSpot account, read at its limit: every call that the report makes goes through here.

Only reads are made, so whatever may pass is asked again. A key stands in one header and nowhere else.
"""

import threading
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any, Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import requests

from report.asking import crew
from report.asking.account_clock import AccountClock
from report.asking.answers import Again, asked_to_wait, judged, policy_of
from report.asking.lanes import Lanes
from report.asking.pace import Kind, Pace, kind_of, number
from report.asking.patience import PATIENCE, Patience, unreachable
from report.asking.refusals import BudgetSpent, DayUsedUp, KeyRefused
from report.asking.wire import Heard, Query, Wire

READING_POSTS = ("/search", "/batch/read")
NO_ADDRESS = (requests.exceptions.InvalidURL, requests.exceptions.InvalidSchema, requests.exceptions.MissingSchema)


@dataclass(frozen=True, slots=True)
class Ask:
    """One read; `tag` is the asker's own. A record that is not there is {} with `missing_ok`."""

    method: str
    path: str
    query: Query | None = None
    body: Any = None
    tag: Any = None
    missing_ok: bool = False


class Asking:
    """One account, with one key."""

    def __init__(
        self,
        host: str,
        token: str,
        *,
        budget: int | None = None,
        most_at_once: int = 16,
        patience: float = PATIENCE,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], object] | None = None,
    ) -> None:
        """`budget`: calls it may make at most. `clock` and `sleep`: the time it keeps, and how it passes."""
        self.host = host.rstrip("/")
        if not token or not token.isascii() or not token.isprintable() or " " in token:
            raise KeyRefused(
                f"the key for {self.host}",
                expected="letters, digits and dashes",
                found="nothing" if not token else "other characters",
                remedy="Copy the service key again, whole and alone, and export it anew.",
            )
        self.calls = 0
        """Requests made; those that had to be repeated count each time."""
        self.waiting = 0.0
        """Seconds that it has waited for HubSpot's limits."""
        self.zone = ""
        """The account's time zone where it is known: a day's limit ends at its midnight."""
        self._token, self._budget, self._patience, self._most = token, budget, patience, most_at_once
        self._clock, self._sleep = clock, sleep
        self._wire = Wire(self.host, token, most_at_once)
        self._pace = Pace(clock)
        self._lanes = Lanes(most_at_once)
        self._time = AccountClock(clock)
        self._lock = threading.Lock()
        self._gates = {kind: threading.Lock() for kind in Kind}
        self._success: float | None = None  # when HubSpot last did not fail
        self._crews: set[crew.Crew[Ask, dict[str, Any]]] = set()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End whatever is under way."""
        for each in list(self._crews):
            each.stop()
        self._wire.close()

    @property
    def left(self) -> int | None:
        """Calls that the budget still allows; None without one."""
        return None if self._budget is None else max(self._budget - self.calls, 0)

    @property
    def per_second(self) -> float:
        """Calls a second that the account allows."""
        return self._pace.per_second

    @property
    def left_today(self) -> int | None:
        """Calls that the account allows all its apps until midnight; None until it has said."""
        return self._pace.left_today

    def now(self) -> int:
        """Epoch milliseconds by HubSpot's own clock; by the machine's until an answer came."""
        return self._time.now()

    def get(self, path: str, query: Query | None = None, *, missing_ok: bool = False) -> dict[str, Any]:
        """One GET; with `missing_ok` what is not there is {}."""
        return self._answer(Ask("GET", path, query, missing_ok=missing_ok), self._rest)

    def post(self, path: str, body: Any) -> dict[str, Any]:
        """One POST that reads: a search, or a batch."""
        return self._answer(Ask("POST", path, body=body), self._rest)

    def each(self, calls: Iterable[Ask]) -> Iterator[tuple[Ask, dict[str, Any]]]:
        """All of them, several at once; answers come as they come. The first Refused ends it, after what is under way.

        `calls` is taken from in the caller's thread, and only a little ahead.
        """
        with crew.Crew(self._answer, self._most, self._wire.cut, self._sleep, gentle=BudgetSpent) as several:
            self._crews.add(several)
            try:
                yield from several.each(calls)
            finally:
                self._crews.discard(several)

    def _rest(self, seconds: float) -> None:
        if seconds > 0:
            (self._sleep or time.sleep)(seconds)

    def _answer(self, ask: Ask, rest: Callable[[float], None]) -> dict[str, Any]:
        """One read, asked until it is answered; `rest` waits, and raises when nobody waits for the answer any more."""
        if ask.method != "GET" and not (ask.method == "POST" and ask.path.endswith(READING_POSTS)):
            raise ValueError(f"{ask.method} {ask.path}: expected a read, found what may change the account.")
        where, patience = f"{ask.method} {ask.path} at {self.host}".replace(self._token, "..."), None
        while True:
            found = self._attempt(ask, where, rest)
            if not isinstance(found, Again):
                self._lanes.better()
                return found
            patience = patience or Patience(where, self._patience)
            rest(patience.wait(found, self._clock(), self._success))

    def _attempt(self, ask: Ask, where: str, rest: Callable[[float], None]) -> dict[str, Any] | Again:
        """One request, when the limits allow it."""
        kind = kind_of(ask.path)
        with self._lanes.one(lambda: rest(0)):
            self._spend(where)
            try:
                sent = self._turn(kind, rest)
            except BaseException:
                self._spend(where, -1)  # it was never made
                raise
            try:
                heard = self._wire.send(ask.method, ask.path, ask.query, ask.body)
            except requests.RequestException as problem:
                if isinstance(problem, NO_ADDRESS) or "CERTIFICATE_VERIFY_FAILED" in str(problem):
                    found = f"none ({type(problem).__name__}: see the address and its certificate)"
                    raise unreachable(where, found) from None
                self._lanes.worse()
                return Again(f"none ({type(problem).__name__})")
        self._time.heard(heard.headers.get("Date", ""), heard.took)
        if heard.status not in (200, 207):
            heard = replace(heard, body=heard.body.replace(self._token.encode(), b"..."))
        self._weigh(kind, sent, where, heard)
        return judged(where, ask.path, heard, missing_ok=ask.missing_ok)

    def _spend(self, where: str, calls: int = 1) -> None:
        with self._lock:
            if self._budget is not None and self.calls + calls > self._budget:
                raise BudgetSpent(where, self._budget)
            self.calls += calls

    def _turn(self, kind: Kind, rest: Callable[[float], None]) -> float:
        """Wait until a call may begin; the moment at which it does. They wait in a row, one gate per limit."""
        with self._gates[kind]:
            rest(0)
            while wait := self._pace.take(kind):
                begun = self._clock()
                rest(wait)
                self.waiting += self._clock() - begun
            return self._clock()

    def _weigh(self, kind: Kind, sent: float, where: str, heard: Heard) -> None:
        """What an answer says of the limits."""
        after = asked_to_wait(heard.headers)
        if heard.status != 429:
            self._pace.heard(kind, sent, heard.headers)
            if heard.status < 500:
                self._success = self._clock()
            else:
                self._lanes.worse()
                self._pace.hold(min(after or 0.0, self._patience))
            return
        if "DAILY" in policy_of(heard):
            daily = number(heard.headers, "X-HubSpot-RateLimit-Daily")
            raise DayUsedUp(where, f"{daily:,}" if daily else "", self._midnight())
        if after is not None and after > self._patience:
            raise unreachable(where, f"429, and to ask again only in {after:.0f} seconds")
        self._lanes.worse()
        self._pace.refused(kind, sent, heard.headers, after)

    def _midnight(self) -> str:
        """When a day's limit ends (documented: at midnight in the account's time zone)."""
        try:
            here = datetime.fromtimestamp(self.now() / 1000, UTC).astimezone(ZoneInfo(self.zone))
        except (ZoneInfoNotFoundError, ValueError, OSError):
            return "midnight in the account's time zone"
        next_day = datetime.combine(here.date() + timedelta(days=1), datetime.min.time(), here.tzinfo)
        return f"midnight in {self.zone} ({next_day:%Y-%m-%d %H:%M %z})"
