"""One seed, one account of 35 days, and all that a report must find in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from tests.report.oracle import persons, stories
from tests.report.oracle.stage import DAY, HOUR, MINUTE, Stage, moment
from tests.report.oracle.ticket import Ticket

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.report.oracle.expected import Ending
    from tests.report.oracle.scene import Scene

TURNS = (  # a zone, and a day on which its clocks change
    ("Europe/Berlin", date(2026, 10, 25)),
    ("Europe/Berlin", date(2026, 3, 29)),
    ("America/New_York", date(2026, 11, 1)),
    ("America/New_York", date(2026, 3, 8)),
    ("America/St_Johns", date(2026, 11, 1)),
    ("Australia/Sydney", date(2026, 10, 4)),
    ("Australia/Lord_Howe", date(2026, 4, 5)),
    ("America/Santiago", date(2026, 9, 6)),  # skips midnight
    ("Asia/Kolkata", date(2026, 6, 1)),  # changes nothing
    ("UTC", date(2026, 6, 1)),
)
STORIES = (
    (stories.one_close, 40),
    (stories.slow_talk, 12),
    (stories.over, 25),
    (stories.none_of_ours, 10),
    (stories.by_mistake, 8),
    (stories.added_line, 8),
    (stories.comes_back, 12),
    (stories.served_then_back, 10),
    (stories.open_again, 6),
    (stories.mistake_then_back, 3),
    (stories.afterthought, 5),
    (stories.long_talk, 2),
    (stories.still_open, 3),
    (persons.help_desk, 14),
    (persons.two_chats, 4),
    (persons.shared_ticket, 6),
    (persons.ticket_of_no_chat, 8),
)
EARLIEST, LATEST = 33 * DAY, 7 * DAY  # before now, for stories that need room on both sides


@dataclass(frozen=True)
class History:
    """An account at its now, and its closes."""

    stage: Stage
    scenes: tuple[Scene, ...]

    @property
    def endings(self) -> tuple[Ending, ...]:
        """Every close that ended a sitting, inside the window or not."""
        return tuple(ending for scene in self.scenes for ending in scene.endings)

    @property
    def window(self) -> tuple[Ending, ...]:
        """Those that a report of 30 days tells of."""
        return tuple(one for one in self.endings if one.closed_at >= self.stage.first_day)


def history(seed: int, size: int = 1) -> History:
    """The account of a seed, played to its now."""
    told = planned(seed, size)
    told.stage.play()
    return told


def planned(seed: int, size: int = 1) -> History:
    """The same, of which nothing has happened yet. Each seventh account has none of our properties."""
    zone, turn = TURNS[seed % len(TURNS)]
    after = timedelta(days=8 + seed % 20, hours=seed * 5 % 24, minutes=seed % 60, milliseconds=seed * 37 % 1000)
    now = datetime(turn.year, turn.month, turn.day, tzinfo=UTC) + after
    stage = Stage(seed, now, zone, provisioned=seed % 7 != 3)
    scenes: list[Scene] = []
    for story, count in STORIES:
        for _ in range(max(1, count // size)):
            scenes += story(stage, _anywhere(stage))
    for at in _edges(stage, turn):
        scenes += stories.one_close(stage, at)
    scenes += stories.crowd(stage, _anywhere(stage), 120 if seed % 10 == 4 and size == 1 else 6)
    scenes += _lately(stage)
    return History(stage, tuple(scenes))


def _anywhere(stage: Stage) -> int:
    return stage.between(stage.now - EARLIEST, stage.now - LATEST)


def _edges(stage: Stage, turn: date) -> list[int]:
    """Closes around midnight of the account, on the day its clocks change, and where the window begins."""
    midnight = stage.midnight(turn)
    hours = [midnight + hour * HOUR + stage.between(-1, 1) for hour in (-1, 0, 1, 2, 3, 4, 23, 24, 25)]
    days = [stage.midnight(moment(_anywhere(stage)).astimezone(stage.zone).date()) for _ in range(4)]
    around = [day + stage.pick([-1, 0, 1]) for day in days]
    window = [stage.first_day - 1, stage.first_day, stage.first_day + 1]
    return [at for at in (*hours, *around, *window) if stage.now - EARLIEST <= at <= stage.now - LATEST]


def _lately(stage: Stage) -> list[Scene]:
    """Closes of the last hours: what is younger than five minutes may still be served."""
    found: list[Scene] = []
    ways: list[tuple[Callable[[Stage, int], list[Scene]], int]] = [
        (_unserved, stage.between(10_000, 4 * MINUTE)),
        (_unserved, stage.between(6 * MINUTE, HOUR)),
        (_unserved, stage.between(HOUR, DAY)),
        (_in_time, stage.between(2 * MINUTE, 4 * MINUTE)),
        (_in_time, stage.between(6 * MINUTE, HOUR)),
        (stories.still_open, stage.between(MINUTE, HOUR)),
    ]
    for way, before in ways:
        found += way(stage, stage.now - before)
    return found


def _unserved(stage: Stage, at: int) -> list[Scene]:
    chat, talk = stories.scene(stage), stories.waiting(stage)
    chat.talks(talk, at)
    chat.closes(at, talk)
    return [chat]


def _in_time(stage: Stage, at: int) -> list[Scene]:
    chat, talk = stories.scene(stage), stories.waiting(stage)
    chat.talks(talk, at)
    ending = chat.closes(at, talk)
    soon = at + stage.between(1, MINUTE)
    if stage.provisioned:
        ticket = Ticket(stage).created(soon, chat, [at])
    else:
        ticket = Ticket(stage).by_rep(soon, chat, named=True)
    ending.served(soon, "created", ticket)
    return [chat]
