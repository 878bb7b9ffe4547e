"""Closes with verdicts, written straight into a store."""

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from report.calibrate.answering import Sheet, take
from report.calibrate.drawing import Drawn, draw
from report.calibrate.strata import Stratum, strata
from report.store.schema import CLOSES
from report.store.store import Store

PORTAL = 4711
BEGAN = 1_793_600_000_000


@dataclass
class Judged:
    """One account's store."""

    opened: Callable[[], Store]
    threads: int = 1000

    def closes(self, many: int, resolution: str, reason: str) -> None:
        """So many with this verdict; threads and moments count upwards."""
        rows = []
        for _ in range(many):
            self.threads += 1
            closed_at = BEGAN + self.threads * 60_000
            row = dict.fromkeys(CLOSES.names, "") | {
                "portal_id": PORTAL, "thread_id": str(self.threads), "closed_at": closed_at, "started_at": None,
                "day": datetime.fromtimestamp(closed_at / 1000, UTC).date(), "weekday": 1, "hour": 0,
                "inbox_id": "101", "resolution": resolution, "reason": reason, "messages": 2, "overtaken": False,
                "ambiguous": False, "served_at": None, "judged_at": closed_at,
            }  # fmt: skip
            rows.append([row[name] for name in CLOSES.names])
        with self.opened() as store:
            store.put(CLOSES, rows)

    @property
    def sheet(self) -> Sheet:
        """How its closes are shown."""
        return Sheet(self.opened, PORTAL, "UTC", lambda inbox, thread: f"https://app.example.org/{inbox}/{thread}")

    def draw(self, size: int, seed: int = 0, *, again: bool = False) -> list[Drawn]:
        """A sample."""
        with self.opened() as store:
            return draw(store, PORTAL, size, seed=seed, again=again)

    def strata(self) -> list[Stratum]:
        """What is counted."""
        with self.opened() as store:
            return strata(store, PORTAL)

    def types(self, drawn: Sequence[Drawn], keys: str) -> tuple[int, str]:
        """Answer at the terminal; how many were, and what it showed."""
        screen = io.StringIO()
        return take(self.sheet, drawn, io.StringIO(keys), screen, lambda: 1), screen.getvalue()
