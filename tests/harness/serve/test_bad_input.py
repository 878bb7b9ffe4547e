"""Bad input over the wire: an envelope goes out, and the next request is answered as ever."""

import json
import socket
from collections.abc import Iterator

import pytest

from tests.harness.serve.conftest import Served

TICKETS = "/crm/objects/2026-09/tickets"
ENVELOPE = {"status", "message", "correlationId", "category"}


@pytest.fixture(autouse=True)
def still_there(served: Served) -> Iterator[None]:
    """After each, the server answers."""
    yield
    assert served.call("GET", f"{TICKETS}/1").status == 404
    assert served.process.poll() is None


def said(served: Served, *parts: bytes) -> tuple[int, dict[str, str]]:
    """What comes back for bytes on the wire: status and body."""
    with socket.create_connection(("127.0.0.1", served.port), timeout=60) as wire:
        try:
            for part in parts:
                wire.sendall(part)
        except OSError:
            pass  # it has answered and hung up before all was sent
        received = b""
        while part := wire.recv(1 << 16):
            received += part
    head, _, body = received.partition(b"\r\n\r\n")
    return int(head.split()[1]), json.loads(body)


def post(length: int, kind: str = "application/json") -> bytes:
    """The head of a POST."""
    return (
        f"POST {TICKETS} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer local-token-1\r\nConnection: close\r\n"
        f"Content-Type: {kind}\r\nContent-Length: {length}\r\n\r\n"
    ).encode()


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[" * 100_000,
        b'{"a":' * 900 + b"1" + b"}" * 900,
        b'{"properties": {"subject": "\\ud800"}}',
        b'{"properties": {"subject": ' + b"9" * 5_000 + b"}}",
        b'{"properties": {"subject": 1e999}}',
        b"\xff\xfe",
        b" " * 50_000_000,
        b'{"properties": {"' + b"x" * 9_000_000 + b'": 1}}',
    ],
    ids=["none", "broken", "deep lists", "deep objects", "lone half", "huge", "endless", "latin", "50 MB", "long name"],
)
def test_a_bad_body_is_a_400(served: Served, body: bytes) -> None:
    """Bodies that are no JSON, too deep, too large or of odd characters are refused with HubSpot's envelope."""
    status, answer = said(served, post(len(body)), body)
    assert (status, answer.keys() >= ENVELOPE) == (400, True), answer


def test_another_content_type_is_a_400(served: Served) -> None:
    """A form is not taken for JSON."""
    status, answer = said(served, post(3, "application/x-www-form-urlencoded"), b"a=b")
    assert (status, "application/x-www-form-urlencoded" in answer["message"]) == (400, True)


@pytest.mark.parametrize(
    "target",
    [
        "/",
        "//",
        "//evil.example/crm",
        "/../../etc/passwd",
        "/crm/objects/2026-09/tickets/%2e%2e/contacts/1",
        f"{TICKETS}/" + "9" * 50_000,
        f"{TICKETS}/%00",
        f"{TICKETS}/%ff%fe",
        f"{TICKETS}/%F0%9F%A6%94",
        f"{TICKETS}/1?" + "&".join(f"properties={n}" for n in range(5_000)),
        f"{TICKETS}/1?%ff=%ff&&&=",
        "http://[::1/crm",
        "*",
        "/_local/../crm",
    ],
)
def test_an_odd_path_gets_an_envelope(served: Served, target: str) -> None:
    """Tricks with paths, huge ids and odd characters are a refusal in HubSpot's form."""
    head = f"GET {target} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer local-token-1\r\nConnection: close\r\n\r\n"
    status, answer = said(served, head.encode())
    assert 400 <= status <= 501
    assert answer.keys() >= ENVELOPE
    assert answer["category"] != "LOCAL_PORTAL_BUG"


@pytest.mark.parametrize(
    ("raw", "status"),
    [
        (b"hello\r\n\r\n", 400),
        (b"GET / HTTP/9.9\r\n\r\n", 400),
        (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", 400),
        (b"GET /\xc3\xa4 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", 400),
        (b"GET /" + b"a" * 300_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n", 414),
        (b"GET / HTTP/1.1\r\nX: " + b"a" * 10_000_000, 414),
        (b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", 400),
        (b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n", 400),
    ],
    ids=["no HTTP", "version", "TLS", "raw umlaut", "long address", "endless header", "bad chunk", "bad length"],
)
def test_what_is_no_http_gets_an_envelope_too(served: Served, raw: bytes, status: int) -> None:
    """Bytes that are no request, and a head without end, are answered and hung up on."""
    answered, body = said(served, raw)
    assert (answered, body.keys() >= ENVELOPE) == (status, True)


def test_a_client_that_goes_away_is_no_event(served: Served) -> None:
    """Half a head, half a body, or nothing at all: the server does not mind."""
    for raw in (b"", b"GET /crm", post(1_000), post(1_000) + b'{"properties"'):
        with socket.create_connection(("127.0.0.1", served.port)) as wire:
            wire.sendall(raw)


@pytest.mark.parametrize("method", ["OPTIONS", "HEAD", "TRACE", "PATCH", "PROPFIND"])
def test_an_unknown_method_is_refused(served: Served, method: str) -> None:
    """A method that the path does not have is said to be not emulated."""
    assert served.call(method, TICKETS).status == 501
