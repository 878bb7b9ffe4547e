"""When was a ticket open, and since when does it name a chat? Its history says, read only where it matters.

It does not for a ticket that never closed, nor for one that closed before its chats did, or when it was made, for good.
"""

from collections.abc import Iterable
from typing import Any

from actions.parts.moments import millis
from report.asking.pages import rows
from report.asking.refusals import AskRefused
from report.gather.run import BATCH, Run
from report.gather.tickets import lines_in
from report.store.schema import LINKS, STAGES

SMALLER = 50  # documented of lists with history; of batches it is not known
HISTORIES = ["hs_pipeline_stage", "chat_threads", "chat_thread_id"]
NEEDED = """
WITH moments AS (
    SELECT thread_id, closed_at FROM threads WHERE portal_id = $1 AND closed_at >= $2
    UNION SELECT thread_id, closed_at FROM closes WHERE portal_id = $1 AND closed_at >= $2
), named AS (
    SELECT l.ticket_id, m.closed_at AS close, l.since = 0 AND l.closed_at >= $2 AS undated
    FROM moments m JOIN links l ON l.portal_id = $1 AND l.thread_id = m.thread_id
    UNION SELECT t.ticket_id, m.closed_at, false
    FROM moments m JOIN threads t ON t.portal_id = $1 AND t.thread_id = m.thread_id WHERE t.ticket_id <> ''
)
SELECT DISTINCT n.ticket_id FROM named n JOIN tickets k ON k.portal_id = $1 AND k.ticket_id = n.ticket_id
WHERE (n.undated AND k.created_at < n.close) OR (
    (k.is_open OR k.closed_at IS NULL OR k.closed_at >= greatest(n.close, k.created_at + 1))
    AND n.ticket_id NOT IN (SELECT ticket_id FROM stages WHERE portal_id = $1))
ORDER BY n.ticket_id
"""


def gather_histories(run: Run) -> None:
    """The histories that matter and are not known, a batch in a step."""
    wanted = [str(id) for (id,) in run.store.ask(NEEDED, run.portal, run.since)]
    path = run.path("objects", "tickets/batch/read")
    body: dict[str, object] = {
        "properties": ["hs_pipeline", "hs_conversations_originating_thread_id"],
        "propertiesWithHistory": HISTORIES,
    }
    if not run.has_ours:
        body["propertiesWithHistory"] = HISTORIES[:1]
    while wanted:
        size = run.sizes.get("histories", BATCH)
        batches = run.batches(path, [{"id": id} for id in wanted], size, body)
        try:
            for ask, answer in run.asking.each(batches):
                given = [one["id"] for one in ask.body["inputs"]]
                _keep(run, rows(path, answer), given)
                wanted = [id for id in wanted if id not in set(given)]
                run.says("histories", run.counts.histories)
        except AskRefused as refusal:
            if refusal.status != 400 or size == SMALLER:
                raise
            run.sizes["histories"] = SMALLER


def _keep(run: Run, tickets: Iterable[dict[str, Any]], asked: list[str]) -> None:
    """Stages, and since when each link is there. Of one that is gone it is kept that it is, so that none asks again."""
    found = {str(one["id"]): one for one in tickets}
    links = run.store.ask(
        "SELECT * FROM links WHERE portal_id = $1 AND ticket_id IN (SELECT unnest($2::VARCHAR[]))", run.portal, asked
    )
    made = dict(
        run.store.ask(
            "SELECT ticket_id, created_at FROM tickets WHERE portal_id = $1"
            " AND ticket_id IN (SELECT unnest($2::VARCHAR[]))",
            run.portal,
            asked,
        )
    )
    with run.store.step():
        run.store.drop(LINKS, run.portal, "ticket_id", asked)
        run.store.drop(STAGES, run.portal, "ticket_id", asked)
        dated = [(*link[:4], max(made[link[1]], _since(found.get(link[1]), link)), link[5]) for link in links]
        run.store.put(LINKS, dated)
        run.store.put(STAGES, [row for id in asked for row in _stages(run, id, found.get(id), made[id])])
    run.counts.histories += len(found)


def _stages(run: Run, id: str, ticket: dict[str, Any] | None, made: int) -> list[tuple[Any, ...]]:
    if ticket is None:
        return [(run.portal, id, made, "", False)]
    pipeline = str((ticket.get("properties") or {}).get("hs_pipeline") or "")
    by_stage = {stage: closed for (_, stage), closed in run.stages.items()}
    return [
        (run.portal, id, at, value, not run.stages.get((pipeline, value), by_stage.get(value)))
        for value, at in _versions(ticket, "hs_pipeline_stage")
    ]


def _since(ticket: dict[str, Any] | None, link: tuple[Any, ...]) -> int:
    """The first version of its property that names the thread; 0 where none says."""
    _, _, thread, place, _, close = link
    if ticket is None or place not in ("chat_threads", "chat_thread_id"):
        return 0
    if place == "chat_threads":
        return min((at for value, at in _versions(ticket, place) if (thread, close) in lines_in(value)), default=0)
    named = str((ticket.get("properties") or {}).get("hs_conversations_originating_thread_id") or "")
    return (
        0
        if named == thread
        else min((at for value, at in _versions(ticket, place) if value.split("#")[0] == thread), default=0)
    )


def _versions(ticket: dict[str, Any], name: str) -> list[tuple[str, int]]:
    history = (ticket.get("propertiesWithHistory") or {}).get(name) or []
    return [(str(one.get("value") or ""), millis(one.get("timestamp")) or 0) for one in history]
