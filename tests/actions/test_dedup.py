"""Dedup and the lock: which ticket takes the chat, and that two never do (docs/rules.md, section 4)."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from harness.portal import Chat
from tests.actions.desk import CHAIN, Desk, Done

DAY = 86400


def test_same_inbox_goes_before_recently_touched(desk: Desk) -> None:
    """Of two open tickets the one of the chat's own inbox takes it, though the other was touched later."""
    same = desk.portal.has_ticket("Older, same inbox", contact=desk.contact, hs_inbox_id=desk.inbox)
    desk.portal.clock.advance(3600)
    desk.portal.has_ticket("Newer, by phone", contact=desk.contact)

    assert desk.serve(desk.has_unresolved_chat())["create_ticket"]["ticket_id"] == same


def test_the_most_recently_touched_takes_the_chat(desk: Desk) -> None:
    """Of two open tickets alike in inbox the one that was touched last takes the chat."""
    desk.portal.has_ticket("Older", contact=desk.contact)
    desk.portal.clock.advance(3600)
    newer = desk.portal.has_ticket("Newer", contact=desk.contact)

    assert desk.serve(desk.has_unresolved_chat())["create_ticket"]["ticket_id"] == newer


def test_of_two_alike_the_higher_id(desk: Desk) -> None:
    """Two tickets of the same second: every run picks the same one."""
    made = [desk.portal.has_ticket("Twin", contact=desk.contact) for _ in range(2)]

    assert desk.serve(desk.has_unresolved_chat())["create_ticket"]["ticket_id"] == max(made)


def test_a_ticket_of_another_pipeline_is_another_matter(desk: Desk) -> None:
    """An open ticket in a pipeline that is not among `pipelines` does not take the chat; named, it does."""
    other = desk.portal.has_pipeline("Projects", [("Open", "OPEN"), ("Done", "CLOSED")])
    stage = desk.portal.stages(other)["Open"]
    ticket = desk.portal.has_ticket("A project", contact=desk.contact, hs_pipeline=other, hs_pipeline_stage=stage)
    chat = desk.has_unresolved_chat()

    unnamed = desk.advised(chat)["dedup_check"]
    desk_inputs = desk.inputs_for("dedup_check", chat, {"triage_chat": desk.advised(chat)["triage_chat"]})
    named = desk.outputs("dedup_check", **desk_inputs, pipelines=f"0, {other}")

    assert (unnamed["ticket_id"], named["ticket_id"]) == ("", ticket)


@pytest.mark.parametrize(("stage", "found"), [("", True), ("OPEN", True), ("CLOSED", False)])
def test_a_stage_without_a_state_counts_as_open(desk: Desk, stage: str, found: bool) -> None:
    """Only a stage whose state is closed closes a ticket."""
    pipeline = desk.portal.has_pipeline("Own", [("First", "OPEN"), ("Second", stage)])
    place: dict[str, Any] = {"hs_pipeline": pipeline, "hs_pipeline_stage": desk.portal.stages(pipeline)["Second"]}
    ticket = desk.portal.has_ticket("There", contact=desk.contact, **place)
    chat = desk.has_unresolved_chat()
    inputs = desk.inputs_for("dedup_check", chat, {"triage_chat": desk.advised(chat)["triage_chat"]})

    dedup = desk.outputs("dedup_check", **inputs, pipelines=pipeline)

    assert dedup["ticket_id"] == (ticket if found else "")


@pytest.mark.parametrize(("days", "found"), [(6.9, True), (7.1, False)])
def test_the_window_counts_from_the_start_of_the_chat(desk: Desk, days: float, found: bool) -> None:
    """Seven days before the sitting began is the edge, however late the run comes."""
    ticket = desk.portal.has_ticket("Before", contact=desk.contact)
    desk.portal.clock.advance(days * DAY)
    chat = desk.has_unresolved_chat()
    desk.portal.clock.advance(2 * DAY)

    assert desk.advised(chat)["dedup_check"]["ticket_id"] == (ticket if found else "")


