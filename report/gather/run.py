"""One gathering under way: what it reads with, where it writes, which days it is about, how far it is."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from actions.parts.tickets import stages_of
from report.asking.asking import Ask, Asking
from report.asking.refusals import AskRefused
from report.settings import Settings
from report.store.store import Store

DAY = 86_400_000
WITHIN = 5 * 60_000
"""How soon a ticket has to be there for a chat's messages not to be read."""
SIZES = (500, 100)
"""Entries of a page that are asked for, the next where one is refused (guessed: the largest is not documented)."""
BATCH, ASSOCIATIONS = 100, 1000  # documented: inputs of a batch read of records, and of one of associations

Query = dict[str, str | list[str]]


@dataclass(frozen=True)
class Progress:
    """How far it is. `seconds_left`: of all that is left, by its calls and what the account allows; None: not known.

    It is known once it is known which chats have to be read.
    """

    stage: str
    done: int
    of: int | None
    calls: int
    seconds_left: float | None


Tell = Callable[[Progress], None]


@dataclass
class Counts:
    """What was read."""

    threads: int = 0
    tickets: int = 0
    read: int = 0
    """Threads whose messages were read."""
    message_pages: int = 0
    actors: int = 0
    histories: int = 0
    closes: int = 0


@dataclass
class Run:
    """What every stage is handed."""

    asking: Asking
    store: Store
    settings: Settings
    tell: Tell
    portal: int = 0
    zone: str = "UTC"
    ui_host: str = ""
    since: int = 0
    """Epoch ms at which the window begins."""
    until: int = 0
    """Up to which moment tickets are known."""
    reach: int = 0
    """Epoch ms from which on threads are looked at: a chat may close long after its last message."""
    has_ours: bool = False
    """Whether the account has the properties of this project."""
    judged: set[str] = field(default_factory=set)
    """Threads that were judged in this run."""
    sizes: dict[str, int] = field(default_factory=dict)
    counts: Counts = field(default_factory=Counts)

    @cached_property
    def stages(self) -> dict[tuple[str, str], bool]:
        """(pipeline, stage) → is it closed? Asked for when the first ticket is looked at."""
        found: dict[tuple[str, str], bool] = stages_of(_Pipelines(self))
        return found

    def path(self, area: str, rest: str) -> str:
        """Where an operation lives."""
        return f"{self.settings.paths[area]}/{rest}"

    def says(self, stage: str, done: int, of: int | None = None, calls_left: float | None = None) -> None:
        """Tell how far it is."""
        pace = self.asking.per_second
        seconds = calls_left / pace if calls_left is not None and pace else None
        self.tell(Progress(stage, done, of, self.asking.calls, seconds))

    def sized(self, what: str, path: str, query: Query) -> dict[str, object]:
        """One page, as large as HubSpot gives it: the size that was taken is asked for from then on."""
        for size in [one for one in SIZES if one <= self.sizes.get(what, SIZES[0])]:
            try:
                answer = self.asking.get(path, query | {"limit": str(size)})
            except AskRefused as refusal:
                if refusal.status != 400 or size == SIZES[-1]:
                    raise
                continue
            self.sizes[what] = size
            return answer
        raise AssertionError(what)

    def batches(self, path: str, inputs: Iterable[dict[str, str]], size: int, body: dict[str, object]) -> list[Ask]:
        """Batch reads of so many inputs."""
        given = list(inputs)
        chunks = [given[first : first + size] for first in range(0, len(given), size)]
        return [Ask("POST", path, body=body | {"inputs": chunk}) for chunk in chunks]

    def chosen(self, inbox_id: str, channel_id: str) -> bool:
        """Whether chats there are judged."""
        inboxes, channels = self.settings.inboxes, self.settings.channels
        return (not inboxes or inbox_id in inboxes) and (not channels or channel_id in channels)


class _Pipelines:
    """What the actions' own part asks for its pipelines, over this connection."""

    def __init__(self, run: Run) -> None:
        self._run = run

    def call(self, _method: str, _path: str) -> dict[str, Any]:
        return self._run.asking.get(self._run.path("pipelines", "tickets"))
