"""The clock: every line of the table in docs/clock.md, and what else the wait depends on."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone

import pytest

from harness.portal import Chat
from tests.actions.desk import ROOT, Desk

BERLIN = timezone(timedelta(hours=1))  # on the days of this file
SETTINGS = {
    "stamp_chat_closed_at.sla": '{"default": "8h"}',
    "stamp_chat_closed_at.business_hours": "Mon-Fri 09:00-17:00",
    "stamp_chat_closed_at.zone": "Europe/Berlin",
}


@pytest.fixture
def desk(desk: Desk) -> Desk:
    desk.settings |= SETTINGS
    return desk


def at(desk: Desk, clock: str) -> None:
    """Let it be so late, Monday, 2 March 2026 in Berlin."""
    hour, minute, second = [int(part) for part in (clock + ":00").split(":")[:3]]
    desk.portal.clock.run_until(datetime(2026, 3, 2, hour, minute, second, tzinfo=BERLIN).astimezone(UTC))


def chat_that_closes(desk: Desk, clock: str) -> Chat:
    at(desk, f"{int(clock[:2]) - 1:02d}:58")
    chat = desk.has_chat("My invoice shows the wrong address.", "agent: I will get back to you.")
    at(desk, clock)
    return chat.closes(by=desk.agent)


def served(desk: Desk, clock: str) -> str:
    """A chat that closes then, served a minute later; its ticket."""
    chat = chat_that_closes(desk, clock)
    desk.portal.clock.advance(60)
    return str(desk.serve(chat)["create_ticket"]["ticket_id"])


def new(desk: Desk) -> str:
    return served(desk, "10:00")


def attached_unanswered(desk: Desk) -> str:
    served(desk, "10:00")
    return served(desk, "11:00")


def attached_after_an_answer(desk: Desk) -> str:
    ticket = served(desk, "10:00")
    at(desk, "12:00")
    desk.portal.move_ticket(ticket, "2")
    return served(desk, "15:00")


def reopened(desk: Desk) -> str:
    chat = chat_that_closes(desk, "10:00")
    desk.portal.clock.advance(60)
    ticket = str(desk.serve(chat)["create_ticket"]["ticket_id"])
    at(desk, "12:00")
    desk.portal.close_ticket(ticket)
    at(desk, "15:50")
    chat.reopens().says("It is still wrong on the new one.")
    at(desk, "16:00")
    chat.closes(by=desk.agent)
    desk.portal.clock.advance(60)
    assert desk.serve(chat)["create_ticket"]["ticket_id"] == ticket
    return ticket


def made_by_a_rep(desk: Desk, clock: str) -> str:
    chat = chat_that_closes(desk, "10:00") if clock > "10:00" else desk.has_chat("My invoice is wrong.")
    at(desk, clock)
    ticket = desk.portal.has_ticket("By hand", contact=desk.contact, thread=chat)
    if clock < "10:00":
        at(desk, "10:00")
        chat.agent("I will get back to you.", by=desk.agent).closes(by=desk.agent)
    desk.portal.clock.advance(60)
    assert desk.serve(chat)["create_ticket"]["ticket_id"] == ticket
    return ticket


def run_again(desk: Desk) -> str:
    chat = chat_that_closes(desk, "10:00")
    desk.portal.clock.advance(60)
    ticket = str(desk.serve(chat)["create_ticket"]["ticket_id"])
    at(desk, "14:00")
    desk.serve(chat)
    return ticket


def reopened_meanwhile(desk: Desk) -> str:
    chat = chat_that_closes(desk, "10:00")
    done = desk.advised(chat)
    at(desk, "13:00")
    chat.reopens()
    for action in ("create_ticket", "stamp_chat_closed_at"):
        done[action] = desk.outputs(action, **desk.inputs_for(action, chat, done), **desk.declared(action))
    return str(done["create_ticket"]["ticket_id"])


CASES: dict[str, Callable[[Desk], str]] = {
    "new": new,
    "attached, unanswered": attached_unanswered,
    "attached after an answer": attached_after_an_answer,
    "reopened": reopened,
    "made by a rep before the close": lambda desk: made_by_a_rep(desk, "09:50"),
    "made by a rep after the close": lambda desk: made_by_a_rep(desk, "10:00:30"),
    "run again": run_again,
    "thread reopened meanwhile": reopened_meanwhile,
}
TABLE = re.findall(
    r"^\| ([^|]+) \| [^|]+ \| ([\d:]+) \| ([\d:]+) \| (?:Tue) ([\d:]+) \|$",
    (ROOT / "docs" / "clock.md").read_text(encoding="utf-8"),
    re.MULTILINE,
)


def test_the_table_has_the_eight_cases() -> None:
    """Each case of the table is played, and each that is played stands in the table."""
    assert [line[0] for line in TABLE] == list(CASES)


def shown(text: str) -> str:
    """A moment of the ticket as the table writes it: day of March 2026 and local time."""
    return datetime.fromisoformat(text).astimezone(BERLIN).strftime("%d %H:%M")


@pytest.mark.parametrize(("case", "closed", "first", "due"), TABLE, ids=lambda value: value)
def test_a_line_of_the_table(desk: Desk, case: str, closed: str, first: str, due: str) -> None:
    """The dates on the ticket are those that docs/clock.md promises for this case."""
    ticket = desk.ours(CASES[case](desk))

    dates = [shown(ticket[name]) for name in ("chat_closed_at", "chat_first_closed_at", "chat_sla_due_at")]
    assert dates == [f"02 {closed}", f"02 {first}", f"03 {due}"]


def two_chats(desk: Desk) -> tuple[list[Chat], list[dict[str, object]]]:
    """Two chats of one visitor, closed at 10:00 and 10:05, both judged, both on one ticket, neither stamped."""
    chats = [chat_that_closes(desk, "10:00"), desk.has_chat("And my parcel is late too.")]
    at(desk, "10:05")
    chats[1].closes()
    made = []
    for chat in chats:
        done = desk.advised(chat)
        done["create_ticket"] = desk.make(chat, done)
        made.append({**desk.inputs_for("stamp_chat_closed_at", chat, done), **desk.declared("stamp_chat_closed_at")})
    return chats, made


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_two_chats_in_either_order(desk: Desk, order: tuple[int, int]) -> None:
    """Whichever chat's run stamps first, the wait began with the first close."""
    _, inputs = two_chats(desk)

    for one in order:
        desk.outputs("stamp_chat_closed_at", **inputs[one])

    (ticket,) = desk.portal.records("tickets")
    assert (shown(ticket.properties["chat_closed_at"]), shown(ticket.properties["chat_first_closed_at"])) == (
        "02 10:00",
        "02 10:00",
    )


