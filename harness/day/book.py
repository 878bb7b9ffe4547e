"""The day file, read and checked before anything is played."""

from datetime import datetime
from pathlib import Path

from harness.day.checks import check_chat, check_day, check_names, check_ticket
from harness.day.entries import ChatEntry, DayEntry, TicketEntry
from harness.day.moments import beginning_of, moment_on
from harness.day.plans import ChatPlan, Day
from harness.day.refusal import DayError
from harness.day.shapes import shaped
from harness.day.source import load
from harness.day.talk import Talk
from harness.day.weather import WeatherEntry, check_weather


def read_day(file: Path) -> Day:
    """The day in a file, or a DayError that names the place."""
    entry = shaped(file, "the file", load(file), DayEntry)
    begins = beginning_of(file, entry.day)
    check_day(file, entry)
    chats = tuple(_read_chat(file, begins, entry, raw, place) for place, raw in enumerate(entry.chats, start=1))
    tickets = tuple(
        shaped(file, _where("ticket", raw, "name", place), raw, TicketEntry)
        for place, raw in enumerate(entry.tickets, start=1)
    )
    weather = tuple(
        shaped(file, _where("weather", raw, "at", place), raw, WeatherEntry)
        for place, raw in enumerate(entry.weather, start=1)
    )
    for ticket in tickets:
        check_ticket(file, ticket)
    for each in weather:
        check_weather(file, begins, each)
    check_names(file, chats, tickets)
    return Day(file, begins, entry, chats, tickets, weather)


def _read_chat(file: Path, begins: datetime, day: DayEntry, raw: object, place: int) -> ChatPlan:
    where = _where("chat", raw, "name", place)
    entry = shaped(file, where, raw, ChatEntry)
    check_chat(file, where, day, entry)
    starts = moment_on(file, where, begins, entry.at)
    steps = tuple(Talk(file, entry.name, begins, starts, day.agents).steps(entry.talk))
    last = steps[-1] if steps else None
    if last is None or last.kind != "close" or last.text == "again":
        found = "nothing" if last is None else f"{last.kind}{': again' if last.kind == 'close' else ''}"
        raise DayError(
            file,
            where,
            expected="close: unresolved or close: resolved as the last line",
            found=found,
            remedy="Say how it was closed for good.",
        )
    return ChatPlan(entry, starts, steps)


def _where(what: str, raw: object, key: str, place: int) -> str:
    name = raw.get(key) if isinstance(raw, dict) else None
    if not isinstance(name, str) or not name:
        return f"{what} number {place}"
    return f"{what} at {name}" if key == "at" else f"{what} {name}"
