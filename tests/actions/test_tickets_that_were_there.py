"""What does a chat make of tickets with a past: another pipeline, a list that others wrote over, no contact?"""

import pytest

from harness.portal import Chat
from tests.actions.desk import Desk

DAY = 86_400


def comes_back(desk: Desk, chat: Chat, later: float) -> None:
    """The visitor, so many seconds later; he is left waiting again."""
    desk.portal.clock.advance(later - 60)
    chat.reopens().says("It is still wrong on the new one.")
    desk.portal.clock.advance(60)
    chat.closes(by=desk.agent)
    desk.portal.clock.advance(60)


@pytest.mark.parametrize(("later", "outcome"), [(7 * DAY - 1, "reopened"), (7 * DAY, "created")])
def test_a_week_after_its_ticket_was_closed(desk: Desk, later: float, outcome: str) -> None:
    """Where nothing is set a ticket is reopened for a week."""
    chat = desk.has_unresolved_chat()
    desk.serve(chat)
    desk.portal.close_ticket("90000001")
    comes_back(desk, chat, later)

    assert desk.make(chat, desk.advised(chat))["outcome"] == outcome


def test_the_second_ticket_of_a_chat_is_its_ticket(desk: Desk) -> None:
    """Made long after the first was closed, it is found again by its own key."""
    chat = desk.has_unresolved_chat()
    desk.serve(chat)
    desk.portal.close_ticket("90000001")
    comes_back(desk, chat, 8 * DAY)
    desk.make(chat, desk.advised(chat))

    again = desk.outputs("create_ticket", mode="live", inboxes=desk.inbox, thread_id=chat.id)

    assert (again["outcome"], again["ticket_id"]) == ("adopted", "90000002")
    assert desk.ticket("90000002")["chat_thread_id"] == f"{chat.id}#2"
    assert len(desk.portal.records("tickets")) == 2


def test_the_third_ticket_of_a_chat(desk: Desk) -> None:
    """A chat that comes back month after month has a key for each of its tickets."""
    chat = desk.has_unresolved_chat()
    desk.serve(chat)
    for number in (1, 2):
        desk.portal.close_ticket(f"9000000{number}")
        comes_back(desk, chat, 8 * DAY)
        desk.make(chat, desk.advised(chat))

    keys = [one.properties["chat_thread_id"] for one in desk.portal.records("tickets")]
    assert keys == [chat.id, f"{chat.id}#2", f"{chat.id}#3"]


@pytest.mark.parametrize("setting", ["", "1"])
def test_reopened_in_its_own_pipeline(desk: Desk, setting: str) -> None:
    """Into that pipeline's first open stage, also where the setting names a stage of another pipeline."""
    stages = [("Old", "CLOSED"), ("First", "OPEN"), ("Second", "OPEN"), ("Done", "CLOSED")]
    pipeline = desk.portal.has_pipeline("Projects", stages)
    stage = desk.portal.stages(pipeline)
    chat = desk.has_unresolved_chat()
    desk.make(chat, desk.advised(chat), routes=f'[{{"pipeline": "{pipeline}", "stage": "{stage["First"]}"}}]')
    desk.portal.move_ticket("90000001", stage["Done"])
    comes_back(desk, chat, DAY)

    made = desk.make(chat, desk.advised(chat), reopen_stage=setting)

    assert (made["outcome"], desk.ticket("90000001")["hs_pipeline_stage"]) == ("reopened", stage["First"])


def test_a_list_that_others_wrote_over(desk: Desk) -> None:
    """Every line that the ticket ever listed, emptied once, is on it again, in their order, and the chat's own."""
    ticket = desk.portal.has_ticket("Wrong invoice", contact=desk.contact)
    lines = [f"800000009{n} · closed 2026-03-02T07:0{n}:00Z · https://example.org/{n}" for n in range(1, 5)]
    for line in [*lines[:3], "", lines[3]]:
        desk.portal.clock.advance(1)
        desk.portal.set_property("tickets", ticket, "chat_threads", line)
    chat = desk.has_unresolved_chat()

    desk.make(chat, desk.advised(chat))

    assert desk.ticket(ticket)["chat_threads"].splitlines()[:4] == lines
    assert [line[:10] for line in desk.ticket(ticket)["chat_threads"].splitlines()[4:]] == [chat.id]


