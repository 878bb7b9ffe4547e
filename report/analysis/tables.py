"""Where are the closes, tickets and links that the analysis counts? In a report's DuckDB file, or behind Ibis anywhere.

Only what is read here is asked of a table: a warehouse may hold more columns, in any order and in capital letters.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import ibis
from ibis.common.exceptions import TableNotFound
from ibis.expr import types as ir

from deploy.refusals import Refused
from report.store import refusals, schema

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_KINDS: Mapping[str, str] = {
    "BIGINT": "int64",
    "SMALLINT": "int64",
    "VARCHAR": "string",
    "BOOLEAN": "boolean",
    "DATE": "date",
}
_EMPTY: Mapping[str, str | bool] = {"string": "", "boolean": False}


def _columns(table: schema.Table, names: str) -> Mapping[str, str]:
    types = {column.name: column.type for column in table.columns}
    return {name: _KINDS[types[name]] for name in names.split()}


COLUMNS: Mapping[str, Mapping[str, str]] = {
    "closes": _columns(
        schema.CLOSES,
        "portal_id thread_id closed_at day weekday hour inbox_id agent_id resolution reason overtaken ambiguous"
        " served_at served_by ticket_id places",
    ),
    "tickets": _columns(
        schema.TICKETS,
        "portal_id ticket_id created_at is_open closed_at answered_at chat_closed_at chat_sla_due_at"
        " confirmation_requested_at confirmation_sent_at contact_id",
    ),
    "links": _columns(schema.LINKS, "portal_id ticket_id"),
}
"""Of each table, what the analysis reads, and as what."""


class CannotRead(Refused):
    """A file or a warehouse whose tables the analysis cannot use."""


@dataclass(frozen=True)
class Tables:
    """The tables of one or of many portals."""

    closes: ir.Table
    tickets: ir.Table
    links: ir.Table


def of_backend(table: Callable[[str], ir.Table], where: Callable[[str], str] = "the table {}".format) -> Tables:
    """Take each table, by our name for it, from what holds them; a CannotRead says which columns are not there."""
    return Tables(**{name: _fitted(table(name), columns, where(name)) for name, columns in COLUMNS.items()})


def of_connection(connection: "DuckDBPyConnection") -> Tables:
    """The tables of a report's file that is open already: DuckDB does not open a file twice in two ways."""
    return of_backend(ibis.duckdb.from_connection(connection).table)


@contextmanager
def of_file(path: Path) -> Iterator[Tables]:
    """The tables of a report's file, which is only read, and closed afterwards."""
    import duckdb

    from report.store.store import SETTINGS

    if not path.is_file():
        raise CannotRead(str(path), expected="the file of what was gathered", found="none", remedy="Gather first.")
    try:
        with duckdb.connect(str(path), read_only=True, config=dict(SETTINGS)) as connection:
            # Nothing depends on the order of the rows; keeping it costs memory.
            connection.execute("SET preserve_insertion_order = false")
            yield of_connection(connection)
    except TableNotFound:
        raise refusals.foreign(path) from None
    except (duckdb.Error, OSError) as problem:
        raise refusals.of_duckdb(path, problem) from None


def _fitted(table: ir.Table, columns: Mapping[str, str], where: str) -> ir.Table:
    """Our names and types; text and flags without null, for some databases keep '' as null."""
    theirs = {name.casefold(): name for name in table.columns}
    lacking = [name for name in columns if name not in theirs]
    if lacking:
        expected, found = f"the columns {', '.join(columns)}", f"no {', no '.join(lacking)}"
        raise CannotRead(where, expected=expected, found=found, remedy="Name a table or view that has them.")
    return table.select(**{name: _column(table[theirs[name]], kind) for name, kind in columns.items()})


def _column(column: ir.Value, kind: str) -> ir.Value:
    column = column if column.type() in (ibis.dtype(kind), ibis.dtype(f"!{kind}")) else column.cast(kind)
    return column.fill_null(_EMPTY[kind]) if kind in _EMPTY else column
