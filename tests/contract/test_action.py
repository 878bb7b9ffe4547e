"""What does reading an action file tell?"""

import hashlib
import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contract.action import TYPES, Action, Contract, ContractError, Input, Output, canonical, digest

WHOLE = '''"""Judges one closed chat.

Never writes.
"""

# /// script
# requires-python = ">=3.9"
# dependencies = ["hubspot-api-client>=8,<9"]
#
# [tool.hubspot]
# runtime = ["PYTHON39"]          # known to run on
# secrets = ["CHAT_HANDOFF_TOKEN"]
# scopes = ["tickets", "conversations.read"]
#
# [tool.hubspot.inputs.thread_id]
# type = "string"
# required = true
# description = "The chat."
#
# [tool.hubspot.inputs.mode]
# type = "enumeration"
# options = ["off", "dry", "live"]
# default = "dry"
#
# [tool.hubspot.inputs.routes]
# type = "string"
# schema = """
# {"type": "array"}
# """
# example = """[{"pipeline": "0"}]"""
# default = "[]"
#
# [tool.hubspot.outputs.resolution]
# type = "enumeration"
# options = ["unresolved", "resolved"]
# description = "The verdict."
#
# [tool.hubspot.outputs.closed_at]
# type = "datetime"
# ///


def main(event):
    return {"outputFields": {}}
'''


def test_a_whole_contract() -> None:
    """Runtimes, secrets, scopes, inputs and outputs are read as they stand, in their order."""
    assert Action.parse(WHOLE, "actions/triage_chat.py").contract == Contract(
        runtimes=("PYTHON39",),
        secrets=("CHAT_HANDOFF_TOKEN",),
        scopes=("tickets", "conversations.read"),
        inputs=(
            Input("thread_id", "string", required=True, description="The chat."),
            Input("mode", "enumeration", default="dry", options=("off", "dry", "live")),
            Input("routes", "string", default="[]", schema={"type": "array"}, example=[{"pipeline": "0"}]),
        ),
        outputs=(
            Output("resolution", "enumeration", ("unresolved", "resolved"), "The verdict."),
            Output("closed_at", "datetime"),
        ),
    )


def test_inputs_and_outputs_by_name() -> None:
    """A declared input or output is found by its name, an undeclared one is a KeyError."""
    contract = Action.parse(WHOLE, "x.py").contract
    assert contract is not None
    assert contract.input("mode").options == ("off", "dry", "live")
    assert contract.output("closed_at").type == "datetime"
    with pytest.raises(KeyError):
        contract.input("closed_at")
    with pytest.raises(KeyError):
        contract.output("mode")


def test_docstring_and_path() -> None:
    """The docstring is the module's own, without its indentation, and the path is the one given."""
    action = Action.parse(WHOLE, "actions/triage_chat.py")
    assert action.docstring == "Judges one closed chat.\n\nNever writes."
    assert action.path == Path("actions/triage_chat.py")


@pytest.mark.parametrize("source", ["def main(:\n", "x = '\0'\n", "(" * 500, "", "x = 1\n"])
def test_no_docstring(source: str) -> None:
    """A file that is no Python, or has no docstring, is read and has an empty one."""
    action = Action.parse(source, "x.py")
    assert (action.docstring, action.contract) == ("", None)


@pytest.mark.filterwarnings("error")
def test_a_warning_of_the_compiler_is_not_ours() -> None:
    """Reading a file with a doubtful escape says nothing on the way."""
    assert Action.parse('"""Doc."""\nx = "\\d"\n', "x.py").docstring == "Doc."


@pytest.mark.parametrize(
    "block",
    [
        "",
        "# /// script\n# dependencies = []\n# ///\n",
        "# /// script\n# ///\n",
    ],
)
def test_no_contract(block: str) -> None:
    """A file without a `[tool.hubspot]` table is an action without a contract."""
    assert Action.parse(block + "def main(event): ...\n", "x.py").contract is None


def test_an_empty_table_is_a_contract() -> None:
    """A `[tool.hubspot]` table with nothing in it declares nothing at all."""
    assert Action.parse("# /// script\n# [tool.hubspot]\n# ///\n", "x.py").contract == Contract()


