"""Sittings: what is judged and served is a close that silence followed, not a thread (docs/rules.md, 1, 2, 4)."""

import pytest

from harness.portal import Chat
from tests.actions.desk import Desk

HOUR, DAY = 3600, 86400


def closes_again(desk: Desk, chat: Chat, *said: str, after: float) -> Chat:
    """The visitor is back after so many seconds, says something, gets no answer; the chat closes; a minute passes."""
    desk.portal.clock.advance(after)
    if said:
        chat.reopens()
    for words in said:
        chat.says(words)
        desk.portal.clock.advance(30)
    chat.reopens() if not said else None
    chat.closes(by=desk.agent)
    desk.portal.clock.advance(60)
    return chat


def lines_on(desk: Desk, ticket: str) -> int:
    return len(desk.ours(ticket)["chat_threads"].splitlines())


def test_reopened_within_the_minute(desk: Desk) -> None:
    """A chat that is open again when triage looks is passed over; its next close decides."""
    chat = desk.has_unresolved_chat().reopens()

    done = desk.serve(chat)

    assert (done["triage_chat"]["resolution"], done["triage_chat"]["reason"]) == ("skipped", "not_closed")


def test_reopened_during_a_retry(desk: Desk) -> None:
    """A chat that reopens between two steps still gets the ticket its close earned, with that close's time."""
    chat = desk.has_unresolved_chat()
    done = {"triage_chat": desk.outputs("triage_chat", **desk.inputs_for("triage_chat", chat, {}))}
    desk.portal.clock.advance(2 * HOUR)
    chat.reopens().says("Hello again?")

    for action in ("dedup_check", "create_ticket", "stamp_chat_closed_at"):
        done[action] = desk.outputs(action, **desk.inputs_for(action, chat, done))

    ticket = desk.ours(str(done["create_ticket"]["ticket_id"]))
    assert (done["create_ticket"]["outcome"], ticket["chat_closed_at"]) == ("created", "2026-03-02T08:02:00Z")


@pytest.mark.parametrize(
    ("closed_for", "outcome", "tickets"), [(HOUR, "reopened", 1), (6 * DAY, "reopened", 1), (30 * DAY, "created", 2)]
)
def test_back_after_the_ticket_was_closed(desk: Desk, closed_for: float, outcome: str, tickets: int) -> None:
    """A ticket closed up to a week ago is reopened for its thread; after that the chat gets a second one, marked so."""
    chat = desk.has_unresolved_chat()
    first = desk.serve(chat)["create_ticket"]["ticket_id"]
    desk.portal.close_ticket(first)
    closes_again(desk, chat, "It is happening again, please look.", after=closed_for)

    done = desk.serve(chat)

    ticket = desk.ours(done["create_ticket"]["ticket_id"])
    key = chat.id if outcome == "reopened" else f"{chat.id}#2"
    assert (done["create_ticket"]["outcome"], len(desk.portal.records("tickets"))) == (outcome, tickets)
    assert (ticket["chat_thread_id"], desk.ticket(done["create_ticket"]["ticket_id"])["hs_pipeline_stage"]) == (
        key,
        "1",
    )


def test_a_late_visitor_joins_his_other_open_ticket(desk: Desk) -> None:
    """The thread's ticket was closed long ago, but the visitor has another open one: that one takes the chat."""
    chat = desk.has_unresolved_chat()
    desk.portal.close_ticket(desk.serve(chat)["create_ticket"]["ticket_id"])
    desk.portal.clock.advance(29 * DAY)
    other = desk.portal.has_ticket("By phone", contact=desk.contact)
    closes_again(desk, chat, "It is happening again, please look.", after=DAY)

    done = desk.serve(chat)["create_ticket"]

    assert (done["outcome"], done["ticket_id"]) == ("attached", other)


