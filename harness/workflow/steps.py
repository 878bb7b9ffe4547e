"""HubSpot's own workflow actions that the flows use: delay, set a property, send an e-mail."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from harness.workflow import values
from harness.workflow.values import Surroundings
from harness.workflow.wording import amiss

Fields = Mapping[str, Any]

# Documented: HubSpot's action-enrolment reference names these ids and their fields.
DELAY, EMAIL, SET_PROPERTY = "0-1", "0-4", "0-5"

MINUTES_IN = {"MINUTES": 1, "HOURS": 60, "DAYS": 24 * 60}
LONGEST_DELAY = 3650 * MINUTES_IN["DAYS"]  # ours, in minutes
WHOLE = re.compile(r"[0-9]{1,7}")


@dataclass(frozen=True)
class Wait:
    """Go on after this many seconds."""

    seconds: float


@dataclass(frozen=True)
class SetProperty:
    """Give the enrolled record's property this value; None clears it.

    Seen in others' flows: HubSpot's own way to clear is the static value "". Guessed: a property or output
    without a value clears as well.
    """

    name: str
    value: str | None


@dataclass(frozen=True)
class SendEmail:
    """Send the e-mail with this content id to the record's contact."""

    email_id: str


Deed = Wait | SetProperty | SendEmail


class Resolve(Protocol):
    """Turns a configured value into the text HubSpot would hand over."""

    def __call__(self, configured: Mapping[str, Any]) -> str | None: ...


class SingleStep(Protocol):
    """One kind of HubSpot's own actions: what it cannot do here, and what it asks for."""

    def unsupported(self, fields: Fields, around: Surroundings) -> Iterator[str]: ...

    def read(self, fields: Fields, resolve: Resolve) -> Deed: ...


class _Delay:
    def unsupported(self, fields: Fields, around: Surroundings) -> Iterator[str]:
        yield from _others(fields, "delta", "time_unit")
        unit, delta = fields.get("time_unit", "MINUTES"), fields.get("delta")
        if not isinstance(unit, str) or unit not in MINUTES_IN:
            yield amiss(f"a time_unit out of {', '.join(MINUTES_IN)}", unit)
            return
        most = LONGEST_DELAY // MINUTES_IN[unit]
        if isinstance(delta, bool) or not WHOLE.fullmatch(str(delta)) or int(str(delta)) > most:
            yield amiss(f"a whole number from 0 to {most} as delta", delta)

    def read(self, fields: Fields, resolve: Resolve) -> Deed:
        return Wait(60.0 * int(fields["delta"]) * MINUTES_IN[fields.get("time_unit", "MINUTES")])


class _SetProperty:
    def unsupported(self, fields: Fields, around: Surroundings) -> Iterator[str]:
        yield from _others(fields, "property_name", "value")
        yield from _no_text(fields, "property_name")
        yield from (f"value: {problem}" for problem in values.unsupported(fields.get("value"), around))

    def read(self, fields: Fields, resolve: Resolve) -> Deed:
        return SetProperty(str(fields["property_name"]), resolve(fields["value"]))


class _SendEmail:
    def unsupported(self, fields: Fields, around: Surroundings) -> Iterator[str]:
        yield from _others(fields, "content_id")
        yield from _no_text(fields, "content_id")

    def read(self, fields: Fields, resolve: Resolve) -> Deed:
        return SendEmail(str(fields["content_id"]))


def _no_text(fields: Fields, key: str) -> Iterator[str]:
    value = fields.get(key)
    if not isinstance(value, str) or not value:
        yield amiss(f"a text as {key}", value)


def _others(fields: Fields, *known: str) -> Iterator[str]:
    """Fields that say more than is walked here, such as a delay's time_of_day; empty ones say nothing."""
    for name, value in fields.items():
        if name not in known and value not in (None, "", [], {}):
            yield amiss(f"no field {name}, which is not walked here", value)


SINGLE_STEPS: Mapping[str, SingleStep] = {DELAY: _Delay(), EMAIL: _SendEmail(), SET_PROPERTY: _SetProperty()}
