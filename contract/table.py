"""What does a `[tool.hubspot]` table say: which runtimes, secrets, scopes, inputs and outputs?

At most 50 inputs is HubSpot's limit (documented, its page about custom code actions).
"""

from dataclasses import dataclass
from typing import Any

from contract.block import Block
from contract.entry import NAME, Entry, show

MOST_INPUTS = 50

TABLE_KEYS = ("runtime", "secrets", "scopes", "inputs", "outputs")
INPUT_KEYS = ("type", "required", "default", "description", "options", "schema", "example")
OUTPUT_KEYS = ("type", "options", "description")
HOME = ("tool", "hubspot")


@dataclass(frozen=True)
class Input:
    """One value the workflow hands to the action."""

    name: str
    type: str
    required: bool = False
    default: object | None = None
    description: str = ""
    options: tuple[str, ...] = ()
    schema: dict[str, Any] | None = None
    """The JSON schema of an input that is JSON text."""
    example: object | None = None
    """What such a text may hold, parsed."""


@dataclass(frozen=True)
class Output:
    """One value the action hands to later actions of the workflow."""

    name: str
    type: str
    options: tuple[str, ...] = ()
    description: str = ""


@dataclass(frozen=True)
class Contract:
    """What an action is given, may reach and returns."""

    runtimes: tuple[str, ...] = ()
    secrets: tuple[str, ...] = ()
    scopes: tuple[str, ...] = ()
    inputs: tuple[Input, ...] = ()
    outputs: tuple[Output, ...] = ()

    def input(self, name: str) -> Input:
        """Return the input of that name; KeyError when none is declared."""
        return {each.name: each for each in self.inputs}[name]

    def output(self, name: str) -> Output:
        """Return the output of that name; KeyError when none is declared."""
        return {each.name: each for each in self.outputs}[name]


def read_contract(block: Block) -> Contract | None:
    """Return the contract of a block, None when it has no `[tool.hubspot]`; refuse a wrong one."""
    tool = block.data.get("tool", {})
    if not isinstance(tool, dict) or "hubspot" not in tool:
        return None
    hubspot = Entry(block, HOME, TABLE_KEYS)
    inputs = hubspot.names("inputs")
    if len(inputs) > MOST_INPUTS:
        raise hubspot.refuse(
            "inputs",
            inputs[MOST_INPUTS],
            expected=f"at most {MOST_INPUTS} inputs (HubSpot's limit)",
            found=str(len(inputs)),
            remedy="Remove some, or carry several in one JSON text.",
        )
    return Contract(
        runtimes=hubspot.texts("runtime"),
        secrets=hubspot.texts("secrets", shape=NAME),
        scopes=hubspot.texts("scopes"),
        inputs=tuple(_read_input(block, name) for name in inputs),
        outputs=tuple(_read_output(block, name) for name in hubspot.names("outputs")),
    )


def _read_input(block: Block, name: str) -> Input:
    table = Entry(block, (*HOME, "inputs", name), INPUT_KEYS)
    kind = table.type()
    options = table.options(kind)
    required = table.flag("required")
    schema, example = table.json("schema", kind), table.json("example", kind)
    if not isinstance(schema, dict | None):
        raise table.refuse("schema", expected="a JSON object", found=show(schema), remedy="Write { ... }.")
    if (schema is None) != (example is None):
        missing, there = ("schema", "example") if schema is None else ("example", "schema")
        raise table.refuse(
            there,
            expected=f"'{missing}' beside '{there}'",
            found="it alone",
            remedy="JSON text declares both: what is allowed, and one that a person can copy.",
        )
    default = table.table.get("default")
    if default is not None and required:
        raise table.refuse(
            "default",
            expected="no default for a required input",
            found=show(default),
            remedy="Remove one of the two.",
        )
    if default is not None:
        table.check_default(kind, options)
    if schema is not None and default:
        table.json("default", kind)
    return Input(name, kind, required, default, table.text("description"), options, schema, example)


def _read_output(block: Block, name: str) -> Output:
    table = Entry(block, (*HOME, "outputs", name), OUTPUT_KEYS)
    kind = table.type()
    return Output(name, kind, table.options(kind), table.text("description"))
