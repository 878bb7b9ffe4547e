"""The confirmation: once for each closed chat, never twice in half an hour, never a word of the visitor's."""

from typing import Any

import pytest

from harness.portal import Chat
from tests.actions.desk import Desk, Done

HALF_AN_HOUR = 30 * 60

# Every result code of HubSpot's specification, and what it means to the visitor.
CODES = {
    "accepted": "SENT QUEUED IDEMPOTENT_IGNORE",
    "skipped": """ADDRESS_LIST_BOMBED ADDRESS_OPTED_OUT BLOCKED_ADDRESS BLOCKED_DOMAIN
        BRAND_RECIPIENT_FATIGUE_SUPPRESSED
        GDPR_DOI_ENABLED GRAYMAIL_SUPPRESSED INVALID_TO_ADDRESS LOW_CONTACT_QUALITY_SCORE MTA_IGNORE
        NON_MARKETABLE_CONTACT PREVIOUSLY_BOUNCED PREVIOUSLY_UNSUBSCRIBED_BRAND PREVIOUSLY_UNSUBSCRIBED_BUSINESS_UNIT
        PREVIOUSLY_UNSUBSCRIBED_MESSAGE PREVIOUSLY_UNSUBSCRIBED_PORTAL PREVIOUS_SPAM QUARANTINED_ADDRESS
        RECIPIENT_FATIGUE_SUPPRESSED UNDELIVERABLE""",
    "failed": """ADDRESS_ONLY_ACCEPTED_ON_PROD CAMPAIGN_CANCELLED CANCELLED_ABUSE CORRUPT_INPUT EMAIL_DISABLED
        EMAIL_UNCONFIRMED HUBL_LIMIT_EXCEEDED IDEMPOTENT_FAIL INVALID_APP_ID_ATTRIBUTION INVALID_FROM_ADDRESS
        MISSING_CONTENT MISSING_REQUIRED_PARAMETER MISSING_TEMPLATE_PROPERTIES PORTAL_AUTHENTICATION_FAILURE
        PORTAL_EXPIRED PORTAL_MISSING_MARKETING_SCOPE PORTAL_NOT_AUTHORIZED_FOR_APPLICATION PORTAL_OVER_LIMIT
        PORTAL_SUSPENDED TEMPLATE_RENDER_EXCEPTION TOO_MANY_RECIPIENTS UBB_GOVERNANCE_MISSING
        UNCONFIGURED_SENDING_DOMAIN VALIDATION_FAILED A_CODE_OF_NEXT_YEAR""",
    "retry": "THROTTLED ATTACHMENT_DOWNLOAD_QUEUE_FULL",
}
EACH = [(meaning, code) for meaning, codes in CODES.items() for code in codes.split()]


def ticketed(desk: Desk, **more: Any) -> tuple[Chat, Done]:
    """An unresolved chat that has its ticket and its clock; only the confirmation is left to do."""
    chat = desk.has_unresolved_chat(**more)
    done = desk.advised(chat)
    for action in ("create_ticket", "stamp_chat_closed_at"):
        done[action] = desk.outputs(action, **desk.inputs_for(action, chat, done))
    return chat, done


def confirm(desk: Desk, chat: Chat, done: Done, **more: Any) -> Any:
    return desk.run("send_confirmation", **{**desk.inputs_for("send_confirmation", chat, done), **more})


@pytest.mark.parametrize(("meaning", "code"), EACH, ids=lambda value: value)
def test_every_result_code(desk: Desk, meaning: str, code: str) -> None:
    """Each code of the specification is accepted, skipped, failed or tried again; an unknown one is failed by name."""
    chat, done = ticketed(desk)
    desk.portal.email_answers("COMPLETE", code, times=9)

    outcome = confirm(desk, chat, done, email_id="77")

    if meaning == "retry":
        assert (outcome.status, code in outcome.error.sentence + outcome.logs) == ("will_retry", True)
    else:
        assert (outcome.output_fields["outcome"], outcome.output_fields["code"]) == (meaning, code)
    sent_at = desk.ours(done["create_ticket"]["ticket_id"]).get("chat_confirmation_sent_at")
    assert bool(sent_at) is (meaning == "accepted")