@pytest.mark.parametrize("call", [1, 2, 3])
def test_two_stamps_at_once(desk: Desk, call: int) -> None:
    """One chat's stamp between two calls of the other's changes nothing of the end."""
    _, inputs = two_chats(desk)

    desk.switchboard.meanwhile(call, lambda: desk.outputs("stamp_chat_closed_at", **inputs[0]))
    desk.outputs("stamp_chat_closed_at", **inputs[1])

    (ticket,) = desk.portal.records("tickets")
    assert shown(ticket.properties["chat_closed_at"]) == "02 10:00"


def test_the_wait_does_not_start_anew_twice(desk: Desk) -> None:
    """The rep answered once; of two chats that close after that the first starts the wait and the second joins it."""
    ticket = served(desk, "10:00")
    at(desk, "11:00")
    desk.portal.move_ticket(ticket, "2")

    served(desk, "13:00")
    served(desk, "15:00")

    assert shown(desk.ours(ticket)["chat_closed_at"]) == "02 13:00"


def test_priority_and_language_choose(desk: Desk) -> None:
    """A high priority is due sooner, and the visitor is told in his language, in the zone of the desk."""
    desk.settings |= {
        "stamp_chat_closed_at.sla": '{"HIGH": "90m", "default": "8h"}',
        "stamp_chat_closed_at.language": "de",
    }
    ticket = desk.portal.has_ticket("Urgent", contact=desk.contact, hs_ticket_priority="HIGH")

    served(desk, "16:30")

    assert desk.ours(ticket)["chat_expected_response"] == "Wir antworten Ihnen bis 2026-03-03 10:00 (Europe/Berlin)."


