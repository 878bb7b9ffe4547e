"""Which searches does HubSpot refuse?"""

from typing import Any

from tests.claims.batches import OWN
from tests.claims.claim import DOCUMENTED, GUESSED, OURS, RECORDS, SPEC, refusal
from tests.claims.hub import Hub
from tests.claims.search import SEARCH, SEARCH_GUIDE, search, where

ISSUES = "the Node client's issues 128 and 226"
REFUSED = (400, "VALIDATION_ERROR")
PROBLEM = (400, "VALIDATION_ERROR", "There was a problem with the request.")


def known(hub: Hub) -> dict[str, Any]:
    """A filter that there is nothing wrong with."""
    return where(hub.key, "HAS_PROPERTY")


def problem(hub: Hub, filter: dict[str, Any], code: str, message: str) -> None:
    """A filter is refused, naming its property."""
    answer = hub.does(search([known(hub), filter]))
    assert answer.said == PROBLEM
    context = {"propertyName": [filter["propertyName"]]}
    assert answer.body["errors"] == [{"message": message, "code": code, "context": context}]


@refusal(SEARCH, types=RECORDS, mark=DOCUMENTED, source=SEARCH_GUIDE)
def too_many_filters(hub: Hub) -> None:
    """A search has up to five groups of up to six filters, eighteen filters in all."""
    most = [search(*[[known(hub)] * 3] * 5), search([known(hub)] * 6, [known(hub)] * 6, [known(hub)] * 6)]
    assert [hub.does(asked).status for asked in most] == [200, 200]
    more = [search(*[[known(hub)]] * 6), search([known(hub)] * 7), search(*[[known(hub)] * 5] * 4)]
    assert [hub.does(asked).refused for asked in more] == [REFUSED] * 3


@refusal(SEARCH, types=RECORDS, mark=DOCUMENTED, source=SEARCH_GUIDE)
def page_too_large(hub: Hub) -> None:
    """A page has up to two hundred results."""
    assert hub.does(search(limit=200)).status == 200
    assert hub.does(search(limit=201)).refused == REFUSED


@refusal(SEARCH, types=RECORDS, mark=DOCUMENTED, source=SEARCH_GUIDE)
def too_far(hub: Hub) -> None:
    """A search gives its first ten thousand results."""
    assert hub.does(search(after="9999")).status == 200
    assert hub.does(search(after="10000")).refused == REFUSED


@refusal(SEARCH, types=RECORDS, mark=DOCUMENTED, source=SPEC)
def query_too_long(hub: Hub) -> None:
    """A query has up to three thousand characters."""
    assert hub.does(search(query="x" * 3000)).status == 200
    assert hub.does(search(query="x" * 3001)).refused == REFUSED


@refusal(SEARCH, types=RECORDS, mark=DOCUMENTED, source=SEARCH_GUIDE)
def two_sorts(hub: Hub) -> None:
    """A search has one sort."""
    assert hub.does(search(sorts=[hub.key])).status == 200
    assert hub.does(search(sorts=[hub.key, "hs_object_id"])).refused == REFUSED


@refusal(SEARCH, types=RECORDS, mark=DOCUMENTED, source=SPEC)
def unknown_operator(hub: Hub) -> None:
    """An operator that there is not is refused."""
    for operator in ("LIKE", "eq"):
        assert hub.does(search([where(hub.key, operator, "x")])).refused == REFUSED


@refusal(SEARCH, types=RECORDS, mark=DOCUMENTED, source=SPEC)
def a_group_without_filters(hub: Hub) -> None:
    """A group has filters."""
    assert hub.does(search([])).refused == REFUSED


@refusal(SEARCH, types=RECORDS, mark=GUESSED, source=ISSUES)
def incomplete_filter(hub: Hub) -> None:
    """A filter without its property or operator is refused by what it lacks."""
    lacks = "Invalid input JSON: Cannot build Filter, some of required attributes are not set [{}]"
    filters: dict[str, dict[str, str]] = {
        "propertyName, operator": {},
        "operator": {"propertyName": hub.key},
        "propertyName": {"operator": "HAS_PROPERTY"},
    }
    for missing, filter in filters.items():
        assert hub.does(search([filter])).said == (*REFUSED, lacks.format(missing))


