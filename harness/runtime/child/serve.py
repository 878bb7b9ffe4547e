"""How does a warm process make runs? It loads the libraries once, then forks for each job it receives."""

import gc
import json
import os
import socket

from . import memory, patterns, prepare
from .act import act
from .channel import Report, receive, send
from .ready import HarnessFiles, Ready
from .warm import WarmProcess
from .watch import Watch


def serve(control_fd, orders_fd, job_fd, log_fd, report_fd, page_fd, turns_fd):
    """Set up as told by the first message, say so, then one job after another until the harness goes."""
    control = socket.socket(fileno=control_fd)
    setup = json.loads(receive(control))
    files = HarnessFiles(job_fd, log_fd, report_fd, page_fd, turns_fd)
    _Runs(WarmProcess(control, setup), orders_fd, files).serve()
    import shutil  # not before: every run would be charged with it

    shutil.rmtree(setup["folder"], ignore_errors=True)  # the harness may have been killed


class _Runs:
    """One warm process that forks for each run."""

    def __init__(self, warm, orders, harness_files):
        self._warm = warm
        self._control, self._setup = warm.control, warm.setup
        self._orders = orders
        self._harness_files = harness_files

    def serve(self):
        self._warm.load()
        self._serve_jobs()

    def _serve_jobs(self):
        """One process always stands ready: while a run is made, the next is forked and set up beside it."""
        ready = Ready(self._setup, self._harness_files, self._run)
        while True:
            message = receive(self._control)
            if message is None:
                ready.drop()
                return
            running, order = ready, json.loads(message)
            order["mapped_kb"] = self._warm.mapped_kb
            running.begin(order["size"])
            ready = Ready(self._setup, self._harness_files, self._run, beside=running)
            facts = Watch(order, running, self._control.fileno(), self._orders, spare=ready.pid).until_gone()
            facts["folder"] = running.folder
            if facts["cause"] == "harness_gone":
                ready.drop()
                return
            send(self._control, json.dumps(facts).encode())
            if order["patterns"]:
                patterns.compile_all(order["patterns"])
                gc.freeze()  # as what was loaded at first

    def _run(self, ready):
        """The forked side: set up, wait for the job, do it."""
        self._control.close()
        os.close(self._orders)
        self._warm.enter_run(ready.log.writing)
        ready.page.mapped_kb = memory.field_kb("self", b"RssFile:") or 0
        message = ready.receive_job(self._harness_files)
        if message is None:
            return
        job = json.loads(message)
        job["environ"]["TMPDIR"] = ready.folder
        report = Report(ready.report.writing, job)
        self._warm.surround(job, report, ready.page, self._harness_files.turns)
        act(job, report, self._setup["answer_limit"])
        prepare.flush()
