"""Create ticket: the visitor of an unresolved chat gets a ticket, and gets only one.

Runs after dedup_check, and again when HubSpot retries. Looks at what is there now and then does one thing: adopts the
ticket the thread already has, reopens it if it was closed a moment ago, attaches the chat to the visitor's open ticket,
or creates a new one with contact, company and conversation linked in the same request. A run that repeats another one
changes nothing. It never closes, merges, archives or re-owns a ticket. Rules: docs/rules.md, section 4.
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
# [tool.hubspot.inputs.channels]
# type = "string"
# default = "1000"
# description = "Channel ids whose conversations are chats, parted by commas, as in triage_chat. 1000 is live chat."
#
# [tool.hubspot.inputs.help_desk_inboxes]
# type = "string"
# description = "Those of the inboxes that are Help Desk or make tickets by themselves: there tickets are only adopted."
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
# [tool.hubspot.inputs.earlier_closes]
# type = "string"
# description = "triage_chat's output earlier_closes: closes of this chat that nobody has served yet."
#
# [tool.hubspot.inputs.routes]
# type = "string"
# description = """JSON list; the first entry whose marker, inbox and channel fit gives pipeline, stage, priority, \
#   owner (an owner's id, agent for who had the chat, none) and email_id. Empty: Support Pipeline, New. \
#   Ids stand in Settings > Objects > Tickets > Pipelines, behind </>."""
# schema = '{"type": "array", "items": {"type": "object"}}'
# example = '[{"marker": "billing", "pipeline": "0", "stage": "1", "priority": "HIGH", "owner": "none"}]'
#
# [tool.hubspot.inputs.stage_moves]
# type = "string"
# description = """JSON: id of a stage that waits on the contact, to the stage a ticket moves to when a chat joins it. \
#   Ids stand in Settings > Objects > Tickets > Pipelines, behind </>."""
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
# description = "The same number as in dedup_check: how long a ticket may hold the visitor's lock untouched."
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
# [tool.hubspot.inputs.copy_properties]
# type = "string"
# description = "JSON: ticket property to the contact property that it is filled from."
# schema = '{"type": "object"}'
# example = '{"customer_tier": "tier"}'
#
# [tool.hubspot.inputs.add_note]
# type = "boolean"
# default = false
# description = "true: a chat that joins a ticket also leaves a note; the key then needs crm.objects.contacts.write."
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
# [tool.hubspot.outputs.earlier_closes]
# type = "string"
# description = "Those of the input's closes that this ticket carries, for the clock."
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

import difflib
import html
import json
import os
import re
import time
import unicodedata
from collections import namedtuple
from datetime import datetime, timedelta, timezone
from urllib.parse import quote

from hubspot.crm.contacts import ApiClient, ApiException, Configuration

ATTEMPTS = 3  # how often the decision is taken anew when another run was quicker
PATIENCE_MS = 900000  # how long after the close a help desk's own ticket is waited for
LIST_LIMIT = 60000  # characters of the list of chats that are kept, the newest; a property holds 65,536 (documented)
ROUTE = {"pipeline": "0", "stage": "1"}  # where no route matches: HubSpot's Support Pipeline, New (documented)
ROUTE_KEYS = ("marker", "inbox", "channel", "pipeline", "stage", "priority", "owner", "email_id")

Chat = namedtuple("Chat", "id thread closes started_at contact_id email agent_id link route")


def main(event):
    given = Inputs("create_ticket", event)
    settings = checked(given, event)
    if settings["mode"] == "off":
        return answer(settings, "off")
    hubspot = HubSpot(secret("create_ticket", "CHAT_HANDOFF_TOKEN"), settings["version"])
    thread = thread_in_hand(hubspot, given)
    if thread is None:
        return answer(settings, "skipped", why="The ticket does not come from a chat.")
    chat = chat_of(given, settings, thread)
    passed_over = not_ours(settings, chat)
    if passed_over:
        return answer(settings, "skipped", chat, why=passed_over)
    for _ in range(ATTEMPTS):
        try:
            return decide(hubspot, settings, chat)
        except Overtaken:
            continue
        except Refused as refusal:
            raise explained(hubspot, "create_ticket", refusal) from None
    raise ApiException(status=503, reason="other runs keep changing the tickets of this visitor") from None


def checked(given, event):
    """Every setting, read before the first request, so that a wrong one costs nothing."""
    settings = {
        "mode": given.choice("mode", ("off", "dry", "live"), "dry"),
        "inboxes": given.ids("inboxes"),
        "channels": given.ids("channels", "1000"),
        "help_desk": given.ids("help_desk_inboxes"),
        "by_hand": given.record_id("ticket_id", "the enrolled ticket's id"),
        "advised": given.record_id("candidate_id", "dedup_check's ticket id"),
        "ambiguous": given.text("dedup_verdict") == "ambiguous",
        "version": given.choice("api_version", HUBSPOT_PATHS, "2026-09"),
        "portal_id": ((event or {}).get("origin") or {}).get("portalId") or "0",
        "link": given.text("link_template"),
        "ui_domain": given.text("ui_domain", "app.hubspot.com"),
        "routes": checked_routes(given),
        "stage_moves": given.json("stage_moves", dict, '{"2": "3"}'),
        "extra": checked_extra(given),
        "copied": checked_copies(given),
        "note": given.flag("add_note"),
        "transcript": given.choice("transcript", ("excerpt", "full", "none"), "excerpt"),
        "subject": given.text("subject", "Unresolved chat: {explanation}").replace(
            "{explanation}", given.text("explanation", "Closed without an answer.")
        ),
        "reopen_stage": given.text("reopen_stage"),
        "reopen_ms": int(given.number("reopen_days", 7) * 86400000),
        "lookback_ms": int(given.number("lookback_days", 7) * 86400000),
    }
    if bool(settings["by_hand"]) == bool(given.text("thread_id")):
        what = (
            "the chat's thread_id (conversation workflow) or the enrolled ticket_id (ticket workflow), one of the two"
        )
        raise given.wrong("thread_id", what, "both" if settings["by_hand"] else "neither")
    if len(settings["link"]) > 1000:
        raise given.wrong("link_template", "an address of at most 1,000 characters", shown(settings["link"]))
    if settings["mode"] == "live" and not settings["inboxes"]:
        raise given.wrong("inboxes", "the ids of the inboxes to serve, for example 5391823 (mode is live)", "nothing")
    return settings


