"""What has to be set in one custom code action? Language, secrets, code, inputs and outputs, each ready to paste."""

import re
from collections.abc import Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

from contract.action import canonical
from contract.flow import Flow
from deploy.desired import CUSTOM_CODE, Desired
from deploy.export.steps import Step
from deploy.export.typed_values import FILE, output_names, static_inputs
from deploy.export.words import LANGUAGES, OBJECTS, OUTPUT_TYPES, own_form, property_words, term
from deploy.portal_file import workflow_files
from deploy.properties_file import PropertiesFile

LONG = 200  # characters: a longer value is a file too


def copies(each: Desired) -> Iterator[tuple[str, bytes]]:
    """The code byte for byte, and long values, by the names they have in the folder."""
    for file in _sources(each).values():
        yield file.name, file.read_bytes()
    for id, name, text in static_inputs(each):
        if len(text) > LONG or "\n" in text:
            yield value_file(id, name), text.encode()


def value_file(id: str, name: str) -> str:
    """The file of a long value."""
    return f"action-{id}-{name}.txt"


def code_step(step: Step, where: str, numbers: Mapping[str, int], each: Desired, ours: PropertiesFile) -> Iterator[str]:
    """One step of the checklist."""
    raw = step.raw
    file = _sources(each).get(step.id)
    yield f"### Step {step.number}: {file.stem if file else 'code'}"
    yield ""
    yield f"- [ ] {where}: {term('plus')}, {term('code')}; its name: `{file.stem if file else step.id}`"
    yield f"- [ ] {term('language')}: {LANGUAGES.get(raw['runtime'], raw['runtime'])}"
    yield f"- [ ] {term('secrets')}: {', '.join(f'`{name}`' for name in raw['secretNames']) or 'none'}"
    yield from _code(raw, file)
    yield (
        f"- [ ] {term('inputs')}, {len(raw['inputFields'])} of them; the name goes into the left box:"
        if raw["inputFields"]
        else f"- [ ] {term('inputs')}: none"
    )
    for given in raw["inputFields"]:
        yield from _input(step.id, given, numbers, each, ours)
    yield (
        f"- [ ] {term('outputs')}, {len(raw['outputFields'])} of them:"
        if raw["outputFields"]
        else f"- [ ] {term('outputs')}: none"
    )
    if raw["outputFields"]:
        yield ""
        yield "      | Name | Type | Options |"
        yield "      |---|---|---|"
        for output in raw["outputFields"]:
            options = ", ".join(f"`{option}`" for option in output.get("options") or [])
            yield f"      | `{output['name']}` | {OUTPUT_TYPES.get(output['type'], output['type'])} | {options} |"
        yield ""


def _sources(each: Desired) -> dict[str, Path]:
    path = workflow_files()[each.name]
    return {
        raw["actionId"]: path.parent / raw["sourceFile"]
        for raw in Flow.read(path).definition["actions"]
        if raw["type"] == CUSTOM_CODE and raw.get("sourceFile")
    }


def _code(raw: Mapping[str, Any], file: Path | None) -> Iterator[str]:
    lines = len(canonical(raw["sourceCode"]).splitlines())
    if file is None:
        yield f"- [ ] The code that the workflow's own file has, {lines} lines"
        return
    yield f"- [ ] The code: delete what stands there, paste all of [`{file.name}`]({file.name}), {lines} lines;"
    yield f"      sha256 `{sha256(file.read_bytes()).hexdigest()}`"


def _input(
    id: str, given: Mapping[str, Any], numbers: Mapping[str, int], each: Desired, ours: PropertiesFile
) -> Iterator[str]:
    name, value = given["name"], given["value"]
    kind, object_type = value["type"], each.definition["objectTypeId"]
    head = f"  - [ ] `{name}`:"
    if kind == "OBJECT_PROPERTY":
        record = OBJECTS.get(object_type, "record").lower()
        yield f"{head} the enrolled {record}'s {property_words(object_type, value['propertyName'], ours)}"
    elif kind == "FIELD_DATA":
        yield f"{head} output `{value['dataKey']}` of step {numbers[value['actionId']]}"
    elif kind == "STATIC_VALUE":
        yield from _typed(id, name, value["staticValue"], head, output_names(each)[id, name])
    else:
        yield f"{head} {own_form(value)}"


def _typed(id: str, name: str, text: str, head: str, output: str) -> Iterator[str]:
    also = f", also in [`{value_file(id, name)}`]({value_file(id, name)})" if len(text) > LONG or "\n" in text else ""
    yield f"{head} typed text{also} (or output `{output}` of `{FILE}`):"
    if "\n" not in text:
        fence = "`" * max(3, 1 + max((len(run) for run in re.findall("`+", text)), default=0))
        yield ""
        yield from (f"        {line}" for line in (f"{fence}text", text, fence))
        yield ""
