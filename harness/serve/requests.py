"""A request as ASGI hands it over becomes one of ours, and a response of ours goes back over it."""

import asyncio
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from harness.portal.call import LARGEST_BODY
from harness.portal.wire import Request, Response

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

MOST_READ = 20 * LARGEST_BODY  # bytes after which a body is not even read to its end
_HEADER_NAMES: dict[str, bytes] = {}


async def read(scope: Scope, receive: Receive) -> Request | None:
    """The whole request; None when the client has gone. Of a body that is too large only as much as shows that."""
    body = b""
    message = await receive()
    if message["type"] == "http.request":
        body = message.get("body", b"")
    if message.get("more_body"):
        rest = await _rest(receive, body)
        if rest is None:
            return None
        body = rest
    elif message["type"] == "http.disconnect":
        return None
    path: str = scope["raw_path"].decode("latin-1")
    query: bytes = scope["query_string"]
    headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
    if query:
        return Request.make(scope["method"], f"{path}?{query.decode('latin-1')}", headers, body)
    return Request(scope["method"], path, {}, headers, body)


async def _rest(receive: Receive, begun: bytes) -> bytes | None:
    kept, read_so_far = bytearray(begun), len(begun)
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            return None
        part = message.get("body", b"")
        read_so_far += len(part)
        if len(kept) <= LARGEST_BODY:
            kept += part[: LARGEST_BODY + 1]
        if not message.get("more_body") or read_so_far > MOST_READ:
            return bytes(kept)


async def write(response: Response, receive: Receive, send: Send) -> None:
    """The response, late, cut or not at all if the weather says so."""
    if response.delay:
        await asyncio.sleep(response.delay)
    if response.fault in ("drop", "kill"):
        await _hang_up(receive, send)
        return
    headers = [(_header(name), value.encode("latin-1")) for name, value in response.headers.items()]
    if response.status != 204:
        headers.append((b"content-length", b"%d" % len(response.body)))
    await send({"type": "http.response.start", "status": response.status, "headers": headers})
    if response.fault == "cut":
        half = response.body[: len(response.body) // 2]
        await send({"type": "http.response.body", "body": half, "more_body": True})
        await _hang_up(receive, send)
        return
    await send({"type": "http.response.body", "body": response.body})


async def _hang_up(receive: Receive, send: Send) -> None:
    """Close the connection. ASGI has no word for that; uvicorn's `send` belongs to the cycle that holds the wire."""
    send.__self__.transport.close()  # type: ignore[attr-defined]
    while (await receive())["type"] != "http.disconnect":
        pass


def _header(name: str) -> bytes:
    known = _HEADER_NAMES.get(name)
    if known is None:
        known = _HEADER_NAMES[name] = name.encode("latin-1")
    return known
