"""What a workflow hands to an action for one configured value: text, or nothing at all."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from harness.workflow.wording import amiss, mapping, one_of

MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?Z")
DAY = re.compile(r"\d{4}-\d\d-\d\d")

SUPPORTED = ("OBJECT_PROPERTY", "FIELD_DATA", "STATIC_VALUE", "TIMESTAMP")


class NoText(Exception):
    """A run returned a list or a dict for an output that a later action is to use."""


@dataclass(frozen=True)
class Surroundings:
    """What a value may refer to: the record's properties, and each code action's declared outputs by its id."""

    properties: Collection[str]
    outputs: Mapping[str, Collection[str]]


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
        return _text(configured["staticValue"])
    if kind == "FIELD_DATA":
        return _output(configured["actionId"], configured["dataKey"], outputs)
    if kind == "TIMESTAMP":
        return str(now_ms)
    name = configured["propertyName"]
    return _property_text(properties.get(name), types.get(name, ""))


def unsupported(configured: object, around: Surroundings) -> list[str]:
    """Why this value cannot be worked out here; empty when it can."""
    value = mapping(configured)
    if value is None:
        return [amiss("a value as an object with a type", configured)]
    kind = value.get("type")
    if kind == "OBJECT_PROPERTY":
        name = value.get("propertyName")
        known = isinstance(name, str) and name in around.properties
        return [] if known else [amiss("the propertyName to be one that the portal has", name)]
    if kind == "FIELD_DATA":
        return _unknown_output(value.get("actionId"), value.get("dataKey"), around.outputs)
    if kind == "STATIC_VALUE":
        static = value.get("staticValue")
        return [] if isinstance(static, str) else [amiss("a text as staticValue", static)]
    return [] if kind == "TIMESTAMP" else [amiss(f"a value of type {', '.join(SUPPORTED)}", kind)]


def _unknown_output(action_id: object, name: object, outputs: Mapping[str, Collection[str]]) -> list[str]:
    if not isinstance(action_id, str) or action_id not in outputs:
        return [amiss(f"the actionId to be that of custom code, {one_of(outputs)}", action_id)]
    if not isinstance(name, str) or name not in outputs[action_id]:
        return [amiss(f"the dataKey to be an output of action {action_id}, {one_of(outputs[action_id])}", name)]
    return []


def _output(action_id: str, name: str, outputs: Mapping[str, Mapping[str, object]]) -> str | None:
    value = outputs.get(action_id, {}).get(name)
    if isinstance(value, list | dict):
        kind = "a list" if isinstance(value, list) else "a dict"
        raise NoText(f"expected text, a number or a truth as output {name} of action {action_id}, found {kind}")
    return _text(value)


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
