"""A day that can be played: its chats with their moments, and how each should end."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from harness.day.entries import ATTACHED, ChatEntry, DayEntry, TicketEntry
from harness.day.talk import Step
from harness.day.weather import WeatherEntry


@dataclass(frozen=True)
class Sitting:
    """What is served: from its first line to the close that ended it."""

    begins: datetime
    closes: datetime


@dataclass(frozen=True)
class ChatPlan:
    """One chat to be played, and how it should end: `ticket`, `nothing`, or the name it is attached to."""

    entry: ChatEntry
    starts: datetime
    steps: tuple[Step, ...]

    @property
    def name(self) -> str:
        return self.entry.name

    @property
    def attached_to(self) -> str:
        """The chat or ticket it should end up at; empty when it stands for itself."""
        return self.entry.expected.removeprefix(ATTACHED) if self.entry.expected.startswith(ATTACHED) else ""

    @property
    def unresolved_sittings(self) -> list[Sitting]:
        """The sittings that the file's author calls unresolved."""
        sittings, begins = [], self.starts
        for step, following in zip(self.steps, [*self.steps[1:], None], strict=True):
            if step.kind != "close" or step.text == "again":
                continue
            if step.text == "unresolved":
                sittings.append(Sitting(begins, step.at))
            if following is not None:
                begins = following.at
        return sittings


@dataclass(frozen=True)
class Day:
    """A day that can be played."""

    file: Path
    begins: datetime
    entry: DayEntry
    chats: tuple[ChatPlan, ...]
    tickets: tuple[TicketEntry, ...]
    weather: tuple[WeatherEntry, ...]

    @property
    def first_moment(self) -> datetime:
        """Early enough for the oldest ticket of the file."""
        oldest = max((ticket.days_ago for ticket in self.tickets), default=0)
        return self.begins - timedelta(days=oldest + 1)
