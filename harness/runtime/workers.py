"""How are runs made at a fraction of a fork's cost? Workers make many, one after another, over a plain wire (Linux).

A worker is what a warm Lambda is: a process of one file that comes back to its beginning after each run. Not as strict
as a fork: what a run has changed inside a library is there for the next one of the same file; TLS is not spoken, so a
client that would not trust the certificate does not notice; asyncio's TLS does not work; memory is looked at every
5 ms and after the run, so that a spike of a run that then crashes may be missed; a process that a run leaves behind
lives until the worker is ended, right after. Everything else is judged by the same code.
"""

import contextlib
import json
import os
import shutil
import signal
import socket
import threading
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from harness.runtime import limits
from harness.runtime.child.channel import receive, send
from harness.runtime.child.page import SIZE, SharedPage
from harness.runtime.facts import Facts, Job
from harness.runtime.forks import say_stuck
from harness.runtime.imports import Imports
from harness.runtime.patterns import Pattern
from harness.runtime.shift import Shift
from harness.runtime.visit import Visit
from harness.runtime.warm import Gone, Ground, Stuck, WarmProcess, empty

_IDLE_KEPT = 24
"""Workers without work (some 10 MB each beside what they share); beyond that the oldest is ended."""
_MISSING = 16
"""So many expressions of its file that a worker would still have to compile cost more than a new worker."""
_GROWTH_KB = 24 * 1024
_MOST_RUNS = 2_000


@dataclass
class Worker:
    """The harness's ends of one worker."""

    pid: int
    line: socket.socket
    log: int
    page: SharedPage
    listener: socket.socket
    folder: Path
    mapped_kb: int
    """What the warm process had mapped of its libraries' files."""
    digest: str
    inherits: int
    """How many of its file's expressions were compiled before it was forked."""
    status: int
    refs: int
    handle: int
    """Readable when it has ended."""
    runs: int = 0
    knows: bool = False
    """Whether it has the text of its file."""
    resting_kb: int = 0
    """What it used after its first run."""
    lock: threading.Lock = field(default_factory=threading.Lock)
    gone: bool = False

    def end(self) -> None:
        """Kill it, unless it is counted out already and its number may be another's."""
        with self.lock:
            if not self.gone:
                for kill in (os.killpg, os.kill):
                    with contextlib.suppress(ProcessLookupError, PermissionError):
                        kill(self.pid, signal.SIGKILL)

    def memory_kb(self, name: bytes) -> int:
        """One figure of its status; 0 when it has ended."""
        try:
            text = os.pread(self.status, 4096, 0)
        except ProcessLookupError:
            return 0
        at = text.find(b"\n" + name)
        return int(text[at + 1 + len(name) :].split(None, 1)[0]) if at >= 0 else 0

    def forget_peak(self) -> None:
        """From here on its peak is counted anew."""
        with contextlib.suppress(ProcessLookupError):
            os.write(self.refs, b"5")

    def close(self) -> None:
        """The harness's ends."""
        self.line.close()
        self.listener.close()
        self.page.close()
        for fd in (self.log, self.status, self.refs, self.handle):
            os.close(fd)


class WorkerServer(WarmProcess):
    """A warm process that forks workers."""

    def __init__(self, ground: Ground, imports: Imports) -> None:
        self._lock = threading.Lock()
        self._made = 0
        self._compiled: set[Pattern] = set()
        super().__init__(ground, imports, "work")

    def settings(self) -> dict[str, Any]:
        """Nothing of it is encrypted, its own rehearsal neither."""
        return {"plain": True}

    def fork(self, job: Job) -> Worker:
        """A new worker for the file of this job."""
        line, theirs = socket.socketpair()
        log, log_theirs = os.pipe()
        page = os.memfd_create("page")
        os.ftruncate(page, SIZE)
        try:
            with self._lock:
                self._compile(job.patterns)
                self._made += 1
                folder = self._folder / f"run-{self._made}"
                socket.send_fds(self._control, [b"f"], [theirs.fileno(), log_theirs, page])
                _, fds, _, _ = socket.recv_fds(self._control, 1, 1)
                told = json.loads(receive(self._control) or b"null")
            shared = SharedPage(page)
        except OSError:
            told = None
        finally:
            theirs.close()
            os.close(log_theirs)
            os.close(page)
        if told is None:
            line.close()
            os.close(log)
            raise Gone
        os.set_blocking(log, False)
        import fcntl  # Windows has none

        with contextlib.suppress(OSError):  # above what a user may have
            fcntl.fcntl(log, fcntl.F_SETPIPE_SZ, limits.LOG_CAP)
        status, refs = (
            os.open(f"/proc/{told['pid']}/{name}", flags)
            for name, flags in (("status", os.O_RDONLY), ("clear_refs", os.O_WRONLY))
        )
        handle = os.pidfd_open(told["pid"])
        empty(folder)
        listener = socket.socket(fileno=fds[0])
        listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_DEFER_ACCEPT, 1)  # not before the run says who it is
        known, mapped = len(job.patterns), told["mapped_kb"]
        return Worker(told["pid"], line, log, shared, listener, folder, mapped, job.digest, known, status, refs, handle)

    def _compile(self, patterns: tuple[Pattern, ...]) -> None:
        """Let every later worker inherit these."""
        new = [pattern for pattern in patterns if pattern not in self._compiled]
        if new:
            self._control.sendall(b"c")
            send(self._control, json.dumps(new).encode())
            self._compiled.update(new)

    def reap(self, worker: Worker) -> dict[str, Any]:
        """End a worker with all it has left behind, and say how it ended."""
        with self._lock, worker.lock:
            worker.gone = True
            try:
                self._control.sendall(b"r")
                send(self._control, json.dumps(worker.pid).encode())
                said = receive(self._control)
            except OSError:
                said = None
        worker.close()
        shutil.rmtree(worker.folder, ignore_errors=True)
        ended: dict[str, Any] = json.loads(said) if said else {"signal": None, "exit": None, "leftovers": 0}
        return ended


