"""Search: however it is carried out it finds the same, at once, and says why it does not."""

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


def where(name: str, operator: str, *values: str) -> dict[str, Any]:
    """A search by one filter."""
    several = operator in ("IN", "NOT_IN")
    compared: dict[str, Any] = {"values": list(values)} if several else {"value": values[0]} if values else {}
    return {"filterGroups": [{"filters": [one(name, operator, **compared)]}]}


def one(name: str, operator: str, **compared: Any) -> dict[str, Any]:
    """One filter."""
    return {"propertyName": name, "operator": operator, **compared}


def found(app: App, tickets: list[str], body: dict[str, Any]) -> list[int]:
    """Which of the tickets a search finds, in its order, having checked its total."""
    answer = app.post(SEARCH, body)
    assert answer.status == 200, answer.body
    assert answer.body["total"] == len(answer.body["results"])
    return [tickets.index(result["id"]) for result in answer.body["results"]]


@pytest.mark.parametrize("sorts", [[], ["n"], ["-n"], ["s"], ["-createdate"]], ids=str)
@pytest.mark.parametrize(
    "alone",
    [
        one("n", "EQ", value="9"),
        one("n", "NEQ", value="10"),
        one("n", "LT", value="100"),
        one("n", "LTE", value="10"),
        one("n", "GT", value="9"),
        one("n", "GTE", value="10"),
        one("n", "BETWEEN", value="10", highValue="100"),
        one("n", "IN", values=["100", "9"]),
        one("n", "NOT_IN", values=["100", "9"]),
        one("n", "HAS_PROPERTY"),
        one("n", "NOT_HAS_PROPERTY"),
        one("t", "GTE", value="2026-02-01"),
        one("s", "IN", values=["red car", "bicycle"]),
        one("s", "CONTAINS_TOKEN", value="car"),
        one("s", "NOT_CONTAINS_TOKEN", value="car"),
        one("e", "EQ", value="y"),
        one("e", "NOT_IN", values=["x", "z"]),
        one("hs_object_id", "GT", value="90000002"),
        one("createdate", "GTE", value="2026-03-02"),
    ],
    ids=lambda asked: " ".join(map(str, asked.values())),
)
def test_a_filter_alone_finds_what_it_finds_beside_another(
    app: App, tickets: list[str], alone: dict[str, Any], sorts: list[str]
) -> None:
    """One filter, which an index may answer, finds the same in the same order as beside one that always holds."""
    always = one("hs_object_id", "HAS_PROPERTY")
    both = [{"filterGroups": [{"filters": filters}], "sorts": sorts} for filters in ([alone], [alone, always])]
    by_index, by_looking = [found(app, tickets, body) for body in both]
    assert by_index == by_looking != []


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


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (
            where("n", "LIKE", "9"),
            'Invalid input JSON: operator "LIKE" is not one of the values accepted: [BETWEEN, CONTAINS_TOKEN, EQ, GT, '
            "GTE, HAS_PROPERTY, IN, LT, LTE, NEQ, NOT_CONTAINS_TOKEN, NOT_HAS_PROPERTY, NOT_IN]",
        ),
        ({"filterGroups": [{"filters": []}]}, "Invalid input JSON: a filter group lacks required fields: [filters]"),
        (
            {"filterGroups": [{"filters": [one("n", "HAS_PROPERTY")] * 7}]},
            "A search takes up to 5 filter groups of up to 6 filters, 18 filters in all",
        ),
        ({"sorts": ["n", "s"]}, "Invalid sorts: expected at most one, found 2"),
        (
            {"sorts": [{"propertyName": "n", "direction": "UP"}]},
            "Invalid sorts: direction must be ASCENDING or DESCENDING",
        ),
        ({"limit": 201}, "limit must be a whole number from 0 to 200"),
        ({"after": "nonsense"}, "The paging cursor is not valid"),
        ({"after": "10000"}, "A search gives up to 10000 results: after must be less than 10000"),
        ({"query": "x" * 3001}, "query must have at most 3000 characters"),
    ],
)
def test_a_refused_search_says_why(app: App, tickets: list[str], body: dict[str, Any], message: str) -> None:
    """Where HubSpot's words are not known, ours say what is wrong."""
    assert app.post(SEARCH, body).error == (400, "VALIDATION_ERROR", message)


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
