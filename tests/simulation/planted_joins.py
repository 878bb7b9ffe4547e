"""Mistakes about which ticket a chat comes to, and in what state it leaves it; planted as the others are."""

from tests.simulation.planted import Plant

PLANTS_OF_JOINS = (
    Plant(
        "opens nothing again",
        "create_ticket",
        (('    if own and chat.closes[-1] - (stage_since(own) or 0) < settings["reopen_ms"]:\n', "    if False:\n"),),
        "back again",
    ),
    Plant(
        "a guess at a shared address",
        "dedup_check",
        (("    if len(candidates) > most:\n", "    if False:\n"),),
        "same issue",
    ),
    Plant(
        "however long ago",
        "dedup_check",
        (
            (
                '(given.moment("started_at") or now_ms()) - int(given.number("lookback_days", 7) * 86400000)',
                "0",
            ),
        ),
        "same issue",
    ),
    Plant(
        "waits on nobody",
        "create_ticket",
        (('        stage = stage or str(settings["stage_moves"].get(stage_of(ticket)[1]) or "")\n', ""),),
        "moves on",
    ),
    Plant(
        "fails after its work",
        "stamp_chat_closed_at",
        (
            (
                'return answer(mode, outcome, ticket_id, dict(ticket["properties"], **changes) if ticket else {})',
                'raise ValueError("zone unknown")',
            ),
        ),
        "comes through",
    ),
)
