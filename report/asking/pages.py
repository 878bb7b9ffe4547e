"""An ordinary list, page by page: `results`, and where it goes on. Threads have a paging of their own."""

import json
from collections.abc import Iterator, Mapping
from typing import Any, Protocol

from report.asking.refusals import OddAnswer
from report.asking.wire import Query

STANDING = 3  # pages without anything new, one after the other, after which a list is at its end

Row = dict[str, Any]


class Reader(Protocol):
    """Whoever reads an account."""

    def get(self, path: str, query: Query | None = None) -> dict[str, Any]:
        """One GET."""
        ...


def pages(asking: Reader, path: str, query: Query | None, per_page: int) -> Iterator[list[Row]]:
    """Each page's rows that no page before had. It ends when there is no next one, or nothing new comes any more.

    A page that comes twice, or with the cursor it was asked with, may be followed by what is missing: so it is not
    the first such page that ends a list.
    """
    asked: dict[str, Any] = {**(query or {}), "limit": str(per_page)}
    seen: set[str] = set()
    standing = 0
    while standing < STANDING:
        answer = asking.get(path, asked)
        fresh = [row for row in rows(path, answer) if not (_name(row) in seen or seen.add(_name(row)))]  # type: ignore[func-returns-value]
        standing = 0 if fresh else standing + 1
        if fresh:
            yield fresh
        after = next_after(answer)
        if not after:
            return
        asked["after"] = after


def rows(where: str, answer: Mapping[str, Any]) -> list[Row]:
    """The objects in `results`."""
    found = answer.get("results")
    if not isinstance(found, list) or not all(isinstance(row, dict) for row in found):
        raise OddAnswer(where, expected="a list of objects as results", found="something else")
    return found


def next_after(answer: Mapping[str, Any]) -> str:
    """Where a list goes on; "" at its end."""
    paging = answer.get("paging")
    following = paging.get("next") if isinstance(paging, dict) else None
    after = following.get("after") if isinstance(following, dict) else None
    return str(after) if isinstance(after, str | int) and not isinstance(after, bool) else ""


def _name(row: Row) -> str:
    id = row.get("id")
    return str(id) if isinstance(id, str | int) else json.dumps(row, sort_keys=True)
