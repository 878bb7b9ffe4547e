"""How does a warm process make runs? It loads the libraries once, then forks for each job it receives."""

import json
import os
import shutil
import socket
import sys
import tempfile

from . import guard, preload, prepare, seal, trust
from .act import act
from .channel import Report, receive, send
from .files import Files
from .network import Network
from .watch import Watch

_CODES_KEPT = 64


def serve(control_fd, orders_fd):
    """Set up as told by the first message, say so, then one job after another until the harness goes."""
    control = socket.socket(fileno=control_fd)
    setup = json.loads(receive(control))
    seal.adopt_orphans()
    unsealed = seal.seal() if setup["seal"] else "not asked for"
    network = Network(setup["host"])
    _offer_door(control, setup, network, unsealed)
    os.chdir("/")
    os.environ.update(setup["environ"])
    files = Files()
    guard.install()
    network.install()
    files.install()
    if setup["authority"]:
        trust.install(setup["authority"])
    preload.load(setup["modules"], setup["chains"])
    if network.door is not None:
        network.token = bytes.fromhex(setup["rehearsal"])
        preload.rehearse(setup["host"])
    send(control, json.dumps({"python": sys.version.split()[0]}).encode())
    _serve_jobs(control, orders_fd, setup, network, files)


def _offer_door(control, setup, network, unsealed):
    """Say whether the seal holds, and if so hand over the socket to answer on: nobody reaches in."""
    fds = []
    if setup["authority"]:
        if unsealed:
            network.door = tuple(setup["door"])
        else:
            listener = seal.listen()
            network.door = listener.getsockname()
            fds = [listener.fileno()]
    socket.send_fds(control, [json.dumps({"unsealed": unsealed}).encode().ljust(512)], fds)


def _serve_jobs(control, orders, setup, network, files):
    codes = {}
    while True:
        message = receive(control)
        if message is None:
            return
        job = json.loads(message)
        code = _compiled(job, codes)
        watch = Watch(job, control.fileno(), orders, setup["log_cap"], setup["report_cap"])
        folder = tempfile.mkdtemp(prefix="lambda-")
        job["environ"]["TMPDIR"] = folder
        pid = os.fork()
        if pid == 0:
            _run(job, code, watch, control, setup, network, files)
        facts = watch.until_gone(pid)
        shutil.rmtree(folder, ignore_errors=True)
        if facts["cause"] == "harness_gone":
            return
        for payload in (json.dumps(facts).encode(), bytes(watch.log.kept), bytes(watch.report.kept)):
            send(control, payload)


def _compiled(job, codes):
    """The file's code, made once. A file that does not compile fails in its run, where it is reported."""
    if job["digest"] not in codes:
        if len(codes) > _CODES_KEPT:
            codes.clear()
        try:
            codes[job["digest"]] = compile(job["source"], job["name"], "exec", dont_inherit=True)
        except Exception:
            codes[job["digest"]] = None
    return codes[job["digest"]]


def _run(job, code, watch, control, setup, network, files):
    """The forked side: never returns."""
    try:
        os.setsid()
        control.close()
        os.close(watch.log.reading)
        os.close(watch.report.reading)
        prepare.quiet_streams(watch.log.writing)
        os.close(watch.log.writing)
        tempfile.tempdir = None
        report = Report(watch.report.writing, bytes.fromhex(job["nonce"]))
        prepare.limits(setup["limits"])
        prepare.surroundings(job, network, files, report, watch.page)
        act(job, code, report, setup["answer_limit"])
        prepare.flush()
    finally:
        os._exit(0)
