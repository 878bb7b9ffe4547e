"""What does a repair run, in which order, wired how? Read from the workflow and the portal's file, as HubSpot gets it.

Nothing of the wiring is written here. What the flow asks for and nobody outside HubSpot can do is refused by name.
"""

import dataclasses
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from contract.action import Action
from contract.flow import Flow
from deploy.desired import DRY, MODE, Desired, desired
from deploy.portal_file import PortalFile, Workflow, workflow_files
from deploy.refusals import BadPortalFile, Refused
from deploy.static_values import contracts, static_values
from harness.portal import Portal
from harness.workflow.actions import SINGLE_STEPS
from harness.workflow.delays import Delay
from harness.workflow.refusals import NotWalkable, refuse_what_cannot_be_walked

WORKFLOW = "unresolved_chats"
DECIDES, CONFIRMS = "create_ticket", "send_confirmation"
THREAD_ID = "hs_thread_id"
"""The one property of a conversation that is known here without asking for its record."""
SECRET = "CHAT_HANDOFF_TOKEN"
LIVE, OFF = "live", "off"
WALKED = ("CUSTOM_CODE", "STATIC_BRANCH")


@dataclass(frozen=True)
class Wired:
    """The workflow with the portal's settings in it, and the code of each of its actions."""

    flow: Flow
    codes: Mapping[str, Action]
    """By the id of the action in the flow."""

    def name_of(self, action_id: str) -> str:
        """An action by its file's name."""
        return self.codes[action_id].path.stem


def wired(portal: PortalFile, *, live: bool, confirming: bool) -> Wired:
    """The workflow as the portal's file sets it, but for the mode: dry, or live. An action that is off stays off."""
    static_values(portal)  # the file as it is, before anything is set over it
    inputs = _in_mode(portal, LIVE if live else DRY)
    if live and inputs.get(DECIDES, {}).get(MODE) == OFF:
        raise BadPortalFile(
            f"{portal.where}, [inputs], mode",
            expected=f"{DECIDES} dry or live: it makes the tickets",
            found=repr(OFF),
            remedy="Nothing can be repaired while it is off.",
        )
    if not confirming:
        inputs[CONFIRMS] = {**inputs.get(CONFIRMS, {}), MODE: OFF}
    chosen = dataclasses.replace(portal, workflows={WORKFLOW: Workflow(WORKFLOW)}, inputs=inputs)
    (wanted,) = desired(chosen)
    return _walkable(_flow(wanted), wanted)


def _in_mode(portal: PortalFile, mode: str) -> dict[str, Any]:
    """The inputs with this mode at each action that has one and is not off."""
    inputs = dict(portal.inputs)
    shared = str(inputs.get(MODE, DRY))
    for name, action in contracts().items():
        if action.contract and any(given.name == MODE for given in action.contract.inputs):
            own = dict(inputs.get(name, {}))
            inputs[name] = own | {MODE: OFF if str(own.get(MODE, shared)) == OFF else mode}
    return inputs


def _flow(wanted: Desired) -> Flow:
    """Without the criteria of its enrolment: which chats are walked is decided by what was found dropped."""
    definition = {name: value for name, value in wanted.definition.items() if name != "enrollmentCriteria"}
    return Flow.parse(definition, workflow_files()[WORKFLOW])


def _walkable(flow: Flow, wanted: Desired) -> Wired:
    where = f"the workflow {WORKFLOW}"
    remedy = "Take it out of the workflow, or leave these chats to HubSpot."
    for action in flow.actions.values():
        if not (action.type in WALKED or isinstance(SINGLE_STEPS.get(action.action_type_id or ""), Delay)):
            found = f"action {action.id}, {action.type} {action.action_type_id or ''}".rstrip()
            expected = "custom code, delays, and branches on an output"
            raise Refused(where, expected=expected, found=found, remedy=remedy)
        unknown = sorted(set(_asked(action.raw)) - {THREAD_ID})
        if unknown:
            found = f"{unknown[0]} in action {action.id}"
            raise Refused(where, expected=f"no property but {THREAD_ID}", found=found, remedy=remedy)
        asked = sorted(set(action.raw.get("secretNames") or ()) - {SECRET})
        if asked:
            found = f"{asked[0]} in action {action.id}"
            raise Refused(where, expected=f"no secret but {SECRET}", found=found, remedy=remedy)
    try:
        refuse_what_cannot_be_walked(flow, Portal())
    except NotWalkable as problem:
        raise Refused(
            where, expected="what can be done from outside HubSpot", found="; ".join(problem.problems), remedy=remedy
        ) from None
    codes = {id: Action.parse(flow.actions[id].raw["sourceCode"], Path(name)) for id, name in wanted.files.items()}
    missing = [action.id for action in flow.actions.values() if action.type == "CUSTOM_CODE" and action.id not in codes]
    if missing:
        found = f"action {missing[0]} with its code in the workflow's file"
        raise Refused(where, expected="code in files of its own", found=found, remedy="Put it into actions/.")
    return Wired(flow, codes)


def _asked(value: Any) -> Iterator[str]:
    """The properties of the enrolled record that an action is handed."""
    if isinstance(value, dict):
        if value.get("type") == "OBJECT_PROPERTY":
            yield str(value.get("propertyName"))
        for inner in value.values():
            yield from _asked(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _asked(inner)
