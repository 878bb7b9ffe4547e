"""`report accounts` and `report tables`: accounts side by side from a warehouse, and the way of the tables into it."""

import json as json_text
import sys
import time
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

from report.analysis.findings import Portal
from report.analysis.tables import COLUMNS
from report.settings import read
from report.show.figures import share
from report.store.store import Store
from report.window import span, window

Warehouse = Annotated[
    Path, typer.Option(metavar="FILE", help="A TOML that says where the tables are: docs/warehouse.md.")
]


def accounts(
    *,
    warehouse: Warehouse,
    days: Annotated[int, typer.Option(min=1, help="How many whole days back, besides today.")] = 30,
    within: Annotated[str, typer.Option(help="How soon a ticket has to be there: 5m, 90s, 1h.")] = "5m",
    json: Annotated[bool, typer.Option("--json", help="Print one JSON object and nothing else.")] = False,
) -> None:
    """Accounts side by side, as they stand in a warehouse: the one with the most dropped chats first. Example:

    python -m report accounts --warehouse warehouse.toml --days 90
    """
    from report.analysis.answer import by_portal
    from report.analysis.warehouse import read as connected

    allowed, now = span("--within", within), int(time.time() * 1000)
    asked = window("UTC", now, days)
    found = by_portal(
        connected(warehouse), first_day=asked.first_day, last_day=asked.last_day, within_ms=allowed, until=now
    )
    if json:
        print(json_text.dumps(_document(found, asked.first_day, asked.last_day, allowed), indent=2))
    else:
        _shown(found)


def tables(
    *,
    portal: Annotated[str, typer.Option(help="A file in deploy/portals, without .toml.")],
    out: Annotated[Path, typer.Option(metavar="FOLDER", help="Where the files are written.")],
) -> None:
    """Write what was gathered as Parquet files, one for each table, for a warehouse to load. Example:

    python -m report tables --portal example --out tables
    """
    settings = read(portal)
    out.mkdir(parents=True, exist_ok=True)
    with Store.open(settings.name) as store:
        for name in COLUMNS:
            file = out / f"{name}.parquet"
            print(f"{file}  {store.copy_out(name, file):,} rows")


def _document(rows: Sequence[Portal], first: date, last: date, within: int) -> dict[str, Any]:
    return {
        "version": 1,
        "firstDay": first.isoformat(),
        "lastDay": last.isoformat(),
        "withinMs": within,
        "accounts": [
            {
                "portalId": each.portal_id,
                "needed": each.needed,
                "served": each.served,
                "late": each.late,
                "dropped": each.dropped,
                "rate": each.rate,
            }
            for each in rows
        ],
    }


def _shown(rows: Sequence[Portal]) -> None:
    if not rows:
        print("No account has closes in these days.")
        return
    table = Table(box=SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for number, column in enumerate(("account", "needed a ticket", "in time", "late", "dropped", "drop rate")):
        table.add_column(column, justify="right" if number else "left")
    for each in rows:
        counts = (each.needed, each.served, each.late, each.dropped)
        table.add_row(str(each.portal_id), *(f"{count:,}" for count in counts), share(each.rate))
    Console(file=sys.stdout, highlight=False).print(table)