def test_an_agent_who_reopens_and_closes_by_mistake(desk: Desk) -> None:
    """A close that nobody wrote before changes nothing that matters: same ticket, same clock, no second message."""
    desk.settings["send_confirmation.email_id"] = "77"
    chat = desk.has_unresolved_chat()
    ticket = desk.serve(chat)["create_ticket"]["ticket_id"]
    clock = desk.ours(ticket)["chat_closed_at"]

    closes_again(desk, chat, after=20 * 60)
    desk.serve(chat)

    assert (desk.ours(ticket)["chat_closed_at"], len(desk.portal.emails)) == (clock, 1)
    assert len(desk.portal.records("tickets")) == 1


def test_a_mistaken_close_hours_later_is_nothing(desk: Desk) -> None:
    """Reopened and closed hours later without a word from the visitor: what was served stays as it is."""
    desk.settings["send_confirmation.email_id"] = "77"
    chat = desk.has_unresolved_chat()
    ticket = desk.serve(chat)["create_ticket"]["ticket_id"]
    before = desk.ticket(ticket)

    desk.serve(closes_again(desk, chat, after=5 * HOUR))

    assert (desk.ticket(ticket), len(desk.portal.records("tickets")), len(desk.portal.emails)) == (before, 1, 1)


@pytest.mark.parametrize("words", [(), ("hello?",)])
@pytest.mark.parametrize("after", [45 * 60, 5 * HOUR])
def test_a_close_that_was_never_served(desk: Desk, words: tuple[str, ...], after: float) -> None:
    """Reopened by an agent, or by a knock on the door, before anybody had served the first close: it is served now."""
    chat = closes_again(desk, desk.has_unresolved_chat(), *words, after=after)

    done = desk.serve(chat)

    clock = desk.ours(done["create_ticket"]["ticket_id"])["chat_closed_at"]
    assert (done["create_ticket"]["outcome"], clock) == ("created", "2026-03-02T08:02:00Z")


def test_a_promise_after_a_resolved_close(desk: Desk) -> None:
    """Hours after a resolved close the agent reopens, promises something and closes: the visitor waits since then."""
    chat = desk.has_chat("Where is my parcel?", "agent: It arrives on Tuesday.", "Perfect, thank you!").closes()
    desk.portal.clock.advance(2 * HOUR)
    chat.reopens().agent("Sorry, I was wrong. I will ask the carrier and get back to you.", by=desk.agent).closes()
    desk.portal.clock.advance(60)

    done = desk.serve(chat)

    assert (done["triage_chat"]["reason"], desk.ours(done["create_ticket"]["ticket_id"])["chat_closed_at"]) == (
        "promised",
        "2026-03-02T10:01:30Z",
    )


def test_a_marker_after_the_close(desk: Desk) -> None:
    """An agent who reopens a chat to mark it is heard, though the visitor said nothing more."""
    chat = desk.has_chat("Where is my parcel?", "agent: It arrives on Tuesday.", "Perfect, thank you!").closes()
    desk.portal.clock.advance(2 * HOUR)
    chat.reopens().comment("#unresolved the carrier lost it", by=desk.agent).closes()

    assert desk.serve(chat)["triage_chat"]["reason"] == "marker"


def test_an_earlier_sitting_whose_run_came_late(desk: Desk) -> None:
    """Two unresolved sittings and one late run: the ticket carries both closes, and the clock starts at the first."""
    chat = desk.has_unresolved_chat()
    closes_again(desk, chat, "Is anybody there? The address is still wrong.", after=3 * HOUR)

    done = desk.serve(chat)

    ticket = done["create_ticket"]["ticket_id"]
    assert (done["triage_chat"]["earlier_closes"], lines_on(desk, ticket)) == ("1772438520000", 2)
    assert (desk.ours(ticket)["chat_closed_at"], desk.ours(ticket)["chat_first_closed_at"]) == (
        "2026-03-02T08:02:00Z",
        "2026-03-02T08:02:00Z",
    )


