"""What do machines read? One JSON document whose keys stay: a key is added in the same version, never taken away.

`KEYS` says what each one means.
"""

import json
from typing import Any

from report.analysis.findings import Clock, Findings, Hour, Row, Slice, Spread, Totals
from report.show.figures import iso
from report.show.labels import Labels, Names
from report.show.words import headline, next_step

VERSION = 1

SLICE = {
    "key": "the day, or the id of the inbox or agent (empty: nobody), or the reason",
    "name": "its name; null unless names were asked for",
    "needed": "chats that needed a ticket",
    "served": "of them, with a ticket in time",
    "late": "of them, with a ticket too late",
    "dropped": "of them, without one",
    "rate": "dropped / (served + late + dropped); null when that is 0",
}
SPREAD = {
    "count": "how many",
    "p50_ms": "half of them took at most this long; null when there are none",
    "p90_ms": "nine of ten",
    "p99_ms": "99 of 100",
}
CLOCK = {
    "breached": "tickets answered after they were due",
    "met": "tickets answered in time",
    "open_over": "tickets not answered and past due",
    **{f"waits.{key}": f"from the start of the clock to the answer: {said}" for key, said in SPREAD.items()},
}
KEYS = {
    "version": "of this document; it changes when a key changes its meaning or goes",
    "portal.id": "HubSpot's id of the account",
    "portal.name": "the portal's name in this project",
    "made_at": "when this was counted",
    "zone": "the account's time zone: days, weekdays, hours and moments are in it",
    "first_day": "the first day of the window",
    "last_day": "the last day of the window",
    "within_ms": "how soon after the close a ticket counts as in time",
    "until": "up to when was gathered",
    "complete": "false: not everything was gathered, and the numbers will change",
    "headline": "the result as a sentence",
    "next_step": "what to do now, as a sentence",
    "totals.closes": "closes in the window",
    "totals.skipped": "of them, nothing to judge: spam, another inbox, no word of the visitor",
    "totals.resolved": "of them, resolved in the chat",
    "totals.waiting_on_visitor": "of the resolved: the agent's question stayed unanswered",
    "totals.needed": "closes that needed a ticket: served + late + dropped + pending",
    "totals.served": "with a ticket in time",
    "totals.late": "with a ticket too late",
    "totals.dropped": "without a ticket",
    "totals.pending": "whose time is not over",
    "totals.ai_unclear": "of the needed: only a bot or AI answered, and it is not clear whether it helped",
    "totals.ambiguous": "of the dropped: the contact had an open ticket that does not name the chat",
    "totals.overtaken": "of the dropped: a later sitting of the same thread was resolved",
    "totals.rate": SLICE["rate"],
    **{f"{kind}[].{key}": said for kind in ("days", "inboxes", "agents", "reasons") for key, said in SLICE.items()},
    "hours[].weekday": "1 is Monday; only hours with chats that needed a ticket are listed",
    "hours[].hour": "0 to 23",
    **{f"hours[].{key}": SLICE[key] for key in ("needed", "late", "dropped")},
    **{f"waits.{key}": f"from close to ticket, served and late: {said}" for key, said in SPREAD.items()},
    **{f"late_by.{key}": f"after the time was over: {said}" for key, said in SPREAD.items()},
    "served_by.*": "served and late chats, by how the ticket came: created, made_before, attached, reopened",
    "places.*": "served and late chats, by where ticket and chat name each other; a chat may count in several",
    "sla.tickets": "tickets with a due time",
    **{f"sla.from_close.{key}": f"the clock starts when the chat closed: {said}" for key, said in CLOCK.items()},
    **{f"sla.from_creation.{key}": f"misleading, from when the ticket was made: {said}" for key, said in CLOCK.items()},
    "confirmations.wanted": "confirmations that visitors should get",
    "confirmations.sent": "of them, sent",
    "confirmations.missing": "of them, overdue",
    "confirmations.tickets[]": "the tickets of the missing ones",
    "two_open[].contact_id": "a contact with two or more open tickets",
    "two_open[].tickets[]": "these tickets",
    "closes[].thread_id": "HubSpot's id of the conversation; dropped ones first, then late ones, newest first",
    "closes[].closed_at": "when it closed",
    "closes[].inbox_id": "its inbox",
    "closes[].inbox_name": "null unless names were asked for",
    "closes[].agent_id": "the agent of that sitting; empty: nobody",
    "closes[].agent_name": "null unless names were asked for",
    "closes[].reason": "why it needed a ticket",
    "closes[].status": "dropped or late",
    "closes[].late_by_ms": "how long after the time was over the ticket came; null when dropped",
    "closes[].ticket_id": "the ticket that came; empty when dropped",
    "closes[].places[]": "where ticket and chat name each other",
    "closes[].ambiguous": "see totals",
    "closes[].overtaken": "see totals",
    "closes[].link": "where the conversation opens",
    "closes_left_out": "late and dropped closes beyond those listed",
}
"""Every key with its meaning; [] stands for each of a list, * for each key of a count. Moments are ISO 8601."""


