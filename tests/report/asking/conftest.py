"""A served account to read, and time that passes only where somebody waits for it."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field

import pytest

from report.asking.asking import Asking
from tests.harness.serve.conftest import Served

TICKETS = "/crm/objects/2026-09/tickets"
DETAILS = "/account-info/2026-09/details"


@dataclass
class Time:
    """Passes by sleeping alone."""

    seconds: float = 1_000.0
    slept: list[float] = field(default_factory=list)

    def __call__(self) -> float:
        return self.seconds

    def sleep(self, seconds: float) -> None:
        """Let it pass."""
        self.slept.append(seconds)
        self.seconds += seconds


@pytest.fixture
def served(hub: Served) -> Served:
    """An account with one ticket, in good weather, whose log is empty."""
    hub.control("POST", "reset", {"tickets": [{"subject": "First"}]})
    hub.control("DELETE", "weather")
    hub.control("POST", "limits", {"enforced": False})
    hub.control("DELETE", "requests")
    return hub


@pytest.fixture
def time() -> Time:
    """The time of a reader."""
    return Time()


@pytest.fixture
def asking(served: Served, time: Time) -> Iterator[Asking]:
    """A reader of it."""
    with Asking(served.address, served.token, clock=time, sleep=time.sleep) as one:
        yield one


Say = Callable[..., str]


@pytest.fixture
def says() -> Iterator[Say]:
    """Starts a server that answers each connection with the next of these texts, the last of them for ever."""
    listeners: list[socket.socket] = []

    def start(*texts: bytes) -> str:
        listener = socket.create_server(("127.0.0.1", 0))
        listeners.append(listener)

        def run() -> None:
            left = list(texts)
            while True:
                try:
                    connection, _ = listener.accept()
                except OSError:
                    return
                with closing(connection):
                    connection.recv(65_536)
                    connection.sendall(left.pop(0) if len(left) > 1 else left[0])

        threading.Thread(target=run, daemon=True).start()
        return f"http://127.0.0.1:{listener.getsockname()[1]}"

    yield start
    for listener in listeners:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()


def answer(status: int, body: str, *headers: str) -> bytes:
    """An answer as it goes over the wire."""
    lines = [f"HTTP/1.1 {status} Said", *headers, f"Content-Length: {len(body)}", "Connection: close", "", body]
    return "\r\n".join(lines).encode()
