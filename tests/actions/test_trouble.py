"""Bad weather and bad input end in a clear error or a clear output, never in a lost chat."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from harness.portal import renamed
from tests.actions.desk import CHAIN, Desk, Done

WEATHER: dict[str, Callable[[Desk], None]] = {
    "429": lambda desk: desk.portal.weather.busy(times=1),
    "429 that asks to wait": lambda desk: desk.portal.weather.busy(times=1, retry_after=3),
    "502 before the write": lambda desk: desk.portal.weather.breaks(times=1),
    "502 after the write": lambda desk: desk.portal.weather.breaks(times=1, after_write=True),
    "a lost connection": lambda desk: desk.portal.weather.drops(times=1),
    "an answer that never came": lambda desk: desk.portal.weather.drops(times=1, after_write=True),
}


@pytest.mark.parametrize("weather", WEATHER)
def test_one_bad_call_is_repeated_inside_the_run(desk: Desk, make_desk: Callable[[], Desk], weather: str) -> None:
    """Each action gets over one failure of its first call by itself, and the end is as without."""
    desk.settings["send_confirmation.email_id"] = "77"
    desk.serve(desk.has_unresolved_chat())
    struck = make_desk()
    struck.settings["send_confirmation.email_id"] = "77"
    chat = struck.has_unresolved_chat()
    done: Done = {}

    for action in CHAIN:
        WEATHER[weather](struck)
        done[action] = struck.outputs(action, **struck.inputs_for(action, chat, done), **struck.declared(action))

    assert without_now(renamed(struck.portal.state())) == without_now(renamed(desk.portal.state()))


def without_now(state: dict[str, Any]) -> dict[str, Any]:
    """The state but for the moment at which the confirmation was sent: waiting takes time."""
    for ticket in state["tickets"]:
        ticket["properties"].pop("chat_confirmation_sent_at", None)
    return state


@pytest.mark.parametrize("action", CHAIN)
@pytest.mark.parametrize("status", [429, 500, 503])
def test_lasting_trouble_is_left_to_hubspots_retry(desk: Desk, action: str, status: int) -> None:
    """When HubSpot stays busy or down, every action ends in the one exception HubSpot runs again, and says no more."""
    chat = desk.has_unresolved_chat()
    done: Done = {}
    for before in CHAIN[: CHAIN.index(action)]:
        done[before] = desk.outputs(before, **desk.inputs_for(before, chat, done))
    desk.portal.weather.busy(times=50, status=status)

    outcome = desk.run(action, **desk.inputs_for(action, chat, done))

    assert outcome.error is not None
    assert (outcome.status, outcome.mark, outcome.error.name) == ("will_retry", "documented", "ApiException")
    assert "visitor" not in outcome.error.sentence.lower()


@pytest.mark.parametrize("action", CHAIN)
def test_a_revoked_token_says_so(desk: Desk, action: str) -> None:
    """An expired key is the operator's to mend: one line, no retry for three days."""
    chat = desk.has_unresolved_chat()
    done: Done = {}
    for before in CHAIN[: CHAIN.index(action)]:
        done[before] = desk.outputs(before, **desk.inputs_for(before, chat, done))
    desk.portal.revoke(desk.token)

    outcome = desk.run(action, **desk.inputs_for(action, chat, done))

    assert outcome.error is not None
    assert outcome.status == "failed"
    assert "the service key in the secret is wrong, expired or of another portal" in outcome.error.sentence


ODD: list[Any] = [
    None, "", " ", "abc", "visitor-12@example.org", -1, 0, 10**30, 1.5, True, [], {}, "\x00", "💥", "' OR 1=1", "<b>",
    "../..", "x" * 70000, "{", "NaN", "2026-13-40", "٣",
]  # fmt: skip


@pytest.mark.parametrize("action", CHAIN)
def test_any_input_ends_clearly(desk: Desk, action: str) -> None:
    """Any odd value in any input ends in an output with all keys or in one line naming it; nothing is written."""
    contract = desk.contract(action)
    plain = {"thread_id": "8000000001", "ticket_id": "90000001"}
    for name in [one.name for one in contract.inputs]:
        for value in ODD:
            given = {one.name: plain[one.name] for one in contract.inputs if one.name in plain}
            outcome = desk.run(action, **{**given, name: value})
            if outcome.status == "succeeded":
                assert set(outcome.output_fields or {}) == {one.name for one in contract.outputs}
            else:
                assert outcome.error is not None
                assert outcome.status == "failed", (name, value, outcome)
                assert outcome.error.name in ("BadInput", "Refused"), (name, value, outcome.error)
                assert "\n" not in outcome.error.sentence

    assert desk.portal.writes == []