def test_every_type_can_be_declared_with_its_default() -> None:
    """Each of HubSpot's seven types is read with a default of its own kind."""
    defaults = {
        "string": ('"a"', "a"),
        "number": ("1.5", 1.5),
        "boolean": ("false", False),
        "datetime": ("2026-03-02T08:00:00Z", datetime(2026, 3, 2, 8, tzinfo=UTC)),
        "date": ("2026-03-02", date(2026, 3, 2)),
        "enumeration": ('"a"\n# options = ["a"]', "a"),
        "phone_number": ('"+49301234"', "+49301234"),
    }
    assert tuple(defaults) == TYPES
    for kind, (spelled, value) in defaults.items():
        text = f'# /// script\n# [tool.hubspot.inputs.x]\n# type = "{kind}"\n# default = {spelled}\n# ///\n'
        contract = Action.parse(text, "x.py").contract
        assert contract is not None
        assert contract.input("x").default == value


def test_read_from_a_file_on_any_system(tmp_path: Path) -> None:
    """A file saved with a byte order mark and CRLF is the same action, with the same hash."""
    plain, odd = tmp_path / "plain.py", tmp_path / "odd.py"
    plain.write_bytes(WHOLE.encode())
    odd.write_bytes(b"\xef\xbb\xbf" + WHOLE.replace("\n", "\r\n").encode() + b"\r\n\r\n")
    assert Action.read(odd).source == Action.read(str(plain)).source == WHOLE
    assert Action.read(odd).contract == Action.read(plain).contract
    assert Action.read(odd).digest == hashlib.sha256(plain.read_bytes()).hexdigest()


def test_a_file_that_is_not_utf_8(tmp_path: Path) -> None:
    """A byte that is no UTF-8 is refused on its line."""
    (tmp_path / "x.py").write_bytes(b"x = 1\ny = '\xe4'\n")
    with pytest.raises(ContractError) as refused:
        Action.read(tmp_path / "x.py")
    assert str(refused.value) == (
        f"{tmp_path}/x.py:2: expected UTF-8 text, found the byte 0xe4. Save the file as UTF-8."
    )


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    """A missing file is Python's own FileNotFoundError."""
    with pytest.raises(FileNotFoundError):
        Action.read(tmp_path / "x.py")


@given(st.text(alphabet=st.one_of(st.sampled_from("\ufeff\r\n# a"), st.characters())))
def test_canonical_form(text: str) -> None:
    """The canonical form of any text is its own canonical form, and has LF, one final newline and no mark."""
    form = canonical(text)
    assert canonical(form) == form
    assert "\r" not in form
    assert not form.startswith("\ufeff")
    assert form.endswith("\n")
    assert not form.endswith("\n\n")


@given(st.text())
def test_digest_sees_through_what_an_editor_rewrites(text: str) -> None:
    """A byte order mark, CRLF and final newlines do not change the hash; another character does."""
    unix = canonical(text)
    assert digest("\ufeff" + unix.replace("\n", "\r\n") + "\r\n") == digest(unix) == digest(text)
    assert digest("x" + unix) != digest(unix)


@given(
    st.dictionaries(st.from_regex(r"[A-Za-z_][A-Za-z0-9_]{0,20}", fullmatch=True), st.sampled_from(TYPES), max_size=8),
    st.lists(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1), unique=True, max_size=5),
)
def test_whatever_is_declared_is_read(outputs: dict[str, str], options: list[str]) -> None:
    """Any names, types and options that may be declared come back as they were written."""
    choices = options or ["a"]
    lines = ["/// script", "[tool.hubspot]"]
    for name, kind in outputs.items():
        lines += [f"[tool.hubspot.outputs.{name}]", f'type = "{kind}"']
        lines += [f"options = {json.dumps(choices, ensure_ascii=False)}"] if kind == "enumeration" else []
    text = "".join(f"# {line}\n" for line in [*lines, "///"])
    contract = Action.parse(text, "x.py").contract
    assert contract is not None
    assert contract.outputs == tuple(
        Output(name, kind, tuple(choices) if kind == "enumeration" else ()) for name, kind in outputs.items()
    )
