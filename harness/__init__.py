"""A HubSpot small enough to run on a laptop. The public names, each loaded when it is first used."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from harness.clock import Clock
    from harness.portal import Portal, Weather
    from harness.runtime.outcome import Outcome
    from harness.runtime.runs import Runtime, run_action
    from harness.together import Conductor
    from harness.workflow import Workflow

__all__ = ["Clock", "Conductor", "Outcome", "Portal", "Runtime", "Weather", "Workflow", "run_action"]

_HOMES = {
    "Clock": "harness.clock",
    "Conductor": "harness.together",
    "Outcome": "harness.runtime.outcome",
    "Portal": "harness.portal",
    "Runtime": "harness.runtime.runs",
    "Weather": "harness.portal",
    "Workflow": "harness.workflow",
    "run_action": "harness.runtime.runs",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'harness' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
