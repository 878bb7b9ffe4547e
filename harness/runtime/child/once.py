"""How is a run made where nothing can be forked? A fresh interpreter reads its job from standard input."""

import json
import os
import sys
import time

from . import guard, prepare, trust
from .act import act
from .channel import Report
from .files import Files
from .network import Network
from .page import SharedPage

_own_clock = time.monotonic


def once():
    """Read the job, run it, leave the report in the file named by the job; the parent keeps the time."""
    job = json.loads(sys.stdin.buffer.read())
    setup = job["setup"]
    flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0)
    report = Report(os.open(job["report"], flags, 0o600), bytes.fromhex(job["nonce"]))
    prepare.quiet_streams(os.dup(1))
    network = Network(setup["host"])
    if setup["authority"]:
        trust.install(setup["authority"])
        network.door = tuple(setup["door"])
    os.chdir(os.path.abspath(os.sep))
    files = Files()
    guard.install()
    network.install()
    files.install()
    prepare.limits(setup["limits"])
    page = SharedPage()
    prepare.surroundings(job, network, files, report, page)
    report.tell("begun")
    began = _own_clock()
    act(job, None, report, setup["answer_limit"])
    prepare.flush()
    report.tell("measured", peak_kb=_peak_kb(), took=_own_clock() - began + page.slept)
    os._exit(0)


def _peak_kb():
    """This process's own peak. Not getrusage on Linux: over exec it keeps the peak of whoever started us."""
    try:
        with open("/proc/self/status") as file:
            for line in file:
                if line.startswith("VmHWM:"):
                    return int(line.split()[1])
    except OSError:
        pass
    try:
        import resource
    except ImportError:  # Windows
        return None
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // (1024 if sys.platform == "darwin" else 1)
