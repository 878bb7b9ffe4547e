"""`harness prove`: what it finds, what it finds nothing in, and what it says when there is nothing to compare."""

import os
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from contract.action import Action
from harness.prove import proving, show
from harness.prove.stage import Subject
from tests.harness.prove.conftest import CASES, Prove

NAIVE = """\
search_then_create.py: 2 calls when nothing goes wrong
what happens                                              what it leaves        
────────────────────────────────────────────────────────────────────────────────
any fault at call 1, POST                                 the same              
/crm/v3/objects/tickets/search                                                  
5 of 8 faults at call 2, POST /crm/v3/objects/tickets     the same              
500 after call 2                                          3 tickets instead of 2
no answer, call 2 done                                    3 tickets instead of 2
killed after call 2                                       3 tickets instead of 2
run twice                                                 3 tickets instead of 2
run twice, the first found by search                      the same              
twice at once, 20 orders                                  3 tickets instead of 2
24 of 38 trials left something else behind. HubSpot will do this to it one day.
"""  # noqa: W291 (as it is printed)


def test_a_search_before_a_create_is_no_lock(prove: Prove) -> None:
    """An action that searches and then creates is seen to make two tickets, in a table that says when."""
    said = prove("search_then_create.py")
    assert (said.code, said.stdout, said.stderr) == (1, NAIVE, "")


def test_a_unique_key_is_one(prove: Prove) -> None:
    """An action that writes under a unique key leaves the same in every trial."""
    said = prove("under_a_key.py")
    assert said.code == 0
    assert said.stdout.splitlines()[-1] == "All 28 trials left the same behind."


AFTER = ("500 after call 1", "no answer, call 1 done", "killed after call 1")
BOTH = tuple(f"twice at once, order {order}" for order in range(1, 5))
ASKS_ONCE = """
import urllib.request
def main(event):
    try:
        urllib.request.urlopen("https://api.hubapi.com/crm/v3/objects/tickets")
    except OSError:
        pass
    return {"outputFields": {}}
"""
TWO_MAILS = "2 e-mails instead of 1"


def other(said: Any, what: str = "differs") -> dict[str, str]:
    """The trials of which something is told, with what."""
    return {trial["what"]: "; ".join(trial[what]) for trial in said["trials"] if trial[what]}


@pytest.mark.parametrize(
    ("case", "wrong"),
    [
        ("create.py", dict.fromkeys((*AFTER, "run twice", *BOTH), "3 tickets instead of 2")),
        ("upsert.py", {}),
        ("now.py", {}),
        ("sleeps_then_closes.py", {}),
        (
            "counts.py",
            dict.fromkeys(
                (*(words.replace("1", "2") for words in AFTER), "run twice", *BOTH[:3]),
                "ticket 1 content: '2' instead of '1'",
            ),
        ),
    ],
)
def test_each_breaks_where_it_must(prove: Prove, case: str, wrong: dict[str, str]) -> None:
    """Of each action exactly those trials do not hold that HubSpot would harm it by."""
    said = prove(case, "--json", "--orders", "4")
    assert (said.code, other(said.json)) == (1 if wrong else 0, wrong)


def test_search_catches_up_before_the_next_attempt(prove: Prove) -> None:
    """What holds only as long as search does not find what the last attempt wrote is seen to break."""
    said = prove("adds_where_found.py", "--json", "--orders", "2")
    assert (said.code, other(said.json)) == (
        1,
        dict.fromkeys(
            ("500 after call 2, then found by search", "run twice, the first found by search"),
            "ticket 2 content: 'asked, and again' instead of 'asked'",
        ),
    )


def test_a_mail_before_its_mark_goes_out_twice(prove: Prove) -> None:
    """Whatever comes between the e-mail and its mark sends it again; a search of the mark is no help."""
    said = prove("sends_first.py", "--json", "--orders", "0").json
    assert other(said) == dict.fromkeys(
        (
            *(words.replace("1", "2") for words in AFTER),
            *("429 at call 3", "500 before call 3", "no answer, call 3 not done", "killed before call 3"),
        ),
        TWO_MAILS,
    )


def test_another_answer_is_told_and_not_judged(prove: Prove) -> None:
    """A retry that answers otherwise is named, for a later step may go by it; it ends with 1 when asked to."""
    said = prove("answers.py", "--json", "--orders", "0")
    assert (said.code, other(said.json)) == (0, {})
    assert other(said.json, "notes") == dict.fromkeys(
        (words.replace("1", "2") for words in AFTER), "answers first: 'no' instead of 'yes'"
    )
    strictly = prove("answers.py", "--json", "--orders", "0", "--strict")
    assert (strictly.code, strictly.json["holds"]) == (1, False)


def test_the_moment_it_runs_is_told(prove: Prove) -> None:
    """What an action takes from its own clock is another thing in a retry days later, and the table says which."""
    said = prove("now.py", "--orders", "0").stdout.splitlines()
    assert [line.split("  ")[0] for line in said if line.startswith("run ")] == ["run twice", "run three days later"]
    assert said[-1] == (
        "All 15 trials left the same behind. Where it goes by the time, a retry comes up to three days later."
    )


