"""A served account with chats that nobody served, and what a person would count in it: from its records alone."""

import tomllib
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from deploy.portal_file import PortalFile, read
from harness.clock import millis, moment
from report.repair.closes import Close
from tests.harness.serve.conftest import ROOT, Served

PROPERTIES = tomllib.loads((ROOT / "deploy" / "properties.toml").read_text(encoding="utf-8"))["tickets"]
CANARY = "kumquat-4471"
"""In every text that a visitor or an agent typed."""
NAME = "local"
PORTAL = """\
portal_id = 4711001
kind = "{kind}"
api_host = "{address}"

[inputs]
mode = "dry"
inboxes = ["1200001"]
{more}"""
TALK: list[dict[str, str]] = [
    {"visitor": f"My invoice {CANARY} shows the wrong address, can you change it?"},
    {"agent": f"I will ask billing about {CANARY} and get back to you."},
    {"close": "agent"},
]
THANKED: list[dict[str, str]] = [
    {"visitor": f"When do you open on Sundays, {CANARY}?"},
    {"agent": f"At nine, {CANARY}."},
    {"visitor": "Great, thank you, that is all I needed. Bye!"},
    {"close": "agent"},
]


def chat(person: int | None, ago: str = "2 h", talk: list[dict[str, str]] = TALK, **more: Any) -> dict[str, Any]:
    """A chat of a visitor that the account knows by number, or of one that nobody knows."""
    known = {"contact": f"visitor-{person}@example.org"} if person else {}
    return {"inbox": "Support", "ago": ago, "talk": talk} | known | more


@dataclass
class Account:
    """One served account, and the project's folder beside it."""

    hub: Served
    folder: Path

    def has(self, *chats: dict[str, Any], **more: Any) -> None:
        """The account begins anew with these chats, our properties, and ten people."""
        seed = {
            "inboxes": [{"name": "Support"}, {"name": "Applications"}],
            "agents": ["Agent 3"],
            "contacts": [{"email": "visitor-{n}@example.org", "properties": {"firstname": CANARY}, "repeat": 10}],
            "properties": {"tickets": PROPERTIES},
            "chats": list(chats),
        }
        answer = self.hub.control("POST", "reset", seed | more)
        assert answer.status == 204, answer

    def portal(self, more: str = "", kind: str = "test", address: str = "") -> PortalFile:
        """The account's file, as a person wrote it. The current folder has to be the project's."""
        file = self.folder / "deploy" / "portals" / f"{NAME}.toml"
        file.parent.mkdir(parents=True, exist_ok=True)
        text = PORTAL.format(kind=kind, address=address or self.hub.address, more=more)
        file.write_text(text, encoding="utf-8")
        return read(NAME)

    def weather(self, **rule: Any) -> None:
        """From here on something goes wrong."""
        answer = self.hub.control("POST", "weather", rule)
        assert answer.status == 200, answer

    def clears_up(self) -> None:
        """Nothing goes wrong any more."""
        self.hub.control("DELETE", "weather")

    def state(self) -> dict[str, Any]:
        """What a person would see, whatever the weather."""
        state: dict[str, Any] = self.hub.control("GET", "state").body
        return state

    def threads(self) -> list[dict[str, Any]]:
        """Every conversation, the oldest close first."""
        return sorted(self.state()["threads"], key=lambda thread: str(thread["closedAt"]))

    def tickets(self) -> list[dict[str, Any]]:
        """The properties of every ticket, by the order in which they were made."""
        return [ticket["properties"] for ticket in self.state()["tickets"] if not ticket["archived"]]

    def closes(self) -> list[Close]:
        """The last close of every closed conversation."""
        return [
            Close(thread["id"], millis(moment(thread["closedAt"])))
            for thread in self.threads()
            if thread["status"] == "CLOSED"
        ]

    def dropped(self) -> list[Close]:
        """Those that no open ticket lists."""
        lines = "\n".join(ticket.get("chat_threads", "") for ticket in self.tickets() if _is_open(ticket))
        return [close for close in self.closes() if f"{close.thread_id} · closed {_iso(close.closed_at)}" not in lines]

    def with_two_open(self) -> list[str]:
        """The contacts of more than one open ticket."""
        state = self.state()
        contacts = {contact["id"] for contact in state["contacts"]}
        still_open = {ticket["hs_object_id"] for ticket in self.tickets() if _is_open(ticket)}
        pairs = {frozenset(str(end) for end in link) & (contacts | still_open) for link in state["associations"]}
        found = [id for pair in pairs if len(pair & contacts) == len(pair & still_open) == 1 for id in pair & contacts]
        return sorted({id for id in found if found.count(id) > 1})

    def without_clock(self) -> list[str]:
        """The tickets that do not say when an answer is due."""
        return [ticket["hs_object_id"] for ticket in self.tickets() if not ticket.get("chat_sla_due_at")]

    def confirmed(self) -> list[bool]:
        """Of each ticket whether it is marked for a confirmation."""
        return [bool(ticket.get("chat_confirmation_requested_at")) for ticket in self.tickets()]

    def written(self) -> list[str]:
        """Method and path of every request so far that changes something."""
        log = self.hub.control("GET", "requests?limit=10000").body["results"]
        return [f"{entry['method']} {entry['path']}" for entry in log if entry["is_write"]]


def _is_open(ticket: dict[str, str]) -> bool:
    return ticket.get("hs_is_closed") != "true"


def _iso(at: int) -> str:
    return datetime.fromtimestamp(at / 1000, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