@pytest.mark.parametrize(
    ("status", "result", "meaning"),
    [
        ("PENDING", "", "accepted"),
        ("PROCESSING", "", "accepted"),
        ("CANCELED", "", "failed"),
        ("CANCELED", "SENT", "failed"),
        ("PENDING", "PREVIOUSLY_BOUNCED", "skipped"),
        ("COMPLETE", "", "failed"),
    ],
)
def test_a_status_without_a_plain_result(desk: Desk, status: str, result: str, meaning: str) -> None:
    """What is under way counts as accepted, what was cancelled does not, and a result goes before its status."""
    chat, done = ticketed(desk)
    desk.portal.email_answers(status, result, times=1)

    assert confirm(desk, chat, done, email_id="77").output_fields["outcome"] == meaning


WAYS: dict[str, dict[str, Any]] = {"transactional": {"email_id": "77"}, "HubSpot's own": {}}


def confirmations(desk: Desk, ticket: str) -> int:
    """How often the visitor was, or by the ticket's workflow would be, written to."""
    record = desk.portal.record("tickets", ticket)
    assert record is not None
    return len(desk.portal.emails) + len(record.history.get("chat_confirmation_requested_at", []))


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("later", [60, 3600, 3 * 86400])
def test_a_repeated_run_confirms_once(desk: Desk, way: str, later: float) -> None:
    """The same chat's run again, a minute, an hour or three days later, writes to nobody."""
    chat, done = ticketed(desk)
    confirm(desk, chat, done, **WAYS[way])
    desk.portal.clock.advance(later)

    again = confirm(desk, chat, done, **WAYS[way])

    assert (again.output_fields["outcome"], confirmations(desk, done["create_ticket"]["ticket_id"])) == (
        "already_sent",
        1,
    )


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("call", [1, 2, 3, 4])
def test_two_runs_at_once_confirm_once(desk: Desk, way: str, call: int) -> None:
    """The same run a second time between two calls of the first: one e-mail, one mark."""
    chat, done = ticketed(desk)

    desk.switchboard.meanwhile(call, lambda: confirm(desk, chat, done, **WAYS[way]))
    confirm(desk, chat, done, **WAYS[way])

    assert confirmations(desk, done["create_ticket"]["ticket_id"]) == 1


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("call", [1, 2, 3, 4])
def test_two_chats_at_once_confirm_once(desk: Desk, way: str, call: int) -> None:
    """Two chats of one ticket within the half hour, their runs one inside the other: one e-mail, one mark."""
    first, second = ticketed(desk), ticketed(desk)

    desk.switchboard.meanwhile(call, lambda: confirm(desk, *second, **WAYS[way]))
    confirm(desk, *first, **WAYS[way])

    assert confirmations(desk, first[1]["create_ticket"]["ticket_id"]) == 1


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(("apart", "expected"), [(HALF_AN_HOUR - 240, 1), (HALF_AN_HOUR + 240, 2)])
def test_half_an_hour_between_two(desk: Desk, way: str, apart: float, expected: int) -> None:
    """A second chat of the same ticket is confirmed too, but not within half an hour of the first."""
    first = ticketed(desk)
    confirm(desk, *first, **WAYS[way])
    desk.portal.clock.advance(apart)

    confirm(desk, *ticketed(desk), **WAYS[way])

    assert confirmations(desk, first[1]["create_ticket"]["ticket_id"]) == expected


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(("apart", "expected"), [(120, 1), (HALF_AN_HOUR + 240, 2)])
def test_a_reps_ticket_is_confirmed_at_once(desk: Desk, way: str, apart: float, expected: int) -> None:
    """A ticket made while the chat is open is confirmed at once, its close again only half an hour later."""
    chat = desk.has_chat("My invoice is wrong.", "agent: I will get back to you.")
    ticket = desk.portal.has_ticket("By hand", contact=desk.contact, thread=chat)
    by_hand: Done = {"create_ticket": desk.outputs("create_ticket", mode="live", inboxes=desk.inbox, ticket_id=ticket)}
    desk.outputs("stamp_chat_closed_at", **desk.inputs_for("stamp_chat_closed_at", chat, by_hand))
    confirm(desk, chat, by_hand, **WAYS[way])
    desk.portal.clock.advance(apart)
    chat.closes(by=desk.agent)
    desk.portal.clock.advance(60)
    done = desk.advised(chat)
    done["create_ticket"] = desk.make(chat, done)

    confirm(desk, chat, done, **WAYS[way])

    assert confirmations(desk, ticket) == expected


