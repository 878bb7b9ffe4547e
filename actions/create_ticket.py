"""Create ticket: the visitor of an unresolved chat gets a ticket, and gets only one.

Runs after dedup_check, and again when HubSpot retries. Looks at what is there now and then does one thing: adopts the
ticket the thread already has, reopens it if it was closed a moment ago, attaches the chat to the visitor's open ticket,
or creates a new one with contact, company and conversation linked in the same request. A run that repeats another one
changes nothing. It never closes, merges, archives or re-owns a ticket. Rules: chat-to-ticket, section 4.
"""

# /// script
# requires-python = ">=3.9"
# dependencies = ["hubspot-api-client>=8,<9"]
#
# [tool.hubspot]
# runtime = ["PYTHON39"]
# secrets = ["CHAT_HANDOFF_TOKEN"]
# scopes = [
#   "tickets",
#   "conversations.read",
#   "crm.objects.contacts.read",
#   "crm.objects.companies.read",
#   "crm.objects.owners.read",
# ]
#
# [tool.hubspot.inputs.mode]
# type = "enumeration"
# options = ["off", "dry", "live"]
# default = "dry"
# description = "off: do nothing. dry: decide and say so, write nothing. live: write; needs inboxes."
#
# [tool.hubspot.inputs.inboxes]
# type = "string"
# description = "Ids of the inboxes whose chats may become tickets, parted by commas. Live mode needs them named."
#
# [tool.hubspot.inputs.thread_id]
# type = "string"
# description = "triage_chat's output thread_id. Leave empty in a ticket workflow."
#
# [tool.hubspot.inputs.ticket_id]
# type = "string"
# description = "In a ticket workflow only: the enrolled ticket's Ticket ID, made by hand from a chat."
#
# [tool.hubspot.inputs.candidate_id]
# type = "string"
# description = "dedup_check's output ticket_id."
#
# [tool.hubspot.inputs.dedup_verdict]
# type = "string"
# description = "dedup_check's output verdict. ambiguous: the ticket is made without the visitor's lock."
#
# [tool.hubspot.inputs.contact_id]
# type = "string"
# description = "dedup_check's output contact_id."
#
# [tool.hubspot.inputs.visitor_email]
# type = "string"
# description = "triage_chat's output visitor_email."
#
# [tool.hubspot.inputs.explanation]
# type = "string"
# description = "triage_chat's output explanation; part of the subject."
#
# [tool.hubspot.inputs.marker]
# type = "string"
# description = "triage_chat's output marker; chooses the route."
#
# [tool.hubspot.inputs.agent_id]
# type = "string"
# description = "triage_chat's output agent_id."
#
# [tool.hubspot.inputs.started_at]
# type = "datetime"
# description = "triage_chat's output started_at."
#
# [tool.hubspot.inputs.closed_at]
# type = "datetime"
# description = "triage_chat's output closed_at."
#
# [tool.hubspot.inputs.routes]
# type = "string"
# description = "JSON list, first match wins: where tickets go, by marker, inbox, channel. Empty: stage 1 of 0."
# schema = '{"type": "array", "items": {"type": "object"}}'
# example = '[{"marker": "billing", "pipeline": "0", "stage": "1", "priority": "HIGH", "owner": "none"}]'
#
# [tool.hubspot.inputs.stage_moves]
# type = "string"
# description = "JSON: stage that waits on the contact → stage to move to when a chat is attached."
# schema = '{"type": "object"}'
# example = '{"2": "3"}'
#
# [tool.hubspot.inputs.reopen_stage]
# type = "string"
# description = "Stage into which a ticket closed a moment ago is reopened. Empty: its pipeline's first open stage."
#
# [tool.hubspot.inputs.reopen_days]
# type = "number"
# default = 7
# description = "The thread's ticket is reopened if it was closed fewer days ago; else the chat gets a new one."
#
# [tool.hubspot.inputs.lookback_days]
# type = "number"
# default = 7
# description = "As in dedup_check."
#
# [tool.hubspot.inputs.subject]
# type = "string"
# default = "Unresolved chat: {explanation}"
# description = "The ticket's subject; {explanation} is replaced."
#
# [tool.hubspot.inputs.transcript]
# type = "enumeration"
# options = ["excerpt", "full", "none"]
# default = "excerpt"
# description = "How much of the chat the ticket's description keeps: the last 20 messages, all of them, or none."
#
# [tool.hubspot.inputs.extra_properties]
# type = "string"
# description = "JSON: further ticket properties, for example those your portal requires."
# schema = '{"type": "object"}'
# example = '{"hs_ticket_category": "GENERAL_INQUIRY"}'
#
# [tool.hubspot.inputs.link_template]
# type = "string"
# description = "The conversation's address if yours differs: {ui_domain}, {portal_id} and {thread_id} are replaced."
#
# [tool.hubspot.inputs.ui_domain]
# type = "string"
# default = "app.hubspot.com"
# description = "The host your HubSpot opens on, for example app-eu1.hubspot.com."
#
# [tool.hubspot.inputs.api_version]
# type = "enumeration"
# options = ["2026-09", "v3"]
# default = "2026-09"
# description = "HubSpot's API version. v3 only where the portal's rules refuse tickets made by automation."
#
# [tool.hubspot.outputs.outcome]
# type = "enumeration"
# options = ["created", "attached", "adopted", "reopened", "skipped", "off"]
# description = "What was done, or in a dry run would have been done."
#
# [tool.hubspot.outputs.explanation]
# type = "string"
# description = "The same in a sentence."
#
# [tool.hubspot.outputs.ticket_id]
# type = "string"
# description = "The ticket that carries the chat; empty in a dry run that would create one."
#
# [tool.hubspot.outputs.thread_id]
# type = "string"
# description = "The chat's thread."
#
# [tool.hubspot.outputs.contact_id]
# type = "string"
# description = "The contact the ticket belongs to; empty for a visitor without one."
#
# [tool.hubspot.outputs.closed_at]
# type = "datetime"
# description = "When the chat was closed; empty while it is still open."
#
# [tool.hubspot.outputs.conversation_link]
# type = "string"
# description = "The address that opens the chat."
#
# [tool.hubspot.outputs.possible_duplicate_id]
# type = "string"
# description = "Another ticket of the same chat that a person should look at."
#
# [tool.hubspot.outputs.left_out]
# type = "string"
# description = "Properties and links that HubSpot refused and the ticket therefore lacks."
#
# [tool.hubspot.outputs.email_id]
# type = "string"
# description = "The route's transactional e-mail, if it names one."
#
# [tool.hubspot.outputs.dry_run]
# type = "boolean"
# description = "true: nothing was written."
# ///

