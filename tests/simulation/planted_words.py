"""Mistakes in what tickets and e-mails say, where they lead, and what a file may ask; planted like the others."""

from tests.simulation.planted import Plant

SAID = (
    Plant(
        "never closes",
        "stamp_chat_closed_at",
        (
            (
                "    due = due_at(began, minutes, rules.opening, rules.zone, rules.holidays)\n",
                "    due = began + minutes * 60000\n",
            ),
        ),
        "due in business time",
    ),
    Plant(
        "promises a moment that is gone",
        "stamp_chat_closed_at",
        (
            (
                "due if due > now_ms() else due_at(now_ms(), minutes, rules.opening, rules.zone, rules.holidays)",
                "due",
            ),
        ),
        "right moment told",
    ),
    Plant(
        "the time of another place",
        "stamp_chat_closed_at",
        (
            (
                "    local = datetime.fromtimestamp(due / 1000, rules.zone)",
                "    local = datetime.fromtimestamp(due / 1000, timezone.utc)",
            ),
        ),
        "right moment told",
    ),
    Plant(
        "the e-mail's number for the ticket's",
        "send_confirmation",
        (('            "ticket_number": ticket["id"],\n', '            "ticket_number": email_id,\n'),),
        "e-mails agree with tickets",
    ),
    Plant(
        "an e-mail without its sentence",
        "send_confirmation",
        (
            (
                '            "expected_response": ticket["properties"].get("chat_expected_response") or "",\n',
                '            "expected_response": "",\n',
            ),
        ),
        "e-mails agree with tickets",
    ),
    Plant(
        "a ticket that says nothing",
        "create_ticket",
        (
            (
                'ornament(left_out, "content", lambda: words_said(hubspot, settings, chat)) or chat.link,',
                '"",',
            ),
        ),
        "tells what was said",
    ),
    Plant(
        "a ticket without its conversation",
        "create_ticket",
        (('    links = [("conversations", chat.id, TICKET_TO_THREAD)]\n', "    links = []\n"),),
        "opens the chat",
    ),
    Plant(
        "joined, and not linked",
        "create_ticket",
        (
            (
                '[] if linked_ticket(chat) == ticket["id"] else [("conversations", chat.id, TICKET_TO_THREAD)]',
                "[]",
            ),
        ),
        "opens the chat",
    ),
    Plant(
        "no address to click",
        "create_ticket",
        (('        "conversation_link": chat.link,\n', ""),),
        "opens the chat",
    ),
    Plant(
        "reads what another file may",
        "dedup_check",
        (
            (
                "    hubspot = HubSpot(",
                '    HubSpot(secret("dedup_check", "CHAT_HANDOFF_TOKEN")).attempt(\n'
                '        "GET", "/conversations/conversations/2026-09/inboxes", None, None\n'
                "    )\n"
                "    hubspot = HubSpot(",
            ),
        ),
        "documented scopes",
    ),
)
