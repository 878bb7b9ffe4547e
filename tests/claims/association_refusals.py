"""Which associations does HubSpot refuse to make, and what does it say of a record that has none?"""

from typing import Any

from tests.claims.associations import (
    MANY,
    MANY_PLAIN,
    ONE,
    PLAIN,
    READ,
    READ_ONE,
    SEPARATE,
    SEPARATE_MANY,
    UNLABEL,
    on,
    pair,
    seen,
    spec,
)
from tests.claims.claim import DOCUMENTED, GUESSED, GUIDE, OURS, SEEN, SPEC, STATUS, refusal
from tests.claims.hub import Answer, Hub

CREATE, CREATE_MANY = "objects POST /{objectType}", "objects POST /{objectType}/batch/create"
NOBODY = "9"


def why(answer: Answer) -> tuple[int, str]:
    """The status of a refusal, also of a batch of one, and its category."""
    error = answer.body["errors"][0] if answer.status == 207 else answer.body
    return answer.status, error["category"]


def refused(hub: Hub, status: int) -> int:
    """The status of an input that is refused: in a batch the others are carried out."""
    return 207 if "batch" in hub.operation else status


@refusal(ONE, MANY, UNLABEL, mark=GUESSED, source=STATUS)
def wrong_kind(hub: Hub) -> None:
    """A type of association that is not one between these two types of record is a 400; nothing is associated."""
    ticket, contact = hub.make("tickets"), hub.make("contacts")
    for kind in (15, 339, 987_654):
        answer = on(hub, "tickets", ticket, "contacts", contact, spec(kind))
        assert why(answer) == (refused(hub, 400), "VALIDATION_ERROR")
    assert seen(hub, "contacts", contact, "tickets", ticket) == set()


@refusal(ONE, MANY, PLAIN, MANY_PLAIN, mark=GUESSED, source=OURS)
def no_end(hub: Hub) -> None:
    """A record that is not there, at either end, is a 404, in a batch an error of the 207."""
    ticket, contact = hub.make("tickets"), hub.make("contacts")
    body = spec(16) if hub.operation in (ONE, MANY) else None
    for start, end in ((ticket, NOBODY), (NOBODY, contact)):
        answer = on(hub, "tickets", start, "contacts", end, body)
        assert why(answer) == (refused(hub, 404), "OBJECT_NOT_FOUND")
    assert hub.linked("contacts", contact, "tickets") == {}
    assert hub.linked("tickets", ticket, "contacts") == {}


@refusal(MANY, MANY_PLAIN, mark=DOCUMENTED, source=SPEC)
def some_fail(hub: Hub) -> None:
    """Of a batch the good ones are made and the others named in a 207."""
    ticket, contact = hub.make("tickets"), hub.make("contacts")
    kinds = (16,) if hub.operation == MANY else ()
    inputs = [pair(NOBODY, contact, *kinds), pair(ticket, contact, *kinds), {"from": {"id": ticket}}]
    answer = hub.does({"inputs": inputs}, fromObjectType="tickets", toObjectType="contacts")
    assert (answer.status, answer.body["numErrors"]) == (207, 2)
    assert [error["category"] for error in answer.body["errors"]] == ["OBJECT_NOT_FOUND", "VALIDATION_ERROR"]
    assert seen(hub, "contacts", contact, "tickets", ticket) == {("HUBSPOT_DEFINED", 15, None)}


@refusal(PLAIN, MANY_PLAIN, mark=GUESSED, source=OURS)
def no_plain_kind(hub: Hub) -> None:
    """Between types that have no default association none can be made."""
    answer = on(hub, "notes", hub.make("notes"), "conversations", NOBODY)
    assert answer.refused == (400, "VALIDATION_ERROR")


@refusal(ONE, MANY, mark=GUESSED, source=OURS)
def no_kind(hub: Hub) -> None:
    """Without any type, or with a category that there is none of, two records are not associated."""
    ticket, contact = hub.make("tickets"), hub.make("contacts")
    for given in ([], [{"associationCategory": "MINE", "associationTypeId": 16}], [{"associationTypeId": 16}]):
        answer = on(hub, "tickets", ticket, "contacts", contact, given)
        assert why(answer) == (refused(hub, 400), "VALIDATION_ERROR")
    assert seen(hub, "tickets", ticket, "contacts", contact) == set()


@refusal(ONE, MANY, PLAIN, READ, mark=GUESSED, source=SEEN)
def thread_is_no_type(hub: Hub) -> None:
    """A thread's type is called conversation: thread as its name is a 400."""
    body = spec(32) if hub.operation in (ONE, MANY) else None
    ticket = hub.make("tickets")
    many = hub.operation == READ
    path: dict[str, Any] = {"fromObjectType": "tickets", "toObjectType": "thread"}
    answer = hub.does({"inputs": []}, **path) if many else on(hub, "tickets", ticket, "thread", NOBODY, body)
    assert answer.refused == (400, "VALIDATION_ERROR")
    assert hub.linked("tickets", ticket, "conversation") == {}


@refusal(READ_ONE, mark=GUESSED, source=OURS)
def read_nobody(hub: Hub) -> None:
    """The associations of a record that is not there are a 404."""
    answer = hub.does(objectType="tickets", objectId=NOBODY, toObjectType="contacts")
    assert answer.refused == (404, "OBJECT_NOT_FOUND")


