"""What does `python -m harness run` print, and how does it end?"""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from harness.cli import main


@pytest.fixture
def event(tmp_path: Path) -> str:
    """A file with the event."""
    file = tmp_path / "event.json"
    file.write_text('{"inputFields": {"name": "visitor-12"}}', encoding="utf-8")
    return str(file)


def test_json_is_one_object_and_nothing_else(cases: Path, event: str, action_python: str) -> None:
    """The output of the process itself is the outcome, in the documented spelling."""
    command = [sys.executable, "-m", "harness", "run", str(cases / "empty.py"), "--event", event, "--json"]
    ended = subprocess.run([*command, "--python", action_python], capture_output=True, text=True, check=False)
    told = json.loads(ended.stdout)
    assert ended.returncode == 0
    assert list(told) == [
        "status",
        "mark",
        "outputFields",
        "problems",
        "error",
        "logs",
        "durationMs",
        "maxMemoryMb",
        "memory",
        "calls",
    ]
    assert (told["status"], told["outputFields"], told["problems"]) == ("succeeded", {}, [])


@pytest.mark.parametrize(
    ("case", "options", "code"),
    [
        ("succeeds", [], 0),
        ("succeeds", ["--strict"], 0),
        ("missing_output", [], 0),
        ("missing_output", ["--strict"], 1),
        ("raises", [], 1),
        ("returns_none", [], 1),
        ("no_such_file", [], 2),
        ("empty", ["--secret", "=x"], 2),
        ("empty", ["--now", "soon"], 2),
        ("empty", ["--python", "/no/such/python"], 2),
    ],
)
def test_the_exit_code_says_how_it_ended(
    cases: Path, event: str, action_python: str, case: str, options: list[str], code: int
) -> None:
    """0 succeeded, 1 failed, unknown or problems with --strict, 2 a mistake in the command."""
    python = [] if "--python" in options else ["--python", action_python]
    assert main(["run", str(cases / f"{case}.py"), "--event", event, *python, *options]) == code


def test_a_local_secret_is_a_token_with_the_declared_scopes(
    tmp_path: Path, event: str, action_python: str, cases: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A value that begins with local- is let in by the local HubSpot."""
    arguments = ["run", str(cases / "requests_http_error.py"), "--event", event, "--python", action_python]
    main([*arguments, "--secret", "TOKEN=local-7", "--json"])
    assert json.loads(capsys.readouterr().out)["calls"] == [
        {"method": "GET", "path": "/crm/v3/objects/tickets/404", "status": 404}
    ]


def test_a_person_reads_the_outcome(
    cases: Path, event: str, action_python: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Without --json: a headline, the error, and the log."""
    main(["run", str(cases / "raises.py"), "--event", event, "--python", action_python])
    shown = capsys.readouterr().out.splitlines()
    assert shown[:2] == [
        "raises.py failed (guessed)",
        "  ValueError: main raised it at raises.py:5: stage 7 is not in pipeline 0",
    ]


def test_a_wrong_contract_is_refused_where_it_stands(
    tmp_path: Path, event: str, action_python: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """The file and line of the mistake, and exit code 1."""
    file = tmp_path / "wrong.py"
    file.write_text("# /// script\n# [tool.hubspot]\n# secret = []\n# ///\n", encoding="utf-8")
    assert main(["run", str(file), "--event", event, "--python", action_python]) == 1
    assert capsys.readouterr().err.startswith(f"{file}:")
