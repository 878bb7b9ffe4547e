"""What becomes of two records that are merged?"""

from typing import Any

from tests.claims.batches import BATCH_READ, OWN, asked
from tests.claims.claim import DOCUMENTED, GUESSED, OURS, SPEC, effect, refusal
from tests.claims.hub import Hub
from tests.claims.records import ARCHIVE, CREATE, ENDS, LINK, READ, UPDATE, inline
from tests.claims.unique import named

BACK = {"tickets": 15, "contacts": 16, "companies": 339}
"""The kinds of association that lead to each type from where ENDS has its other end."""

MERGE = "objects POST /{objectType}/merge"
CHANGELOG = "HubSpot's changelog: updated merge functionality"
ARTICLE = "HubSpot's knowledge base: merge records"
PRIMARY, UNLABELLED = 1, 279
"""The kinds of association from a contact to a company."""
UNLINK = "record-associations DELETE /{objectType}/{objectId}/associations/{toObjectType}/{toObjectId}"


def merged(hub: Hub, first: str, other: str) -> str:
    """The id of the record that two have become."""
    answer = hub.does({"primaryObjectId": first, "objectIdToMerge": other})
    assert answer.status == 200
    return str(answer.body["id"])


def reached(hub: Hub, *ids: str) -> list[str | None]:
    """The ids of the records that answer to these."""
    answers = [hub.call(READ, objectType=hub.type, objectId=id) for id in ids]
    return [answer.body["id"] if answer.status == 200 else None for answer in answers]


@effect(MERGE, types=OWN, mark=DOCUMENTED, source=CHANGELOG)
def one_of_two(hub: Hub) -> None:
    """Two merged records are one with an id of its own, which is read under both old ids, and listed and found once."""
    given = hub.sample()
    first, other = hub.make(**given), hub.make()
    before = hub.listed(hub.type)
    id = merged(hub, first, other)
    assert reached(hub, first, other, id) == [id] * 3
    assert hub.listed(hub.type) == [*(one for one in before if one not in (first, other)), id]
    assert hub.account.eventually(lambda: hub.found(hub.type, hub.key, given[hub.key]) == [id])
    read = hub.call(BATCH_READ, asked(hub, first, other, id), objectType=hub.type)
    assert (read.status, read.ids) == (200, [id])


@effect(MERGE, types=("0-5",), mark=DOCUMENTED, source=CHANGELOG)
def by_type_id(hub: Hub) -> None:
    """Records are merged under their type's id as well."""
    first, other = hub.make(), hub.make()
    id = merged(hub, first, other)
    assert reached(hub, first, other) == [id, id]


@effect(MERGE, types=OWN, mark=DOCUMENTED, source=CHANGELOG)
def the_first_s_values(hub: Hub) -> None:
    """The merged record has the first one's values."""
    values = hub.sample(), hub.sample()
    first, other = [hub.make(**given) for given in values]
    read = hub.read(hub.type, merged(hub, first, other), *values[0])
    assert read is not None
    assert {name: read[name] for name in values[0]} == values[0]


@effect(MERGE, types=OWN, mark=GUESSED, source=OURS)
def the_other_s_values(hub: Hub) -> None:
    """A value that only the other one has is kept."""
    name = {"tickets": "content", "contacts": "lastname", "companies": "description"}[hub.type]
    first, other = hub.make(), hub.make(**{name: "from the other"})
    read = hub.read(hub.type, merged(hub, first, other), name)
    assert read is not None
    assert read[name] == "from the other"


@effect(MERGE, types=OWN, mark=DOCUMENTED, source=ARTICLE)
def names_the_old_ids(hub: Hub) -> None:
    """The merged record names the ids there were."""
    first, other = hub.make(), hub.make()
    read = hub.read(hub.type, merged(hub, first, other), "hs_merged_object_ids")
    assert read is not None
    assert read["hs_merged_object_ids"].split(";") == [first, other]


@effect(MERGE, types=OWN, mark=GUESSED, source=OURS)
def history_of_both(hub: Hub) -> None:
    """The merged record has the history of both."""
    texts = [hub.sample()[hub.key] for _ in range(3)]
    first, other = hub.make(**{hub.key: texts[0]}), hub.make(**{hub.key: texts[1]})
    hub.account.waits(1)
    hub.call(UPDATE, {"properties": {hub.key: texts[2]}}, objectType=hub.type, objectId=first)
    id = merged(hub, first, other)
    assert hub.history(hub.type, id, hub.key) == [texts[2], texts[0], texts[1]]


