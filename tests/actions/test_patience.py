"""How long does a run wait for HubSpot by itself, and when does it leave the rest to HubSpot's own retry?"""

import pytest

from tests.actions.desk import Desk


@pytest.mark.parametrize(("times", "seconds"), [(1, 1), (2, 3), (3, 7)])
def test_it_waits_longer_each_time(desk: Desk, times: int, seconds: int) -> None:
    """One second, two and four; the fourth attempt may still succeed."""
    chat = desk.has_unresolved_chat()
    desk.portal.weather.busy(times=times, status=503)

    outcome = desk.run("create_ticket", thread_id=chat.id)

    assert (outcome.status, [call.status for call in outcome.calls][: times + 1]) == (
        "succeeded",
        [503] * times + [200],
    )
    assert int(outcome.duration_ms / 1000) == seconds


@pytest.mark.parametrize(("asked", "status"), [(15, "succeeded"), (16, "will_retry"), (90, "will_retry")])
def test_it_waits_as_long_as_hubspot_asks(desk: Desk, asked: int, status: str) -> None:
    """If that leaves a second of the seventeen; else it ends at once, and HubSpot runs it again."""
    chat = desk.has_unresolved_chat()
    desk.portal.weather.busy(times=1, retry_after=asked)

    outcome = desk.run("create_ticket", thread_id=chat.id)

    assert outcome.status == status
    assert int(outcome.duration_ms / 1000) == (asked if status == "succeeded" else 0)


@pytest.mark.parametrize("status", [423, 429, 477, 500, 502, 504, 520, 599])
def test_what_may_pass(desk: Desk, status: int) -> None:
    """A lock, a limit, a migration, and whatever is HubSpot's own trouble: the same request again."""
    chat = desk.has_unresolved_chat()
    desk.portal.weather.busy(times=1, status=status)

    outcome = desk.run("create_ticket", thread_id=chat.id)

    assert (outcome.status, [call.status for call in outcome.calls][:2]) == ("succeeded", [status, 200])


@pytest.mark.parametrize("status", [400, 402, 409, 422, 424, 428, 430, 476, 478, 499])
def test_what_does_not_pass(desk: Desk, status: int) -> None:
    """It is not asked again, and HubSpot does not run it again."""
    chat = desk.has_unresolved_chat()
    desk.portal.weather.busy(times=1, status=status)

    outcome = desk.run("create_ticket", thread_id=chat.id)

    assert (outcome.status, [call.status for call in outcome.calls]) == ("failed", [status])


def test_a_dry_run_sees_the_lock(desk: Desk) -> None:
    """It says that the chat would join the ticket that holds the visitor's lock, and writes nothing."""
    key = f"contact:{desk.contact}"
    ticket = desk.portal.has_ticket("Wrong invoice", contact=desk.contact, chat_open_key=key)
    chat = desk.has_unresolved_chat()
    before = len(desk.portal.writes)

    made = desk.outputs("create_ticket", mode="dry", thread_id=chat.id)

    why = "The visitor has an open ticket; the chat was attached to it. (dry run: nothing was written)"
    assert (made["outcome"], made["explanation"], made["ticket_id"]) == ("attached", why, ticket)
    assert len(desk.portal.writes) == before


@pytest.mark.parametrize(("stage", "days"), [("1", 8), ("4", 1)])
def test_a_dry_run_sees_what_the_lock_is_worth(desk: Desk, stage: str, days: int) -> None:
    """A lock of a closed ticket, or one that nobody touched for a week, would be given up."""
    key = f"contact:{desk.contact}"
    desk.portal.has_ticket("Long ago", contact=desk.contact, chat_open_key=key, hs_pipeline_stage=stage)
    desk.portal.clock.advance(days * 86_400)
    chat = desk.has_unresolved_chat()

    made = desk.outputs("create_ticket", mode="dry", thread_id=chat.id)

    assert (made["outcome"], made["ticket_id"]) == ("created", "")


@pytest.mark.parametrize("days", [6, 8])
def test_a_lock_is_worth_a_week(desk: Desk, days: int) -> None:
    """The chat joins the lock's holder if that was touched in the seven days before; else it gets the lock."""
    key = f"contact:{desk.contact}"
    ticket = desk.portal.has_ticket("Before", contact=desk.contact, chat_open_key=key)
    desk.portal.clock.advance(days * 86_400)
    chat = desk.has_unresolved_chat()

    made = desk.outputs("create_ticket", mode="live", inboxes=desk.inbox, thread_id=chat.id)

    assert made["outcome"] == ("attached" if days == 6 else "created")
    assert desk.ticket(made["ticket_id"])["chat_open_key"] == key
    assert (made["ticket_id"] == ticket) is (days == 6)


@pytest.mark.parametrize(("later", "outcome"), [(0, "attached"), (1, "created")])
def test_a_lock_is_worth_a_week_to_the_second(desk: Desk, later: int, outcome: str) -> None:
    """Touched seven days before the close, a ticket still holds the lock; a second longer ago, it does not."""
    touched = desk.portal.clock.millis()
    desk.portal.has_ticket("Before", contact=desk.contact, chat_open_key=f"contact:{desk.contact}")
    desk.portal.clock.advance(8 * 86_400)
    chat = desk.has_unresolved_chat()
    closed = touched + (7 * 86_400 + later) * 1000

    made = desk.outputs("create_ticket", mode="live", inboxes=desk.inbox, thread_id=chat.id, closed_at=str(closed))

    assert made["outcome"] == outcome


def test_a_lock_is_judged_by_the_close(desk: Desk) -> None:
    """A run that HubSpot repeats three days later finds the holder as good as it was when the chat closed."""
    key = f"contact:{desk.contact}"
    ticket = desk.portal.has_ticket("Before", contact=desk.contact, chat_open_key=key)
    desk.portal.clock.advance(6 * 86_400)
    chat = desk.has_unresolved_chat()
    desk.portal.clock.advance(3 * 86_400)

    made = desk.outputs(
        "create_ticket", mode="live", inboxes=desk.inbox, thread_id=chat.id, closed_at="2026-03-08T08:02:00Z"
    )

    assert (made["outcome"], made["ticket_id"]) == ("attached", ticket)


def test_a_key_that_cannot_be_written_is_never_left_out(desk: Desk) -> None:
    """Without its list of chats a ticket would not be the chat's: none is made, and the property is named."""
    chat = desk.has_unresolved_chat()
    judged = desk.advised(chat)
    desk.portal.demands("tickets", "chat_threads", "MAX_LENGTH", "5")

    outcome = desk.run("create_ticket", **desk.inputs_for("create_ticket", chat, judged))

    assert outcome.error is not None
    assert (outcome.status, outcome.error.name, desk.portal.records("tickets")) == ("failed", "BadInput", [])
    assert "create_ticket: HubSpot refuses the ticket because of chat_threads (" in outcome.error.sentence
