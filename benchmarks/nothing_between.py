"""What would an execution cost with nothing between the action and the portal? No way of ours can be faster than that.

The action's text and HubSpot's client as they are, in this process: no isolation, no limits, no judgement, no wire but
the bytes that the client writes and reads. So it is the floor of benchmarks/executions.py, and no way to run actions.
"""

import io
import os
import socket
import types
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, redirect_stdout
from datetime import datetime
from typing import Any
from unittest.mock import patch

import urllib3.connection

from contract.action import Action
from harness import Outcome
from harness.runtime.child import virtual_clock
from harness.runtime.door import Conversation
from harness.runtime.limits import TIMEOUT_S
from harness.runtime.visit import Answers, Visit


class NothingBetween:
    """Makes runs as a Runtime does, as far as a good run goes."""

    def __init__(self, portal: Answers) -> None:
        self._portal = portal
        self._codes: dict[str, types.CodeType] = {}

    def run(
        self, action: Action, event: Mapping[str, Any], *, secrets: Mapping[str, str], now: datetime, **_: object
    ) -> Outcome:
        """One, by the portal's clock."""
        if action.digest not in self._codes:
            self._codes[action.digest] = compile(action.source, action.path.name, "exec")
        visit = Visit(self._portal)
        with _at(now), _asked_by(visit), patch.dict(os.environ, secrets), redirect_stdout(io.StringIO()):
            module = types.ModuleType("lambda_function")
            exec(self._codes[action.digest], module.__dict__)  # noqa: S102 - our own file
            answer = module.main(event)
        return Outcome("succeeded", "guessed", answer["outputFields"], calls=visit.calls)


@contextmanager
def _at(now: datetime) -> Iterator[None]:
    virtual_clock.OwnClock(now.timestamp(), TIMEOUT_S, lambda slept: None, lambda: None).install()
    try:
        yield
    finally:
        virtual_clock.remove()


@contextmanager
def _asked_by(visit: Visit) -> Iterator[None]:
    def connect(connection: Any) -> None:
        connection.sock, connection.is_verified = _Near(visit), True

    with patch.object(urllib3.connection.HTTPSConnection, "connect", connect):
        yield


class _Near:
    """A socket whose other side is this process."""

    quiet, _ = socket.socketpair()
    """Where a client looks whether the other side has hung up."""

    def __init__(self, visit: Visit) -> None:
        self._conversation = Conversation(self, visit)  # type: ignore[arg-type] # it has what is used of one
        self._asked, self._answered = b"", b""

    def sendall(self, data: bytes) -> None:
        """Of the client the question, of the door the answer."""
        self._asked += data

    def makefile(self, mode: str, **_: object) -> io.BytesIO:
        """The client wants to hear."""
        answered: list[bytes] = []
        asked, self._asked = self._asked, b""
        self.recv = lambda size: asked
        with patch.object(self, "sendall", answered.append):
            self._conversation.goes_on()
        return io.BytesIO(b"".join(answered))

    def fileno(self) -> int:
        """Of one that nothing comes to."""
        return self.quiet.fileno()

    def settimeout(self, seconds: float | None) -> None:
        """There is nothing to wait for."""

    close = shutdown = lambda self, *how: None
