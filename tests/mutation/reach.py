"""Which lines does a story come by? The action tells it itself, from a copy that watches where it is."""

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any

from contract.action import Action

Lines = dict[str, set[int]]  # by file

WATCH = '''

def _watched(real, lines):
    """Stands behind the last line, so that no line moves."""
    import sys

    here = real.__code__.co_filename

    def look(frame, event, argument):
        if frame.f_code.co_filename != here:
            return None
        lines.add(frame.f_lineno)
        return look

    def main(event):
        sys.settrace(look)
        try:
            return real(event)
        finally:
            sys.settrace(None)
            print("came by " + " ".join(map(str, sorted(lines))))

    return main


main = _watched(main, set())
'''
TOLD = re.compile(r"came by ([0-9 ]*)\n")


def watching(action: Action) -> Action:
    """A copy that says at its end which of its lines it came by; a run that is killed says nothing."""
    return Action.parse(action.source + WATCH, action.path)


def told(logs: str) -> tuple[set[int], str]:
    """The lines, and the log as it was without them."""
    lines = {int(line) for found in TOLD.findall(logs) for line in found.split()}
    return lines, TOLD.sub("", logs)


@contextmanager
def in_this_process(file: Path) -> Iterator[set[int]]:
    """The lines of a file that are come by in here: of a part that a test imports."""
    lines: set[int] = set()

    def look(frame: FrameType, event: str, argument: Any) -> Any:
        if frame.f_code.co_filename != str(file):
            return None
        lines.add(frame.f_lineno)
        return look

    before = sys.gettrace()
    sys.settrace(look)
    try:
        yield lines
    finally:
        sys.settrace(before)
