"""Which property definitions does HubSpot refuse to make, change or put away?"""

from collections.abc import Sequence
from typing import Any

from tests.claims.claim import DOCUMENTED, GUESSED, GUIDE, OURS, SEEN, SPEC, STATUS, effect, refusal
from tests.claims.hub import Answer, Hub
from tests.claims.properties import (
    ALL,
    ARCHIVE,
    ARCHIVE_MANY,
    CHANGE,
    CHOICES,
    NEW,
    NEW_MANY,
    ONE,
    READ_MANY,
    TYPES,
    a_property,
    defined,
    has_property,
)

PAIRS = "HubSpot's changelog (CRM object property validation)"
MOST_UNIQUE = 10


def makes(hub: Hub, given: dict[str, Any]) -> Answer:
    """The operation in question makes one property."""
    many = hub.operation == NEW_MANY
    return hub.does({"inputs": [given]} if many else given, objectType=hub.type or "tickets")


def why(answer: Answer) -> tuple[int, str]:
    """The status of a refusal, also of a batch of one, and its category."""
    error = answer.body["errors"][0] if answer.status == 207 else answer.body
    return answer.status, error["category"]


def is_refused(hub: Hub, status: int, category: str, changes: Sequence[dict[str, Any]]) -> None:
    """A property with any of these oddities is not made."""
    for change in changes:
        given = a_property(hub, **change)
        answer = makes(hub, {name: value for name, value in given.items() if value is not None})
        assert why(answer) == (207 if hub.operation == NEW_MANY else status, category), change
        assert given["name"] is None or defined(hub, given["name"]) is None


@refusal(NEW, NEW_MANY, types=TYPES, mark=GUESSED, source=SEEN)
def name_taken(hub: Hub) -> None:
    """A name that a property has is a 409, in a batch an error of the 207; the property stays as it is."""
    name = has_property(hub)
    before = defined(hub, name)
    given = a_property(hub, name=name, label="Another")
    answer = makes(hub, given)
    many = hub.operation == NEW_MANY
    assert why(answer) == (207 if many else 409, "CONFLICT")
    type = {"contacts": "0-1", "companies": "0-2", "tickets": "0-5"}[hub.type]
    error = answer.body["errors"][0] if many else answer.body
    assert error["message"] == f"A property named '{name}' already exists on object type {type}."
    assert defined(hub, name) == before


@refusal(NEW, NEW_MANY, types=TYPES, mark=GUESSED, source=SEEN)
def name_archived(hub: Hub) -> None:
    """The name of an archived property is a 409: only a person can bring that property back."""
    name = has_property(hub)
    hub.call(ARCHIVE, objectType=hub.type, propertyName=name)
    assert why(makes(hub, a_property(hub, name=name))) == (207 if hub.operation == NEW_MANY else 409, "CONFLICT")
    assert defined(hub, name) is None


@refusal(NEW, NEW_MANY, mark=DOCUMENTED, source=SPEC)
def keys_missing(hub: Hub) -> None:
    """A property needs a name, a label, a type, a field type and a group."""
    keys = ("name", "label", "type", "fieldType", "groupName")
    is_refused(hub, 400, "VALIDATION_ERROR", [{key: None} for key in keys])


@refusal(NEW, NEW_MANY, mark=DOCUMENTED, source=PAIRS)
def wrong_pair(hub: Hub) -> None:
    """A type and a field type must go together."""
    pairs = [{"fieldType": "date"}, {"type": "json"}, {"type": "number"}, {"type": "datetime", "fieldType": "select"}]
    is_refused(hub, 400, "VALIDATION_ERROR", pairs)


@refusal(NEW, NEW_MANY, mark=DOCUMENTED, source=SPEC)
def no_options(hub: Hub) -> None:
    """A property of type enumeration needs options."""
    choice = {"type": "enumeration", "fieldType": "select"}
    is_refused(hub, 400, "VALIDATION_ERROR", [choice, {**choice, "options": []}])


@refusal(NEW, NEW_MANY, mark=GUESSED, source=OURS)
def odd_options(hub: Hub) -> None:
    """Options need a label and a value of their own, and those of a bool are true and false."""
    choice = {"type": "enumeration", "fieldType": "select"}
    twice = [CHOICES[0], {**CHOICES[1], "value": "a"}]
    yes = {"type": "bool", "fieldType": "booleancheckbox", "options": [{**CHOICES[0], "value": "yes"}]}
    lists = [twice, [{"label": "A", "hidden": False}], [{"value": "a", "hidden": False}]]
    is_refused(hub, 400, "VALIDATION_ERROR", [*({**choice, "options": options} for options in lists), yes])


@refusal(NEW, NEW_MANY, mark=GUESSED, source=OURS)
def odd_name(hub: Hub) -> None:
    """A name is of small letters, digits and _, begins with a letter, and not with hs_."""
    names = (f"hs_{hub.word()}", f"Visitor{hub.word()}", f"visitor {hub.word()}", f"1{hub.word()}")
    is_refused(hub, 400, "VALIDATION_ERROR", [{"name": name} for name in names])


@refusal(NEW, NEW_MANY, mark=GUESSED, source=OURS)
def no_group(hub: Hub) -> None:
    """A property's group must be there."""
    is_refused(hub, 400, "VALIDATION_ERROR", [{"groupName": f"visitor_{hub.word()}"}])


