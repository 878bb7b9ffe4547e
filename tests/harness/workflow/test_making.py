"""Making: what a workflow writes to records, its own and others, and which it makes."""

from typing import Any

import pytest

from harness import Portal, Runtime, Workflow
from harness.workflow import Enrolment, NotWalkable
from tests.harness.workflow.conftest import Write, all_of, property_, single, static

OF_CONTACT = {"associationCategory": "HUBSPOT_DEFINED", "associationTypeId": 16}
TO_CONTACT = {"target": OF_CONTACT, "value": {"type": "ENROLLED_OBJECT"}}
TO_ITS_COMPANY = {
    "target": {"associationCategory": "HUBSPOT_DEFINED", "associationTypeId": 339},
    "value": {
        "type": "COPY_ASSOCIATION",
        "sourceSpec": {"associationCategory": "HUBSPOT_DEFINED", "associationTypeId": 279},
    },
}
SCORE = {"name": "score", "label": "Score", "type": "number", "fieldType": "number"}
TOPICS = {
    "name": "topics",
    "label": "Topics",
    "type": "enumeration",
    "fieldType": "checkbox",
    "options": [{"label": name, "value": name} for name in ("kettle", "mug", "tea")],
}
DUE = {"name": "due", "label": "Due", "type": "date", "fieldType": "date"}


def walk(portal: Portal, runtime: Runtime, written: Any, record: str) -> Enrolment:
    enrolment = Workflow(written, portal=portal, runtime=runtime).enrol(record)
    portal.clock.run_all()
    return enrolment


def told(enrolment: Enrolment) -> list[str]:
    return [f"{entry.what}: {entry.outcome}" for entry in enrolment.log]


def sets(name: str, value: dict[str, Any], **more: object) -> dict[str, Any]:
    return single("1", "0-5", {"property_name": name, "value": value, **more})


@pytest.mark.parametrize(
    ("name", "before", "value", "then"),
    [
        ("score", "3", {"type": "INCREMENT", "incrementAmount": 2}, "5"),
        ("score", "", {"type": "INCREMENT", "incrementAmount": -0.5}, "-0.5"),
        ("score", "0.2", {"type": "INCREMENT", "incrementAmount": 0.1}, "0.3"),
        ("score", "9", {"type": "INCREMENT", "incrementAmount": 1}, "10"),
        ("topics", "mug", {"type": "STATIC_APPEND_VALUE", "staticAppendValue": "kettle"}, "mug;kettle"),
        ("topics", "mug;kettle", {"type": "STATIC_APPEND_VALUE", "staticAppendValue": "kettle"}, "mug;kettle"),
        ("topics", "mug", {"type": "APPEND_OBJECT_PROPERTY", "appendPropertyName": "content"}, "mug;tea"),
        ("subject", "Kettle", property_("content"), "tea"),
        ("due", "", {"type": "TIMESTAMP", "timestampType": "EXECUTION_TIME"}, "2026-03-02"),
        ("due", "", {"type": "RELATIVE_DATETIME", "timeDelay": {"delta": 15, "timeUnit": "HOURS"}}, "2026-03-03"),
    ],
    ids=str,
)
def test_value(
    portal: Portal, runtime: Runtime, flow: Write, name: str, before: str, value: dict[str, Any], then: str
) -> None:
    """A property is set to a value of its own, to another's, or to more than it was; a date to the account's day."""
    portal.provision([SCORE, TOPICS, DUE])
    given: dict[str, Any] = {"subject": "x", "content": "tea", name: before}
    ticket = portal.has_ticket(**given)

    enrolment = walk(portal, runtime, flow(sets(name, value)), ticket)

    assert (told(enrolment), (portal.values("tickets", ticket) or {}).get(name)) == ([f"set {name}: done"], then)


