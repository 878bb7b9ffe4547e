"""Does the house keep its own rules?"""

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from contract.action import Action
from contract.flow import Flow

ROOT = Path(__file__).resolve().parent.parent
OURS = ("actions", "benchmarks", "contract", "deploy", "harness", "report", "tests")
WRONG_ON_PURPOSE = ROOT / "tests/harness/cases"
HEAVY = {"hubspot", "httptools", "pkg_resources", "requests", "rich", "trustme", "typer", "yaml"}
SAYS_NOTHING = {"base", "common", "helper", "helpers", "manager", "misc", "util", "utils"}


def python_files(*folders: str) -> Iterator[Path]:
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*.py")):
            if not path.is_relative_to(WRONG_ON_PURPOSE):
                yield path


def shown(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("module", ["contract.action", "contract.flow", "harness", "harness.clock"])
def test_start_up_stays_light(module: str) -> None:
    """Importing what every command begins with loads no heavy library."""
    code = f"import sys, {module}; print(*sys.modules)"
    ran = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    loaded = {name.partition(".")[0] for name in ran.stdout.split()}
    assert loaded & HEAVY == set()


def test_the_installed_door_is_light() -> None:
    """`chat-handoff` by itself loads none of our folders, and says what can be typed."""
    code = "import sys, chat_handoff; print(chat_handoff.usage()); print(*sys.modules)"
    ran = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    *usage, modules = ran.stdout.rstrip().splitlines()
    doors = ("deploy", "report")
    assert usage == ["usage: chat-handoff harness ...", *(f"       chat-handoff {door} ..." for door in doors)]
    assert set(modules.split()) & {"contract", "harness", "actions", "deploy", "report"} == set()


def test_every_file_answers_a_question() -> None:
    """No file is named for what it is not about."""
    assert [shown(path) for path in python_files(*OURS) if path.stem.strip("_") in SAYS_NOTHING] == []


def test_every_file_says_what_it_is() -> None:
    """Every module begins with a docstring."""
    paths = [*python_files(*OURS), ROOT / "noxfile.py", ROOT / "chat_handoff.py"]
    assert [shown(path) for path in paths if not ast.get_docstring(ast.parse(path.read_text("utf-8")))] == []


def test_every_test_is_a_claim() -> None:
    """Every test has a docstring that is one sentence of its own."""
    silent = []
    for path in python_files("tests"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                claim = ast.get_docstring(node)
                if not claim or not claim.endswith((".", "?")):
                    silent.append(f"{shown(path)}: {node.name}")
    assert silent == []


@pytest.mark.parametrize("folder", ["actions", "harness/runtime/child", "tests/parts"])
def test_python_3_9(folder: str) -> None:
    """What runs on HubSpot's Python is written in its syntax."""
    paths = list(python_files(folder))
    assert paths
    for path in paths:
        ast.parse(path.read_text("utf-8"), shown(path), feature_version=(3, 9))


def test_nothing_is_left_to_do() -> None:
    """No file leaves work for later."""
    later = re.compile(r"\b(TODO|FIXME|XXX|NotImplementedError)\b")  # the names looked for
    left = [shown(path) for path in python_files(*OURS) if later.search(path.read_text("utf-8"))]
    assert left == ["tests/test_house.py"]


def actions() -> list[Path]:
    return [path for path in python_files("actions") if path.parent.name == "actions"]


@pytest.mark.parametrize("path", actions(), ids=shown)
def test_every_action_tells_its_reader(path: Path) -> None:
    """An action says what it does, where it runs, and what each input and output is for."""
    action = Action.read(path)
    assert action.docstring
    assert action.contract
    assert action.contract.runtimes
    assert [each.name for each in action.contract.inputs if not each.description] == []
    assert [each.name for each in action.contract.outputs if not each.description] == []


@pytest.mark.parametrize("path", sorted((ROOT / "deploy/workflows").glob("*.json")), ids=shown)
def test_every_workflow_fits_its_actions(path: Path) -> None:
    """The wiring hands over what each contract asks for, and declares what it returns."""
    for step in Flow.read(path).actions.values():
        if step.source_file is None:
            continue
        contract = Action.read(step.source_file).contract
        assert contract
        wired = {field["name"] for field in step.raw["inputFields"]}
        assert {each.name for each in contract.inputs if each.required} <= wired, step.id
        assert wired <= {each.name for each in contract.inputs}, step.id
        assert set(step.raw["secretNames"]) == set(contract.secrets), step.id
        assert step.raw["runtime"] in contract.runtimes, step.id
        returned = {field["name"]: field.get("options", []) for field in step.raw["outputFields"]}
        assert returned == {each.name: list(each.options) for each in contract.outputs}, step.id


def test_one_version() -> None:
    """The version is written in pyproject.toml, and the changelog has a place for what comes next."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert (project["name"], project["version"]) == ("hubspot-chat-handoff", "0.1.0")
    assert "## [Unreleased]" in (ROOT / "CHANGELOG.md").read_text("utf-8")
