"""How does the store say no? By what DuckDB or the machine objected to, and that nothing gathered before is lost."""

from pathlib import Path

import duckdb

from deploy.refusals import Refused


class StoreRefused(Refused):
    """The file of what was gathered cannot be used, or not now."""


INTERRUPTED = "Query interrupted"  # what DuckDB makes of Ctrl-C: a RuntimeError
OURS = (duckdb.ProgrammingError, duckdb.DataError, duckdb.IntegrityError)
FULL = ("no space left", "file too large", "disk quota", "could not write", "cannot allocate", "failed to write")
DAMAGED = ("not a valid duckdb", "corrupt", "could not read enough", "checksum", "failed to deserialize", "serializ")
ELSEWHERE = ("could not set lock", "conflicting lock", "being used by another process", "different configuration")
OLDER = ("newer version", "older version", "database file with version")
MOVE = "Move it to another place and run this again: what is still in HubSpot is gathered anew."


def of_duckdb(path: Path, mistake: duckdb.Error | OSError | RuntimeError) -> BaseException:
    """A refusal in the house's words, or Ctrl-C; a mistake of our own stays what it is."""
    if INTERRUPTED in str(mistake):
        return KeyboardInterrupt()
    if isinstance(mistake, (*OURS, RuntimeError)):
        return mistake
    text = str(mistake).lower()
    for signs, refusal in ((OLDER, newer), (ELSEWHERE, open_elsewhere), (FULL, full), (DAMAGED, damaged)):
        if any(sign in text for sign in signs):
            return refusal(path)
    if isinstance(mistake, OSError):
        return unusable(path, mistake.strerror or type(mistake).__name__)
    return unusable(path, f"{type(mistake).__name__}: {str(mistake).splitlines()[0][:200]}" if str(mistake) else "none")


def damaged(path: Path) -> StoreRefused:
    return StoreRefused(
        str(path), expected="the file of what was gathered", found="one that is damaged or not DuckDB's", remedy=MOVE
    )


def foreign(path: Path) -> StoreRefused:
    return StoreRefused(
        str(path), expected="the file of what was gathered", found="a database of something else", remedy=MOVE
    )


def newer(path: Path, found: str = "one of a newer version") -> StoreRefused:
    return StoreRefused(
        str(path),
        expected="the file of what was gathered, as this version writes it",
        found=found,
        remedy=f"Use the newer version of this project. Or: {MOVE[0].lower()}{MOVE[1:]}",
    )


def open_elsewhere(path: Path) -> StoreRefused:
    return StoreRefused(
        str(path),
        expected="to be the only one who has it open",
        found="another program that has",
        remedy="Close it, and run this again.",
    )


def waited(path: Path, seconds: float) -> StoreRefused:
    return StoreRefused(
        str(path),
        expected="its turn",
        found=f"another report that is still at work after {seconds:.0f} s",
        remedy="Wait until it is done, or end it; then run this again.",
    )


def full(path: Path) -> StoreRefused:
    return StoreRefused(
        str(path),
        expected="room for what was gathered",
        found="no more of it on the disk",
        remedy="Make room and run this again: it goes on where it stopped.",
    )


def unusable(path: Path, why: str) -> StoreRefused:
    return StoreRefused(
        str(path),
        expected="a file that can be read and written",
        found=why,
        remedy="See that the folder is yours and can be written, and run this again.",
    )
