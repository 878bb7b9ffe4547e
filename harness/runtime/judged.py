"""What is the judgement on a run, before it is dressed with its log and figures?"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from harness.runtime.outcome import ActionError, Mark, Status


@dataclass(frozen=True)
class Judged:
    """What HubSpot does, how that is known, what came out and what is wrong with it."""

    status: Status
    mark: Mark
    fields: Mapping[str, Any] | None = None
    problems: tuple[str, ...] = ()
    error: ActionError | None = None
