"""How does a run begin at once? Its process is forked and set up before there is a job for it."""

import contextlib
import os
import shutil
import signal
import struct
import tempfile

from .page import SharedPage

_LENGTH = struct.Struct(">I")


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


class Ready:
    """One process that waits for its job, with its pipes, its page and its temporary folder."""

    def __init__(self, setup, child, beside=None):
        self.log = Pipe(setup["log_cap"])
        self.report = Pipe(setup["report_cap"])
        self.page = SharedPage()
        self.folder = tempfile.mkdtemp(prefix="lambda-")
        self._job_reading, self._job_writing = os.pipe()
        self.pid = os.fork()
        if self.pid == 0:
            try:
                self._enter(beside)
                child(self)
            finally:
                os._exit(0)
        for fd in (self.log.writing, self.report.writing, self._job_reading):
            os.close(fd)

    def begin(self, message):
        """Hand over the job. A process that is already gone shows when it is watched."""
        with contextlib.suppress(BrokenPipeError), open(self._job_writing, "wb") as pipe:
            pipe.write(_LENGTH.pack(len(message)) + message)

    def receive_job(self):
        """On the forked side: wait for the job; None when there will be none."""
        with open(self._job_reading, "rb") as pipe:
            head = pipe.read(_LENGTH.size)
            return pipe.read(_LENGTH.unpack(head)[0]) if len(head) == _LENGTH.size else None

    def clear(self):
        """The run is over: its temporary folder goes."""
        shutil.rmtree(self.folder, ignore_errors=True)

    def drop(self):
        """There is no job for it any more."""
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)
        with contextlib.suppress(ChildProcessError):
            os.waitpid(self.pid, 0)
        self.clear()

    def _enter(self, beside):
        """On the forked side: keep the own ends alone, and none of the run that is going on meanwhile."""
        for fd in (self.log.reading, self.report.reading, self._job_writing):
            os.close(fd)
        if beside is not None:
            os.close(beside.log.reading)
            os.close(beside.report.reading)
