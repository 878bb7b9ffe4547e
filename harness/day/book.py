"""The day file: what it says, checked before anything is played."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec

from harness.day.moments import moment_on
from harness.day.refusal import DayError
from harness.day.talk import Step, Talk
from harness.day.weather import WeatherEntry

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
    """The file as a whole; chats are read one by one, so that a refusal can name theirs."""

    day: date
    served_inboxes: list[str]
    agents: list[str]
    confirmations: int
    chats: list[dict[str, Any]]
    other_inboxes: list[str] = []
    canaries: list[str] = []
    tickets: list[TicketEntry] = []
    weather: list[WeatherEntry] = []


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

    @property
    def first_moment(self) -> datetime:
        """Early enough for the oldest ticket of the file."""
        oldest = max((ticket.days_ago for ticket in self.entry.tickets), default=0)
        return self.begins - timedelta(days=oldest + 1)


def read_day(file: Path) -> Day:
    """The day in a file, or a DayError that names the chat."""
    entry = _read_entry(file)
    begins = datetime(entry.day.year, entry.day.month, entry.day.day, tzinfo=UTC)
    chats = tuple(_read_chat(file, begins, entry, raw, place) for place, raw in enumerate(entry.chats))
    _check_weather(file, entry)
    _check_names(file, entry, chats)
    return Day(file, begins, entry, chats)


def _read_entry(file: Path) -> DayEntry:
    import yaml

    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as problem:
        found = "no file" if isinstance(problem, FileNotFoundError) else str(problem)
        raise DayError(file, "the file", expected="a day in YAML", found=found, remedy="Correct the path.") from None
    try:
        return msgspec.convert(yaml.safe_load(text), DayEntry)
    except yaml.YAMLError as problem:
        found = " ".join(str(problem).split())
        raise DayError(file, "the file", expected="YAML", found=found, remedy="Correct it there.") from None
    except msgspec.ValidationError as problem:
        raise _shape(file, "the file", problem) from None


def _read_chat(file: Path, begins: datetime, day: DayEntry, raw: dict[str, Any], place: int) -> ChatPlan:
    where = f"chat {raw.get('name', f'number {place + 1}')}"
    try:
        entry = msgspec.convert(raw, ChatEntry)
    except msgspec.ValidationError as problem:
        raise _shape(file, where, problem) from None
    inboxes = [*day.served_inboxes, *day.other_inboxes]
    if entry.inbox and entry.inbox not in inboxes:
        raise DayError(
            file,
            where,
            expected=f"inbox {' or '.join(inboxes)}",
            found=entry.inbox,
            remedy="Correct its inbox.",
        )
    starts = moment_on(file, where, begins, entry.at)
    steps = tuple(Talk(file, entry.name, begins, starts, day.agents).steps(entry.talk))
    if not steps or steps[-1].kind != "close":
        last = steps[-1].kind if steps else "nothing"
        raise DayError(file, where, expected="a close as the last line", found=last, remedy="Say how it was closed.")
    return ChatPlan(entry, starts, steps)


def _check_weather(file: Path, entry: DayEntry) -> None:
    for weather in entry.weather:
        one_of = [weather.storm is not None, weather.outage is not None]
        if sum(one_of) != 1 or (weather.storm is not None and bool(weather.storm.times) == bool(weather.storm.until)):
            raise DayError(
                file,
                f"weather at {weather.at}",
                expected="an outage, or a storm with either times or until",
                found="neither or both",
                remedy="Write one.",
            )


def _check_names(file: Path, entry: DayEntry, chats: tuple[ChatPlan, ...]) -> None:
    by_reps = [step.name for chat in chats for step in chat.steps if step.kind == "ticket"]
    names = [chat.name for chat in chats] + [ticket.name for ticket in entry.tickets] + by_reps
    for name in names:
        if names.count(name) > 1:
            raise DayError(file, f"chat {name}", expected="a name of its own", found="it twice", remedy="Rename one.")
    for chat in chats:
        expected = chat.entry.expected
        if expected in ("ticket", "nothing") or chat.attached_to in names:
            continue
        raise DayError(
            file,
            f"chat {chat.name}",
            expected="expected: ticket, nothing, or attached to the name of a chat or ticket of this file",
            found=f"{expected:.60}",
            remedy="Correct the name.",
        )


def _shape(file: Path, where: str, problem: msgspec.ValidationError) -> DayError:
    return DayError(
        file, where, expected="the shape of harness/day/monday.yaml", found=str(problem), remedy="Correct it."
    )
