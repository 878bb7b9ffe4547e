"""Which chats are there, and which of those that were open have closed? HubSpot cannot say by their closing time."""

from bisect import bisect_left
from collections.abc import Iterable
from math import ceil
from typing import Any

from actions.parts.moments import millis
from report.asking.asking import Ask
from report.gather.run import SIZES, Run
from report.gather.walking import threads_since
from report.store.schema import THREADS

OVERLAP = 60 * 60_000  # what a list may be behind (guessed)
GONE = "GONE"
"""The status of a thread that was archived or deleted since it was seen."""


def gather_threads(run: Run) -> None:
    """Every thread whose latest message is not older than the reach; of those that are known, only what is new."""
    store, portal = run.store, run.portal
    covered = store.mark(portal, "threads_from")
    if not covered or int(covered) > run.reach:
        with store.step():
            store.set_mark(portal, "threads_from", str(run.reach))
            store.set_mark(portal, "threads_to", str(run.reach))
    done = int(store.mark(portal, "threads_to"))
    start = max(int(store.mark(portal, "threads_from")), done - OVERLAP)
    closed = _no_longer_open(run)
    start = min(start, _from_which_to_read_again(run, closed, start))
    found: set[str] = set()
    for page in threads_since(run, start):
        latest = max(millis(one.get("latestMessageTimestamp")) or 0 for one in page)
        done = max(done, latest)
        with store.step():
            keep(run, page)
            store.set_mark(portal, "threads_to", str(done))
        found |= {str(one["id"]) for one in page}
        run.says("threads", run.counts.threads)
    _look_at(run, [id for id in closed if id not in found])


def keep(run: Run, threads: Iterable[dict[str, Any]]) -> None:
    """Write threads as they are now; for which close they were judged stays known."""
    given = {str(one["id"]): one for one in threads}
    known = (
        "SELECT thread_id, judged_for FROM threads WHERE portal_id = $1 AND thread_id IN (SELECT unnest($2::VARCHAR[]))"
    )
    judged = dict(run.store.ask(known, run.portal, list(given)))
    run.store.put(THREADS, [_row(run.portal, one, judged.get(id)) for id, one in given.items()])
    run.counts.threads += len(given)


def _row(portal: int, thread: dict[str, Any], judged_for: int | None) -> tuple[Any, ...]:
    assigned = str(thread.get("assignedTo") or "")
    created = millis(thread.get("createdAt"))
    latest = millis(thread.get("latestMessageTimestamp"))
    return (
        portal,
        str(thread["id"]),
        str(thread.get("inboxId") or ""),
        str(thread.get("originalChannelId") or ""),
        str(thread.get("status") or ""),
        created or latest or 0,
        millis(thread.get("closedAt")),
        latest,
        millis(thread.get("latestMessageReceivedTimestamp")),
        str(thread.get("associatedContactId") or ""),
        str((thread.get("threadAssociations") or {}).get("associatedTicketId") or ""),
        judged_for,
        bool(thread.get("spam")),
        assigned[2:] if assigned.startswith("A-") else "",
    )


def _no_longer_open(run: Run) -> dict[str, int]:
    """Threads known as open that are not any more, and when their latest message came; what is open now is kept."""
    known = dict(
        run.store.ask(
            "SELECT thread_id, latest_at FROM threads"
            " WHERE portal_id = $1 AND status = 'OPEN' AND latest_at IS NOT NULL",
            run.portal,
        )
    )
    if not known:
        return {}
    for page in threads_since(run, min(known.values()), {"threadStatus": "OPEN"}):
        with run.store.step():
            keep(run, page)
        for one in page:
            known.pop(str(one["id"]), None)
    return known


def _from_which_to_read_again(run: Run, closed: dict[str, int], start: int) -> int:
    """From which latest message on the list is cheaper than to look at these threads one by one."""
    moments = [
        int(at)
        for (at,) in run.store.ask(
            "SELECT latest_at FROM threads WHERE portal_id = $1 AND latest_at < $2 ORDER BY latest_at",
            run.portal,
            start,
        )
    ]
    page = run.sizes.get("threads", SIZES[0])
    older = sorted(at for at in closed.values() if at < start)
    choices = [(len(older), start)]
    for number, at in enumerate(older):
        choices.append((ceil((len(moments) - bisect_left(moments, at)) / page) + number, at))
    return min(choices, key=lambda one: (one[0], -one[1]))[1]


def _look_at(run: Run, ids: list[str]) -> None:
    """Threads one by one; those that are not there any more are known as gone."""
    asked = [
        Ask("GET", run.path("conversations", f"threads/{id}"), {"association": "TICKET"}, tag=id, missing_ok=True)
        for id in ids
    ]
    for done, (ask, answer) in enumerate(run.asking.each(asked), 1):
        with run.store.step():
            if answer.get("id"):
                keep(run, [answer])
            else:
                run.store.change(
                    "UPDATE threads SET status = $1 WHERE portal_id = $2 AND thread_id = $3", GONE, run.portal, ask.tag
                )
        run.says("threads", done, len(ids))
