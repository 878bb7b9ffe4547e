"""What a workflow hands to an action for one configured value: text, or nothing at all.

Of the spec's fifteen types of value, six are worked out here; three more (INCREMENT, APPEND_OBJECT_PROPERTY and
STATIC_APPEND_VALUE) where a property is set, in setting.py, and nowhere else. The rest is refused by name: nobody
outside HubSpot has shown the tokens of ENROLLMENT_EVENT_PROPERTY, ENROLLMENT_DATASET_COLUMN, SINGLE_OBJECT_COORDINATES
and ACTION_OUTPUT_OBJECT_PROPERTY, nor what becomes of a LIST or a MAP.
"""

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from harness.clock import EPOCH, MILLISECOND, millis
from harness.workflow import ahead
from harness.workflow.wording import amiss, mapping, one_of

MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?Z")
DAY = re.compile(r"\d{4}-\d\d-\d\d")
FETCHED = re.compile(r"\{\{ *fetched_objects\.(\w+)\.(\w+) *\}\}")  # seen in others' flows

SUPPORTED = (
    "OBJECT_PROPERTY",
    "FIELD_DATA",
    "STATIC_VALUE",
    "TIMESTAMP",
    "RELATIVE_DATETIME",
    "FETCHED_OBJECT_PROPERTY",
)
Fetch = Callable[[str, str], str | None]
"""A property's text of the record that a data source finds, by the source's name and the property's."""


class NoText(Exception):
    """A run returned a list or a dict for an output that a later action is to use."""


@dataclass(frozen=True)
class Surroundings:
    """What a value may refer to: the record's properties, each code action's outputs, each data source's properties."""

    properties: Collection[str]
    outputs: Mapping[str, Collection[str]]
    fetched: Mapping[str, Collection[str]] = field(default_factory=dict)


def value_of(
    configured: Mapping[str, Any],
    *,
    properties: Mapping[str, str],
    types: Mapping[str, str],
    outputs: Mapping[str, Mapping[str, object]],
    now_ms: int,
    zone: str = "UTC",
    fetch: Fetch = lambda source, name: None,
) -> str | None:
    """The value as HubSpot sends it; None means the input's key is absent from the event.

    Documented (HubSpot's own Python sample): date and datetime properties arrive as text holding epoch
    milliseconds. Guessed: numbers as text, booleans as "true"/"false", no value as an absent key, and a moment
    reckoned from now as epoch milliseconds too.
    """
    kind = configured["type"]
    if kind == "STATIC_VALUE":
        return _text(configured["staticValue"])
    if kind == "FIELD_DATA":
        return _output(configured["actionId"], configured["dataKey"], outputs)
    if kind == "TIMESTAMP":
        return str(now_ms)
    if kind == "RELATIVE_DATETIME":
        return str(millis(ahead.ahead(EPOCH + now_ms * MILLISECOND, configured["timeDelay"], zone)))
    if kind == "FETCHED_OBJECT_PROPERTY":
        token = FETCHED.fullmatch(configured["propertyToken"])
        return fetch(token[1], token[2]) if token else None
    name = configured["propertyName"]
    return property_text(properties.get(name), types.get(name, ""))


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
    if kind == "TIMESTAMP":
        which = value.get("timestampType", "EXECUTION_TIME")
        return [] if which == "EXECUTION_TIME" else [amiss("EXECUTION_TIME as timestampType", which)]
    if kind == "RELATIVE_DATETIME":
        return [f"timeDelay: {problem}" for problem in ahead.unsupported(value.get("timeDelay"))]
    if kind == "FETCHED_OBJECT_PROPERTY":
        return _unknown_fetched(value.get("propertyToken"), around.fetched)
    return [amiss(f"a value of type {', '.join(SUPPORTED)}", kind)]


def property_text(value: str | None, kind: str) -> str | None:
    """A property's value as it is handed over."""
    if not value:
        return None
    if kind in ("date", "datetime") and (MOMENT.fullmatch(value) or DAY.fullmatch(value)):
        moment = datetime.fromisoformat(value)
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=UTC)
        return str(round(moment.timestamp() * 1000))
    return value


def _unknown_fetched(token: object, fetched: Mapping[str, Collection[str]]) -> list[str]:
    found = FETCHED.fullmatch(token) if isinstance(token, str) else None
    if found is None or found[1] not in fetched:
        return [amiss(f"a {{{{ fetched_objects.NAME.PROPERTY }}}} with {one_of(fetched)} as NAME", token)]
    if found[2] not in fetched[found[1]]:
        return [amiss(f"a property of {found[1]} that the portal has", found[2])]
    return []


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


def _text(value: object) -> str | None:
    if value is None or value == "":
        return None
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
