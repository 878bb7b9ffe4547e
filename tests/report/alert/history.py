"""What was gathered of an account, written straight into its store."""

from datetime import UTC, datetime

from report.alert.alarm import Alarm, Desk, alert
from report.alert.counts import HOUR, Account
from report.alert.delivery import Way
from report.alert.settings import AlertSettings
from report.store.schema import CLOSES, RUNS
from report.store.store import Store

PORTAL, MINUTE, WEEK = 4711, 60_000, 7 * 24 * HOUR


def at(text: str) -> int:
    """Epoch ms of a moment in UTC."""
    return int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp() * 1000)


NOW = at("2026-11-02 15:20")  # a Monday


class History:
    """One account's store."""

    def __init__(self, store: Store, zone: str = "UTC") -> None:
        self.store, self.zone, self._threads = store, zone, 0

    def gathered(self, until: int, since: int | None = None) -> None:
        """A complete gathering that began then, of the day before: too little to look for spikes."""
        since = until - 24 * HOUR if since is None else since
        self.store.put(RUNS, [(PORTAL, until, until + 1000, since, 1, 1, 1)])

    def closed(
        self, closed_at: int, *, served_at: int | None = None, resolution: str = "unresolved", inbox: str = "101"
    ) -> None:
        """One close; its thread is the next number."""
        self._threads += 1
        row = dict.fromkeys(CLOSES.names, "") | {
            "portal_id": PORTAL, "thread_id": str(self._threads), "closed_at": closed_at, "started_at": None,
            "day": datetime.fromtimestamp(closed_at / 1000, UTC).date(), "weekday": 1, "hour": 0,
            "inbox_id": inbox, "resolution": resolution, "reason": "no_answer", "messages": 2, "overtaken": False,
            "ambiguous": False, "served_at": served_at, "judged_at": closed_at,
        }  # fmt: skip
        self.store.put(CLOSES, [[row[name] for name in CLOSES.names]])

    def dropped(self, count: int, closed_at: int) -> None:
        """So many closes without a ticket, a second apart."""
        for each in range(count):
            self.closed(closed_at + each * 1000)

    def look(self, *ways: Way, now: int = NOW, refused: str = "", dry: bool = False, **settings: object) -> Alarm:
        """One run of the alert."""
        account = Account(PORTAL, self.zone, 5 * MINUTE, 45)
        desk = Desk("example", account, lambda inbox, thread: f"https://app.example.org/{inbox}/{thread}")
        chosen = AlertSettings(**settings)  # type: ignore[arg-type]
        return alert(self.store, desk, chosen, list(ways), now=now, refused=refused, dry=dry)