def test_a_reps_ticket_without_contact(desk: Desk) -> None:
    """It gets the chat's contact and his company, and so has the visitor's lock."""
    company = desk.portal.has_company("Example Ltd", [desk.contact])
    chat = desk.has_unresolved_chat()
    ticket = desk.portal.has_ticket("By hand", thread=chat)

    desk.outputs("create_ticket", mode="live", inboxes=desk.inbox, ticket_id=ticket)

    assert desk.portal.associations("tickets", ticket, "contacts") == [desk.contact]
    assert desk.portal.associations("tickets", ticket, "companies") == [company]
    assert desk.ticket(ticket)["chat_open_key"] == f"contact:{desk.contact}"


def test_a_ticket_that_a_rep_linked_with_a_chat_afterwards(desk: Desk) -> None:
    """It carries no thread's number, only the link: that is enough for the ticket workflow."""
    chat = desk.has_unresolved_chat()
    ticket = desk.portal.has_ticket("A call", contact=desk.contact)
    desk.portal.associates("tickets", ticket, "conversations", chat.id)

    outputs = desk.outputs("create_ticket", mode="live", inboxes=desk.inbox, ticket_id=ticket)

    assert (outputs["outcome"], outputs["thread_id"], desk.ticket(ticket)["chat_thread_id"]) == (
        "adopted",
        chat.id,
        chat.id,
    )


def test_a_thread_that_nobody_knows(desk: Desk) -> None:
    """One line with the input and what to choose."""
    outcome = desk.run("create_ticket", mode="live", inboxes=desk.inbox, thread_id="404404")

    assert outcome.error is not None
    assert outcome.error.sentence.partition(": ")[2] == (
        "create_ticket: input 'thread_id': expected a thread id that HubSpot knows; choose the conversation's Thread"
        " ID, not a contact's or a ticket's id, found an id that no thread answers to."
        " Correct it in this action's side panel in the workflow editor."
    )


@pytest.mark.parametrize("others", [0, 1])
def test_a_note_for_each_close_that_joins(desk: Desk, others: int) -> None:
    """The chat for which a ticket was made leaves none; one that joins leaves one, however often it is run."""
    chat = desk.has_unresolved_chat()
    desk.make(chat, desk.advised(chat), add_note="true")
    for _ in range(others):
        desk.portal.clock.advance(600)
        chat = desk.has_unresolved_chat()
    for _ in range(3):
        desk.make(chat, desk.advised(chat), add_note="true")

    assert len(desk.portal.state()["notes"]) == others


def test_a_long_chat_in_full(desk: Desk) -> None:
    """All pages of it, from its first line to its last."""
    said = [f"line {number}" for number in range(1, 131)]
    chat = desk.has_chat(*said)
    chat.closes(by=desk.agent)
    desk.portal.clock.advance(60)

    made = desk.make(chat, desk.advised(chat), transcript="full")

    talk = desk.ticket(made["ticket_id"])["content"].partition("\n\n")[2]
    assert [line.partition("Visitor: ")[2] for line in talk.splitlines()] == said


def test_what_was_said_before_is_not_in_the_transcript(desk: Desk) -> None:
    """Only the sitting in hand: the one before it was served."""
    chat = desk.has_unresolved_chat()
    desk.serve(chat)
    desk.portal.close_ticket("90000001")
    comes_back(desk, chat, 8 * DAY)

    made = desk.make(chat, desk.advised(chat), transcript="full")

    talk = desk.ticket(made["ticket_id"])["content"].partition("\n\n")[2]
    assert [line.partition("Visitor: ")[2] for line in talk.splitlines()] == ["It is still wrong on the new one."]


def test_a_rep_moves_it_while_its_reopening_is_repeated(desk: Desk) -> None:
    """HubSpot carried the write out and answered 502; where a rep put the ticket before the next attempt it stays."""
    chat = desk.has_unresolved_chat()
    ticket = desk.serve(chat)["create_ticket"]["ticket_id"]
    desk.portal.close_ticket(ticket)
    comes_back(desk, chat, DAY)
    judged = desk.advised(chat)
    desk.portal.weather.breaks(times=1, after_write=True, route=f"PATCH /crm/objects/2026-09/tickets/{ticket}")
    desk.switchboard.meanwhile(6, lambda: desk.portal.set_property("tickets", ticket, "hs_pipeline_stage", "2"))

    made = desk.make(chat, judged)

    assert (made["outcome"], desk.ticket(ticket)["hs_pipeline_stage"]) == ("reopened", "2")
