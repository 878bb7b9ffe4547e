"""What came of a run? What HubSpot does with it, as far as known, and apart from that what we object to."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

Status = Literal["succeeded", "failed", "will_retry", "unknown"]
Mark = Literal["verified", "documented", "guessed"]
Memory = Literal["enforced", "measured", "not checked"]


@dataclass(frozen=True)
class ActionError:
    """Lambda's own name for what went wrong, or the exception's, and one sentence of ours."""

    name: str
    sentence: str


@dataclass(frozen=True)
class Call:
    """One request that the run made of HubSpot's API. Status 0: it was never answered."""

    method: str
    path: str
    status: int


@dataclass(frozen=True)
class Outcome:
    """One run of one action file."""

    status: Status
    mark: Mark
    """How it is known that HubSpot would do this."""
    output_fields: Mapping[str, Any] | None = None
    problems: tuple[str, ...] = ()
    """What we object to, whatever HubSpot does."""
    error: ActionError | None = None
    logs: str = ""
    duration_ms: float = 0.0
    max_memory_mb: float | None = None
    memory: Memory = "not checked"
    calls: tuple[Call, ...] = field(default=())
    exit_code: int | None = None
    """The process's own end; None when it was ended by a signal or never begun."""
    exit_signal: int | None = None

    def as_json(self) -> dict[str, Any]:
        """The outcome as plain data, in the spelling of the command line's --json."""
        error = {"name": self.error.name, "sentence": self.error.sentence} if self.error else None
        return {
            "status": self.status,
            "mark": self.mark,
            "outputFields": _sayable(dict(self.output_fields)) if self.output_fields is not None else None,
            "problems": list(self.problems),
            "error": error,
            "logs": self.logs,
            "durationMs": round(self.duration_ms, 2),
            "maxMemoryMb": round(self.max_memory_mb, 1) if self.max_memory_mb is not None else None,
            "memory": self.memory,
            "calls": [{"method": call.method, "path": call.path, "status": call.status} for call in self.calls],
        }


def _sayable(value: Any) -> Any:
    """NaN and infinity are no JSON; they are said by name, beside the problem that names them."""
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    if isinstance(value, dict):
        return {key: _sayable(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_sayable(item) for item in value]
    return value
