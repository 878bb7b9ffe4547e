"""In which order and how far does a search give what it finds?"""

import json

from tests.claims.batches import BATCH_CREATE, OWN, new
from tests.claims.claim import DOCUMENTED, GUESSED, OURS, RECORDS, answer
from tests.claims.hub import Hub
from tests.claims.reads import own
from tests.claims.records import ARCHIVE, NAMES, UPDATE
from tests.claims.search import SEARCH, SEARCH_GUIDE, Some, finds, search, where

DESCENDING = "DESCENDING"
QUERIED = {
    "contacts": ("firstname", "lastname", "email", "phone", "company"),
    "companies": ("name", "domain", "phone", "website"),
    "tickets": ("subject", "content"),
    "notes": ("hs_note_body",),
}
"""Where the words of a query are looked for."""


@answer(SEARCH, types=OWN, mark=DOCUMENTED, source=SEARCH_GUIDE)
def one_sort(hub: Hub) -> None:
    """Results come in the order of a property, either way, numbers by their size."""
    number, some = hub.has_property("number"), Some(hub)
    assert some.found(sorts=[{"propertyName": number, "direction": DESCENDING}]) == []
    some.are_made({number: "10"}, {number: "9"}, {number: "100"})
    assert some.found(sorts=[{"propertyName": number, "direction": "ASCENDING"}]) == [1, 0, 2]
    assert some.found(sorts=[{"propertyName": number, "direction": DESCENDING}]) == [2, 0, 1]


@answer(SEARCH, types=OWN, mark=GUESSED, source="public third-party code, and the spec, whose sorts are texts")
def sorts_as_text(hub: Hub) -> None:
    """A sort may be a property's name, with - before it for the other way, or an object written as text."""
    number, some = hub.has_property("number"), Some(hub)
    assert some.found(sorts=[f"-{number}"]) == []
    some.are_made({number: "10"}, {number: "9"}, {number: "100"})
    assert [some.found(sorts=[sort]) for sort in (number, f"-{number}")] == [[1, 0, 2], [2, 0, 1]]
    assert some.found(sorts=[json.dumps({"propertyName": number, "direction": DESCENDING})]) == [2, 0, 1]


@answer(SEARCH, types=OWN, mark=GUESSED, source=OURS)
def nothing_comes_last(hub: Hub) -> None:
    """What has no value of the property comes last, either way."""
    number, some = hub.has_property("number"), Some(hub)
    assert some.found(sorts=[number]) == []
    some.are_made({}, {number: "9"}, {number: "10"})
    assert [some.found(sorts=[sort]) for sort in (number, f"-{number}")] == [[1, 2, 0], [2, 1, 0]]


@answer(SEARCH, types=OWN, mark=DOCUMENTED, source=SEARCH_GUIDE)
def oldest_first(hub: Hub) -> None:
    """Without sorts the oldest comes first, and by the time of making either may."""
    some = Some(hub)
    assert some.found() == []
    for _ in range(3):
        hub.account.waits(1)
        some.are_made({})
    assert some.found() == [0, 1, 2]
    assert some.found(sorts=[{"propertyName": "createdate", "direction": DESCENDING}]) == [2, 1, 0]


@answer(SEARCH, types=("tickets",), mark=GUESSED, source=OURS)
def said_to_be_old(hub: Hub) -> None:
    """A ticket that is said to have been made earlier comes first by that time."""
    some = Some(hub)
    assert some.found(sorts=["createdate"]) == []
    some.are_made({}, {"createdate": "2020-01-01T00:00:00Z"})
    assert some.found(sorts=["createdate"]) == [1, 0]


@answer(SEARCH, types=RECORDS, mark=DOCUMENTED, source=SEARCH_GUIDE)
def by_words(hub: Hub) -> None:
    """A query finds the records that have its words, in whatever case, in the properties usual for their type."""
    for name in QUERIED[hub.type]:
        word = hub.word()
        value = {"email": f"{word}@example.org", "domain": f"{word}.example.org"}.get(name, f"About {word}")
        asked = {**search(), "query": word.upper()}
        assert hub.does(asked).ids == []
        id = hub.make(**{name: value})
        assert finds(hub, asked, id)


