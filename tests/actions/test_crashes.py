"""HubSpot may kill, refuse or lose any call and run the action again: the end is the same as without."""

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

from harness.portal import Chat, renamed
from tests.actions.desk import CHAIN, Desk, Done

Scene = Callable[[Desk], Chat]


def a_new_ticket(desk: Desk) -> Chat:
    """A visitor with a company, no ticket yet, the confirmation by transactional e-mail."""
    desk.portal.has_company("Example Ltd", [desk.contact])
    desk.settings["send_confirmation.email_id"] = "77"
    return desk.has_unresolved_chat()


def an_open_ticket(desk: Desk) -> Chat:
    """A visitor whose open ticket waits on the contact; it moves when the chat is attached. HubSpot's own e-mail."""
    desk.portal.has_ticket("Wrong invoice", contact=desk.contact, hs_pipeline_stage="2")
    desk.settings["create_ticket.stage_moves"] = '{"2": "3"}'
    return desk.has_unresolved_chat()


def a_ticket_closed_a_moment_ago(desk: Desk) -> Chat:
    """The chat's own ticket was closed; the visitor came back within the week."""
    chat = desk.has_unresolved_chat()
    ticket = desk.serve(chat)["create_ticket"]["ticket_id"]
    desk.portal.clock.advance(3600)
    desk.portal.close_ticket(ticket)
    desk.portal.clock.advance(86400)
    chat.reopens().says("It happened again, the address is still wrong.")
    desk.portal.clock.advance(60)
    chat.closes(by=desk.agent)
    desk.portal.clock.advance(60)
    return chat


def a_reps_own_ticket(desk: Desk) -> Chat:
    """A rep made the ticket by hand before the chat closed."""
    chat = desk.has_chat("My invoice is wrong, please correct it.", "agent: I will get back to you.")
    desk.portal.has_ticket("What the rep typed", contact=desk.contact, thread=chat)
    chat.closes(by=desk.agent)
    desk.portal.clock.advance(60)
    return chat


def another_visitors_lock(desk: Desk) -> Chat:
    """An old ticket, closed long ago, still holds the visitor's lock and has to give it up."""
    desk.portal.has_ticket(
        "Last year", contact=desk.contact, chat_open_key=f"contact:{desk.contact}", hs_pipeline_stage="4"
    )
    desk.portal.clock.advance(30 * 86400)
    return desk.has_unresolved_chat()


def an_address_without_contact(desk: Desk) -> Chat:
    """A visitor whom HubSpot knows no contact for, who left an address; writing to him is allowed."""
    desk.settings |= {"send_confirmation.email_id": "77", "send_confirmation.allow_new_contact": "true"}
    return desk.has_unresolved_chat(contact=None, email="new@example.org")


def two_sittings_and_a_late_run(desk: Desk) -> Chat:
    """The run of the first close never came; the visitor was back and still nobody answered."""
    chat = desk.has_unresolved_chat()
    desk.portal.clock.advance(3 * 3600)
    chat.reopens().says("Is anybody there?")
    desk.portal.clock.advance(60)
    chat.closes(by=desk.agent)
    desk.portal.clock.advance(60)
    return chat


def refused_ornaments(desk: Desk) -> Chat:
    """The route names an owner and a stage that do not exist, and the ticket leaves a note where it joins another."""
    routes = '[{"pipeline": "0", "stage": "404", "owner": "404404", "priority": "SUPER"}]'
    desk.settings |= {"create_ticket.routes": routes, "create_ticket.add_note": "true"}
    return desk.has_unresolved_chat()


SCENES = (
    an_address_without_contact,
    two_sittings_and_a_late_run,
    refused_ornaments,
    a_new_ticket,
    an_open_ticket,
    a_ticket_closed_a_moment_ago,
    a_reps_own_ticket,
    another_visitors_lock,
)
FAULTS: dict[str, Callable[[Desk, int], None]] = {
    "killed before the call was carried out": lambda desk, call: desk.portal.weather.kills(
        at_call=call, after_write=False
    ),
    "killed after it was carried out": lambda desk, call: desk.portal.weather.kills(at_call=call, after_write=True),
}


