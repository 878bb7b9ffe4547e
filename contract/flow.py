"""What is a workflow? HubSpot's own flow JSON: a graph of actions, with code by reference to `actions/`.

In a file of ours a CUSTOM_CODE action says `"sourceFile"` where HubSpot's JSON says `"sourceCode"`; nothing
else differs, and a flow as HubSpot's GET returns it is read too. Shapes: HubSpot's public OpenAPI file of the
automation API (documented).
"""

import copy
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from contract.action import Action, canonical
from contract.flow_action import DEFAULT, NEXT, FlowAction, read_actions, take
from contract.flow_errors import (
    BadFlow,
    BranchWithoutDefault,
    CyclicFlow,
    DanglingLink,
    DuplicateActionId,
    FlowError,
    MissingSource,
    UnknownInput,
    UnreachableAction,
)
from contract.graph import check_graph

__all__ = [
    "DEFAULT",
    "NEXT",
    "BadFlow",
    "BranchWithoutDefault",
    "CyclicFlow",
    "DanglingLink",
    "DuplicateActionId",
    "Flow",
    "FlowAction",
    "FlowError",
    "MissingSource",
    "UnknownInput",
    "UnreachableAction",
]

EVERY_ACTION = "*"
WRITTEN_BY_HUBSPOT = (
    "createdAt",
    "crmObjectCreationStatus",
    "dataSources",
    "id",
    "nextAvailableActionId",
    "revisionId",
    "updatedAt",
    "uuid",
)
"""What says when and where a flow was stored, and nothing of what it does (documented)."""


@dataclass(frozen=True)
class Flow:
    """One workflow."""

    path: Path
    name: str
    object_type_id: str
    start: str
    """The id of the first action; empty for a flow without actions."""
    actions: dict[str, FlowAction]
    definition: dict[str, Any]
    """As in the file."""

    @classmethod
    def read(cls, path: Path | str) -> Self:
        """Read a file; a missing one is a FileNotFoundError, a wrong flow a FlowError."""
        path = Path(path)
        try:
            definition = json.loads(path.read_text("utf-8-sig"))
        except json.JSONDecodeError as mistake:
            where, found = f"line {mistake.lineno}", f"a mistake in it: {mistake.msg}"
            raise BadFlow(path, where, expected="JSON", found=found, remedy="Correct this line.") from None
        except UnicodeDecodeError as mistake:
            where, found = f"byte {mistake.start}", f"the byte 0x{mistake.object[mistake.start]:02x}"
            remedy = "Save the file as UTF-8."
            raise BadFlow(path, where, expected="UTF-8 text", found=found, remedy=remedy) from None
        except RecursionError:
            found, remedy = "one nested too deep to be read", "Write what HubSpot's API has."
            raise BadFlow(path, "the flow", expected="JSON", found=found, remedy=remedy) from None
        return cls.parse(definition, path)

    @classmethod
    def parse(cls, definition: object, path: Path | str) -> Self:
        """Take a definition; `path` is what errors call it, and what its `sourceFile`s are relative to."""
        path = Path(path)
        if not isinstance(definition, dict):
            found = type(definition).__name__
            raise BadFlow(path, "the flow", expected="a JSON object", found=found, remedy="Write { ... }.")
        top = "the flow"
        actions = read_actions(path, take(path, top, definition, "actions", list))
        start = take(path, top, definition, "startActionId", str) if actions else ""
        if actions:
            check_graph(path, start, actions)
        name = take(path, top, definition, "name", str) if "name" in definition else path.stem
        object_type = take(path, top, definition, "objectTypeId", str)
        return cls(path, name, object_type, start, actions, definition)

    def with_inputs(self, values: Mapping[str, Mapping[str, str]]) -> Self:
        """Return this flow with static inputs of its code set: `{"create_ticket": {"mode": "live"}}`.

        An action is named by its file, without `.py`; "*" is every action whose contract declares the input.
        """
        definition = copy.deepcopy(self.definition)
        code = [raw for raw in definition["actions"] if raw.get("sourceFile")]
        for action, inputs in values.items():
            chosen = [raw for raw in code if action in (EVERY_ACTION, Path(raw["sourceFile"]).stem)]
            if not chosen:
                raise self._unknown(action, "an action", {Path(raw["sourceFile"]).stem for raw in code})
            for name, value in inputs.items():
                declared = [raw for raw in chosen if name in self._inputs(raw)]
                if not declared:
                    known = {each for raw in chosen for each in self._inputs(raw)}
                    raise self._unknown(name, f"an input of {action}", known)
                for raw in declared:
                    self._set_static(raw, name, value)
        return type(self).parse(definition, self.path)

    def shipped(self) -> dict[str, Any]:
        """Return HubSpot's own JSON: the text of each file in the place of its name."""
        definition = copy.deepcopy(self.definition)
        definition["actions"] = [
            {
                "sourceCode" if key == "sourceFile" else key: self._code(value) if key == "sourceFile" else value
                for key, value in raw.items()
            }
            for raw in definition["actions"]
        ]
        return definition

    def canonical(self) -> str:
        """Return one stable text of what the flow does: equal texts, equal flows."""
        shipped = {key: value for key, value in self.shipped().items() if key not in WRITTEN_BY_HUBSPOT}
        shipped["actions"].sort(key=lambda raw: (len(raw["actionId"]), raw["actionId"]))
        for raw in shipped["actions"]:
            if "sourceCode" in raw:
                raw["sourceCode"] = canonical(raw["sourceCode"])
        return json.dumps(shipped, indent=2, sort_keys=True, ensure_ascii=False) + "\n"

    def _code(self, source_file: str) -> str:
        return Action.read(self.path.parent / source_file).source

    def _inputs(self, raw: dict[str, Any]) -> list[str]:
        contract = Action.read(self.path.parent / raw["sourceFile"]).contract
        return [each.name for each in contract.inputs] if contract else []

    def _set_static(self, raw: dict[str, Any], name: str, value: str) -> None:
        """Set one input of one action, adding it where the flow leaves it to the action's default."""
        where = f"action {raw['actionId']}"
        fields = take(self.path, where, raw, "inputFields", list)
        static = {"type": "STATIC_VALUE", "staticValue": value}
        for each in fields:
            if each["name"] == name:
                if each["value"]["type"] != "STATIC_VALUE":
                    raise UnknownInput(
                        self.path,
                        where,
                        expected=f"'{name}' to be a static value",
                        found=each["value"]["type"],
                        remedy="What comes from the record or an earlier action is wired in the flow.",
                    )
                each["value"] = static
                return
        fields.append({"name": name, "value": static})

    def _unknown(self, name: str, what: str, known: set[str]) -> UnknownInput:
        listed = ", ".join(sorted(known)) or "none"
        return UnknownInput(self.path, what, expected=f"one of {listed}", found=f"'{name}'", remedy="Correct the name.")
