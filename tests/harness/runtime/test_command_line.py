"""What does `python -m harness run` print, and how does it end?"""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from harness.cli import main
from harness.runtime.authority import authority
from tests.harness.runtime.conftest import Action

ROOT = Path(__file__).parents[3]
OLD = next(iter(Path.home().glob(".pyenv/versions/3.8.*/bin/python")), Path("/no/such/python"))


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


def run(*arguments: str, **more: Any) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "harness", "run", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT, **more)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("[" * 100_000, "expected JSON, found one nested too deep to be read."),
        ("{", "expected JSON, found something else"),
        ("[]", 'expected an object such as {"inputFields": {...}}, found another.'),
    ],
    ids=["deep", "broken", "a list"],
)
def test_an_event_that_is_none_is_a_mistake_in_the_command(
    cases: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str, found: str
) -> None:
    """One sentence, and exit code 2."""
    file = tmp_path / "event.json"
    file.write_text(text)
    assert main(["run", str(cases / "empty.py"), "--event", str(file)]) == 2
    said = " ".join(capsys.readouterr().err.replace("│", " ").split())
    assert found in said


@pytest.mark.skipif(sys.platform == "win32", reason="closes a descriptor in a shell's way")
def test_a_closed_standard_input_is_a_mistake_in_the_command(cases: Path) -> None:
    """`--event -` without anything to read ends with 2, without a traceback."""
    ended = run(str(cases / "empty.py"), "--event", "-", preexec_fn=lambda: os.close(0))
    assert (ended.returncode, "Traceback" in ended.stderr) == (2, False)
    assert "standard input is closed" in ended.stderr


def test_an_event_may_begin_with_a_byte_order_mark(
    cases: Path, tmp_path: Path, action_python: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """As editors on Windows write it."""
    file = tmp_path / "event.json"
    file.write_bytes(b"\xef\xbb\xbf{}")
    assert main(["run", str(cases / "empty.py"), "--event", str(file), "--python", action_python]) == 0


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full here")
def test_an_outcome_that_cannot_be_printed_is_said(cases: Path, event: str) -> None:
    """A full disk ends in one sentence and 1."""
    command = [sys.executable, "-m", "harness", "run", str(cases / "empty.py"), "--event", event, "--json"]
    with Path("/dev/full").open("w") as full:
        ended = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, check=False, cwd=ROOT)
    assert ended.returncode == 1
    assert ended.stderr.splitlines()[-1] == "harness: the outcome could not be printed: No space left on device."


@pytest.mark.parametrize("how", [["--json"], []], ids=["json", "shown"])
def test_standard_output_may_be_ascii(action: Action, event: str, action_python: str, how: list[str]) -> None:
    """Umlauts, arrows and halves of surrogate pairs are spelled as escapes there, and JSON stays JSON."""
    file = action("def main(e):\n print('\\ud800 grün')\n return {'outputFields': {'ü': '\\ud800'}}")
    ended = run(str(file), "--event", event, "--python", action_python, *how, env={"PYTHONIOENCODING": "ascii"})
    assert (ended.returncode, ended.stdout.isascii()) == (0, True)
    if how:
        assert json.loads(ended.stdout)["outputFields"] == {"ü": "\ud800"}


def test_what_an_action_says_is_shown_word_for_word(
    action: Action, event: str, action_python: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """No emoji for a word, no line cut at 80 columns, no escape that steers the terminal."""
    long = "y" * 300
    file = action(
        f"def main(e):\n print(':tada: [bold]x[/] \\x1b[2J')\n return {{'outputFields': {{':smile:': {long!r}}}}}"
    )
    main(["run", str(file), "--event", event, "--python", action_python])
    shown = capsys.readouterr().out.splitlines()
    assert shown[:3] == ["action.py succeeded (documented)", " output   value", f' :smile:  "{long}"']
    assert shown[4] == ":tada: [bold]x[/] \\x1b[2J"


def test_help_calls_the_command_as_it_was_called() -> None:
    """`chat-handoff harness run --help` says so."""
    command = [sys.executable, "chat_handoff.py", "harness", "run", "--help"]
    said = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT).stdout
    assert "Usage: chat-handoff harness run " in said


@pytest.mark.skipif(not OLD.exists(), reason="there is no Python 3.8 here")
def test_an_older_python_says_what_it_is(cases: Path, event: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Not the last line of its traceback."""
    assert main(["run", str(cases / "empty.py"), "--event", event, "--python", str(OLD)]) == 2
    assert "saying: I am Python 3.8" in " ".join(capsys.readouterr().err.replace("│", " ").split())


def test_a_missing_library_is_named(
    cases: Path, event: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """One sentence with what to do, not a traceback."""
    authority.cache_clear()
    monkeypatch.setitem(sys.modules, "trustme", None)
    assert main(["run", str(cases / "empty.py"), "--event", event]) == 1
    expected = "harness: expected the library trustme, found none. Install it: pip install trustme"
    assert capsys.readouterr().err.splitlines()[-1] == expected
