"""A project folder with a portal's file, a served account, and the report between them, as a user has it."""

import contextlib
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from actions.parts.moments import millis
from report import settings
from report.asking.asking import Asking
from report.gather.gathering import Gathered, gather
from report.gather.run import Tell
from report.store.store import Store
from tests.deploy import desk as deploying
from tests.deploy.desk import NAME, Said
from tests.harness.serve.conftest import ROOT
from tests.report.typed import typed

VARIABLE = "HUBSPOT_REPORT_TOKEN"
INPUTS = """
[inputs]
mode = "dry"
inboxes = ["1200001"]
"""
THREADS = "/conversations/conversations/2026-09/threads"
TICKETS = "/crm/objects/2026-09/tickets"
OURS = ("chat_thread_id", "chat_threads")
PROPERTIES = {
    "tickets": [
        {
            "name": "chat_thread_id",
            "label": "Chat thread",
            "type": "string",
            "fieldType": "text",
            "hasUniqueValue": True,
        },
        {"name": "chat_threads", "label": "Chats", "type": "string", "fieldType": "textarea"},
        {"name": "chat_closed_at", "label": "Chat closed at", "type": "datetime", "fieldType": "date"},
    ]
}
CANARY = "canary-7731"
GATHERS = """
import sys
from report import settings
from report.asking.asking import Asking
from report.gather.gathering import gather
from report.store.store import Store

known = settings.read(sys.argv[1])
with Store.open(known.name) as store, Asking(known.portal.api_host, known.token) as asking:
    gather(asking, store, known, days=30)
"""


def waiting(ago: str = "3 h", **more: Any) -> dict[str, Any]:
    """A chat of a seed in which nobody answers: closed a minute after it began, unresolved."""
    said = [{"visitor": f"Where is my order? {CANARY}"}, {"visitor": "It has not come."}, {"close": "hubspot"}]
    return {"inbox": "Support", "ago": ago, "talk": said} | more


@dataclass
class Desk(deploying.Desk):
    """One project folder beside one served account."""

    def stands_still(self) -> None:
        """The account's clock stops, so that moments can be told."""
        self.hub.control("POST", "clock", {"running": False})

    def passes(self, seconds: float) -> int:
        """Time passes in the account; what it is then, in epoch ms."""
        now = self.hub.control("POST", "clock", {"advance": seconds}).body["now"]
        return int(millis(now))

    @property
    def now(self) -> int:
        """The account's time, in epoch ms."""
        return int(millis(self.hub.control("GET", "clock").body["now"]))

    def weather(self, *rules: dict[str, Any]) -> None:
        """What goes wrong from here on."""
        self.hub.control("DELETE", "weather")
        for rule in rules:
            answer = self.hub.control("POST", "weather", rule)
            assert answer.status < 300, answer

    def report(self, command: str, *more: str, **environment: str) -> Said:
        """`python -m report <command> ...` in the project's folder."""
        return typed(self.folder, command, *more, **{VARIABLE: self.hub.token} | self.environment | environment)

    def running_report(self, command: str, *more: str, **environment: str) -> subprocess.Popen[str]:
        """The same, begun and not waited for."""
        return subprocess.Popen(
            [sys.executable, "-m", "report", command, *more],
            cwd=self.folder,
            env=os.environ | {"PYTHONPATH": str(ROOT), VARIABLE: self.hub.token} | self.environment | environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )

    def gathers(self, days: int = 30, budget: int | None = None, tell: Tell | None = None) -> Gathered:
        """What the commands do first: bring the store up to date."""
        with self.inside(), Store.open(NAME) as store:
            known = settings.read(NAME)
            with Asking(known.portal.api_host, known.token, budget=budget) as asking:
                return gather(asking, store, known, days=days, now=self.now, progress=tell)

    def begins_to_gather(self) -> subprocess.Popen[bytes]:
        """The same in a process of its own, which can be killed."""
        return subprocess.Popen(
            [sys.executable, "-c", GATHERS, NAME],
            cwd=self.folder,
            env=os.environ | {"PYTHONPATH": str(ROOT), VARIABLE: self.hub.token},
        )

    @contextlib.contextmanager
    def inside(self) -> Iterator[None]:
        """In the project's folder, with the key."""
        before = os.environ.get(VARIABLE)
        os.environ[VARIABLE] = self.hub.token
        try:
            with contextlib.chdir(self.folder):
                yield
        finally:
            os.environ.pop(VARIABLE) if before is None else os.environ.update({VARIABLE: before})

    def rows(self, columns: str, table: str = "closes") -> list[tuple[Any, ...]]:
        """What stands in a table, in order."""
        with Store.at(self.folder / ".report" / f"{NAME}.duckdb") as store:
            return store.ask(f"SELECT {columns} FROM {table} ORDER BY ALL")  # noqa: S608 (a test's own words)

    def threads(self) -> list[dict[str, Any]]:
        """The account's threads, by id."""
        found: list[dict[str, Any]] = self.call("GET", f"{THREADS}?limit=500").body["results"]
        return found

    def makes_ticket(self, **properties: str) -> str:
        """A rep, or the workflow, makes a ticket now."""
        body = {"properties": {"subject": "Chat", "hs_pipeline_stage": "1"} | properties, "associations": []}
        answer = self.call("POST", TICKETS, body)
        assert answer.status == 201, answer
        return str(answer.body["id"])

    def changes(self, ticket: str, **properties: str) -> None:
        """Somebody changes a ticket now."""
        answer = self.call("PATCH", f"{TICKETS}/{ticket}", {"properties": properties})
        assert answer.status == 200, answer

    def closes_thread(self, thread: str, status: str = "CLOSED") -> None:
        """An agent closes a chat now, or opens it."""
        assert self.call("PATCH", f"{THREADS}/{thread}", {"status": status}).status == 200

    def files(self) -> list[Path]:
        """Every file in the folder."""
        return sorted(file for file in self.folder.rglob("*") if file.is_file())

    def told(self, said: Said) -> Any:
        """What --json printed."""
        assert said.code == 0, said.stderr
        return json.loads(said.stdout)
