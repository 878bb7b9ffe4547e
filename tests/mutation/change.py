"""One small mistake: where it is, what stands there, and what is put there instead."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Change:
    """A piece of a text, in bytes of its UTF-8, and another in its place."""

    kind: str
    line: int
    start: int
    end: int
    before: str
    after: str
    function: str
    """The function it is in; empty for what stands outside of all."""
    lines: frozenset[int]
    """It matters only to a run that comes by at least one of these lines."""

    def made_in(self, text: str) -> str:
        """The text with the mistake in it."""
        raw = text.encode()
        return (raw[: self.start] + self.after.encode() + raw[self.end :]).decode()


class Source:
    """A text and where its lines begin, in bytes, as `ast` counts."""

    def __init__(self, text: str) -> None:
        self.raw = text.encode()
        self._begins = [0]
        for line in self.raw.splitlines(keepends=True):
            self._begins.append(self._begins[-1] + len(line))

    def at(self, line: int, column: int) -> int:
        """The place of a line's column."""
        return self._begins[line - 1] + column

    def between(self, start: int, end: int) -> str:
        """What stands there."""
        return self.raw[start:end].decode()
