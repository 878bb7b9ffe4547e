"""What is one action of a workflow, and where do records go from it?

Shapes are HubSpot's (documented, its OpenAPI file of the automation API). A link that is left out ends the
workflow for that record; for the default of a branch we ask that this be said, by a `defaultBranch` or by a
`defaultBranchName` alone.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from contract.flow_errors import (
    BadFlow,
    BranchWithoutDefault,
    DuplicateActionId,
    MissingSource,
)

NEXT = "next"
"""The label of the one link of an action that is no branch."""
DEFAULT = "default"
"""The label of a branch's default link."""
BRANCHES = {
    "STATIC_BRANCH": "staticBranches",
    "LIST_BRANCH": "listBranches",
    "AB_TEST_BRANCH": "testBranches",
}
STRAIGHT = ("SINGLE_CONNECTION", "CUSTOM_CODE", "WEBHOOK")

T = TypeVar("T", str, list[Any], dict[str, Any])


@dataclass(frozen=True)
class FlowAction:
    """One action of a workflow and where records go from it."""

    id: str
    type: str
    raw: dict[str, Any]
    """As in the flow."""
    links: tuple[tuple[str, str], ...]
    """(label, id of the next action): label is NEXT, DEFAULT, or the branch's value or name."""
    jumps: frozenset[str] = frozenset()
    """The labels of the links that are marked as ways back (edgeType GOTO)."""
    source_file: Path | None = None
    """Where the code of a CUSTOM_CODE action of ours stands."""
    action_type_id: str | None = None
    """What a SINGLE_CONNECTION does: "0-1" is a delay, "0-5" sets a property, and so on."""

    def goes_to(self, label: str) -> str | None:
        """Return the id of the action behind a label, None where the workflow ends."""
        return dict(self.links).get(label)


def take(file: Path, where: str, holder: dict[str, Any], key: str, kind: type[T]) -> T:
    """Return the value of a key that has to be there and be of a kind."""
    value = holder.get(key)
    if not isinstance(value, kind):
        named = {str: "a text", list: "a list", dict: "an object"}[kind]
        found = "nothing" if key not in holder else f"{value!r:.60}"
        raise BadFlow(file, where, expected=f"{named} as '{key}'", found=found, remedy=f"Write '{key}'.")
    return value


def read_actions(file: Path, raws: list[Any]) -> dict[str, FlowAction]:
    """Return the actions by id, each read by itself."""
    actions: dict[str, FlowAction] = {}
    for place, raw in enumerate(raws):
        if not isinstance(raw, dict):
            raise BadFlow(
                file, f"actions[{place}]", expected="an object", found=f"{raw!r:.60}", remedy="Write { ... }."
            )
        action = _read_action(file, raw, place)
        if action.id in actions:
            raise DuplicateActionId(
                file,
                f"action {action.id}",
                expected="one action of that id",
                found="two",
                remedy="Give one of them another id, and its links too.",
            )
        actions[action.id] = action
    return actions


def _read_action(file: Path, raw: dict[str, Any], place: int) -> FlowAction:
    id_ = take(file, f"actions[{place}]", raw, "actionId", str)
    where = f"action {id_}"
    type_ = take(file, where, raw, "type", str)
    if type_ not in BRANCHES and type_ not in STRAIGHT:
        raise BadFlow(
            file,
            where,
            expected=f"a type out of {', '.join((*STRAIGHT, *BRANCHES))}",
            found=f"'{type_}'",
            remedy="Use HubSpot's own name of the type.",
        )
    links = list(_links(file, where, raw, type_))
    labels = [label for label, *_ in links]
    if len(set(labels)) < len(labels):
        twice = next(label for label in labels if labels.count(label) > 1)
        raise BadFlow(
            file, where, expected="each branch once", found=f"'{twice}' twice", remedy="Remove or rename one."
        )
    type_id = take(file, where, raw, "actionTypeId", str) if type_ == "SINGLE_CONNECTION" else None
    if type_ == "CUSTOM_CODE":
        _check_fields(file, where, raw)
    source = _source(file, where, raw) if type_ == "CUSTOM_CODE" else None
    pairs = tuple((label, target) for label, target, _ in links)
    jumps = frozenset(label for label, _, edge in links if edge == "GOTO")
    return FlowAction(id_, type_, raw, pairs, jumps, source, type_id)


