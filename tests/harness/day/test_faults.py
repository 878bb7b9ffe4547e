"""Faults: each of the five, planted in a short day, changes the one line as its text says."""

from pathlib import Path

import pytest

from harness.cli import main
from harness.day.faults import FAULTS

SHORT = Path(__file__).with_name("short.yaml")

LINES = {
    "": "9 chats, 8 unresolved, 7 tickets, 6 confirmations, 0 duplicates, 0 dropped",
    "no-reenrol": "9 chats, 8 unresolved, 6 tickets, 5 confirmations, 0 duplicates, 1 dropped",
    "no-lock": "9 chats, 8 unresolved, 8 tickets, 7 confirmations, 1 duplicates, 0 dropped",
    "no-retry": "9 chats, 8 unresolved, 6 tickets, 5 confirmations, 0 duplicates, 1 dropped",
    "dry": "9 chats, 8 unresolved, 0 tickets, 0 confirmations, 0 duplicates, 8 dropped",
    "no-email": "9 chats, 8 unresolved, 7 tickets, 0 confirmations, 0 duplicates, 0 dropped",
}

GOES_WRONG = {
    "": [],
    "no-reenrol": ["comes-back     nothing                      ticket                       never  dropped"],
    "no-lock": ["second-tab     ticket                       attached to first-tab        1 min  not as expected"],
    "no-retry": ["in-the-outage  nothing                      ticket                       never  dropped"],
    "dry": [
        "promised       nothing  ticket                       never  dropped",
        "first-tab      nothing  ticket                       never  dropped",
        "second-tab     nothing  attached to first-tab        never  dropped",
        "comes-back     nothing  ticket                       never  dropped",
        "kettle-again   nothing  attached to leaking-kettle   never  dropped",
        "made-by-hand   nothing  attached to flooded-kitchen  never  dropped",
        "walk-in        nothing  ticket                       never  dropped",
        "in-the-outage  nothing  ticket                       never  dropped",
    ],
    "no-email": [],
}


@pytest.mark.parametrize("fault", LINES, ids=lambda fault: fault or "nothing broken")
def test_line(fault: str, capsys: pytest.CaptureFixture[str]) -> None:
    """The last line counts what the fault breaks, the table shows where, and the exit code says so."""
    code = main(["day", str(SHORT), *(["--break", fault] if fault else [])])

    printed = capsys.readouterr().out.splitlines()
    wrong = [line for line in printed if line.endswith(("  dropped", "  not as expected"))]
    assert (printed[-1], wrong, code) == (LINES[fault], GOES_WRONG[fault], 1 if fault else 0)


def test_every_fault_is_tried() -> None:
    """There are five faults, and the lines above are of all of them."""
    assert sorted(FAULTS) == sorted(LINES.keys() - {""})
