"""Everything an account holds, behind one lock, and who is told when a record changes."""

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import RLock

from harness.clock import Clock
from harness.portal.account.state import Usage
from harness.portal.associations.state import Links
from harness.portal.conversations.state import Conversations
from harness.portal.emails.state import Outbox
from harness.portal.flows.state import Flows
from harness.portal.lags import Lags
from harness.portal.objects.records import Records
from harness.portal.objects.types import TYPES, ObjectType
from harness.portal.owners.state import Owners
from harness.portal.pipelines.state import Pipelines
from harness.portal.properties import builtin
from harness.portal.properties.definitions import Definitions
from harness.portal.rules.state import Rules

Watcher = Callable[[str, str, set[str]], object]
DAILY = 650_000  # requests; documented: a professional account


@dataclass(frozen=True, slots=True)
class Account:
    """What the account says of itself."""

    portal_id: int
    ui_domain: str
    time_zone: str


class World:
    """The state of one account. Knows nothing of HTTP."""

    def __init__(self, clock: Clock, account: Account) -> None:
        self.clock = clock
        self.account = account
        now = clock.millis()
        self.definitions = Definitions()
        builtin.install(self.definitions, now)
        self.lags = Lags()
        self.records = Records(TYPES, self.lags)
        self._keep_unique()
        self.pipelines = Pipelines(now)
        self.owners = Owners()
        self.links = Links(self.lags, clock.millis)
        self.conversations = Conversations()
        self.outbox = Outbox()
        self.flows = Flows()
        self.rules = Rules()
        self.usage = Usage(clock, account.time_zone)
        self.daily_limit = DAILY  # what the account says; whether it is kept is the door's business
        self.watchers: list[Watcher] = []
        self._ids = random.Random(account.portal_id)
        self._lock = RLock()
        self._depth = 0
        self._changes: dict[tuple[str, str], set[str]] = {}

    @contextmanager
    def act(self) -> Iterator[None]:
        """One act: nobody else sees its middle; its changes are told when it is over and the lock is free."""
        changes: dict[tuple[str, str], set[str]] = {}
        with self._lock:
            self._depth += 1
            try:
                yield
            finally:
                self._depth -= 1
                if not self._depth:
                    changes, self._changes = self._changes, {}
        for (type_id, record_id), names in changes.items():
            for watcher in list(self.watchers):
                watcher(type_id, record_id, set(names))

    def changed(self, type: ObjectType, record_id: str, names: set[str]) -> None:
        """Remember what this act has changed."""
        if names:
            self._changes.setdefault((type.id, record_id), set()).update(names)

    def uuid(self) -> str:
        """An id such as HubSpot gives to answers; the same run gives the same ones."""
        with self._lock:
            bits = self._ids.getrandbits(128)
        # version 4 in its places, as uuid.UUID would write it, which takes three times as long
        digits = f"{bits & ~(0xF000 << 64 | 0xC000 << 48) | 0x4000 << 64 | 0x8000 << 48:032x}"
        return f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}"

    def _keep_unique(self) -> None:
        for type in TYPES:
            for definition in self.definitions.all(type):
                if definition.unique:
                    self.records.of(type).make_unique(definition.name)
