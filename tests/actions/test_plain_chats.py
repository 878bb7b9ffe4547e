"""What becomes of plain chats: the resolved are left alone, the unresolved get a ticket that is whole."""

from tests.actions.desk import Desk, Done

NOTHING_WRITTEN: list[object] = []


def test_a_resolved_chat_is_left_alone(desk: Desk) -> None:
    """A chat that was answered in session costs three calls and changes nothing."""
    chat = desk.has_chat("Where is my parcel?", "agent: It arrives on Tuesday.", "Perfect, thank you!")
    chat.closes(by=desk.agent)

    done = desk.serve(chat)

    assert (done["triage_chat"]["resolution"], done["triage_chat"]["reason"]) == ("resolved", "answered_in_session")
    assert (len(desk.portal.log), desk.portal.writes, desk.portal.records("tickets")) == (3, NOTHING_WRITTEN, [])


def test_an_unresolved_chat_becomes_a_ticket(desk: Desk) -> None:
    """The ticket is linked, stamped with the close, locked for the visitor, and confirmed by one e-mail."""
    company = desk.portal.has_company("Example Ltd", [desk.contact])
    desk.settings["send_confirmation.email_id"] = "77"
    chat = desk.has_unresolved_chat()

    ticket_id = desk.serve(chat)["create_ticket"]["ticket_id"]

    link = f"https://app.hubspot.com/live-messages/{desk.portal.portal_id}/inbox/{chat.id}"
    assert desk.ours(ticket_id) == {
        "chat_thread_id": chat.id,
        "chat_open_key": f"contact:{desk.contact}",
        "chat_threads": f"{chat.id} · closed 2026-03-02T08:02:00Z · {link}",
        "conversation_link": link,
        "chat_channel": "1000",
        "chat_inbox": desk.inbox,
        "chat_agent": desk.agent.removeprefix("A-"),
        "chat_started_at": "2026-03-02T08:00:30Z",
        "chat_closed_at": "2026-03-02T08:02:00Z",
        "chat_first_closed_at": "2026-03-02T08:02:00Z",
        "chat_sla_due_at": "2026-03-02T16:02:00Z",
        "chat_expected_response": "We will answer you by 2026-03-02 16:02 (UTC).",
        "chat_confirmation_sent_at": "2026-03-02T08:03:00Z",
    }
    assert desk.ticket(ticket_id)["content"] == (
        f"Conversation: {link}\n\n"
        "2026-03-02 08:00 Visitor: My invoice shows the wrong address, can you change it?\n"
        "2026-03-02 08:01 Agent: I will ask billing and get back to you."
    )
    linked = [desk.portal.associations("tickets", ticket_id, to) for to in ("contacts", "companies", "conversations")]
    assert linked == [[desk.contact], [company], [chat.id]]
    assert [(email.to, email.email_id, email.properties) for email in desk.portal.emails] == [
        (
            "visitor-12@example.org",
            "77",
            {
                "ticket_number": ticket_id,
                "expected_response": "We will answer you by 2026-03-02 16:02 (UTC).",
                "help_link": "",
            },
        )
    ]


def test_without_the_add_on_the_ticket_is_marked(desk: Desk) -> None:
    """Without an e-mail id nothing is sent: the mark starts the workflow with HubSpot's own e-mail."""
    done = desk.serve(desk.has_unresolved_chat())

    marked = desk.ours(done["create_ticket"]["ticket_id"])
    assert (done["send_confirmation"]["outcome"], marked["chat_confirmation_requested_at"], desk.portal.emails) == (
        "requested",
        "2026-03-02T08:02:00Z",
        [],
    )