def test_a_lost_mark_does_not_send_twice(desk: Desk) -> None:
    """A rep's ticket was confirmed, the mark was lost, the chat closes before the retry: one e-mail all the same."""
    chat = desk.has_chat("My invoice is wrong.", "agent: I will get back to you.")
    ticket = desk.portal.has_ticket("By hand", contact=desk.contact, thread=chat)
    by_hand: Done = {"create_ticket": desk.outputs("create_ticket", mode="live", inboxes=desk.inbox, ticket_id=ticket)}
    desk.outputs("stamp_chat_closed_at", **desk.inputs_for("stamp_chat_closed_at", chat, by_hand))
    desk.portal.weather.busy(times=9, status=503, route="PATCH /crm")
    assert confirm(desk, chat, by_hand, email_id="77").status == "will_retry"
    desk.portal.weather.clears()
    desk.portal.clock.advance(60)
    chat.closes(by=desk.agent)
    done = desk.advised(chat)
    done["create_ticket"] = desk.make(chat, done)

    confirm(desk, chat, done, email_id="77")
    confirm(desk, chat, by_hand, email_id="77")

    assert len(desk.portal.emails) == 1


@pytest.mark.parametrize("way", WAYS)
def test_a_lost_mark_and_a_chat_that_closed_before_the_ticket(desk: Desk, way: str) -> None:
    """A rep's ticket was confirmed, the mark was lost, a chat that closed before it was made joins it: one e-mail."""
    said = ("My invoice is wrong.", "agent: I will get back to you.")
    other, chat = desk.has_chat(*said), desk.has_chat(*said)
    other.closes(by=desk.agent)
    desk.portal.clock.advance(1)
    ticket = desk.portal.has_ticket("By hand", contact=desk.contact, thread=chat)
    by_hand: Done = {"create_ticket": desk.outputs("create_ticket", mode="live", inboxes=desk.inbox, ticket_id=ticket)}
    desk.outputs("stamp_chat_closed_at", **desk.inputs_for("stamp_chat_closed_at", chat, by_hand))
    desk.portal.weather.busy(times=9, status=503, route="PATCH /crm")
    assert confirm(desk, chat, by_hand, **WAYS[way]).status == "will_retry"
    desk.portal.weather.clears()
    desk.portal.clock.advance(60)
    done = desk.advised(other)
    done["create_ticket"] = desk.make(other, done)

    confirm(desk, other, done, **WAYS[way])
    confirm(desk, chat, by_hand, **WAYS[way])

    assert (done["create_ticket"]["outcome"], confirmations(desk, ticket)) == ("attached", 1)


@pytest.mark.parametrize("way", WAYS)
def test_the_later_of_two_chats_is_served_first(desk: Desk, way: str) -> None:
    """Two chats close a second apart; the later one's mark is not written yet when the earlier one is served."""
    said = ("My invoice is wrong.", "agent: I will get back to you.")
    early, late = desk.has_chat(*said).closes(by=desk.agent), desk.has_chat(*said)
    desk.portal.clock.advance(1)
    late.closes(by=desk.agent)
    desk.portal.clock.advance(60)
    ends: list[Done] = []
    for chat in (late, early):
        done = desk.advised(chat)
        done["create_ticket"] = desk.make(chat, done)
        done["stamp_chat_closed_at"] = desk.outputs(
            "stamp_chat_closed_at", **desk.inputs_for("stamp_chat_closed_at", chat, done)
        )
        ends.append(done)
        if chat is late:
            desk.portal.weather.busy(times=9, status=503, route="PATCH /crm")
            confirm(desk, chat, done, **WAYS[way])
            desk.portal.weather.clears()

    confirm(desk, early, ends[1], **WAYS[way])
    confirm(desk, late, ends[0], **WAYS[way])

    assert confirmations(desk, ends[0]["create_ticket"]["ticket_id"]) == 1


