"""HubSpot's own Python client and a served portal: the client in this process, the server in one of its own.

Runs on Python 3.9 too, with nothing but pytest and the client: the server's Python is $CHAT_HANDOFF_SERVER_PYTHON.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import pytest
from hubspot import HubSpot

ROOT = Path(__file__).parents[2]
SEED = ROOT / "tests/clients/portal.yaml"
FIRST_LINE = re.compile(r"The local HubSpot listens on (\S+) \(portal (\d+), token (\S+)\)\. Ctrl-C ends it\.\n")
NINE = "2026-03-02T09:00:00Z"
"""When everything happens: the clock stands."""


@dataclass
class Served:
    """One running server."""

    process: subprocess.Popen[str]
    address: str
    token: str
    told: list[str]
    """The other lines of its start."""

    def control(self, method: str, path: str, body: Any = None) -> Any:
        """Call one of the controls."""
        data = None if body is None else json.dumps(body).encode()
        with closing(HTTPConnection(self.address.rpartition("/")[2])) as wire:
            wire.request(method, f"/_local/{path}", data, {"Content-Type": "application/json"})
            answer = wire.getresponse()
            told = answer.read()
        assert answer.status < 300, told
        return json.loads(told or "null")

    def asked(self) -> list[str]:
        """Name the requests that came in, the newest last."""
        log = self.control("GET", "requests?limit=1000")["results"]
        return [f"{line['method']} {line['path']} {line['status']}" for line in log]

    def client(self, token: str = "local-everything", **config: Any) -> Any:
        """HubSpot's client, all of it pointed at this server."""

        def local(package: Any, name: str, config: dict[str, Any]) -> Any:
            configuration = package.Configuration(host=self.address)
            configuration.access_token = config["access_token"]
            configuration.retries = config.get("retry")
            return getattr(package, name)(package.ApiClient(configuration))

        return HubSpot(access_token=token, api_factory=local, base_url=self.address, **config)


Serve = Callable[..., Served]


def started(*arguments: str) -> Served:
    """A server that has said that it listens."""
    process = subprocess.Popen(
        [os.environ.get("CHAT_HANDOFF_SERVER_PYTHON") or sys.executable, "-m", "harness", "serve", *arguments],
        cwd=ROOT,
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
    while True:
        line = process.stdout.readline().rstrip()
        if not line:
            return Served(process, said[1], said[3], told)
        told.append(line)


def ended(served: Served) -> None:
    """Kill it, whatever it does."""
    served.process.kill()
    served.process.communicate()


@pytest.fixture
def serve() -> Iterator[Serve]:
    """Start servers of one's own, which end with the test."""
    running: list[Served] = []

    def start(*arguments: str) -> Served:
        running.append(started("--port", "0", *arguments))
        return running[-1]

    yield start
    for served in running:
        ended(served)


@pytest.fixture(scope="session")
def shared() -> Iterator[Served]:
    """One server for all tests that need no other; its clock stands at nine."""
    served = started("--port", "0", "--no-limits", "--seed", str(SEED))
    served.control("POST", "clock", {"set": NINE, "running": False})
    yield served
    ended(served)


@pytest.fixture
def served(shared: Served) -> Served:
    """The shared server as at its start."""
    shared.control("POST", "reset")
    shared.control("DELETE", "requests")
    return shared


@pytest.fixture
def client(served: Served) -> Any:
    """HubSpot's client with a token that may do everything."""
    return served.client()


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep this machine's proxies out of it; `api_request` would use them."""
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