def test_a_shared_address_gets_a_ticket_of_its_own(desk: Desk) -> None:
    """More than five open tickets of one contact: no guess, a new ticket without the lock, and it says so."""
    for number in range(6):
        desk.portal.has_ticket(f"Order {number}", contact=desk.contact)

    done = desk.serve(desk.has_unresolved_chat())

    assert (done["dedup_check"]["verdict"], done["dedup_check"]["open_tickets"]) == ("ambiguous", 6)
    assert done["create_ticket"]["outcome"] == "created"
    assert "chat_open_key" not in desk.ours(done["create_ticket"]["ticket_id"])


def test_the_same_address_without_contact_is_the_same_visitor(desk: Desk) -> None:
    """Two chats of a visitor without contact who left the same address share a ticket."""
    first = desk.serve(desk.has_unresolved_chat(contact=None, email="new@example.org"))["create_ticket"]
    second = desk.serve(desk.has_unresolved_chat(contact=None, email="NEW@example.org"))["create_ticket"]

    assert (first["outcome"], second["outcome"], second["ticket_id"]) == ("created", "attached", first["ticket_id"])


def test_our_own_confirmation_does_not_split_a_visitor(desk: Desk) -> None:
    """The confirmation made a contact of the address: the visitor's next chat still finds his ticket."""
    desk.settings |= {"send_confirmation.email_id": "77", "send_confirmation.allow_new_contact": "true"}
    first = desk.serve(desk.has_unresolved_chat(contact=None, email="new@example.org"))["create_ticket"]
    (contact,) = [one.id for one in desk.portal.records("contacts") if one.properties.get("email") == "new@example.org"]

    second = desk.serve(desk.has_unresolved_chat(contact=contact, email="new@example.org"))["create_ticket"]

    assert (second["outcome"], second["ticket_id"]) == ("attached", first["ticket_id"])


def test_a_chat_of_somebody_known_by_address_alone(desk: Desk) -> None:
    """HubSpot did not connect the chat with the contact, but the address is the contact's: his ticket takes it."""
    ticket = desk.portal.has_ticket("By phone", contact=desk.contact)

    done = desk.serve(desk.has_unresolved_chat(contact=None, email="visitor-12@example.org"))

    assert (done["dedup_check"]["contact_id"], done["create_ticket"]["ticket_id"]) == (desk.contact, ticket)


@pytest.mark.parametrize("chats", [2, 10])
def test_many_chats_of_one_visitor_close_at_once(desk: Desk, chats: int) -> None:
    """However many runs overlap, the visitor has one open ticket and it lists every chat."""
    all_of_them = [desk.has_unresolved_chat() for _ in range(chats)]
    judged = [desk.advised(chat) for chat in all_of_them]

    with ThreadPoolExecutor(chats) as pool:
        made = list(pool.map(desk.make, all_of_them, judged))

    (ticket,) = desk.portal.records("tickets")
    assert sorted(one["outcome"] for one in made) == ["attached"] * (chats - 1) + ["created"]
    listed = sorted(line.split(" ")[0] for line in ticket.properties["chat_threads"].splitlines())
    assert listed == sorted(chat.id for chat in all_of_them)
    assert sorted(desk.portal.associations("tickets", ticket.id, "conversations")) == listed


@pytest.mark.parametrize("call", range(1, 8))
def test_two_chats_attach_to_one_ticket_at_once(desk: Desk, call: int) -> None:
    """Whenever another chat's run comes between two calls of this one, the ticket lists both."""
    ticket = desk.portal.has_ticket("Open", contact=desk.contact)
    first, second = desk.has_unresolved_chat(), desk.has_unresolved_chat()
    judged = [desk.advised(first), desk.advised(second)]

    desk.switchboard.meanwhile(call, lambda: desk.make(second, judged[1]))
    desk.make(first, judged[0])

    assert {line.split(" ")[0] for line in desk.ours(ticket)["chat_threads"].splitlines()} == {first.id, second.id}


def holder_of(desk: Desk, stage: str = "1") -> str:
    """A ticket that holds the contact's lock."""
    return desk.portal.has_ticket(
        "Holder", contact=desk.contact, chat_open_key=f"contact:{desk.contact}", hs_pipeline_stage=stage
    )


def unadvised(desk: Desk, chat: Chat) -> dict[str, str]:
    """dedup_check found nothing: the lock alone is left to decide."""
    return {"candidate_id": "", "dedup_verdict": "none", "contact_id": desk.contact}


