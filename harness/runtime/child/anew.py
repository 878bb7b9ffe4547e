"""How does a used process become as new for the next run? What a run can leave behind is put back, or told.

Put back: module, working folder, signals, streams, limits, root logger, random numbers, clock and the interpreter's
lists. Its end: threads, children, files left open or closed. Not seen: what was changed inside a library.
"""

import _signal  # signal.getsignal makes an enum of each answer, which costs more than all the rest
import _thread
import builtins
import contextlib
import gc
import logging
import os
import resource
import signal
import socket
import sys
import warnings

from . import chance, prepare, turns, virtual_clock

_LIMITED = sorted({getattr(resource, name) for name in dir(resource) if name.startswith("RLIMIT_")})
_waitid, _handler_of = getattr(os, "waitid", None), _signal.getsignal


class Beginning:
    """How the process was before its first run."""

    def __init__(self):
        self._modules = set(sys.modules)
        self._lists = [(each, list(each)) for each in (sys.path, sys.meta_path, sys.path_hooks, warnings.filters)]
        self._builtins = dict(builtins.__dict__)
        self._signals = {int(number): _handler_of(number) for number in signal.valid_signals()}
        self._blocked = signal.pthread_sigmask(signal.SIG_BLOCK, ())
        self._limits = _limits()
        self._recursion = sys.getrecursionlimit()
        self._mask = os.umask(0o022)
        os.umask(self._mask)
        root = logging.getLogger()
        self._logging = (list(root.handlers), root.level)
        self._files = _files()
        self._settled = False

    def come_back(self, writable):
        """Put back what can be; False where other files are open than before, or limits are others."""
        self._forget(writable)
        for each, before in self._lists:
            each[:] = before
        for name in set(builtins.__dict__) - set(self._builtins):
            del builtins.__dict__[name]
        builtins.__dict__.update(self._builtins)
        for number, handler in self._signals.items():
            if handler is not None and _handler_of(number) is not handler:
                signal.signal(number, handler)
        for timer in (signal.ITIMER_REAL, signal.ITIMER_VIRTUAL, signal.ITIMER_PROF):
            signal.setitimer(timer, 0)
        signal.pthread_sigmask(signal.SIG_SETMASK, self._blocked)
        sys.setrecursionlimit(self._recursion)
        sys.settrace(None)
        sys.setprofile(None)
        os.umask(self._mask)
        os.chdir("/")
        socket.setdefaulttimeout(None)
        root = logging.getLogger()
        root.handlers[:], root.level = list(self._logging[0]), self._logging[1]
        logging.disable(logging.NOTSET)
        with contextlib.suppress(OSError):  # closed, which is told
            prepare.streams()
        if "tempfile" in sys.modules:
            sys.modules["tempfile"].tempdir = None
        virtual_clock.remove()
        turns.end()
        chance.remove()
        gc.enable()
        gc.collect()
        if not self._settled:
            gc.freeze()  # what the first run has left in the libraries' caches stays, and need not be looked at again
            self._settled = True
        return (_files(), _limits()) == (self._files, self._limits)

    def _forget(self, writable):
        """The action's module, and whatever it loaded from its temporary folder."""
        sys.modules.pop("lambda_function", None)
        for name in set(sys.modules) - self._modules:
            if str(getattr(sys.modules[name], "__file__", None) or "").startswith(tuple(writable)):
                del sys.modules[name]


def left_running():
    """What goes on although the run is over; nothing for most."""
    left = ["threads"] if _thread._count() else []
    return left + (["processes"] if _has_children() else [])


def _has_children():
    """Also those that have ended, and those of a child that ended before them: they were handed over to us."""
    try:
        _waitid(os.P_ALL, 0, os.WEXITED | os.WNOHANG | os.WNOWAIT)
    except ChildProcessError:
        return False
    return True


def _limits():
    return [resource.getrlimit(which) for which in _LIMITED]


def _files():
    return set(os.listdir("/proc/self/fd"))
