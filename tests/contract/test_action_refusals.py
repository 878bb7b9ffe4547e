"""How is a wrong contract refused? With file, line, expected, found, and what to do."""

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest_mock import MockerFixture

from contract.action import Action, ContractError
from contract.block import Block

MANY = "".join(f'# [tool.hubspot.inputs.i{n}]\n# type = "string"\n' for n in range(51))
IN = "# /// script\n# [tool.hubspot.inputs.x]\n"
OUT = "# /// script\n# [tool.hubspot.outputs.x]\n"
ALL_TYPES = "string, number, boolean, datetime, date, enumeration, phone_number"

WRONG = {
    "a key that is not known, with one that is meant": (
        '# /// script\n# [tool.hubspot]\n# secret = ["A"]\n# ///\n',
        "x.py:3: expected one of runtime, secrets, scopes, inputs, outputs, found 'secret'. Did you mean 'secrets'?",
    ),
    "a key that is not known": (
        IN + '# type = "string"\n# zzz = 1\n# ///\n',
        "x.py:4: expected one of type, required, default, description, options, schema, example,"
        " found 'zzz'. Remove it.",
    ),
    "an output with an input's key": (
        OUT + '# type = "string"\n# required = true\n# ///\n',
        "x.py:4: expected one of type, options, description, found 'required'. Remove it.",
    ),
    "a type that is not HubSpot's": (
        '"""Doc."""\n\n' + IN + '# type = "integer"\n# ///\n',
        f'x.py:5: expected a type out of {ALL_TYPES}, found "integer". Use HubSpot\'s own name of the type.',
    ),
    "no type": (
        IN + '#\n# description = "d"\n# ///\n',
        f"x.py:2: expected a type out of {ALL_TYPES}, found none. Use HubSpot's own name of the type.",
    ),
    "a type that is no text": (
        IN + "# type = 3\n# ///\n",
        f"x.py:3: expected a type out of {ALL_TYPES}, found 3. Use HubSpot's own name of the type.",
    ),
    "a secret that is one text": (
        '# /// script\n# [tool.hubspot]\n# secrets = "A"\n# ///\n',
        'x.py:3: expected a list of texts, found "A". Write ["...", "..."].',
    ),
    "a secret that cannot be a variable": (
        '# /// script\n# [tool.hubspot]\n# secrets = [\n#   "A",\n#   "B-C",\n# ]\n# ///\n',
        'x.py:3: expected names of letters, digits and underscores, found "B-C".'
        " HubSpot makes an environment variable of it: rename it.",
    ),
    "a scope named twice": (
        '# /// script\n# [tool.hubspot]\n# scopes = ["a", "a"]\n# ///\n',
        'x.py:3: expected each only once, found "a" twice. Remove one.',
    ),
    "an empty runtime": (
        '# /// script\n# [tool.hubspot]\n# runtime = [""]\n# ///\n',
        'x.py:3: expected a list of texts, found [""]. Write ["...", "..."].',
    ),
    "an enumeration without options": (
        OUT + '# type = "enumeration"\n# ///\n',
        'x.py:2: expected the options of an enumeration, found none. Add options = ["...", "..."].',
    ),
    "options of something else": (
        OUT + '# type = "number"\n# options = ["1"]\n# ///\n',
        'x.py:4: expected no options for a number, found ["1"]. Remove them, or say type = "enumeration".',
    ),
    "a default of another type": (
        IN + '# type = "number"\n# default = "5"\n# ///\n',
        'x.py:4: expected a bare number as default (type number), found "5". Correct it, or remove it.',
    ),
    "a flag as a number": (
        IN + '# type = "number"\n# default = true\n# ///\n',
        "x.py:4: expected a bare number as default (type number), found true. Correct it, or remove it.",
    ),
    "a date and time as a date": (
        IN + '# type = "date"\n# default = 2026-03-02T08:00:00Z\n# ///\n',
        "x.py:4: expected a TOML date (2026-03-02) as default (type date),"
        ' found "2026-03-02 08:00:00+00:00". Correct it, or remove it.',
    ),
    "a default that is no option": (
        IN + '# type = "enumeration"\n# options = ["dry", "live"]\n# default = "wet"\n# ///\n',
        'x.py:5: expected one of dry, live as default (type enumeration), found "wet". Correct it, or remove it.',
    ),
    "a default that nobody can miss": (
        IN + '# type = "string"\n# required = true\n# default = "a"\n# ///\n',
        'x.py:5: expected no default for a required input, found "a". Remove one of the two.',
    ),
    "required in quotes": (
        IN + '# type = "string"\n# required = "yes"\n# ///\n',
        'x.py:4: expected true or false, found "yes". Write it bare.',
    ),
    "a description that is no text": (
        OUT + '# type = "string"\n# description = 1\n# ///\n',
        'x.py:4: expected a text, found 1. Put it in "...".',
    ),
    "an input whose name is no variable": (
        '# /// script\n# [tool.hubspot.inputs."thread id"]\n# type = "string"\n# ///\n',
        'x.py:2: expected a name of letters, digits and underscores, found "thread id".'
        " Rename it here, in the code and in the workflow.",
    ),
    "one input too many": (
        "# /// script\n" + MANY + "# ///\n",
        "x.py:102: expected at most 50 inputs (HubSpot's limit), found 51."
        " Remove some, or carry several in one JSON text.",
    ),
    "an input that is no table": (
        "# /// script\n# [tool.hubspot]\n# inputs.a = 1\n# ///\n",
        "x.py:3: expected a table [tool.hubspot.inputs.a], found 1. Write its keys under that heading.",
    ),
    "inputs that are a list": (
        '# /// script\n# [tool.hubspot]\n# inputs = ["a"]\n# ///\n',
        'x.py:3: expected a table [tool.hubspot.inputs], found ["a"]. Write its keys under that heading.',
    ),
    "a table that is none": (
        "# /// script\n# [tool]\n# hubspot = 1\n# ///\n",
        "x.py:3: expected a table [tool.hubspot], found 1. Write its keys under that heading.",
    ),
    "a schema that is no JSON": (
        IN + '# type = "string"\n# schema = "{"\n# example = "[]"\n# ///\n',
        "x.py:4: expected JSON text, found a mistake in it: Expecting property name enclosed in double"
        " quotes: line 1 column 2 (char 1). Correct it.",
    ),
    "a schema that is no object": (
        IN + '# type = "string"\n# schema = "[]"\n# example = "[]"\n# ///\n',
        "x.py:4: expected a JSON object, found []. Write { ... }.",
    ),
    "a schema alone": (
        IN + '# type = "string"\n# schema = "{}"\n# ///\n',
        "x.py:4: expected 'example' beside 'schema', found it alone."
        " JSON text declares both: what is allowed, and one that a person can copy.",
    ),
    "an example alone": (
        IN + '# type = "string"\n# example = """\n# []\n# """\n# ///\n',
        "x.py:4: expected 'schema' beside 'example', found it alone."
        " JSON text declares both: what is allowed, and one that a person can copy.",
    ),
    "a schema of a number": (
        IN + '# type = "number"\n# schema = "{}"\n# example = "1"\n# ///\n',
        'x.py:4: expected type = "string" for an input that is JSON text, found "number".'
        " Remove 'schema' or change the type.",
    ),
    "a default that is no JSON": (
        IN + '# type = "string"\n# schema = "{}"\n# example = "[]"\n# default = "]"\n# ///\n',
        "x.py:6: expected JSON text, found a mistake in it: Expecting value: line 1 column 1 (char 0). Correct it.",
    ),
    "a mistake in the TOML": (
        "# /// script\n# [tool.hubspot]\n# scopes = [a]\n# ///\n",
        "x.py:3: expected TOML, found a mistake in it: Invalid value. Correct this line.",
    ),
    "TOML that does not end": (
        '# /// script\n# [tool.hubspot]\n# scopes = ["a",\n# ///\n',
        "x.py:3: expected TOML, found a mistake in it: Invalid value. Correct this line.",
    ),
    "TOML nested too deep": (
        "# /// script\n# x = " + "[" * 5_000 + "]" * 5_000 + "\n# ///\n",
        "x.py:2: expected TOML, found one nested too deep. Correct the block.",
    ),
    "JSON nested too deep": (
        IN + '# type = "string"\n# schema = "{}"\n# example = "' + "[" * 50_000 + '"\n# ///\n',
        "x.py:5: expected JSON text, found one nested too deep. Correct it.",
    ),
    "JSON with what is none": (
        IN + '# type = "string"\n# schema = "{}"\n# example = "NaN"\n# ///\n',
        "x.py:5: expected JSON text, found a mistake in it: NaN is no JSON. Correct it.",
    ),
    "an example against its schema": (
        IN + '# type = "string"\n# schema = \'{"type": "array"}\'\n# example = "{}"\n# ///\n',
        "x.py:5: expected JSON that keeps to the schema, found another: expected array, found {}."
        " Correct one of the two.",
    ),
    "a default against its schema": (
        IN
        + '# type = "string"\n# schema = \'{"items": {"enum": [1]}}\'\n# example = "[1]"\n# default = "[2]"\n# ///\n',
        "x.py:6: expected JSON that keeps to the schema, found another: expected one of 1 at [0], found 2."
        " Correct one of the two.",
    ),
    "a default that is no number": (
        IN + '# type = "number"\n# default = inf\n# ///\n',
        "x.py:4: expected a bare number as default (type number), found Infinity. Correct it, or remove it.",
    ),
    "a moment without its zone": (
        IN + '# type = "datetime"\n# default = 2026-03-02T08:00:00\n# ///\n',
        "x.py:4: expected a TOML date and time with its zone (2026-03-02T08:00:00Z) as default (type datetime),"
        ' found "2026-03-02 08:00:00". Correct it, or remove it.',
    ),
    "a secret that Lambda sets": (
        '# /// script\n# [tool.hubspot]\n# secrets = ["A", "AWS_REGION"]\n# ///\n',
        'x.py:3: expected names that are free, found "AWS_REGION", which Lambda sets itself. Rename the secret.',
    ),
    "a block that opens almost rightly": (
        "x = 1\n# /// script \n# [tool.hubspot]\n# ///\n",
        "x.py:2: expected '# /// script' to open a block, found '# /// script '."
        " Write it exactly so: with another spelling nobody reads the block.",
    ),
    "a block that opens without a blank": (
        "#/// script\n# [tool.hubspot]\n# ///\n",
        "x.py:1: expected '# /// script' to open a block, found '#/// script'."
        " Write it exactly so: with another spelling nobody reads the block.",
    ),
    "tool in the plural": (
        "# /// script\n# [tools.hubspot]\n# ///\n",
        "x.py:2: expected a table [tool], found [tools]. Write it as [tool].",
    ),
    "hubspot in capitals": (
        "# /// script\n# [tool.HubSpot]\n# ///\n",
        "x.py:2: expected a table [tool.hubspot], found [tool.HubSpot]. Write it as [tool.hubspot].",
    ),
    "a tool that is no table": (
        "# /// script\n# tool = 5\n# ///\n",
        "x.py:2: expected a table [tool], found 5. Write its keys under that heading.",
    ),
    "a block that is not closed": (
        "# /// script\n# [tool.hubspot]\n\nimport json\n",
        "x.py:3: expected a line of the block (starting with '# ') or its closing '# ///',"
        " found an empty line. Close the block that opens on line 1.",
    ),
    "a line without its blank": (
        "# /// script\n# [tool.hubspot]\n#runtime = []\n# ///\n",
        "x.py:3: expected a line of the block (starting with '# ') or its closing '# ///',"
        " found '#runtime = []'. Close the block that opens on line 1.",
    ),
    "a block that runs to the end of the file": (
        "x = 1\n# /// script\n# [tool.hubspot]",
        "x.py:4: expected a line of the block (starting with '# ') or its closing '# ///',"
        " found an empty line. Close the block that opens on line 2.",
    ),
    "two blocks": (
        "# /// script\n# ///\n\n# /// script\n# ///\n",
        "x.py:4: expected one '# /// script' block, found another one opening (the first is on line 1)."
        " Put both into one block that ends with '# ///'.",
    ),
    "a second block opening in the first": (
        "# /// script\n# [tool.hubspot]\n# /// script\n# ///\n",
        "x.py:3: expected one '# /// script' block, found another one opening (the first is on line 1)."
        " Put both into one block that ends with '# ///'.",
    ),
}


