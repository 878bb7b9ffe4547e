"""How does a warm process make runs? It loads the libraries once, then forks for each job it receives."""

import gc
import json
import os
import socket
import sys

from . import guard, memory, preload, prepare, seal, trust
from .act import act
from .channel import Report, receive, send
from .files import Files
from .network import Network
from .ready import HarnessFiles, Ready
from .watch import Watch


def serve(control_fd, orders_fd, job_fd, log_fd, report_fd):
    """Set up as told by the first message, say so, then one job after another until the harness goes."""
    control = socket.socket(fileno=control_fd)
    setup = json.loads(receive(control))
    _Runs(control, orders_fd, HarnessFiles(job_fd, log_fd, report_fd), setup).serve()
    import shutil  # not before: every run would be charged with it

    shutil.rmtree(setup["folder"], ignore_errors=True)  # the harness may have been killed


class _Runs:
    """One warm process."""

    def __init__(self, control, orders, harness_files, setup):
        self._control = control
        self._orders = orders
        self._harness_files = harness_files
        self._setup = setup
        self._network = Network(setup["host"])
        self._files = Files(setup["writable"])
        self._mapped_kb = 0

    def serve(self):
        seal.adopt_orphans()
        unsealed = seal.enter(network=True)
        self._offer_door(unsealed)
        os.chdir("/")
        os.environ.update(self._setup["environ"])
        guard.install()
        self._network.install()
        self._files.install()
        self._load()
        unsealed = unsealed or seal.close_files(self._setup["writable"])  # now: what was loaded may have been cached
        gc.collect()
        gc.freeze()  # a collection in a run would write on, and so copy, everything loaded so far
        self._mapped_kb = memory.field_kb("self", b"RssFile:") or 0
        send(self._control, json.dumps({"unsealed": unsealed}).encode())
        self._serve_jobs()

    def _offer_door(self, unsealed):
        """Where the network is closed, hand over the socket to answer on: nobody reaches in."""
        fds = []
        if self._setup["authority"]:
            if unsealed:
                self._network.door = tuple(self._setup["door"])
            else:
                listener = seal.listen()
                self._network.door = listener.getsockname()
                fds = [listener.fileno()]
        socket.send_fds(self._control, [b"."], fds)

    def _load(self):
        setup = self._setup
        if setup["authority"]:
            trust.install(setup["authority"])
        preload.load(setup["modules"], setup["chains"], setup["patience"])
        if self._network.door is not None:
            self._network.token = bytes.fromhex(setup["rehearsal"])
            preload.rehearse(setup["host"])

    def _serve_jobs(self):
        """One process always stands ready: while a run is made, the next is forked and set up beside it."""
        ready = Ready(self._setup, self._harness_files, self._run)
        while True:
            message = receive(self._control)
            if message is None:
                ready.drop()
                return
            running, order = ready, json.loads(message)
            order["mapped_kb"] = self._mapped_kb
            running.begin(order["size"])
            ready = Ready(self._setup, self._harness_files, self._run, beside=running)
            facts = Watch(order, running, self._control.fileno(), self._orders, spare=ready.pid).until_gone()
            facts["folder"] = running.folder
            if facts["cause"] == "harness_gone":
                ready.drop()
                return
            send(self._control, json.dumps(facts).encode())

    def _run(self, ready):
        """The forked side: set up, wait for the job, do it."""
        self._control.close()
        os.close(self._orders)
        os.setsid()
        prepare.quiet_streams(ready.log.writing)
        os.close(ready.log.writing)
        if "tempfile" in sys.modules:
            sys.modules["tempfile"].tempdir = None
        prepare.limits(self._setup["limits"])
        preload.touch()
        ready.page.mapped_kb = memory.field_kb("self", b"RssFile:") or 0
        message = ready.receive_job(self._harness_files)
        if message is None:
            return
        job = json.loads(message)
        job["environ"]["TMPDIR"] = ready.folder
        report = Report(ready.report.writing, job)
        prepare.surroundings(job, self._network, self._files, report, ready.page)
        act(job, report, self._setup["answer_limit"])
        prepare.flush()
