"""One keep-alive connection and the least a client can do on it: the same for every server that is measured."""

import random
import socket
import time

TOKEN = "local-token-1"


def request(method: str, target: str, body: bytes = b"") -> bytes:
    """The bytes of one request."""
    head = f"{method} {target} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {TOKEN}\r\n"
    if body:
        head += f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n"
    return f"{head}Accept: application/json\r\n\r\n".encode() + body


class Wire:
    """Sends bytes, receives one whole answer, knows whether it was a 200 with the length it said."""

    def __init__(self, port: int) -> None:
        self._socket = socket.create_connection(("127.0.0.1", port), timeout=60)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def ask(self, raw: bytes) -> bytes:
        """One answer's body; anything but a 200 ends the benchmark."""
        self._socket.sendall(raw)
        answer = self._more(b"")
        while (end := answer.find(b"\r\n\r\n")) < 0:
            answer = self._more(answer)
        head = answer[:end].lower()
        if not head.startswith(b"http/1.1 200 "):
            raise SystemExit(f"expected a 200 to {raw[:80]!r}, found {answer[:600]!r}")
        length = int(head.partition(b"\r\ncontent-length:")[2].partition(b"\r\n")[0])
        while len(answer) < end + 4 + length:
            answer = self._more(answer)
        if len(answer) != end + 4 + length:
            raise SystemExit(f"expected {length} bytes, found {len(answer) - end - 4} in answer to {raw[:80]!r}")
        return answer[end + 4 :]

    def rate(self, requests: list[bytes]) -> float:
        """Answers per second."""
        begun = time.perf_counter()
        for raw in requests:
            self.ask(raw)
        return len(requests) / (time.perf_counter() - begun)

    def close(self) -> None:
        """Hang up."""
        self._socket.close()

    def _more(self, so_far: bytes) -> bytes:
        part = self._socket.recv(1 << 18)
        if not part:
            raise SystemExit(f"expected an answer, found the connection closed after {so_far[:200]!r}")
        return so_far + part


def random_tickets(paths: str, first: int, count: int, how_many: int) -> list[bytes]:
    """GETs of tickets by id, in no order."""
    ids = random.choices(range(first, first + count), k=how_many)
    return [request("GET", f"{paths}/{id}") for id in ids]
