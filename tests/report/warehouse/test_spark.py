"""Do the same expressions come to the same on DuckDB and on Spark, row by row?"""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from ibis.expr import types as ir

from report.analysis import expressions, warehouse
from report.analysis.answer import by_portal
from report.analysis.expressions import Scope
from report.analysis.tables import Tables
from tests.report.analysis.asked import asked
from tests.report.analysis.made import BEGAN, FIRST, LAST, UNTIL, WITHIN, Made, made
from tests.report.analysis.recounted import differences, recounted

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

SAID = """
backend = "pyspark"
schema = "chats"
[tables]
closes = "chat_closes"
"""
NAMES = {"closes": "chat_closes", "tickets": "tickets", "links": "links"}
SCOPE = Scope(FIRST, LAST, WITHIN, UNTIL)


class Warehouse:
    """Spark's tables, filled anew for each test, found through a TOML as a user's are."""

    def __init__(self, spark: "SparkSession", file: Path) -> None:
        self._spark, self._file = spark, file
        file.write_text(SAID, "utf-8")
        spark.sql("CREATE DATABASE IF NOT EXISTS chats")

    def tables(self, rows: Made) -> Tables:
        for name, table in rows.arrow().items():
            frame = self._spark.createDataFrame(table)
            frame.write.saveAsTable(f"chats.{NAMES[name]}", mode="overwrite")
        return warehouse.read(self._file)


@pytest.fixture
def lake(spark: "SparkSession", tmp_path: Path) -> Iterator[Warehouse]:
    yield Warehouse(spark, tmp_path / "warehouse.toml")
    spark.sql("DROP DATABASE chats CASCADE")


@pytest.mark.parametrize(("seed", "closes"), [(1, 12), (2, 400)])
def test_findings_are_the_same(lake: Warehouse, tmp_path: Path, seed: int, closes: int) -> None:
    """Of a few and of many random rows, Spark's and DuckDB's Findings are those of plain Python."""
    rows = made(seed, closes)
    with rows.tables(tmp_path / "report.duckdb") as tables:
        ours, theirs = asked(tables), asked(lake.tables(rows))
    assert [differences(each, recounted(rows, 1)) for each in (ours, theirs)] == [{}, {}]


def test_no_rows_are_the_same(lake: Warehouse, tmp_path: Path) -> None:
    """Of empty tables too."""
    rows = Made([], [], [])
    with rows.tables(tmp_path / "report.duckdb") as tables:
        ours, theirs = asked(tables), asked(lake.tables(rows))
    assert [differences(each, recounted(rows, 1)) for each in (ours, theirs)] == [{}, {}]


def test_limits_leave_out_the_same(lake: Warehouse) -> None:
    """What is left out beyond the limit is the same on Spark."""
    rows = made(5, closes=300)
    assert differences(asked(lake.tables(rows), most_rows=2), recounted(rows, 1, most=2)) == {}


def test_every_row_is_the_same(lake: Warehouse, tmp_path: Path) -> None:
    """Each expression gives the same rows, values and types of values on both, in their order."""
    rows = made(3, closes=300)
    with rows.tables(tmp_path / "report.duckdb") as tables:
        ours = {name: _rows(table) for name, table in _expressions(tables).items()}
    theirs = {name: _rows(table) for name, table in _expressions(lake.tables(rows)).items()}
    assert theirs == ours
    assert min(map(len, ours.values())) > 0


def test_portals_are_the_same(lake: Warehouse, tmp_path: Path) -> None:
    """An agency's comparison of its portals is the same on both."""
    rows = made(3, closes=300)
    asking: dict[str, Any] = {"first_day": FIRST, "last_day": LAST, "within_ms": WITHIN, "until": UNTIL}
    with rows.tables(tmp_path / "report.duckdb") as tables:
        ours = by_portal(tables, **asking)
    assert by_portal(lake.tables(rows), **asking) == ours
    assert [row.portal_id for row in ours if row.dropped] != []


def _expressions(tables: Tables) -> dict[str, ir.Table]:
    closes = expressions.judged(tables, [1, 2], SCOPE)
    both = expressions.kept(tables, 1, BEGAN, UNTIL)
    confirmable = expressions.confirmable(tables, closes, SCOPE)
    return {
        "judged": closes.order_by("portal_id", "thread_id"),
        "counts": expressions.counts(closes).order_by("kind", "key"),
        "counts_of_portals": expressions.counts_of_portals(closes).order_by("key"),
        "rows": expressions.rows(closes, 50),
        "from_close": both[0].tickets.order_by("start", "due", "answer"),
        "from_creation": both[1].tickets.order_by("start", "due", "answer"),
        "clocks": expressions.clocks(both, UNTIL).order_by("kind"),
        "ranked": expressions.ranked(closes, both).order_by("kind", "place"),
        "confirmable": confirmable.order_by("ticket_id", "sent", "missing"),
        "confirmations": expressions.confirmations(confirmable),
        "unconfirmed": expressions.unconfirmed(confirmable, 5),
        "two_open": expressions.two_open(tables, 1, 50).order_by("contact_id", "ticket_id"),
    }


def _rows(table: ir.Table) -> list[list[tuple[str, str, Any]]]:
    """Each value with its column and type."""
    return [
        [(name, type(value).__name__, value) for name, value in row.items()] for row in table.to_pyarrow().to_pylist()
    ]
