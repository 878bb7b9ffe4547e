"""How is a file written so that it is never half there? Beside it first, onto the disk, then into its place."""

import codecs
import contextlib
import errno
import os
import tempfile
from pathlib import Path


def rewrite(file: Path, text: str) -> None:
    """Put this text, with LF alone, where a file may be already: its line ends and its byte order mark stay."""
    before = file.read_bytes() if file.is_file() else b""
    ends = "\r\n" if b"\r\n" in before else "\n"
    mark = "\ufeff" if before.startswith(codecs.BOM_UTF8) else ""
    write_whole(file, mark + text.replace("\n", ends))


def write_whole(file: Path, text: str) -> None:
    """Put this text there; whoever reads, whenever, sees the old file or the new one. Its permissions stay.

    A link stays, too, and so does a pipe or a device, as /dev/stdout is one: those are written to as they are.
    """
    if file.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(file))
    if file.exists() and not file.is_file():
        file.write_text(text, encoding="utf-8", newline="")
        return
    file = file.resolve()
    file.parent.mkdir(parents=True, exist_ok=True)
    mode = file.stat().st_mode & 0o777 if file.exists() else 0o644
    with tempfile.NamedTemporaryFile(
        "w", dir=file.parent, prefix=f".{file.name}.", delete=False, encoding="utf-8", newline=""
    ) as beside:
        try:
            beside.write(text)
            beside.flush()
            os.fsync(beside.fileno())
            beside.close()
            Path(beside.name).chmod(mode)
            Path(beside.name).replace(file)
        except BaseException:
            with contextlib.suppress(OSError):
                Path(beside.name).unlink()
            raise
