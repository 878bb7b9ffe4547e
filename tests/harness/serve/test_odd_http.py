"""Odd HTTP over the wire: each request gets its answer or a clean refusal, and nobody else waits for it."""

import contextlib
import json
import re
import socket
from collections.abc import Iterator

import pytest

from tests.harness.serve.conftest import Serve, Served, started
from tests.harness.serve.test_bad_input import TICKETS, post, said


@pytest.fixture(scope="module")
def served() -> Iterator[Served]:
    """A server without limits on how often one may ask."""
    server = started("--no-limits")
    yield server
    server.process.kill()
    server.process.communicate()


@pytest.fixture(autouse=True)
def still_there(served: Served) -> Iterator[None]:
    """After each, the server answers."""
    yield
    assert served.call("GET", f"{TICKETS}/1").status == 404
    assert served.process.poll() is None


HEAD = f"GET {TICKETS}/1 HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer local-token-1\r\n".encode()
CLOSE = b"Connection: close\r\n"


def statuses(served: Served, *parts: bytes) -> list[int]:
    """The status of each answer to bytes on the wire, until the server hangs up."""
    with socket.create_connection(("127.0.0.1", served.port), timeout=60) as wire:
        try:
            for part in parts:
                wire.sendall(part)
        except OSError:
            pass  # it has answered and hung up before all was sent
        received = b""
        while part := wire.recv(1 << 16):
            received += part
    return [int(status) for status in re.findall(rb"HTTP/1\.1 (\d{3})", received)]


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ((HEAD + b"\r\n") * 300 + HEAD + CLOSE + b"\r\n", [404] * 301),
        ((HEAD + CLOSE + b"\r\n") + HEAD + b"\r\n", [404]),
        (HEAD.replace(b"1.1", b"1.0") + b"\r\n", [404]),
        (HEAD.replace(b"1.1", b"1.0") + b"Connection: keep-alive\r\n\r\n", [404]),
        (HEAD.replace(b"GET", b"BREW") + b"\r\n", [400]),
        (HEAD.replace(b"GET", b"PROPFIND") + CLOSE + b"\r\n", [501]),
        (b"CONNECT example.org:443 HTTP/1.1\r\nHost: x\r\n" + CLOSE + b"\r\n", [401]),
        (b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", [400]),
        (HEAD + b"Connection: Upgrade\r\nUpgrade: websocket\r\n\r\n" + HEAD + CLOSE + b"\r\n", [404, 404]),
        (HEAD + b"".join(b"X-%d: 1\r\n" % n for n in range(20_000)) + b"\r\n", [414]),
        (HEAD + b"X: " + b"a" * 100_000 + b"\r\n\r\n", [414]),
        (HEAD + b"X: a\x00b\r\n\r\n", [400]),
        (HEAD + b"X: \xff\xe4\r\n" + CLOSE + b"\r\n", [404]),
        (HEAD + b"X: a\r\n b\r\n\r\n", [400]),
        (HEAD + b": nameless\r\n\r\n", [400]),
        (HEAD.replace(b"\r\n", b"\n") + b"\n", [400]),
        (HEAD.replace(b"local-token-1", b"\xff\xfe") + CLOSE + b"\r\n", [401]),
        (HEAD + b"Content-Length: 5\r\nContent-Length: 6\r\n\r\nabcde", [400]),
        (HEAD + b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", [400]),
        (HEAD + b"Content-Length: 99999999999999999999999\r\n\r\n", [400]),
        (HEAD + b"Transfer-Encoding: gzip\r\n\r\n", [400]),
        (HEAD.replace(b"/1 ", b"#1 ") + CLOSE + b"\r\n", [400]),
        (b"GET /a://b" + HEAD.removeprefix(b"GET ") + CLOSE + b"\r\n", [501]),
        (b"GET http://x" + HEAD.removeprefix(b"GET ") + CLOSE + b"\r\n", [404]),
    ],
    ids=[
        *("pipeline", "after close", "HTTP/1.0", "1.0 kept open", "no method", "PROPFIND", "CONNECT", "HTTP/2"),
        *(
            "upgrade",
            "many headers",
            "long header",
            "NUL",
            "latin header",
            "folded",
            "nameless",
            "bare LF",
            "odd token",
        ),
        *("two lengths", "length and chunks", "huge length", "odd coding", "fragment", "address in path", "absolute"),
    ],
)
def test_odd_http_is_answered(served: Served, raw: bytes, expected: list[int]) -> None:
    """Pipelines, old and newer versions, odd methods, floods of headers and lengths that contradict each other."""
    assert statuses(served, raw) == expected


