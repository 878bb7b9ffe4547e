"""Which closes are repaired, and what is remembered of each? A thread at a time, the one that waits longest first."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple, Protocol

State = Literal["planned", "running", "done", "failed"]
"""planned: not begun. running: begun and not ended, by a kill or because it failed for now. failed: for good."""
REST_MS = 15 * 60_000
"""A close that was done and is still found dropped (its chat is open again, say) is not run every five minutes."""
FAILED_MS = 3 * 86_400_000
"""So long after the close what failed for good is tried again, though a ticket carry it by now (as HubSpot retries)."""


class Close(NamedTuple):
    """The end of one sitting."""

    thread_id: str
    closed_at: int


@dataclass(frozen=True)
class Noted:
    """What an earlier repair wrote down of a close."""

    state: State
    ticket_id: str
    at: int


class Notes(Protocol):
    """Where it is written down, close by close, so that a kill loses nothing."""

    def read(self) -> Mapping[Close, Noted]:
        """All that is noted of this account."""

    def write(self, noted: Mapping[Close, Noted]) -> None:
        """Note this; it is on the disk when this returns."""


@dataclass(frozen=True)
class Chat:
    """One thread, and its closes that are to be repaired, oldest first. Actions look at the thread as a whole."""

    thread_id: str
    closes: tuple[int, ...]

    @property
    def closed_at(self) -> int:
        """The newest of its closes."""
        return self.closes[-1]

    @property
    def ends(self) -> list[Close]:
        """Its closes by themselves."""
        return [Close(self.thread_id, closed_at) for closed_at in self.closes]


def chats_of(closes: Iterable[Close], noted: Mapping[Close, Noted], now: int) -> tuple[list[Chat], int]:
    """What is to be run, and how many chats rest because they were done a moment ago.

    With it comes what an ended run left half-done, although a ticket may carry it by now: it may lack its clock.
    """
    half_done = {
        close
        for close, was in noted.items()
        if was.state == "running" or (was.state == "failed" and now - close.closed_at < FAILED_MS)
    }
    by_thread: dict[str, set[int]] = {}
    for close in {*closes, *half_done}:
        by_thread.setdefault(close.thread_id, set()).add(close.closed_at)
    chats = [Chat(thread_id, tuple(sorted(moments))) for thread_id, moments in by_thread.items()]
    chats.sort(key=lambda chat: (chat.closed_at, chat.thread_id))
    due = [chat for chat in chats if not all(_rests(noted.get(close), now) for close in chat.ends)]
    return due, len(chats) - len(due)


def _rests(was: Noted | None, now: int) -> bool:
    return was is not None and was.state == "done" and 0 <= now - was.at < REST_MS
