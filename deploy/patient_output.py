"""What if nobody reads what is printed, or what reads it knows fewer letters? The command goes on to its end.

A write to HubSpot must not stop in the middle because `| head` has seen enough.
"""

import io
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any, TextIO, cast

STANDARD_OUTPUT = "standard output"


class _Raw(io.FileIO):
    """The bytes' way out; once nobody reads them, they are let go."""

    lost = False

    def write(self, data: Any) -> int:
        """Write, or let go."""
        if not self.lost:
            try:
                return super().write(data) or 0
            except BrokenPipeError:
                self.lost = True
            except OSError as problem:
                self.lost = True
                problem.filename = STANDARD_OUTPUT
                raise
        return len(data)


@contextmanager
def patient_output() -> Iterator[None]:
    """Print so for as long as this lasts; an OSError at its end says that not all could be written."""
    before = sys.stdout, sys.stderr
    sys.stdout, sys.stderr = _patient(sys.stdout), _patient(sys.stderr)
    try:
        yield
        sys.stdout.flush()
    finally:
        with suppress(OSError):
            sys.stderr.flush()
        sys.stdout, sys.stderr = before


def _patient(stream: TextIO | None) -> TextIO:
    try:
        raw = _Raw(os.devnull, "w") if stream is None else _Raw(stream.fileno(), "w", closefd=False)
    except (OSError, ValueError, AttributeError):  # not a file: somebody collects what is printed
        return cast("TextIO", stream)
    if stream is None:
        return io.TextIOWrapper(io.BufferedWriter(raw), encoding="utf-8")
    stream.flush()
    lines = any(getattr(stream, name, False) for name in ("line_buffering", "write_through"))
    return io.TextIOWrapper(
        io.BufferedWriter(raw), encoding=stream.encoding, errors="backslashreplace", line_buffering=lines
    )
