"""A thread's messages as lines that can be judged: who said what when, and to which sitting it belongs.

A sitting is all messages since the last close that was followed by 30 minutes of silence from the visitor
(docs/rules.md, section 1): an agent who reopens and closes by mistake does not split it, nor a visitor's added line.
"""

from collections import namedtuple

from .moments import millis
from .transcript import plain

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