def test_an_open_holder_takes_the_chat(desk: Desk) -> None:
    """dedup_check missed the open ticket, HubSpot's lock does not."""
    holder, chat = holder_of(desk), desk.has_unresolved_chat()

    made = desk.make(chat, {"triage_chat": desk.advised(chat)["triage_chat"]}, **unadvised(desk, chat))

    assert (made["outcome"], made["ticket_id"]) == ("attached", holder)


@pytest.mark.parametrize("why", ["closed", "outside the window", "archived"])
def test_a_holder_that_holds_wrongly_gives_the_lock_up(desk: Desk, why: str) -> None:
    """A closed ticket, one nobody touched for weeks, or an archived one does not keep the visitor from a new one."""
    holder = holder_of(desk, "4" if why == "closed" else "1")
    desk.portal.clock.advance(30 * DAY if why == "outside the window" else 60)
    if why == "archived":
        desk.portal.archive_ticket(holder)
    chat = desk.has_unresolved_chat()

    made = desk.make(chat, {"triage_chat": desk.advised(chat)["triage_chat"]}, **unadvised(desk, chat))

    assert (made["outcome"], made["ticket_id"] != holder) == ("created", True)
    assert desk.ours(made["ticket_id"])["chat_open_key"] == f"contact:{desk.contact}"


@pytest.mark.parametrize("call", range(1, 12))
@pytest.mark.parametrize("what", ["closes", "is archived"])
def test_a_holder_that_goes_while_we_look(desk: Desk, what: str, call: int) -> None:
    """Whenever the lock's holder is closed or archived between two of our calls, the chat has a ticket at the end."""
    holder, chat = holder_of(desk), desk.has_unresolved_chat()
    judged = {"triage_chat": desk.advised(chat)["triage_chat"]}
    act = desk.portal.close_ticket if what == "closes" else desk.portal.archive_ticket

    desk.switchboard.meanwhile(call, lambda: act(holder))
    made = desk.make(chat, judged, **unadvised(desk, chat))

    record = desk.portal.record("tickets", made["ticket_id"])
    assert record is not None
    assert chat.id in record.properties["chat_threads"]
    assert len(desk.portal.records("tickets")) <= 2


@pytest.mark.parametrize("call", range(1, 8))
@pytest.mark.parametrize("what", ["closed", "archived"])
def test_an_advised_ticket_that_goes(desk: Desk, what: str, call: int) -> None:
    """The ticket dedup_check found is closed or archived at any moment of the run: the chat is served all the same."""
    ticket, chat = desk.portal.has_ticket("Open", contact=desk.contact), desk.has_unresolved_chat()
    judged = desk.advised(chat)
    act = desk.portal.close_ticket if what == "closed" else desk.portal.archive_ticket

    desk.switchboard.meanwhile(call, lambda: act(ticket))
    made = desk.make(chat, judged)

    record = desk.portal.record("tickets", made["ticket_id"])
    assert record is not None
    assert chat.id in record.properties["chat_threads"]


@pytest.mark.parametrize("held", [False, True])
def test_a_reopened_ticket_takes_the_lock_again(desk: Desk, held: bool) -> None:
    """A ticket that lost the lock when it was closed has it again when reopened, unless another open one holds it."""
    chat = desk.has_unresolved_chat()
    ticket = desk.serve(chat)["create_ticket"]["ticket_id"]
    desk.portal.close_ticket(ticket)
    desk.portal.set_property("tickets", ticket, "chat_open_key", "")
    if held:
        holder_of(desk)
    chat.reopens().says("It is still wrong.").closes(by=desk.agent)

    made = desk.make(chat, {"triage_chat": desk.advised(chat)["triage_chat"]}, **unadvised(desk, chat))

    key = desk.ours(ticket).get("chat_open_key", "")
    assert (made["outcome"], key) == ("reopened", "" if held else f"contact:{desk.contact}")


def test_a_returning_customer_whose_ticket_was_solved(desk: Desk) -> None:
    """The closed ticket of last month still holds the lock: one refused POST, one release, one ticket."""
    old = desk.serve(desk.has_unresolved_chat())["create_ticket"]["ticket_id"]
    desk.portal.close_ticket(old)
    desk.portal.clock.advance(30 * DAY)
    chat = desk.has_unresolved_chat()
    judged = desk.advised(chat)
    before = len(desk.portal.log)

    made = desk.make(chat, judged)

    assert (made["outcome"], len(desk.portal.log) - before, desk.ours(old).get("chat_open_key", "")) == (
        "created",
        10,
        "",
    )


