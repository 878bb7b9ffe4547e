"""Is a visitor told what is so: a moment that is still to come, in an e-mail that is their ticket's?"""

import re
from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from tests.simulation.events import MINUTE, SECOND, Account
from tests.simulation.invariants.due import CLOSED, in_force, past, priorities
from tests.simulation.invariants.opening import due
from tests.simulation.invariants.promise import A_RUN, Break, Evidence
from tests.simulation.tickets import API, Ticket, epoch

SENTENCE = "chat_expected_response"
CLOCK = "stamp_chat_closed_at"
SHOWN = "%Y-%m-%d %H:%M"
MOMENT = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d")


class RightMomentTold:
    """Each sentence that we wrote, at the moment at which we wrote it."""

    name = "right moment told"
    sentence = (
        "The sentence for the visitor names the moment at which the answer is due; where that is gone by then, or no "
        "chat has closed yet, as many business hours from now."
    )

    def check(self, evidence: Evidence) -> Iterator[Break]:
        account = evidence.history.weeks.account
        for ticket in evidence.tickets:
            for value in past(ticket, SENTENCE):
                if value.source == API and not _moments(account, ticket, value.at) & _named(account, value.value):
                    yield Break(self.name, ticket.about, value.at, f"ticket {ticket.id} says: {value.value}")


class EmailsAgree:
    """By the e-mail's own properties. HubSpot may make it wait after the clock was reckoned, and nobody looks again."""

    name = "e-mails agree with tickets"
    sentence = (
        "Each e-mail tells its ticket's number and sentence, and names no moment that was gone when the clock was "
        "reckoned for it."
    )

    def check(self, evidence: Evidence) -> Iterator[Break]:
        zone = ZoneInfo(evidence.history.weeks.account.zone)
        tickets = {ticket.id: ticket for ticket in evidence.tickets}
        for at, id, own in evidence.letters:
            ticket = tickets.get(id)
            if ticket is None:
                continue
            stood = _stood(ticket, at)
            said = own.get("expected_response", "") if own else in_force(ticket, SENTENCE, at)
            if own and own.get("ticket_number") != id:
                yield Break(self.name, ticket.about, at, f"an e-mail of ticket {id} names {own.get('ticket_number')}")
            if said not in stood:
                yield Break(self.name, ticket.about, at, f"an e-mail of ticket {id} says what it never said: {said}")
            elif any(moment + MINUTE <= _reckoned(evidence, ticket, at) for moment in _read(said, zone)):
                yield Break(self.name, ticket.about, at, f"an e-mail of ticket {id} names what is gone: {said}")


def _moments(account: Account, ticket: Ticket, at: int) -> set[str]:
    """Every moment that may be named then, as it is shown: a run reckons with what it read, and with its own now."""
    found = set()
    closed = in_force(ticket, CLOSED, at)
    for priority in priorities(ticket, at):
        asked = due(account, epoch(closed), priority) if closed else 0
        if asked > at - A_RUN:
            found.add(asked)
        if asked <= at:
            found |= {due(account, now, priority) for now in range(at - A_RUN, at + 1, SECOND)}
    zone = ZoneInfo(account.zone)
    return {datetime.fromtimestamp(moment / SECOND, zone).strftime(SHOWN) for moment in found}


def _named(account: Account, sentence: str) -> set[str]:
    """The moment that a sentence names in the account's time zone."""
    return set(MOMENT.findall(sentence)) if f"({account.zone})" in sentence else set()


def _reckoned(evidence: Evidence, ticket: Ticket, until: int) -> int:
    """When a run for the ticket, or for a chat on it, reckoned its clock last; 0 for never."""
    made = evidence.history.actors.tickets
    subjects = {line.chat for line in ticket.lines} | {name for name, id in made.items() if id == ticket.id}
    return max(
        (
            ran.at
            for ran in evidence.history.runs
            if (ran.run.action, ran.status) == (CLOCK, "succeeded") and ran.run.subject in subjects and ran.at <= until
        ),
        default=0,
    )


def _read(sentence: str, zone: ZoneInfo) -> Iterator[int]:
    """What it names, as epoch ms; of an hour that a change of clocks repeats the later one."""
    for shown in MOMENT.findall(sentence):
        yield round(datetime.strptime(shown, SHOWN).replace(tzinfo=zone, fold=1).timestamp()) * SECOND


def _stood(ticket: Ticket, at: int) -> set[str]:
    """Every sentence that stood on the ticket while the run can have read it."""
    found = {value.value for value in past(ticket, SENTENCE) if at - A_RUN <= value.at <= at}
    return (found | {in_force(ticket, SENTENCE, moment) for moment in (at - A_RUN, at)}) - {""}
