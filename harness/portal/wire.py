"""What goes in and out of the portal: a request, a response, and the line each leaves in the log."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import parse_qs

import msgspec


class Request(msgspec.Struct, frozen=True):
    """One HTTP request, whatever door it came through."""

    method: str
    path: str
    query: dict[str, list[str]] = {}
    headers: dict[str, str] = {}
    body: bytes = b""

    @classmethod
    def make(
        cls, method: str, target: str, headers: Mapping[str, str] | None = None, body: bytes | str = b""
    ) -> "Request":
        """A request from its target as the wire has it: path, still quoted, and query."""
        path, _, query = target.partition("?")
        if "://" in path and not path.startswith("/"):
            path = "/" + path.partition("://")[2].partition("/")[2]
        return cls(
            method=method.upper(),
            path=path or "/",
            query=parse_qs(query, keep_blank_values=True, errors="replace"),
            headers={name.lower(): value for name, value in (headers or {}).items()},
            body=body.encode() if isinstance(body, str) else body,
        )


@dataclass(slots=True)
class Response:
    """One HTTP response. `fault` asks the door for something no response can be.

    "drop": close the connection without an answer. "cut": close it half-way through the body. "kill": end the run
    that asked.
    """

    status: int
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    fault: str = ""
    delay: float = 0.0  # seconds that the answer is late


class LogEntry(msgspec.Struct, frozen=True):
    """One request as the log keeps it: never its query, headers or body."""

    at: str
    method: str
    template: str  # the path with {names} for what varies; "" for a path that is not emulated
    path: str  # as asked for, a segment with an e-mail address left out
    status: int  # 0: nothing whole was answered
    is_write: bool
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Email:
    """One e-mail that HubSpot would have sent."""

    to: str
    email_id: str
    send_id: str
    properties: dict[str, str]
    how: str  # "single-send" or "workflow"
    at: str
    record_id: str = ""
