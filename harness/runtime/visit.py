"""What did one run ask of the portal, and who ends the run when the weather says so?"""

import math
import secrets
import socket
import threading
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from harness.runtime.child.page import SharedPage
from harness.runtime.outcome import Call

if TYPE_CHECKING:
    from harness.portal.wire import Request, Response
    from harness.runtime.facts import Facts

LATE = "late"
"""The fault of an answer that its client has given up on."""
_SETTLE_SECONDS = 30


class Answers(Protocol):
    """Whoever answers for HubSpot's API: the portal."""

    def answer(self, request: "Request") -> "Response": ...


class Seat(Answers, Protocol):
    """One run among several whose calls and sleeps are put in order."""

    number: int

    @property
    def elapsed(self) -> float:
        """Seconds that have passed since the run began, by the clock that all of them share."""

    def sleep(self, seconds: float) -> None:
        """Return when the run may go on."""

    def takes(self, visit: "Visit") -> None:
        """The run is about to begin; this is how it is ended."""

    def corrected(self, facts: "Facts") -> "Facts":
        """What is known of the run, its time and its end as the clock has them."""


class Visit:
    """One run at the door, from its first connection until nothing of it is in flight."""

    def __init__(self, answers: Answers, seat: Seat | None = None) -> None:
        self.seat = seat
        self.page: SharedPage | None = None
        """Where a run in turns reads how much time has passed."""
        self.overdue = False
        """Did a run in turns go on for too long by the machine's time?"""
        self._let_go: float | None = None
        self.token = secrets.token_bytes(16)
        self._end: Callable[[], None] = lambda: None
        self._is_to_end = False
        self.failure: BaseException | None = None
        """What escaped from the portal: its mistake, which must not look like one of the action's."""
        self._answers = answers
        self._calls: list[Call] = []
        self._sockets: set[socket.socket] = set()
        self._in_flight = 0
        self._over = False
        self._change = threading.Condition()

    @property
    def calls(self) -> tuple[Call, ...]:
        """The requests so far, in the order answered."""
        return tuple(self._calls)

    def comes(self, connection: socket.socket) -> bool:
        """A connection of this run; False when the run is over."""
        with self._change:
            if not self._over:
                self._sockets.add(connection)
            return not self._over

    def goes(self, connection: socket.socket) -> None:
        """The connection is done with."""
        with self._change:
            self._sockets.discard(connection)

    def ends_by(self, end: Callable[[], None]) -> None:
        """How the run is ended, told by whoever starts it; it may have been asked for already."""
        with self._change:
            self._end = end
            wanted = self._is_to_end
        if wanted:
            end()

    def end(self) -> None:
        """End the run, whatever it is about to do."""
        with self._change:
            self._is_to_end, end = True, self._end
        end()

    def sleep(self, seconds: float) -> None:
        """A run in turns asks to sleep; on return it may go on."""
        assert self.seat is not None
        self._let_go = None
        self.seat.sleep(seconds)
        self.goes_on()

    @property
    def patience(self) -> float:
        """Seconds that a run in turns waits for the answer it has just asked for."""
        return (self.page.patience if self.page is not None else 0.0) or math.inf

    def goes_on(self) -> None:
        """A run in turns is let go: from here on the machine's time counts, too, and it is told the portal's."""
        if self.seat is not None:
            if self.page is not None:
                self.page.slept = self.seat.elapsed
            self._let_go = time.monotonic()

    def is_overdue(self, seconds: float) -> bool:
        """Has a run in turns gone on for so long, by the machine's time, without asking for anything?"""
        self.overdue = self.overdue or (self._let_go is not None and time.monotonic() - self._let_go >= seconds)
        return self.overdue

    def answer(self, request: "Request") -> "Response | None":
        """The portal's answer, or None when the connection is to end without one."""
        with self._change:
            if self._over:
                return None
            self._in_flight += 1
        try:
            return self._ask(request)
        except Exception as failure:  # noqa: BLE001 - whatever it is, the caller of run() is told
            self.failure = failure
            return None
        finally:
            with self._change:
                self._in_flight -= 1
                self._change.notify_all()

    def _ask(self, request: "Request") -> "Response | None":
        self._let_go = None
        response = self._answers.answer(request)
        self.goes_on()
        with self._change:
            self._calls.append(Call(request.method, request.path, 0 if response.fault else response.status))
            if response.fault == "kill":
                self._over = True
        if response.fault == "kill":
            self.end()
            self._wait_until_gone()
        if response.fault == LATE and self.page is not None:
            self.page.say_time_is_up()
        return None if response.fault in ("drop", "kill", LATE) else response

    def _wait_until_gone(self) -> None:
        """Keep the connection open: a client that saw it close could ask again before it is ended."""
        with self._change:
            self._change.wait_for(lambda: not self._sockets, timeout=_SETTLE_SECONDS)

    def close(self) -> None:
        """Cut what is left and wait until the portal has finished with it, so that its state stands still."""
        with self._change:
            self._over = True
            for connection in self._sockets:
                _shut(connection)
            self._sockets.clear()
            self._change.notify_all()
            self._change.wait_for(lambda: not self._in_flight, timeout=_SETTLE_SECONDS)


def taken(seat: Seat) -> Visit:
    """The visit of a run that takes turns."""
    visit = Visit(seat, seat)
    seat.takes(visit)
    return visit


def _shut(connection: socket.socket) -> None:
    try:
        connection.shutdown(socket.SHUT_RDWR)
    except OSError:
        return
