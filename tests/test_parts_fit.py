"""Do the actions carry their parts word for word, and does the tool see and say when they do not?"""

import subprocess
import sys
from pathlib import Path

import pytest

from actions.parts import __main__ as fitting

CLOCK = '''"""What time is it?

More about it.
"""

import time
from datetime import (
    datetime,
    timezone,
)

# Milliseconds, as HubSpot counts.
THOUSAND = 1000


def millis():
    """Now."""
    return int(time.time() * THOUSAND), datetime.now(timezone.utc)
'''
CLOCK_CODE = CLOCK.partition(")\n\n")[2]
GREET = 'def greet(name):\n    return "Grüß Gott " + name\n'
ACTION = '''"""Greets."""

import time
from datetime import datetime, timezone


def main(event):
    return {"outputFields": {"text": greet(millis())}}


# --- part: clock ---


# --- part: greet ---
'''
FITTED = ACTION.replace("clock ---\n\n\n", "clock ---\n" + CLOCK_CODE + "\n\n") + GREET


@pytest.fixture
def actions(tmp_path: Path) -> Path:
    """A folder of actions with one action and two parts."""
    folder = tmp_path / "actions"
    (folder / "parts").mkdir(parents=True)
    (folder / "parts/__init__.py").write_text("x = 1\n")
    (folder / "parts/clock.py").write_text(CLOCK, encoding="utf-8")
    (folder / "parts/greet.py").write_text(GREET, encoding="utf-8")
    (folder / "greeting.py").write_text(ACTION, encoding="utf-8")
    return folder


