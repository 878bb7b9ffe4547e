"""Lags: search and reads of associations that are behind, by the clock, while reads by id are not."""

import pytest

from harness.portal import Portal
from harness.portal.weather_rules import Rule
from tests.harness.portal.app import TICKETS, App

SEARCH = f"{TICKETS}/search"


def test_search_lags_by_the_clock(portal: Portal, app: App) -> None:
    """Within the lag search shows what was before; reads by id are right all the time."""
    portal.provision([{"name": "n", "label": "n", "type": "number", "fieldType": "number"}])
    tickets = [portal.has_ticket(f"Ticket {n}", n=str(n)) for n in (9, 10, 100)]
    portal.weather.search_lags(30)
    new = portal.has_ticket("New", n="50")
    app.patch(f"{TICKETS}/{tickets[2]}", {"properties": {"n": "1"}})
    app.delete(f"{TICKETS}/{tickets[1]}")
    filters = [{"propertyName": "n", "operator": "GTE", "value": "10"}]
    search = {"filterGroups": [{"filters": filters}], "properties": ["n"]}
    before = app.post(SEARCH, search).body["results"]
    assert [(r["id"], r["properties"]["n"]) for r in before] == [(tickets[1], "10"), (tickets[2], "100")]
    assert app.get(f"{TICKETS}/{new}").status == 200
    portal.clock.advance(31)
    assert [result["id"] for result in app.post(SEARCH, search).body["results"]] == [new]
    portal.weather.search_lags(0)
    portal.has_ticket("At once", n="51")
    assert app.post(SEARCH, search).body["total"] == 2


def test_reads_of_associations_lag_by_the_clock(portal: Portal, app: App) -> None:
    """Within the lag both ends show the associations as they were before."""
    portal.weather.associations_lag(5)
    contact = portal.has_contact("a@example.org")
    ticket = portal.has_ticket("Help", contact=contact)
    paths = [
        f"/crm/v4/objects/contacts/{contact}/associations/tickets",
        f"/crm/v4/objects/tickets/{ticket}/associations/contacts",
    ]
    assert [app.get(path).body["results"] for path in paths] == [[], []]
    portal.clock.advance(6)
    assert [len(app.get(path).body["results"]) for path in paths] == [1, 1]
    app.delete(f"/crm/v4/objects/tickets/{ticket}/associations/contacts/{contact}")
    assert [len(app.get(path).body["results"]) for path in paths] == [1, 1]
    portal.weather.clears()
    assert [app.get(path).body["results"] for path in paths] == [[], []]


def test_a_lagging_search_goes_by_associations_and_words_too(portal: Portal, app: App) -> None:
    """A new ticket is found neither by its contact nor by its words until the lag is over."""
    contact = portal.has_contact("a@example.org")
    portal.weather.search_lags(10)
    ticket = portal.has_ticket("Lost parcel", contact=contact)
    by_contact = {"propertyName": "associations.contact", "operator": "EQ", "value": contact}
    searches = [{"filterGroups": [{"filters": [by_contact]}]}, {"query": "parcel"}]
    assert [app.post(SEARCH, search).body["total"] for search in searches] == [0, 0]
    portal.clock.advance(11)
    found = [app.post(SEARCH, search).body["results"] for search in searches]
    assert [[result["id"] for result in results] for results in found] == [[ticket], [ticket]]


def test_lags_are_weather_as_data_too(portal: Portal) -> None:
    """A lag can be asked for as seeds and controls do, is forecast, is set anew, and ends with the weather."""
    portal.weather.add(Rule("search_lags", seconds=30))
    portal.weather.add(Rule("associations_lag", seconds=2.5))
    portal.weather.add(Rule("search_lags", seconds=5))
    ahead = [(rule.kind, rule.seconds) for rule in portal.weather.forecast()]
    assert ahead == [("search_lags", 5.0), ("associations_lag", 2.5)]
    assert (portal.world.lags.search, portal.world.lags.associations) == (5000, 2500)
    portal.weather.clears()
    assert portal.weather.forecast() == []


def test_a_lag_takes_seconds_alone(portal: Portal) -> None:
    """What narrows other weather down says nothing of a lag, and is refused."""
    with pytest.raises(ValueError, match=r"^weather search_lags: expected seconds alone, .*, found more$"):
        portal.weather.add(Rule("search_lags", seconds=5, times=2))
