"""How does a warm process make runs? It loads the libraries once, then forks for each job it receives."""

import gc
import json
import os
import socket
import sys
import tempfile

from . import guard, preload, prepare, seal, trust
from .act import act
from .channel import Report, receive, send
from .files import Files
from .network import Network
from .ready import Ready
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
    gc.collect()
    gc.freeze()  # a collection in a run would write on, and so copy, everything loaded so far
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
    """One process always stands ready: while a run is made, the next is forked and set up beside it."""
    codes = {}

    def child(ready):
        control.close()
        _run(ready, codes, setup, network, files)

    ready = Ready(setup, child)
    while True:
        message = receive(control)
        if message is None:
            ready.drop()
            return
        running, job = ready, json.loads(message)
        running.begin(message)
        _keep_compiled(job, codes)
        ready = Ready(setup, child, beside=running)
        facts = Watch(job, running, control.fileno(), orders, spare=ready.pid).until_gone()
        running.clear()
        if facts["cause"] == "harness_gone":
            ready.drop()
            return
        for payload in (json.dumps(facts).encode(), bytes(running.log.kept), bytes(running.report.kept)):
            send(control, payload)


def _keep_compiled(job, codes):
    """The file's code, made once. A file that does not compile fails in its run, where it is reported."""
    if job["digest"] not in codes:
        if len(codes) > _CODES_KEPT:
            codes.clear()
        try:
            codes[job["digest"]] = compile(job["source"], job["name"], "exec", dont_inherit=True)
        except Exception:
            codes[job["digest"]] = None


def _run(ready, codes, setup, network, files):
    """The forked side: set up, wait for the job, do it."""
    os.setsid()
    prepare.quiet_streams(ready.log.writing)
    os.close(ready.log.writing)
    tempfile.tempdir = None
    prepare.limits(setup["limits"])
    preload.touch()
    message = ready.receive_job()
    if message is None:
        return
    job = json.loads(message)
    job["environ"]["TMPDIR"] = ready.folder
    report = Report(ready.report.writing, bytes.fromhex(job["nonce"]))
    prepare.surroundings(job, network, files, report, ready.page)
    act(job, codes.get(job["digest"]), report, setup["answer_limit"])
    prepare.flush()
