"""create_ticket refuses to lose: whatever single answer HubSpot gives at whatever call, nobody is forgotten."""

from collections.abc import Callable
from functools import partial

import pytest

from harness.portal import Chat
from tests.actions.desk import Desk

STATUSES = (400, 401, 403, 404, 409, 423, 429, 477, 500, 502, 503, 524)
Scene = Callable[[Desk], Chat]


def nobody_yet(desk: Desk) -> Chat:
    """A visitor with a company and no ticket."""
    desk.portal.has_company("Example Ltd", [desk.contact])
    return desk.has_unresolved_chat()


def an_open_ticket(desk: Desk) -> Chat:
    """A visitor whose open ticket takes the chat."""
    desk.portal.has_ticket("Open", contact=desk.contact)
    return desk.has_unresolved_chat()


def a_lock_held_by_a_closed_ticket(desk: Desk) -> Chat:
    """A visitor whose solved ticket still holds the lock."""
    desk.portal.close_ticket(desk.serve(desk.has_unresolved_chat())["create_ticket"]["ticket_id"])
    desk.portal.clock.advance(20 * 86400)
    return desk.has_unresolved_chat()


def a_reps_ticket(desk: Desk) -> Chat:
    """A rep made the ticket before the close."""
    chat = desk.has_chat("My invoice is wrong.", "agent: I will get back to you.")
    desk.portal.has_ticket("By hand", contact=desk.contact, thread=chat)
    chat.closes(by=desk.agent)
    desk.portal.clock.advance(60)
    return chat


def a_ticket_closed_yesterday(desk: Desk) -> Chat:
    """The chat's own ticket was closed yesterday; the visitor is back."""
    chat = desk.has_unresolved_chat()
    desk.portal.close_ticket(desk.serve(chat)["create_ticket"]["ticket_id"])
    desk.portal.clock.advance(86400)
    chat.reopens().says("It happened again.").closes(by=desk.agent)
    desk.portal.clock.advance(60)
    return chat


SCENES = (nobody_yet, an_open_ticket, a_lock_held_by_a_closed_ticket, a_reps_ticket, a_ticket_closed_yesterday)


def served(desk: Desk, chat: Chat) -> bool:
    """Does an open ticket name the thread?"""
    return any(
        chat.id in one.properties.get("chat_threads", "") and one.properties.get("hs_is_closed") != "true"
        for one in desk.portal.records("tickets")
    )


@pytest.mark.parametrize("status", STATUSES)
@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.__name__)
def test_one_bad_answer_at_any_call(desk: Desk, make_desk: Callable[[], Desk], scene: Scene, status: int) -> None:
    """A ticket that names the thread, an exception that HubSpot runs again, or one line that tells what to mend."""
    chat = scene(desk)
    judged = desk.advised(chat)
    calls = len(desk.run("create_ticket", **desk.inputs_for("create_ticket", chat, judged)).calls)
    assert served(desk, chat)

    for call in range(1, calls + 1):
        struck = make_desk()
        chat = scene(struck)
        judged = struck.advised(chat)
        struck.switchboard.meanwhile(call, partial(struck.portal.weather.busy, times=1, status=status))
        outcome = struck.run("create_ticket", **struck.inputs_for("create_ticket", chat, judged))
        if outcome.error is None:
            assert served(struck, chat), f"call {call} of {calls}: {outcome.output_fields}"
        else:
            told = outcome.status == "will_retry" or outcome.error.name in ("Refused", "BadInput")
            assert told, f"call {call} of {calls}: {outcome.error}"
            assert "\n" not in outcome.error.sentence


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.__name__)
def test_what_failed_for_good_heals_when_run_again(desk: Desk, make_desk: Callable[[], Desk], scene: Scene) -> None:
    """After a refusal at any call, the same run with a HubSpot that is well again serves the chat with one ticket."""
    chat = scene(desk)
    calls = len(desk.run("create_ticket", **desk.inputs_for("create_ticket", chat, desk.advised(chat))).calls)
    tickets = len(desk.portal.records("tickets"))

    for call in range(1, calls + 1):
        struck = make_desk()
        chat = scene(struck)
        inputs = struck.inputs_for("create_ticket", chat, struck.advised(chat))
        struck.switchboard.meanwhile(call, partial(struck.portal.weather.busy, times=1, status=400))
        struck.run("create_ticket", **inputs)
        struck.outputs("create_ticket", **inputs)
        assert (served(struck, chat), len(struck.portal.records("tickets"))) == (True, tickets), f"call {call}"
