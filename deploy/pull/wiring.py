"""What was changed in a workflow besides code and settings, and what would its file say with that in it?"""

import copy
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from contract.flow import WRITTEN_BY_HUBSPOT, Flow, FlowError
from deploy.comparable import SWITCH, comparable
from deploy.desired import CUSTOM_CODE
from deploy.differences import differences
from deploy.masking import holds_token
from deploy.pull.merging import NONE, Merge
from deploy.pull.pieces import Piece
from deploy.pull.texts import Texts, shown
from deploy.showing import short
from deploy.wording import plain

CODE, REFERENCE, NEXT_ID = "sourceCode", "sourceFile", "nextAvailableActionId"

Definition = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Form:
    """How one workflow's definitions are brought into the form of its file."""

    references: Mapping[str, str]  # action id to sourceFile
    settings: frozenset[tuple[str, str]]  # action id and input, where the portal's file says the value
    runtimes: frozenset[str]  # ids of the actions whose runtime the portal's file says

    def of(self, definition: Mapping[str, Any]) -> Definition:
        """Without what HubSpot writes, with files for code, without settings."""
        whole = comparable(definition)
        whole["actions"] = [self._action(raw) for raw in whole["actions"]]
        return whole

    def _action(self, raw: Mapping[str, Any]) -> Definition:
        if raw.get("type") != CUSTOM_CODE:
            return dict(raw)
        action = {
            REFERENCE if name in (CODE, REFERENCE) else name: self.references.get(raw["actionId"], "")
            if name in (CODE, REFERENCE)
            else value
            for name, value in raw.items()
            if name != "runtime" or raw["actionId"] not in self.runtimes
        }
        action["inputFields"] = [
            given
            for given in _list(raw.get("inputFields"))
            if not isinstance(given, dict) or (raw["actionId"], given.get("name")) not in self.settings
        ]
        return action


def taken(
    name: str,
    flow: Flow,
    form: Form,
    versions: tuple[Definition, Definition, Definition],
    files: Mapping[str, str],
    texts: Texts,
) -> list[Piece]:
    """Pieces of what was changed. `versions`: ours at the last shipment, HubSpot's after it, HubSpot's now."""
    ours, before, now = (form.of(each) for each in versions)
    clashes: list[Piece] = []

    def clash(where: str, here: Any, there: Any) -> None:
        why = f"{shown(flow.path)} says {_said(here)}, which is not what was shipped either: decide by hand"
        clashes.append(Piece(name, "the workflow", where, _said(here), _said(there), refused=why))

    def trimmed(raw: Definition) -> Definition:
        action: Definition = form.of({"actions": [raw]})["actions"][0]
        return action

    file = copy.deepcopy(flow.definition)
    found = Merge(clash, trimmed).merged(_theirs(file), ours, before, now)
    if found == _theirs(file):
        return clashes
    after = {key: found.get(key, file.get(key)) for key in file if key in found or key in _own(file)}
    after |= {key: value for key, value in found.items() if key not in after}
    if NEXT_ID in after and NEXT_ID in versions[2]:
        after[NEXT_ID] = versions[2][NEXT_ID]
    into = shown(flow.path)
    rows = [
        Piece(name, each.where, each.what, each.before, each.after, into=into)
        for each in differences(_coded(file), _coded(after), files)
    ]
    why = texts.writable(flow.path) or _secret(after) or _unfit(after, flow.path)
    if why:
        return [*clashes, *(_refused(row, why) for row in rows)]
    texts.put(flow.path, json.dumps(after, indent=2, ensure_ascii=False) + "\n")
    return [*clashes, *rows]


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _own(file: Definition) -> set[str]:
    """What of a file HubSpot's text says nothing about."""
    return {name for name in file if name in (*WRITTEN_BY_HUBSPOT, SWITCH)}


def _theirs(file: Definition) -> Definition:
    return {name: value for name, value in file.items() if name not in _own(file)}


def _coded(definition: Definition) -> Definition:
    """The same without the names of files, which are no difference of their own."""
    actions = [{name: value for name, value in raw.items() if name != REFERENCE} for raw in definition["actions"]]
    return {**definition, "actions": actions}


def _unfit(definition: Definition, path: Path) -> str:
    """Why this is no workflow that a file here can hold; "" when it is one."""
    whole = _coded(definition)
    for raw in whole["actions"]:
        if raw.get("type") == CUSTOM_CODE:
            raw[CODE] = ""
    try:
        Flow.parse(whole, path)
    except FlowError as no:
        return f"the workflow as HubSpot has it is none that a file here can hold: {no}"
    return ""


def _secret(definition: Definition) -> str:
    """Why this must stand in no file; "" when it may."""
    where = holds_token(definition)
    return f"{where} has something that looks like a token: make a secret of it in HubSpot, and a new key" * bool(where)


def _refused(piece: Piece, why: str) -> Piece:
    return Piece(piece.workflow, piece.where, piece.what, piece.before, piece.after, piece.into, refused=why)


def _said(value: Any) -> str:
    return "nothing" if value is NONE else short(plain(value))
