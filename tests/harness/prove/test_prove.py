"""`harness prove`: what it finds, what it finds nothing in, and what it says when there is nothing to compare."""

from pathlib import Path

from tests.harness.prove.conftest import Prove

NAIVE = """\
search_then_create.py: 2 calls when nothing goes wrong
what happens                                              what it leaves        
────────────────────────────────────────────────────────────────────────────────
any fault at call 1, POST                                 the same              
/crm/v3/objects/tickets/search                                                  
4 of 7 faults at call 2, POST /crm/v3/objects/tickets     the same              
500 after call 2                                          3 tickets instead of 2
no answer, call 2 done                                    3 tickets instead of 2
killed after call 2                                       3 tickets instead of 2
run twice                                                 3 tickets instead of 2
twice at once, 20 orders                                  3 tickets instead of 2
24 of 35 trials left something else behind. HubSpot will do this to it one day.
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
    assert said.stdout == (
        "by_chance.py: 1 call when nothing goes wrong\n"
        "Nothing to compare with: two runs without trouble, at the same moment in equal accounts, left different "
        "things. What it writes depends on chance, or on the machine's clock.\n"
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
