"""Uvicorn's HTTP, with HubSpot's envelope for what is no HTTP, and an end to endless addresses and headers."""

import json
import uuid

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

LONGEST = 64 * 1024  # bytes of an address, or of a head that has not ended; ours
PATIENCE = 2  # seconds that a client has to stop sending what is not read


class TooLong(Exception):
    """More than any request needs."""


class Protocol(HttpToolsProtocol):
    """One connection."""

    _in_head = True
    _unfinished = 0  # bytes of the head so far, but for those that came together with the request before
    _ended = False
    _given_up = False

    def data_received(self, data: bytes) -> None:
        """What comes after the connection was given up is read and forgotten."""
        if self._given_up or self.transport.is_closing():
            return
        self._ended = False
        super().data_received(data)
        if self._in_head and not self._ended and not self._given_up:
            self._unfinished += len(data)
            if self._unfinished > LONGEST:
                self.send_400_response("The address and the headers are too long")

    def on_headers_complete(self) -> None:
        """The head is whole."""
        self._in_head, self._unfinished = False, 0
        if len(self.url) > LONGEST:
            raise TooLong
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        """The request is whole; what comes next is another one's head."""
        self._in_head = self._ended = True
        super().on_message_complete()

    def send_400_response(self, msg: str) -> None:
        """HubSpot's envelope; 414 for an address that is too long (documented)."""
        too_long = len(getattr(self, "url", b"")) > LONGEST or self._unfinished > LONGEST
        status, reason = (414, b"URI Too Long") if too_long else (400, b"Bad Request")
        body = json.dumps(
            {
                "status": "error",
                "message": "The address and the headers are too long" if too_long else msg,
                "correlationId": str(uuid.uuid4()),
                "category": "VALIDATION_ERROR",
            }
        ).encode()
        self.transport.write(
            b"HTTP/1.1 %d %b\r\ncontent-type: application/json;charset=utf-8\r\ncontent-length: %d\r\n"
            b"connection: close\r\n\r\n%b" % (status, reason, len(body), body)
        )
        # Closing at once would reset a client that still sends, and it would never read the answer.
        self._given_up = True
        if self.transport.can_write_eof():
            self.transport.write_eof()
        self.loop.call_later(PATIENCE, self.transport.close)