def test_what_an_account_holds_is_shown_word_for_word(prove: Prove, tmp_path: Path) -> None:
    """Brackets and colons are no styles, what would steer the terminal is spelled out, and a problem is told."""
    source = (CASES / "counts.py").read_text().replace("str(count)", r"'[/b] :bug: \x1b[31m' * count")
    source = source.replace('int(ticket.properties["content"] or 0)', "len(ticket.properties[\"content\"] or '') // 16")
    (tmp_path / "styles.py").write_text(source.replace('{"count": count}', '{"told": os.environ.get("NOBODYS")}'))
    said = " ".join(prove(tmp_path / "styles.py", "--orders", "0").stdout.split())
    assert (
        said.count(r"ticket 1 content: '[/b] :bug: \x1b[31m[/b] :bug: \x1b[31m' instead of '[/b] :bug: \x1b[31m'") == 4
    )
    assert said.count("problem: secret NOBODYS: expected only declared secrets to be read, found one that is not.") == 1


def test_what_cannot_take_turns_is_named(prove: Prove) -> None:
    """An action with threads is tried in every other way, and the last line says what was not."""
    said = prove("threads.py", "--orders", "4")
    assert (said.code, said.stdout.splitlines()[-1]) == (
        0,
        "All 15 trials left the same behind. Two runs at once were not tried: "
        "expected one thread in a run that takes turns with others, found a second one, which was refused. "
        "Nobody could say whether such a run waits: run it by itself.",
    )


def test_runs_take_turns_on_linux_alone() -> None:
    """Where every run is a fresh interpreter, faults are tried, and what is not is named."""
    subject = Subject(Action.parse(ASKS_ONCE, "asks.py"), {}, {}, datetime(2026, 3, 2, tzinfo=UTC))
    proof = proving.prove(subject, start="spawn", python=os.environ.get("CHAT_HANDOFF_PYTHON"))
    assert show.verdict(proof) == (
        "All 8 trials left the same behind. Two runs at once were not tried: runs take turns on Linux alone."
    )
    assert (proof.holds(), proof.holds(strict=True)) == (True, False)


def test_a_swallowed_refusal_is_found(prove: Prove) -> None:
    """An action that answers a 429 with success is never run again, and what it should have written is missing."""
    said = prove("swallows.py", "--json", "--orders", "0").json
    wrong = [(trial["what"], trial["ended"], trial["differs"]) for trial in said["trials"] if not trial["held"]]
    missing = ["ticket 1 subject: 'Where is my order?' instead of 'Answered'"]
    assert wrong[:2] == [("429 at call 1", "succeeded", missing), ("500 before call 1", "succeeded", missing)]


def test_what_depends_on_chance_cannot_be_compared(prove: Prove) -> None:
    """An action that writes something else each time is told so, instead of being found guilty of it."""
    said = prove("by_chance.py")
    assert said.code == 1
    assert re.sub("'[0-9a-f-]{36}'", "UUID", said.stdout) == (
        "by_chance.py: 1 call when nothing goes wrong\n"
        "Nothing to compare with: two runs without trouble, at the same moment in equal accounts, left different "
        "things, as chance would have it: ticket 2 subject: UUID instead of UUID.\n"
    )


def test_an_action_that_fails_by_itself(prove: Prove, tmp_path: Path) -> None:
    """An action that fails without trouble is not put on trial; its own error is told."""
    (tmp_path / "broken.py").write_text("def main(event):\n    raise KeyError('order')\n")
    said = prove(tmp_path / "broken.py")
    assert said.code == 1
    assert said.stdout.splitlines()[:2] == [
        "broken.py: 0 calls when nothing goes wrong",
        "Nothing to compare with: without trouble it ends as failed. KeyError: main raised it at broken.py:2: 'order'",
    ]


def test_the_same_orders_each_time(prove: Prove) -> None:
    """Two proofs of one action are equal to the letter, orders of runs at once included."""
    once = prove("search_then_create.py", "--json", "--orders", "8").json["trials"]
    assert once == prove("search_then_create.py", "--json", "--orders", "8").json["trials"]


def test_bad_input_is_named(prove: Prove, tmp_path: Path) -> None:
    """A file that is not there, and a seed that is none, are told in a line, and nothing is run."""
    assert (prove("none.py").code, "found no file" in prove("none.py").stderr) == (2, True)
    (tmp_path / "zone.yaml").write_text("account: {time_zone: Nowhere}")
    nowhere = prove("under_a_key.py", "--seed", str(tmp_path / "zone.yaml"))
    assert (nowhere.code, nowhere.stdout) == (1, "")
    assert "account.time_zone: expected a zone such as Europe/Berlin" in nowhere.stderr
    (tmp_path / "bad.yaml").write_text("tickets: [{subjekt: x}]")
    said = prove("under_a_key.py", "--seed", str(tmp_path / "bad.yaml"))
    assert (said.code, said.stdout) == (1, "")
    assert said.stderr.startswith(str(tmp_path / "bad.yaml")) or said.stderr.startswith("bad.yaml")
