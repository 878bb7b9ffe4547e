"""How HubSpot refuses a search.

That it does, and the limits: documented (search guide). The texts about incomplete filters: seen in
hubspot-api-nodejs issues 128 and 226. The rest of the wording: guessed.
"""

from collections.abc import Sequence

from harness.portal import refusals
from harness.portal.properties.definitions import Definition
from harness.portal.refusals import Refusal

PROBLEM = "There was a problem with the request."


def incomplete(missing: Sequence[str]) -> Refusal:
    """400: a filter without its property or operator."""
    listed = ", ".join(missing)
    return refusals.bad_json(f"Cannot build Filter, some of required attributes are not set [{listed}]")


def needs(operator: str, key: str) -> Refusal:
    """400: an operator without what it compares with."""
    article = "" if key == "values" else "a "
    return refusals.bad_json(
        f"Cannot construct instance of Filter, problem: operator {operator} requires {article}{key}"
    )


def takes_no_value(operator: str) -> Refusal:
    """400: an operator that compares with nothing."""
    return refusals.bad_json(
        f"Cannot construct instance of Filter, problem: operator {operator} does not allow a value"
    )


def unknown_operator(operator: str, known: Sequence[str]) -> Refusal:
    """400: no such operator."""
    return refusals.bad_json(f'operator "{operator[:50]}" is not one of the values accepted: [{", ".join(known)}]')


def unknown_property(name: str) -> Refusal:
    """400: a filter or sort by a property that the type does not have."""
    message = f'Property "{name[:100]}" does not exist'
    return _problem(message, "PROPERTY_DOESNT_EXIST", name)


def not_for(operator: str, name: str, known: Sequence[str]) -> Refusal:
    """400: an operator that this property does not take."""
    message = f"Operator {operator} is not supported for {name[:100]}, only {', '.join(known)}"
    return _problem(message, "INVALID_OPERATOR", name)


def wrong_value(definition: Definition, value: str) -> Refusal:
    """400: text where a number or a moment is compared."""
    message = f"{value[:100]} was not a valid {definition.type}."
    return _problem(message, "INVALID_VALUE", definition.name)


def no_filters() -> Refusal:
    """400: a filter group without filters."""
    return refusals.missing_keys("a filter group", ["filters"])


def too_many_filters(groups: int, filters: int, all: int) -> Refusal:
    """400: more filters than HubSpot takes."""
    message = f"A search takes up to {groups} filter groups of up to {filters} filters, {all} filters in all"
    return refusals.validation(message)


def bad_sort(why: str) -> Refusal:
    """400: a sort that is none, or more than one."""
    return refusals.validation(f"Invalid sorts: {why}")


def bad_limit(most: int) -> Refusal:
    """400: a page size out of range."""
    return refusals.validation(f"limit must be a whole number from 0 to {most}", limit=[str(most)])


def too_far(most: int) -> Refusal:
    """400: a page beyond the last result that a search gives."""
    return refusals.validation(f"A search gives up to {most} results: after must be less than {most}")


def too_long(most: int) -> Refusal:
    """400: a query of more characters than HubSpot takes."""
    return refusals.validation(f"query must have at most {most} characters")


def _problem(message: str, code: str, name: str) -> Refusal:
    return refusals.validation(PROBLEM, errors=[refusals.detail(message, code=code, propertyName=[name])])
