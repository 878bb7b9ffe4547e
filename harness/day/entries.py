"""The day file's own words: what a day, a chat and a ticket of it can say."""

from typing import Any

import msgspec

NOBODY = "nobody"
ATTACHED = "attached to "


class ChatEntry(msgspec.Struct, forbid_unknown_fields=True):
    """One chat as the file writes it."""

    name: str
    at: str
    visitor: str = msgspec.field(name="from")
    talk: list[dict[str, Any]]
    expected: str
    called: str = ""
    inbox: str = ""
    channel: str = "1000"
    spam: bool = False


class TicketEntry(msgspec.Struct, forbid_unknown_fields=True):
    """A ticket from before this day."""

    name: str
    of: str
    days_ago: int
    subject: str
    closed_days_ago: int | None = None


class DayEntry(msgspec.Struct, forbid_unknown_fields=True):
    """The file as a whole; chats, tickets and weather are read one by one, so that a refusal can name theirs."""

    day: str
    served_inboxes: list[str]
    agents: list[str]
    confirmations: int
    chats: list[Any]
    other_inboxes: list[str] = []
    canaries: list[str] = []
    tickets: list[Any] = []
    weather: list[Any] = []

    @property
    def inboxes(self) -> list[str]:
        """Every inbox of the day, those that are served first."""
        return [*self.served_inboxes, *self.other_inboxes]
