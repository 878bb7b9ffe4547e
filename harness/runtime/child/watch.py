"""Who watches a run? The process that forked it: memory every 5 ms, deadline, output and leftovers."""

import contextlib
import os
import select
import signal
import time

from . import memory

_POLL_MS = 5
_TOKEN_BYTES = 16


class Watch:
    """One forked run from its first moment until nothing of it is left."""

    def __init__(self, order, run, control, orders, spare):
        self._run = run
        self._pid = run.pid
        self._limit = order["timeout"]
        self._memory_kb = order["memory_mb"] * 1024
        self._mapped_kb = order["mapped_kb"]
        self._token = bytes.fromhex(order["token"])
        self._control = control
        self._orders = orders
        self._spare = spare
        self._cause = None
        self._peak_kb = 0

    def until_gone(self):
        """Wait, or end it; returns the facts. `harness_gone` means that nobody is there to hear them."""
        began = time.monotonic()
        handle = os.pidfd_open(self._pid)
        try:
            self._wait(handle, began)
        finally:
            os.close(handle)
        return self._facts(time.monotonic() - began)

    def _wait(self, handle, began):
        poll = select.poll()
        sources = {self._run.log.reading: self._run.log, self._run.report.reading: self._run.report}
        for fd in (*sources, handle, self._control, self._orders):
            poll.register(fd, select.POLLIN)
        looked = began
        while True:
            for fd, _ in poll.poll(_POLL_MS):
                if fd == handle:
                    return
                if fd in (self._control, self._orders):
                    if self._told_to_end(fd):
                        poll.unregister(fd)
                elif not sources[fd].collect():
                    poll.unregister(fd)
            now = time.monotonic()
            if self._cause is None and now - looked >= _POLL_MS / 1000:
                looked = now
                self._look(now - began)

    def _look(self, elapsed):
        if elapsed + self._run.page.slept >= self._limit:
            self._end("timeout")
            return
        used = (memory.peak_kb(self._pid) or 0) + self._unmapped_kb()
        if self._run.page.started:
            used += memory.others_kb(self._started())
        self._peak_kb = max(self._peak_kb, used)
        if used > self._memory_kb:
            self._end("memory")

    def _unmapped_kb(self):
        """What a fresh interpreter would have mapped of its files: a fork maps those pages when it uses them."""
        return max(0, self._mapped_kb - (self._run.page.mapped_kb or self._mapped_kb))

    def _started(self):
        """What the run started, also what has escaped to us by double forking."""
        return memory.children(self._pid) | (memory.children(os.getpid()) - {self._pid, self._spare})

    def _told_to_end(self, fd):
        """An order names the run it is for: one that comes too late must not hit the next run."""
        order = os.read(fd, _TOKEN_BYTES)
        if fd == self._orders and order not in (b"", self._token):
            return False
        self._end("killed" if order else "harness_gone")
        return True

    def _end(self, cause):
        if self._cause is None:
            self._cause = cause
        _kill_group(self._pid)

    def _facts(self, took):
        leftovers = memory.children(os.getpid()) - {self._pid, self._spare}
        _kill_group(self._pid)
        _, status, usage = os.wait4(self._pid, 0)
        _end_all_but(self._spare)
        self._run.log.drain()
        self._run.report.drain()
        return {
            "signal": os.WTERMSIG(status) if os.WIFSIGNALED(status) else None,
            "exit": os.WEXITSTATUS(status) if os.WIFEXITED(status) else None,
            "cause": self._cause,
            "peak_kb": max(usage.ru_maxrss + self._unmapped_kb(), self._peak_kb),
            "took": took + self._run.page.slept,
            "log_dropped": self._run.log.dropped,
            "leftovers": len(leftovers),
        }


def _kill_group(pid):
    """The group, and the process by itself: it may not have made its group yet."""
    for end in (os.killpg, os.kill):
        with contextlib.suppress(ProcessLookupError, PermissionError):
            end(pid, signal.SIGKILL)


def _end_all_but(spare):
    """End what escaped the group; each dead one may hand over children of its own, so look again."""
    while True:
        left = memory.children(os.getpid()) - {spare}
        if not left:
            return
        for child in left:
            with contextlib.suppress(ProcessLookupError):
                os.kill(child, signal.SIGKILL)
            with contextlib.suppress(ChildProcessError):
                os.waitpid(child, 0)
