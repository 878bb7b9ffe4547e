"""Is every command that a document or a pipeline names there, with the options that it is named with?"""

import re
import subprocess
import sys

import pytest

from deploy.cli import COMMANDS
from tests.harness.serve.conftest import ROOT

CALLED = re.compile(r"(?:python -m|chat-handoff) deploy ([a-z][a-z-]*)([^|>`;&\n]*)")
FILES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")), *sorted((ROOT / ".github").rglob("*.yml"))]


def called() -> dict[str, dict[str, str]]:
    """Command to option to a file that calls it so."""
    found: dict[str, dict[str, str]] = {}
    for file in FILES:
        for command, rest in CALLED.findall(file.read_text("utf-8")):
            options = re.findall(r"(?<!\S)--[a-z][a-z-]*", rest)
            found.setdefault(command, {}).update(dict.fromkeys(options, file.name))
    return found


@pytest.mark.parametrize("command", sorted(called()))
def test_a_command_that_is_shown_is_there(command: str) -> None:
    """What README, docs and pipelines call can be called, with the options they give it."""
    line = [sys.executable, "-m", "deploy", command, "--help"]
    helped = subprocess.run(line, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False)
    assert (helped.returncode, helped.stderr) == (0, "")
    there = set(re.findall(r"--[a-z][a-z-]*", helped.stdout))
    assert {option: file for option, file in called()[command].items() if option not in there} == {}


def test_every_command_is_named_in_the_readme() -> None:
    """No command is left for people to find by themselves."""
    readme = (ROOT / "README.md").read_text("utf-8")
    there = {command.__name__.replace("_", "-") for command in COMMANDS}
    named = set(re.findall(r"`([a-z-]+)`", readme)) | {command for command, _ in CALLED.findall(readme)}
    assert there - named == set()
