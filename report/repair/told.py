"""How is a repair told? Ids, times and the actions' own words: never a visitor's, and no key."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from deploy.showing import shown
from report.repair.repairing import Repair, Repaired

_DRY = {"created": "a ticket would be made", "attached": "would join the visitor's open ticket"}
_DRY |= {"adopted": "its ticket would be completed", "reopened": "its ticket would be opened again"}
_LIVE = {"created": "ticket made", "attached": "joined the visitor's open ticket", "adopted": "its ticket is complete"}
_LIVE |= {"reopened": "its ticket is open again"}
_NEITHER = {"resolved": "needs no ticket", "skipped": "passed over", "off": "off", "": "no ticket"}


def line_of(chat: Repaired, *, applied: bool) -> str:
    """One chat on one line."""
    words = (_LIVE if applied else _DRY) | _NEITHER
    closed = datetime.fromtimestamp(chat.closes[-1] / 1000, UTC)
    parts = [f"{chat.thread_id}  closed {closed:%Y-%m-%d %H:%M}Z", words.get(chat.outcome, chat.outcome)]
    if chat.outcome in _NEITHER and chat.reason:
        parts[-1] += f" ({chat.reason})"
    if chat.ticket_id:
        parts[-1] += f" {chat.ticket_id}"
    if chat.confirmation:
        parts.append(_confirmation(chat, applied=applied))
    if chat.end != "done":
        parts.append(f"{'FAILED' if chat.end == 'failed' else 'left for the next run'}: {chat.why}")
    return shown("; ".join(parts))


def _confirmation(chat: Repaired, *, applied: bool) -> str:
    if chat.confirmation == "off":
        return "no confirmation"
    if chat.confirmation_code == "dry_run":
        return f"confirmation would be {chat.confirmation}"
    return f"confirmation {chat.confirmation} ({chat.confirmation_code})"


def lines_of(repair: Repair) -> Iterator[str]:
    """The end of a repair, in sentences."""
    ends = [chat.end for chat in repair.chats]
    if not ends:
        yield "Nothing to be done."
    elif repair.applied:
        done, failed, left = (ends.count(end) for end in ("done", "failed", "left"))
        yield f"{done} of {len(ends)} chats done, {failed} failed, {left} left."
    else:
        yield f"{len(ends)} chats looked at. This was a dry run: nothing was written. Add --apply to put them right."
    if repair.key_refused:
        yield "HubSpot does not take the key (any more): make or rotate it, export it anew, and run this again."
    elif "left" in ends:
        yield "HubSpot was busy, or did not answer: run this again in a few minutes, it goes on where it stopped."
    if repair.resting:
        yield f"{repair.resting} more were done a moment ago and are looked at again in a quarter of an hour."
    if repair.still_dropped is not None:
        yield f"Counted anew: {repair.still_dropped} dropped."
    if repair.uncounted:
        yield f"Not counted anew: {shown(repair.uncounted)}"


def as_json(repair: Repair) -> dict[str, Any]:
    """The whole as plain data."""
    return {
        "applied": repair.applied,
        "chats": [
            {
                "threadId": chat.thread_id,
                "closedAt": list(chat.closes),
                "end": chat.end,
                "outcome": chat.outcome,
                "reason": chat.reason,
                "ticketId": chat.ticket_id,
                "confirmation": chat.confirmation,
                "confirmationCode": chat.confirmation_code,
                "why": shown(chat.why),
                "tries": chat.tries,
            }
            for chat in repair.chats
        ],
        "resting": repair.resting,
        "keyRefused": repair.key_refused,
        "stillDropped": repair.still_dropped,
        "uncounted": shown(repair.uncounted),
    }
