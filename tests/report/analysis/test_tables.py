"""Is a file that cannot be counted refused, in words that say what to do?"""

import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from deploy.refusals import Refused
from report.analysis.tables import of_connection, of_file
from report.store.store import Store
from tests.report.analysis.asked import asked
from tests.report.analysis.made import made
from tests.report.analysis.recounted import differences, recounted

HOLD = "import duckdb, sys; held = duckdb.connect(sys.argv[1]); print(1, flush=True); sys.stdin.read()"


def _refused(file: Path) -> str:
    with pytest.raises(Refused) as refused, of_file(file):
        pass
    return str(refused.value)


def test_no_file_is_refused(tmp_path: Path) -> None:
    """Without a file there is nothing to count, and none is made."""
    file = tmp_path / "report.duckdb"
    assert _refused(file) == f"{file}: expected the file of what was gathered, found none. Gather first."
    assert not file.exists()


def test_another_file_is_refused(tmp_path: Path) -> None:
    """A file that is not DuckDB's is left as it is."""
    file = tmp_path / "report.duckdb"
    file.write_text("of somebody else" * 1000, "utf-8")
    assert "one that is damaged or not DuckDB's" in _refused(file)
    assert file.read_text("utf-8") == "of somebody else" * 1000


def test_another_database_is_refused(tmp_path: Path) -> None:
    """A DuckDB file without the tables is one of something else."""
    with duckdb.connect(str(tmp_path / "report.duckdb")) as connection:
        connection.execute("CREATE TABLE closes (thread_id VARCHAR)")
    assert "expected the columns portal_id, " in _refused(tmp_path / "report.duckdb")
    with duckdb.connect(str(tmp_path / "report.duckdb")) as connection:
        connection.execute("DROP TABLE closes")
    assert "found a database of something else" in _refused(tmp_path / "report.duckdb")


def test_a_file_in_use_is_refused(tmp_path: Path) -> None:
    """While another process writes it, nothing is counted."""
    file = tmp_path / "report.duckdb"
    command = [sys.executable, "-c", HOLD, str(file)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout
        assert holder.stdout.readline() == "1\n"
        said = _refused(file)
        holder.communicate("")
    found = "expected to be the only one who has it open, found another program that has"
    assert said == f"{file}: {found}. Close it, and run this again."


def test_an_open_store_is_counted(tmp_path: Path) -> None:
    """What a command has just gathered is counted through its own connection, which stays open."""
    rows = made(4)
    with Store.at(tmp_path / ".report" / "report.duckdb") as store:
        for name, table in rows.arrow().items():
            store.connection.register(f"given_{name}", table)
        store.connection.execute(
            "INSERT INTO closes BY NAME SELECT *, '1' AS channel_id, '' AS contact_id, '' AS marker, '' AS language,"
            " 1 AS messages, 1 AS judged_at FROM given_closes"
        )
        store.connection.execute(
            "INSERT INTO tickets BY NAME SELECT *, '' AS pipeline, '' AS stage, '' AS priority, 1 AS changed_at"
            " FROM given_tickets"
        )
        store.connection.execute(
            "INSERT INTO links BY NAME SELECT *, '' AS thread_id, 'thread' AS place, 1 AS since FROM given_links"
        )
        assert differences(asked(of_connection(store.connection)), recounted(rows, 1)) == {}
        assert store.ask("SELECT count(*) FROM closes") == [(len(rows.closes),)]
