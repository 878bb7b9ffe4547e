"""Can a filter branch be judged here? Its shape, its properties, its operations and what they compare with."""

import math
from collections.abc import Callable, Collection, Iterator
from typing import Any

from harness.workflow.filters import judge_for, truth
from harness.workflow.wording import amiss, mapping


def unsupported(branch: object, properties: Collection[str]) -> list[str]:
    """What in this branch the walker cannot judge, every single place; `properties` are those that exist."""
    read = mapping(branch)
    if read is None:
        return [amiss("a filter branch as an object", branch)]
    kind = read.get("filterBranchType")
    problems = [] if kind in ("OR", "AND") else [amiss("a filterBranchType OR or AND", kind)]
    for key, check in (("filterBranches", unsupported), ("filters", _filter)):
        parts = read.get(key, [])
        if not isinstance(parts, list):
            problems.append(amiss(f"a list as {key}", parts))
            continue
        for part in parts:
            problems += check(part, properties)
    return problems


def _filter(one: object, properties: Collection[str]) -> list[str]:
    read = mapping(one)
    if read is None:
        return [amiss("a filter as an object", one)]
    if read.get("filterType") != "PROPERTY":
        return [amiss("a filter of filterType PROPERTY", read.get("filterType"))]
    name = read.get("property")
    if not isinstance(name, str) or name not in properties:
        return [amiss("a filter's property to be one that the portal has", name)]
    return [f"filter on {name}: {problem}" for problem in _operation(read.get("operation"))]


def _operation(operation: Any) -> Iterator[str]:
    read = mapping(operation)
    if read is None:
        yield amiss("an operation as an object", operation)
        return
    kind, operator = read.get("operationType"), read.get("operator")
    if judge_for(read) is None:
        yield amiss("an operation that is walked here", f"{kind} {operator}")
        return
    if kind in _COMPARES_WITH:
        key, expected, fits = _COMPARES_WITH[str(kind)]
        if not fits(read.get(key)):
            yield amiss(f"{expected} as {key} of {kind} {operator}", read.get(key))


def _is_number(value: object) -> bool:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return False
    try:
        return math.isfinite(float(value))
    except (ValueError, OverflowError):
        return False


def _is_texts(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(each, str) for each in value)


_COMPARES_WITH: dict[str, tuple[str, str, Callable[[object], bool]]] = {
    "ENUMERATION": ("values", "a list of options", _is_texts),
    "MULTISTRING": ("values", "a list of texts", _is_texts),
    "STRING": ("value", "a text", lambda value: isinstance(value, str)),
    "NUMBER": ("value", "a number", _is_number),
    "BOOL": ("value", "true or false", lambda value: truth(value) is not None),
}
"""By kind of operation: the key it compares with, what stands there (documented), and whether this does."""
