"""How is a run made in milliseconds? A warm process has the libraries loaded and forks per run (Linux)."""

import json
import os
import socket
import subprocess
import tempfile
from typing import Any

from harness.runtime.authority import authority
from harness.runtime.child.channel import receive, send
from harness.runtime.door import Door
from harness.runtime.environment import NoPython, variables
from harness.runtime.facts import CHILD, Facts, Job, read_report, setup
from harness.runtime.imports import Imports
from harness.runtime.notices import say_once
from harness.runtime.visit import Visit

_HELLO_BYTES = 512
_END_SECONDS = 5


class ForkServer:
    """The harness's handle on one warm process; one run at a time."""

    def __init__(self, python: str, imports: Imports, door: Door | None) -> None:
        self.imports = imports
        self._python = python
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the process
        self._control, theirs = socket.socketpair()
        orders, self._orders = os.pipe()
        self._process = subprocess.Popen(
            [python, "-I", "-X", "utf8", str(CHILD), "serve", str(theirs.fileno()), str(orders)],
            pass_fds=(theirs.fileno(), orders),
            env={},  # the only way: clearing it later leaves it readable in /proc
            stdin=subprocess.DEVNULL,
            stdout=self._errors,
            stderr=self._errors,
        )
        theirs.close()
        os.close(orders)
        self._begin(imports, door)

    def run(self, job: Job, visit: Visit | None) -> Facts:
        """Make one run and wait until nothing of it is left."""
        if visit is not None:
            visit.end = lambda: self._order_end(job)
        send(self._control, json.dumps(job.as_json()).encode())
        ended, log, report = (receive(self._control) for _ in range(3))
        if ended is None or log is None or report is None:
            return _lost(job)
        facts = json.loads(ended)
        return Facts(
            told=read_report(report, job.nonce),
            log=log.decode("utf-8", "replace"),
            log_dropped=facts["log_dropped"],
            exit_code=facts["exit"],
            exit_signal=facts["signal"],
            cause=facts["cause"],
            took_s=facts["took"],
            peak_mb=facts["peak_kb"] / 1024,
            leftovers=facts["leftovers"] > 0 and facts["cause"] is None,
            memory="enforced",
        )

    @property
    def alive(self) -> bool:
        """False when a run has taken the warm process down with it."""
        return self._process.poll() is None

    def close(self) -> None:
        """Let the process go: it ends when its control socket does, and takes a run with it."""
        self._control.close()
        os.close(self._orders)
        try:
            self._process.wait(_END_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._errors.close()

    def _order_end(self, job: Job) -> None:
        os.write(self._orders, job.token)

    def _begin(self, imports: Imports, door: Door | None) -> None:
        """Hand over the set-up, take the listening socket if there is one, wait until all is loaded."""
        told = setup() | {"seal": True, "environ": variables({}), "rehearsal": "", "modules": imports.modules}
        told["chains"] = imports.chains
        rehearsal = Visit(_Rehearsal())
        if door is not None:
            door.admit(rehearsal)
            told |= {"authority": authority().certificate, "rehearsal": rehearsal.token.hex()}
            told["door"] = door.here()
        try:
            send(self._control, json.dumps(told).encode())
            hello, fds, _, _ = socket.recv_fds(self._control, _HELLO_BYTES, 1, socket.MSG_WAITALL)
        except OSError:
            hello, fds = b"", []
        if not hello:
            raise self._no_start()
        if door is not None and fds:
            door.listen(socket.socket(fileno=fds[0]))
        _say_unsealed(json.loads(hello)["unsealed"])
        if receive(self._control) is None:
            raise self._no_start()
        if door is not None:
            door.dismiss(rehearsal)

    def _no_start(self) -> NoPython:
        self._process.wait(_END_SECONDS)
        self._errors.seek(0)
        said = self._errors.read().decode("utf-8", "replace").strip().splitlines()[-1:] or ["nothing"]
        return NoPython(
            f"{self._python}: expected a Python 3.9 or later that can run actions, "
            f"found one that ends at its start, saying: {said[0]}"
        )


class _Rehearsal:
    """Answers the warm process's own calls before its first run; the portal never hears of them."""

    def answer(self, request: Any) -> Any:
        from harness.portal.wire import Response

        return Response(200, b"{}", {"Content-Type": "application/json"})


def _say_unsealed(reason: str) -> None:
    if reason:
        say_once(
            f"no network namespace here ({reason}): an action's Python is kept off the network, "
            "but a C extension or a program it starts is not."
        )


def _lost(job: Job) -> Facts:
    """The run ended the process that watched it, which only deliberate code does."""
    return Facts((), "", 0, None, None, "lost", 0.0, None, False, "not checked")
