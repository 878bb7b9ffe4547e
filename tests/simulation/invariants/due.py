"""Does a ticket say rightly when an answer is due?"""

from collections.abc import Iterator

from tests.simulation.invariants.opening import due
from tests.simulation.invariants.promise import A_RUN, Break, Evidence
from tests.simulation.tickets import Ticket, Value, epoch

CLOSED, DUE = "chat_closed_at", "chat_sla_due_at"


class DueInBusinessTime:
    """At every moment at which one of the two was set, by the priority that the run can have read."""

    name = "due in business time"
    sentence = (
        "chat_sla_due_at is as many business hours after chat_closed_at as the ticket's priority says, by the opening "
        "hours and the time zone of the account."
    )

    def check(self, evidence: Evidence) -> Iterator[Break]:
        account = evidence.history.weeks.account
        for ticket in evidence.tickets:
            for at in sorted({value.at for name in (CLOSED, DUE) for value in past(ticket, name)}):
                closed, told = in_force(ticket, CLOSED, at), in_force(ticket, DUE, at)
                if not closed:
                    continue
                wanted = {due(account, epoch(closed), priority) for priority in priorities(ticket, at)}
                if not told or epoch(told) not in wanted:
                    apart = f"{(epoch(told) - min(wanted)) / 60_000:+.1f} minutes off" if told else "empty"
                    yield Break(self.name, ticket.about, at, f"chat_sla_due_at of ticket {ticket.id} is {apart}")


def past(ticket: Ticket, name: str) -> list[Value]:
    """What a property was set to, oldest first."""
    return ticket.past.get(name, [])


def in_force(ticket: Ticket, name: str, at: int) -> str:
    """What a property was at a moment; empty where it was not set."""
    return next((value.value for value in reversed(past(ticket, name)) if value.at <= at), "")


def priorities(ticket: Ticket, at: int) -> set[str]:
    """Every priority that a run which wrote then can have read."""
    typed = {value.value for value in past(ticket, "hs_ticket_priority") if at - A_RUN <= value.at <= at}
    return typed | {in_force(ticket, "hs_ticket_priority", at - A_RUN)}
