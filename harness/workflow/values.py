"""What a workflow hands to an action for one configured value: text, or nothing at all."""

import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?Z")
DAY = re.compile(r"\d{4}-\d\d-\d\d")

SUPPORTED = ("OBJECT_PROPERTY", "FIELD_DATA", "STATIC_VALUE", "TIMESTAMP")


def value_of(
    configured: Mapping[str, Any],
    *,
    properties: Mapping[str, str],
    types: Mapping[str, str],
    outputs: Mapping[str, Mapping[str, object]],
    now_ms: int,
) -> str | None:
    """The value as HubSpot sends it; None means the input's key is absent from the event.

    Documented (HubSpot's own Python sample): date and datetime properties arrive as text holding epoch
    milliseconds. Guessed: numbers as text, booleans as "true"/"false", no value as an absent key.
    """
    kind = configured["type"]
    if kind == "STATIC_VALUE":
        return _text(configured.get("staticValue"))
    if kind == "FIELD_DATA":
        return _text(outputs.get(str(configured["actionId"]), {}).get(configured["dataKey"]))
    if kind == "TIMESTAMP":
        return str(now_ms)
    name = configured["propertyName"]
    return _property_text(properties.get(name), types.get(name, ""))


def unsupported(configured: object) -> list[str]:
    """Why this value cannot be worked out here; empty when it can."""
    if not isinstance(configured, Mapping):
        return [f"a value that is {json.dumps(configured)} instead of an object with a type"]
    if configured.get("type") not in SUPPORTED:
        return [f"value type {configured.get('type')}"]
    return []


def _property_text(value: str | None, kind: str) -> str | None:
    if not value:
        return None
    if kind in ("date", "datetime") and (MOMENT.fullmatch(value) or DAY.fullmatch(value)):
        moment = datetime.fromisoformat(value)
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=UTC)
        return str(round(moment.timestamp() * 1000))
    return value


def _text(value: object) -> str | None:
    if value is None or value == "":
        return None
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
