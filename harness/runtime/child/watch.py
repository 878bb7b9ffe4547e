"""Who watches a run? The process that forked it: memory every 5 ms, deadline, output and leftovers."""

import contextlib
import os
import select
import signal
import time

from .page import SharedPage

_POLL_MS = 5
_PAGE = os.sysconf("SC_PAGE_SIZE") if hasattr(os, "sysconf") else 4096
_TOKEN_BYTES = 16


class Pipe:
    """One pipe from the run; beyond its cap what arrives is counted and dropped."""

    def __init__(self, cap):
        self.reading, self.writing = os.pipe()
        self._cap = cap
        self.kept = bytearray()
        self.dropped = 0

    def collect(self):
        """Read once; False at the end."""
        part = os.read(self.reading, 1 << 16)
        room = self._cap - len(self.kept)
        self.kept += part[:room]
        self.dropped += max(0, len(part) - room)
        return bool(part)

    def drain(self):
        """Read what is there without waiting for the end: a leftover process may hold the other side."""
        os.set_blocking(self.reading, False)
        with contextlib.suppress(BlockingIOError):
            while self.collect():
                pass
        os.close(self.reading)


class Watch:
    """One forked run from its first moment until nothing of it is left."""

    def __init__(self, job, control, orders, log_cap, report_cap):
        self.log = Pipe(log_cap)
        self.report = Pipe(report_cap)
        self.page = SharedPage()
        self._limit = job["timeout"]
        self._memory_kb = job["memory_mb"] * 1024
        self._token = bytes.fromhex(job["token"])
        self._control = control
        self._orders = orders
        self._cause = None
        self._peak_kb = 0

    def until_gone(self, pid):
        """Wait, or end it; returns the facts. `harness_gone` means that nobody is there to hear them."""
        began = time.monotonic()
        os.close(self.log.writing)
        os.close(self.report.writing)
        handle = os.pidfd_open(pid)
        statm = _open_statm(pid)
        try:
            self._wait(pid, handle, statm, began)
        finally:
            os.close(handle)
            if statm is not None:
                os.close(statm)
        took = time.monotonic() - began
        return self._facts(pid, took)

    def _wait(self, pid, handle, statm, began):
        poll = select.poll()
        sources = {self.log.reading: self.log, self.report.reading: self.report}
        for fd in (*sources, handle, self._control, self._orders):
            poll.register(fd, select.POLLIN)
        looked = began
        while True:
            for fd, _ in poll.poll(_POLL_MS):
                if fd == handle:
                    return
                if fd in (self._control, self._orders):
                    if self._told_to_end(fd, pid):
                        poll.unregister(fd)
                elif not sources[fd].collect():
                    poll.unregister(fd)
            now = time.monotonic()
            if self._cause is None and now - looked >= _POLL_MS / 1000:
                looked = now
                self._look(pid, statm, now - began)

    def _look(self, pid, statm, elapsed):
        if elapsed + self.page.slept >= self._limit:
            self._end(pid, "timeout")
        elif statm is not None:
            with contextlib.suppress(OSError, IndexError):
                resident_kb = int(os.pread(statm, 64, 0).split()[1]) * _PAGE // 1024
                self._peak_kb = max(self._peak_kb, resident_kb)
                if resident_kb > self._memory_kb:
                    self._end(pid, "memory")

    def _told_to_end(self, fd, pid):
        """An order names the run it is for: one that comes too late must not hit the next run."""
        order = os.read(fd, _TOKEN_BYTES)
        if fd == self._orders and order not in (b"", self._token):
            return False
        self._end(pid, "killed" if order else "harness_gone")
        return True

    def _end(self, pid, cause):
        if self._cause is None:
            self._cause = cause
        _kill_group(pid)

    def _facts(self, pid, took):
        leftovers = [child for child in _children() if child != pid]
        _kill_group(pid)
        _, status, usage = os.wait4(pid, 0)
        _end_all(pid)
        self.log.drain()
        self.report.drain()
        return {
            "signal": os.WTERMSIG(status) if os.WIFSIGNALED(status) else None,
            "exit": os.WEXITSTATUS(status) if os.WIFEXITED(status) else None,
            "cause": self._cause,
            "peak_kb": max(usage.ru_maxrss, self._peak_kb),
            "took": took + self.page.slept,
            "log_dropped": self.log.dropped,
            "leftovers": len(leftovers),
        }


def _open_statm(pid):
    try:
        return os.open("/proc/%d/statm" % pid, os.O_RDONLY)
    except OSError:  # already gone
        return None


def _kill_group(pid):
    """The group, and the process by itself: it may not have made its group yet."""
    for end in (os.killpg, os.kill):
        with contextlib.suppress(ProcessLookupError, PermissionError):
            end(pid, signal.SIGKILL)


def _children():
    """The processes whose parent is this one, orphans of a run included (see seal.adopt_orphans)."""
    try:
        with open("/proc/self/task/%d/children" % os.getpid()) as file:
            return [int(word) for word in file.read().split()]
    except OSError:
        return []


def _end_all(pid):
    """End what escaped the group; each dead one may hand over children of its own, so look again."""
    while True:
        left = _children()
        if not left:
            return
        for child in left:
            with contextlib.suppress(ProcessLookupError):
                os.kill(child, signal.SIGKILL)
            with contextlib.suppress(ChildProcessError):
                os.waitpid(child, 0)
