"""What must the report's JSON say of a history? The same shape twice: as it must be, and as it was told."""

from __future__ import annotations

import math
from collections import Counter
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from harness.clock import millis
from tests.report.oracle.expected import DROPPED, LATE, PENDING, RESOLVED, SERVED, Ending
from tests.report.oracle.stage import moment

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tests.report.oracle.history import History

NEEDED = (SERVED, LATE, DROPPED, PENDING)
COUNTED = ("needed", "served", "late", "dropped")
Answer = dict[str, Any]


def expected(history: History, until: int) -> Answer:
    """By simple arithmetic on what the stories wrote down; `until`: how far the account had come when it was read."""
    told = [(one, one.status(until)) for one in history.window]
    needed = [(one, status) for one, status in told if status in NEEDED]
    came = [one for one, status in needed if status in (SERVED, LATE)]
    zone = history.stage.zone
    today = moment(until).astimezone(zone).date()
    local = {id(one): moment(one.closed_at).astimezone(zone) for one, _ in told}
    days = {(today - timedelta(days=before)).isoformat(): dict.fromkeys(COUNTED, 0) for before in range(30, -1, -1)}
    dropped = [one for one, status in told if status == DROPPED]
    return {
        "rows": {one.key: (status, one.late_by) for one, status in needed if status in (LATE, DROPPED)},
        "facts": {one.key: _facts(one) for one, status in needed if status in (LATE, DROPPED)},
        "totals": {
            **_outcome(status for _, status in told),
            PENDING: sum(status == PENDING for _, status in told),
            RESOLVED: sum(status == RESOLVED for _, status in told),
            "waiting_on_visitor": sum(status == RESOLVED and _waits(one) for one, status in told),
            "ambiguous": sum(bool(one.ambiguous) for one in dropped),
            "overtaken": sum(one.overtaken for one in dropped),
        },
        "days": days | _by(needed, lambda one: local[id(one)].date().isoformat()),
        "inboxes": _by(needed, lambda one: one.scene.inbox),
        "hours": _by(needed, lambda one: (local[id(one)].isoweekday(), local[id(one)].hour)),
        "waits": _spread([one.served_at - one.closed_at for one in came if one.served_at is not None]),
        "late_by": _spread([one.late_by for one, status in told if status == LATE and one.late_by is not None]),
        "served_by": Counter(one.how for one in came),
        "two_open": _two_open(history),
    }


def told(document: Answer) -> Answer:
    """What a document says of the same."""
    rows = {(row["thread_id"], _at(row["closed_at"])): row for row in document["closes"]}
    totals = document["totals"]
    names = (*COUNTED, PENDING, RESOLVED, "waiting_on_visitor", "ambiguous", "overtaken")
    return {
        "rows": {key: (row["status"], row["late_by_ms"]) for key, row in rows.items()},
        "facts": {key: _told_facts(row) for key, row in rows.items()},
        "totals": {name: totals[name] for name in names},
        "days": {one["key"]: _counts(one) for one in document["days"]},
        "inboxes": {one["key"]: _counts(one) for one in document["inboxes"] if one["needed"]},
        "hours": {(one["weekday"], one["hour"]): _counts(one) for one in document["hours"]},
        "waits": _figures(document["waits"]),
        "late_by": _figures(document["late_by"]),
        "served_by": {how: n for how, n in document["served_by"].items() if n},
        "two_open": {one["contact_id"]: set(one["tickets"]) for one in document["two_open"]},
    }


def differences(must: Answer, is_told: Answer, *, threads_anew: bool = True) -> list[str]:
    """Every place in which the two differ, each as a line that names it; reasons are right if one of them is.

    Without `threads_anew` a thread may have been read before it named its ticket: nothing of a link changes a thread's
    latest message, and a thread in which nothing was written is not asked for again.
    """
    found = []
    for part, right in must.items():
        given = is_told[part]
        for key in {**right, **given}:
            ours, theirs = right.get(key), given.get(key)
            if part == "facts" and ours and theirs and not threads_anew:
                ours, theirs = ({**one, "places": one["places"] - {"thread"}} for one in (ours, theirs))
            if not _agree(part, ours, theirs):
                found.append(f"{part} {key}: expected {right.get(key)}, told {given.get(key)}")
    return found


