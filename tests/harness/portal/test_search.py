"""Search: what each operator finds, in which order and how far, and what HubSpot refuses."""

from typing import Any

import pytest

from harness.portal import Portal
from tests.harness.portal.app import TICKETS, App

SEARCH = f"{TICKETS}/search"
DEFINITIONS: list[dict[str, Any]] = [
    {"name": "n", "label": "n", "type": "number", "fieldType": "number"},
    {"name": "t", "label": "t", "type": "datetime", "fieldType": "date"},
    {"name": "s", "label": "s", "type": "string", "fieldType": "text"},
    {
        "name": "e",
        "label": "e",
        "type": "enumeration",
        "fieldType": "checkbox",
        "options": [{"label": x, "value": x} for x in ("x", "y", "z")],
    },
]


@pytest.fixture
def tickets(portal: Portal) -> list[str]:
    """Four tickets; the last one has nothing but a subject."""
    portal.provision(DEFINITIONS)
    return [
        portal.has_ticket("Lost parcel", n="9", s="Red Car", e="x;y", t="2026-01-01T00:00:00Z"),
        portal.has_ticket("Broken glass", n="10", s="blue-green car", e="y", t="2026-02-01T00:00:00Z"),
        portal.has_ticket("Late parcel", n="100", s="bicycle", e="z", t="2026-03-01T00:00:00Z"),
        portal.has_ticket("Nothing"),
    ]


def where(name: str, operator: str, *values: str, high: str = "") -> dict[str, Any]:
    """A search by one filter."""
    several = operator in ("IN", "NOT_IN")
    compared: dict[str, Any] = {"values": list(values)} if several else {"value": values[0]} if values else {}
    return {"filterGroups": [{"filters": [one(name, operator, **compared, **({"highValue": high} if high else {}))]}]}


def one(name: str, operator: str, **compared: Any) -> dict[str, Any]:
    """One filter."""
    return {"propertyName": name, "operator": operator, **compared}


def found(app: App, tickets: list[str], body: dict[str, Any]) -> list[int]:
    """Which of the tickets a search finds, in its order, having checked its total."""
    answer = app.post(SEARCH, body)
    assert answer.status == 200, answer.body
    assert answer.body["total"] == len(answer.body["results"])
    return [tickets.index(result["id"]) for result in answer.body["results"]]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (where("n", "EQ", "9.0"), [0]),
        (where("n", "NEQ", "9"), [1, 2]),
        (where("n", "LT", "10"), [0]),
        (where("n", "LTE", "10"), [0, 1]),
        (where("n", "GT", "9"), [1, 2]),
        (where("n", "GTE", "9.5"), [1, 2]),
        (where("n", "BETWEEN", "9", high="10"), [0, 1]),
        (where("n", "IN", "100", "9"), [0, 2]),
        (where("n", "NOT_IN", "100", "9"), [1]),
        (where("t", "GTE", "1769904000000"), [1, 2]),
        (where("t", "LT", "2026-02-01T00:00:00Z"), [0]),
        (where("s", "EQ", "RED car"), [0]),
        (where("s", "IN", "Red Car"), []),
        (where("s", "IN", "red car", "bicycle"), [0, 2]),
        (where("s", "HAS_PROPERTY"), [0, 1, 2]),
        (where("s", "NOT_HAS_PROPERTY"), [3]),
        (where("s", "CONTAINS_TOKEN", "car"), [0, 1]),
        (where("s", "CONTAINS_TOKEN", "bi*"), [2]),
        (where("s", "CONTAINS_TOKEN", "*cycle"), [2]),
        (where("s", "CONTAINS_TOKEN", "b*-g*n"), [1]),
        (where("s", "CONTAINS_TOKEN", "bi"), []),
        (where("s", "NOT_CONTAINS_TOKEN", "car"), [2]),
        (where("e", "EQ", "y"), [0, 1]),
        (where("e", "IN", "x", "z"), [0, 2]),
        (where("e", "NOT_IN", "x", "z"), [1]),
        (where("hs_object_id", "GT", "90000002"), [2, 3]),
        (where("createdate", "GTE", "2026-03-02"), [0, 1, 2, 3]),
        ({}, [0, 1, 2, 3]),
        ({"query": "parc"}, [0, 2]),
        ({"query": "PARCEL late"}, [2]),
        ({"query": "parcel", **where("n", "LT", "50")}, [0]),
    ],
)
def test_an_operator_compares_as_the_property_does(
    app: App, tickets: list[str], body: dict[str, Any], expected: list[int]
) -> None:
    """Numbers compare as numbers, moments as moments, text without case; no value meets no comparison."""
    assert found(app, tickets, body) == expected