def checked_routes(given):
    """The routes; a key that means nothing or a value that can be none is refused, not passed over."""
    example = '[{"marker": "billing", "pipeline": "0", "stage": "1"}]'
    routes = given.json("routes", list, example)
    for number, route in enumerate(routes, 1):
        for name, value in route.items() if isinstance(route, dict) else [("", "")]:
            if name not in ROUTE_KEYS or isinstance(value, (dict, list, bool)) or value in (None, ""):
                what = "in route {} only {}, each with a text, as in {}".format(number, ", ".join(ROUTE_KEYS), example)
                raise given.wrong("routes", what, "something else")
        if not str(route.get("email_id", "0")).isdigit():
            raise given.wrong("routes", "digits as email_id of route {}".format(number), "something else")
    return routes


def checked_extra(given):
    """Further properties as HubSpot takes them; the keys by which a chat is known are not for sale."""
    extra = given.json("extra_properties", dict, '{"hs_ticket_category": "GENERAL_INQUIRY"}')
    for name, value in extra.items():
        if name.startswith("chat_") or name in PLACE or isinstance(value, (dict, list)):
            what = "texts and numbers for properties other than chat_…, hs_pipeline and hs_pipeline_stage (see routes)"
            raise given.wrong("extra_properties", what, "a value that cannot be set here")
    given_values = {name: value for name, value in extra.items() if value not in (None, "")}
    return {name: str(value).lower() if isinstance(value, bool) else str(value) for name, value in given_values.items()}


def checked_copies(given):
    """Ticket property → contact property; not onto the keys by which a chat is known."""
    copied = given.json("copy_properties", dict, '{"customer_tier": "tier"}')
    for name, source in copied.items():
        if name.startswith("chat_") or name in PLACE or not isinstance(source, str):
            what = "contact properties for ticket properties other than chat_…, hs_pipeline and hs_pipeline_stage"
            raise given.wrong("copy_properties", what, "something else")
    return copied


def thread_in_hand(hubspot, given):
    """The chat's thread; for a ticket made by hand the thread it belongs to, None where it belongs to none."""
    thread_id, ticket_id = given.record_id("thread_id", "triage_chat's thread id"), given.text("ticket_id")
    if not thread_id:
        found = hubspot.get("conversations/threads", associatedTicketId=ticket_id, association="TICKET") or {}
        threads = sorted(found.get("results") or [], key=lambda one: int(one["id"]))
        if threads:
            return threads[-1]
        ticket = one_ticket(hubspot, ticket_id)
        thread_id = thread_of(ticket["properties"]) if ticket else ""
    thread = read_thread(hubspot, thread_id) if thread_id else None
    if thread is None and given.text("thread_id"):
        raise given.wrong("thread_id", *NO_THREAD)
    return thread


def chat_of(given, settings, thread):
    """What is known of the chat. The closing time travels from triage_chat: HubSpot forgets it when a chat reopens."""
    closed_at = given.moment("closed_at") or millis(thread.get("closedAt"))
    earlier = [moment for moment in map(millis, given.names("earlier_closes")) if moment]
    template = HELP_DESK_LINK if thread.get("inboxId") in settings["help_desk"] else INBOX_LINK
    return Chat(
        id=str(thread["id"]),
        thread=thread,
        closes=sorted({*earlier, closed_at}) if closed_at else [],
        started_at=given.moment("started_at"),
        contact_id=given.record_id("contact_id", "dedup_check's contact id")
        or ("" if given.text("dedup_verdict") else str(thread.get("associatedContactId") or "")),
        email=given.text("visitor_email").lower(),
        agent_id=given.record_id("agent_id", "triage_chat's agent id"),
        link=conversation_link(
            settings["link"] or template, settings["portal_id"], thread["id"], settings["ui_domain"]
        ),
        route=route_for(settings["routes"], given.text("marker").lower().lstrip("#"), thread),
    )


def not_ours(settings, chat):
    """Why this chat is none of this action's; empty where it is."""
    if settings["inboxes"] and chat.thread.get("inboxId") not in settings["inboxes"]:
        return "The chat's inbox is not among this action's inboxes."
    if chat.thread.get("originalChannelId") not in settings["channels"]:
        return "The conversation came over a channel that is not among this action's channels."
    if settings["by_hand"] and chat.thread.get("inboxId") in settings["help_desk"]:
        return "The inbox makes its tickets by itself; the close of the chat decides."
    return ""


def route_for(routes, marker, thread):
    """The first route whose every condition holds, over what every ticket gets."""
    facts = {"marker": marker, "inbox": thread.get("inboxId"), "channel": thread.get("originalChannelId")}
    for route in routes:
        wanted = {name: str(route[name]).lower().lstrip("#") for name in facts if name in route}
        if all(value == str(facts[name]) for name, value in wanted.items()):
            return dict(ROUTE, **{name: str(value) for name, value in route.items()})
    return ROUTE


