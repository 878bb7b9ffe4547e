"""What does HubSpot do with associations: which record belongs with which, as what, seen from both ends?"""

from typing import Any

from harness.portal.versions import DATED, V4
from tests.claims.claim import DOCUMENTED, GUESSED, GUIDE, OURS, RECORDS, SEEN, SPEC, effect
from tests.claims.hub import TYPE_IDS, Answer, Hub

ONE = "record-associations PUT /{objectType}/{objectId}/associations/{toObjectType}/{toObjectId}"
PLAIN = "record-associations PUT /{fromObjectType}/{fromObjectId}/associations/default/{toObjectType}/{toObjectId}"
SEPARATE = "record-associations DELETE /{objectType}/{objectId}/associations/{toObjectType}/{toObjectId}"
READ_ONE = "record-associations GET /{objectType}/{objectId}/associations/{toObjectType}"
BATCH = "associations POST /{fromObjectType}/{toObjectType}/batch/"
READ, MANY, MANY_PLAIN = f"{BATCH}read", f"{BATCH}create", f"{BATCH}associate/default"
SEPARATE_MANY, UNLABEL = f"{BATCH}archive", f"{BATCH}labels/archive"

IDS = "association_type.py of HubSpot's Python client"
HUBSPOT = "HUBSPOT_DEFINED"
ID_OF = {name: id for id, name in TYPE_IDS.items()}
FORTH = (
    ("tickets", 16, "contacts", 15),
    ("tickets", 339, "companies", 340),
    ("contacts", 279, "companies", 280),
    ("notes", 228, "tickets", 227),
    ("notes", 202, "contacts", 201),
    ("notes", 190, "companies", 189),
)
SAME = (("tickets", 452), ("contacts", 449), ("companies", 450))
BOTH = [*FORTH, *((end, back, start, forth) for start, forth, end, back in FORTH)]
KINDS = [*BOTH, *((type, id, type, id) for type, id in SAME)]
"""A type, the id of the plain association from it, the other type, and the id from there."""

Kinds = set[tuple[str, int, str | None]]


def spec(*ids: int) -> list[dict[str, Any]]:
    """Types of association, as a request names them."""
    return [{"associationCategory": HUBSPOT, "associationTypeId": id} for id in ids]


def pair(start: str, end: str, *ids: int) -> dict[str, Any]:
    """Two records, and as what they are associated."""
    return {"from": {"id": start}, "to": {"id": end}, **({"types": spec(*ids)} if ids else {})}


def plain(*ids: int) -> Kinds:
    """Types of association without a label, as an answer names them."""
    return {(HUBSPOT, id, None) for id in ids}


def seen(hub: Hub, start: str, id: str, end: str, other: str) -> Kinds:
    """As what a record is associated with another, told from its end: category, id and label of each type."""
    given = {"inputs": [{"id": id}]}
    read = hub.call(READ, given, fromObjectType=start, toObjectType=end)
    ends = [each for result in read.body["results"] for each in result["to"] if each["toObjectId"] == other]
    return {(kind["category"], kind["typeId"], kind.get("label")) for each in ends for kind in each["associationTypes"]}


def on(hub: Hub, start: str, id: str, end: str, other: str, body: Any = None) -> Answer:
    """The operation in question on two records. `body` is an input's types where many are named at once."""
    if "batch" not in hub.operation:
        ids: dict[str, Any] = {"objectId": id, "fromObjectId": id, "toObjectId": other}
        return hub.does(body, objectType=start, fromObjectType=start, toObjectType=end, **ids)
    to: Any = [{"id": other}] if hub.operation == SEPARATE_MANY else {"id": other}
    entry = {"from": {"id": id}, "to": to, **({"types": body} if body is not None else {})}
    return hub.does({"inputs": [entry]}, fromObjectType=start, toObjectType=end)


def associated(hub: Hub, start: str, id: str, end: str, other: str, *ids: int) -> None:
    """Two records are associated, by another operation than the one in question."""
    made = hub.call(ONE, spec(*ids), objectType=start, objectId=id, toObjectType=end, toObjectId=other)
    assert made.status == 201, made.body


@effect(ONE, MANY, types=RECORDS, mark=DOCUMENTED, source=IDS)
def associate(hub: Hub) -> None:
    """Each type of association has one id at either end, and both ends show it."""
    for start, forth, end, back in KINDS:
        if start != hub.type:
            continue
        id, other = hub.make(start), hub.make(end)
        made = on(hub, start, id, end, other, spec(forth))
        whole: dict[str, Any] = {"fromObjectTypeId": ID_OF[start], "fromObjectId": id}
        whole |= {"toObjectTypeId": ID_OF[end], "toObjectId": other, "labels": []}
        assert (made.body["results"] if "batch" in hub.operation else [made.body]) == [whole]
        assert seen(hub, start, id, end, other) == plain(forth)
        assert seen(hub, end, other, start, id) == plain(back)


