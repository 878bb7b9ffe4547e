"""Does a record meet a filter branch? OR of ANDs of property filters, for enrolment and LIST_BRANCH."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

Properties = Mapping[str, str]
Filter = Mapping[str, Any]


def meets(branch: Filter, properties: Properties) -> bool:
    """True when the record's properties satisfy the branch. An OR with nothing in it is met by nobody."""
    parts = [meets(inner, properties) for inner in branch.get("filterBranches", ())]
    parts += [_passes(one, properties) for one in branch.get("filters", ())]
    if branch["filterBranchType"] == "OR":
        return any(parts)
    return all(parts)


def property_filters(branch: Filter) -> Iterator[Filter]:
    """Every filter of a branch, however deep."""
    for inner in branch.get("filterBranches", ()):
        yield from property_filters(inner)
    yield from branch.get("filters", ())


def properties_named(branch: Filter) -> set[str]:
    """The properties a branch looks at."""
    return {str(one["property"]) for one in property_filters(branch) if "property" in one}


def _passes(one: Filter, properties: Properties) -> bool:
    operation = one["operation"]
    value = properties.get(one["property"]) or ""
    if operation["operationType"] == "ALL_PROPERTY":
        known: bool = operation["operator"] == "IS_KNOWN"
        return bool(value) == known
    if not value:
        # Documented for lists: this flag says what a record without any value counts as.
        return bool(operation.get("includeObjectsWithNoValueSet", False))
    judge = judge_for(operation)
    assert judge is not None, "checking.unsupported() is asked before the first record"
    return judge(value, operation)


Judge = Callable[[str, Filter], bool]


def judge_for(operation: Filter) -> Judge | None:
    """How an operation judges a value; None for one that is not known here."""
    table = _OPERATIONS.get(str(operation.get("operationType")), {})
    return table.get(str(operation.get("operator")))


def truth(asked: object) -> bool | None:
    """What a BOOL filter asks for: true or false (documented), or the same as text (seen); None for neither."""
    return {"true": True, "false": False}.get(str(asked).lower()) if isinstance(asked, bool | str) else None


def _chosen(value: str) -> set[str]:
    """The options of an enumeration value; several are joined with semicolons (documented)."""
    return {option for option in value.split(";") if option}


def _number(value: str) -> float:
    return float(value)


def _words(operation: Filter) -> list[str]:
    """The text or texts an operation compares with; letter case does not matter (guessed)."""
    asked = operation["values"] if operation["operationType"] == "MULTISTRING" else [operation["value"]]
    return [str(text).casefold() for text in asked]


def _any_text(compare: Callable[[str, str], bool]) -> Judge:
    return lambda value, operation: any(compare(value.casefold(), word) for word in _words(operation))


def _no_text(compare: Callable[[str, str], bool]) -> Judge:
    return lambda value, operation: not any(compare(value.casefold(), word) for word in _words(operation))


def _numbers(compare: Callable[[float, float], bool]) -> Judge:
    def judge(value: str, operation: Filter) -> bool:
        try:
            return compare(_number(value), float(operation["value"]))
        except ValueError:
            return False

    return judge


def _truth(wanted: bool) -> Judge:
    return lambda value, operation: ((value.lower() == "true") == truth(operation["value"])) is wanted


_TEXT: dict[str, Judge] = {
    "IS_EQUAL_TO": _any_text(lambda value, word: value == word),
    "IS_NOT_EQUAL_TO": _no_text(lambda value, word: value == word),
    "CONTAINS": _any_text(lambda value, word: word in value),
    "DOES_NOT_CONTAIN": _no_text(lambda value, word: word in value),
    "STARTS_WITH": _any_text(lambda value, word: value.startswith(word)),
    "ENDS_WITH": _any_text(lambda value, word: value.endswith(word)),
}

_OPERATIONS: dict[str, dict[str, Judge]] = {
    "ALL_PROPERTY": {"IS_KNOWN": lambda value, _: bool(value), "IS_UNKNOWN": lambda value, _: not value},
    "ENUMERATION": {
        "IS_ANY_OF": lambda value, operation: bool(_chosen(value) & set(operation["values"])),
        "IS_NONE_OF": lambda value, operation: not _chosen(value) & set(operation["values"]),
    },
    "STRING": _TEXT,
    "MULTISTRING": _TEXT,
    "NUMBER": {
        "IS_EQUAL_TO": _numbers(lambda value, asked: value == asked),
        "IS_NOT_EQUAL_TO": _numbers(lambda value, asked: value != asked),
        "IS_GREATER_THAN": _numbers(lambda value, asked: value > asked),
        "IS_GREATER_THAN_OR_EQUAL_TO": _numbers(lambda value, asked: value >= asked),
        "IS_LESS_THAN": _numbers(lambda value, asked: value < asked),
        "IS_LESS_THAN_OR_EQUAL_TO": _numbers(lambda value, asked: value <= asked),
    },
    "BOOL": {"IS_EQUAL_TO": _truth(True), "IS_NOT_EQUAL_TO": _truth(False)},
}
