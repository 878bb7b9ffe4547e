"""Tickets read from the record store: whose they are, whether they are open, which one a chat belongs to.

Read by association and id only, never by search: HubSpot's search index lags by seconds to minutes (documented).
"""

import re
import time
from collections import namedtuple

from .moments import millis

# pipelines: ids to look in · since, until: epoch ms between which a ticket was created or last touched
Window = namedtuple("Window", "pipelines since until")

TICKET_PROPERTIES = (
    "hs_pipeline hs_pipeline_stage hs_is_closed createdate hs_last_message_received_at hs_inbox_id"
    " hs_conversations_originating_thread_id hs_ticket_priority chat_thread_id chat_open_key chat_threads chat_inbox"
    " chat_closed_at chat_first_closed_at chat_sla_due_at chat_expected_response chat_channel chat_agent"
    " chat_started_at conversation_link chat_confirmation_requested_at chat_confirmation_sent_at"
).split()
TOUCHES = ("createdate", "chat_closed_at", "hs_last_message_received_at")


def now_ms():
    return int(time.time() * 1000)


def read_contact(hubspot, contact_id, email, properties=("email",)):
    """The thread's own contact (a merged one answers to its old id), else the one with the address; None without."""
    for wanted, by in ((contact_id, None), (email, "email")):
        if wanted:
            body = {"inputs": [{"id": wanted}], "properties": list(properties), "propertiesWithHistory": []}
            found = hubspot.post("objects/contacts/batch/read", dict(body, idProperty=by) if by else body)
            for contact in (found or {}).get("results") or []:
                return contact
    return None


def lock_key(contact_id, email):
    """What `chat_open_key` holds for this visitor; empty for somebody who cannot be told from others."""
    if contact_id:
        return "contact:" + contact_id
    return "email:" + email.strip().lower() if email else ""


def read_tickets(hubspot, ids, id_property=None):
    """Tickets by record id or by a unique property, a hundred at a time; those that do not exist are left out."""
    found = []
    for first in range(0, len(ids), 100):
        body = {
            "inputs": [{"id": wanted} for wanted in ids[first : first + 100]],
            "properties": TICKET_PROPERTIES,
            "propertiesWithHistory": ["hs_pipeline_stage", "chat_threads"],
        }
        if id_property:
            body["idProperty"] = id_property
        read = hubspot.post("objects/tickets/batch/read", body) or {}
        found += [ticket for ticket in read.get("results") or [] if not ticket.get("archived")]
    return found


def stages_of(hubspot):
    """(pipeline, stage) → is it closed? In HubSpot's order. A stage without a state counts as open."""
    pipelines = (hubspot.call("GET", "pipelines/tickets") or {}).get("results") or []
    return {
        (str(pipeline["id"]), str(stage["id"])): str((stage.get("metadata") or {}).get("ticketState") or "").upper()
        == "CLOSED"
        for pipeline in pipelines
        for stage in sorted(pipeline.get("stages") or [], key=lambda one: one.get("displayOrder") or 0)
    }


def stage_of(ticket):
    return str(ticket["properties"].get("hs_pipeline")), str(ticket["properties"].get("hs_pipeline_stage"))


def is_open(ticket, stages):
    return not stages.get(stage_of(ticket))


def stages_entered(ticket):
    """(epoch ms, stage) for each stage that the ticket entered, by its history."""
    history = (ticket.get("propertiesWithHistory") or {}).get("hs_pipeline_stage") or []
    return [(millis(one.get("timestamp")) or 0, str(one.get("value"))) for one in history]


def stage_at(ticket, moment):
    """The stage a ticket was in at a moment (epoch ms); empty before it was made."""
    return max([one for one in stages_entered(ticket) if one[0] <= moment], default=(0, ""))[1]


def closes_listed(ticket):
    """Epoch ms of every chat's close that the ticket lists, as it came to list them: a line each, by create_ticket."""
    listed = str(ticket["properties"].get("chat_threads") or "")
    return [moment for moment in map(millis, re.findall(r" · closed (\S+) · ", listed)) if moment]


def closes_on(ticket):
    """The same closes, each once, oldest first."""
    return sorted(set(closes_listed(ticket)))


def stage_since(ticket):
    """Epoch ms at which a ticket entered the stage it is in; None where HubSpot sent no history."""
    return max([entered for entered, _ in stages_entered(ticket)], default=None)


def is_candidate(ticket, window, stages, thread_id):
    """Open, and of this thread or of these pipelines and days."""
    properties = ticket["properties"]
    if not is_open(ticket, stages):
        return False
    if thread_id and thread_of(properties) == thread_id:
        return True
    return properties.get("hs_pipeline") in window.pipelines and window.since <= touched(properties) <= window.until


def thread_of(properties):
    """The thread a ticket was made for: ours, or the one HubSpot wrote; `<thread>#2` is the thread's second ticket."""
    own = properties.get("chat_thread_id") or properties.get("hs_conversations_originating_thread_id") or ""
    return str(own).split("#")[0]


def touched(properties):
    """Epoch ms at which the customer or a chat last touched the ticket."""
    return max([millis(properties.get(name)) or 0 for name in TOUCHES])


def best_of(candidates, thread_id, inbox_id):
    """Same thread, then same inbox, then most recently touched, then the higher id: every run picks the same."""

    def order(ticket):
        properties = ticket["properties"]
        same_inbox = bool(inbox_id) and inbox_id in (
            properties.get("chat_inbox"),
            properties.get("hs_inbox_id"),
        )
        return (thread_of(properties) == thread_id, same_inbox, touched(properties), int(ticket["id"]))

    return max(candidates, key=order) if candidates else None
