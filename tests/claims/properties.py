"""What does HubSpot do with property definitions: made, changed, put away, one by one and many at once?"""

from typing import Any

from harness.portal.versions import D09
from tests.claims.claim import DOCUMENTED, GUESSED, OURS, SPEC, answer, effect
from tests.claims.hub import Hub

ALL, NEW = "properties GET /{objectType}", "properties POST /{objectType}"
ONE = "properties GET /{objectType}/{propertyName}"
CHANGE = "properties PATCH /{objectType}/{propertyName}"
ARCHIVE = "properties DELETE /{objectType}/{propertyName}"
READ_MANY = "properties POST /{objectType}/batch/read"
NEW_MANY = "properties POST /{objectType}/batch/create"
ARCHIVE_MANY = "properties POST /{objectType}/batch/archive"

TYPES = ("tickets", "contacts", "companies")
GROUPS = {"tickets": "ticketinformation", "contacts": "contactinformation", "companies": "companyinformation"}
CHOICES = [{"label": text, "value": text, "displayOrder": at, "hidden": False} for at, text in enumerate("ab")]


def a_property(hub: Hub, **given: Any) -> dict[str, Any]:
    """What a request for a property says whose name nothing has."""
    plain = {"type": "string", "fieldType": "text", "groupName": GROUPS[hub.type or "tickets"]}
    return {"name": f"visitor_{hub.word()}", "label": "Chat thread", **plain, **given}


def has_property(hub: Hub, **given: Any) -> str:
    """The account has a property; returns its name."""
    body = a_property(hub, **given)
    made = hub.call(NEW, body, objectType=hub.type or "tickets")
    assert made.status == 201, made.body
    return str(body["name"])


def defined(hub: Hub, name: str, archived: bool = False) -> dict[str, Any] | None:
    """A definition as it is read; None when there is none."""
    query = {"archived": str(archived).lower()}
    read = hub.call(ONE, query=query, objectType=hub.type or "tickets", propertyName=name)
    return dict(read.body) if read.status == 200 else None


def names(hub: Hub, archived: bool = False) -> set[str]:
    """The names of all definitions."""
    query = {"archived": str(archived).lower()}
    return {each["name"] for each in hub.call(ALL, query=query, objectType=hub.type or "tickets").body["results"]}


@effect(NEW, types=TYPES, mark=DOCUMENTED, source=SPEC)
def create(hub: Hub) -> None:
    """A property that is made is read and listed as its answer has it, and records have values of it."""
    given = a_property(hub, description="whose", formField=False, hidden=False, displayOrder=2, hasUniqueValue=False)
    made = hub.does(given)
    assert (made.status, made.body | given) == (201, made.body)
    constant = {"archived": False, "hubspotDefined": False, "calculated": False, "externalOptions": False}
    assert (made.body | constant, made.body["options"]) == (made.body, [])
    assert made.body["modificationMetadata"] == {
        "archivable": True,
        "readOnlyDefinition": False,
        "readOnlyValue": False,
    }
    assert defined(hub, given["name"]) == made.body
    assert given["name"] in names(hub)
    id = hub.make(hub.type, **{given["name"]: "42"})
    read = hub.read(hub.type, id, given["name"])
    assert read is not None
    assert read[given["name"]] == "42"


@effect(NEW, types=TYPES, mark=DOCUMENTED, source=SPEC)
def create_unique(hub: Hub) -> None:
    """A record is read under its value of a unique property, and no other record is given that value."""
    name = hub.does(a_property(hub, hasUniqueValue=True)).body["name"]
    value = hub.word()
    id = hub.make(hub.type, **{name: value})
    path: dict[str, Any] = {"objectType": hub.type, "objectId": value}
    read = hub.call("objects GET /{objectType}/{objectId}", query={"idProperty": name}, **path)
    assert read.body["id"] == id
    body = {"properties": {**hub.sample(hub.type), name: value}, "associations": []}
    assert hub.call("objects POST /{objectType}", body, objectType=hub.type).status == 400


@effect(NEW, types=TYPES, mark=DOCUMENTED, source=SPEC)
def create_options(hub: Hub) -> None:
    """A property with options takes their values and no other."""
    made = hub.does(a_property(hub, type="enumeration", fieldType="select", options=CHOICES)).body
    assert [(option["value"], option["label"]) for option in made["options"]] == [("a", "a"), ("b", "b")]
    assert hub.read(hub.type, hub.make(hub.type, **{made["name"]: "b"})) is not None
    body = {"properties": {**hub.sample(hub.type), made["name"]: "c"}, "associations": []}
    assert hub.call("objects POST /{objectType}", body, objectType=hub.type).status == 400


@answer(ALL, types=TYPES, mark=DOCUMENTED, source=SPEC)
def list_all(hub: Hub) -> None:
    """A list has every definition in use, HubSpot's own and the account's; archived ones are a list of their own."""
    before = [each["name"] for each in hub.does().body["results"]]
    new, gone = has_property(hub), has_property(hub)
    hub.call(ARCHIVE, objectType=hub.type, propertyName=gone)
    after = [each["name"] for each in hub.does().body["results"]]
    assert (len(after), set(after)) == (len(before) + 1, {*before, new})
    assert "createdate" in after
    archived = {each["name"]: each["archived"] for each in hub.does(query={"archived": "true"}).body["results"]}
    assert (gone in archived, new in archived, set(archived.values())) == (True, False, {True})


