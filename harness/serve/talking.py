"""How the lines of a seed's chat are said, each at its own time."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

import msgspec

from harness.portal import Chat
from harness.serve.seed import Line
from harness.serve.spans import span

PAUSE = timedelta(seconds=30)  # between two lines that say no wait


def talk(chat: Chat, lines: Sequence[Line], begins: datetime, now: datetime, numbered: Callable[[str], str]) -> None:
    """Say every line; the last one not after now."""
    when = begins
    for number, line in enumerate(lines, 1):
        said = {name: value for name, value in msgspec.structs.asdict(line).items() if value is not None}
        if len(said) != 1:
            listed = ", ".join(said) or "none"
            raise ValueError(
                f"talk, line {number}: expected one of {', '.join(Line.__struct_fields__)}, found {listed}"
            )
        ((kind, text),) = said.items()
        if kind == "wait":
            # A wait may lie beyond all dates; what follows is ahead then as after any long one.
            when += min(span(text), now - when + PAUSE)
            continue
        if when > now:
            raise ValueError(f"talk, line {number}: expected it not after now, found it ahead: a larger ago")
        _say(chat.at(when), kind, numbered(text))
        when += PAUSE
    chat.at(None)


def _say(chat: Chat, kind: str, text: str) -> None:
    verbs: dict[str, Callable[[str], object]] = {
        "visitor": chat.says,
        "agent": chat.agent,
        "bot": chat.bot,
        "ai": chat.llm,
        "comment": chat.comment,
        "close": lambda by: chat.closes(chat.actor(by)),
        "reopen": lambda by: chat.reopens(chat.actor(by)),
    }
    verbs[kind](text)
