"""What does HubSpot do with records, many at once?"""

from typing import Any

from tests.claims.claim import DOCUMENTED, GUESSED, GUIDE, OURS, RECORDS, SEEN, SPEC, answer, effect
from tests.claims.hub import Hub
from tests.claims.records import ARCHIVE, ENDS, LINK, NAMES, UPDATE, inline

BATCH_READ = "objects POST /{objectType}/batch/read"
BATCH_CREATE = "objects POST /{objectType}/batch/create"
BATCH_UPDATE = "objects POST /{objectType}/batch/update"
BATCH_UPSERT = "objects POST /{objectType}/batch/upsert"
BATCH_ARCHIVE = "objects POST /{objectType}/batch/archive"
MOST = 100
OWN = ("tickets", "contacts", "companies")
"""Types that an account can give properties of its own."""


def asked(hub: Hub, *ids: str, **more: Any) -> dict[str, Any]:
    """A batch to be read."""
    names = {"properties": [hub.key], "propertiesWithHistory": []}
    return {**names, "inputs": [{"id": id} for id in ids], **more}


def new(hub: Hub, **properties: str) -> dict[str, Any]:
    """A record to be made."""
    return {"properties": {**hub.sample(), **properties}, "associations": []}


def by_key(hub: Hub, unique: str, value: str, /, **properties: str) -> dict[str, Any]:
    """A record to be made or changed under a unique value."""
    return {"id": value, "idProperty": unique, "properties": {**hub.sample(), **properties}}


@effect(BATCH_CREATE, types=NAMES, mark=DOCUMENTED, source=SPEC)
def create(hub: Hub) -> None:
    """A batch makes records, in the order given; each is read, listed and found."""
    inputs = [new(hub) for _ in range(3)]
    made = hub.does({"inputs": inputs})
    assert (made.status, made.body["status"]) == (201, "COMPLETE")
    assert made.body["startedAt"] <= made.body["completedAt"]
    values = [entry["properties"][hub.key] for entry in inputs]
    assert [result["properties"][hub.key] for result in made.body["results"]] == values
    read = [hub.read(hub.type, id, hub.key) for id in made.ids]
    assert [record and record[hub.key] for record in read] == values
    assert set(made.ids) <= {*hub.listed(hub.type)}
    assert hub.account.eventually(lambda: hub.found(hub.type, hub.key, values[2]) == [made.ids[2]])


@effect(BATCH_CREATE, types=RECORDS, mark=DOCUMENTED, source=SPEC)
def create_with_associations(hub: Hub) -> None:
    """A batch makes records with the associations of each."""
    to, kind = ENDS[hub.type]
    others = [hub.make(to) for _ in range(2)]
    inputs = [new(hub) | {"associations": [inline(other, kind)]} for other in others]
    made = hub.does({"inputs": inputs}).ids
    for id, other in zip(made, others, strict=True):
        assert kind in hub.linked(hub.type, id, to)[other]
        assert list(hub.linked(to, other, hub.type)) == [id]


@effect(BATCH_UPDATE, types=NAMES, mark=DOCUMENTED, source=SPEC)
def update(hub: Hub) -> None:
    """A batch changes records by their ids; each is read with its new value and its history."""
    values = [hub.sample()[hub.key] for _ in range(4)]
    ids = [hub.make(**{hub.key: value}) for value in values[:2]]
    hub.account.waits(1)
    inputs = [{"id": id, "properties": {hub.key: value}} for id, value in zip(ids, values[2:], strict=True)]
    changed = hub.does({"inputs": inputs})
    assert (changed.status, changed.body["status"], changed.ids) == (200, "COMPLETE", ids)
    assert [hub.history(hub.type, id, hub.key) for id in ids] == [[values[2], values[0]], [values[3], values[1]]]
    assert hub.account.eventually(lambda: hub.found(hub.type, hub.key, values[3]) == [ids[1]])


