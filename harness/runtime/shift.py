"""What does the harness do while a worker makes a run? It answers its calls and looks after its time and memory."""

import contextlib
import json
import os
import select
import socket
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from harness.runtime import limits
from harness.runtime.child.channel import send
from harness.runtime.child.memory import children, others_kb
from harness.runtime.door import TOKEN_BYTES, Conversation
from harness.runtime.facts import Facts, Job
from harness.runtime.told import Reading
from harness.runtime.visit import Visit

if TYPE_CHECKING:
    from harness.runtime.workers import Worker

_POLL_MS = 5
_OWN = ("over", "sleeps")
_PART = 1 << 16
_LAST_PARTS = limits.LOG_CAP // _PART + 1


class Shift:
    """One run in one worker, all of it on the thread that asked for it."""

    def __init__(self, worker: "Worker", job: Job, visit: Visit | None) -> None:
        self.over: dict[str, Any] | None = None
        """What the worker said of itself when it had made the run; None when it did not come so far."""
        self._worker = worker
        self._job = job
        self._visit = visit
        self._reading = Reading(job.nonce)
        self._log = bytearray()
        self._dropped = 0
        self._begun = False
        self._cause: str | None = None
        self._peak_kb = 0
        self._took = 0.0
        self._poll = select.poll()
        self._heard: dict[int, Callable[[], bool]] = {}
        self._open: dict[int, socket.socket] = {}
        if visit is not None:
            visit.page = worker.page
            visit.ends_by(self._end_as_asked)

    def work(self) -> bool:
        """Give the run to the worker and stay until it is over; False when the worker had gone before."""
        worker, job = self._worker, self._job
        told = job.as_json(known=worker.knows)
        told["environ"] = {**told["environ"], "TMPDIR": str(worker.folder)}
        self._listen(worker.handle, self._hear_the_end)
        self._listen(worker.line, self._hear)
        if self._visit is not None:
            self._listen(worker.listener, self._greet)
        began = looked = time.monotonic()
        try:
            send(worker.line, json.dumps(told).encode())
        except OSError:
            return False
        if self._visit is not None:
            self._visit.goes_on()
        try:
            while self.over is None and worker.handle in self._heard:
                for fd, _ in self._poll.poll(_POLL_MS):
                    if not self._heard[fd]():
                        self._leave(fd)
                now = time.monotonic()
                if now - looked >= _POLL_MS / 1000 and self.over is None:
                    looked = now
                    self._collect()
                    self._look(now - began)
        finally:
            self._took = time.monotonic() - began + worker.page.slept
            self._begun = worker.page.begun or self._cause is not None
            for connection in self._open.values():
                connection.close()
        for _ in range(_LAST_PARTS):  # what is left behind may write on for ever
            if not self._collect():
                break
        return self._begun

    def facts(self, ended: dict[str, Any] | None) -> Facts:
        """What is known of the run; `ended`: how its worker ended, if it did."""
        at_end = ended or {"signal": None, "exit": 0, "leftovers": 0}
        done = self.over is not None
        return Facts(
            told=tuple(fact for fact in self._reading.told if fact["kind"] not in _OWN),
            log=self._log.decode("utf-8", "replace"),
            log_dropped=self._dropped,
            exit_code=0 if done else at_end["exit"],
            exit_signal=None if done else at_end["signal"],
            cause=self._cause,
            took_s=self._took,
            peak_mb=self._peak_kb / 1024,
            leftovers=at_end["leftovers"] > 0 and self._cause is None,
            memory="enforced",
        )

    def _listen(self, to: socket.socket | int, hear: Callable[[], bool]) -> None:
        fd = to if isinstance(to, int) else to.fileno()
        self._heard[fd] = hear
        self._poll.register(fd, select.POLLIN)

    def _leave(self, fd: int) -> None:
        del self._heard[fd]
        self._poll.unregister(fd)
        if fd in self._open:
            self._open.pop(fd).close()

    def _hear(self) -> bool:
        """The line: what the run reports, that it wants to sleep, that it is over."""
        try:
            part = self._worker.line.recv(_PART)
        except OSError:
            part = b""
        for fact in self._reading.feed(part):
            if fact["kind"] == "over":
                self._look_at_memory()
                self.over = fact
            elif fact["kind"] == "sleeps" and self._visit is not None and self._job.in_turns:
                self._visit.sleep(fact["seconds"])
                with contextlib.suppress(OSError):
                    self._worker.line.send(b".")
        return bool(part)

    def _hear_the_end(self) -> bool:
        """Its process is gone; what it told before is still there."""
        while _has_more(self._worker.line) and self._hear():
            pass
        return False

    def _collect(self) -> bool:
        """The log, up to its cap. Not as it comes: to be woken for each line printed would slow both down."""
        try:
            part = os.read(self._worker.log, _PART)
        except BlockingIOError:
            return False
        room = limits.LOG_CAP - len(self._log)
        self._log += part[:room]
        self._dropped += max(0, len(part) - room)
        return bool(part)

    def _greet(self) -> bool:
        """A connection of the run, which says whose it is; a stranger's is closed."""
        assert self._visit is not None
        connection, _ = self._worker.listener.accept()
        connection.settimeout(limits.TIMEOUT_S)
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        with contextlib.suppress(OSError):
            if connection.recv(TOKEN_BYTES, socket.MSG_WAITALL) == self._visit.token:
                conversation = Conversation(connection, self._visit)
                self._open[connection.fileno()] = connection
                self._listen(connection, lambda: _converse(conversation))
                return True
        connection.close()
        return True

    def _look(self, elapsed: float) -> None:
        job = self._job
        if job.in_turns:
            over = self._visit is not None and self._visit.is_overdue(job.timeout_s)
        else:
            over = elapsed + self._worker.page.slept >= job.timeout_s
        if over:
            self._end("timeout")
            return
        self._look_at_memory()
        if self._peak_kb > job.memory_mb * 1024:
            self._end("memory")

    def _look_at_memory(self) -> None:
        """Its peak, what a fresh interpreter would have mapped besides, and the processes it started."""
        worker = self._worker
        peak = worker.memory_kb(b"VmHWM:")
        if peak:
            used = peak + max(0, worker.mapped_kb - (worker.page.mapped_kb or worker.mapped_kb))
            used += others_kb(children(worker.pid)) if worker.page.started else 0
            self._peak_kb = max(self._peak_kb, used)

    def _end_as_asked(self) -> None:
        self._end("killed")

    def _end(self, cause: str) -> None:
        self._cause = self._cause or cause
        self._worker.end()


def _has_more(line: socket.socket) -> bool:
    """Is there something to read?"""
    return bool(select.select([line], [], [], 0)[0])


def _converse(conversation: Conversation) -> bool:
    try:
        return conversation.goes_on()
    except OSError:  # a client that goes away in between is no event
        return False
