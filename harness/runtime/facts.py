"""What is handed to the interpreter for one run, and what is known of the run afterwards?"""

import os
import secrets
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from harness.runtime import limits
from harness.runtime.authority import HUBSPOT_HOST
from harness.runtime.outcome import Memory

CHILD = Path(__file__).parent / "child" / "__main__.py"


@dataclass(frozen=True)
class Job:
    """One run as asked for."""

    name: str
    source: str
    digest: str
    event: str
    """As JSON."""
    environ: Mapping[str, str]
    token: bytes
    """Names the run at the door."""
    now: float | None
    slack: int
    """How much longer than shown the run's texts are told, so that a secret at the cut is recognised."""
    request_id: str = ""
    timeout_s: float = limits.TIMEOUT_S
    memory_mb: int = limits.MEMORY_MB
    code: str | None = None
    """What an earlier run of the same file compiled."""
    in_turns: bool = False
    """Are its calls and sleeps held until it is their turn?"""
    chance: str | None = None
    """What everything it draws by chance is drawn from."""
    wants_patterns: bool = False
    """Is it to tell which regular expressions it compiled?"""
    patterns: tuple[tuple[str, int], ...] = ()
    """Those that the file is known to compile."""
    nonce: bytes = field(default_factory=lambda: secrets.token_bytes(16))

    def as_json(self, *, known: bool = False) -> dict[str, Any]:
        """The job as the child reads it; without the text where it knows that."""
        return {
            "name": self.name,
            "source": None if known else self.source,
            "digest": self.digest,
            "event": self.event,
            "environ": dict(self.environ),
            "token": self.token.hex(),
            "request_id": self.request_id,
            "now": self.now,
            "timeout": self.timeout_s,
            "slack": self.slack,
            "code": None if known else self.code,
            "in_turns": self.in_turns,
            "chance": self.chance,
            "wants_patterns": self.wants_patterns,
            "nonce": self.nonce.hex(),
        }


@dataclass(frozen=True)
class Facts:
    """What a run did and how its process ended; no judgement yet."""

    told: tuple[dict[str, Any], ...]
    """What the run itself reported, in order."""
    log: str
    log_dropped: int
    exit_code: int | None
    exit_signal: int | None
    cause: str | None
    """Why the process was ended, where we ended it: timeout, memory, killed."""
    took_s: float
    peak_mb: float | None
    leftovers: bool
    """Did processes that the action started outlive it?"""
    memory: Memory

    def of(self, kind: str) -> list[dict[str, Any]]:
        """What the run reported of this kind."""
        return [fact for fact in self.told if fact["kind"] == kind]


def setup() -> dict[str, Any]:
    """What every run is given, however it is started."""
    folders = {tempfile.gettempdir(), "/tmp"} if os.name == "posix" else {tempfile.gettempdir()}  # noqa: S108
    return {
        "host": HUBSPOT_HOST,
        "authority": None,
        "plain": False,
        "door": None,
        "limits": limits.RESOURCES,
        "answer_limit": limits.ANSWER_BYTES,
        "log_cap": limits.LOG_CAP,
        "report_cap": limits.REPORT_CAP,
        "writable": sorted(folder for folder in folders if Path(folder).is_dir()),
    }