def decide(hubspot, settings, chat):
    """Adopt, reopen, attach or create, by what is there now. A ticket made by hand is only ever adopted."""
    made = tickets_made_for(hubspot, chat)
    other = settings["by_hand"] or linked_ticket(chat)
    unseen = not made or (len(chat.closes) > 1 and other not in [ticket["id"] for ticket in made])
    linked = one_ticket(hubspot, other) if unseen else None  # which may have carried what is not on its own
    chat = without_listed(chat, [*made, linked])
    stages = stages_of(hubspot) if made or linked or settings["advised"] else {}
    still_open = [ticket for ticket in made if is_open(ticket, stages)]
    own = (still_open or made)[-1] if made else linked if linked and is_own(linked, chat) else None
    if settings["by_hand"]:
        return adopt_by_hand(hubspot, settings, chat, made, own, stages)
    if own and (carries(own, chat, stages) or not chat.closes or is_open(own, stages)):
        return attach(hubspot, settings, chat, own, "adopted", stages)
    if own and chat.closes[-1] - (stage_since(own) or 0) < settings["reopen_ms"]:
        reopened = reopen(hubspot, settings, chat, own, stages)
        if reopened:
            return reopened
    is_linked = linked and linked["id"] == settings["advised"]
    candidate = linked if is_linked else one_ticket(hubspot, settings["advised"])
    for ticket in (linked, candidate):
        if ticket and (carries(ticket, chat, stages) or (ticket is candidate and is_open(ticket, stages))):
            return attach(hubspot, settings, chat, ticket, "attached", stages)
    its_desk = chat.thread.get("inboxId") in settings["help_desk"]
    if its_desk and own is None and now_ms() - (chat.closes or [0])[-1] < PATIENCE_MS:
        raise ApiException(status=503, reason="the help desk has not made its ticket of this chat yet")
    return create(hubspot, settings, chat, made)


def tickets_made_for(hubspot, chat):
    """The tickets whose key says that they were made for this thread, the newest last."""
    keys = [chat.id] + ["{}#{}".format(chat.id, number) for number in range(2, 101)]
    return sorted(read_tickets(hubspot, keys, "chat_thread_id"), key=lambda ticket: int(ticket["id"]))


def linked_ticket(chat):
    return str((chat.thread.get("threadAssociations") or {}).get("associatedTicketId") or "")


def one_ticket(hubspot, ticket_id):
    """A ticket as it is now; None where it was archived, or there is none."""
    return next(iter(read_tickets(hubspot, [ticket_id])), None) if ticket_id else None


def without_listed(chat, tickets):
    """The chat without what came before a close of it that a ticket lists: that was served then, and is over.

    An agent's mistake days later brings the close before it back in hand; where a later one is listed, that is in hand.
    """
    texts = [ticket["properties"].get("chat_threads") or "" for ticket in tickets if ticket]
    begin = re.compile(r"^{} · closed (\S+)".format(chat.id), re.MULTILINE)
    last = max([millis(found) or 0 for text in texts for found in begin.findall(text)], default=0)
    return chat._replace(closes=[close for close in chat.closes if close > last] or ([last] if chat.closes else []))


def is_own(ticket, chat):
    """Did a rep or the help desk make this ticket? One that lists the chat without its key had it attached."""
    properties = ticket["properties"]
    return thread_of(properties) == chat.id or not (
        thread_of(properties) or chat.id in (properties.get("chat_threads") or "")
    )


def line_for(chat, close):
    return "{} · closed {} · {}".format(chat.id, iso(close), chat.link)


def carries(ticket, chat, stages):
    """Did an open ticket list this very close before? Then it was served, and what people did since is theirs."""
    line = line_for(chat, chat.closes[-1]) if chat.closes else None
    if line is None or line not in (ticket["properties"].get("chat_threads") or ""):
        return False
    history = (ticket.get("propertiesWithHistory") or {}).get("chat_threads") or []
    listed = min([millis(one.get("timestamp")) or 0 for one in history if line in str(one.get("value"))], default=0)
    opened = [stage for entered, stage in stages_entered(ticket) if entered == listed]
    return not all(stages.get((stage_of(ticket)[0], stage)) for stage in [stage_at(ticket, listed - 1), *opened])


def adopt_by_hand(hubspot, settings, chat, made, own, stages):
    """The ticket workflow: give a rep's open ticket the chat's keys. It makes none and reopens none: nobody judged."""
    by_hand = settings["by_hand"]
    if made and by_hand not in [ticket["id"] for ticket in made]:
        why = "The chat has another ticket already; a person should look at the two."
        return answer(settings, "skipped", chat, made[-1], why, duplicate=by_hand)
    if own is None:
        return answer(settings, "skipped", chat, why="The ticket is gone, or the chat was attached to it before.")
    if not is_open(own, stages) and not carries(own, chat, stages):
        return answer(settings, "skipped", chat, own, "The ticket is closed already.")
    return attach(hubspot, settings, chat, own, "adopted", stages)


def reopen(hubspot, settings, chat, ticket, stages):
    """Into the setting's stage, else the first open one of the ticket's pipeline; None where none takes it."""
    pipeline = stage_of(ticket)[0]
    first = [stage for (place, stage), closed in stages.items() if place == pipeline and not closed]
    for stage in [one for one in [settings["reopen_stage"], *first[:3]] if one and not stages.get((pipeline, one))]:
        try:
            return attach(hubspot, settings, chat, ticket, "reopened", stages, stage)
        except Refused as refusal:
            if not set(refusal.properties) & set(PLACE):
                raise
    return None


def attach(hubspot, settings, chat, ticket, outcome, stages, stage=""):
    """Write what the ticket lacks of this chat, and link the two. Nothing that is there is overwritten."""
    known, left_out, contacts = ticket["properties"], [], []
    changes = {name: value for name, value in inherited(chat).items() if value and not known.get(name)}
    if outcome != "attached":
        contacts = [contact for contact, _ in linked_with(hubspot, "tickets", ticket["id"], "contacts")]
        chat = chat._replace(contact_id=contacts[0] if contacts else known_contact(hubspot, chat))
        changes.update({} if known.get("chat_thread_id") else {"chat_thread_id": chat.id})
    lines = lines_with(ticket, chat)
    if lines != (known.get("chat_threads") or ""):
        changes["chat_threads"] = lines
        stage = stage or str(settings["stage_moves"].get(stage_of(ticket)[1]) or "")
        changes.update({"hs_pipeline_stage": stage} if stage else {})
        key = "" if settings["ambiguous"] or outcome == "attached" else lock_key(chat.contact_id, chat.email)
        changes.update({"chat_open_key": key} if key and not known.get("chat_open_key") else {})
    elif stage:  # its line came onto it a moment after it was closed
        changes["hs_pipeline_stage"] = stage
    if settings["mode"] == "live":
        left_out = changed(hubspot, chat, ticket, changes, outcome, stages) if changes else []
        left_out += linked_up(hubspot, chat, ticket, outcome != "attached" and not contacts)
        if settings["note"] and chat.closes and not was_made_for(ticket, chat):
            note(hubspot, chat, ticket["id"])
    now = dict(ticket, properties=dict(known, **changes))
    return answer(settings, outcome, chat, now, left_out=left_out)


