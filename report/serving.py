"""Which ticket serves a close, from which moment on, and how did it come to?

A ticket serves a close at the first moment, from the close on, at which it is open and names the thread.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

PLACES = ("chat_thread_id", "chat_threads", "thread", "ticket")
"""Where a ticket can name a thread: two properties of ours, an association, and the thread's own ticket."""
TIMELESS = ("thread", "ticket")
"""Places that do not say since when: an association carries no time (documented: its answer has none)."""


@dataclass(frozen=True)
class Link:
    """One place by which a ticket names a thread; without a thread's id, the one that is asked about."""

    place: str
    since: int
    closed_at: int | None = None  # the close that a line of chat_threads lists
    thread_id: str = ""


@dataclass(frozen=True)
class Carrier:
    """A ticket that may serve: by what it names threads, and when it was open, each spell up to before its end."""

    ticket_id: str
    created_at: int
    links: tuple[Link, ...]
    open_spells: tuple[tuple[int, int | None], ...]


@dataclass(frozen=True)
class Service:
    """Since when a close is served, how (created, made_before, attached, reopened), by which ticket, named where."""

    at: int
    by: str
    ticket_id: str
    places: tuple[str, ...]


def served(close_at: int, started_at: int | None, thread_id: str, tickets: Iterable[Carrier]) -> Service | None:
    """Return what served a close first; of several the ticket made for the thread, then the older one.

    `started_at` is when the close's sitting began. Where nobody knows, a ticket made before the close counts as made
    before the sitting, which is the more careful of the two: it can only begin to serve later.
    """
    found = []
    for ticket in tickets:
        links = [link for link in ticket.links if link.thread_id in {"", thread_id}]
        named = named_since(ticket, links, close_at if started_at is None else started_at)
        at = None if named is None else first_moment(ticket, max(close_at, named))
        if named is not None and at is not None:
            places = tuple(place for place in PLACES if any(link.place == place for link in links))
            service = Service(at, manner(ticket, close_at, named, at), ticket.ticket_id, places)
            found.append((at, PLACES[0] not in places, int(ticket.ticket_id), service))
    return min(found, key=lambda one: one[:3])[3] if found else None


def named_since(ticket: Carrier, links: list[Link], started_at: int) -> int | None:
    """Return since when a ticket names the thread; None where it does not.

    On a ticket made before the sitting, the lines of chat_threads say when a chat joined it, and an association,
    which came with one of them, does not.
    """
    listed = any(link.place == "chat_threads" for link in links)
    if listed and ticket.created_at < started_at:
        links = [link for link in links if link.place not in TIMELESS]
    return max(ticket.created_at, min(link.since for link in links)) if links else None


def first_moment(ticket: Carrier, earliest: int) -> int | None:
    """Return the first moment from `earliest` on at which a ticket is open; None where there is none."""
    moments = (
        max(earliest, opened) for opened, shut in ticket.open_spells if shut is None or max(earliest, opened) < shut
    )
    return min(moments, default=None)


def manner(ticket: Carrier, close_at: int, named: int, at: int) -> str:
    """Return how a ticket came to serve: what was the first thing missing at the close?"""
    if ticket.created_at >= close_at:
        return "created"
    if at == close_at:
        return "made_before"
    return "attached" if named > close_at else "reopened"
