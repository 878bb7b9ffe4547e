"""What is one of HubSpot's own actions to the walker? What of it cannot be done here, and what doing it comes to."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from harness.workflow import tokens, values
from harness.workflow.checking import Known
from harness.workflow.record import RecordFace
from harness.workflow.values import Surroundings
from harness.workflow.wording import amiss

Fields = Mapping[str, Any]


class Resolve(Protocol):
    """Turns a configured value into the text HubSpot would hand over."""

    def __call__(self, configured: Mapping[str, Any]) -> str | None: ...


@dataclass(frozen=True)
class Around:
    """What an action may refer to: values, and the types of record of the portal."""

    values: Surroundings
    known: Known


@dataclass(frozen=True)
class Scene:
    """The record at the moment of the action, and what the flow's values come to for it."""

    record_id: str
    record: RecordFace
    now: datetime
    zone: str
    """The account's."""
    resolve: Resolve
    fill: Callable[[str], str]
    """Puts values in the place of the {{ tokens }} of a text."""

    def text_of(self, configured: Mapping[str, Any]) -> str | None:
        """What is written for a configured value: a static text may hold tokens."""
        found = self.resolve(configured)
        return self.fill(found) if found and configured["type"] == "STATIC_VALUE" else found


@dataclass(frozen=True)
class Done:
    """What an action came to: two phrases for the log, and what else follows."""

    what: str
    outcome: str
    failed: bool = False
    wait: float = 0
    """Seconds until the next action."""
    until: tuple[Mapping[str, Any], ...] = ()
    """The events that end the wait before its time."""
    recorded: Mapping[str, Any] = field(default_factory=dict)
    """What HubSpot would have done outside of what this portal keeps."""


class Step(Protocol):
    """One kind of HubSpot's own actions."""

    def unsupported(self, fields: Fields, around: Around) -> Iterator[str]:
        """What of its fields cannot be done here."""
        ...

    def do(self, fields: Fields, scene: Scene) -> Done:
        """Do it for one record."""
        ...


def no_text(fields: Fields, *keys: str) -> Iterator[str]:
    """Keys that have to hold a text, and do not."""
    for key in keys:
        value = fields.get(key)
        if not isinstance(value, str) or not value:
            yield amiss(f"a text as {key}", value)


def unwritable(configured: object, around: Around) -> Iterator[str]:
    """Why a configured value cannot be written into a property here; its tokens are looked at, too."""
    yield from values.unsupported(configured, around.values)
    static = configured.get("staticValue") if isinstance(configured, Mapping) else None
    if isinstance(static, str):
        yield from tokens.unsupported(static, around.values)


def others(fields: Fields, *known: str) -> Iterator[str]:
    """Fields that say more than is walked here, such as a delay's time_of_day; empty ones say nothing."""
    for name, value in fields.items():
        if name not in known and value not in (None, "", [], {}):
            yield amiss(f"no field {name}, which is not walked here", value)
