"""What in a flow cannot be walked here, said in one list before the first record is enrolled."""

from collections.abc import Iterator
from pathlib import Path

from contract.action import Action, ContractError
from contract.flow import Flow, FlowAction
from harness.portal import Portal
from harness.portal.objects.types import TYPES
from harness.workflow import checking, fetching, values
from harness.workflow.actions import SINGLE_STEPS, WEBHOOK
from harness.workflow.awaiting import MET, WAIT
from harness.workflow.checking import Known
from harness.workflow.criteria import enrolment_problems, leaving_problems
from harness.workflow.leaving import says_something
from harness.workflow.steps import Around, Step
from harness.workflow.values import Surroundings
from harness.workflow.wording import amiss, mapping, one_of

WALKED = "CUSTOM_CODE, WEBHOOK, STATIC_BRANCH, LIST_BRANCH or SINGLE_CONNECTION " + ", ".join(SINGLE_STEPS)
OBJECT_TYPES = tuple(type.id for type in TYPES)
NOT_EMULATED = (
    "blockedDates",
    "enrollmentSchedule",
    "eventAnchor",
    "suppressionListIds",
    "timeWindows",
    "unEnrollmentSetting",
)
"""What else of a flow decides who enrols, when, and when actions run (documented: the spec's fields of a flow)."""
LEAVES_NO_OTHER = {"type": "SELECTIVE", "flowIds": []}
"""Who enrols leaves some other flows, namely none."""


class NotWalkable(Exception):
    """The flow cannot be walked here as it stands; every place that stops it is named."""

    def __init__(self, flow: Flow, problems: list[str]) -> None:
        self.problems = problems
        listed = "\n".join(f"  {problem}" for problem in problems)
        super().__init__(
            f"{flow.path}: expected a flow that can be walked here, found {len(problems)} thing(s) that cannot.\n"
            f"{listed}\n"
            "Correct them or take them out of the flow; what only HubSpot does, try in a HubSpot test account."
        )


def refuse_what_cannot_be_walked(flow: Flow, portal: Portal) -> None:
    """Judged by the types of record and the properties that the portal has."""
    problems = list(_flow_problems(flow))
    # Without a known type of record no property is known either; saying so once is enough.
    if flow.object_type_id in OBJECT_TYPES:
        properties = {type.id: portal.property_types(type.id) for type in TYPES}
        known = Known(flow.object_type_id, properties)
        outputs = {a.id: _outputs(a) for a in flow.actions.values() if a.type == "CUSTOM_CODE"}
        outputs |= {a.id: [MET] for a in flow.actions.values() if a.action_type_id == WAIT}
        around = Around(Surroundings(known.own, outputs, fetching.fetched(flow, properties)), known)
        problems += fetching.unsupported(flow, properties)
        problems += [f"action {a.id}{p}" for a in flow.actions.values() for p in _action_problems(a, around)]
        problems += enrolment_problems(flow, known)
        problems += leaving_problems(flow, known)
    if problems:
        raise NotWalkable(flow, problems)


def _flow_problems(flow: Flow) -> Iterator[str]:
    if flow.object_type_id not in OBJECT_TYPES:
        yield f"objectTypeId: {amiss(one_of(OBJECT_TYPES), flow.object_type_id)}"
    if not flow.actions:
        yield f"actions: {amiss('an action', flow.definition['actions'])}"
    for key in NOT_EMULATED:
        if says_something(flow.definition.get(key)) and flow.definition[key] != LEAVES_NO_OTHER:
            yield f"{key}: {amiss('none, which is all that is walked here', flow.definition[key])}"


def _action_problems(action: FlowAction, around: Around) -> Iterator[str]:
    """Each begins with the place inside the action."""
    raw = action.raw
    if action.type == "CUSTOM_CODE":
        for given in raw["inputFields"]:
            found = values.unsupported(given["value"], around.values)
            yield from (f", input {given['name']}: {problem}" for problem in found)
        yield from (f": {problem}" for problem in _code_problems(action))
    elif action.type == "STATIC_BRANCH":
        yield from (f", inputValue: {p}" for p in values.unsupported(raw.get("inputValue"), around.values))
    elif action.type == "LIST_BRANCH":
        for place, branch in enumerate(raw["listBranches"], start=1):
            found = checking.unsupported(branch.get("filterBranch"), around.known)
            yield from (f", branch {branch.get('branchName') or place}: {p}" for p in found)
    elif action.type == "WEBHOOK":
        yield from (f": {problem}" for problem in WEBHOOK.unsupported(raw, around))
    elif action.type == "SINGLE_CONNECTION" and (step := SINGLE_STEPS.get(str(action.action_type_id))):
        yield from (f": {problem}" for problem in _field_problems(step, raw.get("fields"), around))
    else:
        kind = f"{action.type} {action.action_type_id or ''}".rstrip()
        yield f": {amiss(WALKED, kind)}"


def _field_problems(step: Step, given: object, around: Around) -> Iterator[str]:
    fields = mapping(given)
    if fields is None:
        yield amiss("an object as fields", given)
    else:
        yield from step.unsupported(fields, around)


def _code_problems(action: FlowAction) -> Iterator[str]:
    if not (action.id.isascii() and action.id.isdigit()):
        yield amiss("a whole number as actionId, which the event carries", action.id)
    if (runtime := action.raw.get("runtime")) is not None and not str(runtime).upper().startswith("PYTHON"):
        yield amiss("a runtime of Python, which is all that is run here", runtime)
        return
    for key, wrong in (("outputFields", _unnamed), ("secretNames", _no_text)):
        yield from (amiss(f"names in {key}", each) for each in action.raw[key] if wrong(each))
    try:
        source_of(action)
    except (ContractError, OSError) as problem:
        yield str(problem)


def _unnamed(output: object) -> bool:
    return not isinstance((mapping(output) or {}).get("name"), str)


def _no_text(name: object) -> bool:
    return not isinstance(name, str)


def _outputs(action: FlowAction) -> list[str]:
    return [output["name"] for output in action.raw["outputFields"] if not _unnamed(output)]


def source_of(action: FlowAction) -> Action:
    """The code of a custom-code action: from its file, or from the text HubSpot keeps."""
    if action.source_file is not None:
        return Action.read(action.source_file)
    return Action.parse(action.raw["sourceCode"], Path(f"action-{action.id}.py"))
