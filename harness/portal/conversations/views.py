"""How inboxes, actors, threads and messages look in an answer: all that the spec requires, none it lacks."""

from typing import Any

from harness.portal.conversations import acts
from harness.portal.conversations.state import CHANNELS, Actor, ChannelAccount, Inbox, Message, Thread
from harness.portal.moments import iso
from harness.portal.world import World

EMAIL_CHANNEL = "1002"


def inbox(found: Inbox) -> dict[str, Any]:
    """An inbox."""
    return {
        "id": found.id,
        "name": found.name,
        "type": found.type,
        "createdAt": iso(found.created),
        "updatedAt": iso(found.created),
        "archived": False,
    }


def channel(id: str) -> dict[str, Any]:
    """A channel."""
    return {"id": id, "name": CHANNELS[id]}


def channel_account(found: ChannelAccount) -> dict[str, Any]:
    """A channel as one inbox has it."""
    return {
        "id": found.id,
        "channelId": found.channel_id,
        "inboxId": found.inbox_id,
        "name": found.name,
        "createdAt": iso(found.created),
        "active": True,
        "authorized": True,
        "archived": False,
    }


def actor(found: Actor) -> dict[str, Any]:
    """Somebody or something that writes in threads."""
    view = {"id": found.id, "type": found.type}
    if found.name and found.type not in ("SYSTEM", "EMAIL"):
        view["name"] = found.name
    if found.email and found.type in ("AGENT", "VISITOR", "EMAIL"):
        view["email"] = found.email
    return view


def thread(world: World, found: Thread, with_ticket: bool = False) -> dict[str, Any]:
    """A thread; its ticket only when asked for (documented)."""
    optional = {
        "closedAt": found.closed_at,
        "latestMessageTimestamp": found.latest_message,
        "latestMessageReceivedTimestamp": found.latest_received,
        "latestMessageSentTimestamp": found.latest_sent,
    }
    view: dict[str, Any] = {
        "id": found.id,
        "status": found.status,
        "createdAt": iso(found.created),
        "inboxId": found.inbox_id,
        "originalChannelId": found.channel_id,
        "originalChannelAccountId": found.channel_account_id,
        "associatedContactId": found.contact_id,
        "spam": found.spam,
        "archived": found.archived,
    }
    view |= {name: iso(at) for name, at in optional.items() if at is not None}
    if found.assigned_to:
        view["assignedTo"] = found.assigned_to
    if with_ticket:
        tickets = acts.tickets_of(world, found)
        view["threadAssociations"] = {"associatedTicketId": tickets[-1]} if tickets else {}
    return view


def message(world: World, found: Thread, entry: Message) -> dict[str, Any]:
    """An entry of a thread, by its type."""
    client: dict[str, Any] = {"clientType": entry.client}
    if entry.app_id is not None:
        client["integrationAppId"] = entry.app_id
    view: dict[str, Any] = {
        "id": entry.id,
        "type": entry.type,
        "conversationsThreadId": found.id,
        "createdAt": iso(entry.at),
        "createdBy": entry.by,
        "client": client,
        "senders": _senders(world, found, entry),
        "recipients": _recipients(found, entry),
        "archived": False,
    }
    return view | _BY_TYPE[entry.type](found, entry)


def original(entry: Message) -> dict[str, Any]:
    """The whole text of a message that was cut short."""
    view = {"text": entry.original or entry.text}
    return view | ({"richText": entry.rich_text} if entry.rich_text else {})


def _words(found: Thread, entry: Message) -> dict[str, Any]:
    view = {"text": entry.text}
    return view | ({"richText": entry.rich_text} if entry.rich_text else {})


def _welcome(found: Thread, entry: Message) -> dict[str, Any]:
    place = {"channelId": found.channel_id, "channelAccountId": found.channel_account_id}
    return _words(found, entry) | place


def _message(found: Thread, entry: Message) -> dict[str, Any]:
    subject = {"subject": entry.subject} if entry.subject else {}
    return (
        _welcome(found, entry)
        | subject
        | {
            "attachments": list(entry.attachments),
            "truncationStatus": "TRUNCATED" if entry.original else "NOT_TRUNCATED",
            "direction": "INCOMING" if entry.incoming else "OUTGOING",
            "status": {"statusType": "RECEIVED" if entry.incoming else "SENT"},
        }
    )


def _comment(found: Thread, entry: Message) -> dict[str, Any]:
    return {"text": entry.text, "richText": entry.rich_text or entry.text, "attachments": list(entry.attachments)}


def _status(found: Thread, entry: Message) -> dict[str, Any]:
    return {"newStatus": entry.new_status}


def _assignment(found: Thread, entry: Message) -> dict[str, Any]:
    named = {"assignedTo": entry.assigned_to, "assignedFrom": entry.assigned_from}
    return {name: actor_id for name, actor_id in named.items() if actor_id}


def _inbox_change(found: Thread, entry: Message) -> dict[str, Any]:
    return {"fromInboxId": entry.from_inbox, "toInboxId": entry.to_inbox}


_BY_TYPE = {
    "MESSAGE": _message,
    "WELCOME_MESSAGE": _welcome,
    "COMMENT": _comment,
    "THREAD_STATUS_CHANGE": _status,
    "ASSIGNMENT": _assignment,
    "THREAD_INBOX_CHANGE": _inbox_change,
}


def _senders(world: World, found: Thread, entry: Message) -> list[dict[str, Any]]:
    """Who wrote it; entries that nobody wrote have no sender (guessed)."""
    if entry.type not in ("MESSAGE", "WELCOME_MESSAGE", "COMMENT"):
        return []
    if entry.incoming:
        return [_visitor(found) | {"senderField": "FROM"} if _by_email(found) else _visitor(found)]
    by = world.conversations.actors.get(entry.by)
    return [{"actorId": entry.by} | ({"name": by.name} if by and by.name else {})]


def _recipients(found: Thread, entry: Message) -> list[dict[str, Any]]:
    if entry.incoming or entry.type not in ("MESSAGE", "WELCOME_MESSAGE"):
        return []
    if entry.recipients:
        return list(entry.recipients)
    return [_visitor(found) | ({"recipientField": "TO"} if _by_email(found) else {})]


def _visitor(found: Thread) -> dict[str, Any]:
    """The visitor as one end of a message: by e-mail address if one was given (seen in public code)."""
    kind, value = "CHANNEL_SPECIFIC_OPAQUE_ID", f"visitor-{found.contact_id}"
    if found.visitor_email:
        kind, value = "HS_EMAIL_ADDRESS", found.visitor_email
    view: dict[str, Any] = {"actorId": found.visitor, "deliveryIdentifier": {"type": kind, "value": value}}
    return view | ({"name": found.visitor_name} if found.visitor_name else {})


def _by_email(found: Thread) -> bool:
    return found.channel_id == EMAIL_CHANNEL
