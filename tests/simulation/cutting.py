"""What is the smallest part of the weeks that still breaks the same promise? What is not needed is left out of it."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from tests.simulation.events import AnyEvent, Fault, Talks, Weeks, sorted_events
from tests.simulation.invariants import Break, broken
from tests.simulation.invariants.promise import evidence_of
from tests.simulation.playing import History, play
from tests.simulation.seam import Starter

Piece = AnyEvent | Fault
Group = tuple[Piece, ...]
Fails = Callable[[Sequence[Group]], bool]


@dataclass
class Cut:
    """The smallest weeks that were found, as they were played last."""

    weeks: Weeks
    history: History
    broke: Break
    plays: int
    whole: bool
    """Whether nothing more could be left out; else the time was over."""


@dataclass
class _Knife:
    weeks: Weeks
    invariant: str
    starter: Starter
    actions: dict[str, Path]
    until: float
    plays: int = 0
    known: dict[frozenset[Piece], bool] = field(default_factory=dict)

    def fails(self, groups: Sequence[Group]) -> bool:
        """Whether what is left still breaks the promise. Once the time is over nothing does."""
        pieces = frozenset(piece for group in groups for piece in group)
        if pieces not in self.known:
            if self.over:
                return False
            self.plays += 1
            self.known[pieces] = self.broke(self.played(pieces)) is not None
        return self.known[pieces]

    @property
    def over(self) -> bool:
        """Whether the time is over."""
        return time.monotonic() > self.until

    def played(self, pieces: frozenset[Piece]) -> History:
        """The weeks with these pieces alone."""
        return play(weeks_with(self.weeks, pieces), self.starter, self.actions)

    def broke(self, history: History) -> Break | None:
        """The first break of the promise in question."""
        found = (one for one in broken(evidence_of(history)) if one.invariant == self.invariant)
        return next(found, None)


def cut(
    weeks: Weeks, broke: Break, starter: Starter, actions: dict[str, Path] | None = None, seconds: float = 300
) -> Cut:
    """First whole chats, beginning with the one that broke; then single events and faults."""
    knife = _Knife(weeks, broke.invariant, starter, actions or {}, time.monotonic() + seconds)
    struck = play(weeks, starter, actions or {}).struck
    groups = _by_chat(weeks, struck)
    for fewer in _likely(groups, weeks, broke):
        if knife.fails(fewer):
            groups = fewer
            break
    groups = _smaller(groups, knife.fails)
    pieces = _smaller([(piece,) for group in groups for piece in group], knife.fails)
    left = frozenset(piece for group in pieces for piece in group)
    history = knife.played(left)
    small = weeks_with(weeks, left)
    found = knife.broke(history)
    assert found is not None, f"a history did not repeat: {broke.invariant} of seed {weeks.seed}"
    return Cut(small, history, found, knife.plays, not knife.over)


def weeks_with(weeks: Weeks, pieces: frozenset[Piece]) -> Weeks:
    """The same weeks with these events and faults alone, in their own order."""
    events = sorted_events([event for event in weeks.events if event in pieces])
    faults = tuple(sorted(piece for piece in pieces if isinstance(piece, Fault)))
    return msgspec.structs.replace(weeks, events=events, faults=faults)


def _by_chat(weeks: Weeks, struck: list[Fault]) -> list[Group]:
    """All that a chat has of events and faults; what belongs to none is alone."""
    groups: dict[object, list[Piece]] = {}
    for event in weeks.events:
        groups.setdefault(getattr(event, "chat", event), []).append(event)
    for fault in struck:
        groups.setdefault(fault.run.subject, []).append(fault)
    return [tuple(group) for group in groups.values()]


def _likely(groups: list[Group], weeks: Weeks, broke: Break) -> list[list[Group]]:
    """What is tried at once: the chat alone, then all of its visitor's chats, each without and with all the rest."""
    visitors = {event.chat: event.visitor for event in weeks.events if isinstance(event, Talks)}
    visitor = visitors.get(broke.chat)

    def about(group: Group, chats: set[str]) -> bool:
        first = group[0]
        return getattr(first, "chat", None) in chats

    def rest(group: Group) -> bool:
        return not isinstance(group[0], Fault) and getattr(group[0], "chat", None) is None

    ways = []
    for chats in ({broke.chat}, {chat for chat, who in visitors.items() if who == visitor}):
        ways.append([group for group in groups if about(group, chats)])
        ways.append([group for group in groups if about(group, chats) or rest(group)])
    return ways


def _smaller(groups: list[Group], fails: Fails) -> list[Group]:
    """Delta debugging: halves, quarters and so on are left out, down to single groups, as long as it still fails."""
    parts = 2
    while len(groups) > 1:
        size = -(-len(groups) // parts)
        for begin in range(0, len(groups), size):
            without = groups[:begin] + groups[begin + size :]
            if without and fails(without):
                groups, parts = without, max(parts - 1, 2)
                break
        else:
            if size == 1:
                return groups
            parts = min(parts * 2, len(groups))
    return groups
