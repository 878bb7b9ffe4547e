"""Does every visitor who was left waiting get a ticket, in time, and only one?"""

import itertools
from collections.abc import Iterator

from harness.clock import millis
from tests.simulation.events import MINUTE, SwitchedOff
from tests.simulation.expected import Chat, Sitting
from tests.simulation.invariants.promise import FLOW, Break, Evidence
from tests.simulation.tickets import US, Ticket

IN_TIME = 5 * MINUTE
DELAY = MINUTE  # the flow's own, before its first action


class Served:
    """An open ticket carries the sitting: made for it, made from the chat by a rep, or listing one of its closes."""

    name = "served"
    sentence = (
        "Every unresolved sitting that no later resolved one overtook is served, within 5 minutes of the end of the "
        "last outage, by exactly one ticket that was open at that moment and names the thread."
    )

    def check(self, evidence: Evidence) -> Iterator[Break]:
        for chat, sitting in evidence.unresolved():
            due = deadline(evidence, chat, sitting)
            if due is None:
                continue
            moments = sorted(at for ticket in evidence.tickets for at in carries(ticket, chat, sitting, evidence))
            if not moments:
                yield Break(self.name, chat.name, sitting.ends, "no open ticket ever carried it")
            elif moments[0] > due:
                late = (moments[0] - due) / 60_000
                yield Break(self.name, chat.name, sitting.ends, f"a ticket carried it {late:.1f} minutes too late")
            elif not was_turned_away(evidence, chat, sitting) and not _is_listed(evidence, chat, sitting):
                yield Break(self.name, chat.name, sitting.ends, "no ticket ever listed it")
        yield from self._more_than_one(evidence)
        yield from self._lost(evidence)

    def _more_than_one(self, evidence: Evidence) -> Iterator[Break]:
        """Two open tickets of our making, or one of ours beside a rep's that could be seen before."""
        lag = evidence.history.weeks.account.association_lag
        for chat in evidence.chats.values():
            named = [ticket for ticket in evidence.tickets if chat.name == ticket.about]
            for ticket in named:
                if ticket.made_by != US:
                    continue
                others = [
                    other
                    for other in named
                    if other is not ticket
                    and other.is_open(ticket.made_at)
                    and other.made_at + (0 if other.made_by == US else lag + DELAY) < ticket.made_at
                ]
                if others:
                    made_by = " and ".join(sorted({other.made_by for other in others}))
                    yield Break(
                        self.name, chat.name, ticket.made_at, f"a second ticket, beside an open one of {made_by}"
                    )

    def _lost(self, evidence: Evidence) -> Iterator[Break]:
        """A ticket that does not name the thread any more: its rep does not know of the chat."""
        for ticket in evidence.tickets:
            for line in ticket.lines:
                if line.lost:
                    yield Break(self.name, line.chat, line.since, f"ticket {ticket.id} does not list it any more")


def _is_listed(evidence: Evidence, chat: Chat, sitting: Sitting) -> bool:
    """Whether a ticket lists one of its closes or a later one: what only came from the chat has no clock of ours."""
    lines = (line for ticket in evidence.tickets for line in ticket.lines)
    return any(line.chat == chat.name and line.close >= sitting.closes[0] for line in lines)


def carries(ticket: Ticket, chat: Chat, sitting: Sitting, evidence: Evidence) -> Iterator[int]:
    """The moments from which on it carried a sitting and was open."""
    first = sitting.closes[0]
    since = [line.since for line in ticket.lines if line.chat == chat.name and line.close in sitting.closes]
    if ticket.origin == chat.name:
        since.append(max(ticket.made_at, first))
    named = ticket.names_since(chat.name)
    if named is not None and was_turned_away(evidence, chat, sitting):  # few tickets name it, and the flow is long
        since.append(max(named, first))
    for at in since:
        yield from ticket.opened_after(at)


def deadline(evidence: Evidence, chat: Chat, sitting: Sitting) -> int | None:
    """Until when a sitting has to be served; None when a resolved one overtook it.

    What HubSpot itself makes a chat wait is added: the gaps before it tries again a run that the weather broke, and the
    time for which the workflow was off. While the visitor is back, nobody can judge: the next close counts then.
    """
    seen = max([sitting.ends, *(off.until for off in _off(evidence, sitting.ends))])
    due = seen + IN_TIME
    later = [one for one in chat.sittings if one.begins > sitting.begins]
    waits = sorted(gaps(evidence, chat))
    for _ in range(2 + len(later) + len(waits)):
        before = due
        due = seen + IN_TIME + sum(end - max(begin, seen) for begin, end in waits if begin <= due and end > seen)
        due = max(due, before)
        for one in later:
            if one.begins <= due:
                if one.label == "resolved":
                    return None
                following = deadline(evidence, chat, one)
                due = max(due, following or 0)
        if due == before:
            break
    return due


def was_turned_away(evidence: Evidence, chat: Chat, sitting: Sitting) -> bool:
    """Whether HubSpot kept it out because the chat was still on its way through the flow, from an earlier close."""
    thread = evidence.history.actors.threads[chat.name]
    record = evidence.history.portal.chat(thread).record_id
    passages = evidence.history.workflows[FLOW].history
    return any(one.record_id == record and one.number is None and millis(one.at) in sitting.closes for one in passages)


def _off(evidence: Evidence, at: int) -> Iterator[SwitchedOff]:
    """The times around a moment in which the chat's flow was off."""
    for event in evidence.history.switched_off:
        if event.flow == FLOW and event.at <= at < event.until:
            yield event


def gaps(evidence: Evidence, chat: Chat) -> Iterator[tuple[int, int]]:
    """From each run that the weather broke to HubSpot's next attempt at it."""
    runs = evidence.runs_of(chat.name)
    for ran, following in itertools.pairwise(runs):
        again = following.run.action == ran.run.action and following.run.enrolment == ran.run.enrolment
        if ran.status == "will_retry" and ran.struck and again:
            yield ran.at, following.at
