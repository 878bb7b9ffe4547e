"""How is a run made in milliseconds? A warm process has the libraries loaded and forks per run (Linux)."""

import contextlib
import json
import os
import shutil
import socket
import stat
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from harness.runtime.child.channel import receive, send
from harness.runtime.door import Door
from harness.runtime.environment import NoPython, variables
from harness.runtime.facts import CHILD, Facts, Job, setup
from harness.runtime.imports import Imports
from harness.runtime.notices import say_once
from harness.runtime.told import read_report
from harness.runtime.visit import Visit

LOADING_SECONDS = 20.0
"""An import that takes longer would end any run that makes it."""
_END_SECONDS = 5


class Gone(Exception):
    """The warm process was not there any more, so the run has not begun."""


class Stuck(Exception):
    """What was to be loaded ahead does not come to an end."""


class ForkServer:
    """The harness's handle on one warm process; one run at a time.

    It has a session of its own, so that a Ctrl-C is the harness's alone, and ends with its control socket.
    """

    def __init__(self, python: str, imports: Imports, door: Door | None) -> None:
        self.imports = imports
        self._python = python
        self._folder = Path(tempfile.mkdtemp(prefix="lambda-"))
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the process
        self._job, self._log, self._report = (os.memfd_create(name) for name in ("job", "log", "report"))
        self._control, theirs = socket.socketpair()
        orders, self._orders = os.pipe()
        self._process: subprocess.Popen[bytes] | None = None
        try:
            with theirs:
                self._process = self._started((theirs.fileno(), orders, self._job, self._log, self._report))
            self._begin(imports, door)
        except OSError as error:
            self.close()
            raise no_start(python, str(error).encode()) from None
        except BaseException:
            self.close()
            raise
        finally:
            os.close(orders)

    def run(self, job: Job, visit: Visit | None) -> Facts:
        """Make one run and wait until nothing of it is left."""
        if visit is not None:
            visit.end = lambda: self._order_end(job)
        for fd in (self._job, self._log, self._report):
            os.ftruncate(fd, 0)
            os.lseek(fd, 0, os.SEEK_SET)
        with open(self._job, "wb", closefd=False) as file:
            size = file.write(json.dumps(job.as_json()).encode())
        order = {"size": size, "timeout": job.timeout_s, "memory_mb": job.memory_mb, "token": job.token.hex()}
        try:
            send(self._control, json.dumps(order).encode())
        except OSError:
            raise Gone from None
        try:
            ended = receive(self._control)
        except OSError:
            ended = None
        if ended is None:
            return _lost()
        facts = json.loads(ended)
        _empty(Path(facts["folder"]))
        return _facts(facts, _all_of(self._log), read_report(_all_of(self._report), job.nonce))

    @property
    def alive(self) -> bool:
        """False when somebody has ended the warm process meanwhile."""
        return self._process is not None and self._process.poll() is None

    def close(self) -> None:
        """Let the process go: it ends when its control socket does, and takes a run with it."""
        self._control.close()
        for fd in (self._orders, self._job, self._log, self._report):
            os.close(fd)
        if self._process is not None:
            try:
                self._process.wait(_END_SECONDS)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
        self._errors.close()
        shutil.rmtree(self._folder, ignore_errors=True)

    def _started(self, fds: tuple[int, ...]) -> "subprocess.Popen[bytes]":
        return subprocess.Popen(
            [self._python, "-I", "-X", "utf8", str(CHILD), "serve", *map(str, fds)],
            pass_fds=fds,
            env={},  # the only way: clearing it later leaves it readable in /proc
            stdin=subprocess.DEVNULL,
            stdout=self._errors,
            stderr=self._errors,
            start_new_session=True,
        )

    def _order_end(self, job: Job) -> None:
        with contextlib.suppress(OSError):
            os.write(self._orders, job.token)

    def _begin(self, imports: Imports, door: Door | None) -> None:
        """Hand over the set-up, take the listening socket if there is one, wait until all is loaded."""
        told = setup() | {
            "environ": variables({}),
            "rehearsal": "",
            "modules": imports.modules,
            "folder": str(self._folder),
        }
        told["folders"] = [str(self._folder / name) for name in ("run-1", "run-2")]  # one is used, one is ready
        for folder in told["folders"]:
            _empty(Path(folder))
        told |= {"chains": imports.chains, "patience": LOADING_SECONDS + _END_SECONDS}
        rehearsal = Visit(_Rehearsal())
        if door is not None:
            door.admit(rehearsal)
            told |= {"authority": door.certificate, "rehearsal": rehearsal.token.hex()}
            told["door"] = door.here()
        try:
            said = self._hear(told, door)
        finally:
            if door is not None:
                door.dismiss(rehearsal)
        if said is None:
            raise self._no_start()
        _say_unsealed(json.loads(said)["unsealed"])

    def _hear(self, told: dict[str, Any], door: Door | None) -> bytes | None:
        """What the warm process says when it is ready; None when it has ended instead."""
        self._control.settimeout(LOADING_SECONDS)
        try:
            send(self._control, json.dumps(told).encode())
            hello, fds, _, _ = socket.recv_fds(self._control, 1, 1)
            if door is not None and fds:
                door.listen(socket.socket(fileno=fds[0]))
            said = receive(self._control) if hello else None
        except TimeoutError:
            if self._process is not None:
                self._process.kill()
            raise Stuck from None
        except OSError:
            return None
        self._control.settimeout(None)
        return said

    def _no_start(self) -> NoPython:
        with contextlib.suppress(subprocess.TimeoutExpired):
            if self._process is not None:
                self._process.wait(_END_SECONDS)
        self._errors.seek(0)
        return no_start(self._python, self._errors.read())


def warm(python: str, imports: Imports, door: Door | None) -> ForkServer:
    """A warm process with these imports; where they do not come to an end, with none: each run makes its own."""
    try:
        return ForkServer(python, imports, door)
    except Stuck:
        say_once(
            f"loading {', '.join(imports.modules)} ahead took over {LOADING_SECONDS:g} s: each run loads for itself."
        )
    server = ForkServer(python, Imports(), door)
    server.imports = imports
    return server


def no_start(python: str, said: bytes) -> NoPython:
    """The error for an interpreter that ends before it could run anything."""
    last = said.decode("utf-8", "replace").strip().splitlines()[-1:] or ["nothing"]
    return NoPython(
        f"{python}: expected a Python 3.9 or later that can run actions, "
        f"found one that ends at its start, saying: {last[0]}"
    )


class _Rehearsal:
    """Answers the warm process's own calls before its first run; the portal never hears of them."""

    def answer(self, request: Any) -> Any:
        from harness.portal.wire import Response

        return Response(200, b"{}", {"Content-Type": "application/json"})


def _say_unsealed(reason: str) -> None:
    if reason:
        say_once(
            f"no namespaces here ({reason}): an action's Python is kept off the network and off other folders, "
            "but a C extension or a program it starts is not."
        )


def _empty(folder: Path) -> None:
    """Make a run's temporary folder as new; mostly it is, and removing and making one takes its time."""
    try:
        if not any(folder.iterdir()) and stat.S_IMODE(folder.stat().st_mode) == 0o700:
            return
    except OSError:  # not there, or closed by the run
        pass
    with contextlib.suppress(OSError):
        folder.chmod(0o700)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(0o700, exist_ok=True)


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
