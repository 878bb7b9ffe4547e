"""The file of what was gathered: opened by one command at a time, written in whole steps, read by SQL."""

import contextlib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import duckdb
from filelock import FileLock, Timeout

from report.store import folder, refusals, schema
from report.store.schema import Table

PATIENCE = 60.0  # seconds a command waits for the one before
FRESH = ".fresh"  # the end of the name of a copy that is being made
TROUBLE = (duckdb.Error, OSError, RuntimeError)  # the last: Ctrl-C, as DuckDB tells it
EVERY_PORTAL = 0  # whose mark the schema's version is
SETTINGS: dict[
    str, str | bool | int | float | list[str]
] = {  # no extension is fetched, and nothing is kept in memory past the end of a step that it need not
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "threads": "2",
}


class Store:
    """One open file. Every write is a step that is there whole or not at all."""

    def __init__(self, path: Path, lock: FileLock, connection: duckdb.DuckDBPyConnection) -> None:
        self.path = path
        self.connection = connection
        self._lock = lock
        self._in_step = False

    @classmethod
    def open(cls, name: str, patience: float = PATIENCE) -> Self:
        """The store of an account, by the name of its portal's file."""
        from report.settings import store_of

        return cls.at(store_of(name), patience)

    @classmethod
    def at(cls, path: Path, patience: float = PATIENCE) -> Self:
        """The store in this file, which is made where there is none; a StoreRefused says why not."""
        try:
            folder.make(path.parent)
            lock = _locked(path, patience)
        except OSError as mistake:
            raise refusals.of_duckdb(path, mistake) from None
        try:
            _fresh(path)
            return cls(path, lock, _connected(path))
        except BaseException:
            lock.release()
            raise

    def close(self) -> None:
        """Put everything into the one file and let the next command in."""
        try:
            with folder.unreadable_by_others():
                self.connection.close()
        finally:
            self._lock.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, mistake: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def ask(self, sql: str, *values: Any) -> list[tuple[Any, ...]]:
        """The rows that a query finds."""
        try:
            return self.connection.execute(sql, list(values)).fetchall()
        except TROUBLE as mistake:
            raise refusals.of_duckdb(self.path, mistake) from None

    @contextlib.contextmanager
    def step(self) -> Iterator[None]:
        """All that is written in it is there when it ends, or, whatever happens, none of it."""
        if self._in_step:
            yield
            return
        with folder.unreadable_by_others():
            self._do("BEGIN TRANSACTION")
            self._in_step = True
            try:
                yield
                self._do("COMMIT")
            except BaseException:
                with contextlib.suppress(duckdb.Error):
                    self.connection.execute("ROLLBACK")
                raise
            finally:
                self._in_step = False

    def change(self, sql: str, *values: Any) -> None:
        """One statement that writes."""
        with self.step():
            self._do(sql, values)

    def put(self, table: Table, rows: Iterable[Sequence[Any]]) -> None:
        """Write rows; each takes the place of the one with the same key, if the table has a key."""
        at = [table.names.index(name) for name in table.key]
        given = list(rows)
        if at:
            given = list({tuple(row[place] for place in at): row for row in given}.values())
        if not given:
            return
        columns = [list(column) for column in zip(*given, strict=True)]
        asked = [f"unnest(${number}::{one.type}[])" for number, one in enumerate(table.columns, 1)]
        with self.step():
            if at and not table.enforced:
                keys = [f"unnest(${number}::{table.columns[place].type}[])" for number, place in enumerate(at, 1)]
                where = f"({', '.join(table.key)}) IN (SELECT {', '.join(keys)})"
                self._do(f"DELETE FROM {table.name} WHERE {where}", [columns[place] for place in at])
            verb = "INSERT OR REPLACE INTO" if table.enforced else "INSERT INTO"
            self._do(f"{verb} {table.name} SELECT {', '.join(asked)}", columns)

    def drop(self, table: Table, portal: int, column: str, ids: Iterable[str]) -> None:
        """Take out an account's rows with these ids in a column."""
        wanted = list(ids)
        if wanted:
            where = f"portal_id = $1 AND {column} IN (SELECT unnest($2::VARCHAR[]))"
            self.change(f"DELETE FROM {table.name} WHERE {where}", portal, wanted)

    def mark(self, portal: int, name: str) -> str:
        """How far something was read; empty: it was not."""
        found = self.ask("SELECT value FROM marks WHERE portal_id = $1 AND name = $2", portal, name)
        return str(found[0][0]) if found else ""

    def set_mark(self, portal: int, name: str, value: str) -> None:
        """Remember how far."""
        self.put(schema.MARKS, [(portal, name, value)])

    def copy_out(self, table: str, file: Path) -> int:
        """Write a table as a Parquet file that only its owner reads; how many rows it has."""
        quoted = str(file).replace("'", "''")
        try:
            with folder.unreadable_by_others():
                ((count,),) = self.connection.execute(f"COPY {table} TO '{quoted}' (FORMAT parquet)").fetchall()
        except TROUBLE as mistake:
            raise refusals.of_duckdb(file, mistake) from None
        return int(count)

    def rewrite(self) -> None:
        """Make the file anew from its rows: what was taken out leaves no bytes behind."""
        fresh = _fresh(self.path)
        with folder.unreadable_by_others():
            (own,) = self.ask("SELECT current_database()")[0]
            self._do(f"ATTACH '{str(fresh).replace(chr(39), chr(39) * 2)}' AS fresh")
            try:
                self._do(f'COPY FROM DATABASE "{own}" TO fresh')
                self._do("CHECKPOINT fresh")
            finally:
                self._do("DETACH fresh")
            self.connection.close()
            fresh.replace(self.path)
            self.connection = _connected(self.path)

    def _do(self, sql: str, values: Sequence[Any] = ()) -> None:
        try:
            self.connection.execute(sql, list(values))
        except TROUBLE as mistake:
            raise refusals.of_duckdb(self.path, mistake) from None


