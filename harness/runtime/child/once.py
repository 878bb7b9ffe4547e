"""How is a run made where nothing can be forked? A fresh interpreter reads its job from standard input."""

import faulthandler
import json
import os
import sys
import time

from . import guard, memory, prepare, seal, trust
from .act import act
from .channel import Report
from .files import Files
from .network import Network
from .page import SharedPage

_own_clock, _real_exit, _pid = time.monotonic, os._exit, os.getpid
_GRACE_SECONDS = 10


def once():
    """Read the job, run it, leave the report in the file named by the job; the parent keeps the time."""
    job = json.loads(sys.stdin.buffer.read())
    setup = job["setup"]
    report = _report(job)
    prepare.quiet_streams(os.dup(1))
    if not seal.end_with_parent(job["parent"]):
        nowhere = open(os.devnull, "w")  # noqa: SIM115 - as long as the run
        faulthandler.dump_traceback_later(job["timeout"] + _GRACE_SECONDS, exit=True, file=nowhere)
    network = Network(setup["host"])
    if setup["authority"]:
        trust.install(setup["authority"])
        network.door = tuple(setup["door"])
    os.chdir(os.path.abspath(os.sep))
    files = Files(setup["writable"])
    if sys.platform == "linux":
        report.tell("unsealed", found=seal.enter(network=False) or seal.close_files(setup["writable"]))
    guard.install()
    network.install()
    files.install()
    prepare.limits(setup["limits"])
    page = SharedPage()
    prepare.surroundings(job, network, files, report, page)
    leave = _measured(report, page)
    report.tell("begun")
    act(job, report, setup["answer_limit"])
    prepare.flush()
    leave(0)


def _report(job):
    flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0)
    return Report(os.open(job["report"], flags, 0o600), job)


def _measured(report, page):
    """Let the run tell what it used before it ends, also when it ends itself by os._exit."""
    began, mine = _own_clock(), _pid()

    def leave(status):
        if _pid() == mine:
            report.tell("measured", peak_kb=_peak_kb(), took=_own_clock() - began + page.slept)
        _real_exit(status)

    os._exit = leave
    return leave


def _peak_kb():
    """The peak of this process, or of a child it has waited for.

    Its own is not getrusage's on Linux: over exec that keeps the peak of whoever started us.
    """
    try:
        import resource
    except ImportError:  # Windows
        return None
    unit = 1024 if sys.platform == "darwin" else 1
    own = memory.peak_kb("self") or resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // unit
    return max(own, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // unit)
