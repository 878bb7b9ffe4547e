"""Which closes of a window were dropped? As every count of ours has it, but all of them and nothing else."""

from dataclasses import dataclass

from report.repair.closes import Close
from report.store.store import Store

DROPPED = """
SELECT thread_id, closed_at, ambiguous, overtaken FROM closes
WHERE portal_id = $1 AND resolution IN ('unresolved', 'unjudged') AND served_at IS NULL
    AND closed_at >= $2 AND closed_at <= $3
ORDER BY closed_at, thread_id
"""


@dataclass(frozen=True)
class Dropped:
    """One close that no ticket served in time, and none since."""

    thread_id: str
    closed_at: int
    ambiguous: bool
    """Its visitor had an open ticket then, which may carry it unnamed."""
    overtaken: bool
    """A later sitting of the chat ended resolved."""


def dropped(store: Store, portal_id: int, *, since: int, until: int, within: int) -> list[Dropped]:
    """Those that closed since then, as far as it is decided by `until`, up to which was gathered."""
    return [Dropped(*row) for row in store.ask(DROPPED, portal_id, since, until - within)]


def to_repair(rows: list[Dropped], *, ambiguous: bool = False) -> list[Close]:
    """Not those that a later sitting settled; those in doubt only if asked for."""
    return [
        Close(row.thread_id, row.closed_at) for row in rows if not row.overtaken and (ambiguous or not row.ambiguous)
    ]
