"""One connection: the requests that come in over it, one after the other, and their answers, in that order.

HTTP/1 by httptools, without a framework: the portal's own table finds the operation, and an answer leaves in one
write. Whatever a client sends, it gets a bounded share of memory and time, and others are answered meanwhile.
"""

import asyncio
import socket
from collections import deque
from functools import partial

import httptools

from harness.portal.call import LARGEST_BODY
from harness.portal.wire import Request, Response
from harness.serve import answering
from harness.serve.answering import Wrong
from harness.serve.app import App

LONGEST = 64 * 1024  # bytes of an address, or of a head; ours
MOST_READ = 20 * LARGEST_BODY  # bytes after which a body is not even read to its end
PATIENCE = 2.0  # seconds that a client has to stop sending what is not read
SLOWEST = 20.0  # seconds that a head may take, and between two parts of a body
KEPT_OPEN = 75.0  # seconds that an idle connection stays; clients pool them
OFFERS = ("connection", "upgrade", "http2-settings")
_NAMES: dict[bytes, str] = {}  # of headers, which are the same ones again and again
_KNOWN_NAMES = 500


class Stopped(Exception):
    """No more of this request is read."""


class Connection(asyncio.Protocol):
    """What one client says and is answered."""

    def __init__(self, app: App, others: "set[Connection]") -> None:
        self._app = app
        self._others = others
        self._now = asyncio.get_running_loop().time
        self._parser = httptools.HttpRequestParser(self)
        self._transport: asyncio.Transport
        self._waiting: deque[tuple[Request, bool]] = deque()  # with whether the connection stays open after it
        self._late: asyncio.TimerHandle | None = None
        self._busy = False  # an answer is being worked on, or is late
        self._full = False  # the client does not read its answers
        self._wrong: Wrong | None = None
        self._given_up = False
        self._begun, self._in_head, self._expects = False, True, False  # a request; its head; a 100 before its body
        self._offering = ""  # the method of a request that offers another protocol
        self._head_size = self._headers_size = self._body_size = 0
        self._url = b""
        self._headers: dict[str, str] = {}
        self._body = bytearray()
        self.deadline = self._now() + KEPT_OPEN

    # What asyncio tells.

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """A client is there."""
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        self._others.add(self)
        wire = transport.get_extra_info("socket")
        # An answer that waits for the last one to be acknowledged is 40 ms late. asyncio leaves it so for a socket
        # that was not made by it.
        wire.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def connection_lost(self, exc: Exception | None) -> None:
        """The client is gone."""
        self._others.discard(self)
        self._waiting.clear()
        if self._late is not None:
            self._late.cancel()

    def data_received(self, data: bytes) -> None:
        """Some bytes; those that come after the connection was given up are read and forgotten."""
        if self._given_up or self._wrong or self._transport.is_closing():
            return
        if self._in_head:
            self._head_size += len(data)
        self._feed(data)
        if self._in_head and self._head_size > LONGEST:
            self._wrong = self._wrong or answering.TOO_LONG
        self._work()

    def eof_received(self) -> bool:
        """The client sends no more; it may still wait for an answer."""
        return self._busy and self._transport.can_write_eof()

    def pause_writing(self) -> None:
        """The client does not read its answers: no more of them until it does."""
        self._full, self.deadline = True, self._now() + KEPT_OPEN

    def resume_writing(self) -> None:
        """The client reads again."""
        self._full = False
        self._work()

    # What httptools tells.

    def on_message_begin(self) -> None:
        """A request begins."""
        self._url, self._headers, self._body = b"", {}, bytearray()
        self._headers_size = self._body_size = 0
        self._begun, self.deadline = True, self._now() + SLOWEST

    def on_url(self, part: bytes) -> None:
        """Its address, or a part of that."""
        self._url += part
        if len(self._url) > LONGEST:
            self._stop(answering.TOO_LONG)

    def on_header(self, name: bytes, value: bytes) -> None:
        """One header."""
        self._headers_size += len(name) + len(value)
        if self._headers_size > LONGEST:
            self._stop(answering.TOO_LONG)
        known = _NAMES.get(name)
        if known is None:
            known = name.decode("latin-1").lower()
            if len(_NAMES) < _KNOWN_NAMES:
                _NAMES[name] = known
        self._headers[known] = value.decode("latin-1")

    def on_headers_complete(self) -> None:
        """The head is whole."""
        self._in_head = False
        self._expects = self._headers.get("expect", "").lower() == "100-continue"

    def on_body(self, part: bytes) -> None:
        """Some of the body: of one that is too large only as much is kept as shows that."""
        self._expects, self.deadline = False, self._now() + SLOWEST
        self._body_size += len(part)
        if len(self._body) <= LARGEST_BODY:
            self._body += part[: LARGEST_BODY + 1]
        if self._body_size > MOST_READ:
            self._stop(answering.TOO_LARGE)

    def on_message_complete(self) -> None:
        """The request is whole; what comes next is another one's head."""
        method, target = self._parser.get_method().decode("ascii"), self._url.decode("ascii")
        if self._parser.should_upgrade() and method != "CONNECT":
            self._offering = method
            return
        if "?" in target or not target.startswith("/"):
            request = Request.make(method, target, self._headers, bytes(self._body))
        else:
            request = Request(method, target, {}, self._headers, bytes(self._body))
        stays = self._parser.should_keep_alive() and self._parser.get_http_version() == "1.1"
        self._waiting.append((request, stays))
        self._begun, self._in_head, self._expects, self._head_size = False, True, False, 0

    # What we do.

    def give_up(self) -> None:
        """Its deadline is over: hang up, and say so where half a request was sent."""
        if self._full or self._transport.is_closing():
            self._transport.abort()
        elif self._begun and not self._given_up and not self._busy:
            self._wrong = answering.TOO_SLOW
            self._work()
        elif not self._busy:
            self._transport.close()

    def end(self) -> bool:
        """Close it, unless an answer is being worked on; says whether one is."""
        if not self._busy:
            self._transport.close()
        return self._busy

    def abort(self) -> None:
        """Close it as it is."""
        self._transport.abort()

    def _stop(self, why: Wrong) -> None:
        self._wrong = why
        raise Stopped

    def _feed(self, data: bytes) -> None:
        while data:
            try:
                self._parser.feed_data(data)
            except httptools.HttpParserUpgrade as offer:
                self._parser = httptools.HttpRequestParser(self)
                data = self._without_offer() + data[offer.args[0] :]
                continue
            except httptools.HttpParserError:
                self._wrong = self._wrong or answering.NO_HTTP
            return

    def _without_offer(self) -> bytes:
        """The head of a request that offered another protocol, as if it had not.

        Java's client offers HTTP/2 with each of its requests, and httptools then reads no body.
        """
        if not self._offering:
            return b""
        kept = {name: value for name, value in self._headers.items() if name not in OFFERS}
        if "close" in self._headers.get("connection", "").lower():
            kept["connection"] = "close"
        lines = "".join(f"{name}: {value}\r\n" for name, value in kept.items())
        head = f"{self._offering} {self._url.decode('latin-1')} HTTP/1.1\r\n{lines}\r\n"
        self._offering = ""
        return head.encode("latin-1")

    def _work(self) -> None:
        """Answer what has been asked, as long as the client reads the answers."""
        waiting = self._waiting
        while waiting and not (self._busy or self._full or self._given_up or self._transport.is_closing()):
            request, stays = waiting.popleft()
            if self._app.takes_long(request):
                self._busy = True
                self._app.answer_later(request, partial(self._ready, method=request.method, stays=stays))
            else:
                self._reply(self._app.answer(request), request.method, stays)
        if self._transport.is_closing():
            return
        if waiting or self._busy:
            self._transport.pause_reading()
            return
        self._transport.resume_reading()
        if self._wrong and not self._given_up:
            self._transport.write(answering.refused(self._wrong, self._app.date))
            self._leave()
        elif self._expects and not self._in_head:
            self._expects = False
            self._transport.write(b"HTTP/1.1 100 Continue\r\n\r\n")
        elif not self._begun and not self._given_up:
            self.deadline = self._now() + KEPT_OPEN

    def _ready(self, response: Response, method: str, stays: bool) -> None:
        """An answer that took its time."""
        self._busy, self._late = False, None
        if not self._transport.is_closing():
            self._reply(response, method, stays)
            self._work()

    def _reply(self, response: Response, method: str, stays: bool) -> None:
        """The response, late, cut or not at all if the weather says so."""
        if response.delay:
            delay, response.delay, self._busy = response.delay, 0.0, True
            self._late = asyncio.get_running_loop().call_later(delay, self._ready, response, method, stays)
            return
        if response.fault not in ("drop", "kill"):
            self._transport.write(answering.written(response, method, self._app.date, stays))
        if response.fault or not stays:
            self._given_up = True
            self._transport.close()

    def _leave(self) -> None:
        """Hang up. Closing at once would reset a client that still sends, and it would never read the answer."""
        self._given_up, self.deadline = True, self._now() + PATIENCE
        if self._transport.can_write_eof():
            self._transport.write_eof()
