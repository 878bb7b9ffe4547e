"""What was changed in HubSpot since the last shipment, workflow by workflow, and what would our files be with it?"""

import os
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import tomlkit

from contract.action import Action, canonical, digest
from contract.flow import Flow
from deploy.comparable import SWITCH
from deploy.desired import CUSTOM_CODE, Desired
from deploy.ledger import Ledger
from deploy.masking import token_line
from deploy.portal_file import PortalFile, project, workflow_files
from deploy.pull import code, settings, wiring
from deploy.pull.code import Edit
from deploy.pull.pieces import Piece
from deploy.pull.settings import Carrier
from deploy.pull.texts import Texts, shown
from deploy.showing import short
from deploy.wording import named_fields

Definition = dict[str, Any]
STATIC = "STATIC_VALUE"


@dataclass(frozen=True, slots=True)
class Versions:
    """The four texts of one workflow."""

    wanted: Desired
    flow_id: str
    ours: Definition  # what our files said at the last shipment; now, when there was none
    before: Definition  # what HubSpot had after it
    now: Definition  # what HubSpot has
    ever_shipped: bool

    @property
    def name(self) -> str:
        """The workflow's name."""
        return self.wanted.name


@dataclass(slots=True)
class Taking:
    """What would be taken over."""

    texts: Texts = field(default_factory=Texts)
    pieces: list[Piece] = field(default_factory=list)

    def clean(self, workflow: str) -> bool:
        """Whether all that was changed in this workflow is taken over."""
        return not any(piece.refused for piece in self.pieces if piece.workflow == workflow)


def versions_of(wanted: Desired, id: str, now: Definition, ledger: Ledger) -> Versions:
    """One workflow's four texts."""
    shipped = ledger.shipped(wanted.name)
    if shipped and shipped.flow_id == id:
        return Versions(wanted, id, shipped.ours, shipped.live, now, ever_shipped=True)
    return Versions(wanted, id, wanted.definition, wanted.definition, now, ever_shipped=False)


def take(every: Iterable[Versions], chosen: Collection[str], portal: PortalFile, ledger: Ledger) -> Taking:
    """Take over what was changed in the chosen workflows; the others say who else has the same file or setting."""
    all_of_them = list(every)
    here = [each for each in all_of_them if each.name in chosen]
    taking, ours = Taking(), our_files()
    taking.pieces += code.taken([edit for each in here for edit in _edits(each)], taking.texts, ours, ledger)
    carriers = [carrier for each in all_of_them for carrier in _carriers(each)]
    taking.pieces += settings.taken(
        [each for each in carriers if each.workflow in chosen], carriers, portal, taking.texts
    )
    for each in here:
        taking.pieces += [*_switch(each, portal, taking.texts), *_runtimes(each, portal)]
        taking.pieces += _wiring(each, portal, taking.texts, ours)
    return taking


def our_files() -> dict[str, Path]:
    """Every action's file by its code's hash: those that workflows name, and those beside them."""
    named = [
        flow.path.parent / raw["sourceFile"]
        for file in workflow_files().values()
        for flow in [Flow.read(file)]
        for raw in flow.definition["actions"]
        if raw.get("sourceFile")
    ]
    folders = {project() / "actions", *(file.parent for file in named)}
    beside = [
        file for folder in sorted(folders) for end in ("py", "js") for file in sorted(folder.glob(f"[!_]*.{end}"))
    ]
    return {Action.parse(file.read_text("utf-8"), file).digest: file for file in [*beside, *named]}


def adopted_code(workflow: str, raw: Definition, ours: Mapping[str, Path], texts: Texts) -> tuple[Path, str]:
    """Where the code of an action that was made in HubSpot stands or is to stand, and why not."""
    source = str(raw.get("sourceCode") or "")
    known = ours.get(digest(source))
    if known is not None:
        return known, ""
    end = "js" if str(raw.get("runtime", "")).startswith("NODE") else "py"
    id = re.sub(r"\W", "_", str(raw["actionId"]))
    path = project() / "actions" / f"{workflow}_{id}.{end}"
    there = texts.read(path)
    if there is not None and digest(there) != digest(source):
        return path, f"{shown(path)} is there already with another text: rename it"
    line = token_line(source)
    if line:
        return path, f"line {line} of its code has something that looks like a token: make a secret of it in HubSpot"
    texts.put(path, canonical(source))
    return path, ""


def relative(path: Path, folder: Path) -> str:
    """A file as a workflow's `sourceFile` names it."""
    return Path(os.path.relpath(path.resolve(), folder.resolve())).as_posix()


def _edits(each: Versions) -> Iterator[Edit]:
    flow = Flow.read(workflow_files()[each.name])
    shipped, before, wanted = (_codes(one) for one in (each.ours, each.before, each.wanted.definition))
    for raw in flow.definition["actions"]:
        id, now = raw["actionId"], _codes(each.now).get(raw["actionId"])
        if not raw.get("sourceFile") or now is None or digest(now) in (digest(before.get(id, "")), digest(wanted[id])):
            continue
        file = (flow.path.parent / raw["sourceFile"]).resolve()
        yield Edit(each.name, id, file, shipped.get(id, wanted[id]), before.get(id, wanted[id]), now)


