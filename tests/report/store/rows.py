"""Rows of one portal, as a gathering writes them: made up here from a few ids and moments."""

from datetime import UTC, datetime
from typing import Any

from report.store.schema import ANSWERS, CLOSES, LINKS, REPAIRS, STAGES, THREADS, TICKETS
from report.store.store import Store

PORTAL = 4711001
DAY = 86_400_000
NOW = 1_790_000_000_000


def close(thread: str, closed_at: int, contact: str = "") -> tuple[Any, ...]:
    """An unresolved close without a ticket."""
    day = datetime.fromtimestamp(closed_at / 1000, UTC).date()
    return (
        *(PORTAL, thread, closed_at, None, day, day.isoweekday(), 12, "1", "1000", "", contact),
        *("unresolved", "no_answer", "", "en", 2, False, False, None, "", "", "", closed_at),
    )


def thread(id: str, at: int, contact: str = "", status: str = "CLOSED") -> tuple[Any, ...]:
    """A thread whose latest message is of that moment."""
    closed_at = at if status == "CLOSED" else None
    return (PORTAL, id, "1", "1000", status, at, closed_at, at, at, contact, "", closed_at, False, "")


def ticket(id: str, at: int, contact: str = "") -> tuple[Any, ...]:
    """An open ticket of that moment."""
    return (PORTAL, id, at, "0", "1", "", True, *[None] * 7, contact, at)


def person(store: Store, contact: str, chat: str, ticket_id: str, at: int) -> None:
    """All that may be known of a person: a chat and its close, a ticket that carries it, an answer, a repair."""
    with store.step():
        store.put(THREADS, [thread(chat, at, contact)])
        store.put(CLOSES, [close(chat, at, contact)])
        store.put(TICKETS, [ticket(ticket_id, at, contact)])
        store.put(LINKS, [(PORTAL, ticket_id, chat, "chat_threads", at, at)])
        store.put(STAGES, [(PORTAL, ticket_id, at, "1", True)])
        store.put(ANSWERS, [(PORTAL, chat, at, "unresolved", "no_answer", True, at)])
        store.put(REPAIRS, [(PORTAL, chat, at, "done", ticket_id, at)])