def end_state(
    desk: Desk, scene: Scene, struck: str = "", call: int = 0, fault: str = "", twin: str = ""
) -> tuple[dict[str, Any], dict[str, int]]:
    """The portal after the whole chain, one action of it struck at one call and then run again; calls by action."""
    chat = scene(desk)
    done: Done = {}
    calls: dict[str, int] = {}
    for action in CHAIN:
        inputs = {**desk.inputs_for(action, chat, done), **desk.declared(action)}
        if action == struck:
            FAULTS[fault](desk, call)
            first = desk.run(action, **inputs)
            assert first.error is not None, f"{action} was not killed at call {call}"
            assert first.error.name == "Killed", first
        if action == twin:
            desk.switchboard.meanwhile(call, partial(desk.run, action, **inputs))
        outcome = desk.run(action, **inputs)
        assert (outcome.status, outcome.problems) == ("succeeded", ()), outcome
        done[action], calls[action] = outcome.output_fields or {}, len(outcome.calls)
    return renamed(desk.portal.state()), calls


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.__name__)
def test_a_crash_at_any_call_heals(desk: Desk, make_desk: Callable[[], Desk], scene: Scene, fault: str) -> None:
    """Whichever action is killed at whichever of its calls: run again, the portal is exactly as after a clean run."""
    clean, calls = end_state(desk, scene)

    for action in CHAIN:
        for call in range(1, calls[action] + 1):
            struck, _ = end_state(make_desk(), scene, action, call, fault)
            assert struck == clean, f"{action}, {fault}, at call {call}"


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.__name__)
def test_two_at_once_are_one(desk: Desk, make_desk: Callable[[], Desk], scene: Scene) -> None:
    """The same run a second time between any two calls of the first: the portal is exactly as after one run."""
    clean, calls = end_state(desk, scene)

    for action in CHAIN:
        for call in range(1, calls[action] + 1):
            doubled, _ = end_state(make_desk(), scene, twin=action, call=call)
            assert doubled == clean, f"{action}, a second run before call {call}"


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.__name__)
def test_everything_twice_is_once(desk: Desk, make_desk: Callable[[], Desk], scene: Scene) -> None:
    """The whole chain run a second time for the same close changes nothing and writes nothing."""
    chat = scene(desk)
    desk.serve(chat)
    if scene is an_address_without_contact:
        desk.serve(
            chat
        )  # the confirmation made a contact of the address: the second run links it, the third has nothing
    state, writes = desk.portal.state(), len(desk.portal.writes)

    desk.serve(chat)

    assert (desk.portal.state(), len(desk.portal.writes)) == (state, writes)


def test_a_crash_in_the_ticket_workflow_heals(desk: Desk, make_desk: Callable[[], Desk]) -> None:
    """A ticket made by hand while the chat is open: each action killed at each call ends as without."""
    clean, calls = end_of_ticket_workflow(desk)

    for action in TICKET_CHAIN:
        for call in range(1, calls[action] + 1):
            for fault in FAULTS:
                struck, _ = end_of_ticket_workflow(make_desk(), action, call, fault)
                assert struck == clean, f"{action}, {fault}, at call {call}"


TICKET_CHAIN = ("create_ticket", "stamp_chat_closed_at", "send_confirmation")


def end_of_ticket_workflow(
    desk: Desk, struck: str = "", call: int = 0, fault: str = ""
) -> tuple[dict[str, Any], dict[str, int]]:
    """The portal after the workflow for tickets made by hand, one action of it struck at one call and run again."""
    chat = desk.has_chat("My invoice is wrong, please correct it.", "agent: I will get back to you.")
    ticket = desk.portal.has_ticket("What the rep typed", contact=desk.contact, thread=chat)
    done: Done = {}
    calls: dict[str, int] = {}
    for action in TICKET_CHAIN:
        inputs: dict[str, Any] = {"mode": "live", "inboxes": desk.inbox, "ticket_id": ticket}
        if action != "create_ticket":
            inputs = desk.inputs_for(action, chat, done)
        if action == struck:
            FAULTS[fault](desk, call)
            assert desk.run(action, **inputs).status == "unknown"
        outcome = desk.run(action, **inputs)
        assert (outcome.status, outcome.problems) == ("succeeded", ()), outcome
        done[action], calls[action] = outcome.output_fields or {}, len(outcome.calls)
    return renamed(desk.portal.state()), calls