@refusal(SEARCH, types=RECORDS, mark=GUESSED, source=ISSUES)
def nothing_to_compare_with(hub: Hub) -> None:
    """An operator without what it compares with is refused by what it requires."""
    requires = "Invalid input JSON: Cannot construct instance of Filter, problem: operator {} requires {}"
    for operator, needed in {"EQ": "a value", "CONTAINS_TOKEN": "a value", "GT": "a value"}.items():
        filter = where("hs_object_id", operator)
        assert hub.does(search([filter])).said == (*REFUSED, requires.format(operator, needed))
    between = where("hs_object_id", "BETWEEN", "1")
    assert hub.does(search([between])).said == (*REFUSED, requires.format("BETWEEN", "a highValue"))
    for operator in ("IN", "NOT_IN"):
        assert hub.does(search([where("hs_object_id", operator)])).said == (
            *REFUSED,
            requires.format(operator, "values"),
        )


@refusal(SEARCH, types=RECORDS, mark=GUESSED, source=ISSUES)
def nothing_is_compared(hub: Hub) -> None:
    """An operator that compares with nothing takes no value."""
    words = "Invalid input JSON: Cannot construct instance of Filter, problem: operator {} does not allow a value"
    for operator in ("HAS_PROPERTY", "NOT_HAS_PROPERTY"):
        assert hub.does(search([where(hub.key, operator, "x")])).said == (*REFUSED, words.format(operator))


@refusal(SEARCH, types=RECORDS, mark=GUESSED, source=OURS)
def unknown_property(hub: Hub) -> None:
    """A filter or a sort by a property that there is not is refused by its name."""
    words = 'Property "no_such_property" does not exist'
    problem(hub, where("no_such_property", "EQ", "x"), "PROPERTY_DOESNT_EXIST", words)
    assert hub.does(search(sorts=["no_such_property"])).said == PROBLEM


@refusal(SEARCH, types=OWN, mark=GUESSED, source=OURS)
def words_for_a_number(hub: Hub) -> None:
    """Words are compared with no number and with no moment."""
    for kind, operator in (("number", "GT"), ("number", "EQ"), ("datetime", "LT")):
        filter = where(hub.has_property(kind), operator, "nine")
        problem(hub, filter, "INVALID_VALUE", f"nine was not a valid {kind}.")


@refusal(SEARCH, types=RECORDS, mark=GUESSED, source=OURS)
def association_by_other_operators(hub: Hub) -> None:
    """What a record is associated with is asked for by EQ and IN alone, and of types that there are."""
    words = "Operator GT is not supported for associations.contact, only EQ, IN"
    problem(hub, where("associations.contact", "GT", "1"), "INVALID_OPERATOR", words)
    words = 'Property "associations.nonsense" does not exist'
    problem(hub, where("associations.nonsense", "EQ", "1"), "PROPERTY_DOESNT_EXIST", words)


@refusal(SEARCH, types=RECORDS, mark=GUESSED, source=OURS)
def no_sense(hub: Hub) -> None:
    """Sorts, pages and groups that make no sense are refused."""
    nonsense: list[dict[str, Any]] = [
        {"sorts": [{"propertyName": hub.key, "direction": "UP"}]},
        {"sorts": [{}]},
        {"sorts": ["{"]},
        {"limit": -1},
        {"limit": "many"},
        {"after": "nonsense"},
        {"query": ["x"]},
        {"properties": [1]},
        {"filterGroups": "x"},
        {"filterGroups": ["x"]},
        {"filterGroups": [{"filters": ["x"]}]},
    ]
    for wrong in nonsense:
        assert hub.does({**search(), **wrong}).refused == REFUSED