@answer(ALL, types=TYPES, mark=GUESSED, source=OURS)
def list_some(hub: Hub) -> None:
    """A list can be of some names."""
    one = f"visitor_{hub.word()}"
    asked = {"properties": f"createdate,{one}"}
    assert [each["name"] for each in hub.does(query=asked).body["results"]] == ["createdate"]
    has_property(hub, name=one)
    assert {each["name"] for each in hub.does(query=asked).body["results"]} == {"createdate", one}


@answer(ONE, types=TYPES, mark=DOCUMENTED, source=SPEC)
def read(hub: Hub) -> None:
    """A definition is read as it is now, and once it is archived only as such, with the moment."""
    name = has_property(hub)
    before = hub.does(propertyName=name).body
    hub.call(CHANGE, {"label": "Thread"}, objectType=hub.type, propertyName=name)
    after = hub.does(propertyName=name).body
    assert after | {"updatedAt": ""} == before | {"label": "Thread", "updatedAt": ""}
    hub.call(ARCHIVE, objectType=hub.type, propertyName=name)
    assert hub.does(propertyName=name).status == 404
    archived = hub.does(propertyName=name, query={"archived": "true"}).body
    assert (archived["name"], archived["archived"], "archivedAt" in archived) == (name, True, True)


@effect(CHANGE, types=TYPES, mark=DOCUMENTED, source=SPEC)
def change(hub: Hub) -> None:
    """What is given of a definition changes and the rest stays, its name and uniqueness always, and it has a date."""
    name = has_property(hub, hasUniqueValue=True)
    before = defined(hub, name)
    assert before is not None
    hub.account.waits(1)
    given = {"label": "Thread", "description": "whose", "hidden": True}
    changed = hub.does({**given, "name": "other", "hasUniqueValue": False}, propertyName=name)
    assert changed.status == 200
    after = defined(hub, name)
    assert after is not None
    assert after | {"updatedAt": ""} == before | given | {"updatedAt": ""}
    assert after["updatedAt"] > before["updatedAt"]


@effect(CHANGE, types=TYPES, mark=DOCUMENTED, source=SPEC)
def change_options(hub: Hub) -> None:
    """New options take the place of the former ones, and the values of the former are refused from then on."""
    name = has_property(hub, type="enumeration", fieldType="select", options=CHOICES[:1])
    hub.does({"options": CHOICES[1:]}, propertyName=name)
    after = defined(hub, name)
    assert after is not None
    assert [option["value"] for option in after["options"]] == ["b"]
    assert hub.read(hub.type, hub.make(hub.type, **{name: "b"})) is not None
    body = {"properties": {**hub.sample(hub.type), name: "a"}, "associations": []}
    assert hub.call("objects POST /{objectType}", body, objectType=hub.type).status == 400


@effect(ARCHIVE, ARCHIVE_MANY, types=TYPES, mark=DOCUMENTED, source=SPEC)
def archive(hub: Hub) -> None:
    """An archived property is read as archived alone; records show its values no more and take none."""
    name = has_property(hub)
    id = hub.make(hub.type, **{name: "42"})
    many = hub.operation == ARCHIVE_MANY
    gone = hub.does({"inputs": [{"name": name}]}) if many else hub.does(propertyName=name)
    assert (gone.status, gone.body) == (204, None)
    assert (defined(hub, name), name in names(hub), name in names(hub, archived=True)) == (None, False, True)
    read = hub.read(hub.type, id, name)
    assert read is not None
    assert name not in read
    body = {"properties": {**hub.sample(hub.type), name: "42"}, "associations": []}
    assert hub.call("objects POST /{objectType}", body, objectType=hub.type).status == 400


@effect(ARCHIVE_MANY, mark=DOCUMENTED, source=SPEC)
def archive_again(hub: Hub) -> None:
    """A batch is archived whatever its properties were before: in use, archived, or not there at all."""
    used, archived, none = has_property(hub), has_property(hub), f"visitor_{hub.word()}"
    hub.call(ARCHIVE, objectType="tickets", propertyName=archived)
    inputs = [{"name": name} for name in (none, archived, used)]
    assert hub.does({"inputs": inputs}, objectType="tickets").status == 204
    assert {used, archived} <= names(hub, archived=True)
    assert defined(hub, used) is None


@effect(NEW_MANY, types=TYPES, mark=DOCUMENTED, source=SPEC)
def create_many(hub: Hub) -> None:
    """A batch makes each of its properties; it is a 201, in 2026-09 a 200."""
    given = [a_property(hub), a_property(hub, type="number", fieldType="number")]
    made = hub.does({"inputs": given})
    assert (made.status, made.body["status"]) == (200 if hub.version == D09 else 201, "COMPLETE")
    assert [defined(hub, each["name"]) for each in given] == made.body["results"]


@answer(READ_MANY, types=TYPES, mark=DOCUMENTED, source=SPEC)
def read_many(hub: Hub) -> None:
    """A batch read has the definitions in use, or the archived ones; those that are not there are errors of a 207."""
    one, other = has_property(hub), f"visitor_{hub.word()}"
    body = {"inputs": [{"name": one}, {"name": other}], "archived": False, "dataSensitivity": "non_sensitive"}
    before = hub.does(body)
    assert (before.status, before.body["results"], before.body["numErrors"]) == (207, [defined(hub, one)], 1)
    has_property(hub, name=other)
    after = hub.does(body)
    assert (after.status, after.body["results"]) == (200, [defined(hub, one), defined(hub, other)])
    hub.call(ARCHIVE, objectType=hub.type, propertyName=one)
    archived = hub.does({**body, "archived": True}).body["results"]
    assert archived == [defined(hub, one, archived=True)]
