"""What may the action write? Its temporary folder; the rest is a read-only file system, as on Lambda."""

import errno
import os
import tempfile

from . import guard

_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_DEVICES = ("/dev/null", "/dev/stdout", "/dev/stderr", "/dev/tty")


class Files:
    """The refusal of every write outside the temporary folder, recorded on the run's channel."""

    def __init__(self):
        self.report = None
        self._allowed = {os.path.realpath(tempfile.gettempdir())}
        if os.path.isdir("/tmp"):
            self._allowed.add(os.path.realpath("/tmp"))

    def install(self):
        guard.on("open", self._opening)
        guard.on("sqlite3.connect", self._one_path)
        for event in ("mkdir", "remove", "rmdir", "truncate", "chmod", "chown", "utime"):
            guard.on("os." + event, self._one_path)
        for event in ("rename", "link"):
            guard.on("os." + event, self._two_paths)
        guard.on("os.symlink", lambda source, target, *rest: self._check(target))

    def _opening(self, path, mode, flags):
        if isinstance(flags, int) and flags & _WRITING:
            self._check(path)
        elif isinstance(path, (str, bytes)):
            self._check_reading(os.fsdecode(path))

    def _one_path(self, path, *rest):
        self._check(path)

    def _two_paths(self, source, target, *rest):
        self._check(source)
        self._check(target)

    def _check(self, path):
        if isinstance(path, int) or path is None or path in ("", ":memory:"):
            return
        name = os.fsdecode(path)
        if name in _DEVICES:
            return
        folder = os.path.realpath(os.path.dirname(os.path.abspath(name)))
        if any(folder == allowed or folder.startswith(allowed + os.sep) for allowed in self._allowed):
            return
        self.report.tell("refused", what="file", name=name)
        raise OSError(errno.EROFS, "Read-only file system", name)

    def _check_reading(self, name):
        """Another process's entry in /proc would show the environment of whoever started the harness."""
        parts = name.split("/")
        if parts[:2] != ["", "proc"] or len(parts) < 4 or not parts[2].isdigit():
            return
        if int(parts[2]) != os.getpid():
            self.report.tell("refused", what="process", name=name)
            raise PermissionError(errno.EACCES, "Permission denied", name)
