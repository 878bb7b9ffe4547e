"""The question that every test of the analysis asks."""

from report.analysis.answer import findings
from report.analysis.findings import Findings
from report.analysis.tables import Tables
from tests.report.analysis.made import FIRST, LAST, UNTIL, WITHIN


def asked(tables: Tables, portal: int = 1, most_rows: int = 10_000) -> Findings:
    """The Findings of one portal in the usual window."""
    return findings(
        tables,
        portal=portal,
        first_day=FIRST,
        last_day=LAST,
        within_ms=WITHIN,
        until=UNTIL,
        made_at=UNTIL + 1,
        link=lambda _, thread: f"https://app-eu1.hubspot.com/live-messages/{portal}/inbox/{thread}",
        name="example",
        ui_host="app-eu1.hubspot.com",
        complete=False,
        most_rows=most_rows,
    )
