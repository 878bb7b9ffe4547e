"""Where do the stories play? One account with a clock, people, inboxes and, after day one, our properties."""

import json
import random
import tomllib
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from harness.clock import EPOCH, Clock, millis
from harness.portal import Portal
from harness.portal.wire import Request

MINUTE, HOUR, DAY = 60_000, 3_600_000, 86_400_000
CANARY = "qzx7kanarya"
"""Stands in every text, name and address of the account."""
DEFINITIONS = Path(__file__).parents[3] / "deploy" / "properties.toml"
LONGEST = 45 * DAY
OBJECTS = "/crm/objects/2026-09"


def moment(at: int) -> datetime:
    """Epoch ms as a moment."""
    return EPOCH + timedelta(milliseconds=at)


def iso(at: int) -> str:
    """Epoch ms as HubSpot has it and our tickets list it: without milliseconds where there are none."""
    return moment(at).isoformat(timespec="milliseconds" if at % 1000 else "seconds").replace("+00:00", "Z")


class Stage:
    """One account, from `LONGEST` before now on. Everything is planned first, and then happens in its order."""

    def __init__(self, seed: int, now: datetime, zone: str, *, provisioned: bool = True) -> None:
        self.dice = random.Random(seed)
        self.zone = ZoneInfo(zone)
        self.now = millis(now)
        self.provisioned = provisioned
        self.clock = Clock(moment(self.now - LONGEST))
        self.portal = Portal(clock=self.clock, time_zone=zone)
        self.token = self.portal.token(value="local-oracle")
        self._people = 0
        self._canaries = 0
        self._furnish()

    def _furnish(self) -> None:
        portal = self.portal
        self.agents = [portal.has_agent(f"Agent {number} {CANARY}") for number in (3, 4, 5)]
        self.bot, self.ai = portal.has_bot(f"Bot {CANARY}"), portal.has_llm(f"AI {CANARY}")
        self.inboxes = [portal.has_inbox(f"{name} {CANARY}") for name in ("Support", "Sales")]
        self.unserved = portal.has_inbox(f"Press {CANARY}")
        self.help_desk = portal.has_inbox(f"Help Desk {CANARY}", "HELP_DESK")
        self.pipelines = {"0": ("1", "4")}  # id: an open and a closed stage
        returns = portal.has_pipeline("Returns", [("New", "OPEN"), ("Waiting", "OPEN"), ("Done", "CLOSED")])
        stages = portal.stages(returns)
        self.pipelines[returns] = (stages["New"], stages["Done"])
        if self.provisioned:
            portal.provision(_definitions())

    @property
    def served(self) -> list[str]:
        """The inboxes whose chats are judged."""
        return [*self.inboxes, self.help_desk]

    @property
    def first_day(self) -> int:
        """Epoch ms at which a report of 30 days begins."""
        today = moment(self.now).astimezone(self.zone).date()
        return self.midnight(today - timedelta(days=30))

    def midnight(self, day: Any) -> int:
        """Epoch ms at which a day of the account begins."""
        return millis(datetime.combine(day, datetime.min.time(), self.zone).astimezone(UTC))

    def at(self, when: int, call: Callable[[], object]) -> None:
        """Plan what happens at a moment."""
        assert self.now - LONGEST <= when <= self.now, (iso(when), iso(self.now))
        self.clock.at(moment(when), call)

    def canary(self) -> str:
        """A word that nobody may keep."""
        self._canaries += 1
        return f"{CANARY}{self._canaries}"

    def contact(self) -> str:
        """Somebody HubSpot knows."""
        self._people += 1
        number = self._people
        return self.portal.has_contact(f"visitor-{number}.{CANARY}@example.org", firstname=f"Visitor {CANARY}")

    def call(self, method: str, path: str, body: Any) -> Any:
        """What an integration does to the account; it never goes wrong here."""
        headers = {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"}
        answer = self.portal.answer(Request.make(method, path, headers, json.dumps(body)))
        assert answer.status < 300, (method, path, answer)
        return json.loads(answer.body) if answer.body else None

    def pick(self, choices: Any) -> Any:
        """One of them."""
        return self.dice.choice(list(choices))

    def between(self, least: int, most: int) -> int:
        """A number of ms."""
        return self.dice.randint(least, most)

    def play(self, until: int | None = None) -> None:
        """Let everything happen, up to a moment or to now."""
        self.clock.run_until(moment(self.now if until is None else until))


def _definitions() -> list[dict[str, Any]]:
    with DEFINITIONS.open("rb") as file:
        return [dict(one) for one in tomllib.load(file)["tickets"]]
