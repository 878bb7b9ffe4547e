"""How is a history served, and the report run on it, as a user does both?"""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb

from harness.clock import millis
from harness.serve import state_file
from tests.harness.serve.conftest import ROOT, Served, started
from tests.report.oracle.history import History

NAME = "local"
COMMAND = ("-m", "report", "drops")
TOKEN = "HUBSPOT_REPORT_TOKEN"
LIMITS = "limits: {burst: 5000}\n"
SMALL_PAGES = (  # a server as everybody's, but that a page of threads has at most 100: then there are some
    "-c",
    "import sys; from harness import cli; from harness.portal.conversations import thread_routes; "
    "thread_routes.LARGEST_PAGE = 100; sys.exit(cli.main(sys.argv[1:]))",
)
LISTS = "GET ^/conversations/.*/threads/?$"


def stormy(seed: int) -> list[dict[str, Any]]:
    """The weather of a seed: refusals, outages, lost and cut connections, lists that stall and repeat, late search."""
    chance = dice(seed)
    often = chance.choice([0.01, 0.03])
    return [
        # One, and not for every seed: a 429 says that nothing is left of its ten seconds, which are then waited for.
        {"kind": "busy", "times": 1, "route": "messages" if seed % 5 == 0 else "nowhere"},
        {"kind": "busy", "probability": often, "status": 423},
        {"kind": "breaks", "probability": often, "status": chance.choice([500, 502, 503, 504])},
        {"kind": "drops", "probability": often},
        {"kind": "cuts", "probability": often},
        {"kind": "stalls", "times": chance.randint(0, 3), "route": LISTS, "probability": 0.5},
        {"kind": "repeats", "times": chance.randint(0, 3), "route": LISTS, "probability": 0.5},
        {"kind": "search_lags", "seconds": chance.randint(0, 30)},
    ]


def dice(seed: int) -> random.Random:
    """Of the weather and the kills of a seed."""
    return random.Random(f"weather {seed}")


@dataclass
class Rig:
    """A project's folder beside a server that has a history's account."""

    folder: Path
    hub: Served
    history: History
    seed: int

    @classmethod
    def of(cls, history: History, folder: Path, seed: int) -> Rig:
        """The account served as it stands now, and a portal's file that names it."""
        rig = cls(folder / "project", _served(history, folder), history, seed)
        rig.writes_portal_file()
        return rig

    def goes_on(self, until: int) -> None:
        """More happens in the account, which is served anew for the same project."""
        self.ends()
        self.history.stage.play(until)
        self.hub = _served(self.history, self.folder.parent)
        self.writes_portal_file()

    def writes_portal_file(self) -> None:
        """Which inboxes are served stands in the portal's file."""
        stage = self.history.stage
        file = self.folder / "deploy" / "portals" / f"{NAME}.toml"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(
            f'portal_id = {stage.portal.portal_id}\nkind = "test"\napi_host = "{self.hub.address}"\n\n[inputs]\n'
            f'mode = "dry"\ninboxes = {json.dumps(stage.served)}\nhelp_desk_inboxes = ["{stage.help_desk}"]\n',
            encoding="utf-8",
        )

    def weather(self, *rules: dict[str, Any]) -> None:
        """What goes wrong from here on; without rules nothing does."""
        self.hub.control("DELETE", "weather")
        for rule in rules:
            answer = self.hub.control("POST", "weather", rule)
            assert answer.status < 300, answer

    def begins(self, *more: str) -> subprocess.Popen[str]:
        """`python -m report drops --portal local --days 30 --json`, not waited for."""
        environment = os.environ | {
            "PYTHONPATH": str(ROOT),
            TOKEN: self.hub.token,
            "HOME": str(self.folder / "home"),
            "TMPDIR": str(self._made("scratch")),
        }
        return subprocess.Popen(
            [sys.executable, *COMMAND, "--portal", NAME, "--days", "30", "--json", *more],
            cwd=self.folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )

    def drops(self, *more: str) -> Any:
        """What it prints."""
        with self.begins(*more) as process:
            stdout, stderr = process.communicate(timeout=120)
        assert process.returncode == 0, stderr
        return json.loads(stdout)

    def killed(self, at_request: int) -> bool:
        """The same, killed once the account was asked so often; False if it was done before that."""
        self.forgets_requests()
        with self.begins() as process:
            while process.poll() is None and self.requests() < at_request:
                time.sleep(0.005)
            process.send_signal(signal.SIGKILL)
            process.communicate(timeout=60)
        return process.returncode == -signal.SIGKILL

    def requests(self) -> int:
        """How many requests there were since they were forgotten."""
        return int(self.hub.control("GET", "requests?limit=1").body["total"])

    def forgets_requests(self) -> None:
        """Count from here on."""
        self.hub.control("DELETE", "requests")

    def ends(self) -> None:
        """The server's end."""
        self.hub.process.kill()
        self.hub.process.communicate()

    def kept(self, word: str) -> list[str]:
        """The files that the report left, wherever it might, and tables of them, that hold a word."""
        files = [file for file in self.folder.rglob("*") if file.is_file()]
        found = [file.name for file in files if word.encode() in file.read_bytes()]
        for file in [file for file in files if file.suffix == ".duckdb"]:
            with duckdb.connect(str(file), read_only=True) as connection:
                tables = [str(name) for (name,) in connection.execute("SHOW TABLES").fetchall()]
                found += [name for name in tables if word in str(connection.table(name).fetchall())]
        return found

    def _made(self, name: str) -> Path:
        folder = self.folder / name
        folder.mkdir(parents=True, exist_ok=True)
        return folder


def until_of(document: Any) -> int:
    """How far the account had come when it was read, by the report's own word."""
    return millis(datetime.fromisoformat(document["until"]))


def _served(history: History, folder: Path) -> Served:
    state, limits = folder / "account.state", folder / "limits.yaml"
    state_file.save(history.stage.portal, state)
    limits.write_text(LIMITS, encoding="utf-8")
    given = ("--state", str(state), "--seed", str(limits), "--now", history.stage.clock.iso())
    return started(*given, command=SMALL_PAGES)