def known_contact(hubspot, chat):
    """The id of the chat's contact where there really is one: an anonymous visitor's id has none behind it."""
    contact = ornament([], "contact", lambda: read_contact(hubspot, chat.contact_id, chat.email))
    return str(contact["id"]) if contact else ""


def lines_with(ticket, chat):
    """The ticket's list of chats: every line it ever had, and one for each close of this chat that it lacks.

    The lines it ever had, because two runs that write at the same moment would otherwise lose one of theirs.
    """
    history = (ticket.get("propertiesWithHistory") or {}).get("chat_threads") or []
    texts = [str(one.get("value") or "") for one in history[::-1]] + [ticket["properties"].get("chat_threads") or ""]
    lines = list(dict.fromkeys(line for text in texts for line in text.split("\n") if line))
    wanted = [line_for(chat, close) for close in without_listed(chat, [ticket]).closes]
    lines += [line for line in wanted if line not in lines]
    return "\n".join(lines)[-LIST_LIMIT:]


def changed(hubspot, chat, ticket, changes, outcome, stages):
    """One PATCH by record id, without its stage where that is refused. The names of what had to be left out."""
    typed = set()

    def patch(kept):
        return hubspot.patch("objects/tickets/" + ticket["id"], lambda again: {"properties": untyped(kept, again)})

    def untyped(kept, again):
        """What was typed while HubSpot made us wait is the rep's, and so is an open stage that it was moved to."""
        now = one_ticket(hubspot, ticket["id"]) if again else None
        there = now["properties"] if now else {}
        typed.update(name for name in changes if there.get(name) and not ticket["properties"].get(name))
        moved = now and is_open(now, stages) and stage_of(now) != stage_of(ticket)
        theirs = (typed - set(keys)).union(PLACE if moved else ())
        return {name: value for name, value in kept.items() if name not in theirs}

    keys = ("chat_thread_id", "chat_threads") + (PLACE if outcome == "reopened" else ())
    try:
        left_out = unlocked(lambda kept: spared(patch, kept, keys)[1], changes)
        for _ in range(ATTEMPTS if "chat_threads" in changes else 0):
            now = one_ticket(hubspot, ticket["id"])
            if now is None:
                raise Overtaken
            lines = lines_with(now, chat)
            if lines == (now["properties"].get("chat_threads") or ""):
                if outcome != "reopened" and not carries(now, chat, stages):
                    raise Overtaken  # it was closed before our line was on it: no open ticket ever carried this chat
                break
            patch({"chat_threads": lines})  # another chat's run wrote the list at the same moment
    except Refused as refusal:
        if refusal.taken or refusal.status == 404:
            raise Overtaken from None  # another ticket was made for this thread, or this one archived, at this moment
        raise
    return left_out


def unlocked(write, changes):
    """Write; without the visitor's lock where another open ticket of his holds it."""
    try:
        return write(changes)
    except Refused as refusal:
        if not refusal.taken or refusal.properties != ["chat_open_key"]:
            raise
        return write({name: value for name, value in changes.items() if name != "chat_open_key"})


def linked_up(hubspot, chat, ticket, alone):
    """Link ticket and conversation; a ticket of the chat's own that has no contact also with contact and company."""
    links = [] if linked_ticket(chat) == ticket["id"] else [("conversations", chat.id, TICKET_TO_THREAD)]
    links += links_of(hubspot, chat)[1:] if alone and chat.contact_id else []
    refused = link_one_by_one(hubspot, ticket["id"], links)
    if "link to conversations" in refused and one_ticket(hubspot, ticket["id"]) is None:
        raise Overtaken
    return refused


def create(hubspot, settings, chat, made):
    """One POST that makes the ticket with its links, under keys that let only one such ticket exist."""
    wanted = ["email", *settings["copied"].values()]
    left_out = []
    contact = ornament(left_out, "contact", lambda: read_contact(hubspot, chat.contact_id, chat.email, wanted))
    if not left_out:
        chat = chat._replace(contact_id=str(contact["id"]) if contact else "")
    if settings["mode"] != "live":
        return would_create(hubspot, settings, chat)
    properties = new_ticket(hubspot, settings, chat, contact, made, left_out)
    links = links_of(hubspot, chat, left_out)
    for _ in range(ATTEMPTS):
        try:
            ticket, refused = posted(hubspot, properties, links)
            return answer(settings, "created", chat, dict(ticket, properties=properties), left_out=left_out + refused)
        except Refused as refusal:
            if not refusal.taken:
                raise
            held = give_way(hubspot, settings, chat, properties, refusal)
            if held:
                return held
    raise Overtaken


def would_create(hubspot, settings, chat):
    """A dry run looks at the lock too, so that it says what a live one would do."""
    key = lock_key(chat.contact_id, chat.email) if not settings["ambiguous"] else ""
    holder = next(iter(read_tickets(hubspot, [key], "chat_open_key")), None) if key else None
    stages = stages_of(hubspot) if holder else {}
    if holder and holds_rightly(settings, chat, holder, stages):
        return attach(hubspot, settings, chat, holder, "attached", stages)
    return answer(settings, "created", chat)


