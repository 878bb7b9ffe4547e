"""What do runs that are made in milliseconds begin from? A process that has their libraries loaded (Linux)."""

import contextlib
import json
import shutil
import socket
import stat
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from harness.runtime.child.channel import receive, send
from harness.runtime.door import Door
from harness.runtime.environment import NoPython, variables
from harness.runtime.facts import CHILD, setup
from harness.runtime.imports import Imports
from harness.runtime.notices import say_once
from harness.runtime.visit import Visit

LOADING_SECONDS = 20.0
"""An import that takes longer would end any run that makes it."""
_END_SECONDS = 5


class Gone(Exception):
    """The warm process was not there any more, so the run has not begun."""


class Stuck(Exception):
    """What was to be loaded ahead does not come to an end."""


@dataclass(frozen=True)
class Ground:
    """What all warm processes of one runtime have in common."""

    python: str
    door: Door | None
    seeded: bool = False
    """Whether even the order of a set is the same each time."""

    def command(self, *words: str) -> tuple[list[str], dict[str, str]]:
        """How the interpreter is called, and its whole environment: clearing that later leaves it readable in /proc."""
        apart, environ = (["-s"], {"PYTHONHASHSEED": "0"}) if self.seeded else (["-I"], {})
        return [self.python, *apart, "-X", "utf8", str(CHILD), *words], environ


class WarmProcess:
    """The harness's handle on one warm process.

    It has a session of its own, so that a Ctrl-C is the harness's alone, and ends with its control socket.
    """

    def __init__(self, ground: Ground, imports: Imports, kind: str, fds: tuple[int, ...] = ()) -> None:
        self.imports = imports
        self._ground = ground
        self._folder = Path(tempfile.mkdtemp(prefix="lambda-"))
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the process
        self._control, theirs = socket.socketpair()
        self._process: subprocess.Popen[bytes] | None = None
        try:
            with theirs:
                self._process = self._started(kind, (theirs.fileno(), *fds))
            self._begin(ground.door)
        except OSError as error:
            self.close()
            raise no_start(ground.python, str(error).encode()) from None
        except BaseException:
            self.close()
            raise

    @property
    def alive(self) -> bool:
        """False when somebody has ended the warm process meanwhile."""
        return self._process is not None and self._process.poll() is None

    def close(self) -> None:
        """Let the process go: it ends when its control socket does, and takes its runs with it."""
        self._control.close()
        if self._process is not None:
            try:
                self._process.wait(_END_SECONDS)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
        self._errors.close()
        shutil.rmtree(self._folder, ignore_errors=True)

    def settings(self) -> dict[str, Any]:
        """What this kind of warm process is told besides."""
        return {}

    def _started(self, kind: str, fds: tuple[int, ...]) -> "subprocess.Popen[bytes]":
        command, environ = self._ground.command(kind, *map(str, fds))
        return subprocess.Popen(
            command,
            pass_fds=fds,
            env=environ,
            stdin=subprocess.DEVNULL,
            stdout=self._errors,
            stderr=self._errors,
            start_new_session=True,
        )

    def _begin(self, door: Door | None) -> None:
        """Hand over the set-up, take the listening socket if there is one, wait until all is loaded."""
        told = setup() | {
            "environ": variables({}),
            "rehearsal": "",
            "seeded": self._ground.seeded,
            "modules": self.imports.modules,
            "chains": self.imports.chains,
            "patience": LOADING_SECONDS + _END_SECONDS,
            "folder": str(self._folder),
        }
        told |= self.settings()
        rehearsal = Visit(_Rehearsal())
        if door is not None:
            door.admit(rehearsal, plain=told["plain"])
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
        return no_start(self._ground.python, self._errors.read())


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


def empty(folder: Path) -> None:
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
