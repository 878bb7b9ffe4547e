"""HubSpot refuses the writing itself: what is tried instead, how often, and which of the refusals is told."""

import pytest

from harness import Outcome
from tests.actions.desk import Desk

POST = "POST /crm/objects/2026-09/tickets$"
DAY = 86_400


def before_each_call(desk: Desk, call: object) -> None:
    """Something happens before every request of the run."""

    def again() -> None:
        assert callable(call)
        call()
        desk.switchboard.meanwhile(1, again)

    desk.switchboard.meanwhile(1, again)


def tries(outcome: Outcome, method: str = "POST") -> list[int]:
    """The answers to each attempt to make a ticket, or to change one."""
    end = "/tickets" if method == "POST" else "/tickets/90000001"
    return [call.status for call in outcome.calls if call.method == method and call.path.endswith(end)]


def made(desk: Desk, **settings: str) -> Outcome:
    """create_ticket on a plain unresolved chat."""
    chat = desk.has_unresolved_chat()
    return desk.run("create_ticket", **{**desk.inputs_for("create_ticket", chat, desk.advised(chat)), **settings})


def refused_after(desk: Desk, attempts: int, status: int) -> None:
    """Whatever HubSpot says to the first attempts to make a ticket, it refuses those behind them without a word."""

    def refuse() -> None:
        made = [one for one in desk.portal.log if one.method == "POST" and one.path.endswith("/tickets")]
        if len(made) == attempts:
            desk.portal.weather.busy(status=status, route=POST)

    before_each_call(desk, refuse)


@pytest.mark.parametrize(("refused", "landed"), [(["A"], "B"), (["A", "B"], "C"), (["A", "C"], "B")])
def test_the_next_stage_of_the_same_pipeline(desk: Desk, refused: list[str], landed: str) -> None:
    """Where a route's stage takes no new ticket the pipeline's own stages come first, in their order."""
    pipeline = desk.portal.has_pipeline("Own", [("A", "OPEN"), ("Done", "CLOSED"), ("B", "OPEN"), ("C", "OPEN")])
    stage = desk.portal.stages(pipeline)
    for label in refused:
        desk.portal.stage_not_for_creation(stage[label], pipeline)

    outcome = made(desk, routes=f'[{{"pipeline": "{pipeline}", "stage": "{stage["A"]}"}}]')

    assert outcome.output_fields is not None
    ticket = desk.ticket(outcome.output_fields["ticket_id"])
    assert (ticket["hs_pipeline"], ticket["hs_pipeline_stage"]) == (pipeline, stage[landed])
    assert outcome.output_fields["left_out"] == "hs_pipeline_stage"


def test_a_stage_of_another_pipeline(desk: Desk) -> None:
    """A pipeline that takes no new ticket at all costs the ticket its place, not the visitor his ticket."""
    pipeline = desk.portal.has_pipeline("Own", [("A", "OPEN"), ("B", "OPEN")])
    stage = desk.portal.stages(pipeline)
    for one in stage.values():
        desk.portal.stage_not_for_creation(one, pipeline)

    outcome = made(desk, routes=f'[{{"pipeline": "{pipeline}", "stage": "{stage["A"]}"}}]')

    assert outcome.output_fields is not None
    ticket = desk.ticket(outcome.output_fields["ticket_id"])
    assert (ticket["hs_pipeline"], ticket["hs_pipeline_stage"], tries(outcome)) == ("0", "1", [400, 400, 201])


def test_no_stage_takes_it(desk: Desk) -> None:
    """After four other stages the operator is told that the route names a wrong one."""
    pipeline = desk.portal.has_pipeline("Own", [(f"Stage {n}", "OPEN") for n in range(6)])
    stages = list(desk.portal.stages(pipeline).values())
    for one in stages:
        desk.portal.stage_not_for_creation(one, pipeline)

    outcome = made(desk, routes=f'[{{"pipeline": "{pipeline}", "stage": "{stages[0]}"}}]')

    assert outcome.error is not None
    assert (outcome.error.name, tries(outcome)) == ("BadInput", [400] * 5)
    assert "name another stage in the input routes" in outcome.error.sentence


def test_another_refusal_in_another_stage(desk: Desk) -> None:
    """Once HubSpot refuses for something else no further stage is tried."""
    desk.portal.stage_not_for_creation("1")
    refused_after(desk, 1, 403)

    outcome = made(desk)

    assert (outcome.status, tries(outcome), desk.portal.records("tickets")) == ("failed", [400, 403], [])