def posted(hubspot, properties, links):
    """(ticket, names left out). A refused link never costs the ticket, nor a stage that may not be created into."""

    def post(kept, linked=links):
        inline = [association(record_id, type_id) for _, record_id, type_id in linked]
        return hubspot.post("objects/tickets", {"properties": kept, "associations": inline})

    try:
        return spared(post, properties)
    except Refused as refusal:
        if refusal.taken or refusal.status == 401:
            raise
        if set(refusal.properties) & set(PLACE):
            return elsewhere(hubspot, post, properties, refusal)
        if set(refusal.properties) & set(properties):
            raise
        try:
            made, left_out = spared(lambda kept: post(kept, ()), properties)
        except Refused as again:
            raise (refusal if refusal.properties and not again.properties else again) from None
    return made, left_out + link_one_by_one(hubspot, str(made["id"]), links)


def elsewhere(hubspot, post, properties, refusal):
    """The route's stage takes no new ticket: the first open stage that does, in its pipeline or in another."""
    stages = [pair for pair, closed in stages_of(hubspot).items() if not closed]
    wanted = (properties["hs_pipeline"], properties["hs_pipeline_stage"])
    for pipeline, stage in sorted([pair for pair in stages if pair != wanted], key=lambda pair: pair[0] != wanted[0])[
        :4
    ]:
        try:
            made, left_out = spared(post, dict(properties, hs_pipeline=pipeline, hs_pipeline_stage=stage))
        except Refused as refused:
            if refused.taken or not set(refused.properties) & set(PLACE):
                raise
            continue
        return made, [*left_out, "hs_pipeline_stage"]
    raise refusal


def give_way(hubspot, settings, chat, properties, refusal):
    """HubSpot says a key is taken: the ticket that holds it decides. None where it gave the lock up: post again."""
    if refusal.properties != ["chat_open_key"] and read_tickets(
        hubspot, [properties["chat_thread_id"]], "chat_thread_id"
    ):
        raise Overtaken from None  # another run of this chat was quicker: look again, and adopt its ticket
    key = properties.get("chat_open_key")
    holder = next(iter(read_tickets(hubspot, [key], "chat_open_key")), None) if key else None
    if holder is None:
        raise Overtaken from None
    stages = stages_of(hubspot)
    if holds_rightly(settings, chat, holder, stages):
        return attach(hubspot, settings, chat, holder, "attached", stages)
    hubspot.patch("objects/tickets/" + holder["id"], {"properties": {"chat_open_key": ""}})
    return None


def holds_rightly(settings, chat, holder, stages):
    """Is the lock's holder open, and was it touched within the days that make the same issue?"""
    since = (chat.started_at or (chat.closes or [now_ms()])[0]) - settings["lookback_ms"]
    return is_open(holder, stages) and touched(holder["properties"]) >= since


def new_ticket(hubspot, settings, chat, contact, made, left_out):
    """The new ticket's properties; what is empty is left to HubSpot's defaults."""
    known = contact["properties"] if contact else {}
    properties = {
        "subject": settings["subject"][:250],
        "content": ornament(left_out, "content", lambda: words_said(hubspot, settings, chat)) or chat.link,
        "hs_pipeline": chat.route["pipeline"],
        "hs_pipeline_stage": chat.route["stage"],
        "hs_ticket_priority": chat.route.get("priority", "").upper(),
        "hubspot_owner_id": ornament(left_out, "hubspot_owner_id", lambda: owner_of(hubspot, chat)),
        "source_type": "CHAT",
        "chat_thread_id": next_key(chat, made),
        "chat_open_key": "" if settings["ambiguous"] else lock_key(chat.contact_id, chat.email),
        "chat_threads": "\n".join(line_for(chat, close) for close in chat.closes),
    }
    properties.update(inherited(chat))
    properties.update({name: known[source] for name, source in settings["copied"].items() if known.get(source)})
    properties.update(settings["extra"])
    return {name: value for name, value in properties.items() if value}


def next_key(chat, made):
    """The chat's key; behind its first ticket with the next number."""
    if not made:
        return chat.id
    number = str(made[-1]["properties"].get("chat_thread_id")).partition("#")[2] or "1"
    return "{}#{}".format(chat.id, int(number) + 1)


def ornament(left_out, name, read):
    """What a read gives; nothing, and its name among what was left out, where HubSpot refuses it."""
    try:
        return read()
    except Refused:
        left_out.append(name)
        return None


def inherited(chat):
    """What a ticket knows of its chat."""
    return {
        "conversation_link": chat.link,
        "chat_channel": str(chat.thread.get("originalChannelId") or ""),
        "chat_inbox": str(chat.thread.get("inboxId") or ""),
        "chat_agent": chat.agent_id,
        "chat_started_at": iso(chat.started_at) if chat.started_at else "",
    }


def words_said(hubspot, settings, chat):
    """The transcript for the ticket's description."""
    found, after, since = [], None, chat.started_at or 0
    while settings["transcript"] != "none":
        path = "conversations/threads/{}/messages".format(chat.id)
        page = hubspot.get(path, limit=100, after=after) or {}
        found += page.get("results") or []
        after = ((page.get("paging") or {}).get("next") or {}).get("after")
        begun = min([millis(message.get("createdAt")) or 0 for message in found] or [0]) < since
        enough = settings["transcript"] == "excerpt" or begun or hubspot.left() < 8.0
        if enough or not after or not page.get("results"):
            break
    said = [line for line in lines_of(found, {}) if line.kind == "said" and line.at >= since]
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


def links_of(hubspot, chat, left_out=None):
    """(type, id, association type) of everything a ticket of the chat's own is linked with."""
    links = [("conversations", chat.id, TICKET_TO_THREAD)]
    if chat.contact_id:
        links.append(("contacts", chat.contact_id, TICKET_TO_CONTACT))
        read = lambda: linked_with(hubspot, "contacts", chat.contact_id, "companies")  # noqa: E731 (one use, one line)
        for company, kinds in ornament([] if left_out is None else left_out, "link to companies", read) or []:
            if CONTACT_TO_PRIMARY_COMPANY in kinds:
                links.append(("companies", company, TICKET_TO_PRIMARY_COMPANY))
    return links


