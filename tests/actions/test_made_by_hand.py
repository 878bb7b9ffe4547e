"""Tickets made by hand and by the help desk: adopted, never doubled, never overwritten (docs/rules.md, section 4)."""

from typing import Any

import pytest

from harness.portal import Chat
from tests.actions.desk import Desk, Done


def by_hand(desk: Desk, ticket: str, **more: Any) -> Any:
    """create_ticket as the workflow for tickets made by hand runs it."""
    return desk.outputs("create_ticket", mode="live", inboxes=desk.inbox, ticket_id=ticket, **more)


def open_chat(desk: Desk, **more: Any) -> Chat:
    return desk.has_chat("My invoice is wrong, please correct it.", "agent: I will get back to you.", **more)


@pytest.mark.parametrize("call", range(1, 9))
def test_a_rep_and_the_automation_in_the_same_second(desk: Desk, call: int) -> None:
    """Whenever the rep's ticket appears while the automation works, one has the chat's key, and both are named."""
    chat = open_chat(desk).closes(by=desk.agent)
    judged = desk.advised(chat)
    rep: list[str] = []

    desk.switchboard.meanwhile(
        call, lambda: rep.append(desk.portal.has_ticket("By hand", contact=desk.contact, thread=chat))
    )
    made = desk.make(chat, judged)
    adopted = by_hand(desk, rep[0]) if rep else {"outcome": "adopted", "possible_duplicate_id": ""}

    keyed = [one.id for one in desk.portal.records("tickets") if one.properties.get("chat_thread_id") == chat.id]
    assert len(keyed) == 1
    if len(desk.portal.records("tickets")) == 2:
        assert {made["ticket_id"], adopted["possible_duplicate_id"]} == {keyed[0], rep[0]}


@pytest.mark.parametrize("call", range(1, 8))
def test_the_two_workflows_at_once(desk: Desk, call: int) -> None:
    """The ticket workflow inside the conversation workflow, on one ticket: adopted once, one line."""
    chat = open_chat(desk)
    ticket = desk.portal.has_ticket("By hand", contact=desk.contact, thread=chat)
    chat.closes(by=desk.agent)
    judged = desk.advised(chat)

    desk.switchboard.meanwhile(call, lambda: by_hand(desk, ticket))
    made = desk.make(chat, judged)

    assert (made["ticket_id"], [one.id for one in desk.portal.records("tickets")]) == (ticket, [ticket])
    assert len(desk.ours(ticket)["chat_threads"].splitlines()) == 1


def test_two_reps_make_two_tickets(desk: Desk) -> None:
    """Of two tickets made by two reps the first is the chat's; the second is named to a person and left as it is."""
    chat = open_chat(desk)
    first, second = [desk.portal.has_ticket(f"By rep {n}", contact=desk.contact, thread=chat) for n in (1, 2)]

    outcomes = [by_hand(desk, ticket)["outcome"] for ticket in (first, second)]
    duplicate = by_hand(desk, second)["possible_duplicate_id"]

    assert (outcomes, duplicate, "chat_thread_id" in desk.ours(second)) == (["adopted", "skipped"], second, False)


def test_the_ticket_workflow_makes_no_ticket(desk: Desk) -> None:
    """A ticket that the chat was attached to enrols because it has no key of its own: nothing comes of it."""
    phone = desk.portal.has_ticket("By phone", contact=desk.contact)
    chat = desk.has_unresolved_chat()
    desk.serve(chat)
    chat.reopens().says("One more thing, are you there?")

    outputs = by_hand(desk, phone)

    assert (outputs["outcome"], len(desk.portal.records("tickets"))) == ("skipped", 1)


