"""What else do the descriptions of the settings promise: older paths, spans with blanks, pauses, codes?"""

import pytest

from tests.actions.desk import Desk

CLOSED = "2026-03-02T08:02:00Z"


@pytest.mark.parametrize("version", ["v3", "2026-09"])
def test_the_version_of_the_api(desk: Desk, version: str) -> None:
    """Each action that writes asks for all it asks on the paths of that version."""
    chat = desk.has_unresolved_chat()
    ticket = desk.portal.has_ticket("x", contact=desk.contact, chat_expected_response="Soon.")
    given = {"mode": "live", "closed_at": CLOSED, "api_version": version}

    runs = [
        desk.run("create_ticket", **given, inboxes=desk.inbox, thread_id=chat.id),
        desk.run("stamp_chat_closed_at", **given, ticket_id=ticket),
        desk.run("send_confirmation", **given, ticket_id=ticket, contact_id=desk.contact),
    ]

    assert [run.status for run in runs] == ["succeeded"] * 3
    paths = [call.path for run in runs for call in run.calls]
    assert {("2026-09" in path, "/v3/" in path or "/v4/" in path) for path in paths} == {
        (version == "2026-09", version == "v3")
    }


@pytest.mark.parametrize("span", [" 30m ", "30M", "30 min"])
def test_a_span_in_any_form(desk: Desk, span: str) -> None:
    """Blanks around it, and capitals, are no mistake."""
    desk.has_unresolved_chat()

    outputs = desk.outputs("stamp_chat_closed_at", closed_at=CLOSED, sla=f'{{"default": "{span}"}}')

    assert outputs["expected_response"] == "We will answer you by 2026-03-02 08:32 (UTC)."


def test_a_span_that_is_a_number(desk: Desk) -> None:
    """Eight of what? One line, not a traceback."""
    outcome = desk.run("stamp_chat_closed_at", ticket_id="90000001", sla='{"default": 8}')

    assert outcome.error is not None
    assert outcome.error.name == "BadInput"
    assert "stamp_chat_closed_at: input 'sla': expected a span like" in outcome.error.sentence


@pytest.mark.parametrize(
    ("minutes", "answer"),
    [("40", ("requested", "workflow")), ("50", ("skipped", "confirmed_recently"))],
)
def test_the_pause_in_minutes(desk: Desk, minutes: str, answer: tuple[str, str]) -> None:
    """Two chats of one ticket close 45 minutes apart."""
    desk.settings["send_confirmation.pause_minutes"] = minutes
    desk.serve(desk.has_unresolved_chat())
    desk.portal.clock.advance(43 * 60)

    done = desk.serve(desk.has_unresolved_chat())

    assert (done["send_confirmation"]["outcome"], done["send_confirmation"]["code"]) == answer


def test_nothing_to_confirm(desk: Desk) -> None:
    """No ticket was made, so there is none to speak of."""
    assert desk.outputs("send_confirmation", mode="live") == {
        "outcome": "skipped",
        "code": "no_ticket",
        "ticket_id": "",
        "dry_run": False,
    }


def test_a_ticket_that_is_archived_before_its_clock_is_written(desk: Desk) -> None:
    """Between the reading and the writing: skipped, and nothing said of a moment that stands nowhere."""
    ticket = desk.portal.has_ticket("x", contact=desk.contact)
    desk.switchboard.meanwhile(2, lambda: desk.portal.archive_ticket(ticket))

    outputs = desk.outputs("stamp_chat_closed_at", mode="live", ticket_id=ticket, closed_at=CLOSED)

    assert (outputs["outcome"], outputs["chat_closed_at"], outputs["expected_response"]) == ("skipped", None, "")


def test_who_waits_for_a_person_is_said_in_words(desk: Desk) -> None:
    """The visitor asked for a person and none came: reason and sentence say so."""
    desk.portal.has_llm("assistant")
    chat = desk.has_chat("Can I talk to a human, please?", "llm: You can try our list of questions.")
    chat.closes(by=desk.agent)

    triage = desk.advised(chat)["triage_chat"]

    assert (triage["reason"], triage["explanation"]) == (
        "handed_over",
        "The visitor was to be served by a person, and no person wrote.",
    )