def _agree(part: str, right: Any, given: Any) -> bool:
    if part == "facts" and right and given:
        reasons, reason = right["reasons"], given["reasons"]
        return reason in reasons and {**right, "reasons": 0} == {**given, "reasons": 0}
    if part == "hours" and right and given:
        return all(right[name] == given[name] for name in given)
    if part in ("waits", "late_by") and right is not None and given is not None:
        return math.isclose(right, given, abs_tol=1)
    return bool(right == given)


def _facts(one: Ending) -> Answer:
    return {
        "reasons": one.reasons,
        "inbox": one.scene.inbox,
        "agent": one.agent,
        "ticket": one.ticket.id if one.ticket and one.served_at is not None else "",
        "ambiguous": bool(one.ambiguous) and one.served_at is None,
        "overtaken": one.overtaken,
        "places": _places(one),
    }


def _places(one: Ending) -> set[str]:
    """Where its ticket and its thread name each other, as the account stands."""
    portal, scene = one.scene.stage.portal, one.scene
    record = portal.record("tickets", one.ticket.id) if one.ticket else None
    if record is None:
        return set()
    given, linked = record.properties, portal.associations("conversations", scene.chat.record_id, "tickets")
    keys = {given.get("hs_conversations_originating_thread_id", ""), given.get("chat_thread_id", "").split("#")[0]}
    named = {
        "chat_thread_id": scene.id in keys,
        "chat_threads": scene.id in given.get("chat_threads", ""),
        "thread": linked[-1:] == [record.id],  # a thread tells of one ticket: the one it was linked with last
        "ticket": record.id in linked,
    }
    return {place for place, names in named.items() if names}


def _two_open(history: History) -> dict[str, set[str]]:
    """Persons with two open tickets, as the account stands."""
    portal, found = history.stage.portal, dict[str, set[str]]()
    open_stages = {stage for stage, _ in history.stage.pipelines.values()}
    for ticket in portal.records("tickets"):
        if ticket.properties["hs_pipeline_stage"] in open_stages:
            for contact in portal.associations("tickets", ticket.id, "contacts"):
                found.setdefault(contact, set()).add(ticket.id)
    return {contact: tickets for contact, tickets in found.items() if len(tickets) > 1}


def _told_facts(row: Answer) -> Answer:
    return {
        "reasons": row["reason"],
        "inbox": row["inbox_id"],
        "agent": row["agent_id"],
        "ticket": row["ticket_id"],
        "ambiguous": row["ambiguous"],
        "overtaken": row["overtaken"],
        "places": set(row["places"]),
    }


def _waits(one: Ending) -> bool:
    return one.reasons == {"waiting_on_visitor"}


def _by(closes: list[tuple[Ending, str]], key: Any) -> dict[Any, dict[str, int]]:
    keys = {key(one) for one, _ in closes}
    return {found: _outcome(status for one, status in closes if key(one) == found) for found in keys}


def _outcome(statuses: Iterable[str]) -> dict[str, int]:
    found = Counter(statuses)
    return {"needed": sum(found[name] for name in NEEDED)} | {name: found[name] for name in COUNTED[1:]}


def _counts(one: Answer) -> dict[str, int]:
    return {name: one[name] for name in COUNTED if name in one}


def _spread(values: list[int]) -> Answer:
    values = sorted(values)
    if not values:
        return {"count": 0, "p50_ms": None, "p90_ms": None, "p99_ms": None}

    def at(share: float) -> float:
        place = share * (len(values) - 1)
        low = math.floor(place)
        return values[low] + (values[min(low + 1, len(values) - 1)] - values[low]) * (place - low)

    return {"count": len(values), "p50_ms": at(0.5), "p90_ms": at(0.9), "p99_ms": at(0.99)}


def _figures(spread: Answer) -> Answer:
    return {name: spread[name] for name in ("count", "p50_ms", "p90_ms", "p99_ms")}


def _at(text: str) -> int:
    return millis(datetime.fromisoformat(text))
