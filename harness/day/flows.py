"""Switches the flows of a folder on, live, in the portal of the day."""

import copy
from pathlib import Path

from contract.action import Action
from contract.flow import Flow
from harness.day.faults import Fault
from harness.day.refusal import DayError
from harness.portal import Portal
from harness.runtime.runs import Runtime
from harness.workflow import Workflow

EMAIL = "0-4"
CONVERSATION = "0-11"


def read_flows(folder: Path) -> list[Flow]:
    """Every flow of the folder."""
    files = sorted(folder.glob("*.json"))
    if not files:
        raise DayError(
            folder, "--flows", expected="flows as *.json", found="none", remedy="Name the folder they are in."
        )
    return [Flow.read(file) for file in files]


def switch_on(
    flows: list[Flow], *, portal: Portal, runtime: Runtime, inboxes: list[str], fault: Fault | None
) -> list[Workflow]:
    """The flows as an operator would leave them after going live, and whatever is broken on purpose."""
    broken = fault.name if fault else ""
    live = {"inboxes": ",".join(inboxes)} | ({} if broken == "dry" else {"mode": "live"})
    token = portal.token(*scopes(flows))
    workflows = []
    for flow in flows:
        if broken == "no-email" and any(action.action_type_id == EMAIL for action in flow.actions.values()):
            continue
        wired = _without_re_enrolment(flow) if broken == "no-reenrol" else flow
        workflow = Workflow(
            _with_inputs(wired, live),
            portal=portal,
            runtime=runtime,
            secrets=dict.fromkeys(_secret_names(flow), token),
            retry=broken != "no-retry",
        )
        workflows.append(workflow.watches())
    return workflows


def scopes(flows: list[Flow]) -> list[str]:
    """What the token needs: the scopes the action files declare, and no more."""
    found: set[str] = set()
    for file in {action.source_file for flow in flows for action in flow.actions.values()} - {None}:
        contract = Action.read(file).contract if file is not None else None
        found |= set(contract.scopes) if contract is not None else set()
    return sorted(found)


def _with_inputs(flow: Flow, values: dict[str, str]) -> Flow:
    if any(action.source_file is not None for action in flow.actions.values()):
        return flow.with_inputs({"*": values})
    return flow


def _secret_names(flow: Flow) -> set[str]:
    return {name for action in flow.actions.values() for name in action.raw.get("secretNames", ())}


def _without_re_enrolment(flow: Flow) -> Flow:
    """The conversation flow as it is when nobody has ticked re-enrolment."""
    if flow.object_type_id != CONVERSATION:
        return flow
    definition = copy.deepcopy(flow.definition)
    definition.get("enrollmentCriteria", {})["shouldReEnroll"] = False
    return Flow.parse(definition, flow.path)
