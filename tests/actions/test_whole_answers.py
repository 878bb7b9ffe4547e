"""What exactly do the actions answer and leave behind? Each way a chat can go, every output and property of it."""

from typing import Any

import pytest

from harness.portal import Chat
from tests.actions.desk import Desk

LINK = "https://app.hubspot.com/live-messages/4711001/inbox/8000000001"
LINE = "8000000001 · closed 2026-03-02T08:02:00Z · " + LINK
CLOSED = 1772438520000  # 2 March 2026, 08:02 UTC
PROMISE = "We will answer you by 2026-03-02 16:02 (UTC)."
TALK = (
    f"Conversation: {LINK}\n\n"
    "2026-03-02 08:00 Visitor: My invoice shows the wrong address, can you change it?\n"
    "2026-03-02 08:01 Agent: I will ask billing and get back to you."
)
CREATED: dict[str, Any] = {
    "outcome": "created",
    "explanation": "A new ticket was made for the chat.",
    "ticket_id": "90000001",
    "thread_id": "8000000001",
    "contact_id": "51000001",
    "closed_at": CLOSED,
    "earlier_closes": "",
    "conversation_link": LINK,
    "possible_duplicate_id": "",
    "left_out": "",
    "email_id": "",
    "dry_run": False,
}
INHERITED = {
    "chat_agent": "2000001",
    "chat_channel": "1000",
    "chat_inbox": "1200001",
    "chat_started_at": "2026-03-02T08:00:30Z",
    "conversation_link": LINK,
}


def written(desk: Desk, ticket_id: str) -> dict[str, str]:
    """A ticket's properties but for those that HubSpot writes by itself."""
    own = ("createdate", "hs_lastmodifieddate", "hs_object_id", "hs_ticket_id", "hs_is_closed")
    return {
        name: value
        for name, value in desk.ticket(ticket_id).items()
        if name not in own and not name.startswith(("hs_num_", "hs_last_"))
    }


def links(desk: Desk) -> set[tuple[str, str, int]]:
    """What the one ticket is linked with: type, id, kind of link."""
    found = desk.portal.state()["associations"]
    return {(to, record, kind) for of, _, to, record, kind in found if of == "0-5"}


def test_a_new_ticket(desk: Desk) -> None:
    """All outputs of three actions, all properties of the ticket, and its links with contact, company and chat."""
    desk.portal.has_company("Example Ltd", [desk.contact])

    done = desk.serve(desk.has_unresolved_chat())

    assert done["create_ticket"] == CREATED
    assert done["stamp_chat_closed_at"] == {
        "outcome": "started",
        "ticket_id": "90000001",
        "chat_closed_at": CLOSED,
        "sla_due_at": CLOSED + 8 * 3_600_000,
        "expected_response": PROMISE,
        "dry_run": False,
    }
    assert done["send_confirmation"] == {
        "outcome": "requested",
        "code": "workflow",
        "ticket_id": "90000001",
        "dry_run": False,
    }
    assert written(desk, "90000001") == INHERITED | {
        "subject": "Unresolved chat: The agent promised to come back to the visitor.",
        "content": TALK,
        "source_type": "CHAT",
        "hs_pipeline": "0",
        "hs_pipeline_stage": "1",
        "chat_thread_id": "8000000001",
        "chat_open_key": "contact:51000001",
        "chat_threads": LINE,
        "chat_closed_at": "2026-03-02T08:02:00Z",
        "chat_first_closed_at": "2026-03-02T08:02:00Z",
        "chat_sla_due_at": "2026-03-02T16:02:00Z",
        "chat_expected_response": PROMISE,
        "chat_confirmation_requested_at": "2026-03-02T08:02:00Z",
    }
    assert links(desk) == {
        ("0-1", "51000001", 16),
        ("0-2", "72000001", 26),
        ("0-2", "72000001", 339),
        ("0-11", "8000000001", 32),
    }