def test_the_ticket_workflow_reopens_no_ticket(desk: Desk) -> None:
    """A rep made a ticket and closed it before the chat closed: nobody judged the chat, so it stays closed."""
    chat = desk.has_chat("My invoice is wrong.", "agent: Done, it is corrected.")
    ticket = desk.portal.has_ticket("By hand", contact=desk.contact, thread=chat)
    desk.portal.close_ticket(ticket)
    chat.closes(by=desk.agent)

    outputs = by_hand(desk, ticket)

    assert (outputs["outcome"], desk.ticket(ticket)["hs_pipeline_stage"]) == ("skipped", "4")


@pytest.mark.parametrize("call", range(1, 7))
def test_a_hand_made_ticket_archived_meanwhile(desk: Desk, call: int) -> None:
    """A rep deletes the ticket while the ticket workflow reads it: no other ticket is made in its place."""
    chat = open_chat(desk)
    ticket = desk.portal.has_ticket("By hand", contact=desk.contact, thread=chat)

    desk.switchboard.meanwhile(call, lambda: desk.portal.archive_ticket(ticket))
    outcome = desk.run("create_ticket", mode="live", inboxes=desk.inbox, ticket_id=ticket)

    assert outcome.status == "succeeded"
    assert [one.id for one in desk.portal.records("tickets") if not one.archived] in ([], [ticket])


@pytest.fixture
def help_desk(desk: Desk) -> Desk:
    """A desk whose inbox is a Help Desk: HubSpot makes a ticket of every conversation."""
    desk.inbox = desk.portal.has_inbox("Help desk", type="HELP_DESK")
    desk.settings["create_ticket.help_desk_inboxes"] = desk.inbox
    return desk


def test_the_help_desks_ticket_is_adopted(help_desk: Desk) -> None:
    """An unresolved chat of the help desk gets no second ticket: HubSpot's own carries its clock and its link."""
    done = help_desk.serve(help_desk.has_unresolved_chat())

    (ticket,) = help_desk.portal.records("tickets")
    assert (done["create_ticket"]["outcome"], done["create_ticket"]["ticket_id"]) == ("adopted", ticket.id)
    assert ticket.properties["conversation_link"].startswith("https://app.hubspot.com/help-desk/")
    assert ticket.properties["chat_closed_at"] == "2026-03-02T08:02:00Z"


def test_a_resolved_chat_leaves_the_help_desks_ticket_alone(help_desk: Desk) -> None:
    """A chat that was answered changes nothing of the ticket HubSpot made for it."""
    chat = help_desk.has_chat("Where is my parcel?", "agent: It arrives on Tuesday.", "Perfect, thank you!")
    chat.closes(by=help_desk.agent)
    state = help_desk.portal.state()

    help_desk.serve(chat)

    assert help_desk.portal.state() == state


def test_the_help_desk_confirms_at_the_close(help_desk: Desk) -> None:
    """HubSpot makes its ticket when the chat opens; the visitor is not confirmed what nobody has promised yet."""
    chat = open_chat(help_desk)
    (ticket,) = help_desk.portal.records("tickets")

    outputs = by_hand(help_desk, ticket.id, **help_desk.declared("create_ticket"))

    assert (chat.status, outputs["outcome"], outputs["explanation"]) == (
        "OPEN",
        "skipped",
        "The inbox makes its tickets by itself; the close of the chat decides.",
    )


def test_the_help_desks_ticket_is_waited_for(help_desk: Desk) -> None:
    """The help desk's ticket is not there yet: HubSpot's retry looks again; after a quarter of an hour we make one."""
    help_desk.inbox = help_desk.portal.has_inbox("Slow help desk", type="HELP_DESK", makes_tickets=False)
    help_desk.settings["create_ticket.help_desk_inboxes"] = help_desk.inbox
    chat = help_desk.has_unresolved_chat()
    judged: Done = help_desk.advised(chat)
    inputs = {**help_desk.inputs_for("create_ticket", chat, judged), **help_desk.declared("create_ticket")}

    early = help_desk.run("create_ticket", **inputs)
    help_desk.portal.clock.advance(15 * 60)
    late = help_desk.run("create_ticket", **inputs)

    assert (early.status, (late.output_fields or {})["outcome"]) == ("will_retry", "created")


