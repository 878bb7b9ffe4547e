"""Whose turn is it? The seed says, each time that every run that is alive waits for something or has ended.

One clock for all: the portal's. Runs that begin at one moment are alive at once; an API call takes no time; a sleep
and a late answer take theirs, by that clock, in which the other runs go on and the flows do, too. So what the portal
writes carries the moment that the run which asked for it sees, and no run sees one that the others have not reached.
A run that would sleep past its deadline is ended there, and so is one that has asked for more than any could in that
time: calls that take no time would never end. Only a run that goes on for so long by itself, without asking for
anything, is ended by the machine's time.
"""

import contextlib
import math
import queue
import random
from collections import deque
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from types import TracebackType
from typing import Any, NamedTuple, Self

from contract.action import Action
from harness.portal import Portal, Request, Response
from harness.portal.door import without_addresses
from harness.runtime import limits
from harness.runtime.outcome import Outcome
from harness.runtime.runs import Runtime
from harness.runtime.visit import LATE
from harness.together.seat import Seat

MOST = 8
"""Runs alive at once; more wait for a place. HubSpot does not say how many it makes (ours)."""

KEPT = 10_000
"""Steps that are kept, some 3 MB: enough to see what led to the last one, in weeks as in minutes."""

MOST_ASKED = 2000
"""Calls and sleeps of one run: with one every hundredth of a second its 20 seconds are over (ours)."""

_LOOK_S = 0.2


class Step(NamedTuple):
    """One thing that one run did, in the order of all."""

    at: datetime
    run: int
    what: str
    """begins NAME, METHOD PATH, sleeps SECONDS, wakes, ends STATUS."""

    def __str__(self) -> str:
        return f"{self.at:%H:%M:%S.%f}  run {self.run}  {self.what}"


@dataclass(frozen=True)
class Part:
    """One run that was asked for."""

    action: Action
    event: Mapping[str, Any]
    secrets: Mapping[str, str]
    timeout_s: float
    then: Callable[[Outcome], object]
    during: Callable[[], AbstractContextManager[object]]