@effect(BATCH_UPDATE, types=OWN, mark=DOCUMENTED, source=SPEC)
def update_by_key(hub: Hub) -> None:
    """A batch changes a record by a unique value."""
    name, value = hub.has_property("unique"), hub.word()
    id, after = hub.make(**{name: value}), hub.sample()
    changed = hub.does({"inputs": [{"id": value, "idProperty": name, "properties": after}]})
    assert (changed.status, changed.ids) == (200, [id])
    read = hub.read(hub.type, id, *after, name)
    assert read is not None
    assert read.items() >= {**after, name: value}.items()


@effect(BATCH_UPSERT, types=(*OWN, "0-5"), mark=DOCUMENTED, source=SPEC)
def upsert(hub: Hub) -> None:
    """A batch changes the records that have a unique value and makes the others, and says which are new."""
    name, values = hub.has_property("unique"), [hub.word(), hub.word()]
    there = hub.make(**{name: values[0]})
    before = hub.listed(hub.type)
    inputs = [by_key(hub, name, value) for value in values]
    answer = hub.does({"inputs": inputs})
    assert (answer.status, [result["new"] for result in answer.body["results"]]) == (200, [False, True])
    assert answer.ids[0] == there
    assert hub.listed(hub.type) == [*before, answer.ids[1]]
    for id, entry in zip(answer.ids, inputs, strict=True):
        read = hub.read(hub.type, id, *entry["properties"], name)
        assert read is not None
        assert read.items() >= {**entry["properties"], name: entry["id"]}.items()
    again = hub.does({"inputs": inputs})
    assert [(result["id"], result["new"]) for result in again.body["results"]] == [(id, False) for id in answer.ids]
    assert hub.listed(hub.type) == [*before, answer.ids[1]]


@effect(BATCH_UPSERT, types=("contacts",), mark=DOCUMENTED, source=SPEC)
def upsert_by_address(hub: Hub) -> None:
    """A batch makes and changes contacts by their addresses."""
    given = hub.sample()
    for name in ("twelve", "thirteen"):
        entry = {"id": given["email"], "idProperty": "email", "properties": {"lastname": name}}
        id = hub.does({"inputs": [entry]}).ids[0]
        read = hub.read("contacts", id, "email", "lastname")
        assert read is not None
        assert (read["email"], read["lastname"]) == (given["email"], name)
    assert hub.account.eventually(lambda: hub.found("contacts", "email", given["email"]) == [id])


@effect(BATCH_UPSERT, types=RECORDS, mark=GUESSED, source=SEEN)
def upsert_by_id(hub: Hub) -> None:
    """A batch to be made or changed changes records by their ids."""
    id, value = hub.make(), hub.sample()[hub.key]
    answer = hub.does({"inputs": [{"id": id, "properties": {hub.key: value}}]})
    assert [(result["id"], result["new"]) for result in answer.body["results"]] == [(id, False)]
    assert hub.history(hub.type, id, hub.key)[0] == value


@effect(BATCH_ARCHIVE, types=NAMES, mark=DOCUMENTED, source=SPEC)
def archive(hub: Hub) -> None:
    """A batch archives records: they are read, listed and found no more, and the others stay."""
    value = hub.sample()[hub.key]
    gone, kept = [hub.make(**{hub.key: value}), hub.make()], hub.make()
    assert hub.account.eventually(lambda: hub.found(hub.type, hub.key, value) == gone[:1])
    answer = hub.does({"inputs": [{"id": id} for id in gone]})
    assert (answer.status, answer.body) == (204, None)
    assert [hub.read(hub.type, id) for id in gone] == [None, None]
    assert [hub.read(hub.type, id, archived=True) is None for id in gone] == [False, False]
    listed = hub.listed(hub.type)
    assert (kept in listed, {*gone} & {*listed}) == (True, set())
    assert hub.account.eventually(lambda: hub.found(hub.type, hub.key, value) == [])