@refusal(READ_ONE, READ, mark=GUESSED, source=OURS)
def read_no_cursor(hub: Hub) -> None:
    """A cursor that no answer carried is a 400, and in a batch read, too."""
    contact, ticket = hub.make("contacts"), hub.make("tickets")
    hub.call(ONE, spec(15), objectType="contacts", objectId=contact, toObjectType="tickets", toObjectId=ticket)
    path: dict[str, Any] = {
        "objectType": "contacts",
        "objectId": contact,
        "fromObjectType": "contacts",
        "toObjectType": "tickets",
    }
    for cursor in ("next", "YXQ6MS0y"):
        many = {"inputs": [{"id": contact, "after": cursor}]} if hub.operation == READ else None
        query = {"after": cursor} if hub.operation == READ_ONE else None
        assert hub.does(many, query=query, **path).refused == (400, "VALIDATION_ERROR")


@refusal(READ, mark=GUESSED, source=SEEN)
def read_none(hub: Hub) -> None:
    """A record without associations is an error of the 207 that names it, and the others are read."""
    contact, ticket, lonely = hub.make("contacts"), hub.make("tickets"), hub.make("tickets")
    hub.call(ONE, spec(16), objectType="tickets", objectId=ticket, toObjectType="contacts", toObjectId=contact)
    body = {"inputs": [{"id": ticket}, {"id": lonely}]}
    answer = hub.does(body, fromObjectType="tickets", toObjectType="contacts")
    message = f"No contact is associated with ticket {lonely}."
    context = {"fromObjectId": [lonely], "fromObjectType": ["ticket"], "toObjectType": ["contact"]}
    inner = {"message": message, "subCategory": "crm.associations.NO_ASSOCIATIONS_FOUND", "context": context}
    assert (answer.status, [result["from"] for result in answer.body["results"]]) == (207, [{"id": ticket}])
    assert answer.body["errors"] == [
        {
            "status": "error",
            "category": "OBJECT_NOT_FOUND",
            "message": message,
            "context": context,
            "errors": [inner],
            "links": {},
        }
    ]


@refusal(READ, mark=DOCUMENTED, source=GUIDE)
def read_too_many(hub: Hub) -> None:
    """1,000 records can be asked about at once, and not one more."""
    path: dict[str, Any] = {"fromObjectType": "tickets", "toObjectType": "contacts"}
    inputs = [{"id": str(id)} for id in range(1001)]
    assert hub.call(READ, {"inputs": inputs[:1000]}, **path).status in (200, 207)
    assert hub.does({"inputs": inputs}, **path).refused == (400, "VALIDATION_ERROR")


@refusal(MANY, mark=DOCUMENTED, source=GUIDE)
def write_too_many(hub: Hub) -> None:
    """2,000 associations can be made at once, and not one more; then none is made."""
    _too_many(hub)


@refusal(MANY_PLAIN, SEPARATE_MANY, UNLABEL, mark=GUESSED, source=OURS)
def change_too_many(hub: Hub) -> None:
    """The limit of 2,000 holds for the other batches of associations, too."""
    _too_many(hub)


def _too_many(hub: Hub) -> None:
    ticket, contact = hub.make("tickets"), hub.make("contacts")
    path: dict[str, Any] = {"fromObjectType": "tickets", "toObjectType": "contacts"}
    kinds = (16,) if hub.operation in (MANY, UNLABEL) else ()
    good = pair(ticket, contact, *kinds)
    if hub.operation == SEPARATE_MANY:
        good["to"] = [good["to"]]
    before = hub.operation in (SEPARATE_MANY, UNLABEL)
    if before:
        hub.call(ONE, spec(16), objectType="tickets", objectId=ticket, toObjectType="contacts", toObjectId=contact)
    assert hub.does({"inputs": [good] * 2001}, **path).refused == (400, "VALIDATION_ERROR")
    assert bool(hub.linked("tickets", ticket, "contacts")) is before


@refusal(CREATE, CREATE_MANY, mark=DOCUMENTED, source=SPEC)
def inline_wrong_kind(hub: Hub) -> None:
    """A record is not made with a type of association that is not one of its type's."""
    _inline(hub, hub.make("contacts"), 15)


@refusal(CREATE, CREATE_MANY, mark=GUESSED, source=OURS)
def inline_no_end(hub: Hub) -> None:
    """A record is not made with an association to a record that is not there."""
    contact = hub.make("contacts")
    errors = _inline(hub, NOBODY, 16, contact).body["errors"]
    assert hub.linked("contacts", contact, "tickets") == {}
    context = {"objectTypeId": ["0-1"], "ids": [NOBODY], "associationTypeId": ["16"]}
    assert [(error["code"], error["context"]) for error in errors] == [("INVALID_OBJECT_IDS", context)]


def _inline(hub: Hub, contact: str, kind: int, *good: str) -> Answer:
    before = hub.listed("tickets")
    ends = [(id, 16) for id in good] + [(contact, kind)]
    associations = [{"to": {"id": id}, "types": spec(type)} for id, type in ends]
    body = {"properties": hub.sample("tickets"), "associations": associations}
    answer = hub.does({"inputs": [body]} if "batch" in hub.operation else body, objectType="tickets")
    assert answer.refused == (400, "VALIDATION_ERROR")
    assert hub.listed("tickets") == before
    return answer


@refusal(READ_ONE, SEPARATE, READ, SEPARATE_MANY, UNLABEL, mark=GUESSED, source=SEEN)
def no_type(hub: Hub) -> None:
    """A type of record that there is none of is a 400, at either end."""
    for start, end in (("tickets", "visitor_chats"), ("visitor_chats", "tickets")):
        path: dict[str, Any] = {"objectType": start, "objectId": NOBODY, "toObjectId": NOBODY, "toObjectType": end}
        answer = hub.does({"inputs": []} if "batch" in hub.operation else None, fromObjectType=start, **path)
        assert answer.said == (400, "VALIDATION_ERROR", "Unable to infer object type from: visitor_chats")
