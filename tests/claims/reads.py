"""What does HubSpot show of a record, and of all of them?"""

from typing import Any

from harness.portal.versions import D03, D09, V3
from tests.claims.claim import DOCUMENTED, GUESSED, GUIDE, OURS, RECORDS, SEEN, SPEC, answer, refusal
from tests.claims.hub import TYPE_IDS, Hub
from tests.claims.records import ARCHIVE, CREATED, ENDS, LINK, MODIFIED, NAMES, READ, UPDATE

LIST = "objects GET /{objectType}"
FILLED = {"tickets": "content", "contacts": "lastname", "companies": "description"}
TEXT_OR_NULL = "HubSpot's guide to deals and public third-party code; its OpenAPI files say that every value is text"
USUAL: dict[str, dict[str, str]] = {
    "tickets": {"content": "there", "hs_ticket_category": "PRODUCT_ISSUE", "hs_ticket_priority": "LOW"},
    "contacts": {"lastname": "twelve"},
    "companies": {},
    "notes": {},
}


def own(type: str) -> set[str]:
    """What every answer about a record of a type has."""
    name = TYPE_IDS.get(type, type)
    return {"hs_object_id", CREATED.get(name, "createdate"), MODIFIED.get(name, "hs_lastmodifieddate")}


@answer(READ, types=NAMES, mark=DOCUMENTED, source=SPEC)
def asked_for(hub: Hub) -> None:
    """A record is read with the properties asked for, as they are now, and a name that is no property is ignored."""
    id = hub.make()
    for _ in range(2):
        value = hub.sample()[hub.key]
        hub.call(UPDATE, {"properties": {hub.key: value}}, objectType=hub.type, objectId=id)
        read = hub.does(query={"properties": f"{hub.key},no_such_property"}, objectId=id).body
        assert (read["id"], read["archived"], read["properties"][hub.key]) == (id, False, value)
        assert set(read["properties"]) == {hub.key, *own(hub.type)}


@answer(READ, types=RECORDS, mark=DOCUMENTED, source=GUIDE)
def the_usual(hub: Hub) -> None:
    """Unasked, a record shows the usual properties of its type, and when it was changed."""
    given = hub.sample()
    id = hub.make(**given)
    before = hub.does(objectId=id).body
    hub.account.waits(1)
    now = {**USUAL[hub.type], hub.key: hub.sample()[hub.key]}
    hub.call(UPDATE, {"properties": now}, objectType=hub.type, objectId=id)
    after = hub.does(objectId=id).body
    shown = {} if hub.type == "notes" else {**given, **now}
    assert {name: after["properties"][name] for name in shown} == shown
    assert set(after["properties"]) == {*shown, *own(hub.type)}
    assert after["updatedAt"] > before["updatedAt"]
    assert after["createdAt"] == before["createdAt"]


@answer(READ, LIST, types=tuple(FILLED), versions=(D09,), mark=DOCUMENTED, source=SPEC)
def unset_is_null(hub: Hub) -> None:
    """In 2026-09 a property without a value is null."""
    assert _emptied(hub)[FILLED[hub.type]] is None


@answer(READ, LIST, types=tuple(FILLED), versions=(V3, D03), mark=GUESSED, source=TEXT_OR_NULL)
def unset_was_null_too(hub: Hub) -> None:
    """Before 2026-09 too a property without a value is null."""
    assert _emptied(hub)[FILLED[hub.type]] is None


def _emptied(hub: Hub) -> dict[str, str | None]:
    name = FILLED[hub.type]
    id = hub.make(**{name: "there"})
    assert _shown(hub, id, name)[name] == "there"
    hub.call(UPDATE, {"properties": {name: ""}}, objectType=hub.type, objectId=id)
    return _shown(hub, id, name)


def _shown(hub: Hub, id: str, name: str) -> dict[str, str | None]:
    if hub.operation == READ:
        properties: dict[str, str | None] = hub.does(query={"properties": name}, objectId=id).body["properties"]
        return properties
    shown: dict[str, str | None] = _everything(hub, properties=name)[id]["properties"]
    return shown


