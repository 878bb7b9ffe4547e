"""Search: HubSpot's Python client filters, sorts and pages."""

from __future__ import annotations

from typing import Any

import pytest
from hubspot.crm import contacts, tickets

from tests.clients.words import creations, shown, ticket


@pytest.fixture
def search(client: Any) -> Any:
    """The tickets' search, with five tickets there."""
    stages = {"A": "1", "B": "2", "C": "4", "D": "1", "E": "4"}
    told = [{"subject": subject, "hs_pipeline_stage": stage} for subject, stage in stages.items()]
    told[0]["hs_ticket_priority"] = "HIGH"
    told[3]["content"] = "The kettle leaks"
    client.crm.tickets.batch_api.create(creations(tickets, *told))
    return client.crm.tickets.search_api


def asking(*groups: list[tuple[str, str, Any]], **how: Any) -> Any:
    """A search: any of the groups, all filters of a group."""
    return tickets.PublicObjectSearchRequest(
        filter_groups=[tickets.FilterGroup(filters=[filtering(*one) for one in group]) for group in groups],
        properties=["subject"],
        **{"limit": 10, "after": 0, "sorts": [], **how},
    )


def filtering(name: str, operator: str, value: Any) -> Any:
    """One filter: of one value, of a list, or of none."""
    given = {} if value is None else {"values": value} if isinstance(value, list) else {"value": value}
    return tickets.Filter(property_name=name, operator=operator, **given)


def subjects(answer: Any) -> str:
    """What was found, in its order."""
    return "".join(record.properties["subject"] for record in answer.results)


@pytest.mark.parametrize(
    ("groups", "found"),
    [
        ([[("hs_pipeline_stage", "EQ", "1")]], "AD"),
        ([[("hs_pipeline_stage", "NEQ", "1")]], "BCE"),
        ([[("hs_pipeline_stage", "IN", ["2", "4"])]], "BCE"),
        ([[("hs_pipeline_stage", "NOT_IN", ["2", "4"])]], "AD"),
        ([[("hs_ticket_priority", "HAS_PROPERTY", None)]], "A"),
        ([[("hs_ticket_priority", "NOT_HAS_PROPERTY", None)]], "BCDE"),
        ([[("content", "CONTAINS_TOKEN", "kettle")]], "D"),
        ([[("hs_object_id", "GTE", "90000003")], [("subject", "EQ", "A")]], "ACDE"),
        ([[("hs_object_id", "LT", "90000003"), ("hs_pipeline_stage", "EQ", "2")]], "B"),
        ([], "ABCDE"),
    ],
)
def test_filters_find_what_they_say(search: Any, groups: list[list[tuple[str, str, Any]]], found: str) -> None:
    """Groups are alternatives, the filters of one are all needed."""
    answer = search.do_search(asking(*groups, sorts=["subject"]))
    assert (subjects(answer), answer.total) == (found, len(found))


def test_an_answer_shows_whole_records(search: Any) -> None:
    """A record that is found has the properties asked for and the usual stamps."""
    answer = search.do_search(asking([("subject", "EQ", "B")]))
    assert shown(answer) == {"total": 1, "results": [ticket(2, subject="B")]}


def test_results_are_sorted_and_paged(search: Any) -> None:
    """By a property, down or up; each page has the cursor of the next, the last one none."""
    down = [{"propertyName": "subject", "direction": "DESCENDING"}]
    seen, totals = "", set()
    after: Any = 0
    while after is not None:
        page = search.do_search(asking(sorts=down, limit=2, after=after))
        seen, after = seen + subjects(page), page.paging.next.after if page.paging else None
        totals.add(page.total)
    assert (seen, totals) == ("EDCBA", {5})


def test_words_are_searched_in_the_usual_properties(client: Any, search: Any) -> None:
    """`query` finds tickets by what is written in them, and people by name."""
    assert subjects(search.do_search(asking(query="kettle"))) == "D"
    found = client.crm.contacts.search_api.do_search(contacts.PublicObjectSearchRequest(query="twelve"))
    assert [person.properties["email"] for person in found.results] == ["visitor-12@example.org"]


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        (asking([("nope", "EQ", "1")]), "PROPERTY_DOESNT_EXIST"),
        (asking(limit=201), ""),
        (asking(*[[("subject", "EQ", "A")]] * 6), ""),
    ],
    ids=["unknown property", "page too large", "too many groups"],
)
def test_a_search_that_cannot_be_is_refused(search: Any, asked: Any, code: str) -> None:
    """Unknown properties and what is over HubSpot's limits are 400s."""
    with pytest.raises(tickets.ApiException) as refused:
        search.do_search(asked)
    assert (refused.value.status, code in refused.value.body) == (400, True)