@refusal(NEW, NEW_MANY, mark=GUESSED, source=OURS)
def unique_choice(hub: Hub) -> None:
    """Only texts and numbers can be unique."""
    choice = {"type": "enumeration", "fieldType": "select", "options": CHOICES}
    day = {"type": "date", "fieldType": "date"}
    is_refused(hub, 400, "VALIDATION_ERROR", [{**kind, "hasUniqueValue": True} for kind in (choice, day)])


@refusal(NEW, NEW_MANY, types=TYPES, mark=DOCUMENTED, source=GUIDE)
def too_many_unique(hub: Hub) -> None:
    """A type of record has ten unique properties of the account's own and no more."""
    definitions = hub.call(ALL, objectType=hub.type).body["results"]
    own = [each["name"] for each in definitions if each["hasUniqueValue"] and not each["hubspotDefined"]]
    new = [has_property(hub, hasUniqueValue=True) for _ in range(MOST_UNIQUE - len(own))]
    given = a_property(hub, hasUniqueValue=True)
    assert why(makes(hub, given)) == (207 if hub.operation == NEW_MANY else 400, "VALIDATION_ERROR")
    assert defined(hub, given["name"]) is None
    for name in new:
        hub.call(ARCHIVE, objectType=hub.type, propertyName=name)


@effect(ARCHIVE, types=TYPES, mark=GUESSED, source=OURS)
def archived_makes_room(hub: Hub) -> None:
    """Where a type of record has its ten unique properties, an archived one makes room for another."""
    while (made := hub.call(NEW, given := a_property(hub, hasUniqueValue=True), objectType=hub.type)).status == 201:
        last = given["name"]
    assert made.refused == (400, "VALIDATION_ERROR")
    hub.does(propertyName=last)
    has_property(hub, hasUniqueValue=True)


@refusal(ONE, CHANGE, ARCHIVE, mark=GUESSED, source=STATUS)
def no_property(hub: Hub) -> None:
    """A property that is not there is a 404, and one of another type of record is not there."""
    body = {"label": "Thread"} if hub.operation == CHANGE else None
    for name in (f"visitor_{hub.word()}", "firstname"):
        answer = hub.does(body, objectType="tickets", propertyName=name)
        assert answer.refused == (404, "OBJECT_NOT_FOUND")


@refusal(READ_MANY, mark=DOCUMENTED, source=SPEC)
def no_properties(hub: Hub) -> None:
    """Of a batch read those that are not there are errors of a 207, and the others are read."""
    name, none = has_property(hub), f"visitor_{hub.word()}"
    inputs = [{"name": name}, {"name": none}]
    body = {"inputs": inputs, "archived": False, "dataSensitivity": "non_sensitive"}
    answer = hub.does(body, objectType="tickets")
    assert (answer.status, answer.body["results"], answer.body["numErrors"]) == (207, [defined(hub, name)], 1)
    assert [error["category"] for error in answer.body["errors"]] == ["OBJECT_NOT_FOUND"]


@refusal(CHANGE, ARCHIVE, ARCHIVE_MANY, types=TYPES, mark=GUESSED, source=OURS)
def hubspot_s_own(hub: Hub) -> None:
    """HubSpot's own properties are neither changed nor archived, nor are those named along with them."""
    before, name = defined(hub, "hs_object_id"), has_property(hub)
    many = {"inputs": [{"name": name}, {"name": "hs_object_id"}]}
    body = {CHANGE: {"label": "Mine"}, ARCHIVE: None, ARCHIVE_MANY: many}[hub.operation]
    assert hub.does(body, propertyName="hs_object_id").refused == (400, "VALIDATION_ERROR")
    assert defined(hub, "hs_object_id") == before
    assert defined(hub, name) is not None


@refusal(CHANGE, mark=GUESSED, source=OURS)
def change_to_nonsense(hub: Hub) -> None:
    """A change must leave a definition that could be made; else nothing of it changes."""
    name = has_property(hub)
    before = defined(hub, name)
    choice = {"type": "enumeration", "fieldType": "select", "options": []}
    for change in ({"fieldType": "date"}, {"groupName": f"visitor_{hub.word()}"}, choice):
        answer = hub.does({"label": "Mine", **change}, objectType="tickets", propertyName=name)
        assert answer.refused == (400, "VALIDATION_ERROR")
    assert defined(hub, name) == before


@refusal(READ_MANY, NEW_MANY, ARCHIVE_MANY, mark=DOCUMENTED, source=GUIDE)
def too_many(hub: Hub) -> None:
    """A batch is of 100 properties at most; one of more does nothing."""
    name = has_property(hub)
    inputs = [{"name": name}, *(a_property(hub) for _ in range(100))]
    assert hub.does({"inputs": inputs}, objectType="tickets").refused == (400, "VALIDATION_ERROR")
    assert defined(hub, name) is not None
    assert defined(hub, str(inputs[1]["name"])) is None


@refusal(ALL, ONE, NEW, CHANGE, ARCHIVE, READ_MANY, NEW_MANY, ARCHIVE_MANY, mark=GUESSED, source=SEEN)
def no_type(hub: Hub) -> None:
    """A type of record that there is none of is a 400."""
    body: Any = {} if hub.operation in (NEW, CHANGE) else {"inputs": []} if "batch" in hub.operation else None
    answer = hub.does(body, objectType="visitor_chats", propertyName="subject")
    assert answer.said == (400, "VALIDATION_ERROR", "Unable to infer object type from: visitor_chats")
