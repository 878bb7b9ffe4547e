"""A server that is measured: another process, what it costs, and how long it takes until it listens."""

import os
import re
import socket
import subprocess
import sys
import time
from pathlib import Path
from types import TracebackType
from typing import Self

ROOT = Path(__file__).resolve().parents[1]
TICKS = os.sysconf("SC_CLK_TCK")
LONGEST = 120.0  # seconds until a server listens


class Process:
    """One server. Its port is known, or stands in the line in which it says that it listens."""

    def __init__(self, command: list[str], *, port: int = 0) -> None:
        begun = time.perf_counter()
        self._process = subprocess.Popen(
            command, cwd=ROOT, stdout=subprocess.DEVNULL if port else subprocess.PIPE, text=True
        )
        self.port = port or self._told()
        if port:
            self._answers()
        self.ready = time.perf_counter() - begun

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._process.terminate()
        try:
            self._process.communicate(timeout=20)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.communicate()

    def cpu(self) -> float:
        """Seconds of processor time so far, the kernel's part for it included."""
        after_name = Path(f"/proc/{self._process.pid}/stat").read_text("utf-8").rpartition(")")[2].split()
        return (int(after_name[11]) + int(after_name[12])) / TICKS

    def memory(self) -> int:
        """Bytes of it that are in memory."""
        status = Path(f"/proc/{self._process.pid}/status").read_text("utf-8")
        return int(status.partition("VmRSS:")[2].split()[0]) * 1024

    def _told(self) -> int:
        assert self._process.stdout
        line = self._process.stdout.readline()
        found = re.search(r"listens on http://\S+:(\d+) ", line)
        if found is None:
            raise SystemExit(f"expected a server that listens, found: {line or 'nothing'}")
        return int(found[1])

    def _answers(self) -> None:
        last = time.perf_counter() + LONGEST
        while time.perf_counter() < last and self._process.poll() is None:
            try:
                socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
            except OSError:
                time.sleep(0.05)
            else:
                return
        self._process.kill()
        raise SystemExit(f"expected a server on port {self.port}, found none: {self._process.args!r}")


def served(*options: str) -> Process:
    """The local HubSpot, without rate limits."""
    return Process([sys.executable, "-m", "harness", "serve", "--port", "0", "--no-limits", *options])
