"""What time is it for the action? The time it was told, moved on by its own sleeps and by nothing else.

So a run writes the same moments however busy the machine is. Only what measures spans (monotonic,
perf_counter) also moves with real time, because a deadline that never comes nearer would be none.

Threads that sleep at the same time sleep together: one that goes to sleep beside others leaves them a moment to do
the same, and the clock then moves to the first end.

time-machine, freezegun and libfaketime each break something needed here (waits that hang, a fake datetime,
no way to steer one fork), so the time module's functions and two methods of datetime are replaced. What the
standard library bound before (threading, queue, selectors, urllib3's timeouts) keeps real time, and must.
"""

import _thread
import ctypes
import datetime
import gc
import time

_real = {name: getattr(time, name) for name in ("time", "monotonic", "perf_counter", "sleep", "localtime", "gmtime")}
_real_clock_gettime = getattr(time, "clock_gettime", None)
_real_strftime, _real_asctime = time.strftime, time.asctime
_REPLACED = (
    *("time", "time_ns", "sleep", "localtime", "gmtime", "ctime", "asctime", "strftime", "clock_gettime"),
    *("clock_gettime_ns", "monotonic", "monotonic_ns", "perf_counter", "perf_counter_ns"),
)
_before = {name: getattr(time, name) for name in _REPLACED if hasattr(time, name)}
_methods = gc.get_referents(datetime.datetime.__dict__)[0]
_own_methods = {name: _methods[name] for name in ("now", "utcnow")}
_NANO = 1_000_000_000
_TOGETHER_S = 0.01
_LONGEST_S = 2**63 / _NANO


class VirtualClock:
    """A clock told by the harness: `starts_at` (epoch seconds) plus `slept`. Each kind says how it moves."""

    def __init__(self, starts_at):
        self._starts_at = starts_at

    def time(self):
        return self._starts_at + self.slept

    def install(self):
        """Replace what the action will find from now on."""
        for name in ("monotonic", "perf_counter"):
            self._shift(name)
        time.time = self.time
        time.time_ns = lambda: int(self.time() * _NANO)
        time.sleep = self.sleep
        time.localtime = lambda seconds=None: _real["localtime"](self.time() if seconds is None else seconds)
        time.gmtime = lambda seconds=None: _real["gmtime"](self.time() if seconds is None else seconds)
        time.ctime = lambda seconds=None: _real_asctime(time.localtime(seconds))
        time.asctime = lambda moment=None: _real_asctime(time.localtime() if moment is None else moment)
        time.strftime = lambda form, moment=None: _real_strftime(form, time.localtime() if moment is None else moment)
        if _real_clock_gettime is not None:
            self._install_gettime()
        self._install_datetime()

    def _shift(self, name):
        setattr(time, name, lambda: self._span(name) + self.slept)
        setattr(time, name + "_ns", lambda: int((self._span(name) + self.slept) * _NANO))

    def _span(self, name):
        """What measures spans also moves by itself."""
        return _real[name]()

    def _install_gettime(self):
        def clock_gettime(which):
            if which == time.CLOCK_REALTIME:
                return self.time()
            span = self._span("monotonic") if which == time.CLOCK_MONOTONIC else _real_clock_gettime(which)
            return span + self.slept

        time.clock_gettime = clock_gettime
        time.clock_gettime_ns = lambda which: int(clock_gettime(which) * _NANO)

    def _install_datetime(self):
        """Replace now and utcnow inside the type itself, so that `type(x) is datetime` still holds."""
        clock = self

        def now(cls, tz=None):
            return cls.fromtimestamp(clock.time(), tz)

        def utcnow(cls):
            return cls.fromtimestamp(clock.time(), datetime.timezone.utc).replace(tzinfo=None)

        _put_methods({"now": classmethod(now), "utcnow": classmethod(utcnow)})


class OwnClock(VirtualClock):
    """The clock of a run that is alone: its sleeps cost no real time, but move it, and end the run at its limit."""

    def __init__(self, starts_at, limit, on_slept, on_limit):
        super().__init__(starts_at)
        self._began = _real["monotonic"]()
        self._limit = limit
        self._on_slept = on_slept
        self._on_limit = on_limit
        self._lock = _thread.allocate_lock()
        self._ends = []
        self.slept = 0.0

    def sleep(self, seconds):
        until = self.slept + checked(seconds)
        if _thread._count():
            self._sleep_beside_others(until)
        else:
            self._move(until)
        _real["sleep"](0)

    def _sleep_beside_others(self, until):
        with self._lock:
            self._ends.append(until)
        while self.slept < until:
            _real["sleep"](_TOGETHER_S)
            with self._lock:
                if min(self._ends) >= until > self.slept:
                    self._move(until)
        with self._lock:
            self._ends.remove(until)

    def _move(self, until):
        elapsed = _real["monotonic"]() - self._began
        self.slept = until
        self._on_slept(until)
        if elapsed + until >= self._limit:
            self._on_limit()


def remove():
    """The machine's own time again."""
    for name, real in _before.items():
        setattr(time, name, real)
    if _methods["now"] is not _own_methods["now"]:
        _put_methods(_own_methods)


def checked(seconds):
    """How long to sleep, where the real sleep would take it."""
    if seconds != seconds:  # noqa: PLR0124 - NaN
        raise ValueError("Invalid value NaN (not a number)")
    if seconds < 0:
        raise ValueError("sleep length must be non-negative")
    if seconds > _LONGEST_S:
        raise OverflowError("timestamp too large to convert to C _PyTime_t")
    return seconds


def _put_methods(methods):
    _methods.update(methods)
    ctypes.pythonapi.PyType_Modified(ctypes.py_object(datetime.datetime))
