"""`python -m report repair` as a person or a scheduler types it."""

import json

from tests.report.repair.account import CANARY, THANKED, Account, chat
from tests.report.typed import typed


def report(account: Account, *words: str, **environment: str) -> tuple[int, str, str]:
    """Exit code, what it printed, and what it printed on standard error."""
    keys = {"CHAT_HANDOFF_TOKEN": account.hub.token, "HUBSPOT_REPORT_TOKEN": account.hub.token}
    said = typed(account.folder, words[0], "--portal", "local", *words[1:], **keys | environment)
    return said.code, said.stdout, said.stderr


def test_from_the_count_to_nothing_dropped(account: Account) -> None:
    """What was dropped is shown, then put right with --apply, and then nothing is left but the newest."""
    account.has(chat(1, "5 days"), chat(2, "5 h"), chat(2, "4 h"), chat(4, "3 h", THANKED), chat(5, "4 min"))
    account.portal()
    shown = report(account, "repair")
    assert (shown[0], shown[1].splitlines()[0], shown[2]) == (0, "3 dropped, 3 to be repaired.", "")
    assert shown[1].splitlines()[-1] == (
        "3 chats looked at. This was a dry run: nothing was written. Add --apply to put them right."
    )
    assert account.tickets() == []
    code, printed, errors = report(account, "repair", "--apply", "--json")
    done = json.loads(printed)
    assert (code, errors, [chat["end"] for chat in done["chats"]], done["stillDropped"]) == (0, "", ["done"] * 3, 0)
    assert report(account, "repair", "--apply") == (0, "0 dropped, 0 to be repaired.\nNothing to be done.\n", "")
    assert report(account, "repair", "--within", "1m")[1].splitlines()[0] == "1 dropped, 1 to be repaired."
    assert [word for word in (CANARY, "@example.org", account.hub.token) if word in shown[1] + printed] == []
    assert (account.with_two_open(), len(account.tickets())) == ([], 2)


def test_what_is_refused(account: Account) -> None:
    """Production without its name, no key, and a key of nobody end with one line, and nothing is written."""
    account.has(chat(1, "5 h"))
    account.portal(kind="production")
    assert report(account, "repair", "--apply") == (
        1,
        "",
        "report: portal 4711001: expected its name local typed, or --yes local, found nothing. Nothing was changed.\n",
    )
    code, printed, errors = report(account, "repair", "--apply", CHAT_HANDOFF_TOKEN="")
    assert (code, printed, errors.count("\n")) == (1, "", 1)
    assert "expected a token in the variable CHAT_HANDOFF_TOKEN, found none." in errors
    code, printed, errors = report(account, "repair", "--apply", CHAT_HANDOFF_TOKEN="local-unknown")
    assert (code, printed, errors.count("\n")) == (1, "", 1)
    assert "expected a key that this account takes, found 401." in errors
    assert account.tickets() == []
    code, printed, errors = report(account, "repair", "--apply", "--yes", "local")
    assert (code, errors, len(account.tickets())) == (0, "", 1)


def test_what_failed_is_said(account: Account) -> None:
    """Without our properties each chat fails by the action's own sentence, and the exit code is 1."""
    account.has(chat(1, "5 h"), properties={})
    account.portal()
    code, printed, errors = report(account, "repair", "--apply")
    _, line, *rest = printed.splitlines()
    assert (code, errors, rest) == (1, "", ["0 of 1 chats done, 1 failed, 0 left.", "Counted anew: 1 dropped."])
    assert "FAILED: dedup_check: main raised it at dedup_check.py:" in line
    assert "create what is missing (properties.toml)" in line
    assert CANARY not in printed


def test_what_was_done_is_told_without_a_fresh_count(account: Account) -> None:
    """When nothing can be counted afterwards the chats are told all the same, and why there is no count; code 1."""
    account.has(chat(1, "5 h"))
    account.portal()
    report(account, "repair")  # so that four calls suffice for the next count, and not for the one after it
    code, printed, errors = report(account, "repair", "--apply", "--budget", "4")
    done, counted = printed.splitlines()[-2:]
    assert (code, errors, done) == (1, "", "1 of 1 chats done, 0 failed, 0 left.")
    assert (counted.startswith("Not counted anew: "), "expected to be done within 4 calls" in counted) == (True, True)
    assert len(account.tickets()) == 1