import html
import json
import os
import re
import time
from collections import namedtuple
from datetime import datetime, timedelta, timezone
from urllib.parse import quote

from hubspot.crm.contacts import ApiClient, ApiException, Configuration

ATTEMPTS = 3  # how often the decision is taken anew when another run was quicker
SUBJECT = "Unresolved chat: {explanation}"
ROUTE = {
    "pipeline": "0",
    "stage": "1",
}  # where no route matches: HubSpot's Support Pipeline, New (documented)
# What a ticket can do without. Its keys and its pipeline are not among them.
SPARED = {"hubspot_owner_id", "hs_ticket_priority", "source_type", "hs_ticket_category", "subject", "content"}
SPARED |= {"conversation_link", "chat_channel", "chat_inbox", "chat_agent", "chat_started_at", "chat_threads"}

Chat = namedtuple("Chat", "id thread closed_at started_at contact_id email agent_id link line route")


def main(event):
    given = Inputs("create_ticket", event)
    settings = checked(given, event)
    if settings["mode"] == "off":
        return answer(settings, "off", None)
    hubspot = HubSpot(secret("create_ticket", "CHAT_HANDOFF_TOKEN"), settings["version"])
    thread = thread_in_hand(hubspot, given)
    if thread is None:
        return answer(settings, "skipped", None, explanation="The ticket does not come from a chat.")
    chat = chat_of(hubspot, given, settings, thread)
    if settings["inboxes"] and thread.get("inboxId") not in settings["inboxes"]:
        return answer(settings, "skipped", chat, explanation="The chat's inbox is not among this action's inboxes.")
    for _ in range(ATTEMPTS):
        try:
            return decide(hubspot, given, settings, chat)
        except Overtaken:
            continue
    raise ApiException(status=503, reason="other runs keep changing the tickets of this visitor") from None


def checked(given, event):
    """Every setting, read before the first request, so that a wrong one costs nothing."""
    settings = {
        "mode": given.choice("mode", ("off", "dry", "live"), "dry"),
        "inboxes": given.names("inboxes"),
        "version": given.choice("api_version", HUBSPOT_PATHS, "2026-09"),
        "portal_id": str(((event or {}).get("origin") or {}).get("portalId") or "0"),
        "routes": given.json("routes", list, '[{"marker": "billing", "pipeline": "0", "stage": "1"}]'),
        "stage_moves": given.json("stage_moves", dict, '{"2": "3"}'),
        "extra": given.json("extra_properties", dict, '{"hs_ticket_category": "GENERAL_INQUIRY"}'),
        "transcript": given.choice("transcript", ("excerpt", "full", "none"), "excerpt"),
        "subject": given.text("subject", SUBJECT).replace(
            "{explanation}", given.text("explanation", "closed without an answer")
        ),
        "ambiguous": given.text("dedup_verdict") == "ambiguous",
        "reopen_stage": given.text("reopen_stage"),
        "reopen_ms": int(given.number("reopen_days", 7) * 86400000),
        "lookback_ms": int(given.number("lookback_days", 7) * 86400000),
    }
    for route in settings["routes"]:
        if not isinstance(route, dict):
            raise given.wrong("routes", 'JSON objects like {"marker": "billing", "stage": "1"}', "something else")
    if settings["mode"] == "live" and not settings["inboxes"]:
        raise given.wrong("inboxes", "the ids of the inboxes to serve, for example 5391823 (mode is live)", "nothing")
    return settings


def thread_in_hand(hubspot, given):
    """The chat's thread; for a ticket made by hand the thread it belongs to, None where it belongs to none."""
    thread_id = given.record_id("thread_id", "triage_chat's thread id")
    ticket_id = given.record_id("ticket_id", "the enrolled ticket's id", required=not thread_id)
    if not thread_id:
        found = hubspot.get("conversations/threads", associatedTicketId=ticket_id, association="TICKET") or {}
        threads = sorted(found.get("results") or [], key=lambda one: int(one["id"]))
        if threads:
            return threads[-1]
        made = read_tickets(hubspot, [ticket_id])
        thread_id = thread_of(made[0]["properties"]) if made else ""
        if not thread_id:
            return None
    thread = hubspot.get("conversations/threads/" + in_path(thread_id), association="TICKET")
    if thread is None:
        raise given.wrong("thread_id", "a thread id that HubSpot knows", "an id that no thread answers to")
    return thread


def chat_of(hubspot, given, settings, thread):
    """What is known of the chat. The closing time travels from triage_chat: HubSpot forgets it when a chat reopens."""
    closed_at = given.moment("closed_at") or millis(thread.get("closedAt"))
    thread_id, ui_domain = str(thread["id"]), given.text("ui_domain", "app.hubspot.com")
    link = conversation_link(given.text("link_template", INBOX_LINK), settings["portal_id"], thread_id, ui_domain)
    contact_id, email = (
        given.record_id("contact_id", "dedup_check's contact id"),
        given.text("visitor_email").lower(),
    )
    if not contact_id and not given.text("dedup_verdict"):  # dedup_check failed: its answer has to be found here
        contact_id = existing_contact(hubspot, str(thread.get("associatedContactId") or ""), email)
    line = "{} · closed {} · {}".format(thread_id, iso(closed_at), link) if closed_at else ""
    route = route_for(settings["routes"], given.text("marker").lower(), thread)
    agent_id = given.record_id("agent_id", "triage_chat's agent id")
    return Chat(
        thread_id,
        thread,
        closed_at,
        given.moment("started_at"),
        contact_id,
        email,
        agent_id,
        link,
        line,
        route,
    )


def route_for(routes, marker, thread):
    """The first route whose every condition holds, over what every ticket gets."""
    facts = {"marker": marker, "inbox": thread.get("inboxId"), "channel": thread.get("originalChannelId")}
    for route in routes:
        if all(str(route[name]).lower() == str(value).lower() for name, value in facts.items() if name in route):
            return dict(ROUTE, **{name: str(value) for name, value in route.items()})
    return dict(ROUTE)


