"""What was copied out of HubSpot's editor, compared with the repository: the same, ours of another day, or edited."""

import hashlib
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.deploy.desk import Desk
from tests.deploy.handmade import action_file, own_project, shipped
from tests.harness.serve.conftest import ROOT, Served

PORTAL = '\n[workflows.tickets_made_by_hand]\n\n[inputs]\nmode = "dry"\n'
TEXT = (ROOT / "actions" / "create_ticket.py").read_text("utf-8")
LINES = TEXT.splitlines()
CUT = next(number for number in range(700, 800) if LINES[number - 1].startswith("    "))  # in the middle of a function
SHA256 = hashlib.sha256(TEXT.encode()).hexdigest()
WHERE = ["tickets_made_by_hand, action 1"]
CREATE = "create_ticket.py"


@pytest.fixture
def desk(tmp_path: Path, hub: Served) -> Desk:
    """A portal's file with one workflow; no token, because nothing is asked."""
    desk = Desk(tmp_path, hub, {"HUBSPOT_DEPLOY_TOKEN": ""})
    desk.has(PORTAL)
    return desk


def verified(desk: Desk, paste: str | bytes) -> tuple[int, dict[str, Any]]:
    """How the command ended and what it printed."""
    (desk.folder / "copied.py").write_bytes(paste if isinstance(paste, bytes) else paste.encode())
    said = desk.deploy("verify-paste", "copied.py", "--json")
    assert said.stdout, said.stderr
    return said.code, said.json


@pytest.mark.parametrize(
    ("change", "remarks"),
    [
        (lambda text: text.encode(), []),
        (lambda text: text.replace("\n", "\r\n").encode(), ["its lines end as on Windows"]),
        (lambda text: text.rstrip("\n").encode(), ["its last line has no end"]),
        (lambda text: text.encode("utf-8-sig"), ["it begins with a byte order mark"]),
        (
            lambda text: text.encode("utf-16"),
            ["it is UTF-16, as some editors save it"],
        ),
    ],
)
def test_the_same_code_is_in_step(desk: Desk, change: Callable[[str], bytes], remarks: list[str]) -> None:
    """Line ends, a byte order mark and the last line's end are told, and are no difference."""
    expected = {
        "portal": "local",
        "state": "in step",
        "file": CREATE,
        "sha256": SHA256,
        "ours": SHA256,
        "places": WHERE,
        "remarks": remarks,
        "lines": [],
    }
    assert verified(desk, change(TEXT)) == (0, expected)


def test_an_edit_is_shown_with_its_lines(desk: Desk) -> None:
    """A changed line is shown as a diff; a token in it is not."""
    code, said = verified(desk, TEXT.replace(LINES[0], LINES[0] + "  # pat-eu1-12345678-aaaa", 1))
    assert (code, said["state"], said["file"], said["remarks"]) == (2, "differs", CREATE, [])
    assert said["lines"] == [
        f"-    1 {LINES[0]}",
        f"+    1 {LINES[0]}  # pat-...",
        "     2 ",
        f"     3 {LINES[2]}",
    ]


def test_what_a_terminal_would_obey_is_written_out(desk: Desk) -> None:
    """A control character in the paste is shown, and not sent to the terminal."""
    code, said = verified(desk, TEXT + "# \x1b[2J\n")
    assert (code, said["lines"][-1]) == (2, f"+ {len(LINES) + 1:4} # \\x1b[2J")


def test_blanks_at_line_ends_are_told(desk: Desk) -> None:
    """Where Python reads both texts alike they are no difference; inside a text of the code they are one."""
    number = LINES.index("def main(event):") + 1
    code, said = verified(desk, TEXT.replace("def main(event):\n", "def main(event):  \n"))
    told = f"only blanks at line ends differ, in 1 lines, first in line {number}"
    assert (code, said["state"], said["remarks"]) == (0, "in step", [f"{told}; Python reads both alike"])
    code, said = verified(desk, TEXT.replace(LINES[2], LINES[2] + "  ", 1))
    told = "only blanks at line ends differ, in 1 lines, first in line 3"
    assert (code, said["state"], said["remarks"]) == (2, "differs", [told])


@pytest.mark.parametrize(
    ("paste", "told"),
    [
        ("\n".join(LINES[:CUT]), f"it ends at line {CUT} of {len(LINES)}: copied or pasted only in part"),
        (
            "\n".join([*LINES[: CUT - 1], LINES[CUT - 1][:-1]]),
            f"it ends at line {CUT} of {len(LINES)}, in the middle of it: copied or pasted only in part",
        ),
        ("\n".join(LINES[400:]), f"it begins at line 401 of {len(LINES)}: copied or pasted only in part"),
    ],
)
def test_a_part_of_the_code_is_named(desk: Desk, paste: str, told: str) -> None:
    """A paste that lacks its end or its beginning says where."""
    code, said = verified(desk, paste + "\n")
    assert (code, said["file"], said["remarks"]) == (2, CREATE, [told])


