"""Repairs in every kind of weather, and killed at every request: heavy, so not with each change."""

import signal
from pathlib import Path
from typing import Any

import pytest

from tests.report.repair.account import Account, chat
from tests.report.repair.killed import begun
from tests.report.repair.scheduler import Scheduler

SEVERAL = (
    chat(1, "9 h"),
    chat(1, "8 h"),
    chat(None, "7 h"),
    chat(None, "6 h"),
    chat(2, "5 h"),
    chat(3, "4 h", repeat=4, every="10 min"),
)
PERSONS, TICKETS = 3, 5
PEOPLE = (chat(1, "4 h"), chat(1, "3 h"), chat(2, "2 h"))
OFTEN = {"probability": 0.25}
ALWAYS = {"times": 60}
WEATHER: dict[str, dict[str, Any]] = {
    "busy": {"kind": "busy", **OFTEN},
    "busy for long": {"kind": "busy", "retry_after": 30, "times": 3},
    "unavailable": {"kind": "busy", "status": 503, **OFTEN},
    "locked": {"kind": "busy", "status": 423, **OFTEN},
    "breaks": {"kind": "breaks", **OFTEN},
    "breaks after the deed": {"kind": "breaks", "after_write": True, **OFTEN},
    "no answer": {"kind": "drops", **OFTEN},
    "no answer after the deed": {"kind": "drops", "after_write": True, **OFTEN},
    "half an answer": {"kind": "cuts", **OFTEN},
    "slow": {"kind": "slow", "seconds": 0.05, **OFTEN},
    "stalls": {"kind": "stalls", **ALWAYS},
    "repeats": {"kind": "repeats", **ALWAYS},
    "kills": {"kind": "kills", "at_call": 9},
    "search lags": {"kind": "search_lags", "seconds": 3600},
    "associations lag": {"kind": "associations_lag", "seconds": 3600},
    "every write breaks after the deed": {"kind": "breaks", "after_write": True, "route": "POST /objects", **ALWAYS},
}


@pytest.mark.parametrize("rule", WEATHER.values(), ids=WEATHER.keys())
def test_all_weather(account: Account, rule: dict[str, Any]) -> None:
    """Whatever the weather, a few runs of the scheduler leave no drop and nobody with two open tickets."""
    account.has(*SEVERAL)
    account.weather(**rule)
    scheduler = Scheduler(account)
    for _ in range(15):
        if scheduler.runs(account.dropped()).settled:
            break
    assert (account.dropped(), account.with_two_open(), len(account.tickets())) == ([], [], TICKETS)
    assert (account.without_clock(), account.confirmed().count(True)) == ([], PERSONS)
    assert {noted.state for noted in scheduler.notes.read().values()} == {"done"}


def test_two_at_once(account: Account, tmp_path: Path) -> None:
    """Two machines that repair the same chats at the same time make one ticket for each person."""
    account.has(*PEOPLE)
    dropped = account.dropped()
    both = [begun(account, tmp_path / name, 0, dropped) for name in ("here", "there")]
    assert [process.wait(60) for process in both] == [0, 0]
    found = Scheduler(account).runs(account.dropped())
    assert (found.settled, account.dropped(), account.with_two_open()) == (True, [], [])
    assert (account.without_clock(), account.confirmed()) == ([], [True, True])


def test_killed_at_every_request(account: Account) -> None:
    """Wherever a kill comes, the scheduler's next run leaves no drop, no half-made ticket and nobody with two."""
    account.has(*PEOPLE)
    watched = Scheduler(account)
    watched.runs(account.dropped())
    assert len(watched.heard) > 30
    for number in range(1, len(watched.heard) + 1):
        account.has(*PEOPLE)
        (account.folder / ".report" / "local.duckdb").unlink()
        assert begun(account, account.folder, number, account.dropped()).wait(120) == -signal.SIGKILL
        found = Scheduler(account).runs(account.dropped())
        assert (number, found.settled, account.dropped(), account.with_two_open()) == (number, True, [], [])
        assert (number, account.without_clock(), account.confirmed()) == (number, [], [True, True])