def decide(hubspot, given, settings, chat):
    """Adopt, reopen, attach or create, by what is there now."""
    by_hand = given.record_id("ticket_id", "the enrolled ticket's id")
    made = ticket_made_for(hubspot, chat)
    if made and by_hand and made["id"] != by_hand:
        return answer(settings, "skipped", chat, made, "The chat has another ticket already.", duplicate=by_hand)
    linked = None if made else one_ticket(hubspot, by_hand or linked_ticket(chat))
    if made or (linked and is_own(linked, chat)):
        return serve_own(hubspot, settings, chat, made or linked, stages_of(hubspot))
    advised = given.record_id("candidate_id", "dedup_check's ticket id")
    candidate = linked if linked and linked["id"] == advised else one_ticket(hubspot, advised)
    served = [ticket for ticket in (linked, candidate) if ticket and carries(ticket, chat)]
    if served or (candidate and is_open(candidate, stages_of(hubspot))):
        return attach(hubspot, settings, chat, served[0] if served else candidate, "attached")
    return create(hubspot, settings, chat, chat.id)


def ticket_made_for(hubspot, chat):
    """The newest ticket whose key says that it was made for this thread."""
    keys = [chat.id] + ["{}#{}".format(chat.id, number) for number in range(2, 10)]
    made = read_tickets(hubspot, keys, "chat_thread_id")
    return max(made, key=lambda ticket: int(ticket["id"])) if made else None


def linked_ticket(chat):
    return str((chat.thread.get("threadAssociations") or {}).get("associatedTicketId") or "")


def one_ticket(hubspot, ticket_id):
    """A ticket as it is now; None where it was archived, or there is none."""
    return next(iter(read_tickets(hubspot, [ticket_id])), None) if ticket_id else None


def is_own(ticket, chat):
    """Did a rep make this ticket from the chat? One that lists the chat without its key had it attached by us."""
    properties = ticket["properties"]
    return thread_of(properties) == chat.id or not (
        thread_of(properties) or chat.id in (properties.get("chat_threads") or "")
    )


def serve_own(hubspot, settings, chat, ticket, stages):
    """Adopt an open ticket; reopen one closed a moment ago; a chat long after that is a new issue with a new ticket."""
    if is_open(ticket, stages) or not chat.line or carries(ticket, chat):
        return attach(hubspot, settings, chat, ticket, "adopted")
    history = (ticket.get("propertiesWithHistory") or {}).get("hs_pipeline_stage") or [{}]
    closed_since = millis(history[0].get("timestamp")) or 0
    if chat.closed_at - closed_since < settings["reopen_ms"]:
        open_stages = [
            stage for (pipeline, stage), closed in stages.items() if (pipeline, closed) == (stage_of(ticket)[0], False)
        ]
        return attach(hubspot, settings, chat, ticket, "reopened", settings["reopen_stage"] or open_stages[0])
    number = str(ticket["properties"].get("chat_thread_id") or "").partition("#")[2]
    return create(hubspot, settings, chat, "{}#{}".format(chat.id, int(number or 1) + 1))


def carries(ticket, chat):
    """Was this very close served by this ticket before? Then whatever people did to it since is theirs."""
    return bool(chat.line) and chat.line in (ticket["properties"].get("chat_threads") or "")


def attach(hubspot, settings, chat, ticket, outcome, stage=""):
    """Write what the ticket lacks of this chat, and link the two. Nothing that is there is overwritten."""
    known = ticket["properties"]
    changes = {name: value for name, value in inherited(chat).items() if value and not known.get(name)}
    if outcome == "adopted" and not known.get("chat_thread_id"):
        changes["chat_thread_id"] = chat.id
    if chat.line and not carries(ticket, chat):
        changes["chat_threads"] = "\n".join(filter(None, [known.get("chat_threads"), chat.line]))
        stage = stage or str(settings["stage_moves"].get(stage_of(ticket)[1]) or "")
        if stage:
            changes["hs_pipeline_stage"] = stage
    left_out = []
    if settings["mode"] == "live":
        if changes:
            left_out = change(hubspot, ticket["id"], changes)
            keep_line(hubspot, chat, ticket["id"], changes)
        if linked_ticket(chat) != ticket["id"]:
            left_out += link(hubspot, ticket["id"], [("conversations", chat.id, TICKET_TO_THREAD)])
    return answer(settings, outcome, chat, ticket, left_out=left_out)


def change(hubspot, ticket_id, changes):
    """One PATCH by record id; the names of properties that had to be left out of it."""
    return spared(lambda kept: hubspot.patch("objects/tickets/" + ticket_id, {"properties": kept}), changes)[1]


def keep_line(hubspot, chat, ticket_id, changes):
    """Read again: another chat's run may have written the list of chats at the same moment and lost our line."""
    for _ in range(ATTEMPTS if "chat_threads" in changes else 0):
        ticket = read_tickets(hubspot, [ticket_id])[0]
        if carries(ticket, chat):
            return
        lines = "\n".join(filter(None, [ticket["properties"].get("chat_threads"), chat.line]))
        hubspot.patch("objects/tickets/" + ticket_id, {"properties": {"chat_threads": lines}})


def create(hubspot, settings, chat, key):
    """One POST that makes the ticket with its links, under keys that let only one such ticket exist."""
    properties = new_ticket(hubspot, settings, chat, key)
    links = links_of(hubspot, chat)
    if settings["mode"] == "dry":
        return answer(settings, "created", chat)
    try:
        made, left_out = posted(hubspot, properties, links)
    except Refused as refusal:
        if refusal.taken or {"chat_thread_id", "chat_open_key"} & set(refusal.properties):
            return give_way(hubspot, settings, chat, properties, refusal)
        raise
    return answer(settings, "created", chat, made, left_out=left_out)


def posted(hubspot, properties, links):
    """(ticket, names left out). A refused link never costs the ticket: it is made without, then linked one by one."""

    def post(kept, linked=links):
        inline = [association(record_id, type_id) for _, record_id, type_id in linked]
        return hubspot.post("objects/tickets", {"properties": kept, "associations": inline})

    try:
        return spared(post, properties)
    except Refused as refusal:
        if refusal.taken or refusal.properties or refusal.status == 401:
            raise
    made, left_out = spared(lambda kept: post(kept, ()), properties)
    return made, left_out + link(hubspot, str(made["id"]), links)