def test_a_ticket_with_everything_a_route_can_give(desk: Desk) -> None:
    """Priority, stage, owner and e-mail of the route, in the ticket and in the outputs."""
    owner = desk.portal.owner_of(desk.agent)
    route = f'[{{"marker": "billing", "stage": "3", "priority": "high", "email_id": 78, "owner": "{owner}"}}]'
    chat = desk.has_unresolved_chat()
    judged = desk.advised(chat)

    outputs = desk.make(chat, judged, routes=route, marker="billing", subject="Chat ({explanation})")

    ticket = written(desk, "90000001")
    assert outputs == CREATED | {"email_id": "78"}
    assert {
        name: ticket[name] for name in ("hs_pipeline_stage", "hs_ticket_priority", "hubspot_owner_id", "subject")
    } == {
        "hs_pipeline_stage": "3",
        "hs_ticket_priority": "HIGH",
        "hubspot_owner_id": owner,
        "subject": "Chat (The agent promised to come back to the visitor.)",
    }


def test_a_chat_that_joins_a_ticket(desk: Desk) -> None:
    """The ticket gets what it lacks of the chat, its line and its link, moves on, has a note; no key, no lock."""
    ticket = desk.portal.has_ticket("Wrong invoice", contact=desk.contact, hs_pipeline_stage="2")
    chat = desk.has_unresolved_chat()

    outputs = desk.make(chat, desk.advised(chat), add_note="true", stage_moves='{"2": "3"}')

    assert outputs == CREATED | {
        "outcome": "attached",
        "explanation": "The visitor has an open ticket; the chat was attached to it.",
    }
    assert written(desk, ticket) == INHERITED | {
        "subject": "Wrong invoice",
        "hs_pipeline": "0",
        "hs_pipeline_stage": "3",
        "chat_threads": LINE,
    }
    (note,) = desk.portal.state()["notes"]
    assert (note["properties"]["hs_note_body"], note["properties"]["hs_timestamp"]) == (
        f"Chat closed 2026-03-02T08:02:00Z: {LINK}",
        "2026-03-02T08:02:00Z",
    )
    assert links(desk) == {("0-1", "51000001", 16), ("0-11", "8000000001", 32), ("0-46", note["id"], 227)}


def comes_back(desk: Desk, chat: Chat) -> None:
    """The visitor, a day later."""
    desk.portal.clock.advance(86_400)
    chat.reopens().says("It is still wrong on the new one.")
    desk.portal.clock.advance(60)
    chat.closes(by=desk.agent)
    desk.portal.clock.advance(60)


def test_a_ticket_that_is_reopened(desk: Desk) -> None:
    """It is in the first open stage again, with both closes on it; what it had stays."""
    chat = desk.has_unresolved_chat()
    desk.serve(chat)
    before = written(desk, "90000001")
    desk.portal.close_ticket("90000001")
    comes_back(desk, chat)

    outputs = desk.make(chat, desk.advised(chat))

    assert outputs == CREATED | {
        "outcome": "reopened",
        "explanation": "The chat's ticket had just been closed; it was reopened.",
        "closed_at": outputs["closed_at"],
    }
    second = f"8000000001 · closed 2026-03-03T08:04:00Z · {LINK}"
    assert written(desk, "90000001") == before | {"chat_threads": f"{LINE}\n{second}", "hs_pipeline_stage": "1"}


def test_a_ticket_that_is_reopened_into_a_stage_of_choice(desk: Desk) -> None:
    """The setting's stage goes before the first one."""
    chat = desk.has_unresolved_chat()
    desk.serve(chat)
    desk.portal.close_ticket("90000001")
    comes_back(desk, chat)

    desk.make(chat, desk.advised(chat), reopen_stage="3")

    assert desk.ticket("90000001")["hs_pipeline_stage"] == "3"


@pytest.mark.parametrize(("days", "outcome"), [("0.9", "created"), ("1.1", "reopened")])
def test_how_long_a_closed_ticket_is_reopened(desk: Desk, days: str, outcome: str) -> None:
    """reopen_days counts from the close of the ticket to that of the chat; later the chat gets its second ticket."""
    chat = desk.has_unresolved_chat()
    desk.serve(chat)
    desk.portal.close_ticket("90000001")
    comes_back(desk, chat)

    outputs = desk.make(chat, desk.advised(chat), reopen_days=days)

    assert outputs["outcome"] == outcome
    made = desk.ticket(outputs["ticket_id"])["chat_thread_id"]
    assert made == ("8000000001#2" if outcome == "created" else "8000000001")


