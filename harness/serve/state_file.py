"""How an account is kept in a file and read again: all of it, or nothing.

The file is a pickle of the portal's own data and of nothing else: reading one makes no object of any class but
the portal's, and calls nothing. It belongs to the version that wrote it; another one says so and reads none of it.
Before the pickle stands its SHA-256: a file that was damaged is refused, and not read as another account.
"""

import contextlib
import hashlib
import io
import os
import pickle
import tempfile
from importlib import import_module
from pathlib import Path
from types import MethodType
from typing import Any
from zoneinfo import ZoneInfo

from harness.clock import Clock, moment
from harness.portal import Portal
from harness.portal.objects.records import Table
from harness.portal.objects.types import TYPES, ObjectType

HEAD = b"chat-handoff account 2\n"
LIVES_ON = frozenset({"clock", "watchers", "daily_limit", "_lock", "_depth", "_changes"})
"""What of a world belongs to the process and not to the account."""
COMPUTED = frozenset({"own", "_indexes", "recent"})
"""What of a table of records is made from the rest, and made again."""
PLAIN = {
    ("builtins", "set"),
    ("builtins", "frozenset"),
    ("builtins", "bytearray"),
    ("collections", "deque"),
    ("collections", "OrderedDict"),
    ("collections", "defaultdict"),
    ("random", "Random"),
    ("datetime", "datetime"),
    ("datetime", "date"),
    ("datetime", "timedelta"),
    ("datetime", "timezone"),
}


class StateError(Exception):
    """A file that holds no account of this version."""


def save(portal: Portal, file: Path) -> None:
    """Keep an account."""
    try:
        content = _written(portal)
        _replace(file.resolve(), HEAD + _digest(content) + content)
    except OSError as problem:
        raise StateError(f"--state {file}: expected to keep the account there, found {problem}.") from None


def check(file: Path) -> None:
    """Whether an account can be kept there, before hours of work are."""
    try:
        tempfile.TemporaryFile(dir=file.resolve().parent).close()
    except OSError as problem:
        raise StateError(f"--state {file}: expected a folder that can be written to, found {problem}.") from None


def _written(portal: Portal) -> bytes:
    with portal.world.act():
        kept = {name: value for name, value in vars(portal.world).items() if name not in LIVES_ON}
        data = {"now": portal.clock.iso(), "world": kept, "tokens": portal.tokens()}
        written = io.BytesIO()
        _Writer(written, portal.clock).dump(data)
    return written.getvalue()


def _digest(content: bytes) -> bytes:
    return hashlib.sha256(content).hexdigest().encode() + b"\n"


def _replace(file: Path, content: bytes) -> None:
    """Write beside the file and put it in its place: whoever reads sees the old account or the new one."""
    with tempfile.NamedTemporaryFile(dir=file.parent, prefix=f".{file.name}.", delete=False) as beside:
        try:
            beside.write(content)
            beside.flush()
            os.fsync(beside.fileno())
            beside.close()
            os.replace(beside.name, file)  # noqa: PTH105 - says what it does
        except BaseException:
            with contextlib.suppress(OSError):
                os.unlink(beside.name)  # noqa: PTH108
            raise


def load(portal: Portal, file: Path) -> None:
    """Put the account of a file in the place of a portal's own."""
    try:
        raw = file.read_bytes()
    except OSError as problem:
        raise StateError(f"--state {file}: expected an account saved by this version, found {problem}.") from None
    if not raw.startswith(HEAD):
        raise StateError(
            f"--state {file}: expected an account saved by this version, found another file. Move it away."
        )
    try:
        data = _Reader(io.BytesIO(_checked(raw)), portal.clock).load()
        world, tokens, now = data["world"], data["tokens"], data["now"]
        moment(now)
        missing = vars(portal.world).keys() - world.keys() - LIVES_ON
    except Exception as problem:  # noqa: BLE001 - whatever a foreign file brings about
        found = f"{type(problem).__name__}: {problem}".rstrip(".")
        raise StateError(
            f"--state {file}: expected an account saved by this version, found {found}. Move it away."
        ) from None
    if missing:
        raise StateError(f"--state {file}: expected {', '.join(sorted(missing))} in it, found none. Move it away.")
    with portal.world.act():
        vars(portal.world).update(world)
    for token in tokens:
        portal.keep_token(token)
    if now > portal.clock.iso():
        portal.clock.run_until(now)


def _checked(raw: bytes) -> bytes:
    """The pickle in a file, if it is what was written."""
    digest, end, content = raw[len(HEAD) :].partition(b"\n")
    if digest + end != _digest(content):
        raise ValueError("content that is not what was saved (its SHA-256 differs)")
    return content


class _Writer(pickle.Pickler):
    """The clock and the types of record are the process's own, and only named."""

    def __init__(self, file: io.BytesIO, clock: Clock) -> None:
        super().__init__(file, protocol=5)
        self._clock = clock

    def persistent_id(self, value: Any) -> tuple[str, str] | None:
        if isinstance(value, ObjectType):
            return "type", value.id
        if isinstance(value, ZoneInfo):
            return "zone", value.key
        if value is self._clock:
            return "clock", ""
        if isinstance(value, MethodType) and value.__self__ is self._clock:
            return "clock", value.__name__
        return None

    def reducer_override(self, value: Any) -> Any:
        if not isinstance(value, Table):
            return NotImplemented
        kept = {name: part for name, part in vars(value).items() if name not in COMPUTED}
        return Table, (value.type, kept["_lags"]), kept


class _Reader(pickle.Unpickler):
    """Makes the portal's own objects and plain data; anything else is refused by name."""

    def __init__(self, file: io.BytesIO, clock: Clock) -> None:
        super().__init__(file)
        self._clock = clock

    def persistent_load(self, pid: Any) -> Any:
        kind, name = pid
        if kind == "type":
            return next(type for type in TYPES if type.id == name)
        if kind == "zone":
            return ZoneInfo(name)
        if name in ("", "millis", "now", "iso"):
            return getattr(self._clock, name) if name else self._clock
        raise pickle.UnpicklingError(f"the clock's {name}")

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) in PLAIN:
            return super().find_class(module, name)
        if module.startswith("harness.portal.") and name.isidentifier():
            found = getattr(import_module(module), name, None)
            if isinstance(found, type) and found.__module__ == module:
                return found
        raise pickle.UnpicklingError(f"{module}.{name} is no part of an account")
