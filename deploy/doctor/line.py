"""What does a check say? Lines: what is so, in which state it is, and what to do about it."""

from dataclasses import asdict, dataclass, field
from typing import Any

from deploy.showing import shown

READY, DEPLOY, HAND, LOOK, FAILED = "ready", "deploy", "by hand", "look", "not asked"
TO_DO = (DEPLOY, HAND, FAILED)
"""The states that keep an account from being ready. `look` does not: only a person can tell, and may have."""


@dataclass(frozen=True, slots=True)
class Line:
    """One thing."""

    state: str
    what: str
    remedy: str = ""  # the command, or where to click
    details: tuple[str, ...] = ()
    guessed: bool = False  # whether the remedy's menu names, or what is concluded, are guessed
    facts: dict[str, Any] = field(default_factory=dict)  # for programs

    def __post_init__(self) -> None:
        """What an account's people wrote is said on one line, without tokens."""
        object.__setattr__(self, "what", shown(self.what))
        object.__setattr__(self, "remedy", shown(self.remedy))
        object.__setattr__(self, "details", tuple(map(shown, self.details)))
        object.__setattr__(self, "facts", _shown(self.facts))

    def as_json(self, check: str) -> dict[str, Any]:
        """As plain data."""
        return {"check": check} | asdict(self)


def _shown(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _shown(inner) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_shown(inner) for inner in value]
    return shown(value) if isinstance(value, str) else value


def ready(what: str, *details: str, **facts: Any) -> Line:
    """It is as it should be."""
    return Line(READY, what, details=details, facts=facts)


def deploy(what: str, command: str, *details: str, **facts: Any) -> Line:
    """A command of ours does it."""
    return Line(DEPLOY, what, command, details=details, facts=facts)


def by_hand(what: str, remedy: str, *details: str, guessed: bool = False, **facts: Any) -> Line:
    """A person has to do it."""
    return Line(HAND, what, remedy, details, guessed, facts)


def look(what: str, remedy: str = "", *details: str, guessed: bool = False, **facts: Any) -> Line:
    """No API tells; a person looks."""
    return Line(LOOK, what, remedy, details, guessed, facts)


def failed(what: str, remedy: str = "", **facts: Any) -> Line:
    """It could not be asked."""
    return Line(FAILED, what, remedy, facts=facts)