def test_associated_records(portal: Portal, runtime: Runtime, flow: Write) -> None:
    """With an association it is the property of every record that is associated so."""
    contact = portal.has_contact("visitor-12@example.org")
    ticket = portal.has_ticket("Leaking kettle", contact=contact)
    alone = portal.has_ticket("Old kettle")
    written = flow(sets("lastname", property_("subject"), association=OF_CONTACT))

    found = [told(walk(portal, runtime, written, record)) for record in (ticket, alone)]

    assert found == [[f"set lastname of records of type 0-1: done, {count} of them"] for count in (1, 0)]
    assert (portal.values("contacts", contact) or {})["lastname"] == "Leaking kettle"


def test_record(portal: Portal, runtime: Runtime, flow: Write) -> None:
    """A record is made with values and associations, to the enrolled one and to what that is associated with."""
    fields = {
        "object_type_id": "0-5",
        "properties": [
            {"targetProperty": "subject", "value": static("Call {{ enrolled_object.firstname }}")},
            {"targetProperty": "hs_pipeline_stage", "value": static("1")},
            {"targetProperty": "content", "value": property_("lastname")},
        ],
        "associations": [TO_CONTACT, TO_ITS_COMPANY],
        "use_explicit_associations": "true",
    }
    contact = portal.has_contact("visitor-12@example.org", firstname="Dana")
    company = portal.has_company("Kettles Ltd", [contact])

    enrolment = walk(portal, runtime, flow(single("1", "0-14", fields), object_type_id="0-1"), contact)

    (made,) = portal.records("tickets")
    assert told(enrolment) == ["create a record of type 0-5: done"]
    assert (made.properties["subject"], made.properties.get("content")) == ("Call Dana", None)
    assert [portal.associations("tickets", made.id, type) for type in ("contacts", "companies")] == [
        [contact],
        [company],
    ]


def test_record_that_is_refused(portal: Portal, runtime: Runtime, flow: Write) -> None:
    """What the portal does not take is not made at all, and the action has failed."""
    stage = {"targetProperty": "hs_pipeline_stage", "value": static("of no pipeline")}
    fields = {"object_type_id": "0-5", "properties": [stage], "associations": [TO_CONTACT]}
    contact = portal.has_contact("visitor-12@example.org")

    enrolment = walk(portal, runtime, flow(single("1", "0-14", fields), object_type_id="0-1"), contact)

    assert (enrolment.status, told(enrolment), portal.records("tickets")) == (
        "failed",
        ["create a record of type 0-5: failed: VALIDATION_ERROR"],
        [],
    )


def test_flow_that_begets(portal: Portal, runtime: Runtime, flow: Write) -> None:
    """A flow that makes records which it enrols itself is stopped after a thousand of them at one moment."""
    subject = {"targetProperty": "subject", "value": static("One more")}
    is_any = {"operationType": "ALL_PROPERTY", "operator": "IS_KNOWN", "includeObjectsWithNoValueSet": False}
    written = flow(
        single("1", "0-14", {"object_type_id": "0-5", "properties": [subject]}),
        criteria={
            "type": "LIST_BASED",
            "shouldReEnroll": False,
            "listFilterBranch": all_of({"filterType": "PROPERTY", "property": "subject", "operation": is_any}),
        },
    )
    workflow = Workflow(written, portal=portal, runtime=runtime).watches()

    portal.has_ticket("Leaking kettle")
    portal.clock.run_all()

    assert (len(workflow.enrolments), workflow.history[-2].what) == (
        1001,
        "not enrolled: one enrolment led to 1000 others at this moment: the flows go round in circles",
    )


MATCH = {
    "fromObjectType": "0-1",
    "toObjectType": "0-2",
    "matchBy": "fromAndToObjects",
    "createAssociationOnly": "true",
    "enrolledObjectPropertyNameToMatch": "0-1/company",
    "associatedObjectPropertyNameToMatch": "0-2/name",
}


