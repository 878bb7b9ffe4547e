"""Filters: which records meet which branch."""

from typing import Any

import pytest

from harness.workflow.filters import meets, properties_named
from harness.workflow.seen import Seen


def one(property: str, kind: str, operator: str, **more: Any) -> dict[str, Any]:
    operation = {"operationType": kind, "operator": operator, "includeObjectsWithNoValueSet": False, **more}
    return {"filterType": "PROPERTY", "property": property, "operation": operation}


def all_of(*filters: dict[str, Any]) -> dict[str, Any]:
    return {
        "filterBranchType": "AND",
        "filterBranchOperator": "AND",
        "filters": list(filters),
        "filterBranches": [],
    }


def any_of(*branches: dict[str, Any]) -> dict[str, Any]:
    return {
        "filterBranchType": "OR",
        "filterBranchOperator": "OR",
        "filters": [],
        "filterBranches": list(branches),
    }


@pytest.mark.parametrize(
    ("asked", "met", "not_met"),
    [
        (("ENUMERATION", "IS_ANY_OF", {"values": ["a", "b"]}), ["a", "x;b"], ["c", "ab", ""]),
        (("ENUMERATION", "IS_NONE_OF", {"values": ["a", "b"]}), ["c", "ab"], ["a", "x;b", ""]),
        (("STRING", "IS_EQUAL_TO", {"value": "Chat"}), ["Chat", "chat"], ["Chats", ""]),
        (("STRING", "IS_NOT_EQUAL_TO", {"value": "Chat"}), ["Chats"], ["chat", ""]),
        (("STRING", "CONTAINS", {"value": "ha"}), ["Chat", "HAT"], ["cat", ""]),
        (("STRING", "DOES_NOT_CONTAIN", {"value": "ha"}), ["cat"], ["Chat", ""]),
        (("STRING", "STARTS_WITH", {"value": "ch"}), ["Chat"], ["a chat", ""]),
        (("STRING", "ENDS_WITH", {"value": "at"}), ["Chat"], ["Chats", ""]),
        (("MULTISTRING", "IS_EQUAL_TO", {"values": ["one", "two"]}), ["two"], ["three", ""]),
        (("MULTISTRING", "IS_NOT_EQUAL_TO", {"values": ["one", "two"]}), ["three"], ["two", ""]),
        (("NUMBER", "IS_EQUAL_TO", {"value": 3}), ["3", "3.0"], ["4", "three", ""]),
        (("NUMBER", "IS_NOT_EQUAL_TO", {"value": 3}), ["4"], ["3", ""]),
        (("NUMBER", "IS_GREATER_THAN", {"value": 0}), ["1", "0.5"], ["0", "-1", ""]),
        (("NUMBER", "IS_GREATER_THAN_OR_EQUAL_TO", {"value": 0}), ["0"], ["-1", ""]),
        (("NUMBER", "IS_LESS_THAN", {"value": 0}), ["-1"], ["0", ""]),
        (("NUMBER", "IS_LESS_THAN_OR_EQUAL_TO", {"value": 0}), ["0"], ["1", ""]),
        (("BOOL", "IS_EQUAL_TO", {"value": True}), ["true"], ["false", ""]),
        (("BOOL", "IS_EQUAL_TO", {"value": False}), ["false"], ["true", ""]),
        (("BOOL", "IS_NOT_EQUAL_TO", {"value": True}), ["false"], ["true", ""]),
        (("BOOL", "IS_EQUAL_TO", {"value": "true"}), ["true"], ["false", ""]),
        (("BOOL", "IS_EQUAL_TO", {"value": "false"}), ["false"], ["true", ""]),
        (("ALL_PROPERTY", "IS_KNOWN", {}), ["anything"], [""]),
        (("ALL_PROPERTY", "IS_UNKNOWN", {}), [""], ["anything"]),
    ],
    ids=lambda value: "-".join(value[:2]) if isinstance(value, tuple) else "",
)
def test_operations(asked: tuple[str, str, dict[str, Any]], met: list[str], not_met: list[str]) -> None:
    """Each operation lets the right values through and no others."""
    branch = all_of(one("p", asked[0], asked[1], **asked[2]))

    found = {value: meets(branch, Seen({"p": value})) for value in met + not_met}

    assert found == dict.fromkeys(met, True) | dict.fromkeys(not_met, False)


def test_record_without_value() -> None:
    """A record without any value counts as the filter's own flag says."""
    counts_in = one("p", "NUMBER", "IS_GREATER_THAN", value=0, includeObjectsWithNoValueSet=True)
    counts_out = one("p", "NUMBER", "IS_GREATER_THAN", value=0)

    assert (meets(all_of(counts_in), Seen({})), meets(all_of(counts_out), Seen({}))) == (True, False)


def test_or_of_ands() -> None:
    """A record meets an OR when it meets every filter of one of its ANDs."""
    branch = any_of(
        all_of(one("a", "ALL_PROPERTY", "IS_KNOWN"), one("b", "ALL_PROPERTY", "IS_KNOWN")),
        all_of(one("c", "ALL_PROPERTY", "IS_KNOWN")),
    )

    found = [meets(branch, Seen(record)) for record in ({"a": "1"}, {"a": "1", "b": "1"}, {"c": "1"}, {})]

    assert found == [False, True, True, False]


def test_empty_or() -> None:
    """An OR with nothing in it is met by nobody."""
    assert meets(any_of(), Seen({"a": "1"})) is False


def test_properties_named() -> None:
    """A branch names the properties it looks at, however deep they stand."""
    branch = any_of(all_of(one("a", "ALL_PROPERTY", "IS_KNOWN")), all_of(one("b", "ALL_PROPERTY", "IS_UNKNOWN")))

    assert properties_named(branch) == {"a", "b"}