@effect(MANY, mark=DOCUMENTED, source=SPEC)
def associate_many(hub: Hub) -> None:
    """A batch associates each of its pairs; it is a 201, in 2026-09 a 200."""
    contact, tickets = hub.make("contacts"), [hub.make("tickets") for _ in range(3)]
    made = hub.does(
        {"inputs": [pair(id, contact, 16) for id in tickets]}, fromObjectType="tickets", toObjectType="contacts"
    )
    assert made.status == (200 if hub.version == DATED[-1] else 201)
    assert [(each["fromObjectId"], each["toObjectId"]) for each in made.body["results"]] == [
        (id, contact) for id in tickets
    ]
    assert hub.linked("contacts", contact, "tickets") == {id: {15} for id in tickets}


@effect(ONE, MANY, PLAIN, MANY_PLAIN, mark=GUESSED, source=OURS)
def associate_again(hub: Hub) -> None:
    """Associating two records a second time is no error and no change."""
    ticket, contact = hub.make("tickets"), hub.make("contacts")
    body = spec(16) if hub.operation in (ONE, MANY) else None
    statuses = {on(hub, "tickets", ticket, "contacts", contact, body).status for _ in range(2)}
    assert len(statuses & {200, 201}) == 1
    assert hub.linked("contacts", contact, "tickets") == {ticket: {15}}


@effect(PLAIN, MANY_PLAIN, types=RECORDS, mark=DOCUMENTED, source=SPEC)
def associate_plain(hub: Hub) -> None:
    """The default association is the one without a label; the answer has it in both directions."""
    for start, forth, end, back in KINDS:
        if start != hub.type:
            continue
        id, other = hub.make(start), hub.make(end)
        made = on(hub, start, id, end, other)
        assert (made.status, made.body["status"], made.body["results"]) == (
            200,
            "COMPLETE",
            [
                {"from": {"id": id}, "to": {"id": other}, "associationSpec": spec(forth)[0]},
                {"from": {"id": other}, "to": {"id": id}, "associationSpec": spec(back)[0]},
            ],
        )
        assert seen(hub, start, id, end, other) == plain(forth)
        assert seen(hub, end, other, start, id) == plain(back)


@effect(ONE, MANY, mark=DOCUMENTED, source=GUIDE)
def associate_primary(hub: Hub) -> None:
    """A primary company is a plain one, too, at both ends; a new one leaves the former as a plain one."""
    for start, forth, back in (("contacts", (279, 1), (280, 2)), ("tickets", (339, 26), (340, 25))):
        id, old, new = hub.make(start), hub.make("companies"), hub.make("companies")
        for company in (old, new):
            made = on(hub, start, id, "companies", company, spec(forth[1])).body
            assert (made["results"][0] if "batch" in hub.operation else made)["labels"] == ["Primary"]
        assert seen(hub, start, id, "companies", old) == plain(forth[0])
        assert seen(hub, "companies", old, start, id) == plain(back[0])
        assert seen(hub, start, id, "companies", new) == {*plain(forth[0]), (HUBSPOT, forth[1], "Primary")}
        assert seen(hub, "companies", new, start, id) == {*plain(back[0]), (HUBSPOT, back[1], "Primary")}


@effect(ONE, MANY, mark=GUESSED, source=OURS)
def associate_primary_back(hub: Hub) -> None:
    """A company that is made primary from its own end takes the place of the former one as well."""
    contact, old, new = hub.make("contacts"), hub.make("companies"), hub.make("companies")
    for company in (old, new):
        on(hub, "companies", company, "contacts", contact, spec(2))
    assert seen(hub, "contacts", contact, "companies", old) == plain(279)
    assert seen(hub, "contacts", contact, "companies", new) == {*plain(279), (HUBSPOT, 1, "Primary")}


@effect(ONE, MANY, SEPARATE, SEPARATE_MANY, UNLABEL, mark=DOCUMENTED, source=GUIDE)
def name_company(hub: Hub) -> None:
    """A contact's associatedcompanyid is its primary company, and nothing once that is taken away."""
    contact, company = hub.make("contacts"), hub.make("companies")
    makes = hub.operation in (ONE, MANY)
    if not makes:
        associated(hub, "contacts", contact, "companies", company, 1)
    on(hub, "contacts", contact, "companies", company, spec(1) if makes or hub.operation == UNLABEL else None)
    read = hub.read("contacts", contact, "associatedcompanyid")
    assert read is not None
    assert (read.get("associatedcompanyid") or "") == (company if makes else "")


@effect(ONE, MANY, mark=GUESSED, source=SEEN)
def associate_thread(hub: Hub) -> None:
    """A ticket and a thread are associated as 32 by the thread's own id, under each name of its type."""
    for name in ("conversation", "conversations", "0-11"):
        chat, ticket = hub.by_hand.has_chat().id, hub.make("tickets")
        on(hub, "tickets", ticket, name, chat, spec(32))
        assert seen(hub, "tickets", ticket, name, chat) == plain(32)
        assert seen(hub, name, chat, "tickets", ticket) == plain(31)