@pytest.mark.parametrize("case", WRONG)
def test_refusal(case: str) -> None:
    """Each mistake is refused with the line it stands on, what was expected and found, and what to do."""
    source, message = WRONG[case]
    with pytest.raises(ContractError) as refused:
        Action.parse(source, "x.py")
    assert str(refused.value) == message


def test_the_pieces_of_a_refusal() -> None:
    """File, line, expected and found can also be had one by one."""
    with pytest.raises(ContractError) as refused:
        Action.parse("\r\n" + IN.replace("\n", "\r\n") + '# type = "x"\r\n# ///\r\n', "actions/x.py")
    error = refused.value
    assert (error.file, error.line, error.found) == ("actions/x.py", 4, '"x"')
    assert error.expected == f"a type out of {ALL_TYPES}"
    assert error.remedy == "Use HubSpot's own name of the type."


def test_a_long_value_is_shown_short() -> None:
    """A refusal stays one line long, whatever was found."""
    with pytest.raises(ContractError) as refused:
        Action.parse(IN + f'# type = "{"z" * 500}"\n# ///\n', "x.py")
    assert refused.value.found == '"' + "z" * 56 + "..."


def test_a_number_of_thousands_of_digits_is_refused() -> None:
    """In the words of the interpreter, on the block's first line."""
    with pytest.raises(ContractError) as refused:
        Action.parse("# /// script\n# x = " + "9" * 5_000 + "\n# ///\n", "x.py")
    assert (refused.value.line, refused.value.expected) == (2, "TOML")