@answer(READ, types=RECORDS, mark=DOCUMENTED, source=SPEC)
def history(hub: Hub) -> None:
    """A record's history has each value with its time, the newest first."""
    values = [hub.sample()[hub.key] for _ in range(2)]
    id = hub.make(**{hub.key: values[0]})
    query = {"propertiesWithHistory": hub.key}
    first = hub.does(query=query, objectId=id).body["propertiesWithHistory"][hub.key]
    assert [entry["value"] for entry in first] == values[:1]
    hub.account.waits(1)
    hub.call(UPDATE, {"properties": {hub.key: values[1]}}, objectType=hub.type, objectId=id)
    read = hub.does(query=query, objectId=id).body
    entries = read["propertiesWithHistory"][hub.key]
    assert read["properties"][hub.key] == values[1]
    assert [entry["value"] for entry in entries] == values[::-1]
    assert entries[0]["timestamp"] > entries[1]["timestamp"]


@answer(READ, types=RECORDS, mark=GUESSED, source=SEEN)
def history_says_who(hub: Hub) -> None:
    """What an app wrote has the source INTEGRATION in a record's history."""
    id, query = hub.make(), {"propertiesWithHistory": hub.key}
    for many in (1, 2):
        entries = hub.does(query=query, objectId=id).body["propertiesWithHistory"][hub.key]
        assert [entry["sourceType"] for entry in entries] == ["INTEGRATION"] * many
        hub.account.waits(1)
        hub.call(UPDATE, {"properties": {hub.key: hub.sample()[hub.key]}}, objectType=hub.type, objectId=id)


@answer(READ, LIST, types=RECORDS, mark=DOCUMENTED, source=SPEC)
def with_associations(hub: Hub) -> None:
    """A record shows the ids of what it is associated with, of the types asked for, and ignores unknown ones."""
    to, _ = ENDS[hub.type]
    id, other = hub.make(), hub.make(to)
    assert "associations" not in _with_ends(hub, id, to)
    hub.call(LINK, fromObjectType=hub.type, fromObjectId=id, toObjectType=to, toObjectId=other)
    ends = _with_ends(hub, id, to)["associations"]
    assert list(ends) == [to]
    assert {end["id"] for end in ends[to]["results"]} == {other}


def _with_ends(hub: Hub, id: str, to: str) -> dict[str, Any]:
    asked = f"{to},no_such_type"
    if hub.operation == LIST:
        return _everything(hub, associations=asked)[id]
    read: dict[str, Any] = hub.does(query={"associations": asked}, objectId=id).body
    return read


@answer(READ, types=RECORDS, mark=DOCUMENTED, source=SPEC)
def archived_when_asked(hub: Hub) -> None:
    """Asked for as archived, a record is there once it is archived, and not before."""
    id = hub.make()
    assert hub.does(query={"archived": "true"}, objectId=id).status == 404
    hub.call(ARCHIVE, objectType=hub.type, objectId=id)
    read = hub.does(query={"archived": "true"}, objectId=id)
    assert (read.status, read.body["id"], read.body["archived"]) == (200, id, True)
    assert read.body["archivedAt"] >= read.body["createdAt"]


@answer(LIST, types=NAMES, mark=DOCUMENTED, source=SPEC)
def list_grows(hub: Hub) -> None:
    """A list has every record once, the new one too, the oldest first."""
    before = list(_everything(hub))
    made = [hub.make() for _ in range(2)]
    assert list(_everything(hub)) == [*before, *made]


@answer(LIST, types=RECORDS, mark=DOCUMENTED, source=SPEC)
def list_shows(hub: Hub) -> None:
    """A list shows the properties asked for, as they are now."""
    id = hub.make()
    for _ in range(2):
        value = hub.sample()[hub.key]
        hub.call(UPDATE, {"properties": {hub.key: value}}, objectType=hub.type, objectId=id)
        assert _everything(hub, properties=hub.key)[id]["properties"][hub.key] == value


@answer(LIST, types=RECORDS, mark=DOCUMENTED, source=SPEC)
def list_with_history(hub: Hub) -> None:
    """A list shows the history of properties, up to fifty records a page."""
    values = [hub.sample()[hub.key] for _ in range(2)]
    id = hub.make(**{hub.key: values[0]})
    for shown in (values[:1], values[::-1]):
        listed = _everything(hub, limit="50", propertiesWithHistory=hub.key)[id]
        assert [entry["value"] for entry in listed["propertiesWithHistory"][hub.key]] == shown
        hub.account.waits(1)
        hub.call(UPDATE, {"properties": {hub.key: values[1]}}, objectType=hub.type, objectId=id)


