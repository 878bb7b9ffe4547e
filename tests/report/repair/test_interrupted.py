"""What is left of a repair that was killed, or that another one met?"""

import signal

import pytest

from report.repair.opening import Busy, alone
from tests.report.repair.account import Account, chat
from tests.report.repair.killed import begun
from tests.report.repair.scheduler import Scheduler

PEOPLE = (chat(1, "4 h"), chat(1, "3 h"), chat(2, "2 h"))


def comes_right(account: Account, scheduler: Scheduler) -> None:
    """The next run of the scheduler makes all of it whole."""
    found = scheduler.runs(account.dropped())
    assert (found.settled, account.dropped(), account.with_two_open()) == (True, [], [])
    assert (account.without_clock(), account.confirmed()) == ([], [True, True])


def test_killed_right_after_a_write(account: Account) -> None:
    """A kill after a ticket was made leaves nothing that the next run does not mend."""
    account.has(*PEOPLE)
    watched = Scheduler(account)
    account.hub.control("DELETE", "requests")
    watched.runs(account.dropped())
    log = account.hub.control("GET", "requests?limit=1000").body["results"]
    asked = [entry for entry in log if not entry["path"].endswith("/threads")]
    number = next(at for at, entry in enumerate(asked, 1) if entry["is_write"])
    account.has(*PEOPLE)
    (account.folder / ".report" / "local.duckdb").unlink()
    assert begun(account, account.folder, number, account.dropped()).wait(60) == -signal.SIGKILL
    assert "running" in {noted.state for noted in watched.notes.read().values()}
    comes_right(account, Scheduler(account))


@pytest.mark.parametrize("number", [8, 16])
def test_another_in_between(account: Account, number: int) -> None:
    """Another machine that repairs the same chats while this one is half-way makes no second ticket."""
    account.has(*PEOPLE)
    dropped, here, there = account.dropped(), Scheduler(account), Scheduler(account, machine="there")
    here.at_request[number] = lambda: there.runs(dropped)
    here.runs(dropped)
    assert (len(there.steps), len(account.tickets())) == (3, 2)
    comes_right(account, here)


def test_two_on_one_machine(account: Account) -> None:
    """The second repair of an account on one machine is told that there is one, and the next is let in again."""
    portal = account.portal()
    with (
        alone(account.folder / ".report", portal),
        pytest.raises(Busy) as busy,
        alone(account.folder / ".report", portal),
    ):
        pass
    assert str(busy.value) == (
        "portal 4711001: expected to be the only repair of it here, found another that is running. "
        "Nothing was changed, and nothing has to be done: that one goes on."
    )
    with alone(account.folder / ".report", portal):
        pass
