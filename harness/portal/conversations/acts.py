"""What happens in a thread: it opens, somebody writes, it is assigned, closed, reopened, moved."""

from bisect import insort

from harness.portal.associations import writing as associating
from harness.portal.associations.kinds import KINDS
from harness.portal.conversations.state import AGENT, HUBSPOT, PREFIXES, Actor, Inbox, Message, Thread
from harness.portal.moments import iso
from harness.portal.objects import writing
from harness.portal.objects.types import CONTACT, CONVERSATION, TICKET
from harness.portal.world import World

OPEN, CLOSED = "OPEN", "CLOSED"
STATUS = "hs_conversation_status"
FIRST_THREAD = 8_000_000_001


def open_thread(
    world: World,
    inbox: Inbox,
    channel_id: str,
    contact_id: str,
    at: int,
    visitor_email: str = "",
    visitor_name: str = "",
) -> Thread:
    """A visitor opens a chat; HubSpot keeps it as a record of its own, too."""
    conversations = world.conversations
    account = conversations.channel_account(inbox, channel_id)
    thread_id = str(FIRST_THREAD + len(conversations.threads))
    properties = {
        "hs_thread_id": thread_id,
        STATUS: "CONVERSATION_STATUS_OPEN",
        "hs_inbox_id": inbox.id,
        "hs_channel_id": channel_id,
    }
    row = world.records.of(CONVERSATION).add(properties, at, at, writing.HUBSPOT)
    thread = Thread(
        id=thread_id,
        record_id=row.id,
        inbox_id=inbox.id,
        channel_id=channel_id,
        channel_account_id=account.id,
        contact_id=contact_id,
        created=at,
        visitor_email=visitor_email,
        visitor_name=visitor_name,
    )
    conversations.threads[thread_id] = thread
    conversations.by_record[row.id] = thread_id
    world.changed(CONVERSATION, row.id, {STATUS})
    if inbox.makes_tickets:
        _help_desk_ticket(world, thread)
    return thread


def write(world: World, thread: Thread, message: Message) -> Message:
    """Put an entry where its time says it belongs; a visitor who writes reopens a closed thread."""
    insort(thread.messages, message, key=lambda m: m.at)
    if message.type not in ("MESSAGE", "WELCOME_MESSAGE"):
        return message
    thread.latest_message = max(message.at, thread.latest_message or 0)
    if message.incoming:
        thread.latest_received = max(message.at, thread.latest_received or 0)
    else:
        thread.latest_sent = max(message.at, thread.latest_sent or 0)
    _tell_tickets(world, thread, message)
    if message.incoming and thread.status == CLOSED:
        set_status(world, thread, OPEN, message.at, thread.visitor)  # old documentation; still so: guessed
    return message


def new(world: World, type: str, at: int, by: str, text: str = "", rich_text: str = "") -> Message:
    """An entry that is not in a thread yet."""
    return Message(world.conversations.next_message_id(), type, at, by, text, rich_text)


def set_status(world: World, thread: Thread, status: str, at: int, by: str = HUBSPOT) -> bool:
    """Close or reopen; False if it is so already. closedAt is there only while the thread is closed."""
    if thread.status == status:
        return False
    thread.status = status
    thread.closed_at = at if status == CLOSED else None
    message = new(world, "THREAD_STATUS_CHANGE", at, by)
    message.new_status = status
    write(world, thread, message)
    _set_on_record(world, thread, STATUS, f"CONVERSATION_STATUS_{status}", at)
    return True


def assign(world: World, thread: Thread, to: str, at: int, by: str = HUBSPOT) -> None:
    """Give a thread to somebody, or to nobody."""
    message = new(world, "ASSIGNMENT", at, by)
    message.assigned_to, message.assigned_from = to, thread.assigned_to
    thread.assigned_to = to
    write(world, thread, message)


