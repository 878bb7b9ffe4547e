"""What do unique values do: which record do they name, who is refused, and when are they free again?"""

import json
from typing import Any

from tests.claims.batches import (
    BATCH_ARCHIVE,
    BATCH_CREATE,
    BATCH_READ,
    BATCH_UPDATE,
    BATCH_UPSERT,
    OWN,
    asked,
    by_key,
    new,
)
from tests.claims.claim import DOCUMENTED, GUESSED, OURS, RECORDS, SEEN, SPEC, answer, effect, refusal
from tests.claims.hub import TYPE_IDS, Answer, Hub
from tests.claims.records import ARCHIVE, CREATE, READ, UPDATE

CONFLICT = "CONFLICTING_UNIQUE_VALUE"
WRITES = (CREATE, UPDATE, BATCH_CREATE, BATCH_UPDATE, BATCH_UPSERT)


def named(hub: Hub, name: str, value: str) -> str | None:
    """The id of the record that a unique value names."""
    found = hub.call(READ, query={"idProperty": name}, objectType=hub.type, objectId=value)
    return str(found.body["id"]) if found.status == 200 else None


def write(hub: Hub, id: str, given: dict[str, str]) -> Answer:
    """The write in question: a new record with these values, or this one with them."""
    change = {"id": id, "properties": given}
    bodies: dict[str, dict[str, Any]] = {
        CREATE: new(hub, **given),
        UPDATE: {"properties": given},
        BATCH_CREATE: {"inputs": [new(hub, **given)]},
        BATCH_UPDATE: {"inputs": [change]},
        BATCH_UPSERT: {"inputs": [change]},
    }
    return hub.does(bodies[hub.operation], objectId=id)


@effect(*WRITES, types=OWN, mark=DOCUMENTED, source=SPEC)
def names_its_record(hub: Hub) -> None:
    """A unique value that is written names its record from then on."""
    name, value = hub.has_property("unique"), hub.word()
    assert named(hub, name, value) is None
    answer = write(hub, hub.make(), {name: value})
    assert named(hub, name, value) == (answer.body.get("id") or answer.ids[0])


@effect(CREATE, BATCH_CREATE, types=("contacts",), mark=GUESSED, source=SEEN)
def address_names_its_contact(hub: Hub) -> None:
    """An e-mail address names its contact, in whatever case it is given."""
    given = hub.sample()
    answer = write(hub, "", {**given, "email": given["email"].upper()})
    id = answer.body.get("id") or answer.ids[0]
    assert [named(hub, "email", text) for text in (given["email"], given["email"].upper())] == [id, id]
    read = hub.read("contacts", id, "email")
    assert read is not None
    assert read["email"] == given["email"]


@effect(UPDATE, types=OWN, mark=DOCUMENTED, source=SPEC)
def changed_by_value(hub: Hub) -> None:
    """A record is changed by its unique value, also while that is set again."""
    name, value = hub.has_property("unique"), hub.word()
    id, text = hub.make(**{name: value}), hub.sample()[hub.key]
    changed = hub.does({"properties": {name: value, hub.key: text}}, query={"idProperty": name}, objectId=value)
    assert (changed.status, changed.body["id"]) == (200, id)
    read = hub.read(hub.type, id, hub.key, name)
    assert read is not None
    assert (read[hub.key], read[name]) == (text, value)


@answer(READ, types=OWN, mark=DOCUMENTED, source=SPEC)
def read_by_value(hub: Hub) -> None:
    """A record is read by its unique value, and not by one that it has given up."""
    name, values = hub.has_property("unique"), [hub.word(), hub.word()]
    id = hub.make(**{name: values[0]})
    for value in values:
        hub.call(UPDATE, {"properties": {name: value}}, objectType=hub.type, objectId=id)
        read = {one: hub.does(query={"idProperty": name}, objectId=one) for one in values}
        assert {one: answer.status for one, answer in read.items()} == {
            one: 200 if one == value else 404 for one in values
        }
        assert read[value].body["id"] == id


@effect(ARCHIVE, BATCH_ARCHIVE, types=OWN, mark=GUESSED, source=OURS)
def free_when_archived(hub: Hub) -> None:
    """The unique value of a record that is archived is free for another."""
    name, value = hub.has_property("unique"), hub.word()
    first = hub.make(**{name: value})
    hub.does({"inputs": [{"id": first}]} if hub.operation == BATCH_ARCHIVE else None, objectId=first)
    assert named(hub, name, value) is None
    second = hub.make(**{name: value})
    assert named(hub, name, value) == second


@effect(ARCHIVE, BATCH_ARCHIVE, types=("contacts",), mark=GUESSED, source=OURS)
def address_free_when_archived(hub: Hub) -> None:
    """The address of a contact that is archived is free for another."""
    given = hub.sample()
    first = hub.make(**given)
    hub.does({"inputs": [{"id": first}]} if hub.operation == BATCH_ARCHIVE else None, objectId=first)
    second = hub.make(**given)
    assert named(hub, "email", given["email"]) == second


@effect(UPDATE, BATCH_UPDATE, BATCH_UPSERT, types=OWN, mark=GUESSED, source=OURS)
def free_when_given_up(hub: Hub) -> None:
    """A unique value is free when its record has it emptied, or has another."""
    name = hub.has_property("unique")
    for after in ("", hub.word()):
        value = hub.word()
        first = hub.make(**{name: value})
        write(hub, first, {name: after})
        assert named(hub, name, value) is None
        second = hub.make(**{name: value})
        assert named(hub, name, value) == second