@pytest.mark.parametrize("action", ["dedup_check", "create_ticket", "stamp_chat_closed_at", "send_confirmation"])
def test_a_contact_merged_between_two_steps(desk: Desk, action: str) -> None:
    """The contact is merged into another before any step: the merged one has ticket, lock and e-mail."""
    desk.settings["send_confirmation.email_id"] = "77"
    other = desk.portal.has_contact("visitor-12.private@example.org")
    chat = desk.has_unresolved_chat()
    done: Done = {"triage_chat": desk.outputs("triage_chat", **desk.inputs_for("triage_chat", chat, {}))}

    merged = ""
    for step in CHAIN[1:]:
        if step == action:
            merged = desk.portal.merge_contacts(other, desk.contact)
        done[step] = desk.outputs(step, **desk.inputs_for(step, chat, done), **desk.declared(step))

    ticket = str(done["create_ticket"]["ticket_id"])
    assert desk.portal.associations("tickets", ticket, "contacts") == [merged]
    assert len(desk.portal.emails) == 1
    if action in CHAIN[:3]:
        assert desk.ours(ticket)["chat_open_key"] == f"contact:{merged}"


def test_a_merged_visitors_next_chat_finds_his_ticket(desk: Desk) -> None:
    """The ticket's lock names the old contact; after a merge the next chat joins that ticket all the same."""
    other = desk.portal.has_contact("visitor-12.private@example.org")
    ticket = desk.serve(desk.has_unresolved_chat())["create_ticket"]["ticket_id"]
    merged = desk.portal.merge_contacts(other, desk.contact)

    done = desk.serve(desk.has_unresolved_chat(contact=merged))

    assert (done["create_ticket"]["outcome"], done["create_ticket"]["ticket_id"]) == ("attached", ticket)


@pytest.mark.parametrize("call", range(1, 8))
def test_an_advised_ticket_merged_away(desk: Desk, call: int) -> None:
    """A rep merges the ticket into another at any moment of the run: the chat is on the ticket that is left."""
    ticket = desk.portal.has_ticket("Open", contact=desk.contact)
    other = desk.portal.has_ticket("Another", contact=desk.contact)
    chat = desk.has_unresolved_chat()
    judged = desk.advised(chat)

    desk.switchboard.meanwhile(call, lambda: desk.portal.merge_tickets(other, ticket))
    desk.make(chat, judged)

    left = [one for one in desk.portal.records("tickets") if chat.id in one.properties.get("chat_threads", "")]
    assert [one.properties["hs_is_closed"] for one in left] == ["false"]


@pytest.mark.parametrize("call", range(1, 8))
def test_a_closed_ticket_takes_no_chat(desk: Desk, call: int) -> None:
    """A ticket that closes a second before our line is on it never carried the chat: another one does."""
    ticket = desk.portal.has_ticket("Open", contact=desk.contact)
    chat = desk.has_unresolved_chat()
    judged = desk.advised(chat)

    def closes() -> None:
        desk.portal.close_ticket(ticket)
        desk.portal.clock.advance(1)

    desk.switchboard.meanwhile(call, closes)
    made = desk.make(chat, judged)

    carrier = desk.portal.record("tickets", made["ticket_id"])
    assert carrier is not None
    listed = carrier.history["chat_threads"][-1]["timestamp"]
    closed = [one["timestamp"] for one in carrier.history["hs_pipeline_stage"] if one["value"] == "4"]
    assert not closed or listed <= closed[0]


def test_a_visitor_who_becomes_a_contact(desk: Desk) -> None:
    """The ticket was locked by an address; the address is a contact's by now: his next chat finds the ticket."""
    first = desk.serve(desk.has_unresolved_chat(contact=None, email="new@example.org"))["create_ticket"]["ticket_id"]
    contact = desk.portal.has_contact("new@example.org")

    done = desk.serve(desk.has_unresolved_chat(contact=contact))["create_ticket"]

    assert (done["outcome"], done["ticket_id"]) == ("attached", first)
