"""A close that a ticket carried is no other ticket's wait, however its chat comes back (docs/rules.md, 2 and 4)."""

from tests.actions.desk import Desk
from tests.actions.test_sittings import DAY, closes_again, lines_on


def test_what_one_ticket_carried_is_not_another_ones_wait(desk: Desk) -> None:
    """The visitor's ticket took this chat and was solved; on a new one its clock starts at the new close alone."""
    desk.serve(desk.has_unresolved_chat())
    chat = desk.has_unresolved_chat()
    desk.portal.close_ticket(desk.serve(chat)["create_ticket"]["ticket_id"])
    closes_again(desk, chat, "It is happening again, please look.", after=DAY)

    done = desk.serve(chat)

    ticket, close = done["create_ticket"]["ticket_id"], "2026-03-03T08:06:30Z"
    assert (done["create_ticket"]["outcome"], lines_on(desk, ticket)) == ("created", 1)
    assert (desk.ours(ticket)["chat_closed_at"], desk.ours(ticket)["chat_first_closed_at"]) == (close, close)


def test_a_mistake_after_it_does_not_bring_the_old_wait_back(desk: Desk) -> None:
    """On its new ticket the chat is reopened by mistake: the close that another ticket carried stays away."""
    desk.serve(desk.has_unresolved_chat())
    chat = desk.has_unresolved_chat()
    desk.portal.close_ticket(desk.serve(chat)["create_ticket"]["ticket_id"])
    ticket = desk.serve(closes_again(desk, chat, "It is happening again.", after=DAY))["create_ticket"]["ticket_id"]
    closes_again(desk, chat, after=300)

    done = desk.serve(chat)["create_ticket"]

    assert (done["outcome"], done["ticket_id"], lines_on(desk, ticket)) == ("adopted", ticket, 2)
    assert desk.ours(ticket)["chat_first_closed_at"] == "2026-03-03T08:06:30Z"


def test_what_the_visitors_ticket_carried_is_not_the_chats_own_third_tickets_wait(desk: Desk) -> None:
    """The chat's own ticket was solved, the visitor's took its second close and was solved: the third starts anew."""
    chat = desk.has_unresolved_chat()
    desk.portal.close_ticket(desk.serve(chat)["create_ticket"]["ticket_id"])
    desk.portal.clock.advance(8 * DAY)
    visitors = desk.serve(desk.has_unresolved_chat())["create_ticket"]["ticket_id"]
    attached = desk.serve(closes_again(desk, chat, "It is happening again.", after=60))["create_ticket"]
    desk.portal.close_ticket(visitors)

    made = desk.serve(closes_again(desk, chat, "And again, please look.", after=8 * DAY))["create_ticket"]

    assert (attached["outcome"], attached["ticket_id"]) == ("attached", visitors)
    assert (made["outcome"], lines_on(desk, made["ticket_id"])) == ("created", 1)


def test_closed_between_two_attempts_at_its_line(desk: Desk) -> None:
    """A rep closes the chat's ticket just before the line of a new close comes onto it: it is opened again for it."""
    chat = desk.has_unresolved_chat()
    ticket = desk.serve(chat)["create_ticket"]["ticket_id"]
    closes_again(desk, chat, "It is happening again, please look.", after=DAY)
    judged = desk.advised(chat)
    seen = len(desk.portal.log)
    desk.make(chat, judged)
    writes = [at for at, one in enumerate(desk.portal.log[seen:], 1) if one.method == "PATCH"]
    closes_again(desk, chat, "And again, please look.", after=DAY)
    judged = desk.advised(chat)

    def rep_closes() -> None:
        desk.portal.close_ticket(ticket)
        desk.portal.clock.advance(1)

    desk.switchboard.meanwhile(writes[0], rep_closes)
    made = desk.make(chat, judged)

    assert (made["outcome"], made["ticket_id"], lines_on(desk, ticket)) == ("reopened", ticket, 3)
    assert desk.ticket(ticket)["hs_is_closed"] == "false"
