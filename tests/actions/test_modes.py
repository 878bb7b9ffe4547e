"""Off, dry and live: dry judges everything, writes nothing, and says what it would do (docs/rules.md, section 7)."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from harness.portal import Chat
from tests.actions.desk import CHAIN, Desk, Done
from tests.actions.test_never_lost import SCENES


def play(desk: Desk, chat: Chat) -> tuple[Done, list[dict[str, Any]]]:
    """The chain on one chat; the outputs, and what the actions said in HubSpot's log."""
    done: Done = {}
    said = []
    for action in CHAIN:
        outcome = desk.run(action, **{**desk.inputs_for(action, chat, done), **desk.declared(action)})
        assert (outcome.status, outcome.problems) == ("succeeded", ()), outcome
        done[action] = outcome.output_fields or {}
        said += [json.loads(line) for line in outcome.logs.splitlines() if line.startswith('{"action"')]
    return done, said


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.__name__)
def test_dry_says_what_live_does(make_desk: Callable[[], Desk], scene: Callable[[Desk], Chat]) -> None:
    """In every scene a dry run writes nothing and gives the outcome that the live run then has."""
    dry, live = make_desk(), None
    dry_chat = scene(dry)
    dry.mode, state, writes = "dry", dry.portal.state(), len(dry.portal.writes)

    told, _ = play(dry, dry_chat)

    assert (dry.portal.state(), len(dry.portal.writes)) == (state, writes)
    live = make_desk()
    done, _ = play(live, scene(live))
    assert told["create_ticket"]["outcome"] == done["create_ticket"]["outcome"]


def test_a_dry_run_can_be_read_in_the_log(desk: Desk) -> None:
    """Each action leaves one line of JSON; a service-ops person reads in it what would have been done."""
    desk.mode = "dry"

    _, said = play(desk, desk.has_unresolved_chat())

    assert [line["action"] for line in said] == list(CHAIN)
    assert said[0]["explanation"] == "The agent promised to come back to the visitor."
    assert said[2]["explanation"] == "A new ticket was made for the chat. (dry run: nothing was written)"
    assert [line.get("dry_run") for line in said] == [None, None, True, True, True]


@pytest.mark.parametrize("action", ["stamp_chat_closed_at", "send_confirmation"])
def test_later_actions_understand_an_upstream_dry_run(desk: Desk, action: str) -> None:
    """After a dry create_ticket a live action writes nothing, also where a ticket exists."""
    ticket = desk.portal.has_ticket("Open", contact=desk.contact)
    closed = str(desk.portal.clock.millis())
    before = len(desk.portal.writes)
    more = {"contact_id": desk.contact} if action == "send_confirmation" else {}

    outputs = desk.outputs(action, mode="live", ticket_id=ticket, dry_run="true", closed_at=closed, **more)

    assert (outputs["dry_run"], len(desk.portal.writes) - before) == (True, 0)


def test_dry_is_the_default(desk: Desk) -> None:
    """An action whose mode nobody set writes nothing."""
    chat = desk.has_unresolved_chat()
    judged = desk.advised(chat)
    inputs = {name: value for name, value in desk.inputs_for("create_ticket", chat, judged).items() if name != "mode"}

    outputs = desk.outputs("create_ticket", **inputs)

    assert (outputs["dry_run"], desk.portal.writes) == (True, [])


def test_a_dry_run_of_a_new_visitor_reckons_to_the_end(desk: Desk) -> None:
    """No ticket is made, yet the log says when an answer would be due and that the visitor would be written to."""
    desk.mode = "dry"

    done, _ = play(desk, desk.has_unresolved_chat())

    stamp, confirmation = done["stamp_chat_closed_at"], done["send_confirmation"]
    assert (stamp["outcome"], stamp["expected_response"]) == (
        "started",
        "We will answer you by 2026-03-02 16:02 (UTC).",
    )
    assert (confirmation["outcome"], confirmation["code"], desk.portal.writes) == ("requested", "dry_run", [])
