"""How does an operation of a filter judge a record? What compares texts, numbers, truths and options.

Documented (HubSpot's page on list filters, and the comments of its own SDKs): the operators of each type of operation.
Guessed: letter case does not matter in texts; CONTAINS_EXACTLY asks for whole words, CONTAINS for any part; "blank" is
also a value of nothing but blanks; what HAS_EVER judges includes the value of now.
"""

import re
from collections.abc import Callable, Mapping
from typing import Any

from harness.workflow.seen import Seen
from harness.workflow.times import TIMES

Operation = Mapping[str, Any]
Compare = Callable[[str, Operation], bool]
Judge = Callable[[Seen, str, Operation], bool | None]
"""Whether the record's property passes; None: there is no value to judge."""


def judge_for(operation: Operation) -> Judge | None:
    """How an operation judges a property; None for one that is not known here."""
    table = OPERATIONS.get(str(operation.get("operationType")), {})
    return table.get(str(operation.get("operator")))


def truth(asked: object) -> bool | None:
    """What a BOOL filter asks for: true or false (documented), or the same as text (seen); None for neither."""
    return {"true": True, "false": False}.get(str(asked).lower()) if isinstance(asked, bool | str) else None


def _now(compare: Compare, wanted: bool = True) -> Judge:
    """Judges the value of now."""
    return lambda seen, name, asked: (compare(value, asked) is wanted) if (value := seen.value(name)) else None


def _ever(compare: Compare, wanted: bool = True) -> Judge:
    """Judges every value there has been."""

    def judge(seen: Seen, name: str, operation: Operation) -> bool | None:
        values = [value for value, _ in seen.past(name) if value]
        return (any(compare(value, operation) for value in values) is wanted) if values else None

    return judge


def _text(compare: Callable[[str, str], bool]) -> Compare:
    def judge(value: str, operation: Operation) -> bool:
        words = operation["values"] if operation["operationType"] == "MULTISTRING" else [operation["value"]]
        return any(compare(value.casefold(), str(word).casefold()) for word in words)

    return judge


def _has_words(value: str, words: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(words)}(?!\w)", value) is not None


def _options(compare: Callable[[set[str], set[str]], bool]) -> Compare:
    """Several options of one value are joined with semicolons (documented)."""
    return lambda value, operation: compare({one for one in value.split(";") if one}, set(operation["values"]))


def _number(compare: Callable[[float, float], bool], key: str = "value") -> Compare:
    def judge(value: str, operation: Operation) -> bool:
        try:
            return compare(float(value), float(operation[key]))
        except ValueError:
            return False

    return judge


def _between(value: str, operation: Operation) -> bool:
    """Both ends belong to it (guessed)."""
    least = _number(lambda own, bound: own >= bound, "lowerBound")
    most = _number(lambda own, bound: own <= bound, "upperBound")
    return least(value, operation) and most(value, operation)


def _true(value: str, operation: Operation) -> bool:
    return (value.lower() == "true") == truth(operation["value"])


def _blank(wanted: bool) -> Judge:
    return lambda seen, name, _: (not seen.value(name).strip()) is wanted


def _known(wanted: bool) -> Judge:
    return lambda seen, name, _: bool(seen.value(name)) is wanted


def _same_text(seen: Seen, name: str, operation: Operation) -> bool | None:
    value = seen.value(name)
    other = seen.value(operation["comparisonPropertyName"]) or str(operation.get("defaultComparisonValue") or "")
    return value.casefold() == other.casefold() if value else None


_equal = _text(lambda value, word: value == word)
_contains = _text(lambda value, word: word in value)
_words = _text(_has_words)
_number_equal = _number(lambda value, asked: value == asked)
_any = _options(lambda own, asked: bool(own & asked))
_exactly = _options(lambda own, asked: own == asked)
_all = _options(lambda own, asked: own >= asked)

_TEXT: dict[str, Judge] = {
    "IS_EQUAL_TO": _now(_equal),
    "IS_NOT_EQUAL_TO": _now(_equal, wanted=False),
    "CONTAINS": _now(_contains),
    "DOES_NOT_CONTAIN": _now(_contains, wanted=False),
    "STARTS_WITH": _now(_text(lambda value, word: value.startswith(word))),
    "ENDS_WITH": _now(_text(lambda value, word: value.endswith(word))),
}

OPERATIONS: dict[str, dict[str, Judge]] = {
    "ALL_PROPERTY": {
        "IS_KNOWN": _known(wanted=True),
        "IS_UNKNOWN": _known(wanted=False),
        "IS_BLANK": _blank(wanted=True),
        "IS_NOT_BLANK": _blank(wanted=False),
    },
    "ENUMERATION": {
        "IS_ANY_OF": _now(_any),
        "IS_NONE_OF": _now(_any, wanted=False),
        "IS_EXACTLY": _now(_exactly),
        "IS_NOT_EXACTLY": _now(_exactly, wanted=False),
        "CONTAINS_ALL": _now(_all),
        "DOES_NOT_CONTAIN_ALL": _now(_all, wanted=False),
        "HAS_EVER_BEEN_ANY_OF": _ever(_any),
        "HAS_NEVER_BEEN_ANY_OF": _ever(_any, wanted=False),
        "HAS_EVER_BEEN_EXACTLY": _ever(_exactly),
        "HAS_NEVER_BEEN_EXACTLY": _ever(_exactly, wanted=False),
        "HAS_EVER_CONTAINED_ALL": _ever(_all),
        "HAS_NEVER_CONTAINED_ALL": _ever(_all, wanted=False),
    },
    "STRING": _TEXT
    | {
        "HAS_EVER_BEEN_EQUAL_TO": _ever(_equal),
        "HAS_NEVER_BEEN_EQUAL_TO": _ever(_equal, wanted=False),
        "HAS_EVER_CONTAINED": _ever(_contains),
        "HAS_NEVER_CONTAINED": _ever(_contains, wanted=False),
    },
    "MULTISTRING": _TEXT | {"CONTAINS_EXACTLY": _now(_words), "DOES_NOT_CONTAIN_EXACTLY": _now(_words, wanted=False)},
    "COMPARATIVE_STRING": {"IS_EQUAL_TO": _same_text},
    "NUMBER": {
        "IS_EQUAL_TO": _now(_number_equal),
        "IS_NOT_EQUAL_TO": _now(_number(lambda value, asked: value != asked)),
        "IS_GREATER_THAN": _now(_number(lambda value, asked: value > asked)),
        "IS_GREATER_THAN_OR_EQUAL_TO": _now(_number(lambda value, asked: value >= asked)),
        "IS_LESS_THAN": _now(_number(lambda value, asked: value < asked)),
        "IS_LESS_THAN_OR_EQUAL_TO": _now(_number(lambda value, asked: value <= asked)),
        "HAS_EVER_BEEN_EQUAL_TO": _ever(_number_equal),
        "HAS_NEVER_BEEN_EQUAL_TO": _ever(_number_equal, wanted=False),
    },
    "NUMBER_RANGED": {"IS_BETWEEN": _now(_between), "IS_NOT_BETWEEN": _now(_between, wanted=False)},
    "BOOL": {
        "IS_EQUAL_TO": _now(_true),
        "IS_NOT_EQUAL_TO": _now(_true, wanted=False),
        "HAS_EVER_BEEN_EQUAL_TO": _ever(_true),
        "HAS_NEVER_BEEN_EQUAL_TO": _ever(_true, wanted=False),
    },
    **TIMES,
}
"""By type of operation and operator: how it judges."""