def was_made_for(ticket, chat):
    """Did an earlier run make this ticket for this very close? Then there is nothing to note on it."""
    made = millis(ticket["properties"].get("createdate")) or 0
    return closes_on(ticket)[:1] == chat.closes[-1:] and made >= chat.closes[-1]


def note(hubspot, chat, ticket_id):
    """A note on the ticket's timeline, unless one names this close already."""
    words = "Chat closed {}: {}".format(iso(chat.closes[-1]), chat.link)
    notes = [found for found, _ in linked_with(hubspot, "tickets", ticket_id, "notes")]
    body = {
        "inputs": [{"id": one} for one in notes[-100:]],
        "properties": ["hs_note_body"],
        "propertiesWithHistory": [],
    }
    written = (hubspot.post("objects/notes/batch/read", body) or {}).get("results") if notes else []
    if not any(words in (one["properties"].get("hs_note_body") or "") for one in written or []):
        properties = {"hs_note_body": words, "hs_timestamp": iso(chat.closes[-1])}
        made = {"properties": properties, "associations": [association(ticket_id, NOTE_TO_TICKET)]}
        hubspot.post("objects/notes", made, repeatable=False)


class Overtaken(Exception):
    """Another run changed what this one had decided on: decide again on what is there now."""


OUTCOMES = {
    "created": "A new ticket was made for the chat.",
    "attached": "The visitor has an open ticket; the chat was attached to it.",
    "adopted": "The chat has a ticket already; it was completed.",
    "reopened": "The chat's ticket had just been closed; it was reopened.",
    "off": "The mode is off.",
}


def answer(settings, outcome, chat=None, ticket=None, why="", left_out=(), duplicate=""):
    """Every declared output, on every path."""
    dry = settings["mode"] != "live"
    listed = ticket["properties"].get("chat_threads") or "" if ticket else ""
    earlier = [str(close) for close in chat.closes[:-1] if line_for(chat, close) in listed] if chat else []
    outputs = {
        "outcome": outcome,
        "explanation": (why or OUTCOMES[outcome]) + (" (dry run: nothing was written)" if dry else ""),
        "ticket_id": str(ticket.get("id") or "") if ticket else "",
        "thread_id": chat.id if chat else "",
        "contact_id": chat.contact_id or "" if chat else "",
        "closed_at": chat.closes[-1] if chat and chat.closes else None,
        "earlier_closes": ", ".join(earlier),
        "conversation_link": chat.link if chat else "",
        "possible_duplicate_id": duplicate,
        "left_out": ", ".join(left_out),
        "email_id": chat.route.get("email_id", "") if chat else "",
        "dry_run": dry,
    }
    untold = ("email_id", "contact_id")
    say("create_ticket", mode=settings["mode"], **{name: outputs[name] for name in outputs if name not in untold})
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
# Property names in HubSpot's prose: `Property values were not valid: [{..., "name": "x"}]` (seen in public code).
NAMED = re.compile(r'\\"name\\": ?\\"([a-z0-9_]+)')


class Refused(Exception):
    """HubSpot said no for good. `status`, `category`, `properties` (names it objected to) and `taken` tell why."""

    def __init__(self, request, status, body):
        answer = body if isinstance(body, dict) else {}
        errors = [item for item in answer.get("errors") or [] if isinstance(item, dict)]
        text = json.dumps(answer)
        self.status = status
        self.category = str(answer.get("category") or "")[:60]
        self.properties = sorted(named_in(answer) | set(NAMED.findall(text)))
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
        """`body` may be a function of whether this is a repeat: what is there is then looked at again."""
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
        for repeats, wait in enumerate((*HUBSPOT_WAITS, None)):
            sent = body(repeats > 0) if callable(body) else body
            if self.left() < 1.0:
                raise ApiException(status=503, reason="this run is out of time before {}".format(request))
            status, answer, asked = self.attempt(method, target, query, sent)
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


def named_in(answer):
    """The names of properties that an error's contexts carry, wherever they stand."""
    found = set()
    for part in answer.values() if isinstance(answer, dict) else answer:
        if isinstance(part, (dict, list)):
            found |= named_in(part)
    for key in ("propertyName", "properties", "idProperty") if isinstance(answer, dict) else ():
        names = answer.get(key)
        found |= {name for name in (names if isinstance(names, list) else [names]) if isinstance(name, str)}
    return found


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
        raise self.wrong(name, "one of {}".format(", ".join(filter(None, options))), shown(value, options))

    def flag(self, name, default=False):
        """Yes or no."""
        value = self.text(name, "true" if default else "false").lower()
        if value in ("true", "yes", "1", "on"):
            return True
        if value in ("false", "no", "0", "off"):
            return False
        raise self.wrong(name, "true or false", shown(value, ("true", "false")))

    def number(self, name, default, lowest=0.0, highest=1e9):
        """A number within bounds."""
        value = self.text(name)
        if not value:
            return default
        try:
            number = float(value) if re.fullmatch(r"[-+0-9.]{1,20}", value) else None
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

    def ids(self, name, default=""):
        """A list of HubSpot's ids: digits, not names."""
        found = self.names(name, default)
        if not all(item.isascii() and item.isdigit() for item in found):
            raise self.wrong(name, "ids, not names, parted by commas (digits, for example 5391823)", "something else")
        return found

    def codes(self, name, default=""):
        """A list of ids of pipelines or stages: no blanks in them, as their labels have."""
        found = self.names(name, default)
        if not all(re.fullmatch(r"[A-Za-z0-9_-]{1,64}", item) for item in found):
            raise self.wrong(name, "ids, not labels, parted by commas (for example 0, 94837)", "something else")
        return found

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
        except (ValueError, RecursionError) as error:
            where = " at character {}".format(error.pos) if isinstance(error, json.JSONDecodeError) else ""
            raise self.wrong(name, "JSON text like {}".format(example), "broken JSON" + where) from None
        if not isinstance(found, kind):
            raise self.wrong(name, "JSON text like {}".format(example), "a JSON {}".format(type(found).__name__))
        return found