def move(world: World, thread: Thread, inbox: Inbox, at: int, by: str) -> None:
    """Put a thread into another inbox."""
    message = new(world, "THREAD_INBOX_CHANGE", at, by)
    message.from_inbox, message.to_inbox = thread.inbox_id, inbox.id
    thread.inbox_id = inbox.id
    write(world, thread, message)
    _set_on_record(world, thread, "hs_inbox_id", inbox.id, at)


def actor(world: World, id: str) -> Actor | None:
    """Who an actor id names; None if there is nobody."""
    known = world.conversations.actors.get(id)
    kind = PREFIXES.get(id.partition("-")[0])
    rest = id.partition("-")[2]
    if known or not kind or not rest:
        return known
    if kind == "VISITOR":
        return _visitor(world, rest)
    if kind == "EMAIL":
        return Actor(id, kind, email=rest)
    if kind == "INTEGRATOR":
        return Actor(id, kind, name="Private app")
    return None


def tickets_of(world: World, thread: Thread) -> list[str]:
    """The tickets associated with a thread, oldest association first."""
    rows = world.records.of(TICKET).rows
    ends = world.links.ends(CONVERSATION.id, thread.id, TICKET.id)
    return [id for id in ends if rows[id].archived_at is None]


def _set_on_record(world: World, thread: Thread, name: str, value: str, at: int) -> None:
    table = world.records.of(CONVERSATION)
    changed = table.change(table.rows[thread.record_id], {name: value}, at, writing.HUBSPOT)
    world.changed(CONVERSATION, thread.record_id, changed)


def _visitor(world: World, id: str) -> Actor | None:
    found = [t for t in world.conversations.threads.values() if t.contact_id == id]
    table = world.records.of(CONTACT)
    row = table.rows.get(id)
    if not found and row is None:
        return None
    emails = [table.value(row, "email") if row else "", *(thread.visitor_email for thread in found)]
    names = [thread.visitor_name for thread in found]
    return Actor(f"V-{id}", "VISITOR", next(filter(None, names), ""), next(filter(None, emails), "") or "")


def _help_desk_ticket(world: World, thread: Thread) -> None:
    """The help desk makes a ticket for every conversation (documented; at which moment is guessed)."""
    ends = [(KINDS[TICKET.id, CONVERSATION.id, 32], thread.id)]
    if world.records.of(CONTACT).live(thread.contact_id):
        ends.append((KINDS[TICKET.id, CONTACT.id, 16], thread.contact_id))
    row = writing.create(
        world,
        TICKET,
        {
            "subject": "New conversation",
            "source_type": "CHAT",
            "createdate": iso(thread.created),  # of chats that a seed puts into the past, too
            **originating(thread),
        },
        writer=writing.BY_HUBSPOT,
    )
    associating.link_all(world, TICKET, row.id, ends)


def originating(thread: Thread) -> dict[str, str]:
    """How a ticket that was made from a thread names it (seen in dumps of real accounts)."""
    return {
        "hs_conversations_originating_thread_id": thread.id,
        "hs_thread_ids_to_restore": thread.id,
        "hs_inbox_id": thread.inbox_id,
        "hs_originating_generic_channel_id": thread.channel_id,
    }


def _tell_tickets(world: World, thread: Thread, message: Message) -> None:
    """A ticket knows the last message of its threads (seen in dumps; when it is set is guessed)."""
    by = world.conversations.actors.get(message.by)
    human = by is not None and by.type == AGENT
    for id in tickets_of(world, thread):
        moment = "hs_last_message_received_at" if message.incoming else "hs_last_message_sent_at"
        values: dict[str, str | None] = {moment: iso(message.at)}
        values["hs_last_message_from_visitor"] = str(message.incoming).lower()
        table = world.records.of(TICKET)
        row = table.rows[id]
        if human and not table.value(row, "first_agent_reply_date"):
            values["first_agent_reply_date"] = iso(message.at)
        world.changed(TICKET, id, table.change(row, values, message.at, writing.HUBSPOT))