class Conductor:
    """Makes runs on a portal's clock; move the clock, and they go on. A context manager: what is alive ends with it.

    The runtime is made for it, with its seed if what the actions draw by chance is to be the same each time.
    """

    def __init__(
        self, portal: Portal, runtime: Runtime, *, seed: int, most: int = MOST, kept: int | None = KEPT
    ) -> None:
        self.history: deque[Step] = deque(maxlen=kept)
        """The last steps, `kept` of them; None: all, for as long as there is memory."""
        self.portal = portal
        self._clock = portal.clock
        self._runtime = runtime
        self._dice = random.Random(seed)
        self._most = most
        self._heard: queue.SimpleQueue[Seat] = queue.SimpleQueue()
        self._waiting: deque[Part] = deque()
        self._alive: dict[Seat, Part] = {}
        self._going: set[Seat] = set()
        self._begun = 0
        self._planned = False
        self._closed = False
        self._threads = ThreadPoolExecutor(most, thread_name_prefix="run")

    def begin(
        self,
        action: Action,
        event: Mapping[str, Any],
        *,
        secrets: Mapping[str, str] | None = None,
        timeout_s: float = limits.TIMEOUT_S,
        then: Callable[[Outcome], object] = lambda outcome: None,
        during: Callable[[], AbstractContextManager[object]] = nullcontext,
    ) -> None:
        """Make this run at this moment, beside those that are alive.

        `then` is told when it is over; each of its calls is answered inside of `during`.
        """
        if self._closed:
            raise RuntimeError(
                "Conductor.begin: expected an open conductor, found a closed one. Move the clock inside its `with`."
            )
        self._waiting.append(Part(action, event, dict(secrets or {}), timeout_s, then, during))
        self._plan()

    @property
    def alive(self) -> int:
        """How many runs have begun and not ended."""
        return len(self._alive)

    def close(self) -> None:
        """End what is alive."""
        self._closed = True
        self._waiting.clear()
        for seat in self._alive:
            seat.end("killed")
        while not all(seat.gone for seat in self._alive):
            seat = self._hear()
            if not seat.gone:
                seat.end("killed")
        self._alive.clear()
        self._going.clear()
        self._threads.shutdown()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, where: TracebackType | None
    ) -> None:
        self.close()

    def _plan(self) -> None:
        """The next turn, at this moment, behind whatever else is due."""
        if not self._planned:
            self._planned = True
            self._clock.after(0, self._turn)

    def _turn(self) -> None:
        """Let those begin that may; wait until all are held or gone; then one thing happens."""
        self._planned = False
        while self._waiting and len(self._alive) < self._most:
            self._start(self._waiting.popleft())
        while self._going:
            self._going.discard(self._hear())
        awake = sorted((seat for seat in self._alive if not seat.asleep), key=lambda seat: seat.number)
        gone = [seat for seat in awake if seat.gone]
        held = [seat for seat in awake if not seat.gone]
        try:
            for seat in gone:
                self._ends(seat)
            if held and not gone:
                self._grant(self._dice.choice(held))
        finally:  # what somebody who is told of an end raises does not hold up the others
            if held or self._going or any(seat in self._alive and not seat.asleep for seat in gone):
                self._plan()

    def _hear(self) -> Seat:
        """The next run that asks for something or is gone. Looks up now and then: a Ctrl-C may wake another thread."""
        while True:
            with contextlib.suppress(queue.Empty):
                return self._heard.get(timeout=_LOOK_S)

    def _start(self, part: Part) -> None:
        self._begun += 1
        seat = Seat(self._begun, part.action.path.name, self._clock, self._heard)
        run = partial(
            self._runtime.run,
            part.action,
            part.event,
            secrets=part.secrets,
            now=seat.began,
            timeout_s=part.timeout_s,
            seat=seat,
        )
        self._alive[seat] = part
        self._going.add(seat)
        self._note(seat, f"begins {seat.name}")
        self._threads.submit(seat.play, run)

    def _ends(self, seat: Seat) -> None:
        """Now, but one that asked for nothing until the machine's time was up has its deadline still before it."""
        if seat not in self._alive:
            return  # somebody who was told of another's end has moved the clock
        left = self._left(seat)
        if seat.overdue and left > 0:
            seat.asleep = True
            self._clock.after(left, partial(self._finish, seat))
        else:
            self._finish(seat)

    def _finish(self, seat: Seat) -> None:
        part = self._alive.pop(seat, None)
        if part is None:
            return
        if seat.failure is not None:
            raise seat.failure
        assert seat.outcome is not None
        self._note(seat, f"ends {seat.outcome.status}")
        try:
            part.then(seat.outcome)
        finally:
            if self._waiting:
                self._plan()

    def _grant(self, seat: Seat) -> None:
        wish = seat.wish
        seat.asked += 1
        if seat.asked > MOST_ASKED:
            self._note(seat, f"asks for more than {MOST_ASKED} things")
            self._after(math.inf, seat, None)
        elif isinstance(wish, Request):
            self._note(seat, f"{wish.method} {without_addresses(wish.path)}")
            with self._alive[seat].during():
                response = self.portal.answer_at_once(wish)
            if response.delay >= seat.patience:  # the client gives up first
                response = Response(response.status, fault=LATE, delay=seat.patience)
            self._after(response.delay, seat, response)
        elif wish is not None:
            self._note(seat, f"sleeps {wish:g}")
            self._after(wish, seat, None)

    def _after(self, seconds: float, seat: Seat, response: Response | None) -> None:
        """Go on after so much of the portal's time, in whole milliseconds; at the deadline there is no more."""
        left = self._left(seat)
        if not seconds > 0:
            self._go_on(seat, response)
            return
        seat.asleep = True
        if seconds >= left:
            self._clock.after(left, partial(self._is_late, seat))
        else:
            self._clock.after(math.ceil(seconds * 1000) / 1000, partial(self._wakes, seat, response))

    def _left(self, seat: Seat) -> float:
        """Seconds until its deadline, by the portal's clock."""
        return self._alive[seat].timeout_s - seat.elapsed

    def _wakes(self, seat: Seat, response: Response | None) -> None:
        if seat in self._alive and not seat.gone:
            self._note(seat, "wakes")
            self._go_on(seat, response)
            self._plan()

    def _is_late(self, seat: Seat) -> None:
        if seat in self._alive and not seat.gone:
            self._going.add(seat)
            seat.end("timeout")
            self._plan()

    def _go_on(self, seat: Seat, response: Response | None) -> None:
        self._going.add(seat)
        seat.grant(response)

    def _note(self, seat: Seat, what: str) -> None:
        self.history.append(Step(self._clock.now(), seat.number, what))
