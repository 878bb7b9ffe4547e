"""How does a run reach the portal? Over TLS, through a door of our own that knows which run is calling.

The first bytes of a connection name the run, before TLS begins; a general web server has no place for that.
"""

import contextlib
import socket
import threading
from http import HTTPStatus
from typing import TYPE_CHECKING

import httptools

from harness.runtime.authority import authority
from harness.runtime.visit import Visit

if TYPE_CHECKING:
    from harness.portal.wire import Request, Response

TOKEN_BYTES = 16


class Door:
    """Listens, tells runs apart, speaks HTTP. One thread per listener and per connection."""

    def __init__(self) -> None:
        vouching = authority()
        self.certificate = vouching.certificate  # whom a run has to trust to come in here
        self._context = vouching.context
        self._visits: dict[bytes, tuple[Visit, bool]] = {}
        self._listeners: list[socket.socket] = []
        self._here: tuple[str, int] | None = None

    def here(self) -> tuple[str, int]:
        """Where it listens on this machine's loopback, for runs that are not in a namespace of their own."""
        if self._here is None:
            listener = socket.create_server(("127.0.0.1", 0), backlog=128)
            self.listen(listener)
            self._here = listener.getsockname()
        return self._here

    def listen(self, listener: socket.socket) -> None:
        """Answer on a socket, also on one that was made inside a run's namespace."""
        self._listeners.append(listener)
        threading.Thread(target=self._accept, args=(listener,), name="door", daemon=True).start()

    def admit(self, visit: Visit, *, plain: bool = False) -> None:
        """From now on connections with this visit's token are let in; plain ones without TLS."""
        self._visits[visit.token] = visit, plain

    def dismiss(self, visit: Visit) -> None:
        """The run is over: cut what is left of it."""
        self._visits.pop(visit.token, None)
        visit.close()

    def close(self) -> None:
        """Stop listening."""
        for listener in self._listeners:
            with contextlib.suppress(OSError):
                listener.shutdown(socket.SHUT_RDWR)
            listener.close()
        self._listeners.clear()

    def _accept(self, listener: socket.socket) -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(connection,), name="door", daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        """One connection from its token to its end; a client that goes away in between is no event."""
        with contextlib.suppress(OSError), connection:
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            visit, plain = self._visits.get(connection.recv(TOKEN_BYTES, socket.MSG_WAITALL), (None, False))
            if visit is None:
                return
            if plain:
                _converse(connection, visit)
                return
            with self._context.wrap_socket(connection, server_side=True) as secured:
                _converse(secured, visit)


def _converse(connection: socket.socket, visit: Visit) -> None:
    if visit.comes(connection):
        conversation = Conversation(connection, visit)
        try:
            while conversation.goes_on():
                pass
        finally:
            visit.goes(connection)


class Conversation:
    """One connection of a run, from request to request."""

    def __init__(self, connection: socket.socket, visit: Visit) -> None:
        self._connection = connection
        self._visit = visit
        self._reading = _Reading()

    def goes_on(self) -> bool:
        """Read once and answer what is whole; False when there will be nothing more."""
        connection = self._connection
        data = connection.recv(1 << 16)
        if not data:
            return False
        try:
            self._reading.parser.feed_data(data)
        except httptools.HttpParserError:
            connection.sendall(b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
            return False
        for request, keep in self._reading.done():
            response = self._visit.answer(request)
            if response is None:
                return False
            spelled = _spelled(response, request, keep)
            if response.fault == "cut":
                connection.sendall(spelled[: len(spelled) - (len(response.body) + 1) // 2])
                return False
            connection.sendall(spelled)
            if not keep:
                return False
        return True


class _Reading:
    """What httptools calls back while it reads, gathered into requests."""

    def __init__(self) -> None:
        self.parser = httptools.HttpRequestParser(self)
        self._done: list[tuple[Request, bool]] = []
        self._begin()

    def done(self) -> "list[tuple[Request, bool]]":
        """The requests read since the last time, each with whether the connection stays."""
        done, self._done = self._done, []
        return done

    def _begin(self) -> None:
        self._target = b""
        self._headers: dict[str, str] = {}
        self._body = bytearray()

    def on_url(self, part: bytes) -> None:
        self._target += part

    def on_header(self, name: bytes, value: bytes) -> None:
        self._headers[name.decode("latin-1")] = value.decode("latin-1")

    def on_body(self, part: bytes) -> None:
        self._body += part

    def on_message_complete(self) -> None:
        method, target = self.parser.get_method().decode("ascii"), self._target.decode("latin-1")
        request = _request(method, target, self._headers, bytes(self._body))
        self._done.append((request, self.parser.should_keep_alive()))
        self._begin()


def _request(method: str, target: str, headers: dict[str, str], body: bytes) -> "Request":
    from harness.portal.wire import Request

    return Request.make(method, target, headers, body)


def _spelled(response: "Response", request: "Request", keep: bool) -> bytes:
    """The response on the wire, in one piece."""
    try:
        reason = HTTPStatus(response.status).phrase
    except ValueError:
        reason = "Status"
    headers = {**response.headers, "Content-Length": str(len(response.body))}
    if not keep:
        headers["Connection"] = "close"
    head = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    body = b"" if request.method == "HEAD" else response.body
    return f"HTTP/1.1 {response.status} {reason}\r\n{head}\r\n".encode("latin-1") + body
