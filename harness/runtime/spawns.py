"""How is a run made where processes are not forked (macOS, Windows)? A fresh interpreter for every run."""

import contextlib
import json
import os
import shutil
import signal
import subprocess
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

from harness.runtime import limits
from harness.runtime.authority import authority
from harness.runtime.door import Door
from harness.runtime.facts import CHILD, Facts, Job, read_report, setup
from harness.runtime.visit import Visit

_POLL_S = 0.005
_BOOT_SECONDS = 60
_END_SECONDS = 5


class SpawnedRuns:
    """Starts, watches and ends fresh interpreters. A run measures its own memory; it is judged afterwards."""

    def __init__(self, python: str, door: Door | None) -> None:
        self._python = python
        self._door = door

    def run(self, job: Job, visit: Visit | None) -> Facts:
        """Make one run and wait until nothing of it is left."""
        folder = tempfile.mkdtemp(prefix="lambda-")
        report = Path(tempfile.mkdtemp(prefix="report-")) / "report"
        try:
            return self._run(job, visit, folder, report)
        finally:
            shutil.rmtree(folder, ignore_errors=True)
            shutil.rmtree(report.parent, ignore_errors=True)

    def _run(self, job: Job, visit: Visit | None, folder: str, report: Path) -> Facts:
        told = job.as_json() | {"setup": self._setup(), "report": str(report)}
        told["environ"] = {**told["environ"], "TMPDIR": folder}
        process = subprocess.Popen(
            [self._python, "-I", "-X", "utf8", str(CHILD), "once"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env={name: value for name, value in told["environ"].items() if name in ("TMPDIR", "SYSTEMROOT", "TZ")},
            start_new_session=True,
        )
        killed = threading.Event()

        def end() -> None:
            killed.set()
            _kill(process)

        if visit is not None:
            visit.end = end
        log = _Log(process)
        _hand_over(process, told)
        cause, took = _wait(process, report, job.timeout_s)
        left = _kill(process) and cause is None
        log.finish()
        received = report.read_bytes() if report.exists() else b""
        cause = "killed" if killed.is_set() else cause
        return _facts(process, read_report(received, job.nonce), log, cause, took, left)

    def _setup(self) -> dict[str, Any]:
        if self._door is None:
            return setup()
        return setup() | {"authority": authority().certificate, "door": self._door.here()}


class _Log:
    """Reads what the run prints, up to the cap, on a thread of its own."""

    def __init__(self, process: "subprocess.Popen[bytes]") -> None:
        self.kept = bytearray()
        self.dropped = 0
        assert process.stdout is not None
        self._pipe = process.stdout
        self._thread = threading.Thread(target=self._read, daemon=True)
        self._thread.start()

    def finish(self) -> None:
        """Not for ever: a process that escaped may hold the other side."""
        self._thread.join(_END_SECONDS)
        if not self._thread.is_alive():
            self._pipe.close()

    def _read(self) -> None:
        while part := os.read(self._pipe.fileno(), 1 << 16):
            room = limits.LOG_CAP - len(self.kept)
            self.kept += part[:room]
            self.dropped += max(0, len(part) - room)


def _hand_over(process: "subprocess.Popen[bytes]", told: dict[str, Any]) -> None:
    """The job goes in by standard input, of which the action finds nothing left."""
    assert process.stdin is not None
    with contextlib.suppress(BrokenPipeError), process.stdin:
        process.stdin.write(json.dumps(told).encode())


def _wait(process: "subprocess.Popen[bytes]", report: Path, timeout_s: float) -> tuple[str | None, float]:
    """The run's time begins when it reports itself, not with the interpreter's start."""
    began: float | None = None
    deadline = time.monotonic() + _BOOT_SECONDS
    while True:
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(_POLL_S)
            return None, time.monotonic() - (began or time.monotonic())
        if began is None and report.exists() and report.stat().st_size:
            began = time.monotonic()
            deadline = began + timeout_s
        if time.monotonic() >= deadline:
            return "timeout", timeout_s


def _kill(process: "subprocess.Popen[bytes]") -> bool:
    """End the run and what it started; True when there was something left to end."""
    if hasattr(os, "killpg"):
        try:
            os.killpg(process.pid, signal.SIGKILL)
        except (ProcessLookupError, PermissionError):
            return False
    else:
        subprocess.run(["taskkill", "/T", "/F", "/PID", str(process.pid)], capture_output=True, check=False)
    process.wait(_END_SECONDS)
    return hasattr(os, "killpg")


def _facts(
    process: "subprocess.Popen[bytes]",
    told: tuple[dict[str, Any], ...],
    log: _Log,
    cause: str | None,
    took: float,
    left: bool,
) -> Facts:
    measured = next((fact for fact in told if fact["kind"] == "measured"), None)
    peak_kb = measured["peak_kb"] if measured else None
    code = process.returncode
    return Facts(
        told=told,
        log=bytes(log.kept).decode("utf-8", "replace"),
        log_dropped=log.dropped,
        exit_code=code if code is not None and code >= 0 else None,
        exit_signal=-code if code is not None and code < 0 else None,
        cause=cause,
        took_s=measured["took"] if measured else took,
        peak_mb=peak_kb / 1024 if peak_kb is not None else None,
        leftovers=left,
        memory="measured" if peak_kb is not None else "not checked",
    )