def test_the_help_desks_ticket_that_is_closed_is_not_waited_for(help_desk: Desk) -> None:
    """The help desk made its ticket of this chat long ago and it was solved: who returns gets one at once."""
    chat = help_desk.has_unresolved_chat()
    old = help_desk.serve(chat)["create_ticket"]["ticket_id"]
    help_desk.portal.close_ticket(old)
    help_desk.portal.clock.advance(10 * 86400)
    chat.says("It is happening again, please look.").closes(by=help_desk.agent)
    help_desk.portal.clock.advance(60)

    made = help_desk.serve(chat)["create_ticket"]

    assert (made["outcome"], made["ticket_id"] != old) == ("created", True)


def test_what_a_rep_types_while_hubspot_makes_us_wait_is_kept(desk: Desk) -> None:
    """The write meets a 429; a rep fills a property that was empty until then; the repeat leaves that one out."""
    chat = open_chat(desk)
    ticket = desk.portal.has_ticket("By hand", contact=desk.contact, thread=chat)
    chat.closes(by=desk.agent)
    desk.portal.weather.busy(times=1, route="PATCH /crm")

    def rep_types() -> None:
        if any(one.method == "PATCH" for one in desk.portal.log):
            desk.portal.set_property("tickets", ticket, "chat_agent", "agent-9", source="rep")
        else:
            desk.switchboard.meanwhile(1, rep_types)

    desk.switchboard.meanwhile(1, rep_types)
    desk.serve(chat)

    kept = desk.ours(ticket)
    assert (kept["chat_agent"], len(kept["chat_threads"].splitlines())) == ("agent-9", 1)


def test_a_ticket_from_an_email_is_no_chats(desk: Desk) -> None:
    """A ticket a rep made from an e-mail in the same inbox is passed over: its customer never chatted."""
    mail = desk.has_chat("Please see the attached invoice.", channel="1002")
    ticket = desk.portal.has_ticket("From an e-mail", contact=desk.contact, thread=mail)

    outputs = by_hand(desk, ticket)

    assert (outputs["outcome"], "chat_thread_id" in desk.ours(ticket)) == ("skipped", False)


def test_the_help_desk_is_left_to_the_close(help_desk: Desk) -> None:
    """The ticket workflow that comes after the close of a resolved chat confirms nothing."""
    chat = help_desk.has_chat("Where is my parcel?", "agent: It arrives on Tuesday.", "Perfect, thank you!")
    chat.closes(by=help_desk.agent)
    (ticket,) = help_desk.portal.records("tickets")

    assert by_hand(help_desk, ticket.id, **help_desk.declared("create_ticket"))["outcome"] == "skipped"


def test_a_reps_contact_on_an_anonymous_chat(desk: Desk) -> None:
    """The ticket's own contact holds the lock, not the id HubSpot gave an anonymous visitor."""
    chat = desk.has_chat("My invoice is wrong.", "agent: I will get back to you.", contact=None)
    ticket = desk.portal.has_ticket("By hand", contact=desk.contact, thread=chat)
    chat.closes(by=desk.agent)

    made = desk.make(chat, desk.advised(chat))

    assert (made["ticket_id"], desk.ours(ticket)["chat_open_key"]) == (ticket, f"contact:{desk.contact}")


def test_closed_before_its_run_was_repeated(desk: Desk) -> None:
    """The run that adopted a ticket was cut off, and the rep closed it: the next run still gives it its clock."""
    chat = open_chat(desk).closes(by=desk.agent)
    ticket = desk.portal.has_ticket("By hand", contact=desk.contact, thread=chat)
    first = by_hand(desk, ticket)
    desk.portal.close_ticket(ticket)

    again = by_hand(desk, ticket)

    named = ("outcome", "ticket_id", "closed_at")
    assert [again[name] for name in named] == [first[name] for name in named] == ["adopted", ticket, first["closed_at"]]
