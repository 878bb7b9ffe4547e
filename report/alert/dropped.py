"""Which chats were dropped of late? Their ids, reasons and links, and nothing of what was said in them."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from report.alert.counts import HOUR, LOOK, Account
from report.store.store import Store

SHOWN = 10  # chats; the report shows all

DROPPED = """
SELECT thread_id, closed_at, inbox_id, resolution, reason FROM closes
WHERE portal_id = $1 AND resolution IN ('unresolved', 'unjudged') AND served_at IS NULL
    AND closed_at >= $2 AND closed_at <= $3
ORDER BY closed_at DESC, thread_id
"""


@dataclass(frozen=True)
class Chat:
    """One close that no ticket served."""

    closed_at: int
    reason: str
    link: str


@dataclass(frozen=True)
class Dropped:
    """The latest, and how many there are for each inbox and reason."""

    chats: tuple[Chat, ...] = ()
    inboxes: tuple[tuple[str, int], ...] = ()
    reasons: tuple[tuple[str, int], ...] = ()

    @property
    def count(self) -> int:
        """All, not only those that are shown."""
        return sum(many for _, many in self.reasons)


def dropped(store: Store, account: Account, until: int | None, hours: int, link: Callable[[str, str], str]) -> Dropped:
    """In the hours that are looked at; `link` makes the address of an inbox's thread."""
    if until is None:
        return Dropped()
    begins = until - max(hours, LOOK) * HOUR
    rows = store.ask(DROPPED, account.portal_id, begins, until - account.within)
    chats = [Chat(closed_at, reason, link(inbox, thread)) for thread, closed_at, inbox, _, reason in rows[:SHOWN]]
    return Dropped(
        tuple(chats), _ranked(inbox for _, _, inbox, _, _ in rows), _ranked(row[4] or row[3] for row in rows)
    )


def _ranked(values: Iterable[str]) -> tuple[tuple[str, int], ...]:
    counted = Counter(values)
    return tuple(sorted(counted.items(), key=lambda pair: (-pair[1], pair[0])))
