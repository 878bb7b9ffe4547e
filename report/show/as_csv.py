"""What does a spreadsheet open? One row per late or dropped close, in which nothing is taken for a formula."""

import csv
import io

from deploy.showing import printable
from report.analysis.findings import Findings
from report.show.figures import iso
from report.show.labels import Labels, Names

COLUMNS = (
    "status", "closed_at", "late_by_ms", "reason", "inbox", "agent", "ambiguous", "overtaken", "places",
    "thread_id", "ticket_id", "conversation", "ticket",
)  # fmt: skip
FORMULA = ("=", "+", "-", "@", "\t", "＝", "＋", "－", "＠")
"""What a cell of a formula begins with, in Excel, LibreOffice and Google Sheets; also full-width, as East Asian
keyboards write it."""


def as_csv(findings: Findings, names: Names | None = None) -> str:
    """The rows, dropped ones first, under the names of the columns."""
    labels, text = Labels(findings, names), io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    for row in findings.closes:
        cells = (
            row.status,
            iso(row.closed_at, findings.zone),
            "" if row.late_by is None else str(row.late_by),
            row.reason,
            labels.inbox(row.inbox_id),
            labels.agent(row.agent_id) if row.agent_id else "",
            "yes" if row.ambiguous else "no",
            "yes" if row.overtaken else "no",
            row.places.replace(",", " "),
            row.thread_id,
            row.ticket_id,
            labels.chat(row),
            labels.ticket(row.ticket_id) if row.ticket_id else "",
        )
        writer.writerow(map(_harmless, cells))
    return text.getvalue()


def _harmless(cell: str) -> str:
    """On one line, and with an apostrophe before what would be a formula; spreadsheets do not show it."""
    cell = printable(cell)
    return f"'{cell}" if cell.lstrip(" \xa0").startswith(FORMULA) else cell
