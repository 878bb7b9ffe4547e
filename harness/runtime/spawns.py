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
from harness.runtime.child.memory import children, others_kb, peak_kb
from harness.runtime.facts import Facts, Job, setup
from harness.runtime.notices import say_once
from harness.runtime.told import read_report
from harness.runtime.visit import Visit
from harness.runtime.warm import Ground, no_start

_POLL_S = 0.005
_BOOT_SECONDS = 60
_END_SECONDS = 5


class SpawnedRuns:
    """Starts, watches and ends fresh interpreters."""

    def __init__(self, ground: Ground) -> None:
        self._ground = ground
        self._python, self._door = ground.python, ground.door

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
        told = job.as_json() | {"setup": self._setup(), "report": str(report), "parent": os.getpid()}
        told["environ"] = {**told["environ"], "TMPDIR": folder}
        process = self._start(told["environ"])
        watched = _Watched(process, report, job)
        try:
            if visit is not None:
                visit.ends_by(watched.kill)
            log = _Log(process)
            _hand_over(process, told)
            watched.wait()
        finally:  # also for a Ctrl-C: nobody waits for this run any more
            left = _kill(process)
        log.finish()
        facts = watched.facts(log, left)
        if not facts.told and facts.cause is None:
            raise no_start(self._python, bytes(log.kept))
        for fact in facts.of("unsealed"):
            _say_unsealed(fact["found"])
        return facts

    def _start(self, environ: dict[str, str]) -> "subprocess.Popen[bytes]":
        command, fixed = self._ground.command("once")
        kept = {name: value for name, value in environ.items() if name in ("TMPDIR", "SYSTEMROOT", "TZ")}
        try:
            return subprocess.Popen(
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                env=kept | fixed,
                start_new_session=True,
            )
        except OSError as error:
            raise no_start(self._python, str(error).encode()) from None

    def _setup(self) -> dict[str, Any]:
        if self._door is None:
            return setup()
        return setup() | {"authority": self._door.certificate, "door": self._door.here()}


class _Watched:
    """One run from its start: its time, which begins when it reports itself, and its memory, where that can be seen."""

    def __init__(self, process: "subprocess.Popen[bytes]", report: Path, job: Job) -> None:
        self._process = process
        self._report = report
        self._job = job
        self._began: float | None = None
        self._took = 0.0
        self._cause: str | None = None
        self._peak_kb = 0

    def kill(self) -> None:
        """End it, as the weather asks."""
        self._cause = "killed"
        _kill(self._process)

    def wait(self) -> None:
        """Until it has ended, or has to be."""
        deadline = time.monotonic() + _BOOT_SECONDS
        while True:
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(_POLL_S)
                break
            if self._began is None and _begun(self._report, self._job.nonce):
                self._began = time.monotonic()
                deadline = self._began + self._job.timeout_s
            elif self._began is not None and self._uses_too_much():
                self._cause = self._cause or "memory"
                break
            if time.monotonic() >= deadline:
                self._cause = self._cause or "timeout"
                break
        self._took = time.monotonic() - self._began if self._began is not None else 0.0

    def _uses_too_much(self) -> bool:
        pid = self._process.pid
        used: int = (peak_kb(pid) or 0) + others_kb(children(pid))
        self._peak_kb = max(self._peak_kb, used)
        return used > self._job.memory_mb * 1024

    def facts(self, log: "_Log", left: bool) -> Facts:
        """What is known of it, now that it is gone."""
        received = self._report.read_bytes()[: limits.REPORT_CAP] if self._report.exists() else b""
        told = read_report(received, self._job.nonce)
        measured = next((fact for fact in reversed(told) if fact["kind"] == "measured"), None)
        peak_kb = max(self._peak_kb, (measured and measured["peak_kb"]) or 0)
        code = self._process.returncode
        return Facts(
            told=told,
            log=bytes(log.kept).decode("utf-8", "replace"),
            log_dropped=log.dropped,
            exit_code=code if code is not None and code >= 0 else None,
            exit_signal=-code if code is not None and code < 0 else None,
            cause=self._cause,
            took_s=measured["took"] if measured else self._took,
            peak_mb=peak_kb / 1024 if peak_kb else None,
            leftovers=left and self._cause is None,
            memory="measured" if peak_kb else "not checked",
        )


def _begun(report: Path, nonce: bytes) -> bool:
    """Has main's own time begun? What comes before is the interpreter's start."""
    try:
        return any(fact["kind"] == "begun" for fact in read_report(report.read_bytes(), nonce))
    except OSError:
        return False


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


def _say_unsealed(reason: str) -> None:
    if reason:
        say_once(
            f"no namespaces here ({reason}): an action's Python is kept off other folders, "
            "but a C extension or a program it starts is not."
        )
