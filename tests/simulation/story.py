"""Tells weeks that were cut down as a short story: who did what when, which fault struck, and what was broken."""

from collections.abc import Iterator
from typing import assert_never

from tests.simulation import events
from tests.simulation.cutting import Cut
from tests.simulation.events import CLOSE, REOPEN, AnyEvent, Fault, Line, Talks
from tests.simulation.faults import WORDS
from tests.simulation.invariants import Break
from tests.simulation.playing import History
from tests.simulation.stage import moment

Told = tuple[int, str]
WHEN = "%a %d %b %H:%M:%S"
VERBS = {"visitor": "writes", "agent": "answers", "bot": "answers", "ai": "answers", "comment": "notes"}


def story(cut: Cut, command: str) -> str:
    """One line for each thing that happened, oldest first; last what is broken, and how to see it again."""
    told = [line for event in cut.weeks.events for line in _event(event)]
    told += [_fault(fault, cut.history) for fault in cut.history.struck]
    told += list(_runs(cut.history))
    lines = [f"{moment(at):{WHEN}}  {text}" for at, text in sorted(told, key=lambda one: one[0])]
    broke = cut.broke
    whole = "" if cut.whole else " (the time was over before it was as short as can be)"
    left = f"{len(cut.weeks.events)} event(s) and {len(cut.history.struck)} fault(s)"
    return "\n".join(
        [
            break_line(broke),
            f"cut down in {cut.plays} plays to {left}{whole}:",
            *(f"  {line}" for line in lines),
            f"again: {command}",
        ]
    )


def break_line(broke: Break) -> str:
    """Which promise was broken for whom, when and how."""
    return f"{broke.invariant}: {broke.chat or 'nobody in particular'}, {moment(broke.at):{WHEN}}: {broke.what}"


def _event(event: AnyEvent) -> Iterator[Told]:
    match event:
        case Talks():
            yield from _talk(event)
        case events.ReopensByMistake():
            yield event.at, f"{event.agent} reopens {event.chat} by mistake"
            yield event.at + event.closes_after, f"{event.agent} closes {event.chat} again"
        case events.MakesTicket():
            yield event.at, f"a rep makes a ticket from {event.chat}"
        case events.MakesTicketOfNoChat():
            yield event.at, f"a rep makes a ticket for {event.visitor}, of no chat"
        case events.ClosesTickets():
            when = f", right after {event.between}," if event.between else ""
            yield event.at, f"a rep{when} closes the tickets of {event.chat} and its visitor"
        case events.Answers():
            yield event.at, f"a rep answers: the tickets of {event.chat} wait on the contact"
        case events.Types():
            yield event.at, f"a rep types into {event.property} of the tickets of {event.chat}"
        case events.Merges():
            yield event.at, f"a rep merges {event.other} into {event.survivor}"
        case events.Ruled():
            yield event.at, f"the portal has a new rule: {event.rule}"
        case events.SwitchedOff():
            yield event.at, f"the flow {event.flow} is switched off, until {moment(event.until):%H:%M:%S}"
        case events.Outage():
            yield event.at, f"HubSpot's API answers 503 to everything, until {moment(event.until):%H:%M:%S}"
        case _:
            assert_never(event)


def _talk(talks: Talks) -> Iterator[Told]:
    for line in talks.lines:
        yield talks.at + line.after, _line(talks, line)


def _line(talks: Talks, line: Line) -> str:
    if line.who == CLOSE:
        return f"{talks.chat} is closed: {talks.label}"
    if line.who == REOPEN:
        return f"{talks.agent} reopens {talks.chat} by mistake"
    who = {"visitor": talks.visitor, "agent": talks.agent, "comment": talks.agent}.get(line.who, f"the {line.who}")
    return f"{who} {VERBS[line.who]} in {talks.chat} ({talks.inbox})"


def _fault(fault: Fault, history: History) -> Told:
    ran = next(ran for ran in history.runs if ran.run == fault.run)
    method, path = ran.calls[fault.call - 1][:2] if fault.call <= len(ran.calls) else ("", "")
    run = fault.run
    which = f"{run.action} of {run.subject}" + (f", attempt {run.attempt}" if run.attempt > 1 else "")
    return ran.at, f"fault: {which}, call {fault.call} {method} {path}: {WORDS[fault.kind]}"


def _runs(history: History) -> Iterator[Told]:
    """The runs that wrote, or did not succeed; what only read is left out."""
    for ran in history.runs:
        writes = any(method in ("POST", "PATCH", "PUT") and "/batch/read" not in path for method, path, _ in ran.calls)
        if writes or ran.status != "succeeded":
            yield ran.at, f"{ran.run.action} of {ran.run.subject}, attempt {ran.run.attempt}: {ran.status}"
