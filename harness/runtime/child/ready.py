"""How does a run begin at once? Its process is forked and set up before there is a job for it."""

import contextlib
import os
import signal
import struct

from . import seal
from .page import SharedPage

_LENGTH = struct.Struct(">I")
_BUFFER = bytearray(1 << 16)
_leave = os._exit  # an action may replace it


class Pipe:
    """One pipe from the run into a file of the harness's; beyond its cap what arrives is counted and dropped.

    Nothing of it stays in this process, for every later run would be charged with it.
    """

    def __init__(self, cap, sink):
        self.reading, self.writing = os.pipe()
        self._room = cap
        self._sink = sink
        self.dropped = 0

    def collect(self):
        """Read once; False at the end."""
        count = os.readv(self.reading, [_BUFFER])
        kept = min(count, self._room)
        if kept:
            os.write(self._sink, memoryview(_BUFFER)[:kept])
        self._room -= kept
        self.dropped += count - kept
        return bool(count)

    def drain(self):
        """Read what is there without waiting for the end: a leftover process may hold the other side."""
        os.set_blocking(self.reading, False)
        with contextlib.suppress(BlockingIOError):
            while self.collect():
                pass
        os.close(self.reading)


class HarnessFiles:
    """What the harness has opened for one warm process: the job to read, the log and the report to write, the page
    that both look at, and where a run in turns waits for its own.
    """

    def __init__(self, job, log, report, page, turns):
        self.job, self.log, self.report, self.page, self.turns = job, log, report, page, turns

    def close(self):
        """On the forked side, once the job is read: `turns` stays."""
        for fd in (self.job, self.log, self.report, self.page):
            os.close(fd)


class Ready:
    """One process that waits for its job, with pipes, a page and a temporary folder, which the harness empties."""

    def __init__(self, setup, files, child, beside=None):
        self.log = Pipe(setup["log_cap"], files.log)
        self.report = Pipe(setup["report_cap"], files.report)
        self.page = SharedPage(files.page)
        self.folder = setup["folders"][beside is not None and beside.folder == setup["folders"][0]]
        self._job_reading, self._job_writing = os.pipe()
        watcher = os.getpid()
        self.pid = os.fork()
        if self.pid == 0:
            try:
                seal.end_with_parent(watcher)
                self._enter(beside)
                child(self)
            finally:
                _leave(0)
        for fd in (self.log.writing, self.report.writing, self._job_reading):
            os.close(fd)

    def begin(self, size):
        """Say that there is a job, of so many bytes. A process that is already gone shows when it is watched."""
        with contextlib.suppress(BrokenPipeError), open(self._job_writing, "wb") as pipe:
            pipe.write(_LENGTH.pack(size))

    def receive_job(self, files):
        """On the forked side: wait for the job; None when there will be none."""
        with open(self._job_reading, "rb") as pipe:
            head = pipe.read(_LENGTH.size)
        job = os.pread(files.job, _LENGTH.unpack(head)[0], 0) if len(head) == _LENGTH.size else None
        files.close()
        return job

    def drop(self):
        """There is no job for it any more."""
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)
        with contextlib.suppress(ChildProcessError):
            os.waitpid(self.pid, 0)

    def _enter(self, beside):
        """On the forked side: keep the own ends alone, and none of the run that is going on meanwhile."""
        for fd in (self.log.reading, self.report.reading, self._job_writing):
            os.close(fd)
        if beside is not None:
            os.close(beside.log.reading)
            os.close(beside.report.reading)