def test_association(portal: Portal, runtime: Runtime, flow: Write) -> None:
    """Records whose properties say the same are associated; a record that says nothing is not."""
    kettles, _ = portal.has_company("Kettles Ltd"), portal.has_company("Mugs Ltd")
    contact = portal.has_contact("visitor-12@example.org", company="Kettles Ltd")
    nobody = portal.has_contact("visitor-13@example.org")
    written = flow(single("1", "0-63189541", MATCH), object_type_id="0-1")

    found = [told(walk(portal, runtime, written, record))[0] for record in (contact, nobody)]

    assert found == [f"associate with records of type 0-2: done, {count} of them" for count in (1, 0)]
    assert portal.associations("contacts", contact, "companies") == [kettles]


@pytest.mark.parametrize(
    ("action", "problem"),
    [
        (
            sets("content", {"type": "INCREMENT", "incrementAmount": "1"}),
            'value: expected a number as incrementAmount, found "1"',
        ),
        (
            sets("content", {"type": "INCREMENT", "incrementAmount": 1}, association=OF_CONTACT),
            "expected no association beside a value that adds, found "
            '{"associationCategory": "HUBSPOT_DEFINED", "associationTy...',
        ),
        (
            sets("content", {"type": "STATIC_APPEND_VALUE"}),
            "value: expected a text as staticAppendValue, found nothing",
        ),
        (
            sets("content", {"type": "APPEND_OBJECT_PROPERTY", "appendPropertyName": "unheard_of"}),
            'value: expected the appendPropertyName to be one that the portal has, found "unheard_of"',
        ),
        (
            sets("content", static("x"), association={"associationCategory": "USER_DEFINED"}),
            'expected the associationCategory HUBSPOT_DEFINED, found "USER_DEFINED"',
        ),
        (
            single("1", "0-14", {"object_type_id": "0-3"}),
            'expected one of 0-1, 0-2, 0-46, 0-5 as object_type_id, found "0-3"',
        ),
        (
            single(
                "1", "0-14", {"object_type_id": "0-5", "properties": [{"targetProperty": "x", "value": static("1")}]}
            ),
            'expected the targetProperty to be one that the portal has, found "x"',
        ),
        (
            single(
                "1",
                "0-14",
                {
                    "object_type_id": "0-5",
                    "properties": [{"targetProperty": "content", "value": static("{{ owner }}")}],
                },
            ),
            "content: expected a token {{ enrolled_object.PROPERTY }} or {{ fetched_objects.NAME.PROPERTY }}, "
            'found "{{ owner }}"',
        ),
        (
            single("1", "0-14", {"object_type_id": "0-1", "associations": [TO_CONTACT]}),
            "associations: expected an associationTypeId from 0-1 to 0-5, one of 15, found 16",
        ),
        (
            single("1", "0-14", {"object_type_id": "0-1", "associations": [{"target": OF_CONTACT, "value": {}}]}),
            "expected ENROLLED_OBJECT or COPY_ASSOCIATION as the type of an association's value, found nothing",
        ),
        (
            single("1", "0-63189541", {}),
            "expected 0-5, the flow's own type, as fromObjectType, found nothing\n"
            "expected one of 0-1, 0-2, 0-46, 0-5 as toObjectType, found nothing\n"
            "expected createAssociationOnly true, which is all that is walked, found nothing\n"
            "expected fromAndToObjects as matchBy, found nothing\n"
            "expected 0-5/ and a property of that type as enrolledObjectPropertyNameToMatch, found nothing\n"
            "expected its type/ and a property of that type as associatedObjectPropertyNameToMatch, found nothing",
        ),
    ],
    ids=lambda value: "" if isinstance(value, dict) else value[:40],
)
def test_refused(portal: Portal, runtime: Runtime, flow: Write, action: dict[str, Any], problem: str) -> None:
    """What cannot be made as it is written is refused before a record comes to it."""
    with pytest.raises(NotWalkable) as refusal:
        Workflow(flow(action), portal=portal, runtime=runtime)

    assert refusal.value.problems == [f"action 1: {line}" for line in problem.split("\n")]
