"""In which order does a person put a workflow together, and what is set in each step that is no code?"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from contract.flow import DEFAULT, NEXT, Flow
from deploy.export.words import filter_lines, own_form, property_words, term
from deploy.properties_file import PropertiesFile

UNITS = {"MINUTES": "minutes", "HOURS": "hours", "DAYS": "days"}
TITLES = {
    "0-1": ("Delay", "delay"),
    "0-4": ("Send an e-mail", "e-mail"),
    "0-5": ("Set a property", "edit"),
    "STATIC_BRANCH": ("Branch by a value", "value equals"),
    "LIST_BRANCH": ("Branch by filters", "if/then"),
}

Numbers = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Step:
    """One action, with its place in that order."""

    number: int
    id: str
    raw: Mapping[str, Any]
    above: str  # the id of the action it hangs below; "" for the trigger
    branch: str  # and on which of its links


def steps(flow: Flow) -> list[Step]:
    """The steps of a workflow from its first action on, along its first branches, each action once."""
    found: dict[str, Step] = {}
    waiting = [(flow.start, "", NEXT)] if flow.start else []
    while waiting:
        id, above, branch = waiting.pop()
        if id in found:
            continue
        found[id] = Step(len(found) + 1, id, flow.actions[id].raw, above, branch)
        waiting += reversed([(target, id, label) for label, target in flow.actions[id].links])
    return list(found.values())


def place(step: Step, numbers: Numbers) -> str:
    """Where it hangs."""
    if not step.above:
        return "Below the trigger"
    branch = "" if step.branch == NEXT else f", {term('rest')}" if step.branch == DEFAULT else f", `{step.branch}`"
    return f"Below step {numbers[step.above]}{branch}"


def plain_step(step: Step, where: str, numbers: Numbers, object_type: str, ours: PropertiesFile) -> Iterator[str]:
    """One step of the checklist that is no code."""
    kind = step.raw.get("actionTypeId") or step.raw["type"]
    title, key = TITLES.get(kind, (f"An action of type {kind}", ""))
    yield f"### Step {step.number}: {title}"
    yield ""
    yield f"- [ ] {where}: {term('plus')}, {term(key) if key else f'the action of type `{kind}`'}"
    yield from _details(kind, step.raw, numbers, object_type, ours)


def onward(step: Step, numbers: Numbers) -> Iterator[str]:
    """Where each way leads: to a step that will hang below it, or over to one that stands already."""
    branches = [*(step.raw.get("staticBranches") or []), *(step.raw.get("listBranches") or [])]
    ways = [(f"`{each.get('branchValue', each.get('branchName', ''))}`", each.get("connection")) for each in branches]
    if step.raw["type"].endswith("_BRANCH"):
        called = step.raw.get("defaultBranchName")
        ways.append((f"{term('rest')}{f', call it `{called}`' if called else ''}", step.raw.get("defaultBranch")))
    else:
        ways = [("Then", step.raw.get("connection"))]
    met: set[str] = set()
    for label, connection in ways:
        target = (connection or {}).get("nextActionId", "")
        if not target:
            yield f"- [ ] {label}: nothing more, the workflow ends"
        elif target in met or numbers[target] <= step.number:
            yield f"- [ ] {label}: {term('go to')}, step {numbers[target]}"
        else:
            met.add(target)
            yield f"- [ ] {label}: step {numbers[target]}"


def _details(
    kind: str, raw: Mapping[str, Any], numbers: Numbers, object_type: str, ours: PropertiesFile
) -> Iterator[str]:
    fields = raw.get("fields") or {}
    if kind == "0-1":
        unit, number = str(fields.get("time_unit")), str(fields.get("delta"))
        yield f"- [ ] {number} {UNITS.get(unit, unit).removesuffix('s' if number == '1' else '')}"
    elif kind == "0-5":
        name = property_words(object_type, str(fields.get("property_name")), ours)
        yield f"- [ ] {name}: {_set_to(fields.get('value'))}"
    elif kind == "0-4":
        yield f"- [ ] This portal's own e-mail (the file says content_id {fields.get('content_id', 'nothing')})"
    elif kind == "STATIC_BRANCH":
        value = raw["inputValue"]
        if value.get("type") == "FIELD_DATA":
            yield f"- [ ] By output `{value['dataKey']}` of step {numbers[value['actionId']]}"
        else:
            yield f"- [ ] By {property_words(object_type, str(value.get('propertyName')), ours)}"
    elif kind == "LIST_BRANCH":
        for branch in raw["listBranches"]:
            yield f"- [ ] Branch `{branch.get('branchName', '')}`; all conditions of one group have to be met:"
            yield from (f"  {line}" for line in filter_lines(branch.get("filterBranch") or {}, object_type, ours))
    else:
        yield f"- [ ] {own_form(raw)}"


def _set_to(value: Any) -> str:
    if isinstance(value, dict) and value.get("type") == "STATIC_VALUE":
        text = value.get("staticValue", "")
        return f"`{text}`" if text else "no value: choose to clear it"
    if isinstance(value, dict) and value.get("type") == "TIMESTAMP":
        return "date and time of this step"
    return own_form(value)