class Crew:
    """All the workers of one runtime. Safe to use from several threads."""

    def __init__(self, ground: Ground) -> None:
        self._ground = ground
        self._servers: dict[Imports, WorkerServer] = {}
        self._idle: list[tuple[WorkerServer, Worker]] = []
        self._lock = threading.Lock()

    def run(self, job: Job, visit: Visit | None, imports: Imports) -> Facts:
        """One run, in a worker that has run this file before or in a new one."""
        while True:
            server, worker = self._take(job, imports)
            worker.page.begin()
            worker.forget_peak()
            shift = Shift(worker, job, visit)
            try:
                begun = shift.work()
            except BaseException:  # a Ctrl-C too: nobody waits for this run any more
                server.reap(worker)
                self._drop(server)
                raise
            if begun:
                return self._after(server, worker, shift)
            server.reap(worker)

    def close(self) -> None:
        """End them all."""
        with self._lock:
            idle, self._idle = self._idle, []
            servers, self._servers = list(self._servers.values()), {}
        for _, worker in idle:
            worker.close()
        for server in servers:
            server.close()

    def _after(self, server: WorkerServer, worker: Worker, shift: Shift) -> Facts:
        """Keep the worker if it is as it was, else end it; the facts of its run."""
        over = shift.over
        worker.runs += 1
        used = worker.memory_kb(b"VmRSS:")
        worker.resting_kb = worker.resting_kb or used
        if over is None or over["left"] or worker.runs >= _MOST_RUNS or used > worker.resting_kb + _GROWTH_KB:
            return shift.facts(server.reap(worker))
        worker.knows = over["knows"]
        empty(worker.folder)
        with self._lock:
            self._idle.append((server, worker))
            surplus = self._idle.pop(0) if len(self._idle) > _IDLE_KEPT else None
        if surplus is not None:
            surplus[0].reap(surplus[1])
        return shift.facts(None)

    def _take(self, job: Job, imports: Imports) -> tuple[WorkerServer, Worker]:
        while (idle := self._idle_for(job)) is not None:
            server, worker = idle
            if len(job.patterns) - worker.inherits < _MISSING:
                return idle
            server.reap(worker)
        while True:
            server = self._server(imports)
            try:
                return server, server.fork(job)
            except Gone:
                self._drop(server)

    def _idle_for(self, job: Job) -> tuple[WorkerServer, Worker] | None:
        """The one that has run this file last, and waits."""
        with self._lock:
            for place in range(len(self._idle) - 1, -1, -1):
                if self._idle[place][1].digest == job.digest:
                    return self._idle.pop(place)
        return None

    def _server(self, imports: Imports) -> WorkerServer:
        with self._lock:
            if imports not in self._servers:
                try:
                    self._servers[imports] = WorkerServer(self._ground, imports)
                except Stuck:
                    say_stuck(imports)
                    self._servers[imports] = WorkerServer(self._ground, Imports())
            return self._servers[imports]

    def _drop(self, server: WorkerServer) -> None:
        with self._lock:
            self._servers = {name: each for name, each in self._servers.items() if each is not server}
            gone = [pair for pair in self._idle if pair[0] is server]
            self._idle = [pair for pair in self._idle if pair[0] is not server]
        for _, worker in gone:
            worker.close()
        server.close()
