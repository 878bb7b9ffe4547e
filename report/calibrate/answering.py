"""How are answers taken at a terminal? A letter and Enter for each close; each is kept before the next is asked."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TextIO

from actions.parts.resolution import REASONS
from report.calibrate.drawing import Drawn
from report.store.schema import ANSWERS
from report.store.store import Store
from report.window import zone_of

ASKED = "agree, disagree, skip or quit? [a/d/s/q] "
WORDS = {"agree": True, "disagree": False, "skip": None}
LETTERS = {"a": True, "d": False, "s": None} | WORDS
VERDICTS = {"unresolved": "unresolved: it needed a ticket", "resolved": "resolved: it needed none"}


@dataclass(frozen=True)
class Sheet:
    """Whose closes, and how one is shown. The store is open only while it is used: others need it, too."""

    opened: Callable[[], Store]
    portal_id: int
    zone: str
    link: Callable[[str, str], str]  # the address of an inbox's thread

    def closed(self, one: Drawn) -> str:
        """When, by the account's own clocks."""
        return f"{datetime.fromtimestamp(one.closed_at / 1000, UTC).astimezone(zone_of(self.zone)):%Y-%m-%d %H:%M %Z}"

    def keep(self, answers: Sequence[tuple[Drawn, bool | None]], now: int) -> None:
        """Onto the disk; None: the person could not tell, and is not asked again."""
        rows = [
            (self.portal_id, one.thread_id, one.closed_at, one.resolution, one.reason, agrees, now)
            for one, agrees in answers
        ]
        with self.opened() as store:
            store.put(ANSWERS, rows)


def take(sheet: Sheet, drawn: Sequence[Drawn], keys: TextIO, screen: TextIO, now: Callable[[], int]) -> int:
    """Ask until all are answered or the person stops (quit, end of input, Ctrl-C); how many were answered."""
    answered = 0
    try:
        for number, one in enumerate(drawn, 1):
            screen.write(f"\n[{number}/{len(drawn)}] {VERDICTS[one.resolution]}\n")
            screen.write(f"  why:    {one.reason}. {REASONS.get(one.reason, '')}\n")
            screen.write(f"  closed: {sheet.closed(one)}\n  chat:   {sheet.link(one.inbox_id, one.thread_id)}\n")
            typed = _typed(keys, screen)
            if typed == "quit":
                break
            sheet.keep([(one, LETTERS[typed])], now())
            answered += 1
    except KeyboardInterrupt:
        screen.write("\n")
    return answered


def _typed(keys: TextIO, screen: TextIO) -> str:
    while True:
        screen.write(ASKED)
        screen.flush()
        line = keys.readline()
        word = line.strip().lower()
        if not line or word in ("q", "quit"):
            return "quit"
        if word in LETTERS:
            return word
        screen.write("One of the letters a, d, s and q, then Enter.\n")
