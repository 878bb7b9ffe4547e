"""Where an action leaves a chat or a ticket alone it says why; and each setting does what its description says."""

from typing import Any

import pytest

from tests.actions.desk import Desk

CLOSED = "1772438520000"


def by_hand(desk: Desk, ticket: str, **settings: str) -> tuple[str, str, str, str]:
    """What create_ticket says to a ticket in the ticket workflow: outcome, why, the ticket, and a second one."""
    outputs = desk.outputs("create_ticket", **{"mode": "live", "inboxes": desk.inbox, "ticket_id": ticket, **settings})
    return tuple(outputs[name] for name in ("outcome", "explanation", "ticket_id", "possible_duplicate_id"))


def test_a_second_ticket_of_one_chat(desk: Desk) -> None:
    """Two tickets of one chat are left to people: the chat's own is named, and the other one."""
    chat = desk.has_unresolved_chat()
    desk.serve(chat)
    second = desk.portal.has_ticket("By hand", contact=desk.contact, thread=chat)

    why = "The chat has another ticket already; a person should look at the two."
    assert by_hand(desk, second) == ("skipped", why, "90000001", second)


def test_a_ticket_of_no_chat(desk: Desk) -> None:
    """A ticket that somebody wrote down from a telephone call is none of ours."""
    ticket = desk.portal.has_ticket("A call", contact=desk.contact)

    assert by_hand(desk, ticket) == ("skipped", "The ticket does not come from a chat.", "", "")


def test_a_reps_ticket_that_is_closed(desk: Desk) -> None:
    """Nothing is reopened that a rep closed."""
    chat = desk.has_unresolved_chat()
    ticket = desk.portal.has_ticket("By hand", contact=desk.contact, thread=chat, hs_pipeline_stage="4")

    assert by_hand(desk, ticket) == ("skipped", "The ticket is closed already.", ticket, "")


@pytest.mark.parametrize(
    ("settings", "why"),
    [
        ({"inboxes": "99"}, "The chat's inbox is not among this action's inboxes."),
        (
            {"channels": "1001"},
            "The conversation came over a channel that is not among this action's channels.",
        ),
    ],
)
def test_a_chat_of_somebody_else(desk: Desk, settings: dict[str, str], why: str) -> None:
    """Another inbox, or another channel: the output says which of the two, and nothing is written."""
    chat = desk.has_unresolved_chat()

    outputs = desk.outputs("create_ticket", **{"mode": "live", "inboxes": desk.inbox, "thread_id": chat.id, **settings})

    assert (outputs["outcome"], outputs["explanation"], outputs["thread_id"]) == ("skipped", why, chat.id)
    assert desk.portal.writes == []


def test_the_address_of_the_chat(desk: Desk) -> None:
    """The template's three places are filled: host, portal and thread; without one it is HubSpot's own address."""
    chat = desk.has_unresolved_chat()
    template = "https://{ui_domain}/chats/{portal_id}/{thread_id}"

    links = [
        desk.outputs("create_ticket", thread_id=chat.id, **settings)["conversation_link"]
        for settings in ({"link_template": template}, {}, {"ui_domain": "app-eu1.hubspot.com"})
    ]

    assert links == [
        "https://app.hubspot.com/chats/4711001/8000000001",
        "https://app.hubspot.com/live-messages/4711001/inbox/8000000001",
        "https://app-eu1.hubspot.com/live-messages/4711001/inbox/8000000001",
    ]


def test_an_event_without_a_portal(desk: Desk) -> None:
    """An event that does not say whose it is ends in an address with portal 0, not in an error."""
    chat = desk.has_unresolved_chat()

    outcome = desk.run_event("create_ticket", {"inputFields": {"thread_id": chat.id}, "object": {"objectId": 1}})

    assert outcome.output_fields is not None
    link = outcome.output_fields["conversation_link"]
    assert link == "https://app.hubspot.com/live-messages/0/inbox/8000000001"


@pytest.mark.parametrize("extent", ["none", "excerpt", "full"])
def test_how_much_of_the_chat_is_kept(desk: Desk, extent: str) -> None:
    """None: the address alone. An excerpt: the last twenty messages, and how many there were before. Full: all."""
    said = [f"line {number}" for number in range(1, 26)]
    chat = desk.has_chat("Hello, my invoice is wrong.", *said)
    chat.closes(by=desk.agent)
    desk.portal.clock.advance(60)

    made = desk.make(chat, desk.advised(chat), transcript=extent)

    head, _, talk = desk.ticket(made["ticket_id"])["content"].partition("\n\n")
    words = [line.partition("Visitor: ")[2] or line for line in talk.splitlines()]
    assert head == f"Conversation: {made['conversation_link']}"
    assert (
        words
        == {
            "none": [],
            "excerpt": ["(6 earlier messages are in the conversation)", *said[5:]],
            "full": ["Hello, my invoice is wrong.", *said],
        }[extent]
    )