@refusal(*WRITES, types=OWN, mark=GUESSED, source="public third-party code, for a record of another type")
def taken(hub: Hub) -> None:
    """A unique value that another record has is a 400 which names the property and that record; nothing is written."""
    name, value = hub.has_property("unique"), hub.word()
    holder, other = hub.make(**{name: value}), hub.make()
    before = hub.listed(hub.type)
    refused = write(hub, other, {name: value})
    portal = hub.call("account GET /details").body["portalId"]
    type_id = next(id for id, type in TYPE_IDS.items() if type == hub.type)
    line = (
        f"Cannot set PropertyValueCoordinates{{portalId={portal}, objectTypeId={type_id}, propertyName={name}}}. "
        f"{holder} already has that value."
    )
    quoted = {"isValid": False, "message": line, "error": CONFLICT, "name": name}
    quoted |= {"localizedErrorMessage": line, "portalId": portal}
    words = f"Property values were not valid: [{json.dumps(quoted, separators=(',', ':'))}]"
    context = {"propertyName": [name], "conflictingObjectId": [holder]}
    assert refused.said == (400, "VALIDATION_ERROR", words)
    assert refused.body["errors"] == [{"message": line, "code": CONFLICT, "context": context}]
    assert (named(hub, name, value), hub.listed(hub.type)) == (holder, before)


@refusal(BATCH_CREATE, types=OWN, mark=GUESSED, source=OURS)
def taken_in_the_batch(hub: Hub) -> None:
    """A unique value that two inputs of a batch have refuses the batch; with trace ids, the second of them."""
    name, value = hub.has_property("unique"), hub.word()
    before = hub.listed(hub.type)
    refused = hub.does({"inputs": [new(hub, **{name: value}) for _ in range(2)]})
    assert refused.refused == (400, "VALIDATION_ERROR")
    assert [error["code"] for error in refused.body["errors"]] == [CONFLICT]
    assert hub.listed(hub.type) == before
    traced = hub.does({"inputs": [new(hub, **{name: value}) | {"objectWriteTraceId": trace} for trace in "ab"]})
    assert [result["objectWriteTraceId"] for result in traced.body["results"]] == ["a"]
    assert [error["context"] for error in traced.body["errors"]] == [{"objectWriteTraceId": ["b"]}]
    assert [error["errors"][0]["code"] for error in traced.body["errors"]] == [CONFLICT]
    assert named(hub, name, value) == traced.ids[0]


@refusal(*WRITES, types=("contacts",), mark=GUESSED, source=SEEN)
def contact_exists(hub: Hub) -> None:
    """An e-mail address that another contact has, in whatever case, is a 409 which names that contact."""
    given = hub.sample()
    holder, other = hub.make(**given), hub.make()
    before = hub.listed("contacts")
    refused = write(hub, other, {"email": given["email"].title()})
    assert refused.said == (409, "CONFLICT", f"Contact already exists. Existing ID: {holder}")
    assert (named(hub, "email", given["email"]), hub.listed("contacts")) == (holder, before)


@refusal(BATCH_UPSERT, types=OWN, mark=GUESSED, source=SEEN)
def value_named_twice(hub: Hub) -> None:
    """A unique value that a batch names twice is refused by name, and no record is made."""
    name, value = hub.has_property("unique"), hub.word()
    words = f"Duplicate IDs found in batch input: [{value}]. IDs must be unique"
    refused = hub.does({"inputs": [by_key(hub, name, value) for _ in range(2)]})
    assert refused.said == (400, "VALIDATION_ERROR", words)
    assert named(hub, name, value) is None


@refusal(READ, UPDATE, BATCH_READ, BATCH_UPDATE, BATCH_UPSERT, types=RECORDS, mark=GUESSED, source=OURS)
def only_unique_values_name(hub: Hub) -> None:
    """A property whose values are not unique names no record, and is refused."""
    name = {"contacts": "firstname", "companies": "name"}.get(hub.type, hub.key)
    given = hub.sample()
    id = hub.make(**given)
    entry = {"id": given[name], "idProperty": name, "properties": {name: "another"}}
    body: dict[str, Any] | None = {"inputs": [entry]}
    if hub.operation == BATCH_READ:
        body = asked(hub, given[name], idProperty=name)
    if hub.operation in (READ, UPDATE):
        body = {"properties": {name: "another"}} if hub.operation == UPDATE else None
    words = f"Property {name} of {hub.type} is not unique and cannot be used as idProperty"
    answer = hub.does(body, query={"idProperty": name}, objectId=given[name])
    assert answer.said == (400, "VALIDATION_ERROR", words)
    assert hub.history(hub.type, id, name) == [given[name]]


@refusal(READ, types=OWN, mark=GUESSED, source=OURS)
def no_record_has_it(hub: Hub) -> None:
    """A unique value that no record has is a 404, whatever is in it."""
    name = hub.has_property("unique")
    label = {"tickets": "TICKET", "contacts": "CONTACT", "companies": "COMPANY"}[hub.type]
    words = f"resource not found: no {label} with this {name}"
    for value in (hub.word(), "123#1", "a b/c"):
        assert hub.does(query={"idProperty": name}, objectId=value).said == (404, "OBJECT_NOT_FOUND", words)
