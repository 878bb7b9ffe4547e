"""What may the action write? Its temporary folder; the rest is a read-only file system, as on Lambda.

This sees what Python itself is asked to do, and so can name it. What a program, a C extension or SQL's ATTACH does is
refused by the system where the mounts could be closed (see seal), and elsewhere not at all.
"""

import errno
import os

from . import guard

_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_DEVICES = ("/dev/null", "/dev/stdout", "/dev/stderr", "/dev/tty")
_ENTRY, _TARGET = False, True
"""Which of the two is changed where a name is a symbolic link: the link, or what it leads to?"""


class Files:
    """The refusal of every write outside the temporary folder, recorded on the run's channel."""

    def __init__(self, writable):
        self.report = None
        self._allowed = {os.path.realpath(folder) for folder in writable}

    def install(self):
        guard.on("open", self._opening)
        guard.on("sqlite3.connect", self._connecting)
        guard.on("socket.bind", self._binding)
        guard.on("os.mkdir", lambda path, mode, folder: self._check(path, _ENTRY, folder))
        for event in ("os.remove", "os.rmdir"):
            guard.on(event, lambda path, folder: self._check(path, _ENTRY, folder))
        guard.on("os.truncate", lambda path, length: self._check(path, _TARGET))
        for event in ("os.chmod", "os.chown", "os.utime"):
            guard.on(event, lambda path, *more: self._check(path, _TARGET, more[-1]))
        for event in ("os.rename", "os.link"):
            guard.on(event, self._two_paths)
        guard.on("os.symlink", lambda source, target, folder: self._check(target, _ENTRY, folder))

    def _opening(self, path, mode, flags):
        if isinstance(flags, int) and flags & _WRITING:
            self._check(path, _TARGET)
        elif isinstance(path, (str, bytes)):
            self._check_reading(os.fsdecode(path))

    def _connecting(self, database, *rest):
        """SQLite's own spellings: in memory, or a URI (https://sqlite.org/uri.html)."""
        name = os.fsdecode(database) if isinstance(database, (str, bytes)) else str(database)
        if name.startswith("file:"):
            from urllib.parse import parse_qs, unquote

            name, _, query = name[5:].partition("#")[0].partition("?")
            if parse_qs(query).get("mode", [""])[-1] in ("memory", "ro"):
                return
            name = "/" + name[2:].partition("/")[2] if name.startswith("//") else name
            name = unquote(name)
        if name not in ("", ":memory:"):
            self._check(name, _TARGET)

    def _binding(self, sock, address):
        if isinstance(address, (str, bytes)) and os.fsdecode(address)[:1] not in ("", "\0"):
            self._check(address, _ENTRY)

    def _two_paths(self, source, target, *folders):
        self._check(source, _ENTRY, folders[0] if folders else -1)
        self._check(target, _ENTRY, folders[-1] if folders else -1)

    def _check(self, path, follow, folder=-1):
        if isinstance(path, int) or path is None:
            return
        name = os.fsdecode(path)
        if name in _DEVICES:
            return
        if not os.path.isabs(name) and isinstance(folder, int) and folder >= 0:
            opened = _opened(folder)
            if opened is None:
                return
            name = os.path.join(opened, name)
        where = os.path.realpath(name if follow else os.path.dirname(os.path.abspath(name)))
        if any(where == allowed or where.startswith(allowed + os.sep) for allowed in self._allowed):
            return
        self.report.tell_once("refused", what="file", name=name)
        raise OSError(errno.EROFS, "Read-only file system", name)

    def _check_reading(self, name):
        """Another process's entry in /proc would show the environment of whoever started the harness."""
        parts = os.path.abspath(name).split("/")
        if parts[:2] != ["", "proc"] or len(parts) < 4 or not parts[2].isdigit():
            return
        if int(parts[2]) != os.getpid() and parts[3:] != ["stat"]:
            self.report.tell_once("refused", what="process", name=name)
            raise PermissionError(errno.EACCES, "Permission denied", name)


def _opened(folder):
    """The folder behind a file descriptor; None where the system does not say (shutil.rmtree works in such)."""
    try:
        return os.readlink("/proc/self/fd/%d" % folder)
    except OSError:
        return None
