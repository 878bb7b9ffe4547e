"""How the lines of a seed's chat are said, each at its own time, and the tickets that reps make of it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import msgspec

from harness.portal import Chat, Portal
from harness.serve.seed import Line
from harness.serve.spans import span

PAUSE = timedelta(seconds=30)  # between two lines that say no wait


@dataclass(frozen=True)
class Talk:
    """One chat that is planted."""

    portal: Portal
    chat: Chat
    contact: str | None
    numbered: Callable[[str], str]

    def has_ticket(self, subject: str, when: datetime) -> str:
        """A rep makes a ticket of the chat, as the button in HubSpot's inbox does."""
        return self.portal.has_ticket(subject, thread=self.chat, contact=self.contact, createdate=when.isoformat())


def talk(said: Talk, lines: Sequence[Line], begins: datetime, now: datetime) -> None:
    """Say every line; the last one not after now."""
    when = begins
    for number, line in enumerate(lines, 1):
        given = {name: value for name, value in msgspec.structs.asdict(line).items() if value is not None}
        if len(given) != 1:
            listed = ", ".join(given) or "none"
            raise ValueError(
                f"talk, line {number}: expected one of {', '.join(Line.__struct_fields__)}, found {listed}"
            )
        ((kind, text),) = given.items()
        if kind == "wait":
            # A wait may lie beyond all dates; what follows is ahead then as after any long one.
            when += min(span(text), now - when + PAUSE)
            continue
        if when > now:
            raise ValueError(f"talk, line {number}: expected it not after now, found it ahead: a larger ago")
        _say(said, kind, said.numbered(text), when)
        when += PAUSE
    said.chat.at(None)


def _say(said: Talk, kind: str, text: str, when: datetime) -> None:
    chat = said.chat.at(when)
    verbs: dict[str, Callable[[str], object]] = {
        "visitor": chat.says,
        "agent": chat.agent,
        "bot": chat.bot,
        "ai": chat.llm,
        "comment": chat.comment,
        "close": lambda by: chat.closes(chat.actor(by)),
        "reopen": lambda by: chat.reopens(chat.actor(by)),
        "ticket": lambda subject: said.has_ticket(subject, when),
    }
    verbs[kind](text)
