"""What a repair does, shows and leaves alone."""

from dataclasses import replace

import pytest

from deploy.refusals import Refused
from report.repair.closes import Close, Noted
from report.repair.dropped import Dropped, to_repair
from report.repair.repairing import How
from tests.report.repair.account import CANARY, TALK, THANKED, Account, chat
from tests.report.repair.scheduler import APPLY, Scheduler

SEVERAL = (chat(1, "30 days"), chat(3, "5 h"), chat(3, "4 h"), chat(None, "3 h"), chat(2, "2 h"))
REOPENED = [*TALK, {"wait": "1 h"}, {"reopen": "visitor"}, {"visitor": f"Is there any news of {CANARY}?"}]


def test_a_dry_run_shows_and_writes_nothing(account: Account) -> None:
    """Without being told to apply, it says of each chat what would be done, and nothing changes anywhere."""
    account.has(*SEVERAL, chat(4, "1 h", THANKED))
    before, dropped, scheduler = account.written(), account.closes(), Scheduler(account)
    found = scheduler.runs(dropped, How())
    told = [(chat.outcome, chat.ticket_id, chat.confirmation, chat.confirmation_code) for chat in found.chats]
    assert told == [
        ("created", "", "off", "off"),
        ("created", "", "requested", "dry_run"),
        ("created", "", "requested", "dry_run"),
        ("created", "", "skipped", "no_address"),
        ("created", "", "requested", "dry_run"),
        ("resolved", "", "", ""),
    ]
    assert (found.applied, found.still_dropped, found.settled) == (False, None, True)
    assert (account.written(), account.tickets(), scheduler.notes.read()) == (before, [], {})


def test_apply_serves_every_close(account: Account) -> None:
    """Each chat gets its ticket with clock, a person gets one for two chats, and only young closes are confirmed."""
    account.has(*SEVERAL)
    scheduler = Scheduler(account)
    found = scheduler.runs(account.dropped())
    assert [(chat.outcome, chat.confirmation, chat.end) for chat in found.chats] == [
        ("created", "off", "done"),
        ("created", "requested", "done"),
        ("attached", "requested", "done"),
        ("created", "skipped", "done"),
        ("created", "requested", "done"),
    ]
    assert (found.still_dropped, account.dropped(), account.with_two_open()) == (0, [], [])
    assert account.without_clock() == []
    assert account.confirmed() == [False, True, False, True]
    assert {noted.state for noted in scheduler.notes.read().values()} == {"done"}
    assert [step.done for step in scheduler.steps] == [1, 2, 3, 4, 5]


def test_a_second_repair_changes_nothing(account: Account) -> None:
    """What was done is left alone for a while, and then looked at again without a single change."""
    account.has(*SEVERAL)
    dropped, scheduler = account.dropped(), Scheduler(account)
    scheduler.runs(dropped)
    before, calls = account.tickets(), len(scheduler.heard)
    assert (scheduler.runs(dropped).resting, len(scheduler.heard)) == (5, calls)
    scheduler.late = 16 * 60
    assert [chat.outcome for chat in scheduler.runs(dropped).chats] == ["adopted", "adopted", "attached"] + [
        "adopted"
    ] * 2
    assert account.tickets() == before


def test_nobody_is_written_to_if_so_asked(account: Account) -> None:
    """Without confirmation no ticket is marked for one."""
    account.has(chat(1), chat(2))
    Scheduler(account).runs(account.dropped(), replace(APPLY, confirm_within_ms=0))
    assert account.confirmed() == [False, False]


def test_nothing_typed_and_no_key_is_kept_or_told(account: Account) -> None:
    """Neither what is printed nor a file of the project has a visitor's words, address or the key."""
    account.has(*SEVERAL, chat(5, "3 h", REOPENED))
    account.weather(kind="breaks", times=3)
    scheduler = Scheduler(account)
    scheduler.runs(account.dropped())
    left = [file for file in account.folder.rglob("*") if file.is_file()]
    assert {file.name for file in left} >= {"local.duckdb"}
    texts = [file.read_bytes() for file in left] + [
        "\n".join(scheduler.printed).encode(),
        repr(scheduler.heard).encode(),
    ]
    secret = (CANARY, "@example.org", account.hub.token)
    assert [word for word in secret if any(word.encode() in text for text in texts)] == []


