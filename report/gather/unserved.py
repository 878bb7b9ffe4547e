"""Has a chat that nothing seems to carry a ticket after all? Asked of the record store, which does not lag."""

from report.asking.refusals import AskRefused
from report.gather.account import OURS
from report.gather.run import Run
from report.gather.tickets import ends_of, read_by_id
from report.store.schema import LINKS

MOST = 500  # of the newest, which are looked up by their key: what search lacks is of the last minutes

UNSERVED = """
SELECT thread_id, max(closed_at) FROM closes WHERE portal_id = $1 AND closed_at >= $2
AND resolution = 'unresolved' AND served_at IS NULL GROUP BY thread_id ORDER BY max(closed_at) DESC
"""


def look_up_unserved(run: Run) -> bool:
    """Tickets that carry such chats: by their key where they were judged now, by association all; whether there are."""
    unserved = run.store.ask(UNSERVED, run.portal, run.since)
    run.says("look-ups", 0, len(unserved))
    new = [str(thread) for thread, _ in unserved if thread in run.judged][:MOST]
    found = _by_key(run, new) if run.has_ours else 0
    ends = ends_of(run, "conversations/tickets", [str(thread) for thread, _ in unserved])
    wanted = {ticket for tickets in ends.values() for ticket in tickets}
    known = run.store.ask(
        "SELECT ticket_id, created_at FROM tickets WHERE portal_id = $1"
        " AND ticket_id IN (SELECT unnest($2::VARCHAR[]))",
        run.portal,
        list(wanted),
    )
    found += read_by_id(run, wanted - {str(id) for id, _ in known})
    made = {str(id): int(at) for id, at in known}
    linked = set(
        run.store.ask("SELECT thread_id, ticket_id FROM links WHERE portal_id = $1 AND place = 'ticket'", run.portal)
    )
    fresh = [
        (run.portal, ticket, thread, "ticket", made[ticket], None)
        for thread, tickets in ends.items()
        for ticket in tickets
        if ticket in made and (thread, ticket) not in linked
    ]
    run.store.put(LINKS, fresh)
    return bool(found or fresh)


def _by_key(run: Run, threads: list[str]) -> int:
    try:
        return read_by_id(run, threads, "chat_thread_id")
    except AskRefused as refusal:
        if refusal.status != 400:
            raise
        run.store.set_mark(run.portal, OURS, "")  # the property was taken away since it was seen
        return 0
