"""`python -m report` as it is typed, but in this process: one of its own would add its start and nothing else."""

import contextlib
import io
import os
from pathlib import Path

import pytest

from report.cli import main
from tests.deploy.desk import Said


def typed(folder: Path, *arguments: str, **environment: str) -> Said:
    """What was typed in that folder, with nobody at the terminal."""
    printed, errors = io.StringIO(), io.StringIO()
    with (
        contextlib.chdir(folder),
        Path(os.devnull).open(encoding="utf-8") as nobody,
        pytest.MonkeyPatch.context() as here,
        contextlib.redirect_stdout(printed),
        contextlib.redirect_stderr(errors),
    ):
        here.setattr("sys.stdin", nobody)
        for name, value in environment.items():
            here.setenv(name, value)
        code = main([*arguments])
    return Said(code, printed.getvalue(), errors.getvalue())