def test_a_chat_that_is_open_again(account: Account) -> None:
    """A chat that its visitor opened again is passed over until it closes; then its ticket lists both closes."""
    account.has(chat(5, "3 h", REOPENED), chat(6, "3 h", [*REOPENED, {"close": "agent"}]))
    first = [Close(thread["id"], 1) for thread in account.threads()]
    found = Scheduler(account).runs(first)
    assert sorted((chat.outcome, chat.reason, chat.end) for chat in found.chats) == [
        ("created", "no_answer", "done"),
        ("skipped", "not_closed", "done"),
    ]
    (ticket,) = account.tickets()
    assert ticket["chat_threads"].count(" · closed ") == 2


def test_a_chat_that_fails_for_good(account: Account) -> None:
    """A chat that is not there fails with a sentence, and the others are served."""
    account.has(chat(1), chat(2))
    found = Scheduler(account).runs([*account.dropped(), Close("8999999999", 5), Close("visitor@example.org", 6)])
    assert [(chat.thread_id, chat.end) for chat in found.chats][:2] == [
        ("8999999999", "failed"),
        ("visitor@example.org", "failed"),
    ]
    assert found.chats[0].why.startswith("triage_chat: main raised it at triage_chat.py:")
    assert (found.still_dropped, found.settled) == (0, False)


@pytest.mark.parametrize(
    ("more", "where"),
    [
        ('[inputs.create_ticket]\nmode = "off"\n', "deploy/portals/local.toml, [inputs], mode"),
        ("[inputs.create_ticket]\ninboxes = []\n", "deploy/portals/local.toml, [inputs], inboxes"),
        ("[inputs.create_ticket]\npipeline = 7\n", "deploy/portals/local.toml, [inputs.create_ticket], pipeline"),
    ],
)
def test_a_file_that_cannot_go_live(account: Account, more: str, where: str) -> None:
    """A portal's file that turns tickets off, names no inbox or has a mistake is refused before anything is done."""
    account.has(chat(1))
    scheduler = Scheduler(account)
    with pytest.raises(Refused) as refused:
        scheduler.runs(account.dropped(), more=more)
    assert refused.value.where == where
    assert (scheduler.heard, scheduler.notes.read()) == ([], {})


def test_an_action_that_is_off_stays_off(account: Account) -> None:
    """What the portal's file turns off is not turned on by applying."""
    account.has(chat(1))
    found = Scheduler(account).runs(account.dropped(), more='[inputs.send_confirmation]\nmode = "off"\n')
    assert [(chat.outcome, chat.confirmation) for chat in found.chats] == [("created", "off")]


def test_which_rows_are_repaired() -> None:
    """Not those that a later sitting settled, and those in doubt only if asked for."""
    rows = [
        Dropped("1", 5, ambiguous=False, overtaken=False),
        Dropped("2", 5, ambiguous=False, overtaken=True),
        Dropped("3", 5, ambiguous=True, overtaken=False),
    ]
    assert to_repair(rows) == [Close("1", 5)]
    assert to_repair(rows, ambiguous=True) == [Close("1", 5), Close("3", 5)]


def test_notes_are_replaced(account: Account) -> None:
    """Of each close the last note is kept, and there is none of another account's."""
    notes = Scheduler(account).notes
    notes.write({Close("1", 5): Noted("planned", "", 7), Close("2", 6): Noted("planned", "", 7)})
    notes.write({Close("1", 5): Noted("done", "9", 8)})
    assert notes.read() == {Close("1", 5): Noted("done", "9", 8), Close("2", 6): Noted("planned", "", 7)}
    assert type(notes).of("local", 1).read() == {}
