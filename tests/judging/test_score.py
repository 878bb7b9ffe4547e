"""Does the scorer count what it says?"""

from pathlib import Path

import pytest

from tests.judging.score import HERE, Table, judged, main

WAITING = "- {id: en-01, label: unresolved, rule: 4, reason: no_answer, messages: [{by: visitor, text: where is it}]}\n"
SERVED = """- id: en-02
  label: resolved
  rule: 10
  reason: answered_in_session
  messages: [{by: visitor, text: where is it}, {by: agent, text: In the shop.}, {by: visitor, text: thanks}]
"""


def test_rates_are_of_the_unresolved() -> None:
    """Recall: how many waiting visitors are found; precision: how many tickets are for one; skipped counts in none."""
    table = Table()
    for label, seen in [("unresolved", "unresolved")] * 3 + [("unresolved", "resolved"), ("resolved", "unresolved")]:
        table.add(label, seen)
    table.add("skipped", "skipped")

    assert (table.recall, table.precision, table.skipped_exactly) == (0.75, 0.75, True)


def test_a_wrongly_skipped_chat_fails_every_threshold() -> None:
    """A chat that should have been left alone, or was left alone wrongly, is no matter of rates."""
    table = Table()
    table.add("skipped", "resolved")

    assert not table.meets((0.0, 0.0))


def test_a_good_file_passes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """All right: the table is printed, exit code 0."""
    file = tmp_path / "en.yaml"
    file.write_text(WAITING + SERVED, encoding="utf-8")

    assert main([str(file)]) == 0
    assert "rule 4 no_answer              1 of 1" in capsys.readouterr().out


def test_a_miss_is_named_and_fails(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A waiting visitor who is not found is listed with label and verdict, and the exit code is 1."""
    file = tmp_path / "en.yaml"
    file.write_text(SERVED.replace("label: resolved", "label: unresolved"), encoding="utf-8")

    assert main(["--misses", str(file)]) == 1
    told = capsys.readouterr()
    assert "en-02: unresolved by rule 10 answered_in_session, judged ('resolved', 'answered_in_session')" in told.out
    assert told.err == "below the thresholds, or skipped wrongly: set 1: en, set 1: all\n"


def test_sets_are_told_apart_and_counted_together(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The number in a file's name is its set; a table for each, and one for all."""
    for name, chats in (("en", WAITING), ("en-2", SERVED)):
        (tmp_path / f"{name}.yaml").write_text(chats, encoding="utf-8")

    assert main([str(tmp_path / "en.yaml"), str(tmp_path / "en-2.yaml")]) == 0
    assert [line.split()[:2] for line in capsys.readouterr().out.splitlines() if "unresolved" in line] == [
        ["set", "1"],
        ["set", "2"],
        ["together", "unresolved"],
    ]


@pytest.mark.parametrize("number", ["", "-2"])
def test_every_language_has_forty_chats(number: str) -> None:
    """Eight languages, one file each, as chat-to-ticket asks (section 9), in each of both sets."""
    languages = ["de", "en", "es", "fr", "it", "ja", "nl", "pt"]

    assert all((HERE / f"{name}{number}.yaml").read_text("utf-8").count("\n- id: ") >= 40 for name in languages)


def test_rich_text_is_read_as_words() -> None:
    """A chat that came as HTML is judged by its words."""
    chat = {"messages": [{"by": "visitor", "text": "<p>where is it</p>"}, {"by": "agent", "text": "<p>I'll ask.</p>"}]}

    assert judged(chat).reason == "promised"