def test_extra_properties_in_every_form(desk: Desk) -> None:
    """Texts stay, numbers and truth values arrive as HubSpot takes them, and what is empty is left out."""
    texts = {"name_a": "Mixed Case", "name_b": "7", "name_c": "false"}
    desk.portal.provision([{"name": name, "label": name, "type": "string", "fieldType": "text"} for name in texts])
    chat = desk.has_unresolved_chat()
    extra = '{"name_a": "Mixed Case", "name_b": 7, "name_c": false, "subject": "", "no_such": "", "nor_this": null}'

    made = desk.make(chat, desk.advised(chat), extra_properties=extra)

    ticket = desk.ticket(made["ticket_id"])
    assert (made["left_out"], {name: ticket.get(name) for name in texts}) == ("", texts)
    assert ticket["subject"].startswith("Unresolved chat: ")


def test_a_lock_that_is_not_taken_for_an_address_of_many(desk: Desk) -> None:
    """Where dedup_check found too many tickets the new one has no lock."""
    chat = desk.has_unresolved_chat()

    made = desk.make(chat, desk.advised(chat), dedup_verdict="ambiguous")

    assert "chat_open_key" not in desk.ticket(made["ticket_id"])


def test_other_runs_that_never_end(desk: Desk) -> None:
    """A key is taken each time, and no ticket is found that has it: after three looks HubSpot runs it again later."""
    chat = desk.has_unresolved_chat()
    desk.portal.weather.busy(times=50, status=409, route="POST /crm/objects/2026-09/tickets$")

    outcome = desk.run("create_ticket", mode="live", inboxes=desk.inbox, thread_id=chat.id)

    assert outcome.error is not None, outcome
    assert outcome.error.sentence.startswith("HubSpot's API answered 503 ")
    assert "other runs keep changing the tickets of this visitor" in outcome.logs
    assert [call.status for call in outcome.calls].count(409) == 3


SENTENCES = {
    "en": "We will answer you by {}.",
    "de": "Wir antworten Ihnen bis {}.",
    "fr": "Nous vous répondrons d'ici le {}.",
    "es": "Le responderemos antes del {}.",
    "pt": "Responderemos até {}.",
    "nl": "U krijgt antwoord vóór {}.",
    "it": "Le risponderemo entro il {}.",
    "ja": "{} までにご返信いたします。",
    "sv": "We will answer you by {}.",
}


@pytest.mark.parametrize("language", SENTENCES)
def test_the_sentence_in_the_visitors_language(desk: Desk, language: str) -> None:
    """Eight languages; in any other the visitor is told in English."""
    assert stamped(desk, language=language)["expected_response"] == SENTENCES[language].format("2026-03-02 16:02 (UTC)")


def stamped(desk: Desk, **settings: str) -> Any:
    """The clock of a chat that closed on Monday, 2 March 2026, 08:02 UTC, as it would be; it is a minute later."""
    desk.has_unresolved_chat()
    return desk.outputs("stamp_chat_closed_at", closed_at=CLOSED, **settings)


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ({"response_template": '{"EN": "By {due}, {due}."}'}, "By 2026-03-02 16:02 (UTC), 2026-03-02 16:02 (UTC)."),
        ({"response_template": '{"sv": "Senast {due}."}', "language": "SV"}, "Senast 2026-03-02 16:02 (UTC)."),
        ({"zone": "Europe/Berlin"}, "We will answer you by 2026-03-02 17:02 (Europe/Berlin)."),
        ({"sla": '{"default": "30m"}'}, "We will answer you by 2026-03-02 08:32 (UTC)."),
        ({"sla": '{"default": "2 min"}'}, "We will answer you by 2026-03-02 08:04 (UTC)."),
        ({"sla": '{"default": "2D"}'}, "We will answer you by 2026-03-04 08:02 (UTC)."),
        ({"sla": '{"HIGH": "1h"}'}, "We will answer you by 2026-03-02 16:02 (UTC)."),
        ({"sla": "{}"}, "We will answer you by 2026-03-02 16:02 (UTC)."),
        ({"holidays": "2026-03-02", "business_hours": "Mon-Fri 09:00-17:00"}, "We will answer you by 2026-03-03 17:00 (UTC)."),  # noqa: E501
    ],
)  # fmt: skip
def test_what_the_visitor_is_told(desk: Desk, settings: dict[str, str], told: str) -> None:
    """Own sentences, the zone's time and name, spans in minutes, hours and days, holidays."""
    assert stamped(desk, **settings)["expected_response"] == told


