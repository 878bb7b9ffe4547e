"""Which closes of a chat must be served? Told from the events and their labels alone, by the rules of the sitting."""

from dataclasses import dataclass, field

from tests.simulation.events import AnyEvent, Label, ReopensByMistake, Talks, Weeks


@dataclass
class Sitting:
    """All that is said until a close after which the visitor was silent for half an hour."""

    chat: str
    visitor: str
    begins: int
    label: Label
    closes: list[int] = field(default_factory=list)
    """Every close in it, oldest first: also those that did not end it, and an agent's afterthought days later."""
    ends: int = 0
    """The close that ended it."""


@dataclass
class Chat:
    """One chat of the weeks."""

    name: str
    visitor: str
    inbox: str
    sittings: list[Sitting] = field(default_factory=list)

    def sitting_of(self, close: int) -> Sitting | None:
        """The sitting in which it closed at that moment."""
        return next((one for one in self.sittings if close in one.closes), None)


def chats_of(weeks: Weeks) -> dict[str, Chat]:
    """Every chat by name, with its sittings, oldest first."""
    chats: dict[str, Chat] = {}
    for event in weeks.events:
        _take(chats, event)
    return chats


def _take(chats: dict[str, Chat], event: AnyEvent) -> None:
    if isinstance(event, Talks):
        chat = chats.setdefault(event.chat, Chat(event.chat, event.visitor, event.inbox))
        closes = event.closes
        sitting = Sitting(event.chat, event.visitor, event.at, event.label, closes, closes[-1])
        chat.sittings.append(sitting)
    elif isinstance(event, ReopensByMistake) and event.chat in chats:
        chats[event.chat].sittings[-1].closes.append(event.at + event.closes_after)
