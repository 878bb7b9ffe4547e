"""Answers at the terminal and by a file."""

import csv
import io
from pathlib import Path

import pytest

from deploy.refusals import Refused
from report.calibrate import sheet_file
from report.calibrate.answering import take
from report.calibrate.strata import Stratum
from tests.report.calibrate.judged import BEGAN, PORTAL, Judged

COLUMNS = "close,closed,verdict,reason,why,chat,answer"


def kept(judged: Judged) -> list[tuple[object, ...]]:
    with judged.opened() as store:
        return store.ask(
            "SELECT thread_id, resolution, reason, agrees FROM answers WHERE portal_id = $1 ORDER BY 1", PORTAL
        )


def test_what_is_shown_and_asked(judged: Judged) -> None:
    """Verdict, reason in words, time and link; another key is explained, and the answer kept."""
    judged.closes(1, "unresolved", "promised")
    assert judged.types(judged.draw(5), "x\nA\n") == (
        1,
        "\n[1/1] unresolved: it needed a ticket\n"
        "  why:    promised. The agent promised to come back to the visitor.\n"
        "  closed: 2026-11-02 22:54 UTC\n"
        "  chat:   https://app.example.org/101/1001\n"
        "agree, disagree, skip or quit? [a/d/s/q] One of the letters a, d, s and q, then Enter.\n"
        "agree, disagree, skip or quit? [a/d/s/q] ",
    )
    assert kept(judged) == [("1001", "unresolved", "promised", True)]


@pytest.mark.parametrize("keys", ["a\nd\nq\n", "agree\nDisagree\n"])
def test_who_quits_keeps_what_was_answered(judged: Judged, keys: str) -> None:
    """By q, or by the end of the input; the next time goes on with the rest."""
    judged.closes(4, "unresolved", "no_answer")
    drawn = judged.draw(4)
    assert judged.types(drawn, keys)[0] == 2
    assert {row[0] for row in kept(judged)} == {one.thread_id for one in drawn[:2]}
    assert judged.draw(4) == drawn[2:]


class Interrupted(io.StringIO):
    def readline(self, size: int | None = -1) -> str:  # type: ignore[override]
        line = super().readline()
        if not line:
            raise KeyboardInterrupt
        return line


def test_ctrl_c_keeps_what_was_answered(judged: Judged) -> None:
    """Each answer is on the disk before the next question."""
    judged.closes(4, "unresolved", "no_answer")
    assert take(judged.sheet, judged.draw(4), Interrupted("a\nd\n"), io.StringIO(), lambda: 1) == 2
    assert {row[3] for row in kept(judged)} == {False, True}


def test_the_store_is_free_while_a_person_reads(judged: Judged) -> None:
    """Another command can use the store between a question and its answer."""
    judged.closes(2, "unresolved", "no_answer")

    class Reader(io.StringIO):
        def readline(self, size: int | None = -1) -> str:  # type: ignore[override]
            judged.closes(1, "resolved", "marker")
            return "a\n"

    assert take(judged.sheet, judged.draw(2), Reader(), io.StringIO(), lambda: 1) == 2
    assert judged.strata() == [
        Stratum("unresolved", "no_answer", 2, 2, 2),
        Stratum("resolved", "marker", 2),
    ]


def test_a_verdict_that_changed_since_is_not_counted(judged: Judged) -> None:
    """An answer speaks of the verdict that was shown; of a close kept no longer it still does."""
    judged.closes(4, "unresolved", "no_answer")
    judged.types(judged.draw(4), "a\na\nd\nd\n")
    with judged.opened() as store:
        store.change("UPDATE closes SET resolution = 'resolved', reason = 'marker' WHERE thread_id = '1001'")
        store.change("DELETE FROM closes WHERE thread_id = '1002'")
        (agreed,) = store.ask("SELECT count(*) FILTER (agrees) FROM answers WHERE thread_id <> '1001'")[0]
    assert judged.strata() == [
        Stratum("unresolved", "no_answer", 2, 3, agreed, 1),
        Stratum("resolved", "marker", 1),
    ]