def test_the_calls_are_counted(desk: Desk) -> None:
    """A one-page unresolved chat costs at most 20 calls in all and 7 in any one action."""
    desk.portal.has_company("Example Ltd", [desk.contact])
    desk.settings["send_confirmation.email_id"] = "77"
    chat = desk.has_unresolved_chat()
    desk.serve(desk.has_unresolved_chat())  # so that this one is attached: the longest way
    before = len(desk.portal.log)

    done: Done = {}
    calls = {}
    for action in ("triage_chat", "dedup_check", "create_ticket", "stamp_chat_closed_at", "send_confirmation"):
        outcome = desk.run(action, **{**desk.inputs_for(action, chat, done), **desk.declared(action)})
        done[action], calls[action] = outcome.output_fields or {}, len(outcome.calls)

    assert done["create_ticket"]["outcome"] == "attached"
    assert sum(calls.values()) == len(desk.portal.log) - before
    assert (max(calls.values()) <= 7, sum(calls.values()) <= 20) == (True, True), calls


def test_each_further_page_costs_one_call(desk: Desk) -> None:
    """A chat of 250 messages is judged whole with two more calls than a short one."""
    chat = desk.has_chat(*[f"line {n} of a long story" for n in range(248)], "agent: I will look into it.")
    chat.closes(by=desk.agent)

    outcome = desk.run("triage_chat", thread_id=chat.id)

    assert (len(outcome.calls), (outcome.output_fields or {})["reason"]) == (5, "promised")


def test_a_visitor_without_contact_gets_a_ticket(desk: Desk) -> None:
    """Nobody knows who asked; the ticket still opens the chat, and no confirmation goes anywhere."""
    done = desk.serve(desk.has_unresolved_chat(contact=None))

    ticket = desk.ours(done["create_ticket"]["ticket_id"])
    assert ("chat_open_key" in ticket, ticket["chat_thread_id"] != "", done["send_confirmation"]["code"]) == (
        False,
        True,
        "no_address",
    )


def test_a_visitor_who_left_an_address_is_locked_by_it(desk: Desk) -> None:
    """An address without a contact holds the lock, and is written to only with permission."""
    desk.settings["send_confirmation.email_id"] = "77"
    chat = desk.has_unresolved_chat(contact=None, email="New-Visitor@Example.org")

    done = desk.serve(chat)

    assert desk.ours(done["create_ticket"]["ticket_id"])["chat_open_key"] == "email:new-visitor@example.org"
    assert (done["send_confirmation"]["code"], desk.portal.emails) == ("no_address", [])


def test_the_open_ticket_of_this_week_takes_the_chat(desk: Desk) -> None:
    """A contact who has an open ticket of three days ago gets no second one; its clock keeps running."""
    ticket = desk.portal.has_ticket("Wrong invoice", contact=desk.contact)
    desk.portal.clock.advance(3 * 86400)
    chat = desk.has_unresolved_chat()

    done = desk.serve(chat)

    assert (done["create_ticket"]["outcome"], done["create_ticket"]["ticket_id"]) == ("attached", ticket)
    assert chat.id in desk.ours(ticket)["chat_threads"]
    assert (len(desk.portal.records("tickets")), desk.ticket(ticket)["subject"]) == (1, "Wrong invoice")


def test_a_ticket_of_twelve_days_ago_is_another_issue(desk: Desk) -> None:
    """An open ticket that nobody touched for longer than a week does not take the chat."""
    old = desk.portal.has_ticket("Wrong invoice", contact=desk.contact)
    desk.portal.clock.advance(12 * 86400)

    done = desk.serve(desk.has_unresolved_chat())

    assert (done["create_ticket"]["outcome"], done["create_ticket"]["ticket_id"] != old) == ("created", True)


def test_a_chat_that_closes_again_keeps_its_ticket(desk: Desk) -> None:
    """Reopened and closed again, the chat completes the ticket it has: one more line, the clock unmoved."""
    chat = desk.has_unresolved_chat()
    first = desk.serve(chat)["create_ticket"]["ticket_id"]
    chat.reopens().says("Are you still there?")
    desk.portal.clock.advance(60)
    chat.closes(by=desk.agent)
    desk.portal.clock.advance(60)

    done = desk.serve(chat)

    ticket = desk.ours(first)
    assert (done["create_ticket"]["outcome"], done["create_ticket"]["ticket_id"]) == ("adopted", first)
    assert (len(ticket["chat_threads"].splitlines()), ticket["chat_closed_at"]) == (2, "2026-03-02T08:02:00Z")


