"""What does a run do whose calls and sleeps are put in order? It asks before it sleeps, and has one thread.

Its clock is the harness's alone: it moves when the harness says so, by the run's sleeps and by answers that come late,
and never by the machine's own time. So `time.monotonic` stands still, too, while the action computes.
"""

import _thread
import os
import threading

from . import patience
from .channel import Report
from .virtual_clock import VirtualClock, checked

_read, _leave = os.read, os._exit
_STARTS = [
    (module, name, getattr(module, name))
    for module, name in (
        *((_thread, name) for name in ("start_new_thread", "start_new", "start_joinable_thread")),
        *((threading, name) for name in ("_start_new_thread", "_start_joinable_thread")),
    )
    if hasattr(module, name)
]
"""Every way in which this Python starts a thread; the joinable ones are 3.13's."""


class HeldClock(VirtualClock):
    """The portal's clock, as far as one run sees it: the moment it began, and what has passed since (on the page)."""

    def __init__(self, starts_at, page, report, wakes):
        super().__init__(starts_at)
        self._page = page
        self._report = report
        self._wakes = wakes

    @property
    def slept(self):
        return self._page.slept

    def sleep(self, seconds):
        """Say so, and go on when told."""
        self._report.tell("sleeps", seconds=checked(seconds))
        if not _read(self._wakes, 1):
            _leave(0)  # nobody is there any more

    def _span(self, name):
        return self._starts_at


def refuse_threads(report):
    """Nobody could say whether a run of two threads waits for its turn."""

    def start(*arguments, **more):
        report.tell_once("refused", what="thread", name="a second one")
        raise RuntimeError("can't start new thread")

    for module, name, _ in _STARTS:
        setattr(module, name, start)


def end():
    """A run that is alone may have as many threads as it likes, and waits by the machine's time."""
    patience.end()
    for module, name, real in _STARTS:
        setattr(module, name, real)


def begin(job, page, report, wakes):
    """What a run in turns needs before the action can look."""
    refuse_threads(report)
    patience.begin(page)
    HeldClock(job["now"], page, Report(wakes, job), wakes).install()
