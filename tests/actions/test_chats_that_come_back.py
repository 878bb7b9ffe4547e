"""A chat that was served before comes back: which ticket is it on now, which of its closes, and at what cost?"""

import pytest

from harness.portal import Chat
from tests.actions.desk import Desk

DAY = 86_400


def closes_again(desk: Desk, chat: Chat, days: float) -> None:
    """The visitor writes again so many days later, and is left waiting."""
    desk.portal.clock.advance(days * DAY)
    chat.reopens().says("Are you there?")
    desk.portal.clock.advance(60)
    chat.closes(by=desk.agent)
    desk.portal.clock.advance(60)


def listed(desk: Desk, ticket: str) -> list[str]:
    """When the closes were that a ticket lists."""
    return [line.split(" · ")[1] for line in desk.ticket(ticket).get("chat_threads", "").splitlines()]


def test_the_ticket_that_it_joined_is_another_matter_by_now(desk: Desk) -> None:
    """It is open still, but in a pipeline that dedup_check does not look in: the chat gets a ticket of its own."""
    pipeline = desk.portal.has_pipeline("Projects", [("Open", "OPEN"), ("Done", "CLOSED")])
    phone = desk.portal.has_ticket("By phone", contact=desk.contact)
    chat = desk.has_unresolved_chat()
    joined = desk.serve(chat)["create_ticket"]["ticket_id"]
    desk.portal.set_property("tickets", phone, "hs_pipeline", pipeline)
    desk.portal.set_property("tickets", phone, "hs_pipeline_stage", desk.portal.stages(pipeline)["Open"])
    closes_again(desk, chat, 1)

    made = desk.make(chat, desk.advised(chat))

    assert (joined, made["outcome"], made["ticket_id"] != phone) == (phone, "created", True)


def test_the_ticket_that_it_joined_is_closed_and_there_is_another(desk: Desk) -> None:
    """The visitor's open ticket takes the chat, not the one that took it before."""
    phone = desk.portal.has_ticket("By phone", contact=desk.contact)
    chat = desk.has_unresolved_chat()
    desk.serve(chat)
    desk.portal.close_ticket(phone)
    other = desk.portal.has_ticket("By phone again", contact=desk.contact)
    closes_again(desk, chat, 1)

    made = desk.make(chat, desk.advised(chat))

    assert (made["outcome"], made["ticket_id"]) == ("attached", other)


def test_a_close_that_was_served_meanwhile(desk: Desk) -> None:
    """Triage saw two closes that nobody had served, and the first one's run came before this one: one is left."""
    chat = desk.has_unresolved_chat()
    closes_again(desk, chat, 1)
    judged = desk.advised(chat)
    first = judged["triage_chat"]["earlier_closes"]
    ticket = desk.make(chat, judged, closed_at=first, earlier_closes=None)["ticket_id"]

    made = desk.make(chat, judged)

    assert (made["outcome"], made["ticket_id"], made["earlier_closes"]) == ("adopted", ticket, "")
    assert listed(desk, ticket) == ["closed 2026-03-02T08:02:00Z", "closed 2026-03-03T08:04:00Z"]


def test_two_closes_that_join_a_ticket(desk: Desk) -> None:
    """The clock is told of both, for the ticket lists both now."""
    ticket = desk.portal.has_ticket("By phone", contact=desk.contact)
    chat = desk.has_unresolved_chat()
    closes_again(desk, chat, 1)
    judged = desk.advised(chat)

    made = desk.make(chat, judged)

    assert (made["outcome"], made["ticket_id"]) == ("attached", ticket)
    assert made["earlier_closes"] == judged["triage_chat"]["earlier_closes"] != ""


def test_a_close_that_another_ticket_carries(desk: Desk) -> None:
    """The chat has a ticket of its own, and joined another in between: its own lists only what that one does not."""
    chat = desk.has_unresolved_chat()
    own = desk.portal.has_ticket("By hand", contact=desk.contact, thread=chat, chat_thread_id=chat.id)
    closes_again(desk, chat, 1)
    judged = desk.advised(chat)
    line = f"{chat.id} · closed 2026-03-02T08:02:00Z · "
    line += f"https://app.hubspot.com/live-messages/{desk.portal.portal_id}/inbox/{chat.id}"
    other = desk.portal.has_ticket("By phone", contact=desk.contact, chat_threads=line)
    desk.portal.associates("tickets", other, "conversations", chat.id)

    made = desk.make(chat, judged)

    assert (made["outcome"], made["ticket_id"], made["earlier_closes"]) == ("adopted", own, "")
    assert listed(desk, own) == ["closed 2026-03-03T08:04:00Z"]


def test_closed_in_the_moment_in_which_it_was_adopted(desk: Desk) -> None:
    """A rep closes the ticket in the millisecond in which the chat came onto it: a repeated run leaves it closed."""
    chat = desk.has_unresolved_chat()
    ticket = desk.portal.has_ticket("By hand", contact=desk.contact, thread=chat)
    judged = desk.advised(chat)
    desk.make(chat, judged)
    desk.portal.close_ticket(ticket)

    again = desk.make(chat, judged)

    record = desk.portal.record("tickets", ticket)
    assert record is not None
    moments = [record.history[name][-1]["timestamp"] for name in ("chat_threads", "hs_pipeline_stage")]
    assert moments[0] == moments[1]
    assert (again["outcome"], desk.ticket(ticket)["hs_pipeline_stage"]) == ("adopted", "4")


def test_a_ticket_of_its_own_and_another_link(desk: Desk) -> None:
    """With one close in hand the other ticket is not even read."""
    chat = desk.has_unresolved_chat()
    desk.portal.has_ticket("By hand", contact=desk.contact, thread=chat, chat_thread_id=chat.id)
    other = desk.portal.has_ticket("By phone", contact=desk.contact)
    desk.portal.associates("tickets", other, "conversations", chat.id)
    inputs = desk.inputs_for("create_ticket", chat, desk.advised(chat))

    outcome = desk.run("create_ticket", **inputs)

    assert outcome.output_fields is not None
    assert (outcome.output_fields["outcome"], len(outcome.calls)) == ("adopted", 7)


@pytest.mark.parametrize(("what", "calls"), [("created", 6), ("attached", 7), ("adopted", 7), ("gone", 2)])
def test_how_many_requests_it_takes(desk: Desk, what: str, calls: int) -> None:
    """No more than are needed: the portal's other integrations share one limit with ours."""
    chat = desk.has_unresolved_chat()
    if what == "attached":
        desk.portal.has_ticket("By phone", contact=desk.contact)
    if what == "adopted":
        desk.portal.has_ticket("By hand", contact=desk.contact, thread=chat)
    inputs = desk.inputs_for("create_ticket", chat, desk.advised(chat))
    if what == "gone":
        inputs = {"mode": "live", "inboxes": desk.inbox, "ticket_id": "90009999"}

    outcome = desk.run("create_ticket", **inputs)

    assert outcome.output_fields is not None
    assert outcome.output_fields["outcome"] == ("skipped" if what == "gone" else what)
    assert len(outcome.calls) == calls
