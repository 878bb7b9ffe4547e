"""Faults about which ticket a chat comes to, forged into good weeks: each has to break its promise, and no other."""

from collections.abc import Callable

from tests.simulation.conftest import MONDAY
from tests.simulation.events import DAY, HOUR
from tests.simulation.forging import of, with_run
from tests.simulation.invariants.promise import Evidence
from tests.simulation.tickets import Ticket, Value


def failed_for_good(evidence: Evidence) -> None:
    with_run(evidence, status="failed", error="ValueError: zone unknown")


def its_own_ticket_stays_closed(evidence: Evidence) -> None:
    of(evidence, "chat-1").own = ""
    made, states = MONDAY - DAY, [(MONDAY - DAY, True), (MONDAY - HOUR, False)]
    evidence.tickets.append(Ticket("71", "a rep", made, "", "chat-1", made, states, [], [], {}))


def joined_one_of_long_ago(evidence: Evidence) -> None:
    ticket = of(evidence, "chat-2")
    ticket.own, ticket.made_at = "", MONDAY - 8 * DAY


def joined_one_of_many(evidence: Evidence) -> None:
    ticket, made = of(evidence, "chat-2"), MONDAY - HOUR
    ticket.own, ticket.made_by = "", "the help desk"
    evidence.tickets += [
        Ticket(str(n), "the help desk", made, "chat-2", "", 0, [(made, True)], [], [], {}) for n in range(71, 77)
    ]


def goes_on_waiting(evidence: Evidence) -> None:
    ticket = of(evidence, "chat-1")
    ticket.stages = [Value(ticket.made_at - HOUR, "2", "CRM_UI")]


FORGED_JOINS: dict[str, tuple[Callable[[Evidence], None], ...]] = {
    "comes through": (failed_for_good,),
    "back again": (its_own_ticket_stays_closed,),
    "same issue": (joined_one_of_long_ago, joined_one_of_many),
    "moves on": (goes_on_waiting,),
}
