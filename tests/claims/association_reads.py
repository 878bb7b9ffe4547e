"""How are associations read: one record's, many records', page by page?"""

from typing import Any

from tests.claims.associations import HUBSPOT, READ, READ_ONE, associated, spec
from tests.claims.claim import DOCUMENTED, GUESSED, OURS, SPEC, answer
from tests.claims.hub import Hub


@answer(READ_ONE, mark=DOCUMENTED, source=SPEC)
def read_one(hub: Hub) -> None:
    """One record's associations are read, the oldest first, page by page; the last page names no next one."""
    contact, tickets = hub.make("contacts"), [hub.make("tickets") for _ in range(3)]
    path: dict[str, Any] = {"objectType": "contacts", "objectId": contact, "toObjectType": "tickets"}
    assert hub.does(**path).body == {"results": []}
    for ticket in tickets:
        associated(hub, "contacts", contact, "tickets", ticket, 15)
    kinds = [{"category": HUBSPOT, "typeId": 15}]
    first = hub.does(query={"limit": "2"}, **path).body
    rest = hub.does(query={"limit": "2", "after": first["paging"]["next"]["after"]}, **path).body
    assert first["results"] == [{"toObjectId": id, "associationTypes": kinds} for id in tickets[:2]]
    assert rest == {"results": [{"toObjectId": tickets[2], "associationTypes": kinds}]}


@answer(READ, mark=DOCUMENTED, source=SPEC)
def read_many(hub: Hub) -> None:
    """A batch read has each record's other ends with category, id and label of every type."""
    contact, company = hub.make("contacts"), hub.make("companies")
    body = {"inputs": [{"id": contact}]}
    path: dict[str, Any] = {"fromObjectType": "contacts", "toObjectType": "companies"}
    before = hub.does(body, **path).body["results"]
    assert company not in [end["toObjectId"] for result in before for end in result["to"]]
    associated(hub, "contacts", contact, "companies", company, 1)
    read = hub.does(body, **path)
    assert (read.status, [result["from"] for result in read.body["results"]]) == (200, [{"id": contact}])
    [end] = [end for end in read.body["results"][0]["to"] if end["toObjectId"] == company]
    assert end["associationTypes"] == [
        {"category": HUBSPOT, "typeId": 279},
        {"category": HUBSPOT, "typeId": 1, "label": "Primary"},
    ]


@answer(READ_ONE, READ, mark=GUESSED, source=OURS)
def read_without_archived(hub: Hub) -> None:
    """A record that is archived is no longer among the ends of others."""
    contact, ticket = hub.make("contacts"), hub.make("tickets")
    associated(hub, "contacts", contact, "tickets", ticket, 15)
    many = hub.operation == READ
    path: dict[str, Any] = {
        "objectType": "contacts",
        "fromObjectType": "contacts",
        "toObjectType": "tickets",
        "objectId": contact,
    }
    body = {"inputs": [{"id": contact}]} if many else None
    before = hub.does(body, **path).body["results"]
    assert [end["toObjectId"] for end in (before[0]["to"] if many else before)] == [ticket]
    hub.call("objects DELETE /{objectType}/{objectId}", objectType="tickets", objectId=ticket)
    assert hub.does(body, **path).body["results"] == []


@answer(READ, mark=DOCUMENTED, source=SPEC)
def read_pages(hub: Hub) -> None:
    """A batch read has 500 ends of a record, and the rest under the cursor that its result carries."""
    contact, made = hub.make("contacts"), list[str]()
    end = {"to": {"id": contact}, "types": spec(16)}
    for count in (100, 100, 100, 100, 100, 1):
        inputs = [{"properties": hub.sample("tickets"), "associations": [end]} for _ in range(count)]
        made += hub.call("objects POST /{objectType}/batch/create", {"inputs": inputs}, objectType="tickets").ids
    path: dict[str, Any] = {"fromObjectType": "contacts", "toObjectType": "tickets"}
    [first] = hub.does({"inputs": [{"id": contact}]}, **path).body["results"]
    after = first["paging"]["next"]["after"]
    [rest] = hub.does({"inputs": [{"id": contact, "after": after}]}, **path).body["results"]
    assert (len(first["to"]), len(rest["to"]), "paging" in rest) == (500, 1, False)
    assert {end["toObjectId"] for end in first["to"] + rest["to"]} == set(made)