@pytest.mark.parametrize("paste", ["def main(event):\n    return {}\n", "Where is my order? I wait since yesterday.\n"])
def test_another_text_is_not_recognised(desk: Desk, paste: str) -> None:
    """What is like nothing of ours is refused, with what to copy."""
    (desk.folder / "copied.py").write_text(paste, encoding="utf-8")
    said = desk.deploy("verify-paste", "copied.py")
    assert (said.code, said.stderr) == (
        1,
        "deploy: the paste: expected the code of one of create_ticket.py, stamp_chat_closed_at.py,"
        " send_confirmation.py, typed_values.py, found a text that is like none of them. Click into the code in"
        " HubSpot's editor, select all of it, copy, and paste it into the file.\n",
    )


def test_an_empty_file_is_refused(desk: Desk) -> None:
    """Nothing copied is nothing compared."""
    (desk.folder / "copied.py").write_text("\n", encoding="utf-8")
    said = desk.deploy("verify-paste", "copied.py")
    assert (said.code, said.stderr) == (
        1,
        "deploy: copied.py: expected the code of one action, found nothing. Copy all of the editor's text.\n",
    )


def test_what_is_piped_in_is_read(desk: Desk) -> None:
    """A hyphen instead of a file reads standard input, and the answer is a few lines."""
    said = subprocess.run(
        [sys.executable, "-m", "deploy", "verify-paste", "-", "--portal", "local"],
        cwd=desk.folder,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        input=TEXT.replace("\n", "\r\n").encode(),
        capture_output=True,
        check=False,
    )
    told = f"in step  {CREATE} ({WHERE[0]})\n  sha256 {SHA256}\n  its lines end as on Windows\n"
    assert (said.returncode, said.stdout.decode()) == (0, told)


def test_a_version_of_another_day_is_named(desk: Desk) -> None:
    """Git knows what our file was before, and what it is on another branch: the commit is told, beside the diff."""
    own_project(desk)
    file = action_file(desk, CREATE)
    older = _committed(desk, "First version")
    file.write_text(TEXT.replace(LINES[0], "# Second", 1), encoding="utf-8")
    _committed(desk, "Second version")
    _git(desk, "checkout", "-q", "-b", "later")
    file.write_text(TEXT.replace(LINES[0], "# Third", 1), encoding="utf-8")
    newer = _committed(desk, "Third\x1b[31m version of pat-eu1-12345678-aaaa")
    _git(desk, "checkout", "-q", "-")
    code, said = verified(desk, TEXT)
    assert (code, said["state"], said["lines"][:2]) == (2, "differs", ["-    1 # Second", f"+    1 {LINES[0]}"])
    assert said["remarks"] == [f"it is an older version of ours: commit {older}, 'First version'"]
    code, said = verified(desk, TEXT.replace(LINES[0], "# Third", 1))
    assert (code, said["remarks"]) == (
        2,
        [f"it is a version of ours that is not in this branch: commit {newer}, 'Third\\x1b[31m version of pat-...'"],
    )


def test_what_was_shipped_is_known_without_git(hub: Served, tmp_path: Path) -> None:
    """A text that the portal's ledger has was shipped from here, or stood there before."""
    desk = Desk(tmp_path, hub)
    shipped(desk)
    file = action_file(desk, CREATE)
    file.write_text(TEXT + "# more\n", encoding="utf-8")
    code, said = verified(desk, TEXT)
    assert (code, said["remarks"]) == (2, ["it is a text that was shipped to this portal, or stood there before"])


def test_typed_values_handed_over_are_recognised(desk: Desk) -> None:
    """The action that `export` made for typed values is compared too."""
    assert desk.deploy("export", "--all").code == 0
    made = (desk.folder / "export" / "local" / "tickets_made_by_hand" / "typed_values.py").read_text("utf-8")
    code, said = verified(desk, made)
    assert (code, said["file"], said["places"]) == (0, "typed_values.py", ["tickets_made_by_hand, its typed values"])
    code, said = verified(desk, made.replace("'dry'", "'live'"))
    assert (code, said["lines"][2:4]) == (
        2,
        ["-    7             'mode': 'dry',", "+    7             'mode': 'live',"],
    )


def _committed(desk: Desk, subject: str) -> str:
    """Everything is committed; the commit's short name and its day."""
    _git(desk, "init", "-q")
    _git(desk, "add", "actions")
    _git(desk, "-c", "user.name=agent-3", "-c", "user.email=agent-3@example.org", "commit", "-q", "-m", subject)
    return _git(desk, "log", "-1", "--abbrev=12", "--format=%h of %as")


def _git(desk: Desk, *arguments: str) -> str:
    done = subprocess.run(["git", *arguments], cwd=desk.folder, capture_output=True, text=True, check=True)
    return done.stdout.strip()