def spared(send, properties):
    """(answer, names left out): what HubSpot objects to and a ticket can do without is left out, once."""
    try:
        return send(properties), []
    except Refused as refusal:
        names = sorted(set(refusal.properties) & set(properties))
        if refusal.taken or refusal.status != 400 or not names or not set(names) <= SPARED:
            raise
        return send({name: value for name, value in properties.items() if name not in names}), names


def give_way(hubspot, settings, chat, properties, refusal):
    """HubSpot says a key is taken: the ticket that holds it decides."""
    if read_tickets(hubspot, [properties["chat_thread_id"]], "chat_thread_id"):
        raise Overtaken from None  # another run of this chat was quicker: look again, and adopt its ticket
    key = properties.get("chat_open_key")
    holder = next(iter(read_tickets(hubspot, [key], "chat_open_key")), None) if key else None
    if holder is None and not refusal.taken:
        raise refusal
    if holder is None:
        raise Overtaken from None
    since = (chat.started_at or chat.closed_at or now_ms()) - settings["lookback_ms"]
    if is_open(holder, stages_of(hubspot)) and touched(holder["properties"]) >= since:
        return attach(hubspot, settings, chat, holder, "attached")
    hubspot.patch("objects/tickets/" + holder["id"], {"properties": {"chat_open_key": ""}})
    raise Overtaken from None


def new_ticket(hubspot, settings, chat, key):
    """The new ticket's properties; what is empty is left to HubSpot's defaults."""
    words = messages_text(hubspot, settings, chat)
    properties = {
        "subject": settings["subject"][:250],
        "content": words,
        "hs_pipeline": chat.route["pipeline"],
        "hs_pipeline_stage": chat.route["stage"],
        "hs_ticket_priority": chat.route.get("priority", "").upper(),
        "hubspot_owner_id": owner_of(hubspot, chat),
        "source_type": "CHAT",
        "chat_thread_id": key,
        "chat_open_key": "" if settings["ambiguous"] else lock_key(chat.contact_id, chat.email),
        "chat_threads": chat.line,
    }
    properties.update(inherited(chat))
    properties.update({name: str(value) for name, value in settings["extra"].items()})
    return {name: value for name, value in properties.items() if value}


def inherited(chat):
    """What a ticket knows of its chat."""
    return {
        "conversation_link": chat.link,
        "chat_channel": str(chat.thread.get("originalChannelId") or ""),
        "chat_inbox": str(chat.thread.get("inboxId") or ""),
        "chat_agent": chat.agent_id,
        "chat_started_at": iso(chat.started_at) if chat.started_at else "",
    }


def messages_text(hubspot, settings, chat):
    """The transcript for the ticket's description."""
    found, after, whole = [], None, settings["transcript"] == "full"
    while settings["transcript"] != "none":
        path = "conversations/threads/{}/messages".format(chat.id)
        page = hubspot.get(path, limit=100, after=after) or {}
        found += page.get("results") or []
        after = ((page.get("paging") or {}).get("next") or {}).get("after")
        begun = min([millis(message.get("createdAt")) or 0 for message in found] or [0]) < (chat.started_at or 0)
        if not whole or not after or not page.get("results") or begun or hubspot.left() < 8.0:
            break
    said = [line for line in lines_of(found, {}) if line.kind == "said" and line.at >= (chat.started_at or 0)]
    names = {"visitor": "Visitor", "agent": "Agent"}
    lines = [(line.at, names.get(line.who, "Bot"), line.text) for line in said]
    return transcript(lines, settings["transcript"], "Conversation: " + chat.link)


def owner_of(hubspot, chat):
    """The route's owner: an id, `agent` for who had the chat, or nothing for HubSpot's own rotation."""
    wanted = chat.route.get("owner", "none")
    if wanted == "agent":
        owner = hubspot.get("owners/" + chat.agent_id, idProperty="userId") if chat.agent_id else None
        return str(owner["id"]) if owner and not owner.get("archived") else ""
    return wanted.replace("queue:", "") if wanted != "none" else ""


def links_of(hubspot, chat):
    """(type, id, association type) of everything the new ticket is linked with."""
    links = [("conversations", chat.id, TICKET_TO_THREAD)]
    if chat.contact_id:
        links.append(("contacts", chat.contact_id, TICKET_TO_CONTACT))
        read = hubspot.post("associations/contacts/companies/batch/read", {"inputs": [{"id": chat.contact_id}]}) or {}
        for to in [to for one in read.get("results") or [] for to in one.get("to") or []]:
            if any(kind.get("typeId") == CONTACT_TO_PRIMARY_COMPANY for kind in to.get("associationTypes") or []):
                links.append(("companies", str(to["toObjectId"]), TICKET_TO_PRIMARY_COMPANY))
    return links


def link(hubspot, ticket_id, links):
    """Link one by one; a second time is a no-op. The names of links that HubSpot refused."""
    refused = []
    for to_type, record_id, type_id in links:
        kind = [{"associationCategory": "HUBSPOT_DEFINED", "associationTypeId": type_id}]
        try:
            hubspot.put("links/tickets/{}/associations/{}/{}".format(ticket_id, to_type, record_id), kind)
        except Refused:
            refused.append("link to " + to_type)
    return refused


class Overtaken(Exception):
    """Another run changed what this one had decided on: decide again on what is there now."""


OUTCOMES = {
    "created": "A new ticket was made for the chat.",
    "attached": "The visitor has an open ticket; the chat was attached to it.",
    "adopted": "The chat has a ticket already; it was completed.",
    "reopened": "The chat's ticket had just been closed; it was reopened.",
    "off": "The mode is off.",
}


def answer(settings, outcome, chat, ticket=None, explanation="", left_out=(), duplicate=""):
    """Every declared output, on every path."""
    dry = settings["mode"] != "live"
    outputs = {
        "outcome": outcome,
        "explanation": (explanation or OUTCOMES[outcome]) + (" (dry run: nothing was written)" if dry else ""),
        "ticket_id": str(ticket["id"]) if ticket else "",
        "thread_id": chat.id if chat else "",
        "contact_id": chat.contact_id if chat else "",
        "closed_at": chat.closed_at if chat else None,
        "conversation_link": chat.link if chat else "",
        "possible_duplicate_id": duplicate,
        "left_out": ", ".join(left_out),
        "email_id": chat.route.get("email_id", "") if chat else "",
        "dry_run": dry,
    }
    say(
        "create_ticket",
        mode=settings["mode"],
        **{name: outputs[name] for name in outputs if name not in ("email_id", "contact_id")},
    )
    return {"outputFields": outputs}


