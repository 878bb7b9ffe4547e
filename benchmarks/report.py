"""How long does a report take whose closes are gathered already, and what does it hold in memory?

1. From the command on, in a process of its own: the DuckDB file is opened, everything counted, and the page with every
   table and chart made, beside the JSON, CSV and Markdown. Of 10,000, 100,000 and 1,000,000 closes of a year. Wanted
   of the last: at most 10 s and 500 MB. Wanted of a close of 1,000,000: at most what one of 10,000 costs.
2. The counting alone, once the libraries are loaded, and beside it what somebody would write otherwise: the same
   numbers with pandas, out of the same file. Only told.

Machines are noisy, so the rounds go around, and the best of each counts. Needs Linux, for /proc.
`python benchmarks/report.py [--rounds N] [--json]`; ends with 1 when a figure is missed.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks import report_rows
from benchmarks.figures import Figure, told

ROOT = Path(__file__).resolve().parents[1]
SIZES = (10_000, 100_000, 1_000_000)
WAYS = ("report", "pandas")
Measured = dict[str, float]


def main() -> int:
    """Measure everything, and say whether it is what it should be."""
    asked = _arguments()
    if asked.way:
        print(json.dumps({"report": _reported, "pandas": _with_pandas}[asked.way](asked.file)))
        return 0
    with tempfile.TemporaryDirectory() as folder:
        files = {size: Path(folder) / f"{size}.duckdb" for size in SIZES}
        for size, file in files.items():
            report_rows.write(file, size)
        rounds = [
            {(way, size): _run(way, file) for size, file in files.items() for way in WAYS} for _ in range(asked.rounds)
        ]
    best = {key: {name: min(each[key][name] for each in rounds) for name in rounds[0][key]} for key in rounds[0]}
    return told(_figures(best), as_json=asked.json)


def _figures(best: dict[tuple[str, int], Measured]) -> list[Figure]:
    figures = []
    for size in SIZES:
        ours, theirs, last = best["report", size], best["pandas", size], size == SIZES[-1]
        page = (
            f"processor time {ours['cpu']:.1f} s; page and others {ours['shown']:.1f} s, {ours['bytes'] / 1e6:.1f} MB"
        )
        figures += [
            Figure(f"{size:,} closes", ours["whole"], "s", at_most=10 if last else None, more=page),
            Figure(f"{size:,} closes, memory", ours["peak"] / 1e6, "MB", at_most=500 if last else None),
            Figure(f"{size:,} closes, counting", ours["counted"], "s"),
            Figure(
                f"{size:,} closes, pandas",
                theirs["whole"],
                "s",
                more=f"processor time {theirs['cpu']:.1f} s; counting {theirs['counted']:.1f} s",
            ),
            Figure(f"{size:,} closes, pandas' memory", theirs["peak"] / 1e6, "MB"),
        ]
    few, many = (best["report", size] for size in (SIZES[0], SIZES[-1]))
    for name, what in (("whole", "time"), ("counted", "time of counting"), ("peak", "memory")):
        ratio = (many[name] / SIZES[-1]) / (few[name] / SIZES[0])
        figures.append(Figure(f"per close, {what}", ratio, "times", at_most=1, more="1,000,000 beside 10,000"))
    middle = best["report", SIZES[1]]["counted"] - few["counted"]
    further = (many["counted"] - few["counted"]) / (SIZES[-1] - SIZES[0]) / (middle / (SIZES[1] - SIZES[0]))
    figures.append(Figure("per further close, counting", further, "times", more="up to 1,000,000 beside up to 100,000"))
    return figures


def _run(way: str, file: Path) -> Measured:
    """In a process of its own."""
    begun = time.perf_counter()
    command = [sys.executable, __file__, "--way", way, "--file", str(file)]
    measured: Measured = json.loads(subprocess.check_output(command, cwd=ROOT))
    return measured | {"whole": time.perf_counter() - begun}


def _costs() -> Measured:
    """Of this process so far: the most bytes it ever had in memory, and seconds of processor time."""
    status = Path("/proc/self/status").read_text("utf-8")
    return {"peak": int(status.partition("VmHWM:")[2].split()[0]) * 1024, "cpu": time.process_time()}


def _reported(file: Path) -> Measured:
    """Everything that a report shows."""
    import pyarrow  # noqa: F401, ICN001 (loading is not counting)

    from report.analysis.answer import findings
    from report.analysis.tables import of_file
    from report.show.as_csv import as_csv
    from report.show.as_json import as_json
    from report.show.markdown import markdown
    from report.show.page.page import page

    with _timed() as counted, of_file(file) as tables:
        found = findings(
            tables,
            portal=report_rows.PORTAL,
            first_day=report_rows.FIRST_DAY,
            last_day=report_rows.LAST_DAY,
            within_ms=report_rows.WITHIN,
            until=report_rows.UNTIL,
            made_at=report_rows.UNTIL,
            link=lambda inbox, thread: f"https://example.org/{inbox}/{thread}",
        )
    with _timed() as shown:
        outputs = [show(found) for show in (page, as_json, as_csv, markdown)]
    sizes = sum(len(output.encode()) for output in outputs)
    return {"counted": counted[0], "shown": shown[0], "bytes": sizes, **_costs()}


def _with_pandas(file: Path) -> Measured:
    """The same numbers, by somebody who reads the tables into memory."""
    import duckdb
    import pandas  # noqa: F401, ICN001 (loading is not counting)

    with _timed() as counted:
        with duckdb.connect(str(file), read_only=True) as connection:
            closes, tickets, links = (connection.table(name).df() for name in ("closes", "tickets", "links"))
        _count_closes(closes)
        _count_tickets(closes, tickets, links)
    return {"counted": counted[0], **_costs()}


def _count_closes(closes: Any) -> None:
    due = closes.closed_at + report_rows.WITHIN
    needed = closes.resolution.isin(["unresolved", "unjudged"])
    flags = {
        "needed": needed,
        "served": needed & (closes.served_at <= due),
        "late": needed & (closes.served_at > due),
        "dropped": needed & closes.served_at.isna() & (due <= report_rows.UNTIL),
    }
    closes = closes.assign(**flags, wait=closes.served_at - closes.closed_at, late_by=closes.served_at - due)
    names = list(flags)
    closes[names].sum()
    for key in ("day", "inbox_id", "agent_id", "reason", ["weekday", "hour"]):
        closes[closes.needed].groupby(key)[names].sum()
    found = closes[closes.served | closes.late]
    found.served_by.value_counts()
    found.places.str.split(",").explode().value_counts()
    found.wait.quantile([0.5, 0.9, 0.99])
    found[found.late].late_by.quantile([0.5, 0.9, 0.99])
    closes[closes.dropped | closes.late].sort_values(["dropped", "closed_at"], ascending=False).head(10_000)


def _count_tickets(closes: Any, tickets: Any, links: Any) -> None:
    answer = tickets.answered_at.fillna(tickets.closed_at)
    for start in (tickets.chat_closed_at, tickets.created_at):
        due = tickets.chat_sla_due_at - tickets.chat_closed_at + start
        _ = (answer > due).sum(), (answer <= due).sum(), (answer.isna() & (due < report_rows.UNTIL)).sum()
        (answer - start).quantile([0.5, 0.9, 0.99])
    both = closes[closes.ticket_id.ne("")].merge(tickets, on=["portal_id", "ticket_id"])
    sent = both[["confirmation_sent_at", "confirmation_requested_at"]].max(axis=1) >= both.closed_at_x - 1_800_000
    _ = sent.sum(), both[~sent].ticket_id.unique()
    ours = tickets.is_open & (tickets.chat_closed_at.notna() | tickets.ticket_id.isin(links.ticket_id))
    people = tickets[ours].groupby("contact_id").ticket_id.agg(list)
    _ = people[people.str.len() > 1]


@contextmanager
def _timed() -> Iterator[list[float]]:
    took: list[float] = []
    begun = time.perf_counter()
    yield took
    took.append(time.perf_counter() - begun)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--way", choices=WAYS, help=argparse.SUPPRESS)
    parser.add_argument("--file", type=Path, help=argparse.SUPPRESS)
    return parser.parse_args()


if __name__ == "__main__":
    raise SystemExit(main())