def test_fitting(actions: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Everything after a part's imports stands under its heading, byte for byte, and the tool says so."""
    assert fitting.main([], actions) == 0
    assert (actions / "greeting.py").read_text("utf-8") == FITTED
    assert capsys.readouterr().out == (
        "actions/greeting.py: replaced clock, greet\n1 of 1 actions in step with their parts\n"
    )


def test_fitting_again(actions: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What has been fitted stays as it is, to the byte, and passes the check."""
    fitting.main([], actions)
    capsys.readouterr()
    assert (fitting.main([], actions), fitting.main(["--check"], actions)) == (0, 0)
    assert (actions / "greeting.py").read_bytes() == FITTED.encode()
    assert capsys.readouterr().out == "1 of 1 actions in step with their parts\n" * 2


def test_the_formatter_leaves_a_fitted_action_alone(actions: Path) -> None:
    """`ruff format` changes nothing in a fitted action, so the two cannot fight over it."""
    fitting.main([], actions)
    formatter = [
        sys.executable,
        "-m",
        "ruff",
        "format",
        "--check",
        "--isolated",
        str(actions / "greeting.py"),
    ]
    assert subprocess.run(formatter, check=False).returncode == 0


def test_a_drifted_copy(actions: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A changed copy fails the check with a diff and is left alone; fitting puts the part's words back."""
    drifted = FITTED.replace("Gott", "Dich")
    (actions / "greeting.py").write_text(drifted, encoding="utf-8")
    assert fitting.main(["--check"], actions) == 1
    assert (actions / "greeting.py").read_text("utf-8") == drifted
    assert capsys.readouterr().out == (
        "--- actions/greeting.py\n"
        "+++ actions/greeting.py, fitted\n"
        "@@ -20,4 +20,4 @@\n"
        " \n"
        " # --- part: greet ---\n"
        " def greet(name):\n"
        '-    return "Grüß Dich " + name\n'
        '+    return "Grüß Gott " + name\n'
        "1 of 1 actions drifted: run python -m actions.parts\n"
    )
    assert fitting.main([], actions) == 0
    assert (actions / "greeting.py").read_text("utf-8") == FITTED
    assert capsys.readouterr().out.startswith("actions/greeting.py: replaced greet\n")


def test_a_heading_written_by_hand(actions: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A heading in another spelling is taken as meant and put right."""
    (actions / "greeting.py").write_text(ACTION.replace("# --- part: clock ---", "#-- part:clock"))
    assert fitting.main([], actions) == 0
    assert (actions / "greeting.py").read_text("utf-8") == FITTED
    (actions / "greeting.py").write_text(FITTED.replace("part: greet ---", "part:  greet"), encoding="utf-8")
    capsys.readouterr()
    assert fitting.main([], actions) == 0
    assert capsys.readouterr().out.startswith("actions/greeting.py: replaced a heading\n")


def test_crlf(actions: Path) -> None:
    """An action or a part saved with CRLF is fitted as the same text."""
    (actions / "greeting.py").write_bytes(ACTION.replace("\n", "\r\n").encode())
    (actions / "parts/clock.py").write_bytes(CLOCK.replace("\n", "\r\n").encode())
    assert fitting.main([], actions) == 0
    assert (actions / "greeting.py").read_bytes() == FITTED.encode()


def test_an_action_without_parts(actions: Path) -> None:
    """An action without a heading is left as it is, however it ends."""
    (actions / "greeting.py").write_text("x = 1\n\n\n")
    assert fitting.main([], actions) == 0
    assert (actions / "greeting.py").read_text() == "x = 1\n\n\n"


@pytest.mark.parametrize(
    ("file", "text", "message"),
    [
        (
            "greeting.py",
            ACTION.replace("clock", "clok"),
            "actions/greeting.py: expected a part out of clock, greet, found 'clok'. Correct its heading.",
        ),
        (
            "greeting.py",
            ACTION.replace("clock", "greet"),
            "actions/greeting.py: expected each part once, found one twice. Remove a heading.",
        ),
        (
            "greeting.py",
            "def greet(name): ...\n" + ACTION,
            "actions/greeting.py: expected 'greet' to be defined once,"
            " found it in the action and in part greet. Rename one.",
        ),
        (
            "parts/greet.py",
            "THOUSAND: int = 1\n" + GREET,
            "actions/greeting.py: expected 'THOUSAND' to be defined once,"
            " found it in part clock and in part greet. Rename one.",
        ),
        (
            "parts/greet.py",
            '"""Doc."""\n\nimport re\n\nX = 1\nimport os\n',
            "actions/parts/greet.py:5: expected imports first, found code before an import. Move it.",
        ),
        (
            "parts/greet.py",
            "def greet(:\n",
            "actions/parts/greet.py:1: expected Python, found: invalid syntax.",
        ),
        (
            "greeting.py",
            "\ndef (\n" + ACTION,
            "actions/greeting.py:2: expected Python, found: invalid syntax.",
        ),
        (
            "greeting.py",
            FITTED + "\n\ndef mine():\n    return 1\n",
            "actions/greeting.py: expected nothing of its own below part greet, found mine."
            " Move it above the first heading.",
        ),
        (
            "greeting.py",
            ACTION.replace("part: clock", "parts: clock"),
            "actions/greeting.py: expected '# --- part: <name> ---', found '# --- parts: clock ---'."
            " Correct the heading.",
        ),
    ],
)
def test_what_cannot_be_fitted(
    actions: Path, capsys: pytest.CaptureFixture[str], file: str, text: str, message: str
) -> None:
    """An unknown part, a part or a name twice, an import below code, no Python: one line, nothing written."""
    (actions / file).write_text(text, encoding="utf-8")
    before = (actions / "greeting.py").read_bytes()
    assert (fitting.main([], actions), fitting.main(["--check"], actions)) == (1, 1)
    assert capsys.readouterr().err == f"{message}\n" * 2
    assert (actions / "greeting.py").read_bytes() == before


def test_another_encoding(actions: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An action that is not UTF-8 is refused in one line."""
    (actions / "greeting.py").write_bytes(b"x = '\xe4'\n")
    assert fitting.main([], actions) == 1
    expected = "actions/greeting.py: expected UTF-8, found another encoding (invalid continuation byte).\n"
    assert capsys.readouterr().err == expected


def test_a_byte_order_mark_and_a_folder(actions: Path) -> None:
    """A mark in front of an action is taken away, and a folder called like a module is none."""
    (actions / "greeting.py").write_bytes(b"\xef\xbb\xbf" + ACTION.encode())
    (actions / "folder.py").mkdir()
    assert fitting.main([], actions) == 0
    assert (actions / "greeting.py").read_bytes() == FITTED.encode()


def test_what_a_newer_part_has_no_more_is_said(actions: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Fitting an older copy names what it takes away."""
    older = FITTED.replace("def greet(name):", "def hail(name):\n    return name\n\n\ndef greet(name):")
    (actions / "greeting.py").write_text(older, encoding="utf-8")
    assert fitting.main([], actions) == 0
    assert capsys.readouterr().out.startswith("actions/greeting.py: replaced greet, which took away hail\n")


def test_another_argument(actions: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Anything but `--check` is refused, saying what can be typed."""
    assert fitting.main(["--chek"], actions) == 2
    assert capsys.readouterr().err == "usage: python -m actions.parts [--check], found --chek\n"


def test_the_command() -> None:
    """`python -m actions.parts --check` passes on the actions of this repository."""
    root = Path(__file__).parent.parent
    command = [sys.executable, "-m", "actions.parts", "--check"]
    checked = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    assert (checked.stderr, checked.stdout.splitlines()[-1]) == (
        "",
        "6 of 6 actions in step with their parts",
    )
    assert checked.returncode == 0
