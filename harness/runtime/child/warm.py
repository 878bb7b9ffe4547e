"""What does a warm process do before it forks? It closes itself in, loads the libraries and rehearses a call."""

import gc
import json
import os
import socket
import sys

from . import brief, guard, memory, plain, preload, prepare, seal, trust
from .channel import send
from .files import Files
from .network import Network


class WarmProcess:
    """The process that everything is forked from."""

    def __init__(self, control, setup):
        self.control = control
        self.setup = setup
        self.network = Network(setup["host"])
        self.files = Files(setup["writable"])
        self.mapped_kb = 0

    def load(self):
        """Do all of it, and say so."""
        seal.adopt_orphans()
        unsealed = seal.enter(network=True)
        self._offer_door(unsealed)
        os.chdir("/")
        os.environ.clear()
        os.environ.update(self.setup["environ"])
        guard.install()
        self.network.install()
        self.files.install()
        self._load()
        unsealed = unsealed or seal.close_files(self.setup["writable"])  # now: what was loaded may have been cached
        gc.collect()
        gc.freeze()  # a collection in a run would write on, and so copy, everything loaded so far
        self.mapped_kb = memory.field_kb("self", b"RssFile:") or 0
        send(self.control, json.dumps({"unsealed": unsealed}).encode())

    def enter_run(self, log_fd):
        """On the forked side: a session, streams and limits of its own."""
        os.setsid()
        prepare.quiet_streams(log_fd)
        os.close(log_fd)
        if "tempfile" in sys.modules:
            sys.modules["tempfile"].tempdir = None
        prepare.limits(self.setup["limits"])
        if not (self.setup["plain"] or self.setup["seeded"]):  # else many runs are made, and nobody waits for one
            preload.touch()

    def surround(self, job, report, page, wakes):
        """On the forked side: what the action of this job finds."""
        prepare.surroundings(job, self.network, self.files, report, page, wakes)

    def _offer_door(self, unsealed):
        """Where the network is closed, hand over the socket to answer on: nobody reaches in."""
        fds = []
        if self.setup["authority"]:
            if unsealed:
                self.network.door = tuple(self.setup["door"])
            else:
                listener = seal.listen()
                self.network.door = listener.getsockname()
                fds = [listener.fileno()]
        socket.send_fds(self.control, [b"."], fds)

    def _load(self):
        setup = self.setup
        if setup["authority"] and setup["plain"]:
            plain.install()
        elif setup["authority"]:
            trust.install(setup["authority"])
        if setup["seeded"]:
            from . import chance, turns  # noqa: F401 - else each run imports them; without a seed none is charged with them
        preload.load(setup["modules"], setup["chains"], setup["patience"])
        if setup["authority"] and setup["plain"]:
            brief.install(self.network)
        if self.network.door is not None:
            self.network.token = bytes.fromhex(setup["rehearsal"])
            preload.rehearse(setup["host"])