def test_a_reps_ticket_in_the_ticket_workflow(desk: Desk) -> None:
    """It gets the chat's keys and lines; what the rep typed stays."""
    chat = desk.has_chat("My invoice shows the wrong address, can you change it?")
    desk.portal.clock.advance(90)
    chat.closes(by=desk.agent)
    ticket = desk.portal.has_ticket("What the rep typed", contact=desk.contact, thread=chat)

    outputs = desk.outputs("create_ticket", mode="live", inboxes=desk.inbox, ticket_id=ticket)

    assert outputs == CREATED | {
        "outcome": "adopted",
        "explanation": "The chat has a ticket already; it was completed.",
    }
    own = {name: value for name, value in written(desk, ticket).items() if not name.startswith("hs_")}
    assert own == {
        name: value for name, value in INHERITED.items() if name not in ("chat_agent", "chat_started_at")
    } | {
        "subject": "What the rep typed",
        "source_type": "CHAT",
        "chat_thread_id": "8000000001",
        "chat_open_key": "contact:51000001",
        "chat_threads": LINE,
    }


DRY = " (dry run: nothing was written)"


def test_a_dry_run(desk: Desk) -> None:
    """Three actions say what they would do, with every output, and nothing is written."""
    desk.mode = "dry"

    done = desk.serve(desk.has_unresolved_chat())

    assert done["create_ticket"] == CREATED | {
        "explanation": "A new ticket was made for the chat." + DRY,
        "ticket_id": "",
        "dry_run": True,
    }
    assert done["stamp_chat_closed_at"] == {
        "outcome": "started",
        "ticket_id": "",
        "chat_closed_at": CLOSED,
        "sla_due_at": CLOSED + 8 * 3_600_000,
        "expected_response": PROMISE,
        "dry_run": True,
    }
    assert done["send_confirmation"] == {"outcome": "requested", "code": "dry_run", "ticket_id": "", "dry_run": True}
    assert desk.portal.writes == []


def test_when_off(desk: Desk) -> None:
    """Every action that writes says so with all of its outputs, and asks HubSpot nothing."""
    nothing = dict.fromkeys(CREATED, "") | {"closed_at": None, "dry_run": True}

    outcomes = [
        desk.run(action, mode="off", **{name: "8000000001"})
        for action, name in (
            ("create_ticket", "thread_id"),
            ("stamp_chat_closed_at", "ticket_id"),
            ("send_confirmation", "ticket_id"),
        )
    ]

    assert [outcome.calls for outcome in outcomes] == [(), (), ()]
    assert [outcome.output_fields for outcome in outcomes] == [
        nothing | {"outcome": "off", "explanation": "The mode is off." + DRY},
        {
            "outcome": "off",
            "ticket_id": "8000000001",
            "chat_closed_at": None,
            "sla_due_at": None,
            "expected_response": "",
            "dry_run": True,
        },
        {"outcome": "off", "code": "off", "ticket_id": "8000000001", "dry_run": True},
    ]


def test_a_transactional_confirmation(desk: Desk) -> None:
    """The e-mail as HubSpot gets it, and the mark that it was sent; the route's e-mail goes before the setting's."""
    chat = desk.has_unresolved_chat()
    done = desk.advised(chat)
    for action in ("create_ticket", "stamp_chat_closed_at"):
        done[action] = desk.outputs(action, **desk.inputs_for(action, chat, done))

    settings = {"email_id": "77", "route_email_id": "78", "help_link": "https://example.org/help"}
    outputs = desk.outputs("send_confirmation", **{**desk.inputs_for("send_confirmation", chat, done), **settings})

    (email,) = desk.portal.emails
    assert outputs == {"outcome": "accepted", "code": "PENDING", "ticket_id": "90000001", "dry_run": False}
    assert (email.to, email.email_id, email.send_id, email.properties) == (
        "visitor-12@example.org",
        "78",
        f"90000001-{CLOSED}",
        {"ticket_number": "90000001", "expected_response": PROMISE, "help_link": "https://example.org/help"},
    )
    assert desk.ticket("90000001")["chat_confirmation_sent_at"] == "2026-03-02T08:03:00Z"
    assert "chat_confirmation_requested_at" not in desk.ticket("90000001")
