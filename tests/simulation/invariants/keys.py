"""Does HubSpot's own uniqueness hold what our locks promise?"""

from collections.abc import Iterator

from tests.simulation.events import DAY
from tests.simulation.generator.people import SHARED
from tests.simulation.invariants.promise import Break, Evidence
from tests.simulation.playing import Stand
from tests.simulation.tickets import US, Ticket, epoch

LOOKBACK = 7 * DAY
MOST = 5
"""Open tickets of one visitor; with more of them it is an address that many share, and nobody guesses."""


class OneTicketPerThread:
    """At every moment, archived or closed ones included."""

    name = "one ticket per thread"
    sentence = "No two tickets carry the same chat_thread_id."

    def check(self, evidence: Evidence) -> Iterator[Break]:
        yield from _twice(self.name, evidence, "thread")


class OneLockPerVisitor:
    """The lock as it is written, and as it is meant: nobody gets a ticket beside an open one that was made for them."""

    name = "one lock per visitor"
    sentence = "No two open tickets carry the same chat_open_key, nor would if each had the one that is its visitor's."

    def check(self, evidence: Evidence) -> Iterator[Break]:
        yield from _twice(self.name, evidence, "lock")
        ours = [ticket for ticket in evidence.tickets if ticket.made_by == US and ticket.about]
        for ticket in ours:
            for other in ours if not _looks_shared(evidence, ticket) else ():
                if other is not ticket and _hides(evidence, other, ticket):
                    what = f"ticket {ticket.id} was made beside ticket {other.id}, which was made for the same visitor"
                    yield Break(self.name, ticket.about, ticket.made_at, what)
                    break


def _looks_shared(evidence: Evidence, ticket: Ticket) -> bool:
    """Whether its visitor had more than five open tickets when it was made: then it has no lock, by the rules."""
    visitor = evidence.visitor_of(ticket)
    theirs = [
        other
        for other in evidence.tickets
        if other is not ticket
        and other.made_at <= ticket.made_at
        and other.is_open(ticket.made_at)
        and evidence.visitor_of(other) == visitor
    ]
    return not _lock(ticket) and len(theirs) > MOST


def _hides(evidence: Evidence, other: Ticket, ticket: Ticket) -> bool:
    """Whether the other was there, open from its beginning, of the same visitor, and of the same days."""
    visitor = evidence.chats[ticket.about].visitor
    if evidence.chats[other.about].visitor != visitor or visitor in ("nobody", SHARED):
        return False
    then = ticket.made_at
    there = other.made_at <= then and (other.made_at, other.id) < (then, ticket.id)
    always_open = all(open for since, open in other.states if since <= then)
    touched = max([other.made_at, *_touches(other, then)])
    closes = {line.close for line in ticket.lines}
    sittings = [sitting for sitting in evidence.chats[ticket.about].sittings if closes & set(sitting.closes)]
    begins = max((sitting.begins for sitting in sittings), default=then)
    return there and always_open and touched >= begins - LOOKBACK and _lock(ticket) in ("", _lock(other))


def _touches(ticket: Ticket, until: int) -> list[int]:
    """What its properties said then of when the customer or a chat touched it last; a chat that joins may not show."""
    found = []
    for name in ("chat_closed_at", "hs_last_message_received_at"):
        values = [value.value for value in ticket.past.get(name, []) if value.at <= until]
        found += [epoch(value) for value in values[-1:] if value]
    return found


def _lock(ticket: Ticket) -> str:
    """Whom it belongs to by its own first lock, when contacts were merged in between; empty where it never had one."""
    locks = [value.value for value in ticket.past.get("chat_open_key", []) if value.value]
    return locks[0] if locks else ""


def _twice(name: str, evidence: Evidence, key: str) -> Iterator[Break]:
    """Two tickets with the same key, at the moment at which they came to have it."""
    now: dict[str, Stand] = {}
    for stand in evidence.history.stands:
        now[stand.ticket] = stand
        value = getattr(stand, key)
        others = [one for one in now.values() if one is not stand and value and getattr(one, key) == value]
        if key == "lock":
            others = [one for one in others if one.open and stand.open]
        if others:
            chat = evidence.history.actors.chats.get(stand.thread.partition("#")[0], "")
            yield Break(name, chat, stand.at, f"tickets {others[0].ticket} and {stand.ticket} carry the same {key}")
