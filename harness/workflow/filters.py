"""Does a record meet a filter branch? Branches of branches of filters, for enrolment, LIST_BRANCH and who leaves.

Documented (HubSpot's page on list filters): AND asks for every part, OR for one of them, ASSOCIATION for an associated
record that passes every filter. NOT_ALL and NOT_ANY have their spec's names alone: that they are the opposites of AND
and OR is guessed; so is that one associated record of several is enough, and that an empty OR is met by nobody.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from harness.workflow.operations import judge_for
from harness.workflow.seen import Seen

Filter = Mapping[str, Any]


def meets(branch: Filter, seen: Seen) -> bool:
    """True when the record satisfies the branch."""
    kind = branch["filterBranchType"]
    if kind == "ASSOCIATION":
        return any(all(_parts(branch, other)) for other in seen.associated(branch))
    if kind in ("OR", "NOT_ANY"):
        return any(_parts(branch, seen)) is (kind == "OR")
    return all(_parts(branch, seen)) is (kind == "AND")


def every_filter(branch: Filter) -> Iterator[Filter]:
    """Every filter of a branch, however deep; what is not the shape of one is passed over."""
    for inner in _objects(branch, "filterBranches"):
        yield from every_filter(inner)
    yield from _objects(branch, "filters")


def _objects(branch: Filter, key: str) -> Iterator[Filter]:
    listed = branch.get(key)
    yield from (each for each in listed if isinstance(each, Mapping)) if isinstance(listed, list) else ()


def properties_named(branch: Filter) -> set[str]:
    """The enrolled record's own properties that a branch looks at."""
    if branch["filterBranchType"] == "ASSOCIATION":
        return set()
    inner = [properties_named(each) for each in branch.get("filterBranches", ())]
    return {str(one["property"]) for one in branch.get("filters", ()) if "property" in one}.union(*inner)


def _parts(branch: Filter, seen: Seen) -> Iterator[bool]:
    for inner in branch.get("filterBranches", ()):
        yield meets(inner, seen)
    for one in branch.get("filters", ()):
        yield _passes(one, seen)


def _passes(one: Filter, seen: Seen) -> bool:
    if one["filterType"] == "CONSTANT":
        return bool(one["shouldAccept"])
    operation = one["operation"]
    judge = judge_for(operation)
    assert judge is not None, "checking.unsupported() is asked before the first record"
    verdict = judge(seen, one["property"], operation)
    # Documented for lists: this flag says what a record without any value counts as.
    return bool(operation.get("includeObjectsWithNoValueSet", False)) if verdict is None else verdict
