"""What is handed to the interpreter for one run, and what is known of the run afterwards?"""

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from harness.runtime import limits
from harness.runtime.authority import HUBSPOT_HOST
from harness.runtime.child.channel import frames
from harness.runtime.outcome import Memory

CHILD = Path(__file__).parent / "child" / "__main__.py"


@dataclass(frozen=True)
class Job:
    """One run as asked for."""

    name: str
    source: str
    digest: str
    event: Mapping[str, Any]
    environ: Mapping[str, str]
    token: bytes
    """Names the run at the door."""
    now: float | None
    timeout_s: float
    memory_mb: int
    nonce: bytes = field(default_factory=lambda: secrets.token_bytes(16))

    def as_json(self) -> dict[str, Any]:
        """The job as the child reads it."""
        return {
            "name": self.name,
            "source": self.source,
            "digest": self.digest,
            "event": json.dumps(self.event),
            "environ": dict(self.environ),
            "token": self.token.hex(),
            "now": self.now,
            "timeout": self.timeout_s,
            "memory_mb": self.memory_mb,
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


def read_report(received: bytes, nonce: bytes) -> tuple[dict[str, Any], ...]:
    """The report from the run's channel; bytes that the action wrote there itself are not in it."""
    return tuple(json.loads(frame) for frame in frames(received, nonce))


def setup() -> dict[str, Any]:
    """What every run is given, however it is started."""
    return {
        "host": HUBSPOT_HOST,
        "authority": None,
        "door": None,
        "limits": limits.RESOURCES,
        "answer_limit": limits.ANSWER_BYTES,
        "log_cap": limits.LOG_CAP,
        "report_cap": limits.REPORT_CAP,
    }