EVENTS: list[Any] = [{}, {"inputFields": None}, {"object": None, "inputFields": {}}, {"object": {"objectId": "x"}}]


@pytest.mark.parametrize("action", CHAIN)
@pytest.mark.parametrize("event", EVENTS, ids=json.dumps)
def test_any_event_ends_clearly(desk: Desk, action: str, event: dict[str, Any]) -> None:
    """An event without what HubSpot documents ends in an output or in one clear line."""
    outcome = desk.run_event(action, event)

    assert (outcome.status, outcome.error.name if outcome.error else "") in (("succeeded", ""), ("failed", "BadInput"))


def test_a_failed_triage_does_not_lose_the_chat(desk: Desk) -> None:
    """When triage gave no outputs, the flow's default branch still makes the ticket from the thread alone."""
    chat = desk.has_unresolved_chat()

    made = desk.outputs("create_ticket", **desk.inputs_for("create_ticket", chat, {}))

    ticket = desk.ours(made["ticket_id"])
    assert (made["outcome"], ticket["chat_thread_id"], ticket["chat_open_key"]) == (
        "created",
        chat.id,
        f"contact:{desk.contact}",
    )


def test_a_contact_that_vanished_does_not_cost_the_ticket(desk: Desk) -> None:
    """The contact of dedup_check's answer is gone when create_ticket looks: the ticket is made without it."""
    chat = desk.has_unresolved_chat()
    done: Done = {"triage_chat": desk.outputs("triage_chat", **desk.inputs_for("triage_chat", chat, {}))}
    done["dedup_check"] = {
        **desk.outputs("dedup_check", **desk.inputs_for("dedup_check", chat, done)),
        "contact_id": "4040404",
    }

    made = desk.outputs("create_ticket", **desk.inputs_for("create_ticket", chat, done))

    linked = [desk.portal.associations("tickets", made["ticket_id"], to) for to in ("contacts", "conversations")]
    assert (made["outcome"], made["contact_id"], linked) == ("created", "", [[], [chat.id]])


def test_refused_links_are_made_one_by_one(desk: Desk) -> None:
    """HubSpot refuses the links with the ticket: the ticket is made without, then linked, and says what it lacks."""
    chat = desk.has_unresolved_chat()
    desk.portal.weather.busy(times=1, status=400, route="POST /crm/objects/2026-09/tickets$")
    desk.portal.weather.busy(times=1, status=400, route="PUT /crm/objects/2026-09/tickets/[0-9]+/associations/contacts")

    made = desk.serve(chat)["create_ticket"]

    linked = [desk.portal.associations("tickets", made["ticket_id"], to) for to in ("contacts", "conversations")]
    assert (made["outcome"], made["left_out"], linked) == ("created", "link to contacts", [[], [chat.id]])


def test_a_property_the_portal_refuses_is_left_out(desk: Desk) -> None:
    """An owner who left and a priority that does not exist cost the ticket nothing but themselves."""
    chat = desk.has_unresolved_chat()
    desk.settings["create_ticket.routes"] = '[{"priority": "SUPER", "owner": "404404"}]'

    made = desk.serve(chat)["create_ticket"]

    assert (made["outcome"], "hs_ticket_priority" in made["left_out"]) == ("created", True)


def test_properties_that_were_not_provisioned_are_named(
    make_desk: Callable[[], Desk], switchboard: Any, desk: Desk
) -> None:
    """In a portal without our properties the action ends in one line that names them, and HubSpot does not retry it."""
    bare = desk.without_properties()
    chat = bare.has_unresolved_chat()

    outcome = bare.run("create_ticket", **bare.inputs_for("create_ticket", chat, {}))

    assert outcome.error is not None
    assert (outcome.status, "chat_thread_id" in outcome.error.sentence) == ("failed", True)


def test_the_older_paths_serve_as_well(desk: Desk) -> None:
    """With api_version v3 the whole chain runs on the v3 and v4 paths, with owner, company and a second chat."""
    desk.settings |= {f"{action}.api_version": "v3" for action in CHAIN} | {"send_confirmation.email_id": "77"}
    desk.settings["create_ticket.routes"] = '[{"owner": "agent"}]'
    desk.portal.has_company("Example Ltd", [desk.contact])

    done = desk.serve(desk.has_unresolved_chat())
    again = desk.serve(desk.has_unresolved_chat())

    made, owner = done["create_ticket"], desk.portal.owner_of(desk.agent)
    assert (made["outcome"], done["send_confirmation"]["outcome"]) == ("created", "accepted")
    assert (again["create_ticket"]["outcome"], again["create_ticket"]["left_out"]) == ("attached", "")
    assert desk.ticket(made["ticket_id"])["hubspot_owner_id"] == owner
    assert [entry.path for entry in desk.portal.log if "2026-09" in entry.path] == []
