"""`python -m report calibrate` on what was gathered of a served account."""

import csv
import io

import pytest

from tests.report.desk import CANARY, Desk, waiting

PORTAL = ("--portal", "local")
SOLVED = [
    {"visitor": "Where is my order?"},
    {"agent": "It arrives today."},
    {"visitor": "Great, thanks!"},
    {"close": "hubspot"},
]


@pytest.fixture
def desk(desk: Desk) -> Desk:
    """Three chats that nobody answered, and two that were solved."""
    solved = waiting("5 h", talk=SOLVED, repeat=2, every="10 min")
    desk.seeded(chats=[waiting(repeat=3, every="10 min"), solved])
    return desk


def test_from_a_draw_to_the_figures(desk: Desk) -> None:
    """Written into a file, filled in, read back: precision, recall, and what errs, and no visitor's word in it."""
    desk.gathers()
    assert desk.report("calibrate", *PORTAL, "--csv-out", "sample.csv").stdout == (
        "5 chats written. Fill in the column answer, then read it with --csv-in sample.csv.\n"
    )
    file = desk.folder / "sample.csv"
    assert CANARY not in file.read_text("utf-8")
    rows = list(csv.DictReader(io.StringIO(file.read_text("utf-8"))))
    unresolved = [row for row in rows if row["verdict"] == "unresolved"]
    for row in rows:
        row["answer"] = "disagree" if row is unresolved[0] else "agree"
    with file.open("w", encoding="utf-8", newline="") as filled:
        lines = csv.DictWriter(filled, list(rows[0]))
        lines.writeheader()
        lines.writerows(rows)
    said = desk.report("calibrate", *PORTAL, "--csv-in", "sample.csv")
    assert (said.code, said.stderr) == (0, "")
    assert (
        said.stdout
        == """\
5 answers taken from sample.csv.

5 answers about 5 judged closes.

precision of unresolved: 67% (67% to 67%); of the chats called unresolved, so many are
recall of unresolved:    100% (100% to 100%); of the chats that are unresolved, so many are found
(95 % intervals: Wilson's for each verdict and reason, weighed by its closes and combined)

verdict     reason               closes  answered  wrong
unresolved  no_answer                 3         3      1
resolved    answered_in_session       2         2      0

estimated closes      is unresolved  is resolved
called unresolved                 2            1
called resolved                   0            2

The rules that err most:
  unresolved, no_answer: about 1 closes (1 of 3 answers)
    Nobody answered the visitor.
    To change it: a higher min_visitor_words leaves out chats in which the visitor wrote next to nothing.
"""
    )
    assert desk.report("calibrate", *PORTAL).stdout.splitlines()[0] == (
        "All judged chats are answered; --again asks about them once more."
    )


def test_without_anybody_at_the_terminal(desk: Desk) -> None:
    """The first question is shown, nothing is answered, and nothing is claimed."""
    desk.gathers()
    said = desk.report("calibrate", *PORTAL, "--sample", "2")
    assert (said.code, said.stdout.splitlines()[1][:6], said.stdout.splitlines()[-1]) == (
        0,
        "[1/2] ",
        "0 answers about 5 judged closes.",
    )


def test_before_anything_was_gathered(desk: Desk) -> None:
    """It says what to run first."""
    said = desk.report("calibrate", *PORTAL)
    assert (said.code, said.stdout, said.stderr) == (
        1,
        "",
        "report: calibrate: expected judged chats in the store, found none. Run python -m report drops first, which "
        "gathers and judges them.\n",
    )