@answer(LIST, types=RECORDS, mark=DOCUMENTED, source=SPEC)
def list_of_archived(hub: Hub) -> None:
    """Archived records have a list of their own."""
    id = hub.make()
    assert id not in _everything(hub, archived="true")
    hub.call(ARCHIVE, objectType=hub.type, objectId=id)
    listed = _everything(hub, archived="true")
    assert (listed[id]["archived"], "archivedAt" in listed[id]) == (True, True)
    assert id not in _everything(hub)


@answer(LIST, types=RECORDS, mark=DOCUMENTED, source=SPEC)
def list_by_page(hub: Hub) -> None:
    """A list comes in pages of ten unless a limit is given, and the cursor of each leads to the next."""
    made = [hub.make() for _ in range(11)]
    usual = hub.does()
    assert len(usual.ids) == 10
    after = usual.body["paging"]["next"]["after"]
    following = hub.does(query={"after": after, "limit": "1"}).ids
    both = hub.does(query={"limit": "11"}).ids
    assert [*usual.ids, *following] == both
    assert len({*_everything(hub, limit="3")} & {*made}) == 11


@answer(LIST, types=RECORDS, mark=GUESSED, source="a guess of ours: the cursor's place survives what is archived")
def list_goes_on(hub: Hub) -> None:
    """What is archived between two pages makes no other record drop out."""
    made = [hub.make() for _ in range(6)]
    pages = [hub.does(query={"limit": "2"})]
    hub.call(ARCHIVE, objectType=hub.type, objectId=pages[0].ids[0])
    while "paging" in pages[-1].body:
        pages.append(hub.does(query={"limit": "2", "after": pages[-1].body["paging"]["next"]["after"]}))
        assert len(pages) < 1000
    seen = [id for page in pages for id in page.ids]
    assert [id for id in seen if id in made] == made


def _everything(hub: Hub, **query: str) -> dict[str, dict[str, Any]]:
    """All that the list in question has, page by page."""
    asked = {"limit": "100", **query}
    found: dict[str, dict[str, Any]] = {}
    while True:
        page = hub.does(query=asked).body
        assert not found.keys() & {result["id"] for result in page["results"]}
        found |= {result["id"]: result for result in page["results"]}
        if "paging" not in page:
            return found
        asked["after"] = page["paging"]["next"]["after"]


@refusal(LIST, types=RECORDS, mark=DOCUMENTED, source=SPEC)
def list_limits(hub: Hub) -> None:
    """A page has up to a hundred records, and up to fifty with history."""
    assert hub.does(query={"limit": "101"}).refused == (400, "VALIDATION_ERROR")
    with_history = {"limit": "51", "propertiesWithHistory": hub.key}
    assert hub.does(query=with_history).refused == (400, "VALIDATION_ERROR")


@refusal(LIST, types=RECORDS, mark=GUESSED, source=OURS)
def list_makes_no_sense(hub: Hub) -> None:
    """A page of no records, a cursor that nobody gave out and an answer that is neither yes nor no are refused."""
    for query in ({"limit": "0"}, {"limit": "many"}, {"after": "nonsense"}, {"archived": "maybe"}):
        assert hub.does(query=query).refused == (400, "VALIDATION_ERROR")


@refusal(READ, types=RECORDS, mark=GUESSED, source=SEEN)
def no_number(hub: Hub) -> None:
    """An id that is no number is a 404 which says so."""
    words = "Object not found.  objectId are usually numeric."
    assert hub.does(objectId="no-number").said == (404, "OBJECT_NOT_FOUND", words)


@refusal(READ, types=("no_such_type", "0-999"), mark=GUESSED, source=SEEN)
def no_such_type(hub: Hub) -> None:
    """A type that nobody knows is a 400 which names it."""
    words = f"Unable to infer object type from: {hub.type}"
    assert hub.does(objectId="1").said == (400, "VALIDATION_ERROR", words)


@refusal(READ, types=("conversations", "0-11"), mark=GUESSED, source=SEEN)
def conversations_are_not_read(hub: Hub) -> None:
    """Conversations are a type whose records the API does not reach."""
    assert hub.does(objectId="1").status == 404
