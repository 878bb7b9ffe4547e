"""Faults in what tickets and e-mails say and where they lead, forged in what good weeks left behind."""

from collections.abc import Callable
from dataclasses import replace

from tests.simulation.events import DAY
from tests.simulation.forging import of
from tests.simulation.invariants.promise import Evidence


def _says(evidence: Evidence, name: str, value: str) -> None:
    """What we wrote into a property, in the place of what we did."""
    past = of(evidence, "chat-1").past
    past[name] = [replace(one, value=value) for one in past[name]]


def _letter(evidence: Evidence, *, later: int = 0, **changes: str) -> None:
    """Its e-mail, at another moment or with other properties."""
    evidence.letters = [
        (at + later, id, own | changes) if id == of(evidence, "chat-1").id else (at, id, own)
        for at, id, own in evidence.letters
    ]


def due_an_hour_early(evidence: Evidence) -> None:
    _says(evidence, "chat_sla_due_at", "2026-03-02T16:05:00Z")


def due_at_no_time(evidence: Evidence) -> None:
    del of(evidence, "chat-1").past["chat_sla_due_at"]


def names_what_is_gone(evidence: Evidence) -> None:
    _says(evidence, "chat_expected_response", "We will answer you by 2026-03-02 09:05 (Europe/Berlin).")
    evidence.letters.clear()


def names_another_zone(evidence: Evidence) -> None:
    _says(evidence, "chat_expected_response", "We will answer you by 2026-03-02 18:05 (UTC).")
    evidence.letters.clear()


def names_no_moment(evidence: Evidence) -> None:
    _says(evidence, "chat_expected_response", "We will answer you soon.")
    evidence.letters.clear()


def the_number_of_another(evidence: Evidence) -> None:
    _letter(evidence, ticket_number="71")


def a_sentence_of_its_own(evidence: Evidence) -> None:
    _letter(evidence, expected_response="We will answer you by 2026-03-02 18:06 (Europe/Berlin).")


def sent_when_it_is_gone(evidence: Evidence) -> None:
    runs = evidence.history.runs
    again = [replace(one, at=one.at + DAY) for one in runs if one.run.action == "stamp_chat_closed_at"]
    evidence.history = replace(evidence.history, runs=[*runs, *again])
    _letter(evidence, later=DAY)


def says_nothing(evidence: Evidence) -> None:
    del of(evidence, "chat-1").past["content"]


def says_what_nobody_said(evidence: Evidence) -> None:
    _says(evidence, "content", "Where is my invoice?")


def not_linked(evidence: Evidence) -> None:
    evidence.linked.discard((of(evidence, "chat-1").id, "chat-1"))


def no_address(evidence: Evidence) -> None:
    del of(evidence, "chat-1").past["conversation_link"]


def the_address_of_another(evidence: Evidence) -> None:
    thread = evidence.history.actors.threads["chat-2"]
    _says(evidence, "conversation_link", f"https://app.hubspot.com/live-messages/4711001/inbox/{thread}")


FORGED: dict[str, tuple[Callable[[Evidence], None], ...]] = {
    "due in business time": (due_an_hour_early, due_at_no_time),
    "right moment told": (names_what_is_gone, names_another_zone, names_no_moment),
    "e-mails agree with tickets": (the_number_of_another, a_sentence_of_its_own, sent_when_it_is_gone),
    "tells what was said": (says_nothing, says_what_nobody_said),
    "opens the chat": (not_linked, no_address, the_address_of_another),
}
