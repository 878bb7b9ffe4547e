"""How do messages travel? Length-prefixed on sockets; with a nonce in front on the run's result channel.

What is needed to tell how a run ended is bound here at import: an action may replace what it likes afterwards.
"""

import json
import os
import struct
import threading

_LENGTH = struct.Struct(">I")
_write, _dumps = os.write, json.JSONEncoder().encode
_DIFFERENT = 100
CUTS = {"message": 10_000, "traceback": 50_000, "name": 2_000, "type": 500, "found": 500}
"""How much of each text is told. The harness hides secrets before it cuts, so the child lets it see a little more."""


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

    def __init__(self, fd, job):
        self._fd = fd
        self._nonce = bytes.fromhex(job["nonce"])
        self._slack = job["slack"]
        self._lock = threading.Lock()
        self._seen = set()
        self._held = b""
        self.holds = False
        """Wait for the next message, and send both at once?"""

    def tell(self, kind, **facts):
        """Send one fact at once, so that it survives whatever happens to the run next."""
        for name, limit in CUTS.items():
            if isinstance(facts.get(name), str):
                facts[name] = facts[name][: limit + self._slack]
        facts["kind"] = kind
        self.tell_text(_dumps(facts))

    def tell_once(self, kind, **facts):
        """Send a fact that may come again and again: the same one once, and not more than so many of a kind."""
        key = (kind, *sorted((name, str(value)[:1_000]) for name, value in facts.items()))
        count = sum(1 for seen in self._seen if seen[0] == kind)
        if key in self._seen or count > _DIFFERENT:
            return
        self._seen.add(key)
        if count == _DIFFERENT:
            self.tell("more", what=kind, count=_DIFFERENT)
        else:
            self.tell(kind, **facts)

    def tell_text(self, text):
        """Send one JSON text; a closed channel is the action's doing and shows as a missing result."""
        payload = text.encode("ascii")
        self._held += self._nonce + _LENGTH.pack(len(payload)) + payload
        if self.holds:
            return
        frame, self._held = memoryview(self._held), b""
        with self._lock:
            try:
                while frame:
                    frame = frame[_write(self._fd, frame) :]
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
