"""What is one thing that was changed in HubSpot, where would it go, and why would it not?"""

from dataclasses import asdict, dataclass
from typing import Any

from deploy.masking import masked, masked_lines


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

    def __post_init__(self) -> None:
        """Whatever is said of it is said without tokens."""
        for name in ("where", "what", "before", "after", "into", "refused", "note"):
            object.__setattr__(self, name, masked(getattr(self, name)))
        object.__setattr__(self, "lines", masked_lines(self.lines))
        object.__setattr__(self, "here", masked_lines(self.here))

    def as_json(self) -> dict[str, Any]:
        """As plain data."""
        return asdict(self)
