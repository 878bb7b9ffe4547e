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


def remembered(past: list[tuple[str, int]]) -> Seen:
    """A record whose properties have all had these values, newest first."""
    return Seen({}, past=lambda _: past)


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
        (("ALL_PROPERTY", "IS_BLANK", {}), ["", "  "], ["anything"]),
        (("ALL_PROPERTY", "IS_NOT_BLANK", {}), ["anything"], ["", "  "]),
        (("ENUMERATION", "IS_EXACTLY", {"values": ["a", "b"]}), ["b;a"], ["a", "a;b;c", ""]),
        (("ENUMERATION", "IS_NOT_EXACTLY", {"values": ["a", "b"]}), ["a"], ["b;a", ""]),
        (("ENUMERATION", "CONTAINS_ALL", {"values": ["a", "b"]}), ["a;b;c"], ["a", ""]),
        (("ENUMERATION", "DOES_NOT_CONTAIN_ALL", {"values": ["a", "b"]}), ["a"], ["a;b;c", ""]),
        (("MULTISTRING", "CONTAINS", {"values": ["one", "two"]}), ["Twofold"], ["three", ""]),
        (("MULTISTRING", "DOES_NOT_CONTAIN", {"values": ["one", "two"]}), ["three"], ["Twofold", ""]),
        (("MULTISTRING", "STARTS_WITH", {"values": ["one", "two"]}), ["Twofold"], ["not two", ""]),
        (("MULTISTRING", "ENDS_WITH", {"values": ["one", "two"]}), ["not two"], ["Twofold", ""]),
        (("MULTISTRING", "CONTAINS_EXACTLY", {"values": ["two"]}), ["one, Two."], ["Twofold", ""]),
        (("MULTISTRING", "DOES_NOT_CONTAIN_EXACTLY", {"values": ["two"]}), ["Twofold"], ["one, Two.", ""]),
        (("NUMBER_RANGED", "IS_BETWEEN", {"lowerBound": 1, "upperBound": 2}), ["1", "2.0"], ["0.9", "x", ""]),
        (("NUMBER_RANGED", "IS_NOT_BETWEEN", {"lowerBound": 1, "upperBound": 2}), ["0.9", "3"], ["1", ""]),
        (("COMPARATIVE_STRING", "IS_EQUAL_TO", {"comparisonPropertyName": "q"}), ["Same"], ["other", ""]),
    ],
    ids=lambda value: "-".join(value[:2]) if isinstance(value, tuple) else "",
)
def test_operations(asked: tuple[str, str, dict[str, Any]], met: list[str], not_met: list[str]) -> None:
    """Each operation lets the right values through and no others."""
    branch = all_of(one("p", asked[0], asked[1], **asked[2]))

    found = {value: meets(branch, Seen({"p": value, "q": "same"})) for value in met + not_met}

    assert found == dict.fromkeys(met, True) | dict.fromkeys(not_met, False)


@pytest.mark.parametrize(
    ("asked", "ever", "never"),
    [
        (("STRING", "BEEN_EQUAL_TO", {"value": "Chat"}), "chat", "chats"),
        (("STRING", "CONTAINED", {"value": "hat"}), "chats", "mail"),
        (("NUMBER", "BEEN_EQUAL_TO", {"value": 3}), "3.0", "4"),
        (("BOOL", "BEEN_EQUAL_TO", {"value": True}), "true", "false"),
        (("ENUMERATION", "BEEN_ANY_OF", {"values": ["a", "b"]}), "b;c", "c"),
        (("ENUMERATION", "BEEN_EXACTLY", {"values": ["a", "b"]}), "b;a", "a;b;c"),
        (("ENUMERATION", "CONTAINED_ALL", {"values": ["a", "b"]}), "a;b;c", "a"),
    ],
    ids=lambda value: "-".join(value[:2]) if isinstance(value, tuple) else "",
)
def test_what_has_ever_been(asked: tuple[str, str, dict[str, Any]], ever: str, never: str) -> None:
    """HAS_EVER and HAS_NEVER judge every value there has been, the last one too; with none at all neither is met."""
    kind, operator, more = asked
    histories = [[("last", 2), (ever, 1)], [(ever, 2), ("last", 1)], [("", 2), (never, 1)], []]

    found = {
        which: [
            meets(all_of(one("p", kind, f"HAS_{which}_{operator}", **more)), remembered(past)) for past in histories
        ]
        for which in ("EVER", "NEVER")
    }

    assert found == {"EVER": [True, True, False, False], "NEVER": [False, False, True, False]}


def test_opposites() -> None:
    """NOT_ALL asks that one part fails, NOT_ANY that every part does; a CONSTANT passes as it says."""
    passing = {"filterType": "CONSTANT", "shouldAccept": True}
    failing = {"filterType": "CONSTANT", "shouldAccept": False}
    mixes = ([passing, passing], [passing, failing], [failing, failing])

    found = {
        kind: [meets({"filterBranchType": kind, "filters": mix, "filterBranches": []}, Seen({})) for mix in mixes]
        for kind in ("AND", "OR", "NOT_ALL", "NOT_ANY")
    }

    assert found == {
        "AND": [True, False, False],
        "OR": [True, True, False],
        "NOT_ALL": [False, True, True],
        "NOT_ANY": [False, False, True],
    }


def test_deeply_nested() -> None:
    """Branches lie in branches as deep as they like."""
    a, b, c = (one(name, "ALL_PROPERTY", "IS_KNOWN") for name in "abc")
    branch = any_of({**all_of(a), "filterBranches": [any_of(all_of(b), {**all_of(c), "filterBranches": [all_of(b)]})]})

    found = [meets(branch, Seen(dict.fromkeys(record, "1"))) for record in ("a", "ab", "ac", "abc", "bc")]

    assert found == [False, True, False, True, False]


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
