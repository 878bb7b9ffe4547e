"""One run among several: what it waits for, how far its time has come, and how it is ended from outside."""

import math
import queue
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from harness.clock import Clock
from harness.portal import Request, Response
from harness.runtime.facts import Facts
from harness.runtime.outcome import Outcome
from harness.runtime.visit import Visit

Wish = Request | float
"""An API call, or so many seconds of sleep."""


class Seat:
    """What the runtime sees of the conductor, and the conductor of one run. Held on the run's own thread."""

    def __init__(self, number: int, name: str, clock: Clock, heard: "queue.SimpleQueue[Seat]") -> None:
        self.number = number
        self.name = name
        self.began: datetime = clock.now()
        self.wish: Wish | None = None
        """What it waits to be granted."""
        self.asked = 0
        """How many things it has been granted or has waited for."""
        self.asleep = False
        """Granted, but only at a later moment."""
        self.outcome: Outcome | None = None
        self.failure: BaseException | None = None
        self.gone = False
        self._clock = clock
        self._heard = heard
        self._granted: queue.SimpleQueue[Response | None] = queue.SimpleQueue()
        self._ended: str | None = None
        self._visit: Visit | None = None

    @property
    def elapsed(self) -> float:
        """Seconds since it began, by the portal's clock."""
        return (self._clock.now() - self.began).total_seconds()

    def answer(self, request: Request) -> Response:
        """The portal's answer, when it is this run's turn; a run that was ended meanwhile gets none."""
        return self._hold(request) or Response(503, fault="drop")

    def sleep(self, seconds: float) -> None:
        """Return when so much time has passed, and it is this run's turn."""
        self._hold(seconds)

    def takes(self, visit: Visit) -> None:
        """The run is about to begin; it may have been ended before."""
        self._visit = visit
        if self._ended is not None:
            visit.end()

    def corrected(self, facts: Facts) -> Facts:
        """Its time is the portal's, and so is its deadline; what never asked has taken all the time there was."""
        if self._ended == "timeout" or self.overdue:
            return replace(facts, took_s=math.inf, cause="timeout")
        return replace(facts, took_s=self.elapsed)

    @property
    def patience(self) -> float:
        """Seconds that it waits for the answer it has asked for."""
        return self._visit.patience if self._visit is not None else math.inf

    @property
    def overdue(self) -> bool:
        """Was it ended by the machine's time, because it asked for nothing?"""
        return self._visit is not None and self._visit.overdue

    def grant(self, response: Response | None) -> None:
        """It may go on."""
        self.wish, self.asleep = None, False
        self._granted.put(response)

    def end(self, cause: str) -> None:
        """It ends here, whatever it was about to do."""
        self._ended = self._ended or cause
        if self._visit is not None:
            self._visit.end()
        self.grant(None)

    def play(self, run: Callable[[], Outcome]) -> None:
        """Make the run, on its own thread, and say when it is gone."""
        try:
            self.outcome = run()
        except BaseException as failure:  # noqa: BLE001 - raised again where the clock is moved
            self.failure = failure
        self.gone = True
        self._heard.put(self)

    def _hold(self, wish: Wish) -> Response | None:
        if self._ended is not None:
            return None
        self.wish = wish
        self._heard.put(self)
        return self._granted.get()