@effect(MERGE, types=OWN, mark=DOCUMENTED, source=CHANGELOG)
def associations_of_both(hub: Hub) -> None:
    """The merged record has the associations of both, seen from every end and under every id."""
    to, kind = ENDS[hub.type]
    first, other = hub.make(), hub.make()
    ends = [hub.make(to), hub.make(to)]
    for id, end in zip((first, other), ends, strict=True):
        hub.call(LINK, fromObjectType=hub.type, fromObjectId=id, toObjectType=to, toObjectId=end)
    id = merged(hub, first, other)
    assert all(kind in hub.linked(hub.type, id, to)[end] for end in ends)
    assert [{*hub.linked(hub.type, one, to)} for one in (first, other)] == [{*ends}] * 2
    assert [list(hub.linked(to, end, hub.type)) for end in ends] == [[id], [id]]


@effect(MERGE, types=("contacts",), mark=GUESSED, source=OURS)
def one_primary_company(hub: Hub) -> None:
    """Of two primary companies the first contact's stays the primary one."""
    companies, contacts = [hub.make("companies") for _ in range(2)], []
    for company in companies:
        body = {"properties": hub.sample(), "associations": [inline(company, PRIMARY)]}
        contacts.append(hub.call(CREATE, body, objectType="contacts").body["id"])
    ends = hub.linked("contacts", merged(hub, *contacts), "companies")
    assert ends == {companies[0]: {PRIMARY, UNLABELLED}, companies[1]: {UNLABELLED}}


@effect(MERGE, types=OWN, mark=GUESSED, source=OURS)
def old_ids_are_written_to(hub: Hub) -> None:
    """What is changed, associated or archived under an old id is so of the merged record."""
    to, kind = ENDS[hub.type]
    first, other, end, text = hub.make(), hub.make(), hub.make(to), hub.sample()[hub.key]
    id = merged(hub, first, other)
    hub.call(UPDATE, {"properties": {hub.key: text}}, objectType=hub.type, objectId=other)
    read = hub.read(hub.type, id, hub.key)
    assert read is not None
    assert read[hub.key] == text
    hub.call(LINK, fromObjectType=hub.type, fromObjectId=first, toObjectType=to, toObjectId=end)
    assert kind in hub.linked(hub.type, id, to)[end]
    assert list(hub.linked(to, end, hub.type)) == [id]
    body = {"properties": hub.sample(to), "associations": [inline(other, BACK[hub.type])]}
    made = hub.call(CREATE, body, objectType=to).body["id"]
    assert {*hub.linked(hub.type, id, to)} == {end, made}
    hub.call(UNLINK, objectType=hub.type, objectId=other, toObjectType=to, toObjectId=end)
    assert {*hub.linked(hub.type, id, to)} == {made}
    hub.call(ARCHIVE, objectType=hub.type, objectId=first)
    assert reached(hub, first, other, id) == [None] * 3


@effect(MERGE, types=OWN, mark=GUESSED, source=OURS)
def again_and_again(hub: Hub) -> None:
    """A merged record is merged again, and every id there ever was reaches the last one."""
    ids = [hub.make() for _ in range(3)]
    last = merged(hub, merged(hub, ids[0], ids[1]), ids[2])
    assert reached(hub, *ids) == [last] * 3


@effect(MERGE, types=("contacts",), mark=DOCUMENTED, source=ARTICLE)
def both_addresses(hub: Hub) -> None:
    """A merged contact is known by both addresses, the first one's being its own."""
    given = [hub.sample(), hub.sample()]
    id = merged(hub, *[hub.make(**properties) for properties in given])
    addresses = [properties["email"] for properties in given]
    assert [named(hub, "email", address) for address in addresses] == [id, id]
    read = hub.read("contacts", id, "email", "hs_additional_emails")
    assert read is not None
    assert (read["email"], read["hs_additional_emails"]) == (addresses[0], addresses[1])


