"""What if HubSpot's editor takes no typed text as an input? Then one more action hands the settings over as outputs.

Seen by others: the editor's box offers properties and outputs of earlier actions only. Whether it is so everywhere is
not known. Outputs of custom code can always be chosen (documented), so this road is open in any case.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from deploy.desired import CUSTOM_CODE, Desired
from deploy.pasted import Ours

FILE = "typed_values.py"


def static_inputs(each: Desired) -> Iterator[tuple[str, str, str]]:
    """Action id, input and text of every static value of a workflow."""
    for raw in each.definition["actions"]:
        if raw["type"] == CUSTOM_CODE:
            for given in raw["inputFields"]:
                if given["value"]["type"] == "STATIC_VALUE":
                    yield raw["actionId"], given["name"], given["value"]["staticValue"]


def output_names(each: Desired) -> dict[tuple[str, str], str]:
    """By which output each static input is handed over: one for all who have the same value, else one for each."""
    values: dict[str, set[str]] = {}
    for _, name, text in static_inputs(each):
        values.setdefault(name, set()).add(text)
    return {(id, name): name if len(values[name]) == 1 else f"{name}_{id}" for id, name, _ in static_inputs(each)}


def source(each: Desired, portal: str) -> str:
    """The code of that action; "" for a workflow without static values."""
    names = output_names(each)
    outputs: dict[str, Any] = {names[id, name]: text for id, name, text in static_inputs(each)}
    if not outputs:
        return ""
    rows = "".join(f"            {name!r}: {text!r},\n" for name, text in outputs.items())
    return (
        f'"""Typed values of {each.name} in portal {portal}: handed to the actions below as outputs."""\n\n\n'
        f'def main(event):\n    return {{\n        "outputFields": {{\n{rows}        }}\n    }}\n'
    )


def settings_files(wanted: Iterable[Desired], portal: str) -> list[Ours]:
    """Those actions as `verify-paste` may find them in the editor."""
    made = [(each, source(each, portal)) for each in wanted]
    return [Ours(FILE, text, (f"{each.name}, its typed values",)) for each, text in made if text]
