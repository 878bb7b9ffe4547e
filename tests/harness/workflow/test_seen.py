"""Seen: what a branch of a flow knows of a record in the portal, beside its values."""

from typing import Any

from harness import Portal, Runtime, Workflow
from tests.harness.workflow.conftest import Write, all_of, single, to

BERLIN = {"timezoneSource": "CUSTOM", "zoneId": "Europe/Berlin"}


def asks(name: str, kind: str, operator: str, **more: Any) -> dict[str, Any]:
    operation = {"operationType": kind, "operator": operator, "includeObjectsWithNoValueSet": False, **more}
    return {"filterType": "PROPERTY", "property": name, "operation": operation}


def associated(end: str, id: int, *filters: dict[str, Any]) -> dict[str, Any]:
    return {
        "filterBranchType": "ASSOCIATION",
        "operator": "IN_LIST",
        "objectTypeId": end,
        "associationTypeId": id,
        "associationCategory": "HUBSPOT_DEFINED",
        "filters": list(filters),
        "filterBranches": [],
    }


def inside(branch: dict[str, Any]) -> dict[str, Any]:
    """The branch as HubSpot nests it: in an AND, in an OR."""
    whole = all_of()
    whole["filterBranches"][0]["filterBranches"] = [branch]
    return whole


def ways(
    portal: Portal, runtime: Runtime, flow: Write, branch: dict[str, Any], *records: str, type_id: str = "0-5"
) -> list[str]:
    """Which way each record takes, an hour after now."""
    fork = {
        "actionId": "2",
        "type": "LIST_BRANCH",
        "listBranches": [{"branchName": "yes", "filterBranch": branch}],
        "defaultBranchName": "no",
    }
    hour = single("1", "0-1", {"delta": "1", "time_unit": "HOURS"}) | {"connection": to("2")}
    workflow = Workflow(flow(hour, fork, object_type_id=type_id), portal=portal, runtime=runtime)
    enrolled = [workflow.enrol(record) for record in records]
    portal.clock.run_all()
    return [enrolment.log[-1].outcome for enrolment in enrolled]


def test_what_it_was(portal: Portal, runtime: Runtime, flow: Write) -> None:
    """A value that a record once had, and has no more, has been."""
    was, never = portal.has_ticket("a", hs_ticket_priority="HIGH"), portal.has_ticket("b", hs_ticket_priority="LOW")
    portal.set_property("tickets", was, "hs_ticket_priority", "LOW")
    branch = all_of(asks("hs_ticket_priority", "ENUMERATION", "HAS_EVER_BEEN_ANY_OF", values=["HIGH"]))

    assert ways(portal, runtime, flow, branch, was, never) == ["yes", "no"]


def test_when_it_changed(portal: Portal, runtime: Runtime, flow: Write) -> None:
    """When a property was last changed is known, whatever was set meanwhile beside it."""
    old = portal.has_ticket("a", content="It drips.")
    new = portal.has_ticket("b", content="It drips.")
    portal.clock.advance(86_400)
    portal.set_property("tickets", old, "subject", "c")
    portal.set_property("tickets", new, "content", "It pours.")
    today = {**BERLIN, "timeType": "INDEXED", "indexReference": {"referenceType": "TODAY"}}
    asked = asks("content", "TIME_POINT", "IS_AFTER", timePoint=today, propertyParser="UPDATED_AT")

    assert ways(portal, runtime, flow, all_of(asked), old, new) == ["no", "yes"]


def test_as_time_passes(portal: Portal, runtime: Runtime, flow: Write) -> None:
    """Now is when the record comes to the branch, not when it was enrolled."""
    ticket = portal.has_ticket("a", closed_date="2026-03-02T08:30:00Z")
    now = {**BERLIN, "timeType": "INDEXED", "indexReference": {"referenceType": "NOW"}}

    assert ways(
        portal, runtime, flow, all_of(asks("closed_date", "TIME_POINT", "IS_BEFORE", timePoint=now)), ticket
    ) == ["yes"]


def test_associated_contact(portal: Portal, runtime: Runtime, flow: Write) -> None:
    """One associated record that passes every filter is enough; two that pass one each are not."""
    known = asks("firstname", "ALL_PROPERTY", "IS_KNOWN"), asks("lastname", "ALL_PROPERTY", "IS_KNOWN")
    both = portal.has_contact("visitor-12@example.org", firstname="a", lastname="b")
    first = portal.has_contact("visitor-13@example.org", firstname="a")
    last = portal.has_contact("visitor-14@example.org", lastname="b")
    tickets = [portal.has_ticket(name, contact=contact) for name, contact in (("x", both), ("y", first), ("z", None))]
    portal.associates("tickets", tickets[1], "contacts", last)

    found = ways(portal, runtime, flow, inside(associated("0-1", 16, *known)), *tickets)

    assert found == ["yes", "no", "no"]


def test_associated_chat(portal: Portal, runtime: Runtime, flow: Write) -> None:
    """A ticket sees its conversation, and the conversation its ticket, whichever id their association goes by."""
    chat = portal.has_chat().says("Is anybody there?")
    ticket, alone = portal.has_ticket("a", thread=chat), portal.has_ticket("b")
    chat.closes()
    closed = asks("hs_conversation_status", "ENUMERATION", "IS_ANY_OF", values=["CONVERSATION_STATUS_CLOSED"])
    subject = asks("subject", "STRING", "IS_EQUAL_TO", value="a")

    found = [
        ways(portal, runtime, flow, inside(associated("0-11", 32, closed)), ticket, alone),
        ways(portal, runtime, flow, inside(associated("0-5", 31, subject)), chat.record_id, type_id="0-11"),
    ]

    assert found == [["yes", "no"], ["yes"]]