@effect(MERGE, types=("contacts",), mark=GUESSED, source=OURS)
def addresses_are_taken(hub: Hub) -> None:
    """Neither address of a merged contact is another's, until it is archived."""
    given = [hub.sample(), hub.sample()]
    id = merged(hub, *[hub.make(**properties) for properties in given])
    bodies = [{"properties": properties, "associations": []} for properties in given]
    refused = [hub.call(CREATE, body, objectType="contacts") for body in bodies]
    words = f"Contact already exists. Existing ID: {id}"
    assert [answer.said for answer in refused] == [(409, "CONFLICT", words)] * 2
    hub.call(ARCHIVE, objectType="contacts", objectId=id)
    assert [hub.call(CREATE, body, objectType="contacts").status for body in bodies] == [201, 201]


@effect(MERGE, types=OWN, mark=GUESSED, source=OURS)
def unique_values(hub: Hub) -> None:
    """The first one's unique value names the merged record; the other's is free."""
    name, values = hub.has_property("unique"), [hub.word(), hub.word()]
    first, other = [hub.make(**{name: value}) for value in values]
    id = merged(hub, first, other)
    assert [named(hub, name, value) for value in values] == [id, None]
    free = hub.make(**{name: values[1]})
    assert [named(hub, name, value) for value in values] == [id, free]


@effect(MERGE, types=("contacts",), mark=GUESSED, source=OURS)
def threads_of_both(hub: Hub) -> None:
    """The threads of a contact that was merged away are the merged one's, asked for under any id."""
    first, other = hub.make(), hub.make()
    chat = hub.by_hand.has_chat(contact=other).id
    id = merged(hub, first, other)
    for one in (first, other, id):
        threads = hub.call("conversations GET /threads", query={"associatedContactId": one, "threadStatus": "OPEN"})
        assert threads.ids == [chat]
    assert hub.call("conversations GET /threads/{threadId}", threadId=chat).body["associatedContactId"] == id


@refusal(MERGE, types=OWN, mark=GUESSED, source=OURS)
def with_itself(hub: Hub) -> None:
    """A record is not merged with itself, nor with what it was merged with before."""
    first, other = hub.make(), hub.make()
    label = {"tickets": "TICKET", "contacts": "CONTACT", "companies": "COMPANY"}[hub.type]
    words = f"Cannot merge {label} {{}} with itself"
    same = hub.does({"primaryObjectId": first, "objectIdToMerge": first})
    assert same.said == (400, "VALIDATION_ERROR", words.format(first))
    id = hub.does({"primaryObjectId": first, "objectIdToMerge": other}).body["id"]
    again = hub.does({"primaryObjectId": first, "objectIdToMerge": other})
    assert again.said == (400, "VALIDATION_ERROR", words.format(id))
    assert reached(hub, first, other) == [id, id]


@refusal(MERGE, types=OWN, mark=GUESSED, source=OURS)
def with_nothing(hub: Hub) -> None:
    """A record is not merged with one that is not there, or is archived; both stay as they are."""
    first, gone = hub.make(), hub.make()
    hub.call(ARCHIVE, objectType=hub.type, objectId=gone)
    for other in ("1", gone):
        pairs = [(first, other), (other, first)]
        bodies = [{"primaryObjectId": one, "objectIdToMerge": two} for one, two in pairs]
        assert [hub.does(body).refused for body in bodies] == [(404, "OBJECT_NOT_FOUND")] * 2
    assert reached(hub, first, gone) == [first, None]


@refusal(MERGE, types=OWN, mark=DOCUMENTED, source=SPEC)
def needs_two_ids(hub: Hub) -> None:
    """A merge names two records."""
    id = hub.make()
    bodies: list[dict[str, Any]] = [{}, {"primaryObjectId": id}, {"objectIdToMerge": id}]
    assert [hub.does(body).refused for body in bodies] == [(400, "VALIDATION_ERROR")] * 3
    assert reached(hub, id) == [id]


@refusal(
    MERGE, types=("notes",), mark=DOCUMENTED, source="HubSpot's OpenAPI files: that of notes has no merge; status ours"
)
def not_of_every_type(hub: Hub) -> None:
    """Notes are not merged."""
    first, other = hub.make(), hub.make()
    assert hub.does({"primaryObjectId": first, "objectIdToMerge": other}).refused == (400, "VALIDATION_ERROR")
    assert reached(hub, first, other) == [first, other]
