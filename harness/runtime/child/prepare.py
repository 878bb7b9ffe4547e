"""What is set up around one run? Output, environment, clock and guards, all before the action can look."""

import io
import os
import signal
import sys

from . import environ, guard, logs
from .processes import Processes
from .virtual_clock import OwnClock


def quiet_streams(log_fd):
    """Standard input is empty; standard output and error are one log, each write in it at once, as on Lambda."""
    null = os.open(os.devnull, os.O_RDONLY)
    os.dup2(null, 0)
    os.dup2(log_fd, 1)
    os.dup2(log_fd, 2)
    streams()


def streams():
    """What Python reads and writes by; an action may have closed or replaced it."""
    sys.stdin = io.TextIOWrapper(io.FileIO(0, "r", closefd=False), encoding="utf-8")
    for name, fd in (("stdout", 1), ("stderr", 2)):
        raw = io.FileIO(fd, "w", closefd=False)
        stream = io.TextIOWrapper(raw, encoding="utf-8", errors="backslashreplace", write_through=True)
        setattr(sys, name, stream)
        setattr(sys, "__%s__" % name, stream)


def limits(values):
    """Protect the machine, not judge the action: the verdict on memory comes from what was used."""
    try:
        import resource
    except ImportError:  # Windows
        return
    for name, value in values.items():
        which = getattr(resource, name, None)
        if which is not None:
            hard = resource.getrlimit(which)[1]
            soft = value if hard == resource.RLIM_INFINITY else min(value, hard)
            try:
                resource.setrlimit(which, (soft, hard))
            except (ValueError, OSError):  # macOS refuses some of them
                continue


def surroundings(job, network, files, report, page, wakes=None):
    """Everything an action can look at, and everything it may not do. `wakes`: where a run in turns hears of its."""
    sys.argv = [""]
    sys.dont_write_bytecode = True
    environ.clear(job["environ"])
    environ.watch(report, job["name"])
    network.report = files.report = report
    network.token = bytes.fromhex(job["token"])
    Processes(page, report).install()
    logs.install(job["request_id"])
    if job["chance"] is not None:
        from . import chance  # not before: every run would be charged with it

        chance.install(job["chance"])
    if job["in_turns"]:
        from . import turns

        turns.begin(job, page, report, wakes)
    elif job["now"] is not None:
        _own_clock(job, report, page)
    guard.arm()


def _own_clock(job, report, page):
    def slept(seconds):
        page.slept = seconds

    def over():
        report.tell("slept_out")
        flush()
        os.kill(os.getpid(), getattr(signal, "SIGKILL", signal.SIGTERM))

    OwnClock(job["now"], job["timeout"], slept, over).install()


def flush():
    """Let what was printed out; a stream the action closed or broke has nothing to say."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except Exception:
            continue