# --- part: hubspot ---
# Where each area lives, by version. The dated version is generally available since September 2026; v4 is unsupported
# from 30 March 2027 and v1-v3 from September 2027 (documented: HubSpot's changelog). "v3" is for portals whose
# validation rules refuse automated tickets: the older paths do not enforce them (documented: write validation).
HUBSPOT_PATHS = {
    "2026-09": {
        "objects": "/crm/objects/2026-09",
        "associations": "/crm/associations/2026-09",
        "links": "/crm/objects/2026-09",
        "pipelines": "/crm/pipelines/2026-09",
        "owners": "/crm/owners/2026-09",
        "properties": "/crm/properties/2026-09",
        "conversations": "/conversations/conversations/2026-09",
        "account": "/account-info/2026-09",
        "single-send": "/marketing/transactional/2026-09/single-email/send",
    },
    "v3": {
        "objects": "/crm/v3/objects",
        "associations": "/crm/v4/associations",
        "links": "/crm/v4/objects",
        "pipelines": "/crm/v3/pipelines",
        "owners": "/crm/v3/owners",
        "properties": "/crm/v3/properties",
        "conversations": "/conversations/v3/conversations",
        "account": "/account-info/v3",
        "single-send": "/marketing/v3/transactional/single-email/send",
    },
}
HUBSPOT_WAITS = (1.0, 2.0, 4.0)  # seconds before an attempt is repeated inside the run
HUBSPOT_SLOWEST = 8.0  # seconds one request may take


class Refused(Exception):
    """HubSpot said no for good. `status`, `category`, `properties` (names it objected to) and `taken` tell why."""

    def __init__(self, request, status, body):
        answer = body if isinstance(body, dict) else {}
        errors = [item for item in answer.get("errors") or [] if isinstance(item, dict)]
        text = json.dumps(answer)
        self.status = status
        self.category = str(answer.get("category") or "")[:60]
        self.properties = sorted(
            set(re.findall(r'\\?"(?:name|propertyName|idProperty)\\?": ?\[?\\?"([a-z0-9_]+)', text))
        )
        self.taken = "CONFLICTING_UNIQUE_VALUE" in text or status == 409
        contexts = [item.get("context") or {} for item in errors] + [answer.get("context") or {}]
        self.scopes = sorted({scope for found in contexts for scope in found.get("requiredGranularScopes", [])})
        super().__init__("HubSpot refused {} ({} {}): {}".format(request, status, self.category, self.remedy()))

    def remedy(self):
        """What the operator can do, in words."""
        if self.status == 401:
            return "the service key in the secret is wrong, expired or of another portal; renew the secret's value."
        if self.status == 403:
            missing = ", ".join(self.scopes) or "one that this request needs"
            return "the service key lacks a scope: {}; add it to the key.".format(missing)
        if self.properties:
            return (
                "it objects to: {}; create what is missing (properties.toml) and see the rules of the others.".format(
                    ", ".join(self.properties)
                )
            )
        return "see the request in HubSpot's API log for the whole answer."


class HubSpot:
    """HubSpot's API for one run: `seconds` is what the run may still take of HubSpot's 20 (documented)."""

    def __init__(self, token, version="2026-09", seconds=17.0):
        configuration = Configuration()
        configuration.access_token = token
        configuration.retries = False  # urllib3 would ask four times on its own, past the 20 seconds (verified)
        self.client = ApiClient(configuration)
        self.paths = HUBSPOT_PATHS[version]
        self.until = time.monotonic() + seconds

    def get(self, path, **query):
        """The answer as a dict, or None where HubSpot knows no such record."""
        try:
            return self.call("GET", path, query=query)
        except Refused as refusal:
            if refusal.status == 404:
                return None
            raise

    def post(self, path, body, repeatable=True):
        """`repeatable=False` where a second write would not be recognised as the same."""
        return self.call("POST", path, body=body, repeatable=repeatable)

    def patch(self, path, body, **query):
        return self.call("PATCH", path, query=query, body=body)

    def put(self, path, body):
        return self.call("PUT", path, body=body)

    def left(self):
        """Seconds this run still has."""
        return self.until - time.monotonic()

    def call(self, method, path, query=None, body=None, repeatable=True):
        """One request, repeated while the failure may pass and the deadline allows. `path` is `area/rest`."""
        area, _, rest = path.partition("/")
        request = "{} {}".format(method, re.sub(r"[0-9]{3,}|%.*", "…", path))
        target = self.paths[area] + ("/" + rest if rest else "")
        for wait in (*HUBSPOT_WAITS, None):
            if self.left() < 1.0:
                raise ApiException(status=503, reason="this run is out of time before {}".format(request))
            status, answer, asked = self.attempt(method, target, query, body)
            if 200 <= status < 300:
                return answer
            passing = status in (0, 423, 429, 477) or status >= 500
            if not passing:
                raise Refused(request, status, answer) from None
            pause = max(wait or 0.0, asked)
            if wait is None or not repeatable or pause + 1.0 > self.left():
                break
            time.sleep(pause)
        # HubSpot retries 429 and 5xx only, so a lock (423), a migration (477) or no answer at all leaves as 503.
        final = status if status == 429 or status >= 500 else 503
        raise ApiException(status=final, reason="no success for {} (last answer {})".format(request, status)) from None

    def attempt(self, method, target, query, body):
        """(status, answer, seconds HubSpot asked us to wait); status 0 where no whole answer came."""
        try:
            answer = self.client.call_api(
                target,
                method,
                query_params=[(key, value) for key, value in (query or {}).items() if value is not None],
                header_params={"Accept": "application/json", "Content-Type": "application/json"},
                body=body,
                response_types_map=dict.fromkeys(range(200, 300), "object"),
                auth_settings=["oauth2"],
                _return_http_data_only=True,
                _request_timeout=(3.0, max(1.0, min(HUBSPOT_SLOWEST, self.left()))),
            )
        except ApiException as error:
            return error.status or 0, decoded(error.body), seconds_asked(error.headers)
        except Exception:  # urllib3's errors differ by version; none of them is an answer
            return 0, None, 0.0
        return (200, answer, 0.0) if answer is None or isinstance(answer, dict) else (0, None, 0.0)


