"""Does a visitor who is back in a chat find the ticket again that the chat had?"""

from collections.abc import Iterator

from tests.simulation.events import DAY
from tests.simulation.invariants.joined import Joined, joins
from tests.simulation.invariants.promise import A_RUN, Break, Evidence
from tests.simulation.tickets import Ticket

REOPENED_FOR = 7 * DAY


class BackAgain:
    """By the chat's key: another ticket carries a close for which the chat's own one was to be opened again."""

    name = "back again"
    sentence = "A chat whose own ticket was closed less than seven days before its close is put on that ticket again."

    def check(self, evidence: Evidence) -> Iterator[Break]:
        for joined in joins(evidence):
            own = _own(evidence, joined)
            if own is not None and not _was_there(own, joined) and _closed_of_late(own, joined):
                what = f"ticket {joined.ticket.id} carries it, although its own ticket {own.id} could be opened again"
                yield Break(self.name, joined.chat.name, joined.at, what)


def _own(evidence: Evidence, joined: Joined) -> Ticket | None:
    """The newest ticket that had the chat's key when the run began."""
    known = [one for one in evidence.tickets if one.own == joined.chat.name and one.own_since < joined.at - A_RUN]
    return max(known, key=lambda one: (one.made_at, one.id), default=None)


def _was_there(own: Ticket, joined: Joined) -> bool:
    """Whether it joined that one; or an older one of its own, which was open still."""
    theirs = joined.ticket
    return theirs is own or (theirs.own == joined.chat.name and theirs.made_at < joined.at)


def _closed_of_late(own: Ticket, joined: Joined) -> bool:
    """Whether it was closed, and had been for less than seven days when the chat closed, all through the run."""
    since, is_open = max((state for state in own.states if state[0] <= joined.at), default=(0, True))
    return not is_open and since < joined.at - A_RUN and joined.closes[-1] - since < REOPENED_FOR
