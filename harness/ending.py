"""How does a command end? By its code; told to end, in good order, with one line; refused, with a sentence.

What is printed comes through here: an output that takes nothing is said in a line, and with --json standard output has
one object, whatever comes.
"""

import io
import json
import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

FAILED = 1
TOLD = 128
"""And the signal's number, as shells have it: 130 for a Ctrl-C."""
_SIGNALS = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]
_printed, _name = False, "harness"


class Told(SystemExit):
    """A signal came. Not a KeyboardInterrupt: CPython ends a process by SIGINT that has seen one in compiled text."""


class Refused(Exception):
    """What a command will not go on with, in one sentence."""


def watched(command: Callable[[], int], name: str, *, as_json: bool = False, lasting: bool = False) -> int:
    """The command's code. The first signal is raised in it; more do nothing, so that it can end well.

    lasting: the process ends after it, so that a signal in its very last moment does nothing, too.
    """
    global _printed, _name
    _printed, _name, told, before = False, name, list[int](), dict[int, Any]()

    def tell(number: int, frame: object) -> None:
        mute()
        told.append(number)
        raise Told(TOLD + number)

    def mute() -> None:
        for each in before:
            signal.signal(each, signal.SIG_IGN)

    try:
        with suppress(ValueError):  # not the main thread: signals are another's
            for each in _SIGNALS:
                if signal.getsignal(each) is not signal.SIG_IGN:  # nohup, or in the background: it is to live on
                    before[each] = signal.getsignal(each)
                    signal.signal(each, tell)
        code = _ended(command, told, as_json=as_json)
        mute()
        if told:
            code = TOLD + told[0]
            refused(f"{name}: interrupted; what was running has been ended.", as_json=as_json)
    finally:
        for each, handler in before.items():
            if not lasting:
                signal.signal(each, handler)
    return code


def _ended(command: Callable[[], int], told: list[int], *, as_json: bool) -> int:
    """The command's code; one that was told to end may end in other ways, such as by a terminal that has gone away."""
    try:
        return command()
    except Refused as refusal:
        return refused(str(refusal), as_json=as_json)
    except KeyboardInterrupt:
        told.append(signal.SIGINT)
    except BaseException:
        if not told:
            raise
    return FAILED


@contextmanager
def undisturbed() -> Iterator[None]:
    """A signal waits, also in a process that is begun here, until it says that it listens."""
    if not hasattr(signal, "pthread_sigmask"):  # Windows
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _SIGNALS)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def listens() -> None:
    """A process that was begun undisturbed minds signals from here on."""
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _SIGNALS)


def refused(sentence: str, *, as_json: bool) -> int:
    """Say why there is no result: for a person beside the output, and where data was asked for as data."""
    _say(sentence)
    if as_json and not _printed:
        put(json.dumps({"error": sentence}))
    return FAILED


def put(text: str) -> bool:
    """Print the whole of a result, in whatever letters the output has; whether it took it."""
    global _printed  # noqa: PLW0603
    _printed = True
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")
    if sys.stdout is None:
        _say(f"{_name}: the outcome could not be printed: standard output is closed.")
        return False
    try:
        sys.stdout.write(text if text.endswith("\n") else text + "\n")
        sys.stdout.flush()
    except OSError as error:
        sys.stdout = open(os.devnull, "w")  # noqa: PTH123, SIM115 - or the interpreter tries again at its end
        _say(f"{_name}: the outcome could not be printed: {error.strerror}.")
        return False
    return True


class Paper(io.StringIO):
    """What is written for standard output before it goes there: in its letters, in colours if it is a terminal."""

    @property
    def encoding(self) -> str:  # type: ignore[override]
        """As standard output has it."""
        return getattr(sys.stdout, "encoding", None) or "ascii"

    def isatty(self) -> bool:
        """Whether standard output is one."""
        return sys.stdout is not None and sys.stdout.isatty()


def _say(sentence: str) -> None:
    """Beside the output; where nothing is taken there either, the code has to do."""
    with suppress(OSError, AttributeError):
        sys.stderr.write(f"{sentence}\n")
        sys.stderr.flush()