def _links(file: Path, where: str, raw: dict[str, Any], type_: str) -> Iterator[tuple[str, str, str]]:
    """Give every link out of an action, a branch's default last."""
    if type_ in STRAIGHT:
        yield from _link(file, where, NEXT, raw, "connection")
        return
    for place, branch in enumerate(take(file, where, raw, BRANCHES[type_], list)):
        if not isinstance(branch, dict):
            raise BadFlow(file, where, expected="branches as objects", found=f"{branch!r:.60}", remedy="Write { ... }.")
        if type_ == "STATIC_BRANCH":
            label = take(file, where, branch, "branchValue", str)
        else:
            label = str(branch.get("branchName") or f"branch {place + 1}")
        yield from _link(file, where, label, branch, "connection")
    if type_ == "AB_TEST_BRANCH":
        return
    if "defaultBranch" not in raw and not raw.get("defaultBranchName"):
        raise BranchWithoutDefault(
            file,
            where,
            expected="a 'defaultBranch' (or a 'defaultBranchName' alone: the workflow ends there)",
            found="neither",
            remedy="Say what becomes of records that fit no branch.",
        )
    yield from _link(file, where, DEFAULT, raw, "defaultBranch")


def _link(file: Path, where: str, label: str, holder: dict[str, Any], key: str) -> Iterator[tuple[str, str, str]]:
    if key not in holder:
        return
    connection = take(file, where, holder, key, dict)
    edge = take(file, where, connection, "edgeType", str)
    if edge not in ("STANDARD", "GOTO"):
        raise BadFlow(file, where, expected="edgeType STANDARD or GOTO", found=f"'{edge}'", remedy="Correct the link.")
    yield label, take(file, where, connection, "nextActionId", str), edge


def _check_fields(file: Path, where: str, raw: dict[str, Any]) -> None:
    """Refuse inputs of another shape: HubSpot stores them silently and they arrive empty (seen by others)."""
    for key in ("secretNames", "outputFields", "inputFields"):
        take(file, where, raw, key, list)
    names: list[str] = []
    for field in raw["inputFields"]:
        if not isinstance(field, dict):
            raise BadFlow(file, where, expected="inputs as objects", found=f"{field!r:.60}", remedy="Write { ... }.")
        name = take(file, where, field, "name", str)
        value = take(file, f"{where}, input {name}", field, "value", dict)
        take(file, f"{where}, input {name}", value, "type", str)
        if name in names:
            raise BadFlow(file, where, expected="each input once", found=f"'{name}' twice", remedy="Remove one.")
        names.append(name)


def _source(file: Path, where: str, raw: dict[str, Any]) -> Path | None:
    """Return where the code stands, None when the flow carries it itself; refuse a flow that does neither."""
    if ("sourceFile" in raw) == ("sourceCode" in raw):
        raise MissingSource(
            file,
            where,
            expected="'sourceFile' or 'sourceCode'",
            found="both" if "sourceFile" in raw else "neither",
            remedy="A flow in a repository names the file; HubSpot's own answer carries the code.",
        )
    if "sourceCode" in raw:
        take(file, where, raw, "sourceCode", str)
        return None
    source = file.parent / take(file, where, raw, "sourceFile", str)
    if not source.is_file():
        raise MissingSource(
            file,
            where,
            expected=f"a file at {raw['sourceFile']}, seen from the flow's folder",
            found="none",
            remedy="Correct 'sourceFile'.",
        )
    return source