@effect(BATCH_ARCHIVE, types=RECORDS, mark=GUESSED, source=OURS)
def archive_what_is_not_there(hub: Hub) -> None:
    """A batch archives what is there; what is archived or never was is no error."""
    id = hub.make()
    inputs = [{"id": "1"}, {"id": id}, {"id": id}]
    assert [hub.does({"inputs": inputs}).status for _ in range(2)] == [204, 204]
    assert hub.read(hub.type, id) is None


@effect(BATCH_ARCHIVE, types=RECORDS, mark=GUESSED, source=OURS)
def archive_unlinks(hub: Hub) -> None:
    """What a batch archives is at no other record's end."""
    to, _ = ENDS[hub.type]
    id, other = hub.make(), hub.make(to)
    hub.call(LINK, fromObjectType=hub.type, fromObjectId=id, toObjectType=to, toObjectId=other)
    assert list(hub.linked(to, other, hub.type)) == [id]
    hub.does({"inputs": [{"id": id}]})
    assert hub.linked(to, other, hub.type) == {}


@answer(BATCH_READ, types=NAMES, mark=DOCUMENTED, source=SPEC)
def read(hub: Hub) -> None:
    """A batch reads records by their ids, each once, with the properties and the history asked for."""
    values = [hub.sample()[hub.key] for _ in range(3)]
    ids = [hub.make(**{hub.key: value}) for value in values[:2]]
    body = asked(hub, *ids, ids[0], propertiesWithHistory=[hub.key])
    for history in ([values[0]], [values[2], values[0]]):
        answer = hub.does(body)
        assert (answer.status, answer.body["status"], {*answer.ids}) == (200, "COMPLETE", {*ids})
        assert len(answer.ids) == len(ids)
        read = next(result for result in answer.body["results"] if result["id"] == ids[0])
        assert read["properties"][hub.key] == history[0]
        assert [entry["value"] for entry in read["propertiesWithHistory"][hub.key]] == history
        hub.account.waits(1)
        hub.call(UPDATE, {"properties": {hub.key: values[2]}}, objectType=hub.type, objectId=ids[0])


@answer(BATCH_READ, types=OWN, mark=DOCUMENTED, source=SPEC)
def read_by_key(hub: Hub) -> None:
    """A batch reads records by a unique value."""
    name, values = hub.has_property("unique"), [hub.word(), hub.word()]
    ids = [hub.make(**{name: value}) for value in values]
    body = asked(hub, *values, idProperty=name)
    assert sorted(hub.does(body).ids) == sorted(ids)
    hub.call(ARCHIVE, objectType=hub.type, objectId=ids[0])
    assert hub.does(body).ids == ids[1:]


@answer(BATCH_READ, types=RECORDS, mark=DOCUMENTED, source=SPEC)
def read_archived(hub: Hub) -> None:
    """A batch reads archived records when they are asked for."""
    id = hub.make()
    assert hub.does(asked(hub, id), query={"archived": "true"}).ids == []
    hub.call(ARCHIVE, objectType=hub.type, objectId=id)
    answer = hub.does(asked(hub, id), query={"archived": "true"})
    assert [(result["id"], result["archived"]) for result in answer.body["results"]] == [(id, True)]


@effect(BATCH_CREATE, types=RECORDS, mark=DOCUMENTED, source=GUIDE)
def a_hundred(hub: Hub) -> None:
    """A batch makes a hundred records."""
    made = hub.does({"inputs": [new(hub) for _ in range(MOST)]})
    assert (made.status, len({*made.ids})) == (201, MOST)
    read = hub.call(BATCH_READ, asked(hub, *made.ids), objectType=hub.type)
    assert (read.status, {*read.ids}) == (200, {*made.ids})
    hub.call(BATCH_ARCHIVE, {"inputs": [{"id": id} for id in made.ids]}, objectType=hub.type)
