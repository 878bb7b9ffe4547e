"""Which rules of its own does an account have for properties, and how are they set and read?"""

from typing import Any

from harness.portal.versions import DATED, V3
from tests.claims.claim import DOCUMENTED, GUESSED, GUIDE, OURS, SEEN, SPEC, answer, effect, refusal
from tests.claims.hub import Answer, Hub
from tests.claims.properties import has_property

ALL = "property-validations GET /{objectType}"
OF_ONE = "property-validations GET /{objectType}/{propertyName}"
READ = "property-validations GET /{objectType}/{propertyName}/rule-type/{ruleType}"
SET = "property-validations PUT /{objectType}/{propertyName}/rule-type/{ruleType}"
CREATE, CHANGE = "objects POST /{objectType}", "objects PATCH /{objectType}/{objectId}"
CREATE_MANY, CHANGE_MANY = "objects POST /{objectType}/batch/create", "objects POST /{objectType}/batch/update"
UPSERT = "objects POST /{objectType}/batch/upsert"

ENFORCED = "HubSpot's changelog (CRM API write validation enforcement)"
LEAST = {"ruleType": "MIN_LENGTH", "ruleArguments": ["2"]}
MOST = {"ruleType": "MAX_LENGTH", "ruleArguments": ["9"], "shouldApplyNormalization": True}


def sets(hub: Hub, name: str, rule: str, *arguments: str, **given: Any) -> None:
    """A property has a rule."""
    path: dict[str, Any] = {"objectType": "0-5", "propertyName": name, "ruleType": rule}
    assert hub.call(SET, {"ruleArguments": list(arguments), **given}, **path).status == 204


def of(hub: Hub, name: str) -> Any:
    """The rules of a property."""
    return hub.call(OF_ONE, objectType="0-5", propertyName=name).body["results"]


def writes(hub: Hub, id: str = "", **properties: str) -> Answer:
    """The operation in question makes a ticket with these properties, or changes one."""
    if not id:
        properties = {**hub.sample("tickets"), **properties}
    entry: dict[str, Any] = {"properties": properties, **({"id": id} if id else {"associations": []})}
    return hub.does({"inputs": [entry]} if "batch" in hub.operation else entry, objectType="tickets", objectId=id)


def codes(answer: Answer) -> list[tuple[str, dict[str, Any]]]:
    """What a refusal is about."""
    return [(error["code"], error["context"]) for error in answer.body["errors"]]


@effect(SET, mark=DOCUMENTED, source=SPEC)
def set_rule(hub: Hub) -> None:
    """A rule that is set is read, and tickets are held to it, when they are made and when they are changed."""
    name = has_property(hub)
    done = hub.does({"ruleArguments": ["2"]}, objectType="0-5", propertyName=name, ruleType="MIN_LENGTH")
    assert (done.status, done.body, of(hub, name)) == (204, None, [LEAST])
    id = hub.make("tickets", **{name: "ab"})
    body = {"properties": {**hub.sample("tickets"), name: "a"}, "associations": []}
    made = hub.call(CREATE, body, objectType="tickets")
    changed = hub.call(CHANGE, {"properties": {name: "a"}}, objectType="tickets", objectId=id)
    for refused in (made, changed):
        assert refused.refused == (400, "VALIDATION_ERROR")
        assert [error["context"]["propertyName"] for error in refused.body["errors"]] == [[name]]
    assert (hub.read("tickets", id, name) or {}).get(name) == "ab"
    assert hub.call(CHANGE, {"properties": {name: "abc"}}, objectType="tickets", objectId=id).status == 200


@effect(SET, mark=DOCUMENTED, source=GUIDE)
def set_again(hub: Hub) -> None:
    """A rule takes the place of the one of its type, and the property's other rules stay."""
    name = has_property(hub)
    sets(hub, name, "MIN_LENGTH", "1")
    sets(hub, name, "MAX_LENGTH", "9", shouldApplyNormalization=True)
    hub.does({"ruleArguments": ["2"]}, objectType="0-5", propertyName=name, ruleType="MIN_LENGTH")
    assert sorted(of(hub, name), key=str) == sorted([LEAST, MOST], key=str)


@answer(ALL, mark=DOCUMENTED, source=SPEC)
def list_all(hub: Hub) -> None:
    """A list has the properties that have rules, each with all of its own."""
    before = hub.does(objectType="0-5").body["results"]
    name = has_property(hub)
    sets(hub, name, "MIN_LENGTH", "2")
    sets(hub, name, "MAX_LENGTH", "9", shouldApplyNormalization=True)
    after = hub.does(objectType="0-5").body["results"]
    assert [each for each in after if each not in before] == [
        {"propertyName": name, "propertyValidationRules": of(hub, name)}
    ]


@answer(OF_ONE, mark=DOCUMENTED, source=SPEC)
def read_property(hub: Hub) -> None:
    """A property's rules are read, with what they are given, and none where there is none."""
    name = has_property(hub)
    assert hub.does(objectType="0-5", propertyName=name).body == {"results": []}
    sets(hub, name, "MAX_LENGTH", "9", shouldApplyNormalization=True)
    assert hub.does(objectType="0-5", propertyName=name).body == {"results": [MOST]}


@answer(READ, mark=DOCUMENTED, source=SPEC)
def read(hub: Hub) -> None:
    """One rule of a property is read as it was last set."""
    path: dict[str, Any] = {"objectType": "0-5", "propertyName": has_property(hub), "ruleType": "MIN_LENGTH"}
    for least in ("1", "2"):
        sets(hub, path["propertyName"], "MIN_LENGTH", least)
        assert hub.does(**path).body == {"ruleType": "MIN_LENGTH", "ruleArguments": [least]}


