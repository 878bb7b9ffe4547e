"""How is the network closed below Python? By living in a network namespace that holds only a loopback."""

import ctypes
import os
import socket
import struct

_NEWUSER, _NEWNET = 0x10000000, 0x40000000
_PR_SET_CHILD_SUBREAPER = 36
_SIOCSIFFLAGS = 0x8914
_UP_AND_RUNNING = 0x1 | 0x40


def seal():
    """Enter a user and a network namespace. Returns "" or, where that is not allowed, the reason."""
    user, group = os.getuid(), os.getgid()
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.unshare(_NEWUSER | _NEWNET) != 0:
        return os.strerror(ctypes.get_errno())
    try:
        _write("/proc/self/setgroups", "deny")
        _write("/proc/self/uid_map", "%d %d 1" % (user, user))
        _write("/proc/self/gid_map", "%d %d 1" % (group, group))
        _raise_loopback()
    except OSError as error:
        return str(error)
    return ""


def adopt_orphans():
    """Become the parent of what an action leaves behind by double forking: so it can be found and ended."""
    ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def listen():
    """A listening socket inside the namespace; only a process in here can reach it."""
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listener.bind(("127.0.0.1", 0))
    listener.listen(128)
    return listener


def _write(path, text):
    with open(path, "w") as file:
        file.write(text)


def _raise_loopback():
    import fcntl

    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        fcntl.ioctl(sock, _SIOCSIFFLAGS, struct.pack("16sh14x", b"lo", _UP_AND_RUNNING))
