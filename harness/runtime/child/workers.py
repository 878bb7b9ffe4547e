"""How does a warm process make workers? It forks one whenever it is told to, and ends and counts them."""

import contextlib
import gc
import json
import os
import signal
import socket

from . import memory, patterns, seal
from .channel import receive, send
from .warm import WarmProcess
from .worker import work

_leave = os._exit


def serve_workers(control_fd):
    """Set up as told by the first message, say so, then fork and reap as told until the harness goes."""
    control = socket.socket(fileno=control_fd)
    setup = json.loads(receive(control))
    warm = WarmProcess(control, setup)
    warm.load()
    workers = _Workers(warm)
    workers.serve()
    for pid in list(workers.pids):
        workers.reap(pid)
    import shutil

    shutil.rmtree(setup["folder"], ignore_errors=True)  # the harness may have been killed


class _Workers:
    """The workers of one warm process. What a run leaves is its worker's child, and after that one's end ours."""

    def __init__(self, warm):
        self._warm = warm
        self._control = warm.control
        self.pids = set()

    def serve(self):
        """Each order names a worker to end, what later ones inherit, or brings what a new one gets: line, log, page."""
        while True:
            order, fds, _, _ = socket.recv_fds(self._control, 1, 3)
            if not order:
                return
            if order == b"f":
                self._fork(*fds)
            elif order == b"c":
                patterns.compile_all(json.loads(receive(self._control)))
                gc.freeze()  # else a collection in each worker would write on, and so copy, what it inherits of them
            else:
                answer = self.reap(json.loads(receive(self._control)))
                send(self._control, json.dumps(answer).encode())

    def _fork(self, line, log, page):
        listener = seal.listen()
        watcher = os.getpid()
        pid = os.fork()
        if pid == 0:
            try:
                seal.end_with_parent(watcher)
                seal.adopt_orphans()
                self._control.close()
                if self._warm.setup["authority"]:
                    self._warm.network.door = listener.getsockname()
                listener.close()
                self._warm.enter_run(log)
                work(self._warm, line, page)
            finally:
                _leave(0)
        self.pids.add(pid)
        told = json.dumps({"pid": pid, "mapped_kb": self._warm.mapped_kb}).encode()
        socket.send_fds(self._control, [b"."], [listener.fileno()])
        send(self._control, told)
        listener.close()
        for fd in (line, log, page):
            os.close(fd)

    def reap(self, pid):
        """End a worker and all it has left; how it ended, and how many others there were."""
        left = memory.children(pid)
        for kill in (os.killpg, os.kill):
            with contextlib.suppress(ProcessLookupError, PermissionError):
                kill(pid, signal.SIGKILL)
        _, status = os.waitpid(pid, 0)
        self.pids.discard(pid)
        left |= self._end_orphans()
        return {
            "signal": os.WTERMSIG(status) if os.WIFSIGNALED(status) else None,
            "exit": os.WEXITSTATUS(status) if os.WIFEXITED(status) else None,
            "leftovers": len(left),
        }

    def _end_orphans(self):
        """Each dead one may hand over children of its own, so look again."""
        ended = set()
        while True:
            left = memory.children(os.getpid()) - self.pids
            if not left:
                return ended
            ended |= left
            for child in left:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(child, signal.SIGKILL)
                with contextlib.suppress(ChildProcessError):
                    os.waitpid(child, 0)
