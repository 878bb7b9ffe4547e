"""What in a flow cannot be walked here, said in one list before the first record is enrolled."""

from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Any

from contract.action import Action, ContractError
from contract.flow import Flow, FlowAction
from harness.portal.objects.types import TYPES
from harness.workflow import checking, values
from harness.workflow.filters import property_filters
from harness.workflow.steps import SINGLE_STEPS, SingleStep
from harness.workflow.values import Surroundings
from harness.workflow.wording import amiss, mapping, one_of

WALKED = "CUSTOM_CODE, STATIC_BRANCH, LIST_BRANCH or SINGLE_CONNECTION " + ", ".join(sorted(SINGLE_STEPS))
OBJECT_TYPES = tuple(type.id for type in TYPES)
NOT_EMULATED = (
    "blockedDates",
    "enrollmentSchedule",
    "eventAnchor",
    "goalFilterBranch",
    "suppressionFilterBranch",
    "suppressionListIds",
    "timeWindows",
    "unEnrollmentSetting",
)
"""What else of a flow decides who enrols, when, and when actions run (documented: the spec's fields of a flow)."""


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


def refuse_what_cannot_be_walked(flow: Flow, properties: Collection[str]) -> None:
    """`properties`: those that the flow's type of record has in the portal."""
    problems = list(_flow_problems(flow))
    # Without a known type of record no property is known either; saying so once is enough.
    if flow.object_type_id in OBJECT_TYPES:
        around = Surroundings(properties, {a.id: _outputs(a) for a in flow.actions.values() if a.type == "CUSTOM_CODE"})
        problems += [f"action {a.id}{p}" for a in flow.actions.values() for p in _action_problems(a, around)]
        problems += _enrolment_problems(flow, properties)
    if problems:
        raise NotWalkable(flow, problems)


def _flow_problems(flow: Flow) -> Iterator[str]:
    if flow.object_type_id not in OBJECT_TYPES:
        yield f"objectTypeId: {amiss(one_of(OBJECT_TYPES), flow.object_type_id)}"
    if not flow.actions:
        yield f"actions: {amiss('an action', flow.definition['actions'])}"
    for key in NOT_EMULATED:
        if _says_something(flow.definition.get(key)):
            yield f"{key}: {amiss('none, which is all that is walked here', flow.definition[key])}"


def _says_something(value: Any) -> bool:
    """A filter branch without a filter is met by nobody; anything else counts unless it is empty."""
    if isinstance(value, Mapping) and "filterBranchType" in value:
        return any(property_filters(value))
    return bool(value)


def _action_problems(action: FlowAction, around: Surroundings) -> Iterator[str]:
    """Each begins with the place inside the action."""
    raw = action.raw
    if action.type == "CUSTOM_CODE":
        for given in raw["inputFields"]:
            yield from (f", input {given['name']}: {p}" for p in values.unsupported(given["value"], around))
        yield from (f": {problem}" for problem in _code_problems(action))
    elif action.type == "STATIC_BRANCH":
        yield from (f", inputValue: {p}" for p in values.unsupported(raw.get("inputValue"), around))
    elif action.type == "LIST_BRANCH":
        for place, branch in enumerate(raw["listBranches"], start=1):
            found = checking.unsupported(branch.get("filterBranch"), around.properties)
            yield from (f", branch {branch.get('branchName') or place}: {p}" for p in found)
    elif action.type == "SINGLE_CONNECTION" and (step := SINGLE_STEPS.get(str(action.action_type_id))):
        yield from (f": {problem}" for problem in _field_problems(step, raw.get("fields"), around))
    else:
        kind = f"{action.type} {action.action_type_id or ''}".rstrip()
        yield f": {amiss(WALKED, kind)}"


def _field_problems(step: SingleStep, given: object, around: Surroundings) -> Iterator[str]:
    fields = mapping(given)
    if fields is None:
        yield amiss("an object as fields", given)
    else:
        yield from step.unsupported(fields, around)


def _code_problems(action: FlowAction) -> Iterator[str]:
    if not (action.id.isascii() and action.id.isdigit()):
        yield amiss("a whole number as actionId, which the event carries", action.id)
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


def _enrolment_problems(flow: Flow, properties: Collection[str]) -> Iterator[str]:
    given = flow.definition.get("enrollmentCriteria") or {"type": "MANUAL"}
    criteria = mapping(given) or {}
    kind = criteria.get("type")
    if kind not in ("MANUAL", "LIST_BASED"):
        yield f"enrolment: {amiss('enrollmentCriteria of type LIST_BASED or MANUAL', kind or given)}"
    if kind != "LIST_BASED":
        return
    yield from (f"enrolment: {p}" for p in checking.unsupported(criteria.get("listFilterBranch"), properties))
    triggers = criteria.get("reEnrollmentTriggersFilterBranches") or []
    if isinstance(triggers, list):
        found = [problem for branch in triggers for problem in checking.unsupported(branch, properties)]
    else:
        found = [amiss("a list as reEnrollmentTriggersFilterBranches", triggers)]
    yield from (f"re-enrolment: {problem}" for problem in found)
    leaving = criteria.get("unEnrollObjectsNotMeetingCriteria")
    if leaving:
        yield f"enrolment: {amiss('unEnrollObjectsNotMeetingCriteria false', leaving)}"


def source_of(action: FlowAction) -> Action:
    """The code of a custom-code action: from its file, or from the text HubSpot keeps."""
    if action.source_file is not None:
        return Action.read(action.source_file)
    return Action.parse(action.raw["sourceCode"], Path(f"action-{action.id}.py"))
