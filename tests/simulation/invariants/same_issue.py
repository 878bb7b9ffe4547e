"""Does a chat join only a ticket that is plausibly about the same?"""

from collections.abc import Iterator

from tests.simulation.events import DAY, HOUR
from tests.simulation.invariants.joined import Joined, joins
from tests.simulation.invariants.keys import LOOKBACK, MOST
from tests.simulation.invariants.promise import Break, Evidence
from tests.simulation.tickets import Ticket, epoch

TOUCHES = ("chat_closed_at", "hs_last_message_received_at")


class SameIssue:
    """The chat's own ticket, made for it or from it, is the same issue whatever its age."""

    name = "same issue"
    sentence = (
        "No chat joins a ticket not its own that was left alone for seven days, or whose visitor has more than five "
        "open ones."
    )

    def check(self, evidence: Evidence) -> Iterator[Break]:
        for joined in joins(evidence):
            if joined.is_own:
                continue
            days = (joined.begun[0] - _touched(joined.ticket, joined.at)) / DAY
            if days > LOOKBACK / DAY:
                what = f"it joined ticket {joined.ticket.id}, which nobody had touched for {days:.1f} days"
                yield Break(self.name, joined.chat.name, joined.at, what)
            count = _open_ones(evidence, joined)
            if count > MOST:
                what = f"it joined ticket {joined.ticket.id}, one of {count} open ones of its visitor"
                yield Break(self.name, joined.chat.name, joined.at, what)


def _touched(ticket: Ticket, until: int) -> int:
    """When the customer or a chat touched it last, before the chat in question did."""
    found = [ticket.made_at]
    for name in TOUCHES:
        values = [value.value for value in ticket.past.get(name, []) if value.at < until]
        found += [epoch(value) for value in values[-1:] if value]
    return max(found)


def _open_ones(evidence: Evidence, joined: Joined) -> int:
    """How many its visitor had, as far as HubSpot's record of the contact tells; 0 for who is no contact."""
    if not evidence.history.weeks.account.person(joined.chat.visitor).known:
        return 0
    looked = _looked(evidence, joined)
    return sum(_counts(evidence, ticket, joined, looked) for ticket in evidence.tickets)


def _looked(evidence: Evidence, joined: Joined) -> int:
    """When the visitor's tickets were counted for it: before the chat joined, maybe long before."""
    runs = [ran.at for ran in evidence.runs_of(joined.chat.name) if ran.run.action == "dedup_check"]
    return max((at for at in runs if joined.closes[-1] <= at <= joined.at), default=joined.closes[-1])


def _counts(evidence: Evidence, ticket: Ticket, joined: Joined, looked: int) -> bool:
    """Whether it was an open ticket of the visitor's, of these days, for an hour at least: no lag hides it."""
    there = ticket.made_at <= looked - HOUR and ticket.made_at >= joined.begun[-1] - LOOKBACK
    open_for = [open for since, open in ticket.states if since <= looked + HOUR]
    return there and all(open_for) and evidence.visitor_of(ticket) == joined.chat.visitor
