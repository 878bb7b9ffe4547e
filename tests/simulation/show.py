"""What a person sees: one line for each seed, a table of what happened, and progress with an estimate."""

import sys
import time
from collections import Counter
from collections.abc import Iterable
from typing import Any

import msgspec

from tests.simulation.story import break_line
from tests.simulation.telling import FIGURES, Told


def seed_line(told: Told, command: str) -> str:
    """One seed; where something is broken each break, and the command that plays it again."""
    counted = told.figures
    head = f"seed {told.seed}  {told.digest or 'no history'}"
    if told.error:
        return f"{head}  ended: {told.error.strip().splitlines()[-1]}\n  again: {command}"
    strict = "" if not told.strict else ", the same in the strict mode" if told.strict == told.digest else ""
    done = f"{counted['chats']} chats, {counted['unresolved']} unresolved, {counted['tickets']} tickets"
    line = f"{head}  {done}, {counted['retries']} retries, {len(told.breaks)} broken, {told.seconds:.1f} s{strict}"
    more = [f"  {break_line(one)}" for one in told.breaks]
    if told.strict not in ("", told.digest):
        more.append(f"  the strict mode tells another history: {told.strict}")
    return "\n".join([line, *more, *([f"  again: {command}"] if more else [])])


def histories(all_told: Iterable[Told]) -> list[str]:
    """One line for each history that a seed had, with how often; there should be one."""
    found = Counter((told.seed, told.digest, _how(told)) for told in all_told)
    return [
        f"seed {seed}  {digest or 'no history'}  {n} times{how}" for (seed, digest, how), n in sorted(found.items())
    ]


def _how(told: Told) -> str:
    if told.error:
        return f", ended: {told.error.strip().splitlines()[-1]}"
    return f", {len(told.breaks)} broken" if told.breaks else ""


def table(all_told: Iterable[Told], wall: float) -> str:
    """What happened in all seeds together."""
    played = [told for told in all_told if not told.error]
    total = Counter[str]()
    for told in played:
        total.update(told.figures)
    width = max(len(name) for name in FIGURES)
    rows = [f"{name:<{width}}  {total[name]:>9,}" for name in FIGURES]
    broken = Counter(one.invariant for told in played for one in told.breaks)
    rows += [f"{'broken':<{width}}  {sum(broken.values()):>9,}", *(f"  {name}: {n}" for name, n in broken.items())]
    rows.append(f"{speed(played, wall):.1f} chats per second, {wall:.0f} s in all")
    return "\n".join(rows)


def speed(played: list[Told], wall: float) -> float:
    """Chats per second."""
    chats = sum(told.figures.get("chats", 0) for told in played)
    return chats / wall if wall else 0.0


def as_json(all_told: list[Told], wall: float) -> str:
    """The same as data."""
    told: dict[str, Any] = {
        "good": all(one.good for one in all_told),
        "seconds": round(wall, 1),
        "chatsPerSecond": round(speed(all_told, wall), 1),
        "seeds": msgspec.to_builtins(all_told),
    }
    return msgspec.json.format(msgspec.json.encode(told), indent=2).decode()


class Progress:
    """A line on stderr that is written anew, where somebody is looking."""

    def __init__(self, seeds: int) -> None:
        self._seeds, self._done, self._bad = seeds, 0, 0
        self._began = time.monotonic()
        self._shown = sys.stderr.isatty()

    def took(self, told: Told) -> None:
        """Another seed is done."""
        self._done += 1
        self._bad += not told.good
        left = (time.monotonic() - self._began) / self._done * (self._seeds - self._done)
        if self._shown:
            said = f"{self._done} of {self._seeds} seeds, {self._bad} broken, about {_span(left)} left"
            sys.stderr.write(f"\r\033[K{said}")
            sys.stderr.flush()

    def clears(self) -> None:
        """Make room for a line that stays."""
        if self._shown:
            sys.stderr.write("\r\033[K")
            sys.stderr.flush()


def _span(seconds: float) -> str:
    return f"{seconds:.0f} s" if seconds < 90 else f"{seconds / 60:.0f} min"
