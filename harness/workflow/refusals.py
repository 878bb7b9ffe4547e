"""What in a flow cannot be walked here, said in one list before the first record is enrolled."""

from collections.abc import Iterator
from pathlib import Path

from contract.action import Action, ContractError
from contract.flow import Flow, FlowAction
from harness.workflow import filters, values
from harness.workflow.steps import SINGLE_STEPS

WALKED = "CUSTOM_CODE, STATIC_BRANCH, LIST_BRANCH and SINGLE_CONNECTION " + ", ".join(sorted(SINGLE_STEPS))


class NotWalkable(Exception):
    """The flow uses something this walker does not emulate; every such place is named."""

    def __init__(self, flow: Flow, problems: list[str]) -> None:
        self.problems = problems
        listed = "\n".join(f"  {problem}" for problem in problems)
        super().__init__(
            f"{flow.path}: {len(problems)} thing(s) the local workflow does not emulate.\n{listed}\n"
            f"It walks {WALKED}. Take the rest out of the flow, or try it in a HubSpot test account."
        )


def refuse_what_cannot_be_walked(flow: Flow) -> None:
    problems = [f"action {action.id}: {problem}" for action in flow.actions.values() for problem in _problems(action)]
    problems += [f"enrolment: {problem}" for problem in _enrolment_problems(flow)]
    if problems:
        raise NotWalkable(flow, problems)


def _problems(action: FlowAction) -> Iterator[str]:
    raw = action.raw
    if action.type == "CUSTOM_CODE":
        for given in raw.get("inputFields", ()):
            yield from (f"input {given.get('name')}: {p}" for p in values.unsupported(given.get("value")))
        yield from _source_problems(action)
    elif action.type == "STATIC_BRANCH":
        yield from values.unsupported(raw.get("inputValue"))
    elif action.type == "LIST_BRANCH":
        for branch in raw.get("listBranches", ()):
            yield from filters.unsupported(branch.get("filterBranch", {}))
    elif action.type == "SINGLE_CONNECTION" and (step := SINGLE_STEPS.get(str(action.action_type_id))):
        yield from step.unsupported(raw.get("fields", {}))
    else:
        yield f"{action.type} {action.action_type_id or ''}".rstrip()


def _source_problems(action: FlowAction) -> Iterator[str]:
    try:
        source_of(action)
    except (ContractError, OSError) as problem:
        yield str(problem)


def _enrolment_problems(flow: Flow) -> Iterator[str]:
    criteria = flow.definition.get("enrollmentCriteria") or {"type": "MANUAL"}
    if criteria["type"] == "MANUAL":
        return
    if criteria["type"] != "LIST_BASED":
        yield f"enrolment type {criteria['type']}"
        return
    yield from filters.unsupported(criteria.get("listFilterBranch", {}))
    for branch in criteria.get("reEnrollmentTriggersFilterBranches", ()):
        yield from filters.unsupported(branch)
    if criteria.get("unEnrollObjectsNotMeetingCriteria"):
        yield "unEnrollObjectsNotMeetingCriteria"


def source_of(action: FlowAction) -> Action:
    """The code of a custom-code action: from its file, or from the text HubSpot keeps."""
    if action.source_file is not None:
        return Action.read(action.source_file)
    return Action.parse(action.raw["sourceCode"], Path(f"action-{action.id}.py"))
