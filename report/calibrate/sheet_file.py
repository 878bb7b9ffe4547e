"""How are answers taken from a spreadsheet? A CSV file with a column to fill in, read back whole or not at all.

Thread and moment stand in one cell with a hyphen between: a spreadsheet shows a number of 13 digits rounded, and saves
what it shows.
"""

import csv
import io
from collections.abc import Sequence
from pathlib import Path

from actions.parts.resolution import REASONS
from deploy.refusals import Refused
from deploy.showing import short
from deploy.whole_files import write_whole
from report.calibrate.answering import WORDS, Sheet
from report.calibrate.drawing import Drawn

COLUMNS = ("close", "closed", "verdict", "reason", "why", "chat", "answer")
ANSWERS = {"a": True, "d": False, "s": None} | WORDS
MOST_BYTES = 20_000_000
MOST_SAID = 20  # wrong lines that are named
ONE = """
SELECT thread_id, closed_at, inbox_id, resolution, reason FROM closes
WHERE portal_id = $1 AND (thread_id, closed_at) IN (SELECT unnest($2::VARCHAR[]), unnest($3::BIGINT[]))
"""


def write(sheet: Sheet, drawn: Sequence[Drawn], file: Path) -> None:
    """The closes, with the column `answer` empty: agree, disagree or skip is to be written there."""
    text = io.StringIO()
    lines = csv.writer(text, lineterminator="\n")
    lines.writerow(COLUMNS)
    for one in drawn:
        chat = sheet.link(one.inbox_id, one.thread_id)
        why = REASONS.get(one.reason, "")
        lines.writerow([_close(one), sheet.closed(one), one.resolution, one.reason, why, chat, ""])
    write_whole(file, text.getvalue())


def read(sheet: Sheet, file: Path) -> list[tuple[Drawn, bool | None]]:
    """The answers of a file that was filled in; lines without one are left out. A Refused names every wrong line."""
    rows = _rows(file)
    parts = [row["close"].partition("-") for _, row in rows]
    named = [(thread, int(moment)) for thread, _, moment in parts if _whole(moment)]
    with sheet.opened() as store:
        found = store.ask(ONE, sheet.portal_id, [thread for thread, _ in named], [moment for _, moment in named])
    known = {_close(one): one for one in (Drawn(*row) for row in found)}
    wrong: list[str] = []
    answers: list[tuple[Drawn, bool | None]] = []
    before: dict[str, int] = {}
    for number, row in rows:
        close = row["close"]
        trouble = _trouble(row, known.get(close), before.get(close))
        before.setdefault(close, number)
        if trouble:
            wrong.append(f"line {number}: {trouble}")
        elif row["answer"]:
            answers.append((known[close], ANSWERS[row["answer"].lower()]))
    if wrong:
        more = f" (and {len(wrong) - MOST_SAID} more)" if len(wrong) > MOST_SAID else ""
        raise Refused(
            file.name,
            expected="lines as --csv-out wrote them, with agree, disagree, skip or nothing as answer",
            found="; ".join(wrong[:MOST_SAID]) + more,
            remedy="Correct these lines and read the file again; nothing was kept.",
        )
    return answers


def _trouble(row: dict[str, str], close: Drawn | None, before: int | None) -> str:
    if close is None:
        return f"no close {short(row['close'])!r} is known"
    if before is not None:
        return f"the same close as line {before}"
    if (row["verdict"], row["reason"]) != (close.resolution, close.reason):
        return f"it was judged anew since, {close.resolution} ({close.reason})"
    if row["answer"] and row["answer"].lower() not in ANSWERS:
        return f"the answer {short(row['answer'])!r}"
    return ""


def _rows(file: Path) -> list[tuple[int, dict[str, str]]]:
    """Each line with its number, its values stripped. Spreadsheets of some countries part by semicolons."""
    raw = file.read_bytes()[: MOST_BYTES + 1]
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise _other(file, "another encoding", "Save it as CSV in UTF-8.") from None
    if len(raw) > MOST_BYTES:
        raise _other(file, f"more than {MOST_BYTES:,} bytes", "Read the file that --csv-out wrote.")
    head = text.partition("\n")[0]
    try:
        lines = csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=head.count), strict=True)
        names = [name.strip() for name in next(lines, [])]
        missing = [name for name in COLUMNS if name not in names]
        if missing or len(set(names)) != len(names):
            lacks = f"none named {', '.join(missing)}" if missing else "one twice"
            raise _other(file, lacks, "Leave the first line as it was written.")
        rows = []
        for values in lines:
            if not any(value.strip() for value in values):
                continue
            padded = [*values, *[""] * (len(names) - len(values))]
            rows.append((lines.line_num, {name: value.strip() for name, value in zip(names, padded, strict=False)}))
        return rows
    except csv.Error as mistake:
        raise _other(file, f"line {lines.line_num}: {mistake}", "Correct this line.") from None


def _other(file: Path, found: str, remedy: str) -> Refused:
    return Refused(file.name, expected=f"CSV with the columns {', '.join(COLUMNS)}", found=found, remedy=remedy)


def _close(one: Drawn) -> str:
    return f"{one.thread_id}-{one.closed_at}"


def _whole(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= 15
