"""What is there to say of one seed? Its breaks, the digest of its history, and figures that show what happened."""

import hashlib
import json
from collections import Counter
from pathlib import Path

import msgspec

from tests.simulation.events import Outage
from tests.simulation.generator import weeks_of
from tests.simulation.invariants import Break, broken
from tests.simulation.invariants.promise import evidence_of
from tests.simulation.playing import History, play
from tests.simulation.seam import Starter
from tests.simulation.tickets import Ticket, tickets_of

FIGURES = (
    "chats",
    "sittings",
    "unresolved",
    "tickets",
    "created",
    "attached",
    "adopted",
    "reopened",
    "by hand",
    "e-mails",
    "runs",
    "retries",
    "calls",
    "429",
    "502",
    "kills",
    "outages",
)


class Told(msgspec.Struct):
    """One seed, played."""

    seed: int
    digest: str = ""
    breaks: list[Break] = []
    figures: dict[str, int] = {}
    seconds: float = 0.0
    strict: str = ""
    """The digest of the same seed in the strict mode, where it was played again."""
    error: str = ""
    """What ended the play itself."""

    @property
    def good(self) -> bool:
        """Whether every promise was kept, and the strict mode told the same."""
        return not (self.breaks or self.error or self.strict not in ("", self.digest))


def told_of(seed: int, chats: int, starter: Starter, actions: dict[str, Path]) -> tuple[Told, History]:
    """Play a seed and judge it."""
    history = play(weeks_of(seed, chats), starter, actions)
    breaks = broken(evidence_of(history))
    return Told(seed, digest(history), breaks, figures(history)), history


def digest(history: History) -> str:
    """A short name of everything that happened: equal digests, equal histories."""
    found = hashlib.blake2b(digest_size=8)
    found.update(json.dumps(history.portal.state(), sort_keys=True).encode())
    for entry in history.portal.log:
        found.update(msgspec.json.encode(entry))
    for name, workflow in history.workflows.items():
        for passage in workflow.history:
            found.update(f"{name} {passage}\n".encode())
    for ran in history.runs:
        found.update(f"{ran.run} {ran.at} {ran.status} {ran.error} {ran.calls}\n".encode())
    return found.hexdigest()


def figures(history: History) -> dict[str, int]:
    """How much of what: nobody is to take an empty world for a good one."""
    sittings = [sitting for chat in history.chats.values() for sitting in chat.sittings]
    kinds = Counter(fault.kind.partition(" ")[0] for fault in history.struck)
    tickets = tickets_of(history)
    outcomes = Counter(_outcomes(history))
    counted = {
        "chats": len(history.chats),
        "sittings": len(sittings),
        "unresolved": sum(sitting.label == "unresolved" for sitting in sittings),
        "tickets": len(tickets),
        "by hand": _by_hand(tickets),
        "e-mails": len(history.portal.emails),
        "runs": len(history.runs),
        "retries": sum(ran.run.attempt > 1 for ran in history.runs),
        "calls": sum(len(ran.calls) for ran in history.runs),
        "429": kinds["429"],
        "502": kinds["502"],
        "kills": kinds["kill"],
        "outages": sum(isinstance(event, Outage) for event in history.weeks.events),
    }
    return {name: counted.get(name, outcomes[name]) for name in FIGURES}


def _outcomes(history: History) -> list[str]:
    """What create_ticket says that it did, each time."""
    return [
        str((entry.run.output_fields or {}).get("outcome"))
        for workflow in history.workflows.values()
        for enrolment in workflow.enrolments
        for entry in enrolment.log
        if entry.run is not None and entry.what.startswith("create_ticket")
    ]


def _by_hand(tickets: list[Ticket]) -> int:
    return sum(ticket.made_by == "a rep" for ticket in tickets)