def test_a_lock_that_is_taken_in_another_stage(desk: Desk) -> None:
    """The visitor's open ticket takes the chat, whichever stage the new one was to have."""
    desk.portal.stage_not_for_creation("1")
    key = f"contact:{desk.contact}"
    holder = desk.portal.has_ticket("Holder", contact=desk.contact, chat_open_key=key)
    chat = desk.has_unresolved_chat()

    outputs = desk.outputs("create_ticket", mode="live", inboxes=desk.inbox, thread_id=chat.id)

    assert (outputs["outcome"], outputs["ticket_id"]) == ("attached", holder)


def test_a_key_that_is_revoked_meanwhile(desk: Desk) -> None:
    """It is refused once: no request mends it."""
    desk.portal.weather.busy(times=50, status=401, route=POST)

    outcome = made(desk)

    assert (outcome.status, tries(outcome)) == ("failed", [401])


def test_a_refused_link_before_a_missing_property(desk: Desk) -> None:
    """Without its links the ticket is refused for a required property: that is what the operator can mend."""
    desk.portal.weather.busy(times=1, status=400, route=POST)
    desk.portal.requires("tickets", "hs_ticket_category")

    outcome = made(desk)

    assert outcome.error is not None
    assert (outcome.error.name, tries(outcome)) == ("BadInput", [400] * 4)
    assert "because of hs_ticket_category" in outcome.error.sentence


def test_a_missing_property_before_a_refusal_without_words(desk: Desk) -> None:
    """Of two refusals the one that names a property is told."""
    desk.portal.requires("tickets", "hs_ticket_category")
    refused_after(desk, 3, 400)

    outcome = made(desk)

    assert outcome.error is not None
    assert (outcome.error.name, tries(outcome)) == ("BadInput", [400] * 4)
    assert "because of hs_ticket_category" in outcome.error.sentence


def test_a_lock_that_is_taken_again_and_again(desk: Desk) -> None:
    """A closed ticket has the lock back each time it was released: HubSpot runs it again later, and none is made."""
    holder = desk.portal.has_ticket("Holder", contact=desk.contact, hs_pipeline_stage="4")
    key = f"contact:{desk.contact}"
    chat = desk.has_unresolved_chat()
    judged = desk.advised(chat)
    before_each_call(desk, lambda: desk.portal.set_property("tickets", holder, "chat_open_key", key))

    outcome = desk.run("create_ticket", **desk.inputs_for("create_ticket", chat, judged))

    assert (outcome.status, len(desk.portal.records("tickets"))) == ("will_retry", 1)
    assert "other runs keep changing the tickets of this visitor" in outcome.logs


@pytest.mark.parametrize("closed", [True, False])
def test_a_write_that_is_refused_for_good(desk: Desk, closed: bool) -> None:
    """A ticket that may not be written is written to once, and the chat gets no second one in its place."""
    chat = desk.has_unresolved_chat()
    ticket = desk.make(chat, desk.advised(chat))["ticket_id"]
    if closed:
        desk.portal.close_ticket(ticket)
    desk.portal.clock.advance(DAY)
    chat.reopens().says("It is still wrong.").closes(by=desk.agent)
    judged = desk.advised(chat)
    desk.portal.weather.busy(times=50, status=403, route="PATCH /crm")

    outcome = desk.run("create_ticket", **desk.inputs_for("create_ticket", chat, judged))

    assert (outcome.status, tries(outcome, "PATCH"), len(desk.portal.records("tickets"))) == ("failed", [403], 1)


@pytest.mark.parametrize("name", ["chat_thread_id", "chat_threads"])
def test_a_reps_ticket_that_refuses_a_key(desk: Desk, name: str) -> None:
    """Neither the chat's key nor its list is left out of a ticket that is adopted: the property is named."""
    chat = desk.has_unresolved_chat()
    ticket = desk.portal.has_ticket("By hand", contact=desk.contact, thread=chat)
    desk.portal.demands("tickets", name, "MAX_LENGTH", "5")

    outcome = desk.run("create_ticket", mode="live", inboxes=desk.inbox, ticket_id=ticket)

    assert outcome.error is not None
    assert (outcome.error.name, "chat_thread_id" in desk.ticket(ticket)) == ("BadInput", False)
    assert f"because of {name} (" in outcome.error.sentence


def test_a_chat_whose_words_are_refused(desk: Desk) -> None:
    """Its ticket has the address alone, and says that the words are missing."""
    chat = desk.has_unresolved_chat()
    judged = desk.advised(chat)
    desk.portal.weather.busy(status=403, route="GET /conversations/.*/messages")

    outputs = desk.make(chat, judged)

    ticket = desk.ticket(outputs["ticket_id"])
    assert (outputs["left_out"], ticket["content"]) == ("content", outputs["conversation_link"])