@refusal(SET, mark=DOCUMENTED, source=SPEC)
def set_nonsense(hub: Hub) -> None:
    """A rule needs arguments, a list of texts, and is of one of HubSpot's types; else none is set."""
    name = has_property(hub)
    odd: list[dict[str, Any]] = [{}, {"ruleArguments": "1"}, {"ruleArguments": [1]}]
    odd += [{"ruleArguments": ["1"], "shouldApplyNormalization": "yes"}]
    for type, body in [*(("MIN_LENGTH", each) for each in odd), ("NICE", {"ruleArguments": []})]:
        answer = hub.does(body, objectType="0-5", propertyName=name, ruleType=type)
        assert answer.refused == (400, "VALIDATION_ERROR")
    assert of(hub, name) == []


@refusal(SET, OF_ONE, READ, mark=GUESSED, source=OURS)
def no_property(hub: Hub) -> None:
    """A property that is not there is a 404."""
    body = {"ruleArguments": ["1"]} if hub.operation == SET else None
    path: dict[str, Any] = {"propertyName": f"visitor_{hub.word()}", "ruleType": "MIN_LENGTH"}
    assert hub.does(body, objectType="0-5", **path).refused == (404, "OBJECT_NOT_FOUND")


@refusal(READ, mark=GUESSED, source=OURS)
def no_rule(hub: Hub) -> None:
    """A rule that a property has not is a 404, though it has others."""
    name = has_property(hub)
    sets(hub, name, "MAX_LENGTH", "9")
    answer = hub.does(objectType="0-5", propertyName=name, ruleType="MIN_LENGTH")
    assert answer.refused == (404, "OBJECT_NOT_FOUND")


@refusal(ALL, OF_ONE, READ, SET, mark=GUESSED, source=SEEN)
def no_type(hub: Hub) -> None:
    """A type of record that there is none of is a 400."""
    body = {"ruleArguments": ["1"]} if hub.operation == SET else None
    answer = hub.does(body, objectType="9-99", propertyName="subject", ruleType="MIN_LENGTH")
    assert answer.said == (400, "VALIDATION_ERROR", "Unable to infer object type from: 9-99")


@effect(CREATE, CREATE_MANY, versions=(V3,), mark=DOCUMENTED, source=ENFORCED)
def old_create_is_free(hub: Hub) -> None:
    """The rules are enforced on the dated paths alone: v3 makes a ticket with values that they do not take."""
    name = has_property(hub)
    sets(hub, name, "MAX_LENGTH", "1")
    _is_made(hub, **{name: "long"})


@effect(CREATE, CREATE_MANY, versions=(V3,), mark=DOCUMENTED, source=ENFORCED)
def old_create_lacks(hub: Hub) -> None:
    """What must have a value is so on the dated paths alone, and so is a stage closed to new tickets."""
    name, needed = has_property(hub), has_property(hub)
    hub.by_hand.requires("tickets", needed)
    hub.by_hand.conditionally_requires("tickets", name, "long", needed)
    hub.by_hand.stage_not_for_creation("1")
    _is_made(hub, **{name: "long"})


@effect(CHANGE, CHANGE_MANY, versions=(V3,), mark=DOCUMENTED, source=ENFORCED)
def old_change_is_free(hub: Hub) -> None:
    """The rules are enforced on the dated paths alone: v3 changes a ticket to values that they do not take."""
    name = has_property(hub)
    id = hub.make("tickets", **{name: "a"})
    sets(hub, name, "MAX_LENGTH", "1")
    assert writes(hub, id, **{name: "long"}).status == 200
    assert (hub.read("tickets", id, name) or {}).get(name) == "long"


@effect(CHANGE, CHANGE_MANY, versions=(V3,), mark=DOCUMENTED, source=ENFORCED)
def old_change_lacks(hub: Hub) -> None:
    """What must have a value can be emptied on v3."""
    name, needed = has_property(hub), has_property(hub)
    id = hub.make("tickets", **{name: "a", needed: "b"})
    hub.by_hand.requires("tickets", needed)
    hub.by_hand.conditionally_requires("tickets", name, "long", needed)
    assert writes(hub, id, **{name: "long", needed: ""}).status == 200
    read = hub.read("tickets", id, name, needed)
    assert read is not None
    assert (read[name], read.get(needed) or "") == ("long", "")


@effect(CHANGE, CHANGE_MANY, versions=DATED, mark=GUESSED, source=OURS)
def leave_or_empty(hub: Hub) -> None:
    """A change is held to what it writes: a bad value stays where it is, and can be taken away."""
    name, needed = has_property(hub), has_property(hub)
    id = hub.make("tickets", **{name: "long"})
    sets(hub, name, "MAX_LENGTH", "1")
    hub.by_hand.requires("tickets", needed)
    assert writes(hub, id, subject="Other").status == 200
    assert writes(hub, id, **{name: ""}).status == 200
    read = hub.read("tickets", id, "subject", name)
    assert read is not None
    assert (read["subject"], read.get(name) or "") == ("Other", "")


@effect(CHANGE, CHANGE_MANY, versions=DATED, mark=DOCUMENTED, source="HubSpot's knowledge base (ticket pipeline rules)")
def move_to_closed_stage(hub: Hub) -> None:
    """A stage in which no ticket can be made is one that tickets can be moved to."""
    hub.by_hand.stage_not_for_creation("4")
    id = hub.make("tickets")
    writes(hub, id, hs_pipeline_stage="4")
    read = hub.read("tickets", id, "hs_pipeline_stage")
    assert read is not None
    assert read["hs_pipeline_stage"] == "4"


def _is_made(hub: Hub, **properties: str) -> None:
    subject = hub.word()
    assert writes(hub, subject=subject, **properties).status == 201
    assert hub.account.eventually(lambda: len(hub.found("tickets", "subject", subject)) == 1)
