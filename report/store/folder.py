"""Where is the file, and who may read it? In a folder for its owner alone, which git does not see."""

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

FOLDER = ".report"
PRIVATE, ONLY_MINE = 0o700, 0o600


def make(folder: Path) -> None:
    """The folder, private where it is ours, with all in it kept from git."""
    with unreadable_by_others():
        is_new = not folder.exists()
        folder.mkdir(parents=True, exist_ok=True)
        if is_new or folder.name == FOLDER:
            folder.chmod(PRIVATE)
            ignore = folder / ".gitignore"
            if not ignore.exists():
                ignore.write_text("*\n", encoding="utf-8")


@contextlib.contextmanager
def unreadable_by_others() -> Iterator[None]:
    """Files that are made meanwhile are their owner's alone from the first moment, whatever the umask."""
    before = os.umask(0o077)
    try:
        yield
    finally:
        os.umask(before)


def tighten(file: Path) -> None:
    """A file that was copied here may be loose."""
    if file.exists() and file.stat().st_mode & 0o077:
        file.chmod(ONLY_MINE)
