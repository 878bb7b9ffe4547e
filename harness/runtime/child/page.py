"""What do a run, its own processes and whoever watches them count together? One page of shared memory."""

import mmap
import struct

SIZE = 4096
_SLEPT = struct.Struct("d")
_STARTED = struct.Struct("I")
_MAPPED = struct.Struct("I")
_BEGUN, _UP, _PATIENCE = 64, 65, 72


class SharedPage:
    """Seconds by which the run's own clock has moved, processes started, and what the run had mapped of its libraries'
    files when it was ready. A fork copies everything but this page; the harness has it too, where it made the file.
    """

    def __init__(self, fd=-1):
        self._page = mmap.mmap(fd, SIZE)

    def close(self):
        """The harness needs it no more; the map holds a descriptor of its own."""
        self._page.close()

    def begin(self):
        """A new run: nothing slept, nothing started, not begun."""
        self.slept = 0.0
        _STARTED.pack_into(self._page, _SLEPT.size, 0)
        self._page[_BEGUN] = self._page[_UP] = 0
        self.patience = 0.0

    @property
    def begun(self):
        """Has the job been taken up?"""
        return bool(self._page[_BEGUN])

    def tell_begun(self):
        self._page[_BEGUN] = 1

    @property
    def slept(self):
        return _SLEPT.unpack_from(self._page, 0)[0]

    @slept.setter
    def slept(self, seconds):
        _SLEPT.pack_into(self._page, 0, seconds)

    @property
    def patience(self):
        """How long the client waits for the answer to what it asked last; 0: for ever."""
        return _SLEPT.unpack_from(self._page, _PATIENCE)[0]

    @patience.setter
    def patience(self, seconds):
        _SLEPT.pack_into(self._page, _PATIENCE, seconds)

    def say_time_is_up(self):
        """The harness closes a connection because the client's patience is at its end."""
        self._page[_UP] = 1

    def time_is_up(self):
        """Was it? Asked once."""
        up, self._page[_UP] = self._page[_UP], 0
        return bool(up)

    @property
    def started(self):
        return _STARTED.unpack_from(self._page, _SLEPT.size)[0]

    def count_process(self):
        """One more process is started; returns how many that makes."""
        started = self.started + 1
        _STARTED.pack_into(self._page, _SLEPT.size, started)
        return started

    @property
    def mapped_kb(self):
        return _MAPPED.unpack_from(self._page, _SLEPT.size + _STARTED.size)[0]

    @mapped_kb.setter
    def mapped_kb(self, size):
        _MAPPED.pack_into(self._page, _SLEPT.size + _STARTED.size, size)