def _locked(path: Path, patience: float) -> FileLock:
    lock = FileLock(path.with_name(path.name + ".lock"), timeout=patience, mode=folder.ONLY_MINE)
    try:
        lock.acquire(poll_interval=0.1)
    except Timeout:
        raise refusals.waited(path, patience) from None
    return lock


def _connected(path: Path) -> duckdb.DuckDBPyConnection:
    """The file opened, made where there is none, and found to be ours."""
    folder.tighten(path)
    settings = SETTINGS | {"temp_directory": str(path.with_name(path.name + ".tmp"))}
    with folder.unreadable_by_others():
        try:
            if not path.exists():
                _make(path)
            connection = duckdb.connect(str(path), config=settings)
        except (duckdb.Error, OSError) as mistake:
            raise refusals.of_duckdb(path, mistake) from None
        try:
            _is_ours(path, connection)
        except (duckdb.Error, OSError) as mistake:
            connection.close()
            raise refusals.of_duckdb(path, mistake) from None
        except BaseException:
            connection.close()
            raise
    return connection


def _is_ours(path: Path, connection: duckdb.DuckDBPyConnection) -> None:
    there = {str(name) for (name,) in connection.execute("SELECT table_name FROM duckdb_tables()").fetchall()}
    if "marks" not in there:
        raise refusals.foreign(path)
    versions = connection.execute(
        "SELECT value FROM marks WHERE portal_id = ? AND name = 'schema'", [EVERY_PORTAL]
    ).fetchall()  # all: a result that is left unfinished holds the connection
    if not versions or not str(versions[0][0]).isdigit():
        raise refusals.foreign(path)
    if int(versions[0][0]) > schema.VERSION:
        raise refusals.newer(path, f"schema {versions[0][0]}, newer than {schema.VERSION}")


def _make(path: Path) -> None:
    """A new file, whole before it is in its place: one that was cut short is refused as damaged."""
    _log(path).unlink(missing_ok=True)  # of a file that was moved away
    fresh = _fresh(path)
    with duckdb.connect(str(fresh), config=SETTINGS) as connection:
        for table in schema.TABLES:
            connection.execute(table.ddl)
        connection.execute("INSERT INTO marks VALUES (?, 'schema', ?)", [EVERY_PORTAL, str(schema.VERSION)])
        connection.execute("CHECKPOINT")
    fresh.replace(path)


def _fresh(path: Path) -> Path:
    """Where a file is made before it takes its place; what an earlier try left there is gone."""
    fresh = path.with_name(path.name + FRESH)
    for left in (fresh, _log(fresh)):
        left.unlink(missing_ok=True)
    return fresh


def _log(path: Path) -> Path:
    """What DuckDB has written of a file and not yet into it."""
    return path.with_name(path.name + ".wal")