@pytest.mark.parametrize(
    ("start", "due"),
    [
        ("2026-03-27T15:00:00Z", "2026-03-30T14:00:00Z"),  # over the week-end on which the clocks go forward
        ("2026-10-23T14:00:00Z", "2026-10-26T15:00:00Z"),  # and back
    ],
)
def test_business_hours_keep_their_wall_clock(desk: Desk, start: str, due: str) -> None:
    """The desk opens at nine by its own clock on either side of a clock change."""
    desk.portal.clock.run_until(start)
    chat = desk.portal.has_chat(inbox=desk.inbox, contact=desk.contact).says("My invoice is wrong.").closes()

    done = desk.serve(chat)

    assert done["stamp_chat_closed_at"]["sla_due_at"] == int(datetime.fromisoformat(due).timestamp() * 1000)


def test_an_open_chat_is_told_from_now(desk: Desk) -> None:
    """A rep's ticket of a chat that is still open: the visitor is told a time from now, and no clock runs yet."""
    at(desk, "10:00")
    chat = desk.has_chat("My invoice is wrong.")
    ticket = desk.portal.has_ticket("By hand", contact=desk.contact, thread=chat)

    outputs = desk.outputs(
        "stamp_chat_closed_at", mode="live", ticket_id=ticket, **desk.declared("stamp_chat_closed_at")
    )

    assert (
        outputs["outcome"],
        desk.ours(ticket).get("chat_closed_at"),
        desk.ours(ticket)["chat_expected_response"],
    ) == (
        "still_open",
        None,
        "We will answer you by 2026-03-03 10:00 (Europe/Berlin).",
    )


WRONG = {
    "business_hours": "Mon-Fri nine to five",
    "zone": "Mars/Olympus",
    "holidays": "2026-13-45",
    "sla": '{"HIGH": "soon"}',
    "response_template": '{"en": "soon"}',
}


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_setting_is_refused_before_the_first_call(desk: Desk, name: str) -> None:
    """Each setting of the clock that cannot be read ends in one line with its name; no call is made."""
    outcome = desk.run("stamp_chat_closed_at", mode="live", ticket_id="90000001", **{name: WRONG[name]})

    assert outcome.error is not None
    assert (outcome.error.name, f"input '{name}'" in outcome.error.sentence, outcome.calls) == ("BadInput", True, ())


def test_answered_and_moved_on(desk: Desk) -> None:
    """The rep answered, HubSpot moved the ticket on when the customer replied, then a chat closes: a new wait."""
    ticket = served(desk, "10:00")
    at(desk, "11:00")
    desk.portal.move_ticket(ticket, "2")
    at(desk, "12:00")
    desk.portal.move_ticket(ticket, "3")

    served(desk, "15:00")

    assert shown(desk.ours(ticket)["chat_closed_at"]) == "02 15:00"


def test_nobody_is_promised_a_moment_that_is_gone(desk: Desk) -> None:
    """A chat joins an unanswered ticket three days later: the clock stays, the sentence names a moment to come."""
    ticket = served(desk, "10:00")
    desk.portal.clock.advance(3 * 86400)

    desk.serve(desk.has_unresolved_chat())

    ours = desk.ours(ticket)
    assert (shown(ours["chat_closed_at"]), shown(ours["chat_sla_due_at"])) == ("02 10:00", "03 10:00")
    assert ours["chat_expected_response"] == "We will answer you by 2026-03-06 10:04 (Europe/Berlin)."


def test_shifts_that_overlap_count_once(desk: Desk) -> None:
    """Two entries of business hours over the same morning are one morning."""
    desk.settings["stamp_chat_closed_at.business_hours"] = "Mon-Fri 09:00-17:00, Mon-Fri 09:00-12:00"

    assert shown(desk.ours(served(desk, "10:00"))["chat_sla_due_at"]) == "03 10:00"
