"""What a repair makes of a HubSpot that is busy, breaks, loses answers, is late or is not there."""

import pytest

from report.repair.repairing import WAITS
from tests.report.repair.account import Account, chat
from tests.report.repair.scheduler import Scheduler

PEOPLE = (chat(1, "5 h"), chat(1, "4 h"), chat(None, "3 h"), chat(2, "2 h"))


@pytest.mark.parametrize("kind", ["breaks", "drops"])
def test_answers_are_lost(account: Account, kind: str) -> None:
    """Deeds whose answers are lost again and again are done once: the scheduler's next runs leave no drop."""
    account.has(*PEOPLE)
    account.weather(kind=kind, after_write=True, probability=0.3)
    scheduler = Scheduler(account)
    for _ in range(12):
        if scheduler.runs(account.dropped()).settled:
            break
    assert (account.dropped(), account.with_two_open(), len(account.tickets())) == ([], [], 3)
    assert (account.without_clock(), {noted.state for noted in scheduler.notes.read().values()}) == ([], {"done"})


def test_one_bad_chat_stops_nobody(account: Account) -> None:
    """A chat that HubSpot cannot read is tried four times and left, the others are served; later it is too."""
    account.has(*PEOPLE)
    (bad, *_) = account.dropped()
    account.weather(kind="breaks", route=f"GET /threads/{bad.thread_id}", times=1000)
    scheduler = Scheduler(account)
    found = scheduler.runs(account.dropped())
    assert [(chat.thread_id == bad.thread_id, chat.end, chat.tries) for chat in found.chats] == [
        (True, "left", 4),
        (False, "done", 1),
        (False, "done", 1),
        (False, "done", 1),
    ]
    assert (found.still_dropped, found.settled, scheduler.waited) == (1, False, list(WAITS[1:]))
    account.clears_up()
    assert scheduler.runs(account.dropped()).still_dropped == 0
    assert account.with_two_open() == []


def test_an_outage_is_not_run_into(account: Account) -> None:
    """When nothing works three chats are tried, not all, four times over; what is left is done when it works again."""
    account.has(*(chat(None, f"{hours} h") for hours in (5, 4, 3, 2)))
    dropped, scheduler = account.dropped(), Scheduler(account)
    account.weather(kind="busy", status=503, times=100_000)
    found = scheduler.runs(dropped, recounts=False)
    assert sum(chat.tries for chat in found.chats) == 12
    assert {chat.end for chat in found.chats} == {"left"}
    account.clears_up()
    assert scheduler.runs(dropped).still_dropped == 0


def test_the_key_is_revoked_on_the_way(account: Account) -> None:
    """When HubSpot takes the key no more the repair ends at once, and with a new key goes on where it stopped."""
    account.has(*PEOPLE)
    account.hub.control("POST", "tokens", {"value": "local-repair", "scopes": []})
    scheduler = Scheduler(account)
    scheduler.at_request[25] = lambda: account.hub.control("DELETE", "tokens?value=local-repair")
    dropped = account.dropped()
    found = scheduler.runs(dropped, key="local-repair")
    assert (found.key_refused, [chat.end for chat in found.chats].count("left") > 1) == (True, True)
    assert found.settled is False
    assert scheduler.runs(dropped).still_dropped == 0
    assert account.without_clock() == []
