"""Is each visitor who waits told so once, and only once, and nobody else?"""

from collections.abc import Iterator

from tests.simulation.events import MINUTE, Merges, SwitchedOff, Weeks
from tests.simulation.expected import Chat, Sitting
from tests.simulation.invariants.promise import FLOW, Break, Evidence
from tests.simulation.invariants.served import deadline
from tests.simulation.tickets import REP, Ticket

PAUSE = 30 * MINUTE
TOLD_IN = 5 * MINUTE
"""By HubSpot's own workflow, after the mark."""
ENDLESS = 2**62


class ConfirmedOnce:
    """An e-mail of the ticket that went out after the close, or less than half an hour before it."""

    name = "confirmed once"
    sentence = (
        "At most one confirmation per close, and exactly one where it was possible, each to a visitor whose chat is on "
        "the ticket."
    )

    def check(self, evidence: Evidence) -> Iterator[Break]:
        for ticket in evidence.tickets:
            sent = sorted(at for at, _, id in evidence.emails if id == ticket.id)
            moments = occasions(ticket)
            for number, at in enumerate(sent, 1):
                most = sum(moment <= at for moment in moments)
                if number > most:
                    what = f"{number} e-mails of ticket {ticket.id} for {most} occasions"
                    yield Break(self.name, ticket.about, at, what)
                    break
            yield from self._astray(evidence, ticket)
        for chat, sitting in evidence.unresolved():
            if deadline(evidence, chat, sitting) is None:
                continue
            for ticket in evidence.tickets:
                if self._owes(evidence, ticket, chat, sitting):
                    what = f"nobody told the visitor of ticket {ticket.id}"
                    yield Break(self.name, chat.name, sitting.ends, what)

    def _astray(self, evidence: Evidence, ticket: Ticket) -> Iterator[Break]:
        """An e-mail that tells somebody of a stranger's ticket."""
        named = {line.chat for line in ticket.lines} | {ticket.own, ticket.origin}
        visitors = {evidence.chats[chat].visitor for chat in named if chat in evidence.chats}
        theirs = _addresses(evidence.history.weeks, visitors)
        for at, to, id in evidence.emails:
            if id == ticket.id and to not in theirs:
                yield Break(self.name, ticket.about, at, f"an e-mail of ticket {ticket.id} went to somebody else: {to}")
                break

    def _owes(self, evidence: Evidence, ticket: Ticket, chat: Chat, sitting: Sitting) -> bool:
        """Whether a ticket that lists a sitting could have told its visitor, and did not."""
        listing = dict(_listed(evidence, chat, sitting))
        if ticket.id not in listing or not _can_be_told(evidence, sitting):
            return False
        until = min((one.closes[0] for one in chat.sittings if one.begins > sitting.begins), default=ENDLESS)
        came = [one for one in evidence.runs_of(chat.name) if one.run.action == "send_confirmation" and one.at < until]
        earliest, listed = min(listing.values()), listing[ticket.id]
        if not any(one.at >= earliest for one in came):
            return earliest < until and not _off(evidence, (earliest,))
        ran = [
            moment
            for one in came
            if one.at >= listed
            for moment in (one.at, one.at + round(one.seconds * 1000))  # it sleeps where the weather makes it wait
        ]
        if not ran or not all(ticket.is_open(at) for at in (listed, *ran)) or _off(evidence, (listed, *ran)):
            return False
        told = range(sitting.ends - PAUSE + 1, max(ran) + TOLD_IN)
        return not any(at in told and id in listing for at, _, id in evidence.emails)


def _listed(evidence: Evidence, chat: Chat, sitting: Sitting) -> Iterator[tuple[str, int]]:
    """The tickets that list one of its closes, and since when."""
    for ticket in evidence.tickets:
        lines = [line.since for line in ticket.lines if line.chat == chat.name and line.close in sitting.closes]
        if lines:
            yield ticket.id, min(lines)


def occasions(ticket: Ticket) -> list[int]:
    """The moments that a confirmation may be of: closes that lie half an hour apart, and a rep's making of it."""
    found: list[int] = []
    moments = sorted({*ticket.closes, *([ticket.made_at] if ticket.made_by == REP else [])})
    for moment in moments:
        if not found or moment - found[-1] >= PAUSE:
            found.append(moment)
    return found


def _addresses(weeks: Weeks, visitors: set[str]) -> set[str]:
    """Where these visitors can be written to; whoever was merged with one of them is the same person."""
    same = set(visitors)
    merges = [event for event in weeks.events if isinstance(event, Merges)]
    for _ in merges:  # each may join two who were joined before
        for event in merges:
            if {event.survivor, event.other} & same:
                same |= {event.survivor, event.other}
    return {weeks.account.person(name).address for name in same}


def _can_be_told(evidence: Evidence, sitting: Sitting) -> bool:
    """Whether there is an address: a contact's; or, where HubSpot may make a contact of it, the visitor's own."""
    account = evidence.history.weeks.account
    person = account.person(sitting.visitor)
    return bool(person.address) and (person.known or account.single_send)


def _off(evidence: Evidence, moments: tuple[int, ...]) -> bool:
    """Whether the workflow that writes, or the one that asks for it, was off then."""
    return any(
        isinstance(event, SwitchedOff)
        and event.flow in ("native_confirmation", FLOW)
        and any(event.at <= at < event.until for at in moments)
        for event in evidence.history.weeks.events
    )
