"""State: everything a person would see, equal for two accounts that went through the same."""

import pytest

from harness.portal import Portal, renamed
from harness.portal.refusals import Refusal
from tests.harness.portal.app import App, to


def story(portal: Portal, detour: bool = False) -> App:
    """A chat that becomes a ticket; with a detour that HubSpot's numbering sees, but no person."""
    app = App(portal, portal.token())
    portal.provision([{"name": "chat_threads", "label": "Chats", "type": "string", "fieldType": "textarea"}])
    contact = portal.has_contact("visitor-12@example.org")
    chat = portal.has_chat(contact=contact).says("hello").closes()
    if detour:
        app.make_ticket(no_such="1")
        portal.clock.advance(60)
    ticket = app.make_ticket([to(contact, 16), to(chat.id, 32)]).body["id"]
    app.patch(f"/crm/objects/2026-09/tickets/{ticket}", {"properties": {"chat_threads": f"{ticket} · {chat.id}"}})
    return app


def test_it_shows_what_a_person_sees() -> None:
    """Records, thread, associations and e-mails stand there as plain data."""
    portal = Portal()
    story(portal)
    now = "2026-03-02T08:00:00Z"
    state = portal.state()
    assert (state["companies"], state["notes"], state["emails"]) == ([], [], [])
    assert state["contacts"][0]["properties"]["email"] == "visitor-12@example.org"
    assert state["tickets"] == [
        {
            "id": "90000001",
            "archived": False,
            "properties": {
                "chat_threads": "90000001 · 8000000001",
                "createdate": now,
                "hs_is_closed": "false",
                "hs_lastmodifieddate": now,
                "hs_num_associated_conversations": "1",
                "hs_object_id": "90000001",
                "hs_pipeline": "0",
                "hs_pipeline_stage": "1",
                "hs_ticket_id": "90000001",
                "subject": "Help",
            },
        }
    ]
    assert state["associations"] == [
        ["0-1", "51000001", "0-5", "90000001", 15],
        ["0-11", "8000000001", "0-5", "90000001", 31],
        ["0-5", "90000001", "0-1", "51000001", 16],
        ["0-5", "90000001", "0-11", "8000000001", 32],
    ]
    assert [(m["type"], m["text"]) for m in state["threads"][0]["messages"]] == [
        ("MESSAGE", "hello"),
        ("THREAD_STATUS_CHANGE", ""),
    ]


def test_two_accounts_with_one_story_are_equal_once_renamed() -> None:
    """Other ids and times of creation make no difference, also where an id stands inside a text."""
    plain, other = Portal(), Portal()
    story(plain)
    other.archive_ticket(other.has_ticket("in the way"))
    story(other, detour=True)
    del (state := other.state())["tickets"][0]
    assert plain.state() != state
    assert renamed(plain.state()) == renamed(state)
    assert renamed(state)["tickets"][0]["properties"]["chat_threads"] == "ticket-1 · 8000000001"


def test_another_end_makes_a_difference() -> None:
    """A second association or another value is seen."""
    plain, other = Portal(), Portal()
    story(plain)
    app = story(other)
    app.make_ticket()
    assert renamed(plain.state()) != renamed(other.state())


def test_a_workflow_may_not_set_what_hubspot_keeps() -> None:
    """A read-only property is refused to a workflow as to the API; HubSpot itself can set it."""
    portal = Portal()
    ticket = portal.has_ticket("Help")
    moment = "2026-03-01T12:00:00Z"
    with pytest.raises(Refusal) as refused:
        portal.set_property("tickets", ticket, "hs_last_message_received_at", moment)
    assert refused.value.errors[0]["code"] == "READ_ONLY_VALUE"
    portal.set_property("tickets", ticket, "hs_last_message_received_at", moment, source="hubspot")
    record = portal.record("tickets", ticket)
    assert record is not None
    assert record.properties["hs_last_message_received_at"] == moment


def test_watchers_are_told_after_the_deed_and_may_act() -> None:
    """A watcher sees the change done, is told once per act, and may itself write."""
    portal = Portal()
    told: list[tuple[str, str, list[str]]] = []

    def watch(type: str, id: str, changed: set[str]) -> None:
        told.append((type, id, sorted(changed & {"subject", "content", "hs_pipeline_stage"})))
        if "subject" in changed:
            portal.set_property("tickets", id, "content", "written by the watcher")

    portal.watch(watch)
    ticket = portal.has_ticket("Help")
    record = portal.record("tickets", ticket)
    assert told == [("0-5", ticket, ["hs_pipeline_stage", "subject"]), ("0-5", ticket, ["content"])]
    assert record is not None
    assert record.history["content"] == [
        {
            "value": "written by the watcher",
            "timestamp": "2026-03-02T08:00:00Z",
            "sourceType": "AUTOMATION_PLATFORM",
        }
    ]
