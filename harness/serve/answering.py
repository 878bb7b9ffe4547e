"""An answer as the bytes that go over the wire: HubSpot's envelope also for what is no HTTP."""

import uuid
from dataclasses import dataclass
from functools import cache
from http import HTTPStatus

import msgspec

from harness.portal.call import LARGEST_BODY
from harness.portal.refusals import Refusal
from harness.portal.wire import Response

JSON = {"Content-Type": "application/json;charset=utf-8"}


@dataclass(frozen=True, slots=True)
class Wrong:
    """Why something is no request."""

    status: int
    message: str


NO_HTTP = Wrong(400, "This is no HTTP request")
TOO_LONG = Wrong(414, "The address and the headers are too long")  # documented for an address
TOO_LARGE = Wrong(400, f"The body is larger than {LARGEST_BODY} bytes")
TOO_SLOW = Wrong(408, "The request did not come to its end in time")


def written(response: Response, method: str, date: str, stays: bool) -> bytes:
    """Head and body in one; of an answer that the weather cuts, half."""
    head = [f"{_first_line(response.status)}date: {date}\r\n"]
    head += [f"{name}: {value}\r\n" for name, value in response.headers.items()]
    if response.status != 204:
        head.append(f"content-length: {len(response.body)}\r\n")
    head.append("\r\n" if stays else "connection: close\r\n\r\n")
    body = b"" if method == "HEAD" else response.body
    return "".join(head).encode("latin-1") + (body[: len(body) // 2] if response.fault == "cut" else body)


def refused(wrong: Wrong, date: str) -> bytes:
    """The answer to what is no request; the connection closes after it."""
    refusal = Refusal(wrong.status, "VALIDATION_ERROR", wrong.message)
    body = msgspec.json.encode(refusal.envelope(str(uuid.uuid4())))
    return written(Response(wrong.status, body, JSON), "", date, stays=False)


@cache
def _first_line(status: int) -> str:
    try:
        phrase = HTTPStatus(status).phrase
    except ValueError:
        phrase = ""
    return f"HTTP/1.1 {status} {phrase}\r\n"