@effect(ONE, MANY, SEPARATE, SEPARATE_MANY, UNLABEL, mark=GUESSED, source=SEEN)
def count_threads(hub: Hub) -> None:
    """A ticket counts its threads in hs_num_associated_conversations, also when one is taken away."""
    chats, ticket = [hub.by_hand.has_chat().id for _ in range(2)], hub.make("tickets")
    makes = hub.operation in (ONE, MANY)
    for chat in chats[:1] if makes else chats:
        associated(hub, "tickets", ticket, "conversation", chat, 32)
    body = spec(32) if makes or hub.operation == UNLABEL else None
    on(hub, "tickets", ticket, "conversation", chats[1], body)
    count = hub.read("tickets", ticket, "hs_num_associated_conversations")
    assert count is not None
    assert count["hs_num_associated_conversations"] == ("2" if makes else "1")


@effect("objects POST /{objectType}", "objects POST /{objectType}/batch/create", mark=DOCUMENTED, source=SPEC)
def associate_inline(hub: Hub) -> None:
    """A record that is made with associations has them at once, and so have the other ends."""
    contact, company = hub.make("contacts"), hub.make("companies")
    ends = [{"to": {"id": contact}, "types": spec(16)}, {"to": {"id": company}, "types": spec(26)}]
    body = {"properties": hub.sample("tickets"), "associations": ends}
    many = "batch" in hub.operation
    made = hub.does({"inputs": [body]} if many else body, objectType="tickets").body
    ticket = (made["results"][0] if many else made)["id"]
    assert seen(hub, "tickets", ticket, "contacts", contact) == plain(16)
    assert seen(hub, "contacts", contact, "tickets", ticket) == plain(15)
    assert seen(hub, "companies", company, "tickets", ticket) == {*plain(340), (HUBSPOT, 25, "Primary")}


@effect(SEPARATE, SEPARATE_MANY, mark=DOCUMENTED, source=SPEC)
def separate(hub: Hub) -> None:
    """Two records are separated whole, at both ends; others stay."""
    contact, company, other = hub.make("contacts"), hub.make("companies"), hub.make("companies")
    associated(hub, "contacts", contact, "companies", company, 1)
    associated(hub, "contacts", contact, "companies", other, 279)
    gone = on(hub, "contacts", contact, "companies", company)
    in_v4 = hub.version == V4 or hub.operation == SEPARATE
    assert (gone.status, None if in_v4 else gone.body["results"]) == ((204, None) if in_v4 else (200, []))
    assert seen(hub, "contacts", contact, "companies", company) == set()
    assert seen(hub, "companies", company, "contacts", contact) == set()
    assert seen(hub, "contacts", contact, "companies", other) == plain(279)


@effect(SEPARATE_MANY, mark=DOCUMENTED, source=SPEC)
def separate_several(hub: Hub) -> None:
    """One input names a record and all those that it is separated from."""
    contact, tickets = hub.make("contacts"), [hub.make("tickets") for _ in range(3)]
    for ticket in tickets:
        associated(hub, "contacts", contact, "tickets", ticket, 15)
    entry = {"from": {"id": contact}, "to": [{"id": id} for id in tickets[:2]]}
    hub.does({"inputs": [entry]}, fromObjectType="contacts", toObjectType="tickets")
    assert hub.linked("contacts", contact, "tickets") == {tickets[2]: {15}}
    assert hub.linked("tickets", tickets[0], "contacts") == {}


@effect(SEPARATE, SEPARATE_MANY, mark=GUESSED, source=OURS)
def separate_again(hub: Hub) -> None:
    """Separating two records that are not associated is no error."""
    contact, ticket = hub.make("contacts"), hub.make("tickets")
    associated(hub, "contacts", contact, "tickets", ticket, 15)
    statuses = [on(hub, "contacts", contact, "tickets", ticket).status for _ in range(2)]
    assert statuses[0] == statuses[1] < 300
    assert hub.linked("tickets", ticket, "contacts") == {}


@effect(UNLABEL, mark=DOCUMENTED, source=SPEC)
def unlabel(hub: Hub) -> None:
    """Without its label an association is a plain one; the plain one takes every label with it, at both ends."""
    contact, company = hub.make("contacts"), hub.make("companies")
    for taken, left, back in ((1, plain(279), plain(280)), (279, set(), set())):
        associated(hub, "contacts", contact, "companies", company, 1)
        gone = on(hub, "contacts", contact, "companies", company, spec(taken))
        assert gone.status == (204 if hub.version == V4 else 200)
        assert seen(hub, "contacts", contact, "companies", company) == left
        assert seen(hub, "companies", company, "contacts", contact) == back
