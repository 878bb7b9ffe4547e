"""What does a `[tool.hubspot]` table say: which runtimes, secrets, scopes, inputs and outputs?

At most 50 inputs is HubSpot's limit (documented, its page about custom code actions).
"""

import difflib
from dataclasses import dataclass
from typing import Any

from contract.block import Block
from contract.entry import Entry, show
from contract.schema import disagreement

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
    if not _is_there(block):
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
        secrets=hubspot.secrets(),
        scopes=hubspot.texts("scopes"),
        inputs=tuple(_read_input(block, name) for name in inputs),
        outputs=tuple(_read_output(block, name) for name in hubspot.names("outputs")),
    )


def _is_there(block: Block) -> bool:
    """Has the block our table? One that is nearly named like it would be a contract that nobody reads."""
    _refuse_misspelt(block, block.data, (), HOME[0])
    tool = block.data.get(HOME[0], {})
    if not isinstance(tool, dict):
        raise block.refuse(
            HOME[0], expected="a table [tool]", found=show(tool), remedy="Write its keys under that heading."
        )
    _refuse_misspelt(block, tool, HOME[:1], HOME[1])
    return HOME[1] in tool


def _refuse_misspelt(block: Block, table: dict[str, Any], where: tuple[str, ...], meant: str) -> None:
    for name, value in table.items():
        if name != meant and isinstance(value, dict) and difflib.get_close_matches(name.lower(), [meant], cutoff=0.8):
            expected = ".".join((*where, meant))
            raise block.refuse(
                *where,
                name,
                expected=f"a table [{expected}]",
                found=f"[{'.'.join((*where, name))}]",
                remedy=f"Write it as [{expected}].",
            )


def _read_input(block: Block, name: str) -> Input:
    table = Entry(block, (*HOME, "inputs", name), INPUT_KEYS)
    kind = table.type()
    options = table.options(kind)
    required = table.flag("required")
    schema, example = _read_json(table, kind)
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
        _keep_to(table, "default", table.json("default", kind), schema)
    return Input(name, kind, required, default, table.text("description"), options, schema, example)


def _read_json(table: Entry, kind: str) -> tuple[dict[str, Any] | None, object]:
    """Return the schema and the example of an input that is JSON text."""
    schema, example = table.json("schema", kind), table.json("example", kind)
    if not isinstance(schema, dict | None):
        raise table.refuse("schema", expected="a JSON object", found=show(schema), remedy="Write { ... }.")
    has_schema, has_example = "schema" in table.table, "example" in table.table
    if has_schema != has_example:
        missing, there = ("schema", "example") if has_example else ("example", "schema")
        raise table.refuse(
            there,
            expected=f"'{missing}' beside '{there}'",
            found="it alone",
            remedy="JSON text declares both: what is allowed, and one that a person can copy.",
        )
    if schema is not None:
        _keep_to(table, "example", example, schema)
    return schema, example


def _keep_to(table: Entry, key: str, value: object, schema: dict[str, Any]) -> None:
    wrong = disagreement(value, schema)
    if wrong is not None:
        raise table.refuse(
            key, expected="JSON that keeps to the schema", found=f"another: {wrong}", remedy="Correct one of the two."
        )


def _read_output(block: Block, name: str) -> Output:
    table = Entry(block, (*HOME, "outputs", name), OUTPUT_KEYS)
    kind = table.type()
    return Output(name, kind, table.options(kind), table.text("description"))
