"""A day file that cannot be played: where, what was expected, what was found, what to do."""

from pathlib import Path


class DayError(Exception):
    """The day file says something that cannot be played."""

    def __init__(self, file: Path, where: str, *, expected: str, found: str, remedy: str) -> None:
        self.file, self.where, self.expected, self.found = file, where, expected, found
        super().__init__(f"{file}: {where}: expected {expected}, found {found}. {remedy}")
