"""Which way a record takes at a branch."""

from collections.abc import Mapping
from typing import Any

from contract.flow import FlowAction
from harness.workflow.filters import meets
from harness.workflow.seen import Seen
from harness.workflow.steps import Resolve

Way = tuple[str, str | None]
"""The branch's name for the log, and the next action (None: the record leaves the flow)."""


def way_of(action: FlowAction, *, seen: Seen, resolve: Resolve) -> Way:
    """The branch a record takes; the first that fits (documented), else the default one."""
    if action.type == "STATIC_BRANCH":
        return _static_way(action.raw, resolve)
    for place, branch in enumerate(action.raw["listBranches"], start=1):
        if meets(branch["filterBranch"], seen):
            return str(branch.get("branchName") or f"branch {place}"), next_of(branch)
    return _default_way(action.raw)


def next_of(raw: Mapping[str, Any], key: str = "connection") -> str | None:
    """The action a connection leads to."""
    connection = raw.get(key) or {}
    return connection.get("nextActionId")


def _static_way(raw: Mapping[str, Any], resolve: Resolve) -> Way:
    value = resolve(raw["inputValue"])
    for branch in raw["staticBranches"]:
        if branch["branchValue"] == value:
            return str(branch["branchValue"]), next_of(branch)
    return _default_way(raw)


def _default_way(raw: Mapping[str, Any]) -> Way:
    return str(raw.get("defaultBranchName") or "default"), next_of(raw, "defaultBranch")
