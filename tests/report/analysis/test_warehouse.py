"""Are tables found where a TOML says, whatever they are called there, and is each mistake in it named?"""

from pathlib import Path

import duckdb
import pytest

from deploy.refusals import Refused
from report.analysis import warehouse
from tests.report.analysis.asked import asked
from tests.report.analysis.made import Made, made, write
from tests.report.analysis.recounted import recounted

RENAMED = """
    CREATE SCHEMA chats;
    CREATE TABLE chats.chat_closes AS SELECT * REPLACE (
            nullif(agent_id, '') AS agent_id, nullif(ticket_id, '') AS ticket_id, nullif(places, '') AS places,
            closed_at::DECIMAL(18, 0) AS closed_at, day::TIMESTAMP AS day, nullif(overtaken, false) AS overtaken)
        FROM closes;
    ALTER TABLE chats.chat_closes RENAME closed_at TO "CLOSED_AT";
    ALTER TABLE chats.chat_closes RENAME day TO "Day";
    ALTER TABLE tickets RENAME TO tickets_of_ours;
    CREATE VIEW chats.support_tickets AS SELECT 'more' AS another, * FROM lake.main.tickets_of_ours;
    CREATE TABLE chats.links AS SELECT * FROM links;
    DROP TABLE closes; DROP TABLE links;
"""
SAID = """
    backend = "duckdb"
    {place}
    [connection]
    read_only = true
    [secrets]
    database = "CHATS_DATABASE"
    [tables]
    closes = "chat_closes"
    tickets = "support_tickets"
"""
GOOD = 'backend = "duckdb"\n'


@pytest.fixture
def rows() -> Made:
    return made(4)


@pytest.mark.parametrize("place", ['catalog = "lake"\n    schema = "chats"', 'schema = "chats"'])
def test_tables_have_other_names_elsewhere(
    tmp_path: Path, rows: Made, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    """With another catalog, schema, names, capitals, types and null for '', the Findings are the same."""
    write(tmp_path / "lake.duckdb", rows.arrow())
    with duckdb.connect(str(tmp_path / "lake.duckdb")) as connection:
        connection.execute(RENAMED)
    monkeypatch.setenv("CHATS_DATABASE", str(tmp_path / "lake.duckdb"))
    (tmp_path / "warehouse.toml").write_text(SAID.format(place=place), "utf-8")
    assert asked(warehouse.read(tmp_path / "warehouse.toml")) == recounted(rows, 1)


MISTAKES = {
    "not TOML": ("backend = ", "said: expected a warehouse's TOML file, found Invalid value (at end of document)."),
    "another key": (GOOD + "table = 1", "said, table: expected only the keys backend, catalog, schema, connection,"),
    "no backend": ("", "said, backend: expected a backend of Ibis, found none. Name one."),
    "backend that is none": (
        'backend = "table"',
        "said, backend: expected a backend of Ibis, found 'table'. There are",
    ),
    "backend as a number": ("backend = 3", "said, backend: expected a text, found int. Correct it."),
    "catalog alone": (GOOD + 'catalog = "a"', "said, schema: expected one beside the catalog, found none. Name it."),
    "empty name": (GOOD + '[tables]\ncloses = ""', "said, tables.closes: expected a text, found an empty text."),
    "table of no use": (GOOD + '[tables]\nmarks = "a"', "said, tables.marks: expected only closes, tickets, links,"),
    "tables as text": (GOOD + 'tables = "a"', "said, tables: expected a table, found str. Correct it."),
    "secret in the file": (
        GOOD + '[connection]\npassword = "hunter2"',
        "said, connection.password: expected no secret, found one. Export it as a variable and write "
        'password = "ITS_NAME" below [secrets].',
    ),
    "HubSpot's token": (
        GOOD + '[connection]\nuser = "pat-na1-00000000-0000-4000-8000-000000000000"',
        "said: expected no secret, found what looks like HubSpot's token.",
    ),
    "variable not set": (
        GOOD + '[secrets]\ndatabase = "NO_SUCH_VARIABLE"',
        "said, secrets.database: expected a value in the variable NO_SUCH_VARIABLE, found none. Export NO_SUCH",
    ),
    "no connection": (
        GOOD + '[secrets]\ndatabase = "CHATS_SECRET"\n[connection]\nread_only = true',
        "said, connection: expected what ibis.duckdb.connect takes and duckdb lets in, found IOException: ",
    ),
    "no table": (
        GOOD + 'schema = "main"\n[tables]\ncloses = "chat_closes"',
        "said, tables.closes: expected a table main.chat_closes that can be read, found TableNotFound. Correct",
    ),
}


@pytest.mark.parametrize(("text", "message"), MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, message: str) -> None:
    """The refusal says file and key, what was expected and found; what a variable holds is in none."""
    monkeypatch.setenv("CHATS_SECRET", str(tmp_path / "hunter2"))
    (tmp_path / "said").write_text(text, "utf-8")
    with pytest.raises(Refused) as refused:
        warehouse.read(tmp_path / "said")
    assert str(refused.value)[: len(message)] == message
    assert "hunter2" not in str(refused.value)


def test_no_file_is_named(tmp_path: Path) -> None:
    """A file that is not there is refused by its name."""
    with pytest.raises(Refused, match=r"^said: expected a warehouse's TOML file, found none\. Write one"):
        warehouse.read(tmp_path / "said")


def test_columns_that_lack_are_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A table without a column that is counted is refused with file, key and the columns."""
    with duckdb.connect(str(tmp_path / "lake.duckdb")) as connection:
        connection.execute("CREATE TABLE closes AS SELECT 1 AS portal_id; CREATE TABLE links AS SELECT 1 AS portal_id")
        connection.execute("CREATE TABLE tickets AS SELECT 1 AS portal_id")
    (tmp_path / "said").write_text(GOOD + f'[connection]\ndatabase = "{tmp_path}/lake.duckdb"', "utf-8")
    with pytest.raises(Refused) as refused:
        warehouse.read(tmp_path / "said")
    found = "thread_id, closed_at, day, weekday, hour, inbox_id, agent_id, resolution, reason, overtaken, ambiguous, "
    found += "served_at, served_by, ticket_id, places"
    assert str(refused.value) == (
        f"said, tables.closes: expected the columns portal_id, {found}, found no {', no '.join(found.split(', '))}. "
        "Name a table or view that has them."
    )