def test_the_reps_own_ticket_is_adopted(desk: Desk) -> None:
    """A ticket that a rep made while the chat was open gets the chat's keys, and nothing of it is overwritten."""
    chat = desk.has_chat("My invoice is wrong.", "agent: I will get back to you.")
    ticket = desk.portal.has_ticket("What the rep typed", contact=desk.contact, thread=chat)
    by_hand = desk.outputs("create_ticket", mode="live", inboxes=desk.inbox, ticket_id=ticket)
    chat.closes(by=desk.agent)
    desk.portal.clock.advance(60)

    done = desk.serve(chat)

    assert (by_hand["outcome"], by_hand["closed_at"], done["create_ticket"]["outcome"]) == ("adopted", None, "adopted")
    assert (done["create_ticket"]["ticket_id"], desk.ours(ticket)["chat_thread_id"]) == (ticket, chat.id)
    assert (desk.ticket(ticket)["subject"], desk.ours(ticket)["chat_closed_at"]) == (
        "What the rep typed",
        "2026-03-02T08:01:00Z",
    )


def test_a_ticket_that_is_not_from_a_chat_is_left_alone(desk: Desk) -> None:
    """The ticket workflow passes over a ticket without a conversation."""
    ticket = desk.portal.has_ticket("By phone", contact=desk.contact)
    before = len(desk.portal.writes)

    outputs = desk.outputs("create_ticket", mode="live", inboxes=desk.inbox, ticket_id=ticket)

    assert (outputs["outcome"], outputs["explanation"], len(desk.portal.writes) - before) == (
        "skipped",
        "The ticket does not come from a chat.",
        0,
    )


def test_two_chats_of_one_visitor_share_a_ticket(desk: Desk) -> None:
    """Two runs that saw no ticket both want to make one: HubSpot's unique lock lets one, the other attaches."""
    first, second = desk.has_unresolved_chat(), desk.has_unresolved_chat()
    before: dict[str, Done] = {first.id: {}, second.id: {}}
    for chat in (first, second):
        for action in ("triage_chat", "dedup_check"):
            before[chat.id][action] = desk.outputs(action, **desk.inputs_for(action, chat, before[chat.id]))

    made = [
        desk.outputs("create_ticket", **desk.inputs_for("create_ticket", chat, before[chat.id]))
        for chat in (first, second)
    ]

    assert [one["outcome"] for one in made] == ["created", "attached"]
    assert made[0]["ticket_id"] == made[1]["ticket_id"]


def test_a_dry_run_writes_nothing(desk: Desk) -> None:
    """Dry is the default: everything is judged, nothing is written, and the answer says what it would have done."""
    desk.mode = "dry"

    done = desk.serve(desk.has_unresolved_chat())

    assert (done["create_ticket"]["outcome"], done["create_ticket"]["dry_run"], desk.portal.writes) == (
        "created",
        True,
        [],
    )


def test_off_does_not_even_ask(desk: Desk) -> None:
    """Off costs no call in any action that writes."""
    outcomes = [
        desk.outputs(action, mode="off", ticket_id="1")["outcome"]
        for action in ("create_ticket", "stamp_chat_closed_at", "send_confirmation")
    ]

    assert (outcomes, desk.portal.log) == (["off", "off", "off"], [])


def test_live_wants_its_inboxes_named(desk: Desk) -> None:
    """Live without inboxes is refused before the first call, and says what to enter."""
    outcome = desk.run("create_ticket", mode="live", thread_id="1")

    assert outcome.error is not None
    assert (outcome.status, desk.portal.log) == ("failed", [])
    assert "create_ticket: input 'inboxes': expected the ids of the inboxes to serve" in outcome.error.sentence