def test_filters_of_a_group_are_and_groups_are_or(app: App, tickets: list[str]) -> None:
    """All filters of one of the groups must hold; a ticket that meets two groups is found once."""
    groups = [
        {"filters": [one("n", "GT", value="9"), one("s", "CONTAINS_TOKEN", value="car")]},
        {"filters": [one("s", "EQ", value="bicycle")]},
        {"filters": [one("n", "EQ", value="100")]},
    ]
    assert found(app, tickets, {"filterGroups": groups}) == [1, 2]


@pytest.mark.parametrize(
    ("sorts", "expected"),
    [
        ([{"propertyName": "n", "direction": "DESCENDING"}], [2, 1, 0, 3]),
        (["n"], [0, 1, 2, 3]),
        (["-n"], [2, 1, 0, 3]),
        (['{"propertyName": "s", "direction": "ASCENDING"}'], [2, 1, 0, 3]),
        ([{"propertyName": "createdate", "direction": "DESCENDING"}], [3, 2, 1, 0]),
        ([{"propertyName": "hs_object_id"}], [0, 1, 2, 3]),
    ],
)
def test_one_sort_orders_the_results(app: App, tickets: list[str], sorts: list[Any], expected: list[int]) -> None:
    """Results come by a property, either way; those without it last, and equal ones by id."""
    assert found(app, tickets, {"sorts": sorts}) == expected
    by_filter = where("n", "HAS_PROPERTY") | {"sorts": sorts}
    assert found(app, tickets, by_filter) == [at for at in expected if at != 3]


def test_a_backdated_record_does_not_spoil_the_order(portal: Portal, app: App, tickets: list[str]) -> None:
    """A ticket made later with an earlier createdate comes first by createdate, and last without sorts."""
    app.make_ticket(createdate="2020-01-01T00:00:00Z")
    tickets.append(portal.records("tickets")[-1].id)
    assert found(app, tickets, {"sorts": ["createdate"]}) == [4, 0, 1, 2, 3]
    assert found(app, tickets, where("createdate", "LT", "2026-03-03") | {"sorts": ["-createdate"]})[-1] == 4
    assert found(app, tickets, {}) == [0, 1, 2, 3, 4]


def test_tickets_are_found_by_their_contact(portal: Portal, app: App, tickets: list[str]) -> None:
    """associations.contact finds with EQ and IN, also under an id that was merged into another."""
    first, other = portal.has_contact("a@example.org"), portal.has_contact("b@example.org")
    tickets += [portal.has_ticket("Of a", contact=first), portal.has_ticket("Of b", contact=other)]
    assert found(app, tickets, where("associations.contact", "EQ", first)) == [4]
    assert found(app, tickets, where("associations.contacts", "IN", first, other)) == [4, 5]
    portal.merge_contacts(first, other)
    group = {"filters": [one("associations.contact", "EQ", value=other), one("subject", "EQ", value="of a")]}
    assert found(app, tickets, {"filterGroups": [group]}) == [4]


def test_what_was_written_is_found_at_once(portal: Portal, app: App, tickets: list[str]) -> None:
    """Changing, archiving and merging move a ticket in and out of what a repeated search finds."""
    search = where("n", "GTE", "10")
    assert found(app, tickets, search) == [1, 2]
    app.patch(f"{TICKETS}/{tickets[0]}", {"properties": {"n": "11"}})
    app.patch(f"{TICKETS}/{tickets[1]}", {"properties": {"n": ""}})
    assert found(app, tickets, search) == [0, 2]
    app.delete(f"{TICKETS}/{tickets[0]}")
    assert found(app, tickets, search) == [2]
    tickets.append(portal.merge_tickets(tickets[3], tickets[2]))
    assert found(app, tickets, search) == [4]


def test_pages_follow_an_opaque_cursor(portal: Portal, app: App) -> None:
    """Every result comes once over all pages, total is that of all, and the last page has no cursor."""
    ids = [portal.has_ticket(f"Ticket {n}", hs_ticket_priority="HIGH" if n % 2 else "LOW") for n in range(25)]
    body = where("hs_ticket_priority", "EQ", "HIGH") | {"limit": 5}
    seen, after = [], None
    for _ in range(3):
        page = app.post(SEARCH, body | ({"after": after} if after else {})).body
        assert page["total"] == 12
        seen += [result["id"] for result in page["results"]]
        after = page.get("paging", {}).get("next", {}).get("after")
        assert not (after or "").isdigit()
    assert (seen, after) == (ids[1::2], None)
    assert app.post(SEARCH, body | {"after": 10}).body["results"] == page["results"]


def test_pages_go_on_while_records_are_written(portal: Portal, app: App) -> None:
    """A page asked for after a write is that of what is there now."""
    ids = [portal.has_ticket(f"Ticket {n}") for n in range(6)]
    first = app.post(SEARCH, {"limit": 3}).body
    app.delete(f"{TICKETS}/{ids[4]}")
    rest = app.post(SEARCH, {"limit": 3, "after": first["paging"]["next"]["after"]}).body
    assert [result["id"] for result in rest["results"]] == [ids[3], ids[5]]


