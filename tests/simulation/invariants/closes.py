"""Does a ticket's clock start at the right close? Reckoned anew from labels, lists and the history of stages."""

from collections.abc import Iterator

from tests.simulation.invariants.promise import Break, Evidence
from tests.simulation.tickets import API, US, Ticket, epoch

WAITING, CLOSED = "2", "4"  # HubSpot's Support Pipeline (documented)


class RightCloses:
    """A list names real closes of sittings that were unresolved; both dates follow from it."""

    name = "right closes"
    sentence = "chat_closed_at and chat_first_closed_at are the right closes."

    def check(self, evidence: Evidence) -> Iterator[Break]:
        for ticket in evidence.tickets:
            yield from self._listed(evidence, ticket)
            yield from self._listed_again(evidence, ticket)
            yield from self._dates(ticket)

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

    def _dates(self, ticket: Ticket) -> Iterator[Break]:
        closes = carried(ticket)
        if ticket.lines and not closes:
            return
        wanted = (
            {"chat_closed_at": None, "chat_first_closed_at": None}
            if not closes
            else {
                "chat_closed_at": wait_began(ticket),
                "chat_first_closed_at": closes[0],
            }
        )
        for name, close in wanted.items():
            text = ticket.values.get(name, "")
            found = epoch(text) if text else None
            if found != close:
                at = max((line.since for line in ticket.lines), default=ticket.made_at)
                chat = ticket.about
                apart = f" by {(found - close) / 60_000:+.1f} minutes" if found and close else ""
                yield Break(
                    self.name,
                    chat,
                    at,
                    f"{name} of ticket {ticket.id} is wrong{apart or ': it is ' + (text or 'empty')}",
                )


def carried(ticket: Ticket) -> list[int]:
    """The listed closes whose line came onto it while it was open, or just before we opened it again.

    A line that a rep's closing was a moment ahead of stays where it is, and the chat gets another ticket.
    """

    def counts(since: int) -> bool:
        following = next((stage for stage in ticket.stages if stage.at > since), None)
        return ticket.is_open(since) or (following is not None and following.source == API)

    return sorted({line.close for line in ticket.lines if counts(line.since)})


def wait_began(ticket: Ticket) -> int:
    """The first close, or the last one before which somebody had answered since the wait began."""
    closes = carried(ticket)
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
