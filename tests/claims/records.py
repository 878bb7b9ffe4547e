"""What does HubSpot do when a record is made, changed or archived?"""

from typing import Any

from tests.claims.claim import DOCUMENTED, GUESSED, GUIDE, OURS, RECORDS, SEEN, SPEC, STATUS, effect, refusal
from tests.claims.hub import Hub

NAMES = (*RECORDS, "0-5")
"""A type is named in a path by its name or by its id."""
ENDS = {
    "tickets": ("contacts", 16),
    "contacts": ("tickets", 15),
    "companies": ("tickets", 340),
    "notes": ("tickets", 228),
}
MODIFIED = {"contacts": "lastmodifieddate"}
CREATED = {"notes": "hs_createdate"}

CREATE = "objects POST /{objectType}"
READ = "objects GET /{objectType}/{objectId}"
UPDATE = "objects PATCH /{objectType}/{objectId}"
ARCHIVE = "objects DELETE /{objectType}/{objectId}"
LINK = "record-associations PUT /{fromObjectType}/{fromObjectId}/associations/default/{toObjectType}/{toObjectId}"


def inline(id: str, type: int) -> dict[str, Any]:
    """An association as it stands beside the properties of a record to be made."""
    return {"to": {"id": id}, "types": [{"associationCategory": "HUBSPOT_DEFINED", "associationTypeId": type}]}


@effect(CREATE, types=NAMES, mark=DOCUMENTED, source=SPEC)
def create(hub: Hub) -> None:
    """A record that is made is read with what it was given, is listed, and is found."""
    given = hub.sample()
    made = hub.does({"properties": given, "associations": []})
    assert made.status == 201
    id = made.body["id"]
    assert {name: made.body["properties"][name] for name in given} == given
    read = hub.read(hub.type, id, *given)
    assert read is not None
    assert {name: read[name] for name in given} == given
    assert read["hs_object_id"] == id
    assert id in hub.listed(hub.type)
    assert hub.account.eventually(lambda: hub.found(hub.type, hub.key, given[hub.key]) == [id])


@effect(CREATE, types=RECORDS, mark=DOCUMENTED, source=SPEC)
def create_with_associations(hub: Hub) -> None:
    """A record is made with its associations, and each is seen from both ends."""
    to, kind = ENDS[hub.type]
    other = hub.make(to)
    id = hub.does({"properties": hub.sample(), "associations": [inline(other, kind)]}).body["id"]
    assert kind in hub.linked(hub.type, id, to)[other]
    assert id in hub.linked(to, other, hub.type)


@effect(CREATE, types=RECORDS, mark=GUESSED, source=SEEN)
def create_says(hub: Hub) -> None:
    """A new record's answer has the properties it was given, its id, and when it was made."""
    given = hub.sample()
    body = hub.does({"properties": given, "associations": []}).body
    own = {"hs_object_id", CREATED.get(hub.type, "createdate"), MODIFIED.get(hub.type, "hs_lastmodifieddate")}
    derived = {"hs_is_closed"} if hub.type == "tickets" else set()
    assert set(body["properties"]) == {*given, *own, *derived}
    assert body["properties"][CREATED.get(hub.type, "createdate")] == body["createdAt"]
    assert body["archived"] is False
    read = hub.call(READ, query={"properties": ",".join(body["properties"])}, objectType=hub.type, objectId=body["id"])
    assert read.body["properties"] == body["properties"]


@refusal(CREATE, types=RECORDS, mark=GUESSED, source=OURS)
def create_whole_or_not(hub: Hub) -> None:
    """A record with an association to nothing is refused, and neither it nor its other associations are made."""
    to, kind = ENDS[hub.type]
    other, before = hub.make(to), hub.listed(hub.type)
    ends = [inline(other, kind), inline("1", kind)]
    assert hub.does({"properties": hub.sample(), "associations": ends}).refused == (400, "VALIDATION_ERROR")
    assert hub.listed(hub.type) == before
    assert hub.linked(to, other, hub.type) == {}


@refusal(CREATE, types=RECORDS, mark=DOCUMENTED, source=SPEC)
def create_needs_properties(hub: Hub) -> None:
    """A record without properties is refused, and nothing is made."""
    before = hub.listed(hub.type)
    assert hub.does({"associations": []}).refused == (400, "VALIDATION_ERROR")
    assert hub.listed(hub.type) == before


@refusal(UPDATE, types=RECORDS, mark=DOCUMENTED, source=SPEC)
def update_needs_properties(hub: Hub) -> None:
    """A change without properties is refused, and nothing changes."""
    id = hub.make()
    before = hub.read(hub.type, id, hub.key)
    assert hub.does({}, objectId=id).refused == (400, "VALIDATION_ERROR")
    assert hub.read(hub.type, id, hub.key) == before


@effect(UPDATE, types=NAMES, mark=DOCUMENTED, source=SPEC)
def update(hub: Hub) -> None:
    """A changed record is read and found with its new value, and keeps the others."""
    given, other = hub.sample(), hub.sample()
    id = hub.make(**given)
    changed = hub.does({"properties": {hub.key: other[hub.key]}}, objectId=id)
    assert (changed.status, changed.body["id"]) == (200, id)
    read = hub.read(hub.type, id, *given)
    assert read is not None
    assert {name: read[name] for name in given} == {**given, hub.key: other[hub.key]}
    assert hub.account.eventually(lambda: hub.found(hub.type, hub.key, other[hub.key]) == [id])
    assert hub.account.eventually(lambda: hub.found(hub.type, hub.key, given[hub.key]) == [])


