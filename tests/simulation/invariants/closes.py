"""Does a ticket's clock start at the right close? Reckoned anew from labels, lists and the history of stages."""

from collections.abc import Iterator

from tests.simulation.invariants.promise import Break, Evidence
from tests.simulation.invariants.served import gaps
from tests.simulation.tickets import API, REP, US, Line, Ticket, epoch

DATES = ("chat_closed_at", "chat_first_closed_at")
BY_HAND = "tickets_made_by_hand"
WAITING, CLOSED = "2", "4"  # HubSpot's Support Pipeline (documented)


class RightCloses:
    """A list names real closes of sittings that were unresolved; both dates follow from it."""

    name = "right closes"
    sentence = "chat_closed_at and chat_first_closed_at are the right closes."

    def check(self, evidence: Evidence) -> Iterator[Break]:
        for ticket in evidence.tickets:
            yield from self._listed(evidence, ticket)
            yield from self._listed_again(evidence, ticket)
            yield from self._dates(evidence, ticket)
            yield from self._without_a_clock(evidence, ticket)

    def _listed(self, evidence: Evidence, ticket: Ticket) -> Iterator[Break]:
        for line in ticket.lines:
            chat = evidence.chats.get(line.chat)
            sitting = chat.sitting_of(line.close) if chat is not None else None
            if sitting is None:
                yield Break(self.name, line.chat, line.since, f"ticket {ticket.id} lists a close that never was")
            elif sitting.label != "unresolved" and ticket.origin != line.chat:
                what = f"ticket {ticket.id} lists a close that left nobody waiting"
                yield Break(self.name, line.chat, line.since, what)

    def _listed_again(self, evidence: Evidence, ticket: Ticket) -> Iterator[Break]:
        """A ticket of ours is no place for a wait that was over: another ticket, open then, had carried that close."""
        if ticket.made_by != US:
            return
        for line in ticket.lines:
            for other in evidence.tickets:
                if other is not ticket and any(
                    (one.chat, one.close) == (line.chat, line.close)
                    and one.since < line.since
                    and other.is_open(one.since)
                    for one in other.lines
                ):
                    what = f"ticket {ticket.id} lists a close that ticket {other.id} had carried before"
                    yield Break(self.name, line.chat, line.since, what)

    def _dates(self, evidence: Evidence, ticket: Ticket) -> Iterator[Break]:
        """The clock of all that it carries; or of all but the closes that a rep's ticket took over from our retry."""
        overtaken = {line.close for line in ticket.lines if _is_overtaken(evidence, line)}
        every = carried(ticket)
        clocks = [clock(ticket, closes) for closes in (every, [one for one in every if one not in overtaken])]
        found = tuple(epoch(ticket.values[name]) if ticket.values.get(name) else None for name in DATES)
        if found in clocks or (ticket.lines and not every):
            return
        at = max((line.since for line in ticket.lines), default=ticket.made_at)
        for name, is_at, wanted in zip(DATES, found, clocks[0], strict=True):
            if is_at != wanted:
                apart = f" by {(is_at - wanted) / 60_000:+.1f} minutes" if is_at and wanted else ""
                what = (
                    f"{name} of ticket {ticket.id} is wrong{apart or ': it is ' + (ticket.values.get(name) or 'empty')}"
                )
                yield Break(self.name, ticket.about, at, what)

    def _without_a_clock(self, evidence: Evidence, ticket: Ticket) -> Iterator[Break]:
        """A rep's only ticket of a chat that was over by then, still open when the ticket workflow came to it.

        What a help desk's chats need decides the close of the chat.
        """
        chat = evidence.chats.get(ticket.origin)
        if chat is None or ticket.made_by != REP or ticket.lines:
            return
        came = [
            ran.at + round(ran.seconds * 1000)
            for ran in evidence.history.runs
            if (ran.run.flow, ran.run.action) == (BY_HAND, "create_ticket")
            and ran.status in ("succeeded", "failed")
            and evidence.history.actors.tickets.get(ran.run.subject) == ticket.id
        ]
        still_open = all(open for since, open in ticket.states if not came or since <= came[-1])
        over = max(close for sitting in chat.sittings for close in sitting.closes) < ticket.made_at
        alone = not any(other is not ticket and chat.name in (other.own, other.origin) for other in evidence.tickets)
        types = {inbox.name: inbox.type for inbox in evidence.history.weeks.account.inboxes}
        if still_open and over and alone and types[chat.inbox] == "INBOX":
            yield Break(self.name, chat.name, ticket.made_at, f"ticket {ticket.id}, made by a rep, has no clock")


def _is_overtaken(evidence: Evidence, line: Line) -> bool:
    """Whether it was written in a run that failed, and a rep made a ticket of the chat before the next attempt."""
    if line.chat not in evidence.chats:
        return False
    waits = list(gaps(evidence, evidence.chats[line.chat]))
    made = [ticket.made_at for ticket in evidence.by_rep(line.chat)]
    return any(begin <= line.since < at <= end for begin, end in waits for at in made)


def clock(ticket: Ticket, closes: list[int]) -> tuple[int | None, ...]:
    """What both dates have to be for these closes."""
    return (wait_began(ticket, closes), closes[0]) if closes else (None, None)


def carried(ticket: Ticket) -> list[int]:
    """The listed closes whose line came onto it while it was open, or just before we opened it again.

    A line that a rep's closing was a moment ahead of stays where it is, and the chat gets another ticket.
    """

    def counts(since: int) -> bool:
        following = next((stage for stage in ticket.stages if stage.at > since), None)
        return ticket.is_open(since) or (following is not None and following.source == API)

    return sorted({line.close for line in ticket.lines if counts(line.since)})


def wait_began(ticket: Ticket, closes: list[int]) -> int:
    """The first close, or the last one before which somebody had answered since the wait began."""
    began = closes[0]
    for close in closes[1:]:
        listed = max(close, min(line.since for line in ticket.lines if line.close == close))
        answered = any(
            began < stage.at <= (listed if stage.value == CLOSED else close)
            for stage in ticket.stages
            if stage.value in (WAITING, CLOSED)
        )
        began = close if answered else began
    return began
