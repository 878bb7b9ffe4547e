"""Where are the notes of repairs? In the table repairs of the account's store, which is open only while one is made.

A repair may take an hour; the alarm and the nightly page take their turn with the store meanwhile.
"""

from collections.abc import Callable, Mapping

from report.repair.closes import Close, Noted
from report.store.schema import REPAIRS
from report.store.store import Store

PATIENCE = 600.0  # seconds that another command may have the store


class StoredNotes:
    """The table repairs, row by row: what was noted before is replaced."""

    def __init__(self, opened: Callable[[], Store], portal_id: int) -> None:
        self._opened, self._portal_id = opened, portal_id

    @classmethod
    def of(cls, name: str, portal_id: int) -> "StoredNotes":
        """Those of an account, by the name of its portal's file."""
        return cls(lambda: Store.open(name, PATIENCE), portal_id)

    def read(self) -> dict[Close, Noted]:
        """All that is noted of this account."""
        with self._opened() as store:
            rows = store.ask(
                'SELECT thread_id, closed_at, state, ticket_id, "at" FROM repairs WHERE portal_id = $1', self._portal_id
            )
        return {Close(row[0], row[1]): Noted(row[2], row[3], row[4]) for row in rows}

    def write(self, noted: Mapping[Close, Noted]) -> None:
        """Note this; it is on the disk when this returns."""
        rows = [
            (self._portal_id, close.thread_id, close.closed_at, note.state, note.ticket_id, note.at)
            for close, note in noted.items()
        ]
        with self._opened() as store:
            store.put(REPAIRS, rows)