@effect(UPDATE, types=RECORDS, mark=DOCUMENTED, source=GUIDE)
def history_grows(hub: Hub) -> None:
    """Each value that a property has had stays in its history, the newest first."""
    values = [hub.sample()[hub.key] for _ in range(3)]
    id = hub.make(**{hub.key: values[0]})
    for value in values[1:]:
        hub.account.waits(1)
        hub.does({"properties": {hub.key: value}}, objectId=id)
    assert hub.history(hub.type, id, hub.key) == values[::-1]


@effect(UPDATE, types=("tickets", "contacts", "companies"), mark=DOCUMENTED, source=GUIDE)
def an_empty_text_clears(hub: Hub) -> None:
    """A property that is set to an empty text has no value any more, and its history says so."""
    name = {"tickets": "content", "contacts": "lastname", "companies": "description"}[hub.type]
    id = hub.make(**{name: "there"})
    hub.account.waits(1)
    hub.does({"properties": {name: ""}}, objectId=id)
    read = hub.read(hub.type, id, name)
    assert read is not None
    assert not read.get(name)
    assert hub.history(hub.type, id, name) == ["", "there"]


@effect(UPDATE, types=RECORDS, mark=GUESSED, source=OURS)
def the_same_again_is_no_change(hub: Hub) -> None:
    """Setting a value that is there already adds nothing to its history, setting another one does."""
    value, other = hub.sample()[hub.key], hub.sample()[hub.key]
    id = hub.make(**{hub.key: value})
    for given in (value, other, other):
        hub.account.waits(1)
        hub.does({"properties": {hub.key: given}}, objectId=id)
    assert hub.history(hub.type, id, hub.key) == [other, value]


@effect(ARCHIVE, types=NAMES, mark=DOCUMENTED, source=SPEC)
def archive(hub: Hub) -> None:
    """An archived record is read, listed and found no more, except among the archived ones."""
    given = hub.sample()
    id = hub.make(**given)
    assert hub.account.eventually(lambda: hub.found(hub.type, hub.key, given[hub.key]) == [id])
    gone = hub.does(objectId=id)
    assert (gone.status, gone.body) == (204, None)
    assert hub.read(hub.type, id) is None
    archived = hub.call(READ, query={"archived": "true"}, objectType=hub.type, objectId=id)
    assert (archived.status, archived.body["archived"], "archivedAt" in archived.body) == (200, True, True)
    assert id not in hub.listed(hub.type)
    assert hub.account.eventually(lambda: hub.found(hub.type, hub.key, given[hub.key]) == [])


@effect(ARCHIVE, types=RECORDS, mark=GUESSED, source=OURS)
def archive_unlinks(hub: Hub) -> None:
    """An archived record is at no other record's end."""
    to, _ = ENDS[hub.type]
    id, other = hub.make(), hub.make(to)
    hub.call(LINK, fromObjectType=hub.type, fromObjectId=id, toObjectType=to, toObjectId=other)
    assert id in hub.linked(to, other, hub.type)
    hub.does(objectId=id)
    assert hub.linked(to, other, hub.type) == {}


@effect(ARCHIVE, types=RECORDS, mark=GUESSED, source=OURS)
def archive_again(hub: Hub) -> None:
    """Archiving what is archived is no error and changes nothing."""
    id = hub.make()
    assert [hub.does(objectId=id).status for _ in range(2)] == [204, 204]
    assert hub.read(hub.type, id) is None
    assert hub.read(hub.type, id, archived=True) is not None


@refusal(READ, UPDATE, ARCHIVE, types=NAMES, mark=GUESSED, source=SEEN)
def no_such_record(hub: Hub) -> None:
    """A record that is not there is a 404, read, changed or archived."""
    body: dict[str, Any] | None = {"properties": {}} if hub.operation == UPDATE else None
    assert hub.does(body, objectId="1").refused == (404, "OBJECT_NOT_FOUND")


@refusal(READ, UPDATE, ARCHIVE, types=RECORDS, mark=GUESSED, source=OURS)
def no_such_record_is_named(hub: Hub) -> None:
    """A record that is not there is a 404 which names its type and id."""
    label = {"tickets": "TICKET", "contacts": "CONTACT", "companies": "COMPANY", "notes": "NOTE"}[hub.type]
    body: dict[str, Any] | None = {"properties": {}} if hub.operation == UPDATE else None
    assert hub.does(body, objectId="1").body["message"] == f"resource not found: no {label} with id 1"


@refusal(READ, UPDATE, types=RECORDS, mark=GUESSED, source=STATUS)
def archived_is_not_there(hub: Hub) -> None:
    """A record that is archived is a 404, read or changed."""
    id = hub.make()
    hub.call(ARCHIVE, objectType=hub.type, objectId=id)
    body = {"properties": {hub.key: hub.sample()[hub.key]}} if hub.operation == UPDATE else None
    assert hub.does(body, objectId=id).refused == (404, "OBJECT_NOT_FOUND")
    assert hub.read(hub.type, id, archived=True) is not None