def _codes(definition: Definition) -> dict[str, str]:
    return {raw["actionId"]: raw["sourceCode"] for raw in actions_of(definition) if _is_text(raw.get("sourceCode"))}


def actions_of(definition: Mapping[str, Any]) -> list[Definition]:
    """Its actions; HubSpot may say null where there are none."""
    return definition.get("actions") or []


def _is_text(value: Any) -> bool:
    return isinstance(value, str)


def _carriers(each: Versions) -> Iterator[Carrier]:
    """Every declared input that is static, or left to its default, in HubSpot and in our files."""
    flow = Flow.read(workflow_files()[each.name])
    statics = [_statics(one) for one in (each.ours, each.before, each.now, each.wanted.definition)]
    for raw in flow.definition["actions"]:
        contract = Action.read(flow.path.parent / raw["sourceFile"]).contract if raw.get("sourceFile") else None
        for given in contract.inputs if contract else ():
            key = (raw["actionId"], given.name)
            if any(one.get(key, "") is None for one in statics):
                continue  # it comes from the record or from another action, which is wiring
            values = [one.get(key) for one in statics]
            yield Carrier(each.name, raw["actionId"], Path(raw["sourceFile"]).stem, given, *values)


def _statics(definition: Definition) -> dict[tuple[str, str], str | None]:
    """Action and input to its static value, None for one that comes from somewhere."""
    return {
        (raw["actionId"], name): _static(given)
        for raw in actions_of(definition)
        if raw.get("type") == CUSTOM_CODE
        for name, given in (named_fields(raw.get("inputFields")) or {}).items()
    }


def _static(given: Mapping[str, Any]) -> str | None:
    value = given.get("value")
    text = value.get("staticValue") if isinstance(value, dict) and value.get("type") == STATIC else None
    return text if isinstance(text, str) else None


def _switch(each: Versions, portal: PortalFile, texts: Texts) -> Iterator[Piece]:
    """Turned on or off in HubSpot, where the portal's file decides that."""
    said, now = each.wanted.workflow.enabled, each.now.get(SWITCH)
    if said is None or not each.ever_shipped or now in (said, each.before.get(SWITCH)):
        return
    if not isinstance(now, bool):
        why = "HubSpot says neither on nor off: look there"
        yield Piece(each.name, "the workflow", "switch", _on(each.before.get(SWITCH)), _on(now), refused=why)
        return
    document: Any = tomlkit.parse(texts.read(portal.path) or "")
    document["workflows"][each.name]["enabled"] = now
    texts.put(portal.path, tomlkit.dumps(document))
    yield Piece(each.name, "the workflow", "switch", _on(each.before.get(SWITCH)), _on(now), shown(portal.path))


def _on(value: Any) -> str:
    return ("on" if value else "off") if isinstance(value, bool) else "not said" if value is None else short(str(value))


def _runtimes(each: Versions, portal: PortalFile) -> Iterator[Piece]:
    """A runtime that was changed in HubSpot, where the portal's file says it for all."""
    before, now = ({raw["actionId"]: raw.get("runtime") for raw in actions_of(one)} for one in (each.before, each.now))
    for id, file in each.wanted.files.items() if portal.runtime else ():
        if id in now and now[id] not in (before.get(id), portal.runtime):
            why = f"{portal.where} says runtime = {portal.runtime!r} for every action: change it there by hand"
            yield Piece(each.name, f"action {id} {file}", "runtime", str(before.get(id)), str(now[id]), refused=why)


def _wiring(each: Versions, portal: PortalFile, texts: Texts, ours: Mapping[str, Path]) -> list[Piece]:
    flow = Flow.read(workflow_files()[each.name])
    references = {raw["actionId"]: raw["sourceFile"] for raw in flow.definition["actions"] if raw.get("sourceFile")}
    ours_too = frozenset(references) if portal.runtime else frozenset()
    made, refused = [], []
    for raw in actions_of(each.now):
        if raw.get("type") == CUSTOM_CODE and raw["actionId"] not in references:
            path, why = adopted_code(each.name, raw, ours, texts)
            references[raw["actionId"]] = relative(path, flow.path.parent)
            made += [path] if path not in ours.values() else []
            if why:
                why = f"{why}. Nothing of this workflow's wiring is taken over"
                where = f"action {raw['actionId']}"
                refused.append(Piece(each.name, where, "action", "none", CUSTOM_CODE, shown(path), refused=why))
    decided = frozenset(
        (carrier.id, carrier.name)
        for carrier in _carriers(each)
        if carrier.now is not None or carrier.name in _said_for(portal, carrier.action)
    )
    form = wiring.Form(references, decided, ours_too)
    versions = (each.ours, each.before, each.now)
    pieces = refused or wiring.taken(each.name, flow, form, versions, each.wanted.files, texts)
    if any(piece.refused for piece in pieces):
        texts.forget(made)
    return pieces


def _said_for(portal: PortalFile, action: str) -> set[str]:
    own = portal.inputs.get(action)
    return {*portal.inputs, *(own if isinstance(own, dict) else ())}