def as_json(findings: Findings, names: Names | None = None) -> str:
    """The document, one line end at its end."""
    return json.dumps(document(findings, names), ensure_ascii=False, indent=2) + "\n"


def document(findings: Findings, names: Names | None = None) -> dict[str, Any]:
    """The document as data."""
    labels = Labels(findings, names)
    return {
        "version": VERSION,
        "portal": {"id": findings.portal_id, "name": findings.name},
        "made_at": iso(findings.made_at, findings.zone),
        "zone": findings.zone,
        "first_day": findings.first_day.isoformat(),
        "last_day": findings.last_day.isoformat(),
        "within_ms": findings.within,
        "until": iso(findings.until, findings.zone),
        "complete": findings.complete,
        "headline": headline(findings),
        "next_step": next_step(findings),
        "totals": _totals(findings.totals),
        "days": [_slice(each, None) for each in findings.days],
        "inboxes": [_slice(each, labels.inbox(each.key) if names else None) for each in findings.inboxes],
        "agents": [_slice(each, labels.agent(each.key) if names else None) for each in findings.agents],
        "reasons": [_slice(each, None) for each in findings.reasons],
        "hours": [_hour(each) for each in findings.hours],
        "waits": _spread(findings.waits),
        "late_by": _spread(findings.late_by),
        "served_by": dict(findings.served_by),
        "places": dict(findings.places),
        "sla": {
            "tickets": findings.sla.tickets,
            "from_close": _clock(findings.sla.from_close),
            "from_creation": _clock(findings.sla.from_creation),
        },
        "confirmations": {
            "wanted": findings.confirmations.wanted,
            "sent": findings.confirmations.sent,
            "missing": findings.confirmations.missing,
            "tickets": list(findings.confirmations.tickets),
        },
        "two_open": [{"contact_id": each.contact_id, "tickets": list(each.tickets)} for each in findings.two_open],
        "closes": [_row(each, labels) for each in findings.closes],
        "closes_left_out": findings.closes_left_out,
    }


def _totals(totals: Totals) -> dict[str, Any]:
    names = (
        "closes", "skipped", "resolved", "waiting_on_visitor", "needed", "served", "late", "dropped", "pending",
        "ai_unclear", "ambiguous", "overtaken", "rate",
    )  # fmt: skip
    return {name: getattr(totals, name) for name in names}


def _slice(each: Slice, name: str | None) -> dict[str, Any]:
    return {
        "key": each.key, "name": name, "needed": each.needed, "served": each.served, "late": each.late,
        "dropped": each.dropped, "rate": each.rate,
    }  # fmt: skip


def _hour(each: Hour) -> dict[str, int]:
    names = ("weekday", "hour", "needed", "late", "dropped")
    return {name: getattr(each, name) for name in names}


def _spread(spread: Spread) -> dict[str, float | None]:
    return {"count": spread.count, "p50_ms": spread.p50, "p90_ms": spread.p90, "p99_ms": spread.p99}


def _clock(clock: Clock) -> dict[str, Any]:
    told = {"breached": clock.breached, "met": clock.met, "open_over": clock.open_over}
    return {**told, "waits": _spread(clock.waits)}


def _row(row: Row, labels: Labels) -> dict[str, Any]:
    named = labels.names is not None
    return {
        "thread_id": row.thread_id,
        "closed_at": iso(row.closed_at, labels.findings.zone),
        "inbox_id": row.inbox_id,
        "inbox_name": labels.inbox(row.inbox_id) if named else None,
        "agent_id": row.agent_id,
        "agent_name": labels.agent(row.agent_id) if named else None,
        "reason": row.reason,
        "status": row.status,
        "late_by_ms": row.late_by,
        "ticket_id": row.ticket_id,
        "places": [place for place in row.places.split(",") if place],
        "ambiguous": row.ambiguous,
        "overtaken": row.overtaken,
        "link": row.link,
    }