@pytest.mark.parametrize(("priority", "hours"), [("URGENT", 1), ("HIGH", 4), ("LOW", 8), ("", 8)])
def test_an_answer_is_due_by_priority(desk: Desk, priority: str, hours: int) -> None:
    """An hour, four or eight, where nothing is set."""
    ticket = desk.portal.has_ticket("x", contact=desk.contact)
    if priority:
        desk.portal.set_property("tickets", ticket, "hs_ticket_priority", priority)

    outputs = desk.outputs("stamp_chat_closed_at", mode="live", ticket_id=ticket, closed_at=CLOSED)

    assert outputs["sla_due_at"] == int(CLOSED) + hours * 3_600_000


def test_a_ticket_that_is_gone(desk: Desk) -> None:
    """The clock and the confirmation skip it, with every output."""
    clock = desk.outputs("stamp_chat_closed_at", mode="live", ticket_id="90009999", closed_at=CLOSED)
    told = desk.outputs("send_confirmation", mode="live", ticket_id="90009999", closed_at=CLOSED)

    assert clock == {
        "outcome": "skipped",
        "ticket_id": "90009999",
        "chat_closed_at": None,
        "sla_due_at": None,
        "expected_response": "",
        "dry_run": False,
    }
    assert told == {"outcome": "skipped", "code": "no_ticket", "ticket_id": "90009999", "dry_run": False}


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({}, "no_address"),
        ({"visitor_email": "a@example.org", "email_id": "7"}, "no_address"),
        ({"visitor_email": "a@example.org", "allow_new_contact": "true"}, "no_address"),
        ({"visitor_email": "a b", "allow_new_contact": "true", "email_id": "7"}, "INVALID_TO_ADDRESS"),
        ({"visitor_email": "A@example.org", "allow_new_contact": "true", "email_id": "7"}, "no_expected_response"),
    ],
)
def test_nobody_to_write_to(desk: Desk, given: dict[str, str], code: str) -> None:
    """No contact and no permission, an address that is none, or nothing to promise: no e-mail, and the reason."""
    ticket = desk.portal.has_ticket("x", contact=desk.contact)

    outputs = desk.outputs("send_confirmation", mode="live", ticket_id=ticket, closed_at=CLOSED, **given)

    assert outputs == {"outcome": "skipped", "code": code, "ticket_id": ticket, "dry_run": False}
    assert desk.portal.emails == []


def test_a_visitor_without_contact(desk: Desk) -> None:
    """By permission the visitor's own address is written to, in small letters, and a second run writes to nobody."""
    ticket = desk.portal.has_ticket("x", contact=desk.contact, chat_expected_response="Soon.")
    desk.portal.clock.advance(180)
    given = {"visitor_email": "Visitor-40@example.org", "allow_new_contact": "true", "email_id": "7"}

    outputs = [
        desk.outputs("send_confirmation", mode="live", ticket_id=ticket, closed_at=CLOSED, **given) for _ in range(2)
    ]

    assert [(one["outcome"], one["code"]) for one in outputs] == [
        ("accepted", "PENDING"),
        ("already_sent", "after_this_close"),
    ]
    assert [(email.to, email.properties) for email in desk.portal.emails] == [
        ("visitor-40@example.org", {"ticket_number": ticket, "expected_response": "Soon.", "help_link": ""})
    ]


@pytest.mark.parametrize(("minutes", "outcome"), [("60", "skipped"), ("10", "requested")])
def test_the_pause_between_two_confirmations(desk: Desk, minutes: str, outcome: str) -> None:
    """Two chats of one ticket close 45 minutes apart: whether the second is confirmed is up to pause_minutes."""
    desk.settings["send_confirmation.pause_minutes"] = minutes
    desk.serve(desk.has_unresolved_chat())
    desk.portal.clock.advance(43 * 60)

    done = desk.serve(desk.has_unresolved_chat())

    assert done["send_confirmation"]["outcome"] == outcome
