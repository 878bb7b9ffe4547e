"""What do a run, its own processes and whoever watches them count together? One page of shared memory."""

import errno
import mmap
import struct

from . import guard

_SLEPT = struct.Struct("d")
_STARTED = struct.Struct("I")
_PROCESSES_ALLOWED = 64


class SharedPage:
    """Seconds slept by the run's own clock, and processes started. A fork copies everything but this page."""

    def __init__(self):
        self._page = mmap.mmap(-1, 4096)

    @property
    def slept(self):
        return _SLEPT.unpack_from(self._page, 0)[0]

    @slept.setter
    def slept(self, seconds):
        _SLEPT.pack_into(self._page, 0, seconds)

    def cap_processes(self, report):
        """Stop a fork bomb: the system's own limit counts all of a user's processes, and never binds root."""

        def starting(*arguments):
            started = _STARTED.unpack_from(self._page, 8)[0] + 1
            _STARTED.pack_into(self._page, 8, started)
            if started > _PROCESSES_ALLOWED:
                report.tell("refused", what="process", name="more than %d processes" % _PROCESSES_ALLOWED)
                raise BlockingIOError(errno.EAGAIN, "Resource temporarily unavailable")

        for event in ("os.fork", "os.forkpty", "os.posix_spawn", "subprocess.Popen"):
            guard.on(event, starting)