def shown(value, options=()):
    """A wrong value by its length alone, because a wrongly chosen property may be personal; the option it may mean."""
    meant = difflib.get_close_matches(value, list(options), 1, 0.5)
    hint = " (did you mean {}?)".format(meant[0]) if meant else ""
    return "text of {} characters{}".format(len(value), hint)


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
    told = {name: iso(value) if name.endswith("_at") and value else value for name, value in facts.items()}
    print(json.dumps(dict({"action": action}, **told), ensure_ascii=False, default=str))


# --- part: moments ---
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def millis(value):
    """Epoch milliseconds from what HubSpot sends (ISO text, epoch-ms text or number); None where it is no moment."""
    text = str(value if value is not None else "").strip()
    if re.fullmatch(r"[0-9]{1,16}(\.0+)?", text):
        return in_range(int(float(text)))
    match = re.fullmatch(r"(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d)?)(\.\d{1,9})?)?(Z|[+-][01]\d:?[0-5]\d)?", text)
    if not match:
        return None
    day, clock, fraction, offset = match.groups()
    try:
        moment = datetime.fromisoformat("{}T{}+00:00".format(day, clock or "00:00"))
        if offset and offset != "Z":
            shift = timedelta(hours=int(offset[1:3]), minutes=int(offset[-2:]))
            moment = moment - shift if offset[0] == "+" else moment + shift
    except (ValueError, OverflowError):
        return None
    return in_range(int(moment.timestamp()) * 1000 + int(float(fraction or 0) * 1000 + 0.5))


def in_range(moment_ms):
    """A moment between the years 2000 and 2200; what lies outside is a mistake, not a moment of a help desk."""
    return moment_ms if 946684800000 <= moment_ms < 7258118400000 else None


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
    if text.strip() and not text.strip(" ,;"):
        return None
    found = []
    for piece in [item.strip() for item in re.split(r"[,;]", text) if item.strip()]:
        match = re.fullmatch(r"([a-z]{3})(?:\s*-\s*([a-z]{3}))?\s+(\d\d?):(\d\d)\s*-\s*(\d\d?):(\d\d)", piece.lower())
        if not match or match.group(1) not in WEEKDAYS or (match.group(2) or "mon") not in WEEKDAYS:
            return None
        first = WEEKDAYS.index(match.group(1))
        last = WEEKDAYS.index(match.group(2)) if match.group(2) else first
        opens = int(match.group(3)) * 60 + int(match.group(4))
        shuts = int(match.group(5)) * 60 + int(match.group(6))
        if opens >= 1440 or shuts > 1440 or opens == shuts or int(match.group(4)) > 59 or int(match.group(6)) > 59:
            return None
        for step in range((last - first) % 7 + 1):
            found.append(((first + step) % 7, opens, (shuts - opens) % 1440 or 1440))
    return found


def is_day(text):
    """Is this a day of the calendar, as 2026-12-25?"""
    try:
        return bool(re.fullmatch(r"\d{4}-\d\d-\d\d", text) and datetime.fromisoformat(text))
    except ValueError:
        return False


def due_at(start_ms, minutes, opening, zone, holidays=()):
    """When `minutes` of business time are over, counted from `start_ms` (epoch ms).

    `opening`: what `shifts` returned, or empty for around the clock. A shift belongs to the day it begins on and may
    cross midnight; a holiday (`2026-12-25`) takes away the shifts that begin on it. An hour that a clock change skips
    or repeats counts as it is lived: wall-clock times mark the shift's edges, the time between them is real.
    """
    left = int(minutes * 60000)
    if not opening:
        return start_ms + left
    day, counted = datetime.fromtimestamp(start_ms / 1000, zone).date() - timedelta(days=1), start_ms
    for _ in range(3700):  # ten years: holidays that leave no open day must not loop for ever
        edges = (
            []
            if day.isoformat() in holidays
            else sorted((opens, opens + length) for weekday, opens, length in opening if weekday == day.weekday())
        )
        for opens, shuts in edges:
            begin = max(wall(day, opens, zone), counted)  # shifts that overlap count once
            end = wall(day, shuts, zone)
            if end - begin >= left:
                return begin + left
            left -= max(0, end - begin)
            counted = max(counted, end)
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
NOTE_TO_TICKET = 228

INBOX_LINK = "https://{ui_domain}/live-messages/{portal_id}/inbox/{thread_id}"
HELP_DESK_LINK = "https://{ui_domain}/help-desk/{portal_id}/thread/{thread_id}"


def conversation_link(template, portal_id, thread_id, ui_domain="app.hubspot.com"):
    """The address that opens the thread in HubSpot's inbox. An unknown {word} in the template stays as it is."""
    link = template
    for name, value in (("ui_domain", ui_domain), ("portal_id", portal_id), ("thread_id", thread_id)):
        link = link.replace("{" + name + "}", str(value))
    return link


def linked_with(hubspot, from_type, record_id, to_type):
    """(id, set of association type ids) of what a record is linked with, in the order of the ids.

    A record without links is told from an unknown one by neither an error nor an answer (guessed: 207 for both).
    """
    path = "associations/{}/{}/batch/read".format(from_type, to_type)
    read = hubspot.post(path, {"inputs": [{"id": str(record_id)}]}) or {}
    ends = [to for one in read.get("results") or [] for to in one.get("to") or []]
    found = {
        str(to.get("toObjectId") or to.get("id")): {kind.get("typeId") for kind in to.get("associationTypes") or []}
        for to in ends
    }
    return sorted(found.items(), key=lambda pair: int(pair[0]))


