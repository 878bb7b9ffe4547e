"""What is taken out of the file: what is older than it may be, and what is of one person or chat."""

from report.store import schema
from report.store.schema import ANSWERS, CLOSES, LINKS, REPAIRS, STAGES, THREADS, TICKETS, Table
from report.store.store import Store

DAY = 86_400_000


def forget(store: Store, id: str) -> dict[str, int]:
    """Take out every row of a contact or a thread, of any account in the file; how many rows of which table.

    The file holds no byte of it afterwards, also where nothing was found: an earlier try may have been ended half-way.
    What HubSpot still has may be gathered again; who wants it gone there deletes it there first.
    """
    whole = f"SELECT thread_id FROM threads WHERE $1 IN (contact_id, thread_id) UNION SELECT thread_id FROM {_NAMED}"
    threads = [str(one) for (one,) in store.ask(whole, id)]
    tickets = [str(one) for (one,) in store.ask("SELECT ticket_id FROM tickets WHERE contact_id = $1", id)]
    taken: dict[str, int] = {}
    with store.step():
        for table in (CLOSES, THREADS, LINKS, ANSWERS, REPAIRS):
            _take(store, table, "thread_id", threads, taken)
        for table in (TICKETS, LINKS, STAGES):
            _take(store, table, "ticket_id", tickets, taken)
        store.change("DELETE FROM marks WHERE value = $1", id)
    store.rewrite()
    return {name: count for name, count in taken.items() if count}


_NAMED = (
    "(SELECT thread_id FROM closes WHERE $1 IN (contact_id, thread_id)"
    " UNION ALL SELECT thread_id FROM links WHERE thread_id = $1"
    " UNION ALL SELECT thread_id FROM answers WHERE thread_id = $1"
    " UNION ALL SELECT thread_id FROM repairs WHERE thread_id = $1)"
)


def age(store: Store, portal: int, today: int, keep_days: int, reach_days: int) -> int:
    """Take out what is older than `keep_days` before the day that began at `today` (epoch ms); how many rows.

    A chat that is open still may close late, so it is known for `reach_days` more. Incidents have no ids and stay;
    answers of a calibration stay, too, without their thread's id, because their counts are what they are for.
    """
    limit = today - keep_days * DAY
    old = {
        CLOSES: "closed_at < $2",
        THREADS: "greatest(coalesce(latest_at, 0), coalesce(closed_at, 0), created_at) < "
        f"CASE WHEN status = 'OPEN' THEN $2 - {reach_days * DAY} ELSE $2 END",
        REPAIRS: '"at" < $2',
        schema.RUNS: "began_at < $2",
        TICKETS: "changed_at < $2 AND ticket_id NOT IN (SELECT l.ticket_id FROM links l JOIN threads t USING"
        " (portal_id, thread_id) WHERE l.portal_id = $1)",
        LINKS: "since < $2 AND ticket_id NOT IN (SELECT ticket_id FROM tickets WHERE portal_id = $1)",
        STAGES: "entered_at < $2 AND ticket_id NOT IN (SELECT ticket_id FROM tickets WHERE portal_id = $1)",
    }
    taken = 0
    with store.step():
        for table, where in old.items():
            (count,) = store.ask(f"SELECT count(*) FROM {table.name} WHERE portal_id = $1 AND {where}", portal, limit)[
                0
            ]
            if count:
                store.change(f"DELETE FROM {table.name} WHERE portal_id = $1 AND {where}", portal, limit)
            taken += int(count)
        store.change("UPDATE answers SET thread_id = '' WHERE portal_id = $1 AND closed_at < $2", portal, limit)
    if taken:
        store.rewrite()
    return taken


def _take(store: Store, table: Table, column: str, ids: list[str], taken: dict[str, int]) -> None:
    where = f"{column} IN (SELECT unnest($1::VARCHAR[]))"
    (count,) = store.ask(f"SELECT count(*) FROM {table.name} WHERE {where}", ids)[0]
    store.change(f"DELETE FROM {table.name} WHERE {where}", ids)
    taken[table.name] = taken.get(table.name, 0) + int(count)
