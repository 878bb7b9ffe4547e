"""Which tables are there? Written here alone: the file is made from this, and a warehouse is expected to have these.

All moments are epoch ms in UTC, ids are text. No column holds what somebody typed, a name or an address.
"""

from dataclasses import dataclass
from typing import Literal

VERSION = 1
Type = Literal["BIGINT", "INTEGER", "SMALLINT", "VARCHAR", "BOOLEAN", "DATE", "DOUBLE"]


@dataclass(frozen=True)
class Column:
    """One column."""

    name: str
    type: Type
    nullable: bool = False


@dataclass(frozen=True)
class Table:
    """One table; `key` is what a row replaces its predecessor by, and `enforced` that the file watches over it."""

    name: str
    columns: tuple[Column, ...]
    key: tuple[str, ...] = ()
    enforced: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        """The columns' names, in order."""
        return tuple(column.name for column in self.columns)

    @property
    def ddl(self) -> str:
        """What makes it, in DuckDB's words, where it is not there yet."""
        lines = [f'"{one.name}" {one.type}{"" if one.nullable else " NOT NULL"}' for one in self.columns]
        lines += [f"PRIMARY KEY ({', '.join(self.key)})"] if self.enforced else []
        return f"CREATE TABLE IF NOT EXISTS {self.name} ({', '.join(lines)})"


def _columns(text: str) -> tuple[Column, ...]:
    """Columns from `name TYPE` parted by commas; a ? behind the type: it may be NULL."""
    pairs = [entry.split() for entry in text.split(",")]
    return tuple(Column(name, type.rstrip("?"), type.endswith("?")) for name, type in pairs)  # type: ignore[arg-type]


CLOSES = Table(
    "closes",
    _columns(
        "portal_id BIGINT, thread_id VARCHAR, closed_at BIGINT, started_at BIGINT?, day DATE, weekday SMALLINT,"
        " hour SMALLINT, inbox_id VARCHAR, channel_id VARCHAR, agent_id VARCHAR, contact_id VARCHAR,"
        " resolution VARCHAR, reason VARCHAR, marker VARCHAR, language VARCHAR, messages INTEGER, overtaken BOOLEAN,"
        " ambiguous BOOLEAN, served_at BIGINT?, served_by VARCHAR, ticket_id VARCHAR, places VARCHAR, judged_at BIGINT"
    ),
    ("portal_id", "thread_id", "closed_at"),
    enforced=True,
)
TICKETS = Table(
    "tickets",
    _columns(
        "portal_id BIGINT, ticket_id VARCHAR, created_at BIGINT, pipeline VARCHAR, stage VARCHAR, priority VARCHAR,"
        " is_open BOOLEAN, closed_at BIGINT?, answered_at BIGINT?, chat_closed_at BIGINT?,"
        " chat_first_closed_at BIGINT?, chat_sla_due_at BIGINT?, confirmation_requested_at BIGINT?,"
        " confirmation_sent_at BIGINT?, contact_id VARCHAR, changed_at BIGINT"
    ),
    ("portal_id", "ticket_id"),
    enforced=True,
)
LINKS = Table(
    "links",
    _columns("portal_id BIGINT, ticket_id VARCHAR, thread_id VARCHAR, place VARCHAR, since BIGINT, closed_at BIGINT?"),
)
STAGES = Table(
    "stages", _columns("portal_id BIGINT, ticket_id VARCHAR, entered_at BIGINT, stage VARCHAR, is_open BOOLEAN")
)
THREADS = Table(
    "threads",
    _columns(
        "portal_id BIGINT, thread_id VARCHAR, inbox_id VARCHAR, channel_id VARCHAR, status VARCHAR, created_at BIGINT,"
        " closed_at BIGINT?, latest_at BIGINT?, received_at BIGINT?, contact_id VARCHAR, ticket_id VARCHAR,"
        " judged_for BIGINT?, spam BOOLEAN, agent_id VARCHAR"
    ),
    ("portal_id", "thread_id"),
    enforced=True,
)
ACTORS = Table("actors", _columns("portal_id BIGINT, actor_id VARCHAR, type VARCHAR"), ("portal_id", "actor_id"))
RUNS = Table(
    "runs",
    _columns(
        "portal_id BIGINT, began_at BIGINT, ended_at BIGINT?, since BIGINT, calls INTEGER, threads INTEGER,"
        " closes INTEGER"
    ),
    ("portal_id", "began_at"),
)
MARKS = Table("marks", _columns("portal_id BIGINT, name VARCHAR, value VARCHAR"), ("portal_id", "name"))
ANSWERS = Table(
    "answers",
    _columns(
        "portal_id BIGINT, thread_id VARCHAR, closed_at BIGINT, resolution VARCHAR, reason VARCHAR, agrees BOOLEAN?,"
        " at BIGINT"
    ),
    ("portal_id", "thread_id", "closed_at"),
)
INCIDENTS = Table(
    "incidents",
    _columns(
        "portal_id BIGINT, began_at BIGINT, ended_at BIGINT?, kind VARCHAR, dropped INTEGER, expected DOUBLE?,"
        " told_at BIGINT?, recovery_told_at BIGINT?"
    ),
    ("portal_id", "began_at", "kind"),
)
REPAIRS = Table(
    "repairs",
    _columns("portal_id BIGINT, thread_id VARCHAR, closed_at BIGINT, state VARCHAR, ticket_id VARCHAR, at BIGINT"),
    ("portal_id", "thread_id", "closed_at"),
)
TABLES = (CLOSES, TICKETS, LINKS, STAGES, THREADS, ACTORS, RUNS, MARKS, ANSWERS, INCIDENTS, REPAIRS)
