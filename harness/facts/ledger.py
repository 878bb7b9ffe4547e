"""Which claims has a real account confirmed or contradicted, and when? One TOML file, written by `facts import`."""

import json
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

FILE = Path(__file__).with_name("verified.toml")
DOCUMENTED, GUESSED = "documented", "guessed"
_HEAD = """\
# What real accounts have shown, claim by claim. Written by `python -m harness facts import LOG`; not by hand.
# held = false: HubSpot did otherwise than the claim says, on that day, as `found` tells.
"""


class LedgerError(Exception):
    """A ledger that cannot be read."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What a real account has shown about one claim."""

    claim: str
    held: bool
    on: date
    by: str  # what asked: actions/probe.py or nox -s live
    found: str = ""  # what was there instead


def read(file: Path = FILE) -> dict[str, Seen]:
    """The ledger, claim by claim; empty when there is no file yet."""
    if not file.exists():
        return {}
    try:
        rows = tomllib.loads(file.read_text("utf-8"))
        return {
            claim: Seen(claim, bool(row["held"]), _date(row["on"]), str(row["by"]), str(row.get("found", "")))
            for claim, row in rows.items()
        }
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as problem:
        raise LedgerError(
            f"{file}: expected a ledger as `facts import` writes it, found {type(problem).__name__}: {problem}. "
            "Take back the last change, or move the file away and import the logs again."
        ) from None


def merged(known: dict[str, Seen], news: Iterable[Seen]) -> dict[str, Seen]:
    """The newer of two sightings counts; on one day a contradiction does."""
    rows = dict(known)
    for seen in news:
        old = rows.get(seen.claim)
        if old is None or seen.on > old.on or (seen.on == old.on and old.held):
            rows[seen.claim] = seen
    return rows


def write(rows: dict[str, Seen], file: Path = FILE) -> None:
    """Put the ledger there, whole, in the order of its claims."""
    blocks = [_HEAD]
    for claim, seen in sorted(rows.items()):
        lines = [f"[{json.dumps(claim)}]", f"held = {str(seen.held).lower()}", f"on = {seen.on.isoformat()}"]
        lines.append(f"by = {json.dumps(seen.by)}")
        if seen.found:
            lines.append(f"found = {json.dumps(seen.found)}")
        blocks.append("\n".join(lines) + "\n")
    beside = file.with_name(f".{file.name}.new")
    beside.write_text("\n".join(blocks), encoding="utf-8")
    beside.replace(file)


def marked(mark: str, seen: Seen | None) -> str:
    """A mark as a reader should have it: what a real account showed counts more than what is written."""
    if seen is None:
        return mark
    return f"verified {seen.on}" if seen.held else f"contradicted {seen.on}"


def _date(value: object) -> date:
    if not isinstance(value, date):
        raise TypeError(f"expected a date, found {value!r}")
    return value