def association(record_id, type_id):
    """One inline association of a record that is being created."""
    return {
        "to": {"id": str(record_id)},
        "types": [{"associationCategory": "HUBSPOT_DEFINED", "associationTypeId": type_id}],
    }


# --- part: threads ---
# What the operator is told where no thread answers: (expected, found).
NO_THREAD = (
    "a thread id that HubSpot knows; choose the conversation's Thread ID, not a contact's or a ticket's id",
    "an id that no thread answers to",
)


def read_thread(hubspot, thread_id):
    """HubSpot's thread; None where there is none. An archived one has to be asked for as such (documented)."""
    path = "conversations/threads/" + in_path(thread_id)
    return hubspot.get(path, association="TICKET") or hubspot.get(path, association="TICKET", archived="true")


# --- part: transcript ---
TEXT_LIMIT = 65536  # characters of a text property (documented)
BLOCKS = re.compile(r"(?i)<\s*(?:br|/p|/div|/li|/tr|/h[1-6])\b[^>]*>")
HIDDEN = re.compile(r"(?is)<\s*(script|style)\b.*?(?:<\s*/\s*\1\s*>|\Z)")
TAGS = re.compile(r"<[a-zA-Z/!][^<>]*>")
# Card and account numbers: 13 digits or more, however parted, or an IBAN. A telephone number begins with + or 00.
PARTING = r"[ \u00a0\u2000-\u200a\u202f.\-\u2010-\u2015/_\n]{0,2}"
NUMBERS = re.compile(r"(?<![0-9+])(?!00)(?:[0-9]" + PARTING + r"){12,}[0-9](?![0-9])")
ACCOUNTS = re.compile(r"\b[A-Z]{2}[0-9]{2}(?: ?[0-9A-Z]{4}){2,7}(?: ?[0-9A-Z]{1,3})?\b", re.IGNORECASE)


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
    text = "".join(str(unicodedata.digit(char, char)) if char > "\u007f" else char for char in text)
    return NUMBERS.sub(masked, ACCOUNTS.sub(masked, text))


def masked(match):
    """A number by its last four digits; what only looks like an account number stays."""
    signs = re.sub(r"[^0-9A-Za-z]", "", match.group())
    return "•••• " + signs[-4:] if sum(sign.isdigit() for sign in signs) >= 10 else match.group()


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


def sittings(lines, silence_ms):
    """The lines parted into sittings, oldest first; the last one is what is judged now.

    A sitting begins behind a close after which the visitor was silent for `silence_ms`: until his next line, or where
    he wrote no more, until the last close.
    """
    last_close = closed_at_end(lines)
    heard_next, parted = None, [[]]
    for line in reversed(lines):  # from behind, so that each close knows when the visitor was heard next
        if line.kind == "closed":
            silent_until = last_close if heard_next is None else heard_next
            if silent_until - line.at >= silence_ms:
                parted.append([])
        if line.kind == "said" and line.who == "visitor":
            heard_next = line.at
        parted[-1].append(line)
    return [spell[::-1] for spell in reversed(parted)]


def closed_at_end(spell):
    """Epoch ms of the close that ended a sitting; None while it is open."""
    closes = [line.at for line in spell if line.kind == "closed"]
    return closes[-1] if closes else None


# --- part: tickets ---
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


# --- part: writing ---
# Without these a ticket would not be the chat's ticket: never left out.
KEYS = ("chat_thread_id", "chat_open_key", "chat_threads", "hs_pipeline", "hs_pipeline_stage", "subject")
PLACE = ("hs_pipeline", "hs_pipeline_stage")


def spared(send, properties, keys=KEYS):
    """(answer, names left out): all of it, else without what HubSpot objects to, else the keys alone."""
    chosen = dict(properties)
    for last in (False, False, True):
        try:
            return send(chosen), sorted(set(properties) - set(chosen))
        except Refused as refused:
            named = set(refused.properties)
            if last or refused.status != 400 or refused.taken or not named or named & set(keys):
                raise
            kept = set(chosen) - named if named & set(chosen) else set(keys)
            chosen = {name: value for name, value in chosen.items() if name in kept}
    return None


def written(hubspot, action, ticket_id, changes):
    """Was it written? Not where the ticket was archived since it was read."""
    try:
        hubspot.patch("objects/tickets/" + ticket_id, {"properties": changes})
    except Refused as refusal:
        if refusal.status == 404:
            return False
        raise explained(hubspot, action, refusal) from None
    return True


def link_one_by_one(hubspot, ticket_id, links):
    """Link a ticket with (type, id, association type), a second time without effect. The names of refused links."""
    refused = []
    for to_type, record_id, type_id in links:
        kind = [{"associationCategory": "HUBSPOT_DEFINED", "associationTypeId": type_id}]
        try:
            hubspot.put("links/tickets/{}/associations/{}/{}".format(ticket_id, to_type, record_id), kind)
        except Refused:
            refused.append("link to " + to_type)
    return refused


def explained(hubspot, action, refusal):
    """A refusal for good as one line for the operator: property, label, and the setting that mends it."""
    if refusal.status not in (400, 409) or not refusal.properties:
        return refusal
    name = refusal.properties[0]
    try:
        label = str((hubspot.get("properties/tickets/" + name) or {}).get("label") or "which this portal lacks")
    except Refused:
        label = "whose label this key may not read"
    remedy = "give it a value in the input extra_properties, for example {}".format(
        json.dumps({name: "…"}, ensure_ascii=False)
    )
    if name in PLACE:
        remedy = "name another stage in the input routes: this one does not exist or tickets may not be created in it"
    if name.startswith("chat_"):
        remedy = "create the ticket properties of this project (properties.toml), with the types that stand there"
    return BadInput("{}: HubSpot refuses the ticket because of {} ({}): {}.".format(action, name, label, remedy))
