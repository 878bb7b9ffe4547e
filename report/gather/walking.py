"""How are all threads since a moment read, once each, when pages stall, repeat, or have a largest size nobody knows?

By their latest message, the one order that does not move while pages are turned. A page whose cursor leads nowhere new
is not followed: the list is begun anew at the last latest message seen, and threads that share it come twice.
"""

from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

from actions.parts.moments import iso, millis
from report.asking.pages import next_after, rows
from report.asking.refusals import OddAnswer
from report.gather.run import Query, Run

STANDING = 5  # answers in a row with nothing new, after which HubSpot's list is given up


class Stuck(OddAnswer):
    """HubSpot's list does not move on; what it gave until there counts."""


def threads_since(run: Run, since: int, more: Query | None = None) -> Iterator[list[dict[str, Any]]]:
    """Pages of threads whose latest message is at `since` (epoch ms) or later, oldest first, each thread once."""
    path = run.path("conversations", "threads")
    seen: dict[str, int] = {}
    start, after, cursors, standing = since, "", {""}, 0
    while True:
        query: Query = {
            "sort": "latestMessageTimestamp",
            "latestMessageTimestampAfter": iso(start - 1),  # documented as after: those at that very moment, too
            "association": "TICKET",
            **(more or {}),
        }
        if run.settings.inboxes:
            query["inboxId"] = list(run.settings.inboxes)
        if after:
            query["after"] = after
        answer = run.sized("threads", path, query)
        page = rows(path, answer)
        fresh = [one for one in page if seen.get(str(one.get("id"))) != _latest(one)]
        seen.update({str(one.get("id")): _latest(one) for one in page})
        if fresh:
            yield fresh
        following = unquote(next_after(answer))  # seen in public code: it may come as it stands in an address
        if not following:
            return
        standing = 0 if fresh else standing + 1
        if standing >= STANDING:
            raise Stuck(path, expected="a list of threads that comes to an end", found="the same page every time")
        last = max((_latest(one) for one in page), default=start)
        if fresh and following not in cursors:
            after = following
        elif last > start:
            start, after, cursors = last, "", {""}
        else:  # a page full of threads of one moment: only a cursor leads on
            after = following
        cursors.add(following)


def _latest(thread: dict[str, Any]) -> int:
    return millis(thread.get("latestMessageTimestamp")) or 0
