"""How the command line ends: 2 is a difference and nothing else, and whatever goes wrong is one line."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.deploy.desk import Desk, Said
from tests.harness.serve.conftest import ROOT, Served

DRY = '\n[workflows.tickets_made_by_hand]\n\n[inputs]\nmode = "dry"\n'
OK = "ok  tickets_made_by_hand: create_ticket.py, stamp_chat_closed_at.py, send_confirmation.py\n"
NO_SPACE = "deploy: standard output: No space left on device. Make room, then run it again.\n"
BROKEN = """
import sys
from deploy import cli
def broken(portal: str = "local") -> None:
    raise KeyError("a word\\nof pat-eu1-12345678-aaaa")
cli.COMMANDS = (*cli.COMMANDS, broken)
sys.exit(cli.main(sys.argv[1:]))
"""


@pytest.fixture
def desk(tmp_path: Path, hub: Served) -> Desk:
    """A project folder with one workflow; nothing is asked of the account."""
    desk = Desk(tmp_path, hub)
    desk.has(DRY)
    return desk


def typed(desk: Desk, *words: str, **environment: str) -> Said:
    """Words on a command line of Python's, as they are."""
    done = subprocess.run(
        [sys.executable, *words],
        cwd=desk.folder,
        env=os.environ | {"PYTHONPATH": str(ROOT)} | environment,
        capture_output=True,
        text=True,
        check=False,
    )
    return Said(done.returncode, done.stdout, done.stderr)


@pytest.mark.parametrize("door", [["-m", "deploy"], ["-m", "chat_handoff", "deploy"]])
@pytest.mark.parametrize(
    ("words", "code"),
    [
        ([], 1),
        (["nope"], 1),
        (["--nope"], 1),
        (["plan"], 1),
        (["plan", "--portal"], 1),
        (["plan", "--portal", "local", "--jsn"], 1),
        (["apply", "a", "b", "--portal", "local"], 1),
        (["--help"], 0),
        (["plan", "--help"], 0),
        (["check-inputs", "--portal", "local"], 0),
        (["--debug", "check-inputs", "--portal", "local"], 0),
        (["check-inputs", "--portal", "local", "--debug"], 0),
    ],
)
def test_a_mistake_is_not_a_difference(desk: Desk, door: list[str], words: list[str], code: int) -> None:
    """What cannot be understood ends with 1, help with 0; at both doors."""
    assert typed(desk, *door, *words).code == code


def test_a_difference_is_two(desk: Desk) -> None:
    """A paste that differs ends with 2, at both doors."""
    text = (ROOT / "actions" / "create_ticket.py").read_text("utf-8")
    (desk.folder / "copied.py").write_text(text + "# more\n", encoding="utf-8")
    words = ["verify-paste", "copied.py", "--portal", "local"]
    assert [typed(desk, "-m", *door, *words).code for door in (["deploy"], ["chat_handoff", "deploy"])] == [2, 2]


def test_a_bug_is_one_line(desk: Desk) -> None:
    """What nobody foresaw is said in one line, as ours; no token is in it. Only who asks for it gets a traceback."""
    line = "deploy: broken: this is a bug of deploy: KeyError: 'a word\\nof pat-...'. --debug shows where.\n"
    assert typed(desk, "-c", BROKEN, "broken") == Said(1, "", line)
    for said in (
        typed(desk, "-c", BROKEN, "broken", "--debug"),
        typed(desk, "-c", BROKEN, "broken", CHAT_HANDOFF_DEBUG="1"),
    ):
        first, *_, last = said.stderr.splitlines(keepends=True)
        assert (said.code, first, last) == (1, "Traceback (most recent call last):\n", line)


def test_what_the_system_refuses_is_named(desk: Desk) -> None:
    """The file, what the system says, and what to do."""
    assert desk.deploy("verify-paste", ".") == Said(1, "", "deploy: .: Is a directory. Name a file, not a folder.\n")
    missing = "deploy: none.py: No such file or directory. Correct the name, or make the folder it is to be in.\n"
    assert desk.deploy("verify-paste", "none.py") == Said(1, "", missing)


def test_an_endless_file_is_read_with_a_limit(desk: Desk) -> None:
    """A device that never ends, and what is too large to be code, are refused."""
    found = "expected the code of one action, found more than 4,000,000 bytes. Copy all of the editor's text."
    assert desk.deploy("verify-paste", "/dev/zero") == Said(1, "", f"deploy: /dev/zero: {found}\n")


def test_letters_that_the_terminal_lacks(desk: Desk) -> None:
    """Where it knows ASCII alone, they are written as numbers, and the command ends as always."""
    desk.has(DRY + 'subject = "Grüße"\n')
    assert desk.deploy("export", "--all", PYTHONIOENCODING="ascii").code == 0
    text = (ROOT / "actions" / "create_ticket.py").read_text("utf-8")
    (desk.folder / "copied.py").write_text(text + "# Grüße\n", encoding="utf-8")
    said = desk.deploy("verify-paste", "copied.py", PYTHONIOENCODING="ascii")
    assert (said.code, said.stderr, said.stdout.splitlines()[-1].partition(" # ")[2]) == (2, "", "Gr\\xfc\\xdfe")


@pytest.mark.parametrize("nobody", [">&-", "| head -c 0", "| true"])
def test_nobody_reads_on(desk: Desk, nobody: str) -> None:
    """Where what is printed is let go, the command goes on to its own end, and says nothing of it."""
    line = f"set -o pipefail; {sys.executable} -m deploy check-inputs --portal local {nobody}"
    done = subprocess.run(
        ["bash", "-c", line],
        cwd=desk.folder,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_what_cannot_be_printed_is_said(desk: Desk) -> None:
    """Output onto a full disk is a failure."""
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "deploy", "check-inputs", "--portal", "local"],
            cwd=desk.folder,
            env=os.environ | {"PYTHONPATH": str(ROOT)},
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert (done.returncode, done.stderr) == (1, NO_SPACE)
    assert desk.deploy("check-inputs") == Said(0, OK, "")
