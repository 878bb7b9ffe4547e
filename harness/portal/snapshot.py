"""What a person would see in an account, as plain data, and how two accounts are compared."""

import re
from collections.abc import Callable
from typing import Any

from harness.portal.conversations.state import Thread
from harness.portal.flows import views
from harness.portal.moments import iso
from harness.portal.objects.types import COMPANY, CONTACT, NOTE, TICKET, ObjectType
from harness.portal.world import World

SHOWN = (CONTACT, COMPANY, TICKET, NOTE)
MOMENTS = ("createdate", "hs_createdate", "hs_lastmodifieddate", "lastmodifieddate")


def state(world: World) -> dict[str, Any]:
    """Records, threads, associations, e-mails and workflows."""
    return {
        **{type.name: _records(world, type) for type in SHOWN},
        "threads": [_thread(thread) for thread in world.conversations.threads.values()],
        "associations": sorted(list(link) for link in world.links.all()),
        "emails": [
            {
                "to": email.to,
                "emailId": email.email_id,
                "sendId": email.send_id,
                "properties": dict(sorted(email.properties.items())),
                "how": email.how,
                "recordId": email.record_id,
            }
            for email in world.outbox.emails
        ],
        "flows": [views.whole(flow, world.clock.millis()) for flow in world.flows.all()],
    }


def renamed(state: dict[str, Any]) -> dict[str, Any]:
    """The same with what HubSpot assigns by itself renamed by order of appearance.

    These are record ids, message ids, and times of creation and change: two accounts that went through the
    same look equal, however often a step was repeated.
    """
    names = {}
    for type in SHOWN:
        for at, record in enumerate(state[type.name], 1):
            names[record["id"]] = f"{type.singular}-{at}"
    for thread in state["threads"]:
        for at, message in enumerate(thread["messages"], 1):
            names[message["id"]] = f"message-{at}"
    pattern = re.compile(r"(?<![0-9a-f])[0-9a-f]{8,}(?![0-9a-f])")
    swapped: dict[str, Any] = _swapped(
        state, lambda text: pattern.sub(lambda found: names.get(found[0], found[0]), text)
    )
    swapped["associations"] = sorted(swapped["associations"])
    return swapped


def _swapped(value: Any, rename: Callable[[str], str]) -> Any:
    if isinstance(value, dict):
        return {k: "<when>" if k in MOMENTS else _swapped(v, rename) for k, v in value.items()}
    if isinstance(value, list):
        return [_swapped(item, rename) for item in value]
    return rename(value) if isinstance(value, str) else value


def _records(world: World, type: ObjectType) -> list[dict[str, Any]]:
    table = world.records.of(type)
    return [
        {
            "id": row.id,
            "archived": row.archived_at is not None,
            "properties": dict(sorted(table.values(row).items())),
        }
        for row in table.all()
    ]


def _thread(thread: Thread) -> dict[str, Any]:
    return {
        "id": thread.id,
        "status": thread.status,
        "closedAt": iso(thread.closed_at) if thread.closed_at is not None else None,
        "inboxId": thread.inbox_id,
        "channelId": thread.channel_id,
        "associatedContactId": thread.contact_id,
        "assignedTo": thread.assigned_to,
        "spam": thread.spam,
        "archived": thread.archived,
        "messages": [
            {
                "id": message.id,
                "type": message.type,
                "createdAt": iso(message.at),
                "createdBy": message.by,
                "text": message.text,
                "newStatus": message.new_status,
            }
            for message in thread.messages
        ],
    }