def test_ten_results_and_the_usual_properties_come_unasked(portal: Portal, app: App) -> None:
    """Without limit a page has ten results, with limit 0 none; properties are those asked for."""
    for n in range(12):
        portal.has_ticket(f"Ticket {n}")
    assert len(app.post(SEARCH, {}).body["results"]) == 10
    assert app.post(SEARCH, {"limit": 0}).body == {"total": 12, "results": []}
    result = app.post(SEARCH, {"properties": ["subject", "no_such"]}).body["results"][0]
    assert set(result["properties"]) == {"subject", "createdate", "hs_lastmodifieddate", "hs_object_id"}


PROBLEM = "There was a problem with the request."


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ({"filterGroups": [{"filters": [{}]}]}, "required attributes are not set [propertyName, operator]"),
        (where("n", "LIKE", "9"), 'operator "LIKE" is not one of the values accepted'),
        (where("n", "BETWEEN", "9"), "operator BETWEEN requires a highValue"),
        (where("n", "EQ"), "operator EQ requires a value"),
        (where("n", "IN"), "operator IN requires values"),
        (where("n", "NOT_HAS_PROPERTY", "9"), "operator NOT_HAS_PROPERTY does not allow a value"),
        (where("no_such", "EQ", "9"), PROBLEM),
        (where("n", "GT", "nine"), PROBLEM),
        (where("t", "GT", "yesterday"), PROBLEM),
        (where("associations.contact", "GT", "1"), PROBLEM),
        (where("associations.nonsense", "EQ", "1"), PROBLEM),
        ({"filterGroups": [{"filters": []}]}, "lacks required fields: [filters]"),
        ({"filterGroups": [{"filters": [one("n", "HAS_PROPERTY")] * 7}]}, "up to 5 filter groups of up to 6 filters"),
        ({"filterGroups": [{"filters": [one("n", "HAS_PROPERTY")]}] * 6}, "up to 5 filter groups of up to 6 filters"),
        ({"filterGroups": [{"filters": [one("n", "HAS_PROPERTY")] * 5}] * 4}, "18 filters in all"),
        ({"sorts": ["n", "s"]}, "expected at most one, found 2"),
        ({"sorts": ["no_such"]}, PROBLEM),
        ({"sorts": [{"propertyName": "n", "direction": "UP"}]}, "direction must be ASCENDING or DESCENDING"),
        ({"limit": 201}, "limit must be a whole number from 0 to 200"),
        ({"after": "nonsense"}, "The paging cursor is not valid"),
        ({"after": "10000"}, "A search gives up to 10000 results"),
        ({"query": "x" * 3001}, "query must have at most 3000 characters"),
    ],
)
def test_a_search_that_makes_no_sense_is_refused(
    app: App, tickets: list[str], body: dict[str, Any], message: str
) -> None:
    """Each is a 400 that says what is wrong."""
    refused = app.post(SEARCH, body)
    assert (refused.status, refused.body["category"]) == (400, "VALIDATION_ERROR")
    assert message in refused.body["message"]


def test_an_unknown_property_is_named(app: App, tickets: list[str]) -> None:
    """A filter by a property that is not there names it."""
    assert app.post(SEARCH, where("no_such", "EQ", "9")).body["errors"] == [
        {
            "message": 'Property "no_such" does not exist',
            "code": "PROPERTY_DOESNT_EXIST",
            "context": {"propertyName": ["no_such"]},
        }
    ]


def test_a_changed_type_is_compared_as_the_new_one(portal: Portal, app: App, tickets: list[str]) -> None:
    """After a property became a number, its values compare as numbers."""
    app.patch(f"{TICKETS}/{tickets[0]}", {"properties": {"s": "9"}})
    app.patch(f"{TICKETS}/{tickets[1]}", {"properties": {"s": "10"}})
    assert found(app, tickets, where("s", "GT", "9")) == [2]
    app.patch("/crm/properties/2026-09/tickets/s", {"type": "number", "fieldType": "number"})
    assert found(app, tickets, where("s", "GT", "9")) == [1]


def test_a_large_range_comes_in_the_order_asked_for(portal: Portal, app: App) -> None:
    """Of many tickets those in a range come by id, or by another property, all of them, page by page."""
    portal.provision(DEFINITIONS)
    ids = [portal.has_ticket(f"Ticket {n}", n=str(n * 7 % 600), s=f"{n * 11 % 600:03}") for n in range(600)]
    expected = [at for at in range(600) if at * 7 % 600 >= 100]
    orders = {"hs_object_id": expected, "s": sorted(expected, key=lambda at: at * 11 % 600)}
    for sort, order in orders.items():
        search = where("n", "GTE", "100") | {"limit": 200, "sorts": [sort]}
        pages = [app.post(SEARCH, search | {"after": after}).body for after in (0, 200, 400)]
        assert [ids.index(result["id"]) for page in pages for result in page["results"]] == order
        assert {page["total"] for page in pages} == {500}
