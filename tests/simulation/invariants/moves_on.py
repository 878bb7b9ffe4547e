"""Does a ticket stop waiting on a contact who has come back?"""

from collections.abc import Iterator

from tests.simulation.invariants.joined import joins
from tests.simulation.invariants.promise import A_RUN, Break, Evidence

WAITING = "2"  # HubSpot's Support Pipeline, Waiting on contact (documented)


class MovesOn:
    """By the stage that it had when its list grew, unless a rep put it there while the run was under way."""

    name = "moves on"
    sentence = "No ticket goes on waiting on the contact when a chat joins it."

    def check(self, evidence: Evidence) -> Iterator[Break]:
        for joined in joins(evidence):
            stages = [stage for stage in joined.ticket.stages if stage.at <= joined.at]
            if stages and stages[-1].value == WAITING and stages[-1].at < joined.at - A_RUN:
                what = f"ticket {joined.ticket.id} went on waiting on the contact"
                yield Break(self.name, joined.chat.name, joined.at, what)
