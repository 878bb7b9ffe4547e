"""Does who opens a ticket learn what the chat was about, and find the chat?"""

from collections.abc import Iterator

from tests.simulation.events import VISITOR, Ruled, Talks
from tests.simulation.invariants.promise import Break, Evidence
from tests.simulation.tickets import API, US, Ticket

SHORT = "short descriptions"


class TellsWhatWasSaid:
    """What the visitor said in the sitting it was made for; unless the account takes no description of that length."""

    name = "tells what was said"
    sentence = (
        "The description of a ticket that we made holds the visitor's words, unless the account takes none so long."
    )

    def check(self, evidence: Evidence) -> Iterator[Break]:
        ruled = [
            event.at for event in evidence.history.weeks.events if isinstance(event, Ruled) and event.rule == SHORT
        ]
        for ticket in evidence.tickets:
            if ticket.made_by != US or any(at <= ticket.made_at for at in ruled):
                continue
            written = next((value.value for value in ticket.past.get("content", []) if value.source == API), "")
            missing = [words for words in _words(evidence, ticket) if words not in written]
            if missing:
                what = f"ticket {ticket.id} does not hold: {missing[0]}" if written else f"ticket {ticket.id} is empty"
                yield Break(self.name, ticket.about, ticket.made_at, what)


class OpensTheChat:
    """By its associations, and by the address that stands on it: a rep may have typed another."""

    name = "opens the chat"
    sentence = (
        "A ticket is linked with the conversation of each chat that it lists, and has the address of one in the inbox."
    )

    def check(self, evidence: Evidence) -> Iterator[Break]:
        for ticket in evidence.tickets:
            for line in ticket.lines:
                if (ticket.id, line.chat) not in evidence.linked:
                    yield Break(self.name, line.chat, line.since, f"ticket {ticket.id} is not linked with it")
            if ticket.lines and not _has_address(evidence, ticket):
                what = f"ticket {ticket.id} has no address of a chat"
                yield Break(self.name, ticket.about, ticket.lines[0].since, what)


def _words(evidence: Evidence, ticket: Ticket) -> Iterator[str]:
    """What the visitor said in the newest sitting that it listed from its beginning."""
    closes = [line.close for line in ticket.lines if line.since == ticket.lines[0].since]
    chat = evidence.chats.get(ticket.about)
    sitting = chat.sitting_of(max(closes)) if chat is not None and closes else None
    if sitting is not None:
        for event in evidence.history.weeks.events:
            if isinstance(event, Talks) and (event.chat, event.at) == (sitting.chat, sitting.begins):
                yield from (line.text for line in event.lines if line.who == VISITOR)


def _has_address(evidence: Evidence, ticket: Ticket) -> bool:
    """Whether the last segment of what we wrote names one of its threads."""
    threads = {
        evidence.history.actors.threads.get(chat) for chat in (*(line.chat for line in ticket.lines), ticket.origin)
    }
    written = [value for value in ticket.past.get("conversation_link", []) if value.value]
    return bool(written) and all(value.source != API or value.value.rpartition("/")[2] in threads for value in written)
