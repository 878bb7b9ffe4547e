"""Does the installed command hand over to the right door?"""

import json
import subprocess
import sys
from pathlib import Path

import pytest

import chat_handoff

USAGE = "usage: chat-handoff harness ...\n       chat-handoff deploy ...\n       chat-handoff report ...\n"


def test_the_harness_behind_the_door(tmp_path: Path) -> None:
    """`chat-handoff harness run FILE` runs an action, also where a folder of that name stands."""
    (tmp_path / "harness").mkdir()  # which PYTHONPATH would put before ours
    (tmp_path / "harness/__init__.py").write_text("raise SystemExit('their own harness/ was imported')\n")
    (tmp_path / "hello.py").write_text("def main(event):\n    return {'outputFields': {'said': 'hello'}}\n")
    (tmp_path / "event.json").write_text("{}")
    ours = f"import sys; sys.path.append({str(Path(chat_handoff.__file__).parent)!r})"  # as installed: after PYTHONPATH
    door = [
        sys.executable,
        "-c",
        f"{ours}; import chat_handoff; sys.exit(chat_handoff.main())",
        "harness",
        "run",
        "hello.py",
    ]
    ran = subprocess.run(
        [*door, "--event", "event.json", "--json"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
        env={"PYTHONPATH": "."},
    )
    outcome = json.loads(ran.stdout)
    assert (outcome["status"], outcome["outputFields"]) == ("succeeded", {"said": "hello"})


def test_help(capsys: pytest.CaptureFixture[str]) -> None:
    """Asked for help, it says what can be typed."""
    assert chat_handoff.main(["--help"]) == 0
    assert capsys.readouterr().out == USAGE


@pytest.mark.parametrize(
    ("arguments", "found"), [([], "none"), (["harnes", "run"], "'harnes'"), (["--version"], "'--version'")]
)
def test_another_name(arguments: list[str], found: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Another name, or none, is refused by saying which there are."""
    assert chat_handoff.main(arguments) == 1
    assert capsys.readouterr().err == f"chat-handoff: expected a command, found {found}.\n{USAGE}"
