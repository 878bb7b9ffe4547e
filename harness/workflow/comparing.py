"""Does an operation of a filter say what it compares with, in the form that its type asks for?

The forms are the spec's (documented). Truths and numbers are taken as text too, as others' flows have them (seen).
"""

import math
from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import date
from typing import Any

from harness.clock import END, EPOCH
from harness.workflow.calendar import MOST_YEARS, SPANS, fits, zone_of
from harness.workflow.operations import truth
from harness.workflow.wording import amiss, among, mapping

Operation = Mapping[str, Any]
ENDS = (None, "INCLUSIVE", "EXCLUSIVE")
PARSERS = (None, "VALUE", "UPDATED_AT")
ZONES = (None, "CUSTOM", "PORTAL")


def compared_with(operation: Operation, properties: Collection[str]) -> Iterator[str]:
    """What is amiss with it; its type and operator are known ones."""
    kind = str(operation["operationType"])
    for key, expected, is_one in _COMPARES_WITH.get(kind, ()):
        if not is_one(operation.get(key)):
            yield amiss(f"{expected} as {key} of {kind} {operation['operator']}", operation.get(key))
    if kind.startswith("COMPARATIVE"):
        yield from _property(operation, "comparisonPropertyName", properties)
    if operation.get("requiresTimeZoneConversion"):
        yield amiss("requiresTimeZoneConversion false, which is all that is walked here", True)
    if kind == "TIME_POINT":
        yield from _choice(operation, "endpointBehavior", ENDS)
        yield from _choice(operation, "propertyParser", PARSERS)
        yield from _point(operation, "timePoint", properties)
    if kind == "TIME_RANGED":
        yield from _choice(operation, "propertyParser", PARSERS)
        for end in ("lower", "upper"):
            yield from _choice(operation, f"{end}BoundEndpointBehavior", ENDS)
            yield from _point(operation, f"{end}BoundTimePoint", properties)


def passes_with_time(operation: Operation) -> bool:
    """Whether what it says of a record can change while the record stays as it is."""
    points = [operation.get(key) for key in ("timePoint", "lowerBoundTimePoint", "upperBoundTimePoint")]
    indexed = any(isinstance(each, Mapping) and each.get("timeType") == "INDEXED" for each in points)
    return indexed or str(operation.get("operationType")).startswith("ROLLING")


def _point(operation: Operation, key: str, properties: Collection[str]) -> Iterator[str]:
    given = mapping(operation.get(key))
    kind = given.get("timeType") if given else None
    if given is None or not among(kind, _POINTS):
        listed = ", ".join(_POINTS)
        yield f"{key}: {amiss(f'a timeType out of {listed}', kind)}"
        return
    yield from (f"{key}: {problem}" for problem in _zone(given))
    yield from (f"{key}: {problem}" for problem in _POINTS[str(kind)](given, properties))


def _zone(given: Operation) -> Iterator[str]:
    yield from _choice(given, "timezoneSource", ZONES)
    name = given.get("zoneId")
    try:
        zone_of(name if isinstance(name, str) else "")
    except ValueError:
        yield amiss("a time zone such as Europe/Berlin as zoneId", name)


def _date(given: Operation, _: Collection[str]) -> Iterator[str]:
    try:
        known = EPOCH.date() <= date(given["year"], given["month"], given["day"]) <= END.date()
    except (KeyError, OverflowError, TypeError, ValueError):
        known = False
    if not known:
        yield amiss(
            "a day of the calendar as year, month and day", [given.get(key) for key in ("year", "month", "day")]
        )
    yield from time_of_day(given)


def _indexed(given: Operation, _: Collection[str]) -> Iterator[str]:
    reference = mapping(given.get("indexReference")) or {}
    yield from _choice(reference, "referenceType", ("NOW", "TODAY"))
    yield from time_of_day(reference)
    if reference.get("referenceType") == "NOW" and any(reference.get(unit) for unit in _CLOCK):
        yield amiss("no time of day beside NOW", dict(reference))
    offset = given.get("offset") or {}
    shaped = offset if isinstance(offset, Mapping) else {"": 0}
    said = {key: value for key, value in shaped.items() if value is not None}
    if not (said.keys() <= set(SPANS) and all(map(_is_whole, said.values())) and fits(said)):
        yield amiss(f"whole numbers of {', '.join(SPANS)}, {MOST_YEARS} years at most, as offset", offset)


def _referenced(given: Operation, properties: Collection[str]) -> Iterator[str]:
    yield from _property(given, "property", properties)
    yield from _choice(given, "referenceType", ("VALUE", "UPDATED_AT"))


def time_of_day(given: Operation) -> Iterator[str]:
    """What is amiss with an hour, minute, second and millisecond; those left out are 0."""
    for unit, most in _CLOCK.items():
        value = given.get(unit)
        if value is not None and not (_is_whole(value) and 0 <= value <= most):
            yield amiss(f"a whole number from 0 to {most} as {unit}", value)


def _choice(holder: Operation, key: str, choices: tuple[str | None, ...]) -> Iterator[str]:
    if holder.get(key) not in choices:
        yield amiss(f"{' or '.join(each for each in choices if each)} as {key}", holder.get(key))


def _property(holder: Operation, key: str, properties: Collection[str]) -> Iterator[str]:
    if not among(holder.get(key), properties):
        yield amiss(f"the {key} to be one that the portal has", holder.get(key))


def _is_number(value: object) -> bool:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return False
    try:
        return math.isfinite(float(value))
    except (ValueError, OverflowError):
        return False


def _is_whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and abs(value) < 10**15


def _is_texts(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(each, str) for each in value)


_CLOCK = {"hour": 23, "minute": 59, "second": 59, "millisecond": 999}
_POINTS: dict[str, Callable[[Operation, Collection[str]], Iterator[str]]] = {
    "DATE": _date,
    "INDEXED": _indexed,
    "PROPERTY_REFERENCED": _referenced,
}
_Form = tuple[str, str, Callable[[object], bool]]
_DAYS: _Form = ("numberOfDays", "a whole number", lambda value: _is_whole(value) and abs(int(str(value))) < 10**6)
_COMPARES_WITH: dict[str, tuple[_Form, ...]] = {
    "ENUMERATION": (("values", "a list of options", _is_texts),),
    "MULTISTRING": (("values", "a list of texts", _is_texts),),
    "STRING": (("value", "a text", lambda value: isinstance(value, str)),),
    "NUMBER": (("value", "a number", _is_number),),
    "NUMBER_RANGED": (("lowerBound", "a number", _is_number), ("upperBound", "a number", _is_number)),
    "BOOL": (("value", "true or false", lambda value: truth(value) is not None),),
    "DATETIME": (("timestamp", "whole milliseconds", _is_whole),),
    "RANGED_DATE": (("lowerBound", "whole milliseconds", _is_whole), ("upperBound", "whole milliseconds", _is_whole)),
    "ROLLING_DATE_RANGE": (_DAYS,),
    "ROLLING_PROPERTY_UPDATED": (_DAYS,),
}
"""By type of operation: the keys it compares with, what stands there, and whether this does."""