@pytest.mark.parametrize(
    ("headers", "body", "message"),
    [
        ("", b"{}", "Invalid input JSON: the record lacks required fields: [properties]"),
        ("Content-Type: text/plain\r\n", b"{}", "Expected content type application/json, found text/plain"),
        (
            "Content-Type: application/json; charset=utf-16\r\n",
            b"{\x00}\x00",
            "Invalid input JSON: the body is not JSON",
        ),
        (
            "Content-Type: application/json; charset=latin-1\r\n",
            b'{"a":"\xe4"}',
            "Invalid input JSON: the body is not JSON",
        ),
        ("Content-Encoding: gzip\r\n", b"\x1f\x8b\x08\x00", "Invalid input JSON: the body is not JSON"),
        ("", b"\xef\xbb\xbf{}", "Invalid input JSON: the body is not JSON"),
        ("", b'{"properties": {"subject": "\\udc00\\ud800"}}', "Invalid input JSON: the body is not JSON"),
    ],
    ids=["no type", "other type", "UTF-16", "latin-1", "gzip", "mark", "halves"],
)
def test_another_coding_is_refused(served: Served, headers: str, body: bytes, message: str) -> None:
    """Whatever a body says it is, it is read as JSON in UTF-8 or refused."""
    head = post(len(body)).replace(b"Content-Type: application/json\r\n", headers.encode())
    status, answer = said(served, head, body)
    assert (status, answer["category"], answer["message"]) == (400, "VALIDATION_ERROR", message)


def test_a_chunked_body_of_fifty_megabytes_is_a_400(served: Served) -> None:
    """A body that does not say how long it is is read to its end, and no more of it is kept than shows that."""
    head = post(0).replace(b"Content-Length: 0", b"Transfer-Encoding: chunked")
    status, answer = said(served, head, *[b"100000\r\n" + b" " * 0x100000 + b"\r\n"] * 50, b"0\r\n\r\n")
    assert (status, answer["message"]) == (400, "The body is larger than 10000000 bytes")


def test_a_body_without_end_is_not_read_to_its_end(served: Served) -> None:
    """After two hundred megabytes the answer comes, and the connection closes."""
    head = post(0).replace(b"Content-Length: 0", b"Transfer-Encoding: chunked")
    assert statuses(served, head, *[b"100000\r\n" + b" " * 0x100000 + b"\r\n"] * 300) == [400]


def test_a_client_that_asks_before_it_sends(served: Served) -> None:
    """Expect: 100-continue gets its 100, then the answer."""
    head = post(2).replace(b"Connection: close", b"Connection: close\r\nExpect: 100-continue")
    with socket.create_connection(("127.0.0.1", served.port), timeout=60) as wire:
        wire.sendall(head)
        assert wire.recv(1 << 16) == b"HTTP/1.1 100 Continue\r\n\r\n"
        wire.sendall(b"{}")
        assert wire.recv(1 << 16).startswith(b"HTTP/1.1 400 ")


def test_a_body_after_an_offer_of_http_2_is_read(served: Served) -> None:
    """Java's client offers HTTP/2 with each request; what it posts is read all the same."""
    body = b'{"properties": {"subject": "Help", "hs_pipeline_stage": "1"}, "associations": []}'
    offer = b"Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABk\r\n\r\n"
    head = post(len(body)).replace(CLOSE, b"").removesuffix(b"\r\n") + offer
    assert statuses(served, head, body[:9], body[9:] + HEAD + CLOSE + b"\r\n") == [201, 404]


def test_a_client_that_never_reads_stops_being_answered(served: Served) -> None:
    """Its answers wait for it, a bounded number of them, and others are served."""
    with socket.create_connection(("127.0.0.1", served.port), timeout=60) as wire:
        wire.setblocking(False)
        with contextlib.suppress(BlockingIOError):
            for _ in range(2_000):
                wire.send((HEAD + b"\r\n") * 500)
        assert served.call("GET", f"{TICKETS}/1").status == 404


def test_half_requests_hold_nobody_up(serve: Serve) -> None:
    """A hundred clients that stop half-way, in a head or a body: others are served, and in the end they get a 408."""
    served = serve(impatient=True)
    halves = [HEAD, b"GET /crm", post(100), post(100) + b'{"a"', HEAD + b"X: "] * 20
    wires = [socket.create_connection(("127.0.0.1", served.port), timeout=60) for _ in halves]
    idle = socket.create_connection(("127.0.0.1", served.port), timeout=60)
    for wire, half in zip(wires, halves, strict=True):
        wire.sendall(half)
    assert served.call("GET", f"{TICKETS}/1").status == 404
    for wire in wires:
        with wire:
            answer = b""
            while part := wire.recv(1 << 16):
                answer += part
        head, _, body = answer.partition(b"\r\n\r\n")
        assert (head.split()[1], json.loads(body)["message"]) == (b"408", "The request did not come to its end in time")
    with idle:
        assert idle.recv(1) == b""
    assert served.ends() == (0, "")