def written(judged: Judged, file: Path) -> list[dict[str, str]]:
    judged.closes(2, "unresolved", "no_answer")
    judged.closes(2, "resolved", "marker")
    sheet_file.write(judged.sheet, sorted(judged.draw(4), key=lambda one: one.thread_id), file)
    return list(csv.DictReader(io.StringIO(file.read_text("utf-8"))))


def test_a_file_goes_out(judged: Judged, tmp_path: Path) -> None:
    """A line for each close: its name, which is no number, verdict, reason in words, link, and room for the answer."""
    assert written(judged, tmp_path / "sample.csv")[0] == {
        "close": f"1001-{BEGAN + 1001 * 60_000}",
        "closed": "2026-11-02 22:54 UTC",
        "verdict": "unresolved",
        "reason": "no_answer",
        "why": "Nobody answered the visitor.",
        "chat": "https://app.example.org/101/1001",
        "answer": "",
    }


@pytest.mark.parametrize(("delimiter", "mark", "end"), [(",", "", "\n"), (";", "\ufeff", "\r\n")])
def test_a_file_comes_back(judged: Judged, tmp_path: Path, delimiter: str, mark: str, end: str) -> None:
    """As it was written or as a spreadsheet of another country saves it; lines without an answer stay open."""
    rows = written(judged, tmp_path / "sample.csv")
    for row, answer in zip(rows, ("agree", "D", "skip", ""), strict=True):
        row["answer"] = answer
    text = io.StringIO()
    lines = csv.DictWriter(text, list(rows[0]), delimiter=delimiter, lineterminator=end)
    lines.writeheader()
    lines.writerows(rows)
    (tmp_path / "back.csv").write_bytes((mark + text.getvalue() + end).encode())
    judged.sheet.keep(sheet_file.read(judged.sheet, tmp_path / "back.csv"), 1)
    assert kept(judged) == [
        ("1001", "unresolved", "no_answer", True),
        ("1002", "unresolved", "no_answer", False),
        ("1003", "resolved", "marker", None),
    ]


def test_every_wrong_line_is_named(judged: Judged, tmp_path: Path) -> None:
    """With its number and what is wrong; then nothing is kept of the others either."""
    rows = written(judged, tmp_path / "sample.csv")
    at = rows[0]["close"].removeprefix("1001-")
    (tmp_path / "back.csv").write_text(
        f"{COLUMNS}\n"
        f"1001-{at},,unresolved,no_answer,,,agree\n"
        f"1001-{at},,unresolved,no_answer,,,agree\n"
        f"77-{at},,unresolved,no_answer,,,agree\n"
        f"{rows[1]['close']},,resolved,marker,,,agree\n"
        f"{rows[2]['close']},,resolved,marker,,,perhaps\n"
        f"1.79E+12,,resolved,marker,,,agree\n",
        "utf-8",
    )
    with pytest.raises(Refused) as caught:
        sheet_file.read(judged.sheet, tmp_path / "back.csv")
    assert caught.value.found == (
        "line 3: the same close as line 2; "
        f"line 4: no close '77-{at}' is known; "
        "line 5: it was judged anew since, unresolved (no_answer); "
        "line 6: the answer 'perhaps'; "
        "line 7: no close '1.79E+12' is known"
    )
    assert kept(judged) == []


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (b"", f"none named {', '.join(COLUMNS.split(','))}"),
        (COLUMNS.replace(",answer", "").encode(), "none named answer"),
        ((COLUMNS + ",answer\n").encode(), "one twice"),
        (COLUMNS.encode("utf-16"), "another encoding"),
        (f'{COLUMNS}\n"1001-1,'.encode(), "line 2: unexpected end of data"),
    ],
)
def test_another_file_is_refused(judged: Judged, tmp_path: Path, content: bytes, found: str) -> None:
    """What was not written by --csv-out, or was damaged, says what is missing."""
    (tmp_path / "back.csv").write_bytes(content)
    with pytest.raises(Refused) as caught:
        sheet_file.read(judged.sheet, tmp_path / "back.csv")
    assert (caught.value.where, caught.value.found) == ("back.csv", found)
