"""A project folder with a portal's file, a served account, and the command line between them, as a user has it."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from contract.action import Action
from tests.harness.serve.conftest import ROOT, Answer, Served

NAME = "local"
VARIABLE = "HUBSPOT_DEPLOY_TOKEN"
PORTAL = """\
portal_id = 4711001
kind = "test"
api_host = "{address}"
"""
WORKFLOWS = """
[workflows.unresolved_chats]
[workflows.tickets_made_by_hand]
[workflows.release_lock]

[inputs]
mode = "dry"
inboxes = ["1200001"]
"""
SEED: dict[str, Any] = {
    "secrets": ["CHAT_HANDOFF_TOKEN"],
    "inboxes": [{"name": "Support"}],
    "agents": ["Agent 3"],
}


@dataclass(frozen=True)
class Said:
    """How a command ended and what it printed."""

    code: int
    stdout: str
    stderr: str

    @property
    def json(self) -> Any:
        """The one object that --json prints."""
        return json.loads(self.stdout)


@dataclass
class Desk:
    """One project folder beside one served account."""

    folder: Path
    hub: Served
    environment: dict[str, str] = field(default_factory=dict)  # over this process's own

    @property
    def portal_file(self) -> Path:
        """The account's file."""
        return self.folder / "deploy" / "portals" / f"{NAME}.toml"

    def has(self, more: str = WORKFLOWS) -> None:
        """The portal's file says which account it is, and then this."""
        self.portal_file.parent.mkdir(parents=True, exist_ok=True)
        self.portal_file.write_text(PORTAL.format(address=self.hub.address) + more, encoding="utf-8")

    def seeded(self, **seed: Any) -> None:
        """The account begins anew, with what every desk's has and this beside or instead of it."""
        answer = self.hub.control("POST", "reset", SEED | seed)
        assert answer.status == 204, answer

    def deploy(self, command: str, *more: str, portal: str = NAME, **environment: str) -> Said:
        """`python -m deploy <command> --portal local ...` in the project's folder."""
        with self.running(command, *more, portal=portal, **environment) as process:
            stdout, stderr = process.communicate(timeout=120)
        return Said(process.returncode, stdout, stderr)

    def running(self, command: str, *more: str, portal: str = NAME, **environment: str) -> subprocess.Popen[str]:
        """The same, begun and not waited for."""
        return subprocess.Popen(
            [sys.executable, "-m", "deploy", command, "--portal", portal, *more],
            cwd=self.folder,
            env=os.environ | {"PYTHONPATH": str(ROOT), VARIABLE: self.hub.token} | self.environment | environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )

    def call(self, method: str, path: str, body: Any = None) -> Answer:
        """What another client, or a person in HubSpot's own pages, does to the account."""
        return self.hub.call(method, path, body)

    def requests(self) -> list[str]:
        """Method and path of every request since the last time this was asked, oldest first."""
        log = self.hub.control("GET", "requests?limit=10000").body["results"]
        self.hub.control("DELETE", "requests")
        return [f"{entry['method']} {entry['path']}" for entry in log]

    def tests_passed(self) -> None:
        """The report that a passed test run of the actions leaves, about the actions as they are."""
        sources = {file.name: Action.read(file).digest for file in sorted((ROOT / "actions").glob("*.py"))}
        (self.folder / ".tested.json").write_text(json.dumps({"sources": sources}), encoding="utf-8")
