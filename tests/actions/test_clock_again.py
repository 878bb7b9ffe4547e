"""What does the clock write when it runs again, on a ticket that people have had in their hands meanwhile?"""

from tests.actions.desk import Desk, Done

HOUR = 3600


def served(desk: Desk) -> tuple[str, Done]:
    """A chat that closed at 08:02 and has its ticket and its clock."""
    done = desk.serve(desk.has_unresolved_chat())
    return str(done["create_ticket"]["ticket_id"]), done


def stamp(desk: Desk, ticket: str, closed_at: str = "2026-03-02T08:02:00Z", **settings: str) -> tuple[str, str]:
    """What the clock says when it runs: its outcome, and what the visitor is told."""
    outputs = desk.outputs("stamp_chat_closed_at", mode="live", ticket_id=ticket, closed_at=closed_at, **settings)
    return outputs["outcome"], outputs["expected_response"]


def test_a_sentence_that_a_rep_changed(desk: Desk) -> None:
    """As long as an answer is due at the same moment it stays as the rep put it, and nothing is written."""
    ticket, _ = served(desk)
    desk.portal.set_property("tickets", ticket, "chat_expected_response", "Ann calls you at noon.")
    before = len(desk.portal.writes)

    assert stamp(desk, ticket) == ("kept", "Ann calls you at noon.")
    assert len(desk.portal.writes) == before


def test_a_priority_that_a_rep_changed(desk: Desk) -> None:
    """An answer is due at another moment, so the visitor is told another one."""
    ticket, _ = served(desk)
    desk.portal.set_property("tickets", ticket, "hs_ticket_priority", "HIGH")

    assert stamp(desk, ticket) == ("kept", "We will answer you by 2026-03-02 12:02 (UTC).")
    assert desk.ticket(ticket)["chat_sla_due_at"] == "2026-03-02T12:02:00Z"


def test_a_chat_that_joins_when_the_answer_is_overdue(desk: Desk) -> None:
    """The wait goes on from the first close; the visitor is told a moment that lies ahead of now."""
    ticket, _ = served(desk)
    desk.portal.clock.advance(9 * HOUR)

    assert stamp(desk, ticket, "2026-03-02T17:00:00Z") == ("kept", "We will answer you by 2026-03-03 01:03 (UTC).")
    assert desk.ticket(ticket)["chat_sla_due_at"] == "2026-03-02T16:02:00Z"


def test_a_chat_that_closes_before_the_answer_is_due_and_is_served_after(desk: Desk) -> None:
    """HubSpot made its run wait for an hour: what was to come when the chat closed is gone when its visitor is told."""
    ticket, _ = served(desk)
    desk.portal.clock.advance(9 * HOUR)

    assert stamp(desk, ticket, "2026-03-02T16:00:00Z") == ("kept", "We will answer you by 2026-03-03 01:03 (UTC).")
    assert desk.ticket(ticket)["chat_sla_due_at"] == "2026-03-02T16:02:00Z"


def test_a_chat_that_joins_after_an_answer(desk: Desk) -> None:
    """The ticket has waited on the contact: a new wait begins. Where that stage is no waiting one, it goes on."""
    ticket, _ = served(desk)
    desk.portal.clock.advance(HOUR)
    desk.portal.move_ticket(ticket, "3")
    desk.portal.clock.advance(HOUR)

    told = [stamp(desk, ticket, "2026-03-02T10:00:00Z", waiting_stages=stages) for stages in ("2", "2, 3")]

    assert told == [
        ("kept", "We will answer you by 2026-03-02 16:02 (UTC)."),
        ("restarted", "We will answer you by 2026-03-02 18:00 (UTC)."),
    ]
    assert desk.ticket(ticket)["chat_first_closed_at"] == "2026-03-02T08:02:00Z"


def test_an_earlier_close_that_comes_late(desk: Desk) -> None:
    """A run that was held up for hours brings the first close: the clock goes back to it."""
    ticket, _ = served(desk)

    outcome, told = stamp(desk, ticket, "2026-03-02T07:00:00Z")

    assert (outcome, told) == ("started", "We will answer you by 2026-03-02 15:00 (UTC).")
    assert desk.ticket(ticket)["chat_first_closed_at"] == "2026-03-02T07:00:00Z"


def test_a_chat_that_is_still_open(desk: Desk) -> None:
    """A rep's ticket of an open chat: the visitor is told once when to expect an answer, and no clock runs."""
    ticket = desk.portal.has_ticket("By hand", contact=desk.contact)
    sentence = "We will answer you by 2026-03-02 16:00 (UTC)."

    runs = []
    for _ in range(2):
        outputs = desk.outputs("stamp_chat_closed_at", mode="live", ticket_id=ticket)
        runs.append((outputs["outcome"], outputs["expected_response"], outputs["chat_closed_at"]))
        desk.portal.clock.advance(HOUR)

    assert runs == [("still_open", sentence, None)] * 2


def test_earlier_closes_that_were_missed(desk: Desk) -> None:
    """The first of them is where the wait began; what is no moment is passed over."""
    ticket = desk.portal.has_ticket("x", contact=desk.contact)
    earlier = "2026-03-02T06:00:00Z, 1772434800000, nonsense"

    assert stamp(desk, ticket, earlier_closes=earlier) == ("started", "We will answer you by 2026-03-02 14:00 (UTC).")
    assert desk.ticket(ticket)["chat_first_closed_at"] == "2026-03-02T06:00:00Z"


def test_after_a_dry_run(desk: Desk) -> None:
    """Neither the clock nor the confirmation writes after a dry run of create_ticket."""
    ticket = desk.portal.has_ticket("x", contact=desk.contact, chat_expected_response="Soon.")
    given = {"mode": "live", "ticket_id": ticket, "closed_at": "2026-03-02T08:02:00Z", "dry_run": "true"}
    before = len(desk.portal.writes)

    clock = desk.outputs("stamp_chat_closed_at", **given)
    told = desk.outputs("send_confirmation", **given, contact_id=desk.contact, email_id="7")

    assert (clock["outcome"], clock["dry_run"]) == ("started", True)
    assert told == {"outcome": "accepted", "code": "dry_run", "ticket_id": ticket, "dry_run": True}
    assert (len(desk.portal.writes), desk.portal.emails) == (before, [])
