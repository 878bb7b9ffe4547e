"""How are network and files closed below Python? By living in namespaces: only a loopback, read-only mounts (Linux)."""

import ctypes
import os
import signal
import socket
import struct

_NEWUSER, _NEWNET, _NEWNS = 0x10000000, 0x40000000, 0x00020000
_BIND, _RECURSIVE, _PRIVATE = 0x1000, 0x4000, 0x40000
_MOUNT_SETATTR, _HERE, _WHOLE_TREE, _READ_ONLY = 442, -100, 0x8000, 0x1
_PR_SET_PDEATHSIG, _PR_SET_CHILD_SUBREAPER = 1, 36
_SIOCSIFFLAGS = 0x8914
_UP_AND_RUNNING = 0x1 | 0x40

_libc = ctypes.CDLL(None, use_errno=True) if os.name == "posix" else None


def enter(network):
    """Enter a user namespace, and a network one if asked for. Returns "" or, where that is not allowed, why not."""
    user, group = os.getuid(), os.getgid()
    try:
        _call("unshare", _NEWUSER | (_NEWNET if network else 0))
        _write("/proc/self/setgroups", "deny")
        _write("/proc/self/uid_map", "%d %d 1" % (user, user))
        _write("/proc/self/gid_map", "%d %d 1" % (group, group))
        if network:
            _raise_loopback()
    except (OSError, AttributeError) as error:  # no such function: not Linux
        return _reason(error)
    return ""


def close_files(writable):
    """Make all that is mounted read-only but these folders; after enter(). Returns "" or why not."""
    try:
        _call("unshare", _NEWNS)
        _call("mount", None, b"/", None, _RECURSIVE | _PRIVATE, None)
        folders = [os.fsencode(os.path.realpath(folder)) for folder in (*writable, "/dev/shm") if os.path.isdir(folder)]
        for folder in folders:
            _call("mount", folder, folder, None, _BIND, None)
        _set_read_only(b"/", True, _WHOLE_TREE)
        for folder in folders:
            _set_read_only(folder, False, 0)
    except (OSError, AttributeError) as error:
        return _reason(error)
    return ""


def adopt_orphans():
    """Become the parent of what an action leaves behind by double forking: so it can be found and ended."""
    _libc.prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def end_with_parent(parent):
    """A run does not outlive who watches it, however that one ends. Returns whether the system does this."""
    if not hasattr(_libc, "prctl"):
        return False
    _libc.prctl(_PR_SET_PDEATHSIG, int(signal.SIGKILL), 0, 0, 0)
    if os.getppid() != parent:
        os._exit(0)
    return True


def listen():
    """A listening socket inside the namespace; only a process in here can reach it."""
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listener.bind(("127.0.0.1", 0))
    listener.listen(128)
    return listener


def _call(name, *arguments):
    if getattr(_libc, name)(*arguments) != 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))


def _set_read_only(folder, yes, flags):
    attributes = struct.pack("QQQQ", _READ_ONLY if yes else 0, 0 if yes else _READ_ONLY, 0, 0)
    _call("syscall", _MOUNT_SETATTR, _HERE, folder, flags, attributes, ctypes.c_size_t(len(attributes)))


def _reason(error):
    return getattr(error, "strerror", None) or str(error)


def _write(path, text):
    with open(path, "w") as file:
        file.write(text)


def _raise_loopback():
    import fcntl

    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        fcntl.ioctl(sock, _SIOCSIFFLAGS, struct.pack("16sh14x", b"lo", _UP_AND_RUNNING))
