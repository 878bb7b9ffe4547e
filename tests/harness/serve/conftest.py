"""A served portal, as a user starts one: another process on a port of its own."""

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import requests

ROOT = Path(__file__).parents[3]
FIRST_LINE = re.compile(r"The local HubSpot listens on (\S+) \(portal (\d+), token (\S+)\)\. Ctrl-C ends it\.\n")

USUAL = ("-m", "harness")
IMPATIENT = (  # the same, but that a client has a moment for each thing instead of many seconds
    "-c",
    "import sys; from harness import cli; from harness.serve import connection, server; "
    "connection.SLOWEST = connection.KEPT_OPEN = 0.5; connection.PATIENCE = server.TICK = 0.1; "
    "sys.exit(cli.main(sys.argv[1:]))",
)


@dataclass
class Answer:
    """What a client got."""

    status: int
    body: Any
    headers: Mapping[str, str]


@dataclass
class Served:
    """One running server."""

    process: subprocess.Popen[str]
    address: str
    token: str
    told: list[str] = field(default_factory=list)  # the other lines of its start
    verify: str | bool = True

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self.address.rpartition(":")[2])

    def call(self, method: str, path: str, body: Any = None, **headers: str) -> Answer:
        """One request; `body` goes as JSON, bytes as they are, and headers without one get the usual ones."""
        raw = body if isinstance(body, bytes | None) else json.dumps(body).encode()
        given = {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"}
        given |= {name.replace("_", "-"): value for name, value in headers.items()}
        with requests.Session() as session:
            session.trust_env = False  # proxies and certificates of this machine are none of its business
            answer = session.request(method, self.address + path, data=raw, headers=given, verify=self.verify)
        return Answer(answer.status_code, answer.json() if answer.content else None, answer.headers)

    def control(self, method: str, path: str, body: Any = None, **headers: str) -> Answer:
        """One request under the private prefix."""
        return self.call(method, f"/_local/{path}", body, **headers)

    def ends(self, by: signal.Signals = signal.SIGINT) -> tuple[int, str]:
        """Its exit code and what it printed after its start."""
        self.process.send_signal(by)
        printed, _ = self.process.communicate(timeout=60)
        return self.process.returncode, printed


Serve = Callable[..., Served]


@pytest.fixture
def serve() -> Iterator[Serve]:
    """Starts servers; those that still run end with the test."""
    running: list[Served] = []

    def start(*arguments: str, folder: Path = ROOT, impatient: bool = False) -> Served:
        served = started(*arguments, folder=folder, command=IMPATIENT if impatient else USUAL)
        running.append(served)
        return served

    yield start
    for served in running:
        if served.process.poll() is None:
            served.process.kill()
            served.process.communicate()


@pytest.fixture(scope="module")
def served() -> Iterator[Served]:
    """One server for the tests of a file that leave it as it was."""
    server = started()
    yield server
    server.process.kill()
    server.process.communicate()


def started(*arguments: str, folder: Path = ROOT, command: tuple[str, ...] = USUAL) -> Served:
    """A server that has said that it listens."""
    process = subprocess.Popen(
        [sys.executable, *command, "serve", "--port", "0", *arguments],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert process.stdout
    first = process.stdout.readline()
    said = FIRST_LINE.fullmatch(first)
    if said is None:
        rest, _ = process.communicate()
        raise AssertionError(f"expected a start line, found {first}{rest}")
    told: list[str] = []
    process.stdout.readline()
    while line := process.stdout.readline().strip():
        told.append(line)
    return Served(process, said[1], said[3], told)
