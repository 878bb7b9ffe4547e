"""One chat's talk: from the lines of the file to steps with their moments."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec

from harness.day.moments import A_DAY, duration, moment_on
from harness.day.refusal import DayError
from harness.day.shapes import shaped

BETWEEN_LINES = timedelta(seconds=40)
LABELS = ("unresolved", "resolved", "again")
PLAIN = ("visitor", "bot", "ai", "welcome", "assigned", "reopen")
WORDS = (*PLAIN, "ticket", "close", "wait", "repeat", "at")
"""What a line of a talk can begin with beside an agent's name; no agent can be called so."""
MOST_LINES = 10_000  # ours, in one chat
LONGEST_GAP = 3600  # ours, in seconds
DEEPEST = 5  # ours
KINDS = (
    "visitor, bot, ai, welcome, <agent>, <agent> notes, assigned, reopen, ticket, ticket closed, close, wait, repeat"
)


@dataclass(frozen=True)
class Step:
    """Something that happens in a chat.

    kind: visitor, agent, bot, ai, welcome, notes, assigned, reopen, ticket, ticket closed or close.
    who: the agent, where there is one. text: what was said; of a close its label; of a ticket its subject.
    """

    at: datetime
    kind: str
    who: str = ""
    text: str = ""
    html: str | None = None
    name: str = ""


class Repeat(msgspec.Struct, forbid_unknown_fields=True):
    """The same lines so many times; `{n}` in them counts."""

    times: int
    talk: list[dict[str, Any]]
    every: float = BETWEEN_LINES.total_seconds()


class TicketLine(msgspec.Struct, forbid_unknown_fields=True):
    """A rep presses "Create ticket" in the chat."""

    name: str
    subject: str
    by: str


class Talk:
    """Reads the lines of one chat in their order; the clock of the chat goes along."""

    def __init__(self, file: Path, chat: str, day: datetime, starts: datetime, agents: list[str]) -> None:
        self._file, self._chat, self._day = file, chat, day
        self._agents = agents
        self._next = starts
        self._last = starts
        self._lines = 0

    def steps(self, lines: list[dict[str, Any]], every: timedelta = BETWEEN_LINES, depth: int = 0) -> Iterator[Step]:
        if depth > DEEPEST:  # YAML's own references may even lead back
            raise self._refuse(f"at most {DEEPEST} repeats within each other", "more")
        for line in lines:
            yield from self._line(line, every, depth)

    def _line(self, line: dict[str, Any], every: timedelta, depth: int) -> Iterator[Step]:
        self._lines += 1
        if self._lines > MOST_LINES:
            raise self._refuse(f"at most {MOST_LINES:,} lines in one chat", "more")
        said = {key: value for key, value in line.items() if key != "at"}
        if "at" in line:
            self._go_to(moment_on(self._file, self._where, self._day, line["at"]))
        if not said:
            return
        if len(said) > 1:
            raise self._refuse("one thing per line", f"{', '.join(map(str, said))} in one line")
        ((key, value),) = said.items()
        if key == "wait":
            self._next += duration(self._file, self._where, value)
        elif key == "repeat":
            yield from self._repeat(value, depth)
        else:
            if self._next >= self._day + A_DAY:
                raise self._refuse("every line on the day itself", f"one on {self._next:%Y-%m-%d at %H:%M:%S}")
            yield self._step(str(key), value)
            self._last = self._next
            self._next += every

    def _repeat(self, value: Any, depth: int) -> Iterator[Step]:
        repeat = shaped(self._file, f"{self._where}, repeat", value, Repeat)
        if not 1 <= repeat.times <= MOST_LINES:
            raise self._refuse(f"repeat: times from 1 to {MOST_LINES:,}", str(repeat.times))
        if not 0 <= repeat.every <= LONGEST_GAP:  # not so for .nan either
            raise self._refuse(f"repeat: every from 0 to {LONGEST_GAP} seconds", str(repeat.every))
        if not repeat.talk:
            raise self._refuse("repeat: at least one line as talk", "none")
        every = timedelta(seconds=repeat.every)
        for n in range(1, repeat.times + 1):
            yield from self.steps([_numbered(line, n) for line in repeat.talk], every, depth + 1)

    def _step(self, key: str, value: Any) -> Step:
        if key == "close":
            if value not in LABELS:
                raise self._refuse(f"close: {', '.join(LABELS)}", f"close: {value!r:.40}")
            return Step(self._next, "close", text=value)
        if key == "ticket":
            return self._ticket(value)
        if key == "ticket closed":
            return Step(self._next, key)
        agent, _, noting = key.partition(" ")
        if agent in self._agents and noting in ("", "notes"):
            text, html = self._words(key, value)
            return Step(self._next, noting or "agent", who=agent, text=text, html=html)
        if key not in PLAIN:
            raise self._refuse(f"one of {KINDS}", repr(key))
        if key in ("assigned", "reopen"):
            return Step(self._next, key, who=self._agent(value))
        text, html = self._words(key, value)
        return Step(self._next, key, text=text, html=html)

    def _ticket(self, value: Any) -> Step:
        made = shaped(self._file, f"{self._where}, ticket", value, TicketLine)
        return Step(self._next, "ticket", who=self._agent(made.by), text=made.subject, name=made.name)

    def _agent(self, value: Any) -> str:
        if value not in self._agents:
            raise self._refuse(f"one of the agents {', '.join(self._agents)}", f"{value!r:.40}")
        return str(value)

    def _words(self, key: str, value: Any) -> tuple[str, str | None]:
        if isinstance(value, str):
            return value, None
        if isinstance(value, Mapping) and set(value) == {"html"} and isinstance(value["html"], str):
            return "", value["html"]
        raise self._refuse(f"text after {key!r} (in quotes, where YAML would read a number)", f"{value!r:.40}")

    def _go_to(self, when: datetime) -> None:
        if when < self._last:
            raise self._refuse(f"a moment not before {self._last:%H:%M:%S}", f"{when:%H:%M:%S}")
        self._next = when

    @property
    def _where(self) -> str:
        return f"chat {self._chat}"

    def _refuse(self, expected: str, found: str) -> DayError:
        return DayError(self._file, self._where, expected=expected, found=found, remedy="Correct its talk.")


def _numbered(line: dict[str, Any], n: int) -> dict[str, Any]:
    return {key: value.replace("{n}", str(n)) if isinstance(value, str) else value for key, value in line.items()}
