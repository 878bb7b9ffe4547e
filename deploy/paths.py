"""Where within two values does something differ? A path for each place, such as routes[1].stage."""

from collections.abc import Iterator
from typing import Any, Final

NONE: Final[Any] = object()
"""What is not there."""
DEEPEST = 40  # what lies deeper is shown whole

Place = tuple[str, Any, Any]


def by_path(path: str, before: Any, after: Any, depth: int = 0) -> Iterator[Place]:
    """Each place with both its values, in the order of the names; nothing for equal values."""
    if before is after or (before is not NONE and after is not NONE and before == after):
        return
    if depth < DEEPEST and isinstance(before, dict) and isinstance(after, dict):
        for name in sorted(before.keys() | after.keys(), key=str):
            inner = f"{path}.{name}" if path else str(name)
            yield from by_path(inner, before.get(name, NONE), after.get(name, NONE), depth + 1)
    elif depth < DEEPEST and isinstance(before, list) and isinstance(after, list):
        yield from _lists(path, before, after, depth)
    else:
        yield path, before, after


def _lists(path: str, before: list[Any], after: list[Any], depth: int) -> Iterator[Place]:
    """Entry by entry between what the beginnings and the ends have in common."""
    shorter, start, end = min(len(before), len(after)), 0, 0
    while start < shorter and before[start] == after[start]:
        start += 1
    while end < shorter - start and before[-1 - end] == after[-1 - end]:
        end += 1
    olds, news = before[start : len(before) - end], after[start : len(after) - end]
    for at in range(max(len(olds), len(news))):
        one, other = (entries[at] if at < len(entries) else NONE for entries in (olds, news))
        yield from by_path(f"{path}[{start + at}]", one, other, depth + 1)