def decoded(body):
    try:
        return json.loads(body)
    except (TypeError, ValueError):
        return None


def seconds_asked(headers):
    try:
        return min(60.0, float((headers or {}).get("Retry-After") or 0))
    except (TypeError, ValueError):
        return 0.0


def in_path(value):
    """A value as one segment of a path."""
    return quote(str(value), safe="")


# --- part: inputs ---
class BadInput(ValueError):
    """An input, secret or setting that an operator has to put right."""


class Inputs:
    """The event's input fields of one action, read by name and type."""

    def __init__(self, action, event):
        self.action = action
        fields = event.get("inputFields") if isinstance(event, dict) else None
        self.fields = fields if isinstance(fields, dict) else {}

    def wrong(self, name, expected, found, where="this action's side panel in the workflow editor"):
        return BadInput(
            "{}: input '{}': expected {}, found {}. Correct it in {}.".format(self.action, name, expected, found, where)
        )

    def text(self, name, default=""):
        """The value as trimmed text; the default where HubSpot sent nothing."""
        value = self.fields.get(name)
        if value is None:
            return default
        if isinstance(value, bool):
            value = "true" if value else "false"
        elif isinstance(value, float) and value.is_integer():
            value = int(value)
        return str(value).strip() or default

    def record_id(self, name, what, required=False):
        """The id of a HubSpot record: digits."""
        value = self.text(name)
        if value.isascii() and value.isdigit():
            return value
        if value or required:
            found = "text of {} characters that is not an id".format(len(value)) if value else "nothing"
            raise self.wrong(name, "{} (digits, for example 5391823)".format(what), found)
        return ""

    def choice(self, name, options, default):
        """One of `options`, upper and lower case alike."""
        value = self.text(name, default).lower()
        if value in options:
            return value
        raise self.wrong(name, "one of {}".format(", ".join(options)), shown(value))

    def flag(self, name, default=False):
        """Yes or no."""
        value = self.text(name, "true" if default else "false").lower()
        if value in ("true", "yes", "1", "on"):
            return True
        if value in ("false", "no", "0", "off"):
            return False
        raise self.wrong(name, "true or false", shown(value))

    def number(self, name, default, lowest=0.0, highest=1e9):
        """A number within bounds."""
        value = self.text(name)
        if not value:
            return default
        try:
            number = float(value.replace(",", ".")) if re.fullmatch(r"[-+0-9.,]{1,20}", value) else None
        except ValueError:
            number = None
        if number is None or not lowest <= number <= highest:
            raise self.wrong(name, "a number from {:g} to {:g}".format(lowest, highest), shown(value))
        return number

    def moment(self, name):
        """Epoch milliseconds; None where HubSpot sent nothing."""
        value = self.text(name)
        moment = millis(value) if value else None
        if value and moment is None:
            raise self.wrong(name, "a date and time as epoch milliseconds or ISO text", shown(value))
        return moment

    def names(self, name, default=""):
        """A list written as text, parted by commas, semicolons or line ends."""
        return [item.strip() for item in re.split(r"[,;\n]", self.text(name, default)) if item.strip()]

    def json(self, name, kind, example):
        """JSON text of the given kind (dict or list); an empty one where nothing was given."""
        value = self.fields.get(name)
        if isinstance(value, kind):
            return value
        text = self.text(name)
        if not text:
            return kind()
        try:
            found = json.loads(text)
        except ValueError as error:
            raise self.wrong(name, "JSON text like {}".format(example), "broken JSON: {}".format(error)) from None
        if not isinstance(found, kind):
            raise self.wrong(name, "JSON text like {}".format(example), "a JSON {}".format(type(found).__name__))
        return found


def shown(value):
    """A short operator's value as it is; anything longer only by its length, because it may be personal."""
    return repr(value) if re.fullmatch(r"[\w.+-]{1,24}", value) else "text of {} characters".format(len(value))


def secret(action, name):
    """The value of a secret that the workflow's editor hands to this action as an environment variable."""
    value = (os.environ.get(name) or "").strip()
    if not value:
        raise BadInput(
            "{}: secret '{}' is not here. Create it under Secrets in the custom code editor with the value of a "
            "service key, and tick it for this action.".format(action, name)
        )
    return value


def say(action, **facts):
    """One line of JSON in HubSpot's action log: ids, verdicts, counts and times, never a person's words."""
    print(json.dumps(dict({"action": action}, **facts), ensure_ascii=False, default=str))


# --- part: moments ---
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def millis(value):
    """Epoch milliseconds from what HubSpot sends (ISO text, epoch-ms text or number); None where it is no moment."""
    text = str(value if value is not None else "").strip()
    if re.fullmatch(r"-?[0-9]{1,16}(\.0+)?", text):
        return int(float(text))
    match = re.fullmatch(r"(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d)?)(\.\d{1,9})?)?(Z|[+-]\d\d:?\d\d)?", text)
    if not match:
        return None
    day, clock, fraction, offset = match.groups()
    try:
        moment = datetime.fromisoformat("{}T{}+00:00".format(day, clock or "00:00"))
    except ValueError:
        return None
    if offset and offset != "Z":
        shift = timedelta(hours=int(offset[1:3]), minutes=int(offset[-2:]))
        moment = moment - shift if offset[0] == "+" else moment + shift
    return int(moment.timestamp()) * 1000 + int(float(fraction or 0) * 1000 + 0.5)