@answer(SEARCH, types=OWN, mark=GUESSED, source=OURS)
def by_beginnings(hub: Hub) -> None:
    """A query finds words by how they begin, all of them, and beside it the filters must hold."""
    some = Some(hub)
    assert some.found(query="parc") == []
    name = {"tickets": "content", "contacts": "lastname", "companies": "name"}[hub.type]
    some.are_made({name: "Lost parcel"}, {name: "Broken glass"}, {name: "Late parcel"})
    assert [some.found(query=query) for query in ("parc", "PARCEL late", "arcel")] == [[0, 2], [2], []]


@answer(SEARCH, types=RECORDS, mark=DOCUMENTED, source=SEARCH_GUIDE)
def shows_what_is_asked(hub: Hub) -> None:
    """Results show the properties asked for, as they are now, and else the usual ones."""
    value, after, id = hub.sample()[hub.key], hub.sample()[hub.key], hub.make()
    asked = search([where("hs_object_id", "EQ", id)], properties=[hub.key, "no_such_property"])
    for text in (value, after):
        hub.call(UPDATE, {"properties": {hub.key: text}}, objectType=hub.type, objectId=id)
        assert hub.account.eventually(lambda: hub.found(hub.type, hub.key, text) == [id])  # noqa: B023 - called at once
        found = hub.does(asked).body["results"][0]
        assert (found["id"], found["properties"][hub.key]) == (id, text)
        assert set(found["properties"]) == {hub.key, *own(hub.type)}
    usual = hub.does({**asked, "properties": []}).body["results"][0]["properties"]
    assert usual.get(hub.key) == (None if hub.type == "notes" else after)


@answer(SEARCH, types=OWN, mark=DOCUMENTED, source=SEARCH_GUIDE)
def by_page(hub: Hub) -> None:
    """A search comes in pages of ten unless a limit is given; every result comes once, and total counts all."""
    some = Some(hub)
    asked = search([some.mark])
    assert hub.does(asked).body["total"] == 0
    some.are_made(*[{} for _ in range(12)])
    del asked["limit"]
    usual = hub.does(asked)
    assert (usual.body["total"], usual.ids) == (12, some.ids[:10])
    seen, after = [], "0"
    for _ in range(3):
        page = hub.does({**asked, "limit": 5, "after": after})
        assert page.body["total"] == 12
        seen += page.ids
        after = page.body.get("paging", {}).get("next", {}).get("after", "")
    assert (seen, after) == (some.ids, "")


@answer(SEARCH, types=OWN, mark=GUESSED, source=OURS)
def pages_go_on(hub: Hub) -> None:
    """A page asked for after something was archived begins so many results further on, as they are now."""
    some = Some(hub)
    some.are_made(*[{} for _ in range(6)])
    first = hub.does(search([some.mark], limit=3))
    hub.call(ARCHIVE, objectType=hub.type, objectId=some.ids[4])
    after = first.body["paging"]["next"]["after"]
    assert finds(hub, search([some.mark], limit=3, after=after), some.ids[3], some.ids[5])


@answer(SEARCH, types=OWN, mark=GUESSED, source=OURS)
def no_results_wanted(hub: Hub) -> None:
    """With a limit of nothing a search counts alone."""
    some = Some(hub)
    for total in (0, 2):
        assert hub.does(search([some.mark], limit=0)).body == {"total": total, "results": []}
        some.are_made({}, {})


@answer(SEARCH, types=OWN, mark=DOCUMENTED, source=SEARCH_GUIDE)
def two_hundred(hub: Hub) -> None:
    """A page of a search has up to two hundred results."""
    some = Some(hub)
    asked = search([some.mark], limit=200)
    assert hub.does(asked).ids == []
    mark = {some.mark["propertyName"]: some.mark["value"]}
    for many in (100, 100, 1):
        hub.call(BATCH_CREATE, {"inputs": [new(hub, **mark) for _ in range(many)]}, objectType=hub.type)
    assert hub.account.eventually(lambda: hub.does(asked).body["total"] == 201)
    assert len({*hub.does(asked).ids}) == 200


@answer(SEARCH, types=NAMES, mark=DOCUMENTED, source=SEARCH_GUIDE)
def everything(hub: Hub) -> None:
    """A search without filters goes through all records."""
    asked = {**search(), "filterGroups": [], "sorts": [{"propertyName": "hs_object_id", "direction": DESCENDING}]}
    hub.does(asked)
    id = hub.make()
    assert hub.account.eventually(lambda: hub.does(asked).ids[:1] == [id])
