"""Which processes may an action start or end? A few dozen of its own, and nobody else's.

Its own are those of its session, and where the system tells whose child a process is (Linux), all its descendants.
"""

import errno
import os

from . import guard

_ALLOWED = 64


class Processes:
    """The cap on a fork bomb, and the refusal to signal whatever is not part of the run."""

    def __init__(self, page, report):
        self._page = page
        self._report = report
        self._run = os.getpid()

    def install(self):
        for event in ("os.fork", "os.forkpty", "os.posix_spawn", "subprocess.Popen"):
            guard.on(event, self._starting)
        guard.on("os.kill", self._signalling)
        guard.on("os.killpg", self._signalling)

    def _starting(self, *arguments):
        """The system's own limit counts all of a user's processes, and never binds root."""
        if self._page.count_process() > _ALLOWED:
            self._report.tell_once("refused", what="process", name="more than %d of its own" % _ALLOWED)
            raise BlockingIOError(errno.EAGAIN, "Resource temporarily unavailable")

    def _signalling(self, pid, number):
        """-1 would reach every process of this user, the harness and whoever started it among them."""
        if pid == 0 or not hasattr(os, "getsid"):
            return
        try:
            if pid > 0 and (os.getsid(pid) == os.getsid(0) or self._descends(pid)):
                return
        except ProcessLookupError:
            return
        self._report.tell_once(
            "refused", what="process", name="a signal to all" if pid == -1 else "a signal to another"
        )
        raise PermissionError(errno.EPERM, "Operation not permitted")

    def _descends(self, pid):
        """A child with a session of its own is still the run's."""
        while pid > 1 and pid != self._run:
            try:
                with open("/proc/%d/stat" % pid) as file:
                    pid = int(file.read().rpartition(")")[2].split()[1])
            except OSError:
                return False
        return pid == self._run
