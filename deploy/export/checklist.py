"""What has to be clicked and pasted, in order, to put one workflow together in HubSpot's editor? As Markdown."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from contract.flow import Flow
from deploy.desired import CUSTOM_CODE, Desired
from deploy.export.code_step import code_step, copies
from deploy.export.steps import Step, onward, place, plain_step, steps
from deploy.export.typed_values import FILE, source, static_inputs
from deploy.export.words import OBJECTS, filter_lines, own_form, term
from deploy.portal_file import PortalFile, workflow_files
from deploy.properties_file import PropertiesFile

SELDOM = ("timeWindows", "blockedDates", "suppressionFilterBranch")
"""What most workflows do not have, and what is told when one has it."""


def index(wanted: Iterable[Desired], portal: PortalFile) -> str:
    """The page above all workflows."""
    every = list(wanted)
    actions = [raw for each in every for raw in each.definition["actions"]]
    secrets = sorted({name for raw in actions for name in raw.get("secretNames") or []})
    rows = [
        f"Ticket properties: `python -m deploy provision --portal {portal.name}`",
        *(
            f"Secret `{name}`: in any {term('code')} action, under {term('secrets')}; its value is the token of the"
            " runtime key"
            for name in secrets
        ),
        *(f"[{each.definition['name']}]({each.name}/README.md)" for each in every),
    ]
    lines = [
        f"# {portal.name}: portal {portal.portal_id}, by hand",
        "",
        "Words in **bold** are those of HubSpot's editor; *guessed* marks those that nobody has confirmed.",
        "",
        *(f"{at}. [ ] {row}" for at, row in enumerate(rows, 1)),
    ]
    return "\n".join(lines) + "\n"


def files(each: Desired, portal: PortalFile, ours: PropertiesFile) -> dict[str, bytes]:
    """Everything in a workflow's folder."""
    found = dict(copies(each))
    settings = source(each, portal.name)
    if settings:
        found[FILE] = settings.encode()
    found["README.md"] = ("\n".join(_page(each, portal, ours)) + "\n").encode()
    return found


def _page(each: Desired, portal: PortalFile, ours: PropertiesFile) -> Iterator[str]:
    definition = each.definition
    order = steps(Flow.parse(definition, workflow_files()[each.name]))
    numbers = {step.id: step.number for step in order}
    kind = OBJECTS.get(definition["objectTypeId"], f"object type {definition['objectTypeId']}")
    yield f"# {definition['name']}"
    yield ""
    yield definition.get("description", "")
    yield ""
    yield f"Portal {portal.portal_id}, from `deploy/workflows/{each.name}.json`. Words in **bold** are those of"
    yield "HubSpot's editor; *guessed* marks those that nobody has confirmed."
    yield from ("", "## 1. The workflow", "")
    yield f"- [ ] {term('workflows')}, {term('create')}, from scratch, **{kind}-based**"
    yield f"- [ ] Its name: `{definition['name']}`"
    yield from ("", "## 2. Trigger", "")
    yield from _trigger(definition, ours)
    yield from ("", f"## 3. Actions: {len(order)} step{'s' * (len(order) != 1)}")
    if list(static_inputs(each)):
        yield ""
        yield from _typed_values(each)
    for step in order:
        yield ""
        yield from _step(step, numbers, each, ours)
    yield from ("", "## 4. At the end", "")
    yield from _end(each, portal)


def _step(step: Step, numbers: Mapping[str, int], each: Desired, ours: PropertiesFile) -> Iterator[str]:
    if step.raw["type"] == CUSTOM_CODE:
        yield from code_step(step, place(step, numbers), numbers, each, ours)
    else:
        yield from plain_step(step, place(step, numbers), numbers, each.definition["objectTypeId"], ours)
    yield from onward(step, numbers)


def _trigger(definition: Mapping[str, Any], ours: PropertiesFile) -> Iterator[str]:
    criteria, object_type = definition.get("enrollmentCriteria") or {}, definition["objectTypeId"]
    if criteria.get("type") == "LIST_BASED":
        yield f"- [ ] {term('trigger')}; all conditions of one group have to be met:"
        yield from (f"  {line}" for line in filter_lines(criteria["listFilterBranch"], object_type, ours))
    elif criteria.get("type") == "MANUAL" or not criteria:
        yield f"- [ ] {term('manual trigger')}: no other trigger"
    else:
        yield f"- [ ] {term('event trigger')}, {own_form(criteria)}"
    again = criteria.get("reEnrollmentTriggersFilterBranches") or []
    if not criteria.get("shouldReEnroll"):
        yield f"- [ ] {term('re-enroll')}: **off**"
        return
    yield f"- [ ] {term('re-enroll')}: **on**{', with these conditions ticked:' if again else ''}"
    for branch in again:
        rows = [line for line in filter_lines(branch, object_type, ours) if not line.startswith("- Group")]
        yield from (f"  {line.strip()}" for line in rows)


def _typed_values(each: Desired) -> Iterator[str]:
    """Two ways for static values: the editor may offer only one."""
    yield f"{len(list(static_inputs(each)))} inputs are typed text, given below on one line each. If the editor's box"
    yield "takes no typed text, only properties and outputs of earlier steps (seen by others), make one step more,"
    yield "first of all, and choose its outputs below where it says typed text:"
    yield ""
    yield f"- [ ] Only then: {term('plus')}, {term('code')}, all of [`{FILE}`]({FILE}), no secrets, no properties,"
    yield f"      and in {term('outputs')} a **String** for each name in it"


def _end(each: Desired, portal: PortalFile) -> Iterator[str]:
    for name in SELDOM:
        if each.definition.get(name):
            yield f"- [ ] `{name}`, {own_form(each.definition[name])}"
    if each.sources:
        yield "- [ ] For each code: copy all of it out of the editor into a file, and compare:"
        yield f"      `python -m deploy verify-paste copied.py --portal {portal.name}`"
    if any(name == "mode" and text == "live" for _, name, text in static_inputs(each)):
        yield "- [ ] `mode` is `live` above: type `dry` for the first day, and read what it would have done"
    if each.workflow.enabled is False:
        yield "- [ ] Leave it off"
    else:
        yield f"- [ ] {term('turn on')}; for records that meet the trigger from now on, not those that meet it already"
