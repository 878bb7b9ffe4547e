"""The command: what a person types and reads."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from harness.cli import main

SHORT = Path(__file__).with_name("short.yaml")
ROOT = Path(__file__).parents[3]

TABLE = """\
chat           end                          expected                     after the close
solved         nothing                      nothing
promised       ticket                       ticket                       1 min
first-tab      ticket                       ticket                       1 min
second-tab     attached to first-tab        attached to first-tab        1 min
comes-back     ticket                       ticket                       1 min
kettle-again   attached to leaking-kettle   attached to leaking-kettle   1 min
made-by-hand   attached to flooded-kitchen  attached to flooded-kitchen  0 min
walk-in        ticket                       ticket                       1 min
in-the-outage  ticket                       ticket                       32 min

9 chats, 8 unresolved, 7 tickets, 6 confirmations, 0 duplicates, 0 dropped
"""


def test_from_elsewhere(tmp_path: Path) -> None:
    """From any folder the day prints its table and line, and leaves no file behind."""
    home = tmp_path / "somewhere"
    home.mkdir()
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "TMPDIR": str(tmp_path / "tmp")}
    (tmp_path / "tmp").mkdir()

    done = subprocess.run(
        [sys.executable, "-m", "harness", "day", str(SHORT)],
        cwd=home,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.stdout, done.returncode) == (TABLE, 0)
    assert "canary" not in done.stderr
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_broken(capsys: pytest.CaptureFixture[str]) -> None:
    """A planted fault is named, with what it changes, above the line."""
    main(["day", str(SHORT), "--break", "no-email"])

    assert capsys.readouterr().out.splitlines()[-5:] == [
        "",
        "Broken on purpose (no-email): the flow that sends HubSpot's own e-mail is switched off.",
        "So every ticket is there, and no visitor hears of it: 0 confirmations.",
        "0 confirmations, 6 expected.",
        "9 chats, 8 unresolved, 7 tickets, 0 confirmations, 0 duplicates, 0 dropped",
    ]


def test_json(capsys: pytest.CaptureFixture[str]) -> None:
    """With --json the same is printed as one object."""
    code = main(["day", str(SHORT), "--json"])

    printed = json.loads(capsys.readouterr().out)
    ends = printed.pop("ends")
    assert code == 0
    assert printed == {
        "broken": None,
        "good": True,
        "chats": 9,
        "unresolved": 8,
        "tickets": 7,
        "confirmations": 6,
        "duplicates": 0,
        "dropped": 0,
    }
    assert ends[3] == {
        "chat": "second-tab",
        "end": "attached to first-tab",
        "expected": "attached to first-tab",
        "dropped": 0,
    }


def test_unknown_fault(capsys: pytest.CaptureFixture[str]) -> None:
    """A fault that does not exist is refused, naming those that do."""
    code = main(["day", str(SHORT), "--break", "rain"])

    said = " ".join(capsys.readouterr().err.replace("│", " ").split())
    assert code == 2
    assert (
        "Invalid value for --break: expected one of no-reenrol, no-lock, no-retry, dry, no-email, found 'rain'." in said
    )


def test_no_flows(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A folder without flows is refused before anything is played."""
    code = main(["day", str(SHORT), "--flows", str(tmp_path)])

    said = capsys.readouterr().err.strip().splitlines()[-1]
    assert (code, said) == (
        1,
        f"{tmp_path}: --flows: expected flows as *.json, found none. Name the folder they are in.",
    )


def test_no_such_day(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A day file that is not there is refused by its path."""
    code = main(["day", str(tmp_path / "tuesday.yaml")])

    said = capsys.readouterr().err.strip()
    assert (code, said) == (
        1,
        f"{tmp_path / 'tuesday.yaml'}: the file: expected a day in YAML, found no file. Correct the path.",
    )
