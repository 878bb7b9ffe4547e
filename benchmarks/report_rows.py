"""A report's DuckDB file with as many closes as are wanted: a year of one portal, the same rows every time."""

from datetime import date
from pathlib import Path

import duckdb

from report.store import schema

PORTAL = 145_000_001
FIRST_DAY, LAST_DAY = date(2025, 3, 1), date(2026, 2, 28)
BEGAN, UNTIL = 1_740_787_200_000, 1_772_323_200_000
WITHIN = 300_000

# Half of the closes need a ticket; of these 85 % are served, 5 % late and 10 % dropped. chance(n) is 0 to 999.
_CLOSES = """
CREATE MACRO chance(number, salt) AS (hash(number * 31 + salt) % 1000)::INTEGER;
INSERT INTO closes BY NAME
WITH drawn AS (
    SELECT range AS number, $began + (hash(range) % ($until - $began))::BIGINT AS closed_at,
        chance(range, 1) AS outcome, chance(range, 2) AS service FROM range($count)
), judged AS (
    SELECT *, CASE WHEN outcome < 400 THEN 'resolved' WHEN outcome < 500 THEN 'skipped'
            WHEN outcome < 600 THEN 'unjudged' ELSE 'unresolved' END AS resolution,
        outcome >= 500 AND service < 900 AS found, make_timestamp_ms(closed_at) AS moment FROM drawn
)
SELECT $portal AS portal_id, (7_000_000_000 + number)::VARCHAR AS thread_id, closed_at,
    closed_at - 600_000 AS started_at, moment::DATE AS day,
    isodow(moment)::SMALLINT AS weekday, hour(moment)::SMALLINT AS hour,
    (40 + chance(number, 3) % 12)::VARCHAR AS inbox_id, '1000' AS channel_id,
    CASE WHEN chance(number, 4) < 80 THEN '' ELSE 'A-' || chance(number, 4) % 150 END AS agent_id,
    (300_000 + hash(number + 9) % ($count // 2 + 1))::VARCHAR AS contact_id, resolution,
    ['no_answer', 'last_word', 'waiting_on_visitor', 'ai_unclear', 'promise'][1 + chance(number, 5) % 5] AS reason,
    '' AS marker, 'en' AS language, 12::INTEGER AS messages, chance(number, 6) < 30 AS overtaken,
    chance(number, 7) < 50 AS ambiguous,
    CASE WHEN found THEN closed_at
        + CASE WHEN service < 850 THEN hash(number + 5) % 300_000 ELSE 300_001 + hash(number + 5) % 9_000_000 END
    END::BIGINT AS served_at,
    CASE WHEN found THEN ['created', 'created', 'made_before', 'attached', 'reopened'][1 + chance(number, 8) % 5]
        ELSE '' END AS served_by,
    CASE WHEN found THEN (8_000_000_000 + number)::VARCHAR ELSE '' END AS ticket_id,
    CASE WHEN found THEN ['chat_thread_id,chat_threads', 'chat_threads', 'thread,ticket'][1 + chance(number, 9) % 3]
        ELSE '' END AS places, $until AS judged_at
FROM judged;
"""
_TICKETS = """
INSERT INTO tickets BY NAME
SELECT portal_id, ticket_id, served_at AS created_at, '0' AS pipeline, '1' AS stage, 'MEDIUM' AS priority,
    chance(closed_at, 1) < 20 AS is_open,
    CASE WHEN chance(closed_at, 1) >= 20 THEN served_at + 90_000_000 END AS closed_at,
    CASE WHEN chance(closed_at, 2) < 900 THEN served_at + hash(closed_at + 3) % 30_000_000 END::BIGINT AS answered_at,
    closed_at AS chat_closed_at, closed_at AS chat_first_closed_at, closed_at + 28_800_000 AS chat_sla_due_at,
    CASE WHEN chance(closed_at, 4) < 980 THEN served_at + 2_000 END AS confirmation_requested_at,
    NULL::BIGINT AS confirmation_sent_at, contact_id, $until AS changed_at
FROM closes WHERE ticket_id <> '';
INSERT INTO links BY NAME
SELECT portal_id, ticket_id, thread_id, unnest(string_split(places, ',')) AS place, served_at AS since,
    NULL::BIGINT AS closed_at FROM closes WHERE ticket_id <> '';
"""


def write(file: Path, count: int) -> None:
    """Make the file, of `count` closes, their tickets and links."""
    values = {"portal": PORTAL, "began": BEGAN, "until": UNTIL, "count": count}
    sql = _CLOSES + _TICKETS
    for name, value in values.items():
        sql = sql.replace(f"${name}", str(value))
    with duckdb.connect(str(file)) as connection:
        for table in schema.TABLES:
            connection.execute(table.ddl)
        connection.execute(sql)
