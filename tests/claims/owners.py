"""What does HubSpot say of owners: who is one, who was, and by which id each is known?"""

from typing import Any

from tests.claims.claim import DOCUMENTED, GUESSED, OURS, SPEC, STATUS, answer, refusal
from tests.claims.hub import Hub


@answer("owners GET", mark=DOCUMENTED, source=SPEC)
def owners_come_and_go(hub: Hub) -> None:
    """The list has who owns records now, under their e-mail address too; who has left is among the archived."""
    before = hub.does().ids
    name = f"agent-{len(before) + 4}"
    user = hub.by_hand.has_agent(name).removeprefix("A-")
    [new] = [owner for owner in hub.does().body["results"] if owner["id"] not in before]
    assert new == {
        "id": new["id"],
        "type": "PERSON",
        "firstName": name,
        "lastName": "",
        "email": f"{name}@example.org",
        "userId": int(user),
        "userIdIncludingInactive": int(user),
        "createdAt": new["createdAt"],
        "updatedAt": new["createdAt"],
        "archived": False,
    }
    assert hub.does(query={"email": new["email"]}).body == {"results": [new]}
    hub.by_hand.deactivates(f"A-{user}")
    assert hub.does().ids == before
    gone = hub.does(query={"archived": "true"}).body["results"]
    assert [owner for owner in gone if owner["id"] == new["id"]] == [_without(new, "userId") | {"archived": True}]


@answer("owners GET", mark=DOCUMENTED, source=SPEC)
def owners_by_the_page(hub: Hub) -> None:
    """The list of owners is read page by page, each owner once."""
    for name in ("agent-5", "agent-6"):
        hub.by_hand.has_agent(name)
    whole, ids = hub.call("owners GET").ids, []
    query: dict[str, Any] = {"limit": "2"}
    while True:
        page = hub.does(query=query)
        ids += page.ids
        assert len(page.ids) <= 2
        assert len(ids) <= len(whole)
        if "paging" not in page.body:
            break
        query["after"] = page.body["paging"]["next"]["after"]
    assert ids == whole
    assert len(ids) > 2


@answer("owners GET", mark=GUESSED, source="the spec's type QUEUE; that a queue has neither user nor address is ours")
def queues_are_owners(hub: Hub) -> None:
    """A queue is an owner without a user and without an address."""
    before = hub.does().ids
    id = hub.by_hand.has_queue("Night shift")
    [queue] = [owner for owner in hub.does().body["results"] if owner["id"] not in before]
    made = {"createdAt": queue["createdAt"], "updatedAt": queue["createdAt"], "archived": False}
    assert queue == {"id": id, "type": "QUEUE", "firstName": "Night shift", "lastName": "", **made}


@answer("owners GET /{ownerId}", mark=DOCUMENTED, source=SPEC)
def owner_by_either_id(hub: Hub) -> None:
    """One owner is read by its own id or by its user's, and only as archived once the user has left."""
    agent = hub.by_hand.has_agent("agent-7")
    [listed] = [o for o in hub.call("owners GET").body["results"] if f"A-{o.get('userId')}" == agent]
    assert hub.does(ownerId=listed["id"]).body == listed
    by_user = {"idProperty": "userId"}
    assert hub.does(ownerId=agent.removeprefix("A-"), query=by_user).body == listed
    hub.by_hand.deactivates(agent)
    assert hub.does(ownerId=listed["id"]).status == 404
    gone = hub.does(ownerId=listed["id"], query={"archived": "true"}).body
    assert gone == _without(listed, "userId") | {"archived": True}


@refusal("owners GET /{ownerId}", mark=GUESSED, source=STATUS)
def no_such_owner(hub: Hub) -> None:
    """An owner that is not there is a 404, also when only the other kind of id is known."""
    assert hub.does(ownerId="1").refused == (404, "OBJECT_NOT_FOUND")
    [first, *_] = hub.call("owners GET").body["results"]
    assert hub.does(ownerId=first["id"], query={"idProperty": "userId"}).status == 404


@refusal("owners GET /{ownerId}", mark=GUESSED, source=OURS)
def owner_by_something_else(hub: Hub) -> None:
    """Owners are known by id and userId and by no other property."""
    [first, *_] = hub.call("owners GET").body["results"]
    assert hub.does(ownerId=first["email"], query={"idProperty": "email"}).refused == (400, "VALIDATION_ERROR")


@refusal("owners GET", mark=GUESSED, source=OURS)
def owners_by_an_odd_page(hub: Hub) -> None:
    """A page of no owners, of too many, or behind a cursor that HubSpot never gave is a 400."""
    for query in ({"limit": "0"}, {"limit": "501"}, {"limit": "ten"}, {"after": "!"}, {"archived": "perhaps"}):
        assert hub.does(query=query).refused == (400, "VALIDATION_ERROR")


def _without(owner: dict[str, Any], name: str) -> dict[str, Any]:
    return {key: value for key, value in owner.items() if key != name}
