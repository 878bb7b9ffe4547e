"""What is one thing that was changed in HubSpot, where would it go, and why would it not?"""

import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

TOKEN = re.compile(r"\bpat-[a-z0-9]+-[0-9a-f-]{8,}", re.IGNORECASE)
MASK = "pat-..."


@dataclass(frozen=True, slots=True)
class Piece:
    """One change. It is taken unless `refused` says why not."""

    workflow: str
    where: str
    what: str
    before: str
    after: str
    into: str = ""  # the file it goes into
    lines: tuple[str, ...] = ()  # of code: a diff with line numbers, from the last shipment to HubSpot
    here: tuple[str, ...] = ()  # of code that was changed here too: from the last shipment to our file
    refused: str = ""
    note: str = ""

    def as_json(self) -> dict[str, Any]:
        """As plain data."""
        return asdict(self)


def masked(lines: Iterable[str]) -> tuple[str, ...]:
    """Without anything that looks like a token."""
    return tuple(TOKEN.sub(MASK, line) for line in lines)


def token_line(text: str) -> int:
    """The number of the first line that has something that looks like a token; 0 when none has."""
    return next((number for number, line in enumerate(text.splitlines(), 1) if TOKEN.search(line)), 0)
