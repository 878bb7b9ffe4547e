"""Deeds: what HubSpot's own actions do to a record, and what the log says of it."""

from harness import Portal, Runtime, Workflow
from tests.harness.workflow.conftest import Write, code, log_of, output, property_, single, static


def test_email(portal: Portal, runtime: Runtime, flow: Write) -> None:
    """HubSpot's own e-mail goes to the ticket's contact; a ticket nobody can be written to is skipped."""
    written = flow(single("1", "0-4", {"content_id": "77"}))
    known_one = portal.has_ticket("a", contact=portal.has_contact("visitor-12@example.org"))
    nobody = portal.has_ticket("b")
    workflow = Workflow(written, portal=portal, runtime=runtime)

    enrolled = [workflow.enrol(known_one), workflow.enrol(nobody)]
    portal.clock.run_all()

    assert [(email.to, email.email_id, email.how, email.record_id) for email in portal.emails] == [
        ("visitor-12@example.org", "77", "workflow", known_one)
    ]
    assert [one.log[0].outcome for one in enrolled] == ["sent", "skipped: no contact with an e-mail address"]


def test_property_that_is_not_there(portal: Portal, runtime: Runtime, flow: Write) -> None:
    """Setting a property the portal does not know fails that action; the record goes on."""
    written = flow(
        single("1", "0-5", {"property_name": "unheard_of", "value": static("x")}, then="2"),
        single("2", "0-5", {"property_name": "content", "value": static("x")}),
    )
    workflow = Workflow(written, portal=portal, runtime=runtime)

    enrolment = workflow.enrol(portal.has_ticket("Leaking kettle"))
    portal.clock.run_all()

    assert log_of(enrolment) == [
        "2026-03-02 08:00:00  action 1  SINGLE_CONNECTION  set unheard_of: failed: VALIDATION_ERROR",
        "2026-03-02 08:00:00  action 2  SINGLE_CONNECTION  set content: done",
    ]
    assert enrolment.status == "failed"


def test_tokens_of_a_static_text(portal: Portal, runtime: Runtime, flow: Write) -> None:
    """A property is set to the text with the record's values in the place of its tokens."""
    told = static("About {{ enrolled_object.subject }}: {{ enrolled_object.content }}")
    written = flow(single("1", "0-5", {"property_name": "content", "value": told}))
    ticket = portal.has_ticket("Leaking kettle", content="it drips")

    Workflow(written, portal=portal, runtime=runtime).enrol(ticket)
    portal.clock.run_all()

    assert (portal.values("tickets", ticket) or {})["content"] == "About Leaking kettle: it drips"


def test_clear(portal: Portal, runtime: Runtime, flow: Write) -> None:
    """Setting a property to an empty text clears it, and so does a source that has no value."""
    written = flow(
        single("1", "0-5", {"property_name": "content", "value": static("")}, then="2"),
        single("2", "0-5", {"property_name": "hs_ticket_priority", "value": property_("content")}),
    )
    ticket = portal.has_ticket("Leaking kettle", content="It drips.", hs_ticket_priority="HIGH")

    enrolment = Workflow(written, portal=portal, runtime=runtime).enrol(ticket)
    portal.clock.run_all()

    record = portal.record("tickets", ticket)
    assert record is not None
    assert {"content", "hs_ticket_priority"} & record.properties.keys() == set()
    assert log_of(enrolment) == [
        "2026-03-02 08:00:00  action 1  SINGLE_CONNECTION  clear content: done",
        "2026-03-02 08:00:00  action 2  SINGLE_CONNECTION  clear hs_ticket_priority: done",
    ]


def test_output_that_is_a_list(portal: Portal, runtime: Runtime, flow: Write) -> None:
    """A list that code returned is never stored as text: the action that wants it fails, the record goes on."""
    returns = 'def main(event): return {"outputFields": {"tags": ["a"]}}\n'
    written = flow(
        code("1", "returns.py", {}, ["tags"], then="2"),
        single("2", "0-5", {"property_name": "content", "value": output("1", "tags")}, then="3"),
        single("3", "0-1", {"delta": "1"}),
        files={"returns.py": returns},
    )
    ticket = portal.has_ticket("Leaking kettle")

    enrolment = Workflow(written, portal=portal, runtime=runtime).enrol(ticket)
    portal.clock.run_all()

    assert log_of(enrolment)[1:] == [
        "2026-03-02 08:00:00  action 2  SINGLE_CONNECTION  value: failed: "
        "expected text, a number or a truth as output tags of action 1, found a list",
        "2026-03-02 08:00:00  action 3  SINGLE_CONNECTION  delay: 1 min",
    ]
    assert enrolment.status == "failed"
