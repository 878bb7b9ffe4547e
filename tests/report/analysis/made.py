"""Tables with random closes, tickets and links, with many ties and exact edges, for the analysis to count."""

import random
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from report.analysis.tables import COLUMNS, Tables, of_file
from report.store import schema

Record = dict[str, Any]

PORTALS = (1, 2, 3)
WITHIN = 5 * 60_000
FIRST, LAST = date(2026, 3, 1), date(2026, 3, 12)
BEGAN = int(datetime(2026, 3, 1, tzinfo=UTC).timestamp()) * 1000
UNTIL = BEGAN + 11 * 86_400_000 + 7 * 3_600_000
TYPES = {"int64": pa.int64(), "string": pa.string(), "date": pa.date32(), "boolean": pa.bool_()}


@dataclass(frozen=True)
class Made:
    """Rows of each table."""

    closes: list[Record]
    tickets: list[Record]
    links: list[Record]

    def arrow(self) -> Mapping[str, pa.Table]:
        """Each table as Arrow's, with every column that the analysis reads, also when there are no rows."""
        schemas = {
            name: pa.schema([(column, TYPES[kind]) for column, kind in columns.items()])
            for name, columns in COLUMNS.items()
        }
        return {name: pa.Table.from_pylist(getattr(self, name), schema) for name, schema in schemas.items()}

    @contextmanager
    def tables(self, file: Path) -> Iterator[Tables]:
        """In a DuckDB file, as a report's file is read."""
        write(file, self.arrow())
        with of_file(file) as tables:
            yield tables


def write(file: Path, tables: Mapping[str, pa.Table]) -> None:
    """Make a DuckDB file of them, as the store makes it; what the analysis does not read is 0 or empty."""
    with duckdb.connect(str(file)) as connection:
        for table in schema.TABLES:
            connection.execute(table.ddl)
            if table.name not in tables:
                continue
            connection.register("given", tables[table.name])
            values = [
                one.name if one.name in COLUMNS[table.name] else "NULL" if one.nullable else _FILLED[one.type]
                for one in table.columns
            ]
            connection.sql("FROM given").select(*map(duckdb.SQLExpression, values)).insert_into(table.name)
            connection.unregister("given")


_FILLED = {"BIGINT": "0", "INTEGER": "0", "VARCHAR": "''"}


def made(seed: int, closes: int = 120) -> Made:
    """Random rows of three portals; some of before and after the window."""
    chance = random.Random(seed)
    tickets = [_ticket(chance, number) for number in range(closes // 2)]
    rows = [_close(chance, number, tickets) for number in range(closes)]
    links = [
        {"portal_id": ticket["portal_id"], "ticket_id": ticket["ticket_id"]}
        for ticket in tickets
        for _ in range(chance.choice((0, 0, 1, 2)))
    ]
    return Made(rows, tickets, links)


def _moment(chance: random.Random) -> int:
    """Often the same few ones, at times the window's very ends."""
    edges = (BEGAN - 1, BEGAN, UNTIL - WITHIN, UNTIL - WITHIN + 1, BEGAN + 12 * 86_400_000, BEGAN + 12 * 86_400_000 - 1)
    return chance.choice((*edges, *(BEGAN + chance.randrange(-86_400_000, 13 * 86_400_000) for _ in range(12))))


def _ticket(chance: random.Random, number: int) -> Record:
    created = _moment(chance)

    def maybe(*moments: int) -> int | None:
        return chance.choice((None, *moments))

    close = maybe(created, created - 60_000, created + chance.randrange(-WITHIN, WITHIN))
    from_close = close if close is not None else created
    due = maybe(from_close + 3_600_000, from_close + 60_000, UNTIL, UNTIL - 1)
    return {
        "portal_id": PORTALS[number % 3],  # an id is a ticket in each of them
        "ticket_id": str(5_000 + number // 3),
        "created_at": created,
        "is_open": chance.random() < 0.7,
        "closed_at": maybe(created + 7_200_000, due or created, from_close - 1),
        "answered_at": maybe(from_close - 1, from_close, due or created, (due or created) + 1, created + 1_800_000),
        "chat_closed_at": close,
        "chat_sla_due_at": due,
        "confirmation_requested_at": maybe(from_close, from_close - 30 * 60_000, from_close - 30 * 60_000 - 1),
        "confirmation_sent_at": maybe(from_close + 5_000, from_close - 30 * 60_000 - 1),
        "contact_id": chance.choice(("", "", "31", "32", "33", str(chance.randrange(34, 60)))),
    }


def _close(chance: random.Random, number: int, tickets: list[Record]) -> Record:
    close = _moment(chance)
    ticket = chance.choice(tickets) if tickets and chance.random() < 0.6 else None
    if ticket is not None and ticket["chat_closed_at"] is not None and chance.random() < 0.7:
        close = ticket["chat_closed_at"]
    at = datetime.fromtimestamp(close / 1000, UTC)
    waited = chance.choice((-7_000, 0, 1, WITHIN - 1, WITHIN, WITHIN, WITHIN + 1, 60_000, chance.randrange(10_000_000)))
    resolution = chance.choice(("unresolved", "unresolved", "unresolved", "unjudged", "resolved", "skipped"))
    reasons = ("waiting_on_visitor", "ai_unclear", "no_answer", "last_word")
    return {
        "portal_id": ticket["portal_id"] if ticket else chance.choice(PORTALS),
        "thread_id": str(9_000 + number),
        "closed_at": close,
        "day": at.date(),
        "weekday": at.isoweekday(),
        "hour": at.hour,
        "inbox_id": chance.choice(("7", "8", "9")),
        "agent_id": chance.choice(("", "A-1", "A-2", "A-30")),
        "resolution": resolution,
        "reason": "" if resolution == "unjudged" else chance.choice(reasons),
        "overtaken": chance.random() < 0.3,
        "ambiguous": chance.random() < 0.3,
        "served_at": close + waited if ticket else None,
        "served_by": chance.choice(("created", "made_before", "attached", "reopened")) if ticket else "",
        "ticket_id": ticket["ticket_id"] if ticket else "",
        "places": chance.choice(("chat_thread_id", "chat_threads,thread", "ticket", "thread")) if ticket else "",
    }