def test_a_line_is_found_by_few_readings(mocker: MockerFixture) -> None:
    """In a contract of a thousand lines the text is parsed some dozens of times, not a thousand."""
    text = "".join(f'[t{n}]\ntype = "string"\n' for n in range(500))
    block = Block(Path("x.py"), 10, text, tomllib.loads(text))
    reading = mocker.spy(tomllib, "loads")
    assert block.line_of("t499", "type") == 10 + 999
    assert reading.call_count < 100


VALUES = ['"a"', "1", "[1,\n 2]", '"""\nb = 1\n[x]\n"""', "{ y = 1 }", "'''\n\n'''", "2026-03-02"]


@given(st.lists(st.tuples(st.sampled_from(VALUES), st.sampled_from(["", "\n", "# b\n\n", "[t{}]\n"])), max_size=12))
def test_lines_are_found_among_whatever_stands_there(entries: list[tuple[str, str]]) -> None:
    """A key's line is the one it begins on, with comments, tables and values of many lines around it."""
    text = ""
    table: tuple[str, ...] = ()
    places: dict[tuple[str, ...], int] = {}
    for number, (value, before) in enumerate(entries):
        text += before.format(number)
        if "[t" in before:
            table = (f"t{number}",)
        places[*table, f"k{number}"] = text.count("\n") + 10
        text += f"k{number} = {value}\n"
    block = Block(Path("x.py"), 10, text, tomllib.loads(text))
    assert {keys: block.line_of(*keys) for keys in places} == places
