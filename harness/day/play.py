"""Puts the day on the portal's clock: every line, close, ticket and storm at its time."""

from dataclasses import dataclass, field
from datetime import datetime
from functools import partial

from harness.day.moments import moment_on
from harness.day.plans import ChatPlan, Day
from harness.day.stage import Stage
from harness.day.talk import Step
from harness.day.weather import Storm
from harness.portal import Chat

# Whoever writes in a closed chat reopens it (guessed for all but the visitor).
WRITING = ("visitor", "agent", "bot", "ai")


@dataclass
class Played:
    """What was put on the stage, by the names of the file."""

    stage: Stage
    threads: dict[str, str] = field(default_factory=dict)
    """Chat name → thread id."""
    closes: int = 0
    outages: list[tuple[datetime, datetime]] = field(default_factory=list)


def plan(day: Day, stage: Stage) -> Played:
    """Put everything on the clock. Nothing happens until that is moved."""
    played = Played(stage)
    for chat in day.chats:
        _Actor(chat, played).plan()
    for entry in day.weather:
        at = moment_on(day.file, "weather", day.begins, entry.at)
        if entry.storm is not None:
            _plan_storm(day, stage, at, entry.storm)
        if entry.outage is not None:
            until = moment_on(day.file, "weather", day.begins, entry.outage.until)
            stage.portal.weather.outage(at, until, status=entry.outage.status)
            played.outages.append((at, until))
    return played


def _plan_storm(day: Day, stage: Stage, at: datetime, storm: Storm) -> None:
    weather = stage.portal.weather
    if storm.until:
        weather.outage(at, moment_on(day.file, "weather", day.begins, storm.until), status=storm.status)
        return

    def breaks_out() -> None:
        if storm.drop:
            weather.drops(times=storm.times, after_write=storm.after_write)
        elif storm.after_write:
            weather.breaks(times=storm.times, status=storm.status, after_write=True)
        else:
            weather.busy(times=storm.times, status=storm.status)

    stage.portal.clock.at(at, breaks_out)


class _Actor:
    """Plays one chat."""

    def __init__(self, chat: ChatPlan, played: Played) -> None:
        self._plan, self._played, self._stage = chat, played, played.stage
        self._chat: Chat | None = None
        self._closed = False

    def plan(self) -> None:
        clock = self._stage.portal.clock
        clock.at(self._plan.starts, self._opens)
        for step in self._plan.steps:
            clock.at(step.at, partial(self._does, step))

    def _opens(self) -> None:
        entry, stage = self._plan.entry, self._stage
        self._chat = stage.portal.has_chat(
            inbox=stage.inboxes[entry.inbox or next(iter(stage.inboxes))],
            contact=stage.contacts.get(entry.visitor),
            channel=entry.channel,
            email=entry.visitor if "@" in entry.visitor else None,
        )
        if entry.spam:
            self._chat.is_spam()
        self._played.threads[entry.name] = self._chat.id

    def _does(self, step: Step) -> None:
        chat, stage = self._chat, self._stage
        assert chat is not None, "a chat opens before its first line"
        if self._closed and step.kind in WRITING:
            self._reopens(chat, None)
        match step.kind:
            case "visitor":
                chat.says(step.text, rich_text=step.html)
            case "agent":
                chat.agent(step.text, by=stage.agents[step.who])
            case "notes":
                chat.comment(step.text, by=stage.agents[step.who])
            case "bot":
                chat.bot(step.text)
            case "ai":
                chat.llm(step.text)
            case "welcome":
                chat.welcome(step.text)
            case "assigned":
                chat.assigned_to(stage.agents[step.who])
            case "reopen":
                self._reopens(chat, stage.agents[step.who])
            case "ticket":
                self._rep_makes_ticket(chat, step)
            case "ticket closed":
                self._rep_closes_ticket()
            case _:
                self._closes(chat)

    def _closes(self, chat: Chat) -> None:
        chat.closes()
        self._closed = True
        self._played.closes += 1

    def _reopens(self, chat: Chat, by: str | None) -> None:
        chat.reopens(by=by)
        self._closed = False

    def _rep_makes_ticket(self, chat: Chat, step: Step) -> None:
        stage = self._stage
        stage.tickets[step.name] = stage.portal.has_ticket(
            step.text, contact=stage.contacts.get(self._plan.entry.visitor), thread=chat.id
        )

    def _rep_closes_ticket(self) -> None:
        portal, thread = self._stage.portal, self._played.threads[self._plan.name]
        for ticket in portal.records("tickets"):
            if ticket.properties.get("chat_thread_id", "").partition("#")[0] == thread:
                portal.close_ticket(ticket.id)
