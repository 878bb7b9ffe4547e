"""Which values a property takes: text, number or JSON in, HubSpot's own text out, or its complaint."""

import math
import re
from typing import Any

from harness.portal.moments import iso, read_date, read_datetime
from harness.portal.properties.definitions import Definition

LONGEST = 65_536  # characters of a text property; documented


NUMBER = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")


class BadValue(Exception):
    """A value the property does not take: HubSpot's code (guessed where marked) and message."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


def checked(definition: Definition, raw: Any) -> str | None:
    """The value as HubSpot stores it; None when it clears the property."""
    if raw is None or raw == "":
        return None
    if not isinstance(raw, str | int | float):
        raise BadValue("INVALID_TYPE", "expected text")  # guessed
    text = _text(raw)
    if definition.type in ("string", "phone_number"):
        return _string(definition, text)
    return _TYPED[definition.type](definition, text)


def _text(raw: str | float) -> str:
    if isinstance(raw, bool):
        return "true" if raw else "false"
    if isinstance(raw, float) and raw.is_integer() and abs(raw) < 1e15:
        return str(int(raw))
    return str(raw)


def _string(definition: Definition, text: str) -> str:
    if len(text) > LONGEST:
        # code guessed; the limit is documented
        raise BadValue("INVALID_LENGTH", f"The value is {len(text)} characters long, the limit is {LONGEST}")
    if definition.name == "email":
        return _email(text)
    return text


def _email(text: str) -> str:
    local, at, domain = text.strip().rpartition("@")
    if not (local and at and "." in domain) or any(c.isspace() for c in text.strip()):
        raise BadValue("INVALID_EMAIL", f"Email address {text[:100]} is invalid")
    return text.strip().lower()


def _number(definition: Definition, text: str) -> str:
    """ASCII digits alone, and no point at the end (both guessed)."""
    stripped = text.strip()
    if not NUMBER.fullmatch(stripped) or not math.isfinite(float(stripped)):
        raise BadValue("INVALID_NUMBER", f"{text[:100]} was not a valid number.")  # code guessed
    return stripped.removesuffix(".")


def _datetime(definition: Definition, text: str) -> str:
    millis = read_datetime(text.strip())
    if millis is None:
        raise BadValue("INVALID_LONG", f"{text[:100]} was not a valid long.")  # seen in public code
    return iso(millis)


def _date(definition: Definition, text: str) -> str:
    day = read_date(text.strip())
    if day is None:
        raise BadValue("INVALID_DATE", f"{text[:100]} is not at midnight UTC or not a date")
    return day


def _bool(definition: Definition, text: str) -> str:
    if text.lower() not in ("true", "false"):
        raise _no_option(text, ["true", "false"])
    return text.lower()


def _enumeration(definition: Definition, text: str) -> str:
    if definition.external_options:
        return text
    allowed = [option["value"] for option in definition.options]
    parts = text.strip(";").split(";") if definition.field_type == "checkbox" else [text]
    for part in parts:
        if part not in allowed:
            raise _no_option(part, allowed)
    return text


def _no_option(text: str, allowed: list[str]) -> BadValue:
    listed = ", ".join(allowed)
    return BadValue("INVALID_OPTION", f"{text[:100]} was not one of the allowed options: [{listed}]")


_TYPED = {
    "number": _number,
    "datetime": _datetime,
    "date": _date,
    "bool": _bool,
    "enumeration": _enumeration,
}