@pytest.mark.parametrize("way", WAYS)
def test_no_pause_at_all(desk: Desk, way: str) -> None:
    """With a pause of 0 minutes each close is confirmed, however soon after another, and each once."""
    for _ in range(2):
        chat, done = ticketed(desk)
        for _ in range(2):
            assert confirm(desk, chat, done, pause_minutes="0", **WAYS[way]).status == "succeeded"
        desk.portal.clock.advance(60)

    assert confirmations(desk, done["create_ticket"]["ticket_id"]) == 2


def test_nothing_the_visitor_typed_is_sent(desk: Desk) -> None:
    """The e-mail carries the ticket's number, the expected response and the help link, and not a word else."""
    chat, done = ticketed(desk)

    confirm(desk, chat, done, email_id="77", help_link="https://example.org/help")

    (email,) = desk.portal.emails
    assert email.properties == {
        "ticket_number": done["create_ticket"]["ticket_id"],
        "expected_response": "We will answer you by 2026-03-02 16:02 (UTC).",
        "help_link": "https://example.org/help",
    }


@pytest.mark.parametrize(("allowed", "code", "contacts"), [("false", "no_address", 1), ("true", "PENDING", 2)])
def test_no_contact_is_made_without_permission(desk: Desk, allowed: str, code: str, contacts: int) -> None:
    """HubSpot makes a contact of every address it writes to; an unknown one is written to only by permission."""
    chat, done = ticketed(desk, contact=None, email="new@example.org")

    outcome = confirm(desk, chat, done, email_id="77", allow_new_contact=allowed)

    assert (outcome.output_fields["code"], len(desk.portal.records("contacts"))) == (code, contacts)


@pytest.mark.parametrize("address", ["a b@example.org", '"quo ted"@example.org', "nobody", "two@@example.org", "a@b"])
def test_an_address_that_is_none(desk: Desk, address: str) -> None:
    """An address no mail could reach is skipped without asking HubSpot."""
    chat, done = ticketed(desk, contact=None)

    inputs: dict[str, Any] = {"email_id": "77", "allow_new_contact": "true", "visitor_email": address}
    outcome = confirm(desk, chat, done, **inputs)

    assert (outcome.output_fields["outcome"], outcome.output_fields["code"]) == ("skipped", "INVALID_TO_ADDRESS")


def test_the_routes_email_goes_first(desk: Desk) -> None:
    """A route that names its own e-mail sends that one."""
    desk.settings["create_ticket.routes"] = f'[{{"inbox": "{desk.inbox}", "email_id": "88"}}]'
    desk.settings["send_confirmation.email_id"] = "77"

    desk.serve(desk.has_unresolved_chat())

    assert [email.email_id for email in desk.portal.emails] == ["88"]


@pytest.mark.parametrize("call", [1, 2, 3, 4])
def test_a_ticket_archived_meanwhile(desk: Desk, call: int) -> None:
    """The ticket goes between two calls: the run ends clearly and HubSpot does not try it again."""
    chat, done = ticketed(desk)
    ticket = str(done["create_ticket"]["ticket_id"])

    desk.switchboard.meanwhile(call, lambda: desk.portal.archive_ticket(ticket))

    assert confirm(desk, chat, done, email_id="77").status == "succeeded"


def test_no_sentence_no_email(desk: Desk) -> None:
    """A ticket without an expected response, because the clock is still dry, is not confirmed with an empty one."""
    chat = desk.has_unresolved_chat()
    done = desk.advised(chat)
    done["create_ticket"] = desk.make(chat, done)

    outcome = confirm(desk, chat, done, email_id="77")

    assert (outcome.output_fields["code"], desk.portal.emails) == ("no_expected_response", [])


def test_a_closed_ticket_is_not_confirmed(desk: Desk) -> None:
    """The rep closed the ticket before a late run: nobody is told to wait for an answer."""
    chat, done = ticketed(desk)
    desk.portal.close_ticket(str(done["create_ticket"]["ticket_id"]))

    assert confirm(desk, chat, done, email_id="77").output_fields["code"] == "ticket_closed"
