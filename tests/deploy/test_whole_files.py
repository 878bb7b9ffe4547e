"""What stays as it was where a file is written?"""

import os
from pathlib import Path

import pytest

from deploy.whole_files import write_whole


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    """What it leads to is written."""
    link, file = tmp_path / "link.html", tmp_path / "page.html"
    link.symlink_to(file.name)
    write_whole(link, "new")
    assert (link.is_symlink(), file.read_text("utf-8")) == (True, "new")


def test_a_pipe_is_written_to(tmp_path: Path) -> None:
    """A pipe, as /dev/stdout may be one, and a device are no files to be replaced."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    write_whole(pipe, "new")
    assert (pipe.is_fifo(), os.read(reader, 9)) == (True, b"new")
    os.close(reader)


def test_a_folder_is_named(tmp_path: Path) -> None:
    """Not what would have been written beside it."""
    with pytest.raises(IsADirectoryError) as mistake:
        write_whole(tmp_path, "new")
    assert mistake.value.filename == str(tmp_path)
