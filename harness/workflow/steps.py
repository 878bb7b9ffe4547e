"""HubSpot's own workflow actions that the flows use: delay, set a property, send an e-mail."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from harness.workflow import values

Fields = Mapping[str, Any]

# Documented: HubSpot's action-enrolment reference names these ids and their fields.
DELAY, EMAIL, SET_PROPERTY = "0-1", "0-4", "0-5"

MINUTES_IN = {"MINUTES": 1, "HOURS": 60, "DAYS": 24 * 60}


@dataclass(frozen=True)
class Wait:
    """Go on after this many seconds."""

    seconds: float


@dataclass(frozen=True)
class SetProperty:
    """Give the enrolled record's property this value; None clears it."""

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

    def unsupported(self, fields: Fields) -> Iterator[str]: ...

    def read(self, fields: Fields, resolve: Resolve) -> Deed: ...


class _Delay:
    def unsupported(self, fields: Fields) -> Iterator[str]:
        if fields.get("time_unit", "MINUTES") not in MINUTES_IN:
            yield f"delay in {fields['time_unit']}"
        if not str(fields.get("delta", "")).isdigit():
            yield "delay without a whole number as delta"

    def read(self, fields: Fields, resolve: Resolve) -> Deed:
        return Wait(60.0 * int(fields["delta"]) * MINUTES_IN[fields.get("time_unit", "MINUTES")])


class _SetProperty:
    def unsupported(self, fields: Fields) -> Iterator[str]:
        if not fields.get("property_name"):
            yield "set property without property_name"
        yield from values.unsupported(fields.get("value"))

    def read(self, fields: Fields, resolve: Resolve) -> Deed:
        return SetProperty(str(fields["property_name"]), resolve(fields["value"]))


class _SendEmail:
    def unsupported(self, fields: Fields) -> Iterator[str]:
        if not fields.get("content_id"):
            yield "send e-mail without content_id"

    def read(self, fields: Fields, resolve: Resolve) -> Deed:
        return SendEmail(str(fields["content_id"]))


SINGLE_STEPS: Mapping[str, SingleStep] = {DELAY: _Delay(), EMAIL: _SendEmail(), SET_PROPERTY: _SetProperty()}
