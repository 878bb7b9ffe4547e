"""How do messages travel? Length-prefixed on sockets; with a nonce in front on the run's result channel."""

import json
import os
import struct
import threading

_LENGTH = struct.Struct(">I")


def send(sock, payload):
    """Send one message (bytes) with its length in front."""
    sock.sendall(_LENGTH.pack(len(payload)) + payload)


def receive(sock):
    """Receive one message, or None when the other side has gone."""
    head = _exactly(sock, _LENGTH.size)
    if head is None:
        return None
    return _exactly(sock, _LENGTH.unpack(head)[0])


def _exactly(sock, count):
    parts = []
    while count:
        part = sock.recv(min(count, 1 << 20))
        if not part:
            return None
        parts.append(part)
        count -= len(part)
    return b"".join(parts)


class Report:
    """The run's own channel to the harness. Without the nonce, nothing written on it counts."""

    def __init__(self, fd, nonce):
        self._fd = fd
        self._nonce = nonce
        self._lock = threading.Lock()

    def tell(self, kind, **facts):
        """Send one fact at once, so that it survives whatever happens to the run next."""
        facts["kind"] = kind
        self.tell_text(json.dumps(facts))

    def tell_text(self, text):
        """Send one JSON text; a closed channel is the action's doing and shows as a missing result."""
        payload = text.encode("ascii")
        frame = memoryview(self._nonce + _LENGTH.pack(len(payload)) + payload)
        with self._lock:
            try:
                while frame:
                    frame = frame[os.write(self._fd, frame) :]
            except OSError:
                return


def frames(received, nonce):
    """The JSON texts framed with this nonce, in order; whatever else was written there is skipped."""
    found = []
    at = received.find(nonce)
    while at >= 0:
        start = at + len(nonce) + _LENGTH.size
        if start > len(received):
            break
        end = start + _LENGTH.unpack(received[at + len(nonce) : start])[0]
        if end > len(received):
            break
        found.append(received[start:end])
        at = received.find(nonce, end)
    return found
