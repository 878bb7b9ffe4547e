"""How does an operation of a filter judge a time? A property's moment, or that of its last change, beside others.

Documented (HubSpot's page on list filters): the operators, the shapes of a point in time, and that UPDATED_AT looks at
the last change in the place of the value. Guessed: which ends belong where a flow does not say, that a rolling day has
24 hours, and that TODAY is the beginning of the day in the named zone.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from harness.clock import EPOCH, MILLISECOND, millis
from harness.portal.moments import read_datetime
from harness.workflow.calendar import clock_time, moved, zone_of
from harness.workflow.seen import Seen

DAY = 86_400_000
Operation = Mapping[str, Any]
Judge = Callable[[Seen, str, Operation], bool | None]


def moment_of(seen: Seen, name: str, parser: object = None) -> int | None:
    """A property's moment, or with UPDATED_AT that of its last change; None where there is none."""
    if parser == "UPDATED_AT":
        return seen.updated(name)
    return read_datetime(seen.value(name))


def point(given: Operation, seen: Seen) -> int | None:
    """The moment a point in time stands for; None where it hangs on a property without one."""
    if given["timeType"] == "PROPERTY_REFERENCED":
        return moment_of(seen, given["property"], given["referenceType"])
    zone = zone_of(given["zoneId"])
    if given["timeType"] == "DATE":
        start = datetime(given["year"], given["month"], given["day"], tzinfo=zone)
        return millis(clock_time(start, given))
    when = (EPOCH + seen.now * MILLISECOND).astimezone(zone)
    reference = given["indexReference"]
    if reference["referenceType"] == "TODAY":
        when = clock_time(when.replace(hour=0, minute=0, second=0, microsecond=0), reference)
    return millis(moved(when, given.get("offset") or {}))


def _compared(right: Callable[[Seen, Operation], int | None], before: bool, key: str = "") -> Judge:
    """Before or after one moment; the moment itself belongs only where the flow says INCLUSIVE."""

    def judge(seen: Seen, name: str, operation: Operation) -> bool | None:
        own, other = moment_of(seen, name, operation.get("propertyParser") or key), right(seen, operation)
        if own is None or other is None:
            return None
        if own == other:
            return operation.get("endpointBehavior") == "INCLUSIVE"
        return (own < other) is before

    return judge


def _time_point(seen: Seen, operation: Operation) -> int | None:
    return point(operation["timePoint"], seen)


def _timestamp(_: Seen, operation: Operation) -> int | None:
    return int(operation["timestamp"])


def _other_value(seen: Seen, operation: Operation) -> int | None:
    other = moment_of(seen, operation["comparisonPropertyName"])
    return read_datetime(str(operation.get("defaultComparisonValue") or "")) if other is None else other


def _other_update(seen: Seen, operation: Operation) -> int | None:
    return seen.updated(operation["comparisonPropertyName"])


def _ranged(wanted: bool) -> Judge:
    def judge(seen: Seen, name: str, operation: Operation) -> bool | None:
        own = moment_of(seen, name, operation.get("propertyParser"))
        ends = [point(operation[f"{end}BoundTimePoint"], seen) for end in ("lower", "upper")]
        if own is None or ends[0] is None or ends[1] is None:
            return None
        lower_open, upper_open = (operation.get(f"{e}BoundEndpointBehavior") == "EXCLUSIVE" for e in ("lower", "upper"))
        inside = (ends[0] < own or (own == ends[0] and not lower_open)) and (
            own < ends[1] or (own == ends[1] and not upper_open)
        )
        return inside is wanted

    return judge


def _between_stamps(wanted: bool) -> Judge:
    def judge(seen: Seen, name: str, operation: Operation) -> bool | None:
        own = moment_of(seen, name)
        return None if own is None else (operation["lowerBound"] <= own <= operation["upperBound"]) is wanted

    return judge


def _equal(seen: Seen, name: str, operation: Operation) -> bool | None:
    own = moment_of(seen, name)
    return None if own is None else own == operation["timestamp"]


def _rolling(within: Callable[[int, int], bool]) -> Judge:
    """`within` is asked of how far ahead of now the value lies, and of the span, in milliseconds."""

    def judge(seen: Seen, name: str, operation: Operation) -> bool | None:
        own = moment_of(seen, name)
        return None if own is None else within(own - seen.now, operation["numberOfDays"] * DAY)

    return judge


def _updated(wanted: bool) -> Judge:
    def judge(seen: Seen, name: str, operation: Operation) -> bool | None:
        at = seen.updated(name)
        return None if at is None else (seen.now - at <= operation["numberOfDays"] * DAY) is wanted

    return judge


TIMES: dict[str, dict[str, Judge]] = {
    "TIME_POINT": {"IS_BEFORE": _compared(_time_point, before=True), "IS_AFTER": _compared(_time_point, before=False)},
    "TIME_RANGED": {"IS_BETWEEN": _ranged(wanted=True), "IS_NOT_BETWEEN": _ranged(wanted=False)},
    "DATETIME": {
        "IS_EQUAL_TO": _equal,
        "IS_BEFORE": _compared(_timestamp, before=True),
        "IS_AFTER": _compared(_timestamp, before=False),
        "IS_BEFORE_DATE": _compared(_timestamp, before=True),
        "IS_AFTER_DATE": _compared(_timestamp, before=False),
    },
    "RANGED_DATE": {"IS_BETWEEN": _between_stamps(wanted=True), "IS_NOT_BETWEEN": _between_stamps(wanted=False)},
    "COMPARATIVE_DATE": {
        "IS_BEFORE": _compared(_other_value, before=True),
        "IS_AFTER": _compared(_other_value, before=False),
    },
    "COMPARATIVE_PROPERTY_UPDATED": {
        "IS_BEFORE": _compared(_other_update, before=True, key="UPDATED_AT"),
        "IS_AFTER": _compared(_other_update, before=False, key="UPDATED_AT"),
    },
    "ROLLING_DATE_RANGE": {
        "IS_LESS_THAN_X_DAYS_AGO": _rolling(lambda ahead, span: -span < ahead <= 0),
        "IS_MORE_THAN_X_DAYS_AGO": _rolling(lambda ahead, span: ahead < -span),
        "IS_LESS_THAN_X_DAYS_FROM_NOW": _rolling(lambda ahead, span: 0 <= ahead < span),
        "IS_MORE_THAN_X_DAYS_FROM_NOW": _rolling(lambda ahead, span: ahead > span),
    },
    "ROLLING_PROPERTY_UPDATED": {
        "UPDATED_IN_LAST_X_DAYS": _updated(wanted=True),
        "NOT_UPDATED_IN_LAST_X_DAYS": _updated(wanted=False),
    },
}
