"""Where does a new ticket go, and what becomes of a link that HubSpot refuses?"""

import pytest

from tests.actions.desk import Desk


@pytest.mark.parametrize(
    ("condition", "stage"),
    [
        ('"channel": "1000"', "3"),
        ('"channel": "1001"', "1"),
        ('"inbox": 1200001', "3"),
        ('"inbox": "1"', "1"),
        ('"marker": "#BILLING", "inbox": "1200001", "channel": 1000', "3"),
        ('"marker": "billing", "channel": "1001"', "1"),
        ('"marker": "_billing"', "1"),
    ],
)
def test_every_condition_of_a_route(desk: Desk, condition: str, stage: str) -> None:
    """Channel, inbox and marker, as texts or numbers, the marker in any case; a route counts if all of its own hold."""
    chat = desk.has_unresolved_chat()

    made = desk.make(chat, desk.advised(chat), routes=f'[{{{condition}, "stage": "3"}}]', marker="billing")

    assert desk.ticket(made["ticket_id"])["hs_pipeline_stage"] == stage


def test_a_marker_that_begins_with_an_underscore(desk: Desk) -> None:
    """It is another marker than the word behind it."""
    chat = desk.has_unresolved_chat()
    routes = '[{"marker": "billing", "stage": "2"}, {"marker": "_billing", "stage": "3"}]'

    made = desk.make(chat, desk.advised(chat), routes=routes, marker="_billing")

    assert desk.ticket(made["ticket_id"])["hs_pipeline_stage"] == "3"


@pytest.mark.parametrize(("kept", "left_out"), [(True, "link to conversations"), (False, "")])
def test_a_ticket_whose_link_with_the_chat_is_refused(desk: Desk, kept: bool, left_out: str) -> None:
    """The chat has joined it and the link is named; where the ticket was archived meanwhile the chat gets a new one."""
    ticket = desk.portal.has_ticket("Wrong invoice", contact=desk.contact)
    chat = desk.has_unresolved_chat()
    judged = desk.advised(chat)
    desk.portal.weather.busy(times=1, status=400, route="PUT /crm/objects/2026-09/tickets")
    if not kept:
        desk.switchboard.meanwhile(7, lambda: desk.portal.archive_ticket(ticket))

    made = desk.make(chat, judged)

    assert (made["outcome"], made["left_out"]) == ("attached" if kept else "created", left_out)


def test_a_visitor_without_contact_who_joins_a_ticket(desk: Desk) -> None:
    """Nobody's number stands in the output."""
    ticket = desk.portal.has_ticket("Wrong invoice")
    chat = desk.has_unresolved_chat(contact=None)

    made = desk.outputs(
        "create_ticket",
        mode="live",
        inboxes=desk.inbox,
        thread_id=chat.id,
        dedup_verdict="open_ticket",
        candidate_id=ticket,
    )

    assert (made["outcome"], made["contact_id"], made["closed_at"]) == ("attached", "", 1772438520000)


def test_a_ticket_that_is_linked_is_not_linked_again(desk: Desk) -> None:
    """A second run finds all as it should be, and asks HubSpot to change nothing."""
    ticket = desk.portal.has_ticket("Wrong invoice", contact=desk.contact)
    chat = desk.has_unresolved_chat()
    judged = desk.advised(chat)
    desk.make(chat, judged)
    before = len(desk.portal.writes)

    made = desk.make(chat, judged)

    assert (made["outcome"], made["ticket_id"], len(desk.portal.writes)) == ("attached", ticket, before)


@pytest.mark.parametrize("owner", ["none", "agent"])
def test_who_owns_a_new_ticket(desk: Desk, owner: str) -> None:
    """Nobody, or the agent who had the chat."""
    chat = desk.has_unresolved_chat()
    judged = desk.advised(chat)
    expected = {"none": None, "agent": desk.portal.owner_of(desk.agent)}

    made = desk.make(chat, judged, routes=f'[{{"owner": "{owner}"}}]')

    ticket = desk.ticket(made["ticket_id"])
    assert (ticket.get("hubspot_owner_id"), made["left_out"]) == (expected[owner], "")


def test_another_visitors_key_on_a_chats_own_ticket(desk: Desk) -> None:
    """What a rep or another run wrote into the lock stays."""
    chat = desk.has_unresolved_chat()
    ticket = desk.portal.has_ticket("By hand", contact=desk.contact, thread=chat, chat_open_key="contact:99")

    desk.outputs("create_ticket", mode="live", inboxes=desk.inbox, ticket_id=ticket)

    assert desk.ticket(ticket)["chat_open_key"] == "contact:99"


def test_a_subject_longer_than_a_property(desk: Desk) -> None:
    """Its first 250 characters."""
    chat = desk.has_unresolved_chat()

    made = desk.make(chat, desk.advised(chat), subject="s" * 400)

    assert desk.ticket(made["ticket_id"])["subject"] == "s" * 250


def test_copied_without_a_value(desk: Desk) -> None:
    """A contact that lacks the property leaves the ticket's to HubSpot's default."""
    desk.portal.provision([{"name": "tier", "label": "Tier", "type": "string", "fieldType": "text"}])
    chat = desk.has_unresolved_chat()

    made = desk.make(chat, desk.advised(chat), copy_properties='{"tier": "jobtitle"}')

    assert (made["left_out"], "tier" in desk.ticket(made["ticket_id"])) == ("", False)
