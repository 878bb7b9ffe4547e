"""What should stand in a portal? Each workflow of its file, with code and settings in it, as HubSpot's own JSON."""

import copy
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from contract.action import Action
from contract.flow import EVERY_ACTION, WRITTEN_BY_HUBSPOT, Flow
from deploy.portal_file import PortalFile, Workflow, workflow_files
from deploy.refusals import BadPortalFile
from deploy.static_values import static_values

CUSTOM_CODE = "CUSTOM_CODE"
MODE, DRY = "mode", "dry"
SEND_EMAIL = "0-4"


@dataclass(frozen=True, slots=True)
class Desired:
    """One workflow as it should be."""

    workflow: Workflow
    definition: dict[str, Any]
    """HubSpot's JSON: code as text. `isEnabled` is in it only where the portal's file decides it."""
    sources: dict[str, str]
    """The files that are in it, by name, with their SHA-256."""
    files: dict[str, str]
    """The id of each action with code, to its file's name."""

    @property
    def name(self) -> str:
        """The workflow's name as the portal's file writes it."""
        return self.workflow.name

    @property
    def as_new(self) -> dict[str, Any]:
        """How it is made: off, and dry, whatever the portal's file says. The next plan shows the rest."""
        definition = copy.deepcopy(self.definition) | {"isEnabled": False}
        for raw in definition["actions"]:
            for given in raw.get("inputFields") or []:
                if given["name"] == MODE and given["value"].get("type") == "STATIC_VALUE":
                    given["value"]["staticValue"] = DRY
        return definition


def desired(portal: PortalFile) -> list[Desired]:
    """Every workflow the portal's file names, in its order; a Refused or a FlowError says what is wrong."""
    values = static_values(portal)
    files = workflow_files()
    return [_one(portal, workflow, values, files[workflow.name]) for workflow in portal.workflows.values()]


def _one(portal: PortalFile, workflow: Workflow, values: dict[str, dict[str, str]], file: Path) -> Desired:
    flow = Flow.read(file)
    files = {raw["actionId"]: Path(raw["sourceFile"]) for raw in flow.definition["actions"] if raw.get("sourceFile")}
    here = {file.stem for file in files.values()}
    set_here = flow.with_inputs(_of_this_flow(flow, values, here))
    definition = {"name": flow.name, **set_here.shipped()}
    for name in ("isEnabled", *WRITTEN_BY_HUBSPOT):
        definition.pop(name, None)
    if workflow.enabled is not None:
        definition["isEnabled"] = workflow.enabled
    for raw in definition["actions"]:
        if raw["type"] == CUSTOM_CODE and portal.runtime and language(raw["runtime"]) == language(portal.runtime):
            raw["runtime"] = portal.runtime
    _choose_email(portal, workflow, definition)
    return Desired(
        workflow=workflow,
        definition=definition,
        sources={file.name: Action.read(flow.path.parent / file).digest for file in files.values()},
        files={id: file.name for id, file in files.items()},
    )


def _choose_email(portal: PortalFile, workflow: Workflow, definition: dict[str, Any]) -> None:
    """HubSpot's own Send email needs an e-mail of this account, which our file cannot know."""
    sending = [raw["fields"] for raw in definition["actions"] if raw.get("actionTypeId") == SEND_EMAIL]
    at = f"{portal.where}, [workflows.{workflow.name}], email"
    if sending and not (workflow.email.isascii() and workflow.email.isdigit()):
        raise BadPortalFile(
            at,
            expected="the id of the e-mail that this workflow sends, digits in quotes",
            found=repr(workflow.email) if workflow.email else "none",
            remedy="Publish an automated e-mail in HubSpot; its id stands in its address.",
        )
    if workflow.email and not sending:
        raise BadPortalFile(at, expected="none: this workflow sends no e-mail", found="one", remedy="Take it out.")
    for fields in sending:
        fields["content_id"] = workflow.email


def language(runtime: str) -> str:
    """PYTHON of PYTHON39, NODE of NODE24X: what one runtime's code does not share with another's."""
    return runtime.rstrip("0123456789X_")


def _of_this_flow(flow: Flow, values: dict[str, dict[str, str]], here: set[str]) -> dict[str, dict[str, str]]:
    """Only what this flow can take: a setting of an action, or of all, that is not in it is for another flow."""
    declared = {
        given.name
        for raw in flow.definition["actions"]
        if raw.get("sourceFile")
        for contract in [Action.read(flow.path.parent / raw["sourceFile"]).contract]
        for given in (contract.inputs if contract else ())
    }
    shared = {name: value for name, value in values.get(EVERY_ACTION, {}).items() if name in declared}
    own = {action: table for action, table in values.items() if action in here}
    return ({EVERY_ACTION: shared} if shared else {}) | own
