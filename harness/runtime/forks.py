"""How is a run made in milliseconds? A warm process has the libraries loaded and forks per run (Linux)."""

import contextlib
import json
import os
import select
import socket
from pathlib import Path
from typing import Any

from harness.runtime.child.channel import receive, send
from harness.runtime.child.page import SIZE, SharedPage
from harness.runtime.facts import Facts, Job
from harness.runtime.imports import Imports
from harness.runtime.notices import say_once
from harness.runtime.patterns import Pattern
from harness.runtime.told import Reading, read_report
from harness.runtime.visit import Visit
from harness.runtime.warm import LOADING_SECONDS, Gone, Ground, Stuck, WarmProcess, empty

_LOOK_MS = 100
_NO_LIMIT_S = 1e9


class ForkServer(WarmProcess):
    """A warm process that makes one run at a time, each in a fork of its own."""

    def __init__(self, ground: Ground, imports: Imports) -> None:
        names = ("job", "log", "report", "page")
        self._job, self._log, self._report, page = self._files = [os.memfd_create(name) for name in names]
        os.ftruncate(page, SIZE)
        self._page = SharedPage(page)
        self._compiled: set[Pattern] = set()
        self._turns, theirs = socket.socketpair()
        orders, self._orders = os.pipe()
        try:
            super().__init__(ground, imports, "serve", (orders, *self._files, theirs.fileno()))
        finally:
            theirs.close()
            os.close(orders)

    def run(self, job: Job, visit: Visit | None) -> Facts:
        """Make one run and wait until nothing of it is left."""
        if visit is not None:
            visit.ends_by(lambda: self._order_end(job))
            visit.page = self._page
        self._page.begin()
        for fd in (self._job, self._log, self._report):
            os.ftruncate(fd, 0)
            os.lseek(fd, 0, os.SEEK_SET)
        with open(self._job, "wb", closefd=False) as file:
            size = file.write(json.dumps(job.as_json()).encode())
        limit_s = _NO_LIMIT_S if job.in_turns else job.timeout_s
        order = {"size": size, "timeout": limit_s, "memory_mb": job.memory_mb, "token": job.token.hex()}
        order["patterns"] = [pattern for pattern in job.patterns if pattern not in self._compiled]
        self._compiled.update(job.patterns)
        try:
            send(self._control, json.dumps(order).encode())
        except OSError:
            raise Gone from None
        try:
            if visit is not None and job.in_turns:
                self._take_turns(job, visit)
            ended = receive(self._control)
        except OSError:
            ended = None
        if ended is None:
            return _lost()
        facts = json.loads(ended)
        empty(Path(facts["folder"]))
        return _facts(facts, _all_of(self._log), read_report(_all_of(self._report), job.nonce))

    def settings(self) -> dict[str, Any]:
        """A folder that is used, and one that is ready."""
        folders = [self._folder / name for name in ("run-1", "run-2")]
        for folder in folders:
            empty(folder)
        return {"folders": [str(folder) for folder in folders]}

    def close(self) -> None:
        """With what was opened for its runs."""
        super().close()
        self._turns.close()
        self._page.close()
        for fd in (self._orders, *self._files):
            os.close(fd)

    def _order_end(self, job: Job) -> None:
        with contextlib.suppress(OSError):
            os.write(self._orders, job.token)

    def _take_turns(self, job: Job, visit: Visit) -> None:
        """Until the run is over let it sleep when it asks to, and end it when it goes on for too long by itself."""
        reading = Reading(job.nonce)
        waiting = select.poll()
        for each in (self._control, self._turns):
            waiting.register(each, select.POLLIN)
        visit.goes_on()
        while True:
            ready = {fd for fd, _ in waiting.poll(_LOOK_MS)}
            if self._control.fileno() in ready:
                return
            if self._turns.fileno() in ready:
                for fact in reading.feed(self._turns.recv(1 << 16)):
                    if fact["kind"] == "sleeps":
                        visit.sleep(fact["seconds"])
                        self._turns.send(b".")
            elif visit.is_overdue(job.timeout_s):
                self._order_end(job)


def warm(ground: Ground, imports: Imports) -> ForkServer:
    """A warm process with these imports; where they do not come to an end, with none: each run makes its own."""
    try:
        return ForkServer(ground, imports)
    except Stuck:
        say_stuck(imports)
    server = ForkServer(ground, Imports())
    server.imports = imports
    return server


def say_stuck(imports: Imports) -> None:
    """Said of imports that do not come to an end."""
    say_once(f"loading {', '.join(imports.modules)} ahead took over {LOADING_SECONDS:g} s: each run loads for itself.")


def _all_of(fd: int) -> bytes:
    return os.pread(fd, os.fstat(fd).st_size, 0)


def _facts(ended: dict[str, Any], log: bytes, told: tuple[dict[str, Any], ...]) -> Facts:
    return Facts(
        told=told,
        log=log.decode("utf-8", "replace"),
        log_dropped=ended["log_dropped"],
        exit_code=ended["exit"],
        exit_signal=ended["signal"],
        cause=ended["cause"],
        took_s=ended["took"],
        peak_mb=ended["peak_kb"] / 1024,
        leftovers=ended["leftovers"] > 0 and ended["cause"] is None,
        memory="enforced",
    )


def _lost() -> Facts:
    """The run ended the process that watched it, which only deliberate code does."""
    return Facts((), "", 0, None, None, "lost", 0.0, None, False, "not checked")