def iso(moment_ms):
    """HubSpot's text of a moment: UTC, milliseconds only where there are any."""
    whole = datetime.fromtimestamp(moment_ms // 1000, timezone.utc).strftime("%Y-%m-%dT%H:%M:%S")
    return "{}.{:03d}Z".format(whole, moment_ms % 1000) if moment_ms % 1000 else whole + "Z"


def zone_named(name):
    """The tzinfo of an IANA zone, with or without the system's zone database; None where nobody knows it."""
    if name.upper() in ("UTC", "GMT", "Z"):
        return timezone.utc
    if not re.fullmatch(r"[A-Za-z][\w+-]*(/[\w+-]+)*", name):
        return None
    try:
        from zoneinfo import ZoneInfo

        return ZoneInfo(name)
    except (ImportError, OSError, ValueError, KeyError):  # no database here, or no such zone
        return zone_of_dateutil(name)


def zone_of_dateutil(name):
    """HubSpot's client brings dateutil, which carries a zone database of its own."""
    try:
        from dateutil import tz

        return tz.gettz(name)
    except (ImportError, OSError, ValueError):
        return None


def shifts(text):
    """`Mon-Fri 09:00-17:30, Sat 10:00-14:00` as (weekday, first minute, minutes long); None where it is not that."""
    found = []
    for piece in [item.strip() for item in re.split(r"[,;]", text) if item.strip()]:
        match = re.fullmatch(r"([a-z]{3})(?:\s*-\s*([a-z]{3}))?\s+(\d\d?):(\d\d)\s*-\s*(\d\d?):(\d\d)", piece.lower())
        if not match or match.group(1) not in WEEKDAYS or (match.group(2) or "mon") not in WEEKDAYS:
            return None
        first = WEEKDAYS.index(match.group(1))
        last = WEEKDAYS.index(match.group(2)) if match.group(2) else first
        opens = int(match.group(3)) * 60 + int(match.group(4))
        shuts = int(match.group(5)) * 60 + int(match.group(6))
        if opens >= 1440 or shuts > 1440 or int(match.group(4)) > 59 or int(match.group(6)) > 59:
            return None
        for step in range((last - first) % 7 + 1):
            found.append(((first + step) % 7, opens, (shuts - opens) % 1440 or 1440))
    return found


def due_at(start_ms, minutes, opening, zone, holidays=()):
    """When `minutes` of business time are over, counted from `start_ms` (epoch ms).

    `opening`: what `shifts` returned, or empty for around the clock. A shift belongs to the day it begins on and may
    cross midnight; a holiday (`2026-12-25`) takes away the shifts that begin on it. An hour that a clock change skips
    or repeats counts as it is lived: wall-clock times mark the shift's edges, the time between them is real.
    """
    left = int(minutes * 60000)
    if not opening:
        return start_ms + left
    day = datetime.fromtimestamp(start_ms / 1000, zone).date() - timedelta(days=1)
    for _ in range(3700):  # ten years: holidays that leave no open day must not loop for ever
        edges = (
            []
            if day.isoformat() in holidays
            else sorted((opens, opens + length) for weekday, opens, length in opening if weekday == day.weekday())
        )
        for opens, shuts in edges:
            begin = max(wall(day, opens, zone), start_ms)
            end = wall(day, shuts, zone)
            if end - begin >= left:
                return begin + left
            left -= max(0, end - begin)
        day += timedelta(days=1)
    return start_ms + left


def wall(day, minute, zone):
    """Epoch ms of a wall-clock minute of a day; the minute may lie in the next day."""
    moment = datetime(day.year, day.month, day.day, tzinfo=zone) + timedelta(minutes=minute)
    return int(moment.timestamp() * 1000)


# --- part: links ---
# Association type ids (documented: HubSpot's client at its head, but for 32, which public code uses with a thread id
# under the type name "conversations" and which stays guessed until probed).
TICKET_TO_CONTACT = 16
TICKET_TO_PRIMARY_COMPANY = 26
TICKET_TO_THREAD = 32
CONTACT_TO_PRIMARY_COMPANY = 1

INBOX_LINK = "https://{ui_domain}/live-messages/{portal_id}/inbox/{thread_id}"
HELP_DESK_LINK = "https://{ui_domain}/help-desk/{portal_id}/thread/{thread_id}"


def conversation_link(template, portal_id, thread_id, ui_domain="app.hubspot.com"):
    """The address that opens the thread in HubSpot's inbox. An unknown {word} in the template stays as it is."""
    link = template
    for name, value in (("ui_domain", ui_domain), ("portal_id", portal_id), ("thread_id", thread_id)):
        link = link.replace("{" + name + "}", str(value))
    return link


def association(record_id, type_id):
    """One inline association of a record that is being created."""
    return {
        "to": {"id": str(record_id)},
        "types": [{"associationCategory": "HUBSPOT_DEFINED", "associationTypeId": type_id}],
    }


# --- part: transcript ---
TEXT_LIMIT = 65536  # characters of a text property (documented)
BLOCKS = re.compile(r"(?i)<\s*(?:br|/p|/div|/li|/tr|/h[1-6])\b[^>]*>")
HIDDEN = re.compile(r"(?is)<\s*(script|style)\b.*?(?:<\s*/\s*\1\s*>|\Z)")
TAGS = re.compile(r"<[a-zA-Z/!][^<>]*>")
# 12 to 19 digits with the usual partings: card numbers, and account numbers (an IBAN's digits, after its two letters).
NUMBERS = re.compile(
    r"(?<![0-9])(?:[0-9][ .\-]?){11,18}[0-9](?![0-9])|\b[A-Z]{2}[0-9]{2}(?: ?[0-9A-Z]{4}){2,7}(?: ?[0-9A-Z]{1,3})?\b"
)


def plain(message):
    """The words of one message; some messages carry only rich text (seen in public code)."""
    text = message.get("text") or ""
    if not text.strip():
        text = HIDDEN.sub(" ", message.get("richText") or "")
        text = html.unescape(TAGS.sub("", BLOCKS.sub("\n", text)))
    return "".join(char for char in text.replace("\r\n", "\n") if char in "\n\t" or ord(char) >= 32).strip()


def harmless(text):
    """Text in which a property that renders HTML finds no tag, and nobody finds a card or account number."""
    text = HIDDEN.sub(" ", text)
    text = TAGS.sub("", BLOCKS.sub("\n", text)).replace("<", "‹").replace(">", "›")
    return NUMBERS.sub(lambda match: "•••• " + re.sub(r"[ .\-]", "", match.group())[-4:], text)


def transcript(lines, extent, header=""):
    """`lines`: (epoch ms, who, text), oldest first. `extent`: excerpt (the last 20), full or none."""
    if extent == "none":
        return header.strip()
    chosen = lines[-20:] if extent == "excerpt" else lines
    said = ["{} {}: {}".format(clock(at), who, harmless(text)) for at, who, text in chosen]
    if len(chosen) < len(lines):
        said.insert(0, "({} earlier messages are in the conversation)".format(len(lines) - len(chosen)))
    return shortened((header + "\n\n" if header else "") + "\n".join(said))


def shortened(text, limit=TEXT_LIMIT):
    """The text within HubSpot's limit, the middle left out: how it began and how it ended matter."""
    if units(text) <= limit:
        return text
    notice = "\n(… the middle is left out; open the conversation for the whole …)\n"
    room = limit - units(notice)
    head, tail = room // 4, room - room // 4
    while units(text[:head]) > room // 4:
        head -= max(1, (units(text[:head]) - room // 4) // 2)
    while units(text[-tail:]) > room - room // 4:
        tail -= max(1, (units(text[-tail:]) - (room - room // 4)) // 2)
    return text[:head] + notice + text[-tail:]


def units(text):
    """Length in UTF-16 units, the stricter way to count (guessed: HubSpot does not say how it counts)."""
    return len(text) + sum(1 for char in text if ord(char) > 0xFFFF)


def clock(at_ms):
    return datetime.fromtimestamp(at_ms / 1000, timezone.utc).strftime("%Y-%m-%d %H:%M")


# --- part: conversation ---
# at: epoch ms · kind: said, comment, welcome, assigned, closed, opened · who: visitor, agent, automation, system
# actor: HubSpot's actor id · text: plain words
Line = namedtuple("Line", "at kind who actor text")

KINDS = {"MESSAGE": "said", "COMMENT": "comment", "WELCOME_MESSAGE": "welcome", "ASSIGNMENT": "assigned"}
# By the actors endpoint's type (documented); an unknown type is automation, never a human.
WHO = {"VISITOR": "visitor", "EMAIL": "visitor", "AGENT": "agent", "SYSTEM": "system"}
# By the prefix of the actor's id, only where the endpoint did not answer (documented for A, V, B, S, I, E).
PREFIXES = {"V-": "visitor", "E-": "visitor", "A-": "agent", "S-": "system"}


def lines_of(messages, actor_types):
    """Lines, oldest first, from HubSpot's messages, newest first. `actor_types`: actor id → type, may be empty."""
    found = {}
    for message in reversed(messages):  # of two in the same millisecond the first stays the first
        at = millis(message.get("createdAt"))
        kind = KINDS.get(message.get("type"))
        if message.get("type") == "THREAD_STATUS_CHANGE":
            kind = "closed" if message.get("newStatus") == "CLOSED" else "opened"
        if at is None or kind is None or message.get("archived"):
            continue
        actor = sender(message)
        who = WHO.get(actor_types[actor], "automation") if actor in actor_types else None
        who = who or PREFIXES.get(actor[:2], "automation")
        if kind == "said" and message.get("direction") == "INCOMING" and who == "automation":
            who = "visitor"  # what came in from outside was not said by automation of ours (guessed)
        text = message.get("assignedTo") or "" if kind == "assigned" else plain(message)
        if kind == "said" and not text and message.get("attachments"):
            text = "[attachment]"
        found[message.get("id") or (at, len(found))] = Line(at, kind, who, actor, text)
    return sorted(found.values(), key=lambda line: line.at)


def sender(message):
    for one in message.get("senders") or []:
        if one.get("actorId"):
            return one["actorId"]
    return message.get("createdBy") or ""


def visitor_email(messages):
    """The e-mail address a visitor gave, as the newest message carries it; empty where there is none."""
    for message in messages:
        if message.get("direction") == "INCOMING":
            for one in message.get("senders") or []:
                identifier = one.get("deliveryIdentifier") or {}
                if identifier.get("type") == "HS_EMAIL_ADDRESS" and "@" in str(identifier.get("value")):
                    return str(identifier["value"]).strip().lower()
    return ""


def starts_of_sittings(lines, silence_ms):
    """Epoch ms of the closes after which a new sitting began: the visitor was silent for `silence_ms` after them."""
    closes = [line.at for line in lines if line.kind == "closed"]
    spoken = [line.at for line in lines if line.kind == "said" and line.who == "visitor"]
    found = []
    for close in closes[:-1]:
        heard = [at for at in spoken if at >= close]
        if (heard[0] if heard else closes[-1]) - close >= silence_ms:
            found.append(close)
    return found


def sitting(lines, silence_ms):
    """The lines of the latest sitting: what was said since the last close that silence followed."""
    starts = starts_of_sittings(lines, silence_ms)
    return [line for line in lines if line.at > starts[-1]] if starts else list(lines)


# --- part: tickets ---
# pipelines: ids to look in · since, until: epoch ms between which a ticket was created or last touched
Window = namedtuple("Window", "pipelines since until")

TICKET_PROPERTIES = (
    "hs_pipeline hs_pipeline_stage createdate hs_last_message_received_at hs_inbox_id"
    " hs_conversations_originating_thread_id hs_ticket_priority chat_thread_id chat_open_key chat_threads chat_inbox"
    " chat_closed_at chat_first_closed_at chat_sla_due_at chat_expected_response chat_channel chat_agent"
    " chat_started_at conversation_link chat_confirmation_requested_at chat_confirmation_sent_at"
).split()
TOUCHES = ("createdate", "chat_closed_at", "hs_last_message_received_at")


def now_ms():
    return int(time.time() * 1000)


def existing_contact(hubspot, contact_id, email):
    """The id of a contact that exists: the thread's own, else the one with the visitor's address; empty without."""
    for wanted, by in ((contact_id, None), (email, "email")):
        if wanted:
            body = {"inputs": [{"id": wanted}], "properties": ["email"], "propertiesWithHistory": []}
            found = hubspot.post("objects/contacts/batch/read", dict(body, idProperty=by) if by else body)
            for contact in (found or {}).get("results") or []:
                return str(contact["id"])
    return ""


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
            "propertiesWithHistory": ["hs_pipeline_stage"],
        }
        if id_property:
            body["idProperty"] = id_property
        read = hubspot.post("objects/tickets/batch/read", body) or {}
        found += [ticket for ticket in read.get("results") or [] if not ticket.get("archived")]
    return found


def stages_of(hubspot):
    """(pipeline, stage) → is it closed? In HubSpot's order. A stage without a state counts as open."""
    pipelines = (hubspot.get("pipelines/tickets") or {}).get("results") or []
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


def stage_at(ticket, moment):
    """The stage a ticket was in at a moment (epoch ms), by its history; empty before it was made."""
    history = (ticket.get("propertiesWithHistory") or {}).get("hs_pipeline_stage") or []
    entered = [(millis(one.get("timestamp")) or 0, str(one.get("value"))) for one in history]
    return max([one for one in entered if one[0] <= moment], default=(0, ""))[1]


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
