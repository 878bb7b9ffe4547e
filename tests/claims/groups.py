"""What does HubSpot do with the groups that properties are shown in?"""

from typing import Any

from tests.claims.claim import DOCUMENTED, GUESSED, OURS, SEEN, SPEC, STATUS, answer, effect, refusal
from tests.claims.hub import Hub
from tests.claims.properties import TYPES, defined, has_property

ALL, NEW = "properties GET /{objectType}/groups", "properties POST /{objectType}/groups"
ONE = "properties GET /{objectType}/groups/{groupName}"
CHANGE = "properties PATCH /{objectType}/groups/{groupName}"
ARCHIVE = "properties DELETE /{objectType}/groups/{groupName}"


def a_group(hub: Hub, **given: Any) -> dict[str, Any]:
    """What a request for a group says whose name nothing has."""
    return {"name": f"visitor_{hub.word()}", "label": "Chat", "displayOrder": 2, **given}


def has_group(hub: Hub) -> str:
    """The account has a group; returns its name."""
    body = a_group(hub)
    made = hub.call(NEW, body, objectType=hub.type or "tickets")
    assert made.status == 201, made.body
    return str(body["name"])


def found(hub: Hub, name: str) -> dict[str, Any] | None:
    """A group as it is read; None when there is none."""
    read = hub.call(ONE, objectType=hub.type or "tickets", groupName=name)
    return dict(read.body) if read.status == 200 else None


def listed(hub: Hub) -> list[str]:
    """The names of all groups."""
    return [each["name"] for each in hub.call(ALL, objectType=hub.type or "tickets").body["results"]]


@effect(NEW, types=TYPES, mark=DOCUMENTED, source=SPEC)
def create(hub: Hub) -> None:
    """A group that is made is read and listed, and properties can be in it."""
    given = a_group(hub)
    made = hub.does(given)
    assert (made.status, made.body) == (201, {**given, "archived": False})
    assert (found(hub, given["name"]), listed(hub).count(given["name"])) == (made.body, 1)
    inside = defined(hub, has_property(hub, groupName=given["name"]))
    assert inside is not None
    assert inside["groupName"] == given["name"]


@answer(ALL, types=TYPES, mark=DOCUMENTED, source=SPEC)
def list_all(hub: Hub) -> None:
    """A list has HubSpot's groups and the account's."""
    before = [each["name"] for each in hub.does().body["results"]]
    name = has_group(hub)
    after = [each["name"] for each in hub.does().body["results"]]
    assert (len(before) > 0, sorted(after)) == (True, sorted([*before, name]))
    hub.call(ARCHIVE, objectType=hub.type, groupName=name)
    assert name not in [each["name"] for each in hub.does().body["results"]]


@answer(ONE, types=TYPES, mark=DOCUMENTED, source=SPEC)
def read(hub: Hub) -> None:
    """A group is read as it is now."""
    name = has_group(hub)
    before = hub.does(groupName=name).body
    hub.call(CHANGE, {"label": "Chats"}, objectType=hub.type, groupName=name)
    assert hub.does(groupName=name).body == {**before, "label": "Chats"}


@effect(CHANGE, types=TYPES, mark=DOCUMENTED, source=SPEC)
def change(hub: Hub) -> None:
    """What is given of a group changes, and the rest stays."""
    name = has_group(hub)
    for given in ({"label": "Chats"}, {"displayOrder": 3}):
        expected = {**(found(hub, name) or {}), **given}
        changed = hub.does(given, groupName=name)
        assert (changed.status, changed.body, found(hub, name)) == (200, expected, expected)


@effect(ARCHIVE, types=TYPES, mark=DOCUMENTED, source=SPEC)
def archive(hub: Hub) -> None:
    """A group that is archived is neither read nor listed."""
    name = has_group(hub)
    gone = hub.does(groupName=name)
    assert (gone.status, gone.body, found(hub, name), name in listed(hub)) == (204, None, None, False)


@refusal(NEW, types=TYPES, mark=GUESSED, source=OURS)
def name_taken(hub: Hub) -> None:
    """A name that a group has is a 409; that group stays as it is."""
    name = has_group(hub)
    before = found(hub, name)
    assert hub.does(a_group(hub, name=name, label="Another")).refused == (409, "CONFLICT")
    assert found(hub, name) == before


@refusal(NEW, mark=DOCUMENTED, source=SPEC)
def keys_missing(hub: Hub) -> None:
    """A group needs a name and a label."""
    before = listed(hub)
    for key in ("name", "label"):
        given = a_group(hub)
        del given[key]
        assert hub.does(given, objectType="tickets").refused == (400, "VALIDATION_ERROR")
    assert listed(hub) == before


@refusal(ONE, CHANGE, ARCHIVE, types=TYPES, mark=GUESSED, source=STATUS)
def no_group(hub: Hub) -> None:
    """A group that is not there is a 404."""
    body = {"label": "Chats"} if hub.operation == CHANGE else None
    assert hub.does(body, groupName=f"visitor_{hub.word()}").refused == (404, "OBJECT_NOT_FOUND")


@refusal(ARCHIVE, types=TYPES, mark=GUESSED, source=OURS)
def in_use(hub: Hub) -> None:
    """A group that has properties is not archived."""
    name = has_group(hub)
    inside = has_property(hub, groupName=name)
    assert hub.does(groupName=name).refused == (400, "VALIDATION_ERROR")
    assert (found(hub, name) is None, defined(hub, inside) is None) == (False, False)


@refusal(ALL, NEW, ONE, CHANGE, ARCHIVE, mark=GUESSED, source=SEEN)
def no_type(hub: Hub) -> None:
    """A type of record that there is none of is a 400."""
    body = {"name": "chat", "label": "Chat"} if hub.operation in (NEW, CHANGE) else None
    answer = hub.does(body, objectType="visitor_chats", groupName="chat")
    assert answer.said == (400, "VALIDATION_ERROR", "Unable to infer object type from: visitor_chats")
