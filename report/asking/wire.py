"""One request over HTTP: no proxy, no redirect, no cookie, and its token in one header only.

A request that nobody waits for any more is cut off: its connection is shut down, so that no thread waits for it.
"""

import contextlib
import socket
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from http.cookiejar import DefaultCookiePolicy
from typing import Any
from weakref import WeakSet

import requests
from requests.adapters import HTTPAdapter
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

TIMEOUT = (10, 60)

Query = Mapping[str, str | Sequence[str]]


@dataclass(frozen=True, slots=True)
class Heard:
    """An answer, whole; `took` is how long it was under way, in seconds."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    took: float


class Wire:
    """The connections to one host."""

    def __init__(self, host: str, token: str, most: int) -> None:
        self._host = host
        self._open: WeakSet[Any] = WeakSet()
        self._lock = threading.Lock()
        self._session = requests.Session()
        self._session.trust_env = False
        self._session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
        self._session.headers["Authorization"] = f"Bearer {token}"
        adapter = HTTPAdapter(pool_connections=1, pool_maxsize=most, max_retries=0)
        adapter.poolmanager.pool_classes_by_scheme = {
            "http": _seen(HTTPConnectionPool, self._opened),
            "https": _seen(HTTPSConnectionPool, self._opened),
        }
        self._session.mount("http://", adapter)
        self._session.mount("https://", adapter)

    def send(self, method: str, path: str, query: Query | None, body: Any) -> Heard:
        """One request; a requests.RequestException when no whole answer came."""
        begun = time.perf_counter()
        answer = self._session.request(
            method, self._host + path, params=dict(query or {}), json=body, timeout=TIMEOUT, allow_redirects=False
        )
        return Heard(answer.status_code, answer.headers, answer.content, time.perf_counter() - begun)

    def cut(self) -> None:
        """End what is under way. What is asked afterwards opens connections anew."""
        with self._lock:
            connections = list(self._open)
        for connection in connections:
            sock = getattr(connection, "sock", None)  # None: closed meanwhile
            if isinstance(sock, socket.socket):
                with contextlib.suppress(OSError):  # not connected any more
                    socket.socket.shutdown(sock, socket.SHUT_RDWR)

    def _opened(self, connection: Any) -> None:
        with self._lock:
            self._open.add(connection)

    def close(self) -> None:
        """Close all connections."""
        self._session.close()


def _seen(pool: type[HTTPConnectionPool], opened: Callable[[Any], None]) -> type[HTTPConnectionPool]:
    """A pool whose connections are known."""

    class Seen(pool.ConnectionCls):  # type: ignore[name-defined, misc]
        """One of them."""

        def connect(self) -> None:
            super().connect()
            opened(self)

    return type(pool.__name__, (pool,), {"ConnectionCls": Seen})
