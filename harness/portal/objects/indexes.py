"""One property's values in order: which records have a value, and which lie between two, without looking at all."""

import heapq
from bisect import bisect_left, insort
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

Key = Any  # a number or a text, the same kind for all values of one property
_LAST = "~"  # sorts after every record id
_BLOCK = 512  # entries whose ids are brought in order together


@dataclass(frozen=True, slots=True)
class Span:
    """A run of an index: from one place up to another."""

    start: int
    end: int

    def __len__(self) -> int:
        return max(self.end - self.start, 0)


class Index:
    """The keys of all live records that have the property; equal keys in the order of ids.

    Ids of one type have the same number of digits, so their order as text is that of their making.
    """

    def __init__(self, kind: str, entries: Iterable[tuple[str, Key]]) -> None:
        self.kind = kind  # the property's type when the index was made
        self.keys: dict[str, Key] = dict(entries)
        self.order: list[tuple[Key, str]] = sorted((key, id) for id, key in self.keys.items())
        self._blocks: dict[int, list[str]] = {}  # the ids of each so many entries, in order; until the next write

    def put(self, id: str, key: Key | None) -> None:
        """A record has another key now; None: it has none, or is no longer there."""
        before = self.keys.get(id)
        if before == key:
            return
        self._blocks.clear()
        if before is not None:
            del self.order[bisect_left(self.order, (before, id))]
            del self.keys[id]
        if key is not None:
            insort(self.order, (key, id))
            self.keys[id] = key

    def equal(self, key: Key) -> Span:
        """The records with this key."""
        return Span(self.at_least(key), self.more_than(key))

    def at_least(self, key: Key) -> int:
        """Where the records with this key or a greater one begin."""
        return bisect_left(self.order, (key,))

    def more_than(self, key: Key) -> int:
        """Where the records with a greater key begin."""
        return bisect_left(self.order, (key, _LAST))

    def between(self, spans: list[Span]) -> list[Span]:
        """What is left of the index without these runs, which come in its order."""
        starts, ends = [0, *(span.end for span in spans)], [*(span.start for span in spans), len(self.order)]
        return [Span(start, end) for start, end in zip(starts, ends, strict=True)]

    def ids(self, span: Span) -> list[str]:
        """The records of a run, all at once."""
        return [id for _, id in self.order[span.start : span.end]]

    def by_id(self, span: Span, backwards: bool = False) -> Iterator[str]:
        """The records of a run in the order of ids, without bringing all of a long one in order first."""
        first, last = -(-span.start // _BLOCK), span.end // _BLOCK
        if first >= last:
            return iter(sorted(self.ids(span), reverse=backwards))
        parts = [self._block(number) for number in range(first, last)]
        parts += [sorted(self.ids(Span(span.start, first * _BLOCK))), sorted(self.ids(Span(last * _BLOCK, span.end)))]
        return heapq.merge(*(reversed(part) if backwards else part for part in parts), reverse=backwards)

    def _block(self, number: int) -> list[str]:
        known = self._blocks.get(number)
        if known is None:
            known = self._blocks[number] = sorted(self.ids(Span(number * _BLOCK, (number + 1) * _BLOCK)))
        return known

    def run(self, span: Span, backwards: bool = False) -> Iterator[str]:
        """The records of a run, one after the other."""
        places = range(span.start, span.end)
        return (self.order[place][1] for place in (reversed(places) if backwards else places))
