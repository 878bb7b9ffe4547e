"""Can a filter branch be judged here? Its shape, its properties, its operations and what they compare with.

Documented as HubSpot's and not judged here: filters on lists, forms, pages, e-mails, ads and the like, which this
portal does not keep; RESTRICTED branches, whose meaning nobody describes; DATE operations, for which HubSpot's own SDK
names operators that take other fields; and CALENDAR_DATE, whose weeks and quarters begin where the account says.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from harness.portal.associations.kinds import KINDS
from harness.workflow.comparing import compared_with
from harness.workflow.operations import judge_for
from harness.workflow.wording import amiss, mapping, one_of

BRANCHES = ("OR", "AND", "NOT_ALL", "NOT_ANY", "ASSOCIATION")


@dataclass(frozen=True)
class Known:
    """What filters may name: the type of record that they look at, and the properties that each type has."""

    object_type_id: str
    properties: Mapping[str, Collection[str]]

    @property
    def own(self) -> Collection[str]:
        """The properties of the type that is looked at."""
        return self.properties.get(self.object_type_id, ())


def unsupported(branch: object, known: Known) -> list[str]:
    """What in this branch the walker cannot judge, every single place."""
    read = mapping(branch)
    if read is None:
        return [amiss("a filter branch as an object", branch)]
    kind = read.get("filterBranchType")
    problems = [] if kind in BRANCHES else [amiss(f"a filterBranchType {_or(BRANCHES)}", kind)]
    if kind == "ASSOCIATION":
        problems = list(_association(read, known))
        known = Known(str(read.get("objectTypeId")), known.properties)
        if problems:
            return problems
    for key, check in (("filterBranches", unsupported), ("filters", _filter)):
        parts = read.get(key, [])
        if not isinstance(parts, list):
            problems.append(amiss(f"a list as {key}", parts))
            continue
        for part in parts:
            problems += check(part, known)
    return problems


def _association(branch: Mapping[str, Any], known: Known) -> Iterator[str]:
    """The association is named as it is seen from the record that is looked at (documented example: 280)."""
    if branch.get("operator") != "IN_LIST":
        yield amiss("the operator IN_LIST of an ASSOCIATION branch", branch.get("operator"))
    if branch.get("associationCategory") != "HUBSPOT_DEFINED":
        yield amiss("the associationCategory HUBSPOT_DEFINED", branch.get("associationCategory"))
    end, id = branch.get("objectTypeId"), branch.get("associationTypeId")
    if not isinstance(id, int) or not isinstance(end, str) or (known.object_type_id, end, id) not in KINDS:
        there = {str(kind.id) for kind in KINDS.values() if (kind.start, kind.end) == (known.object_type_id, end)}
        yield amiss(f"an associationTypeId from {known.object_type_id} to {end}, {one_of(there)}", id)


def _filter(one: object, known: Known) -> list[str]:
    read = mapping(one)
    if read is None:
        return [amiss("a filter as an object", one)]
    kind = read.get("filterType")
    if kind == "CONSTANT":
        accepts = read.get("shouldAccept")
        return [] if isinstance(accepts, bool) else [amiss("true or false as shouldAccept", accepts)]
    if kind != "PROPERTY":
        return [amiss("a filter of filterType PROPERTY or CONSTANT", kind)]
    name = read.get("property")
    if not isinstance(name, str) or name not in known.own:
        return [amiss("a filter's property to be one that the portal has", name)]
    return [f"filter on {name}: {problem}" for problem in _operation(read.get("operation"), known)]


def _operation(operation: Any, known: Known) -> Iterator[str]:
    read = mapping(operation)
    if read is None:
        yield amiss("an operation as an object", operation)
    elif judge_for(read) is None:
        yield amiss("an operation that is walked here", f"{read.get('operationType')} {read.get('operator')}")
    else:
        yield from compared_with(read, known.own)


def _or(names: Collection[str]) -> str:
    *first, last = names
    return f"{', '.join(first)} or {last}"
