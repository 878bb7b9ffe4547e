"""How does a workflow that was made by hand become one of ours? Its JSON becomes a file, its code files beside it."""

import json
import tomllib
from collections.abc import Iterator
from typing import Any

import tomlkit

from contract.flow import Flow, FlowError
from deploy.comparable import SWITCH
from deploy.desired import CUSTOM_CODE
from deploy.masking import holds_token
from deploy.portal_file import PortalFile, project, workflow_files
from deploy.pull.pieces import Piece
from deploy.pull.taking import Taking, actions_of, adopted_code, our_files, relative
from deploy.pull.texts import shown
from deploy.refusals import Refused

NOT_KEPT = ("id", "revisionId", "createdAt", "updatedAt", "crmObjectCreationStatus", "uuid")
ORDER = ("name", "description", "type", "flowType", "objectTypeId", SWITCH, "startActionId", "nextAvailableActionId")

Definition = dict[str, Any]


def adopt(live: Definition, name: str, portal: PortalFile) -> Taking:
    """What would be written to take over this workflow under this name."""
    _free(live, name, portal)
    _secret(live)
    taking, ours = Taking(), our_files()
    path = project() / "deploy" / "workflows" / f"{name}.json"
    actions = []
    for raw in actions_of(live):
        if raw.get("type") != CUSTOM_CODE:
            actions.append(raw)
            continue
        file, refused = adopted_code(name, raw, ours, taking.texts)
        said = (
            "the text of a file of ours"
            if file in ours.values()
            else f"{len(str(raw.get('sourceCode') or '').splitlines())} lines"
        )
        where = f"action {raw['actionId']}"
        taking.pieces.append(Piece(name, where, "code", "none", said, shown(file), refused=refused))
        reference = relative(file, path.parent)
        actions.append(
            {
                "sourceFile" if key == "sourceCode" else key: reference if key == "sourceCode" else value
                for key, value in raw.items()
            }
        )
    definition = _definition(live, actions)
    _fit(definition, path)
    taking.texts.put(path, json.dumps(definition, indent=2, ensure_ascii=False) + "\n")
    words = f"{len(actions)} actions"
    taking.pieces.append(Piece(name, "the workflow", "definition", "none", words, shown(path)))
    taking.texts.put(portal.path, _named(taking.texts.read(portal.path) or "", name, str(live["id"])))
    taking.pieces.append(Piece(name, "the workflow", "id", "none", str(live["id"]), shown(portal.path)))
    return taking


def _free(live: Definition, name: str, portal: PortalFile) -> None:
    """The name and the id are nobody else's."""
    owner = next((each.name for each in portal.workflows.values() if each.id == str(live["id"])), "")
    if owner:
        raise Refused(
            f"flow {live['id']}",
            expected="a workflow that is not ours yet",
            found=f"{owner} of {portal.where}",
            remedy=f"Take over what was changed in it: `pull {owner}`.",
        )
    if name in workflow_files() or name in portal.workflows:
        raise Refused(
            "--as", expected="a new name", found=f"{name}, which deploy/workflows has", remedy="Choose another."
        )


def _secret(live: Definition) -> None:
    """A token must stand in no file; one in code is told with the code."""
    actions = [{key: value for key, value in raw.items() if key != "sourceCode"} for raw in actions_of(live)]
    where = holds_token(live | {"actions": actions})
    if where:
        raise Refused(
            f"flow {live['id']}, {where}",
            expected="no secret in a workflow's text",
            found="something that looks like a token",
            remedy="Make a secret of it in HubSpot, and a new key; then adopt it.",
        )


def _definition(live: Definition, actions: list[Definition]) -> Definition:
    """In the order in which our files have it, and off: whether it is on is decided in HubSpot."""
    kept = {key: value for key, value in live.items() if key not in NOT_KEPT} | {SWITCH: False}
    first = {key: kept[key] for key in ORDER if key in kept}
    return (
        first
        | {"actions": actions}
        | {key: value for key, value in kept.items() if key not in first}
        | {"actions": actions}
    )


def _fit(definition: Definition, path: Any) -> None:
    """Can a file here hold it? A branch that says nothing of its default, for example, none can."""
    coded = [dict(_with_code(raw)) for raw in definition["actions"]]
    try:
        Flow.parse(definition | {"actions": coded}, path)
    except FlowError as no:
        raise Refused(
            shown(path),
            expected="a workflow that a file here can hold",
            found=f"another: {no}",
            remedy="Change it in HubSpot's editor, then adopt it.",
        ) from None


def _with_code(raw: Definition) -> Iterator[tuple[str, Any]]:
    for key, value in raw.items():
        yield ("sourceCode", "") if key == "sourceFile" else (key, value)


def _named(text: str, name: str, id: str) -> str:
    """The portal's file with the workflow at its end, where it disturbs no comment; elsewhere if it cannot be there."""
    document: Any = tomlkit.parse(text)
    document.setdefault("workflows", tomlkit.table(is_super_table=True))[name] = {"id": id}
    appended = f'{text.rstrip()}\n\n[workflows.{name}]\nid = "{id}"\n'
    try:
        same = tomllib.loads(appended) == document.unwrap()
    except tomllib.TOMLDecodeError:  # workflows may be written as an inline table
        same = False
    return appended if same else tomlkit.dumps(document)
