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
_real_now = datetime.datetime.now
_NANO = 1_000_000_000
_TOGETHER_S = 0.01
_LONGEST_S = 2**63 / _NANO


class VirtualClock:
    """The run's clock: `starts_at` (epoch seconds) plus the time slept."""

    def __init__(self, starts_at, limit, on_slept, on_limit):
        self._starts_at = starts_at
        self._began = _real["monotonic"]()
        self._limit = limit
        self._on_slept = on_slept
        self._on_limit = on_limit
        self._lock = _thread.allocate_lock()
        self._ends = []
        self.slept = 0.0

    def time(self):
        return self._starts_at + self.slept

    def sleep(self, seconds):
        """Cost no real time, but move the clock, and end the run when the sleep passes its limit."""
        if seconds != seconds:  # noqa: PLR0124 - NaN
            raise ValueError("Invalid value NaN (not a number)")
        if seconds < 0:
            raise ValueError("sleep length must be non-negative")
        if seconds > _LONGEST_S:
            raise OverflowError("timestamp too large to convert to C _PyTime_t")
        until = self.slept + seconds
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

    def install(self):
        """Replace what the action will find from now on."""
        for name in ("monotonic", "perf_counter"):
            self._shift(name, _real[name])
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

    def _shift(self, name, real):
        setattr(time, name, lambda: real() + self.slept)
        setattr(time, name + "_ns", lambda: int((real() + self.slept) * _NANO))

    def _install_gettime(self):
        wall = {time.CLOCK_REALTIME}

        def clock_gettime(which):
            return self.time() if which in wall else _real_clock_gettime(which) + self.slept

        time.clock_gettime = clock_gettime
        time.clock_gettime_ns = lambda which: int(clock_gettime(which) * _NANO)

    def _install_datetime(self):
        """Replace now and utcnow inside the type itself, so that `type(x) is datetime` still holds."""
        clock = self

        def now(cls, tz=None):
            return cls.fromtimestamp(clock.time(), tz)

        def utcnow(cls):
            return cls.fromtimestamp(clock.time(), datetime.timezone.utc).replace(tzinfo=None)

        methods = gc.get_referents(datetime.datetime.__dict__)[0]
        methods["now"] = classmethod(now)
        methods["utcnow"] = classmethod(utcnow)
        ctypes.pythonapi.PyType_Modified(ctypes.py_object(datetime.datetime))