def test_an_earlier_sitting_that_a_resolved_one_overtook(desk: Desk) -> None:
    """An unresolved sitting that a resolved one followed is over: only what came after is served."""
    chat = desk.has_unresolved_chat()
    desk.portal.clock.advance(3 * HOUR)
    chat.reopens().says("Any news?").agent("Yes, it is changed, the new invoice is attached.", by=desk.agent)
    chat.says("Perfect, thank you!").closes(by=desk.agent)
    closes_again(desk, chat, "Another thing: the VAT number is missing too.", after=3 * HOUR)

    done = desk.serve(chat)

    assert (done["triage_chat"]["resolution"], done["triage_chat"]["earlier_closes"]) == ("unresolved", "")
    assert lines_on(desk, done["create_ticket"]["ticket_id"]) == 1


def test_an_earlier_sitting_that_was_served_stays_served(desk: Desk) -> None:
    """The first sitting's ticket was solved and closed; the second sitting does not list the first one again."""
    chat = desk.has_unresolved_chat()
    first = desk.serve(chat)["create_ticket"]["ticket_id"]
    desk.portal.close_ticket(first)
    closes_again(desk, chat, "It is happening again, please look.", after=DAY)

    done = desk.serve(chat)

    assert (done["create_ticket"]["ticket_id"], lines_on(desk, first)) == (first, 2)
    assert desk.ours(first)["chat_closed_at"] == "2026-03-03T08:03:30Z"


def test_moved_to_an_inbox_that_is_not_served(desk: Desk) -> None:
    """A thread moved to another team's inbox before the ticket is made is that team's."""
    chat = desk.has_unresolved_chat()
    done = {"triage_chat": desk.outputs("triage_chat", **desk.inputs_for("triage_chat", chat, {}))}
    chat.moves_to(desk.portal.has_inbox("Sales"))

    made = desk.outputs("create_ticket", **desk.inputs_for("create_ticket", chat, done))

    assert (made["outcome"], made["explanation"], desk.portal.records("tickets")) == (
        "skipped",
        "The chat's inbox is not among this action's inboxes.",
        [],
    )


def test_moved_between_two_served_inboxes(desk: Desk) -> None:
    """A thread moved to another inbox that is served gets its ticket there."""
    chat = desk.has_unresolved_chat()
    second = desk.portal.has_inbox("Billing")
    done = {"triage_chat": desk.outputs("triage_chat", **desk.inputs_for("triage_chat", chat, {}))}
    chat.moves_to(second)

    inputs = {**desk.inputs_for("create_ticket", chat, done), "inboxes": f"{desk.inbox}, {second}"}
    made = desk.outputs("create_ticket", **inputs)

    assert desk.ours(made["ticket_id"])["chat_inbox"] == second


def test_a_ticket_closed_after_it_served_is_left_alone(desk: Desk) -> None:
    """A rep closed the ticket before HubSpot's retry of a run that had finished: the retry does not reopen it."""
    chat = desk.has_unresolved_chat()
    ticket = desk.serve(chat)["create_ticket"]["ticket_id"]
    desk.portal.close_ticket(ticket)
    before = len(desk.portal.writes)

    done = desk.serve(chat)

    assert (done["create_ticket"]["ticket_id"], desk.ticket(ticket)["hs_pipeline_stage"]) == (ticket, "4")
    assert len(desk.portal.writes) == before


def test_a_thread_longer_than_a_page_is_parted_right(desk: Desk) -> None:
    """Sittings are told apart however many pages of messages lie between their closes."""
    chat = desk.has_chat(*[f"line {n} of a long story" for n in range(150)], "agent: Solved, it is changed.", "Thanks!")
    chat.closes(by=desk.agent)
    closes_again(desk, chat, *[f"line {n} of another story" for n in range(120)], after=2 * HOUR)

    done = desk.serve(chat)

    assert (done["triage_chat"]["reason"], done["triage_chat"]["earlier_closes"]) == ("no_answer", "")
