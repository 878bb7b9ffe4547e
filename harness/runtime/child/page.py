"""What do a run, its own processes and whoever watches them count together? One page of shared memory."""

import mmap
import struct

_SLEPT = struct.Struct("d")
_STARTED = struct.Struct("I")


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

    def count_process(self):
        """One more process is started; returns how many that makes."""
        started = _STARTED.unpack_from(self._page, _SLEPT.size)[0] + 1
        _STARTED.pack_into(self._page, _SLEPT.size, started)
        return started
