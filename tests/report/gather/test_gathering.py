"""What is in the store after a gathering, and how many calls did it take?"""

from actions.parts.moments import iso, millis
from report.gather.run import Progress
from tests.report.desk import CANARY, PROPERTIES, Desk, waiting

OUTCOME = "thread_id, closed_at, resolution, reason, served_at, served_by, ticket_id, places"
FIRST, SECOND = "8000000001", "8000000002"
NOTHING_NEW = [
    "GET /account-info/2026-09/details",
    "GET /crm/properties/2026-09/tickets/chat_thread_id",
    "GET /conversations/conversations/2026-09/threads",
    "POST /crm/objects/2026-09/tickets/search",
]


def closed(desk: Desk) -> dict[str, int]:
    """When each thread closed."""
    return {one["id"]: int(millis(one["closedAt"])) for one in desk.threads() if one.get("closedAt")}


def test_a_chat_that_nobody_carries_is_there_whole(desk: Desk) -> None:
    """A close without a ticket has its verdict, its day in the account's zone, its ids and its counts, and no word."""
    desk.seeded(account={"time_zone": "Pacific/Kiritimati"}, chats=[waiting()])
    at, visitor = closed(desk)[FIRST], desk.threads()[0]["associatedContactId"]
    gathered = desk.gathers()
    assert (gathered.complete, gathered.portal_id, gathered.until, gathered.window.zone) == (
        True,
        4711001,
        desk.now,
        "Pacific/Kiritimati",
    )
    (row,) = desk.rows("* EXCLUDE (day, weekday, hour, judged_at)")
    assert row == (
        *(4711001, FIRST, at, at - 60_000, "1200001", "1000", "", visitor, "unresolved", "no_answer", "", "en"),
        *(2, False, False, None, "", "", ""),
    )
    ((day, weekday, hour),) = desk.rows("day::VARCHAR, weekday, hour")
    local = iso(at + 14 * 3_600_000)
    assert (day, hour, 1 <= weekday <= 7) == (local[:10], int(local[11:13]), True)


def test_a_ticket_in_time_spares_reading_the_chat(desk: Desk) -> None:
    """Whose ticket was there within five minutes is known as served, and its messages are not asked for."""
    desk.seeded(chats=[waiting("1 h"), waiting("61 s")], properties=PROPERTIES)
    desk.stands_still()
    at = closed(desk)
    now = desk.passes(60)
    ticket = desk.makes_ticket(chat_thread_id=SECOND)
    desk.requests()
    desk.gathers()
    assert [one for one in desk.requests() if one.endswith("/messages")] == [
        f"GET /conversations/conversations/2026-09/threads/{FIRST}/messages"
    ]
    assert desk.rows(OUTCOME) == [
        (FIRST, at[FIRST], "unresolved", "no_answer", None, "", "", ""),
        (SECOND, at[SECOND], "unjudged", "", now, "created", ticket, "chat_thread_id"),
    ]


def test_nothing_new_takes_a_handful_of_calls(desk: Desk) -> None:
    """The second run asks what there is, finds that it knows it, and looks once for the tickets of dropped chats."""
    desk.seeded(chats=[waiting(repeat=3, every="10 min")], contacts=[{"email": "visitor-1@example.org"}])
    desk.gathers()
    before = desk.rows("*")
    desk.requests()
    assert desk.gathers().calls == 5
    assert desk.requests() == [
        *NOTHING_NEW,
        "POST /crm/associations/2026-09/conversations/tickets/batch/read",
    ]
    assert desk.rows("*") == before


def test_a_ticket_that_comes_later_makes_a_drop_late(desk: Desk) -> None:
    """A dropped chat of the first run is late in the second, from when its line came onto another chat's ticket."""
    desk.seeded(chats=[waiting()], properties=PROPERTIES)
    desk.stands_still()
    at = closed(desk)[FIRST]
    ticket = desk.makes_ticket(subject="Older", createdate=iso(at - 86_400_000))
    desk.gathers()
    assert desk.rows(OUTCOME) == [(FIRST, at, "unresolved", "no_answer", None, "", "", "")]
    now = desk.passes(3600)
    desk.changes(ticket, chat_threads=f"{FIRST} · closed {iso(at)} · https://example.org")
    desk.passes(3600)
    desk.changes(ticket, subject="Older still")
    desk.gathers()
    assert desk.rows(OUTCOME) == [(FIRST, at, "unresolved", "no_answer", now, "attached", ticket, "chat_threads")]


def test_a_ticket_that_was_made_closed_serves_once_it_opens(desk: Desk) -> None:
    """Of a ticket that is closed the history says when it was open."""
    desk.seeded(chats=[waiting()], properties=PROPERTIES)
    desk.stands_still()
    at = closed(desk)[FIRST]
    ticket = desk.makes_ticket(chat_thread_id=FIRST, hs_pipeline_stage="4")
    opened = desk.passes(600)
    desk.changes(ticket, hs_pipeline_stage="2")
    desk.passes(600)
    desk.changes(ticket, hs_pipeline_stage="4")
    desk.gathers()
    assert desk.rows(OUTCOME) == [(FIRST, at, "unresolved", "no_answer", opened, "created", ticket, "chat_thread_id")]
    assert [is_open for _, is_open in desk.rows("entered_at, is_open", "stages")] == [False, True, False]


def test_a_chat_that_closes_without_a_word_is_found(desk: Desk) -> None:
    """One that was open in the first run and closed later, long after its last message, is judged in the second."""
    talk = [{"visitor": "Where is my order?"}, {"visitor": "It has not come."}]
    desk.seeded(chats=[waiting("20 days", talk=talk), waiting("2 h"), waiting("1 h", talk=talk)])
    desk.gathers()
    assert [thread for (thread,) in desk.rows("thread_id")] == [SECOND]
    now = desk.passes(60)
    desk.closes_thread(FIRST)
    desk.gathers()
    assert desk.rows("thread_id, closed_at, resolution")[0] == (FIRST, now, "unresolved")
    assert desk.rows("thread_id, status", "threads") == [
        (FIRST, "CLOSED"),
        (SECOND, "CLOSED"),
        ("8000000003", "OPEN"),
    ]


def test_an_open_chat_that_was_archived_is_known_as_gone(desk: Desk) -> None:
    """What is no longer there is asked for once."""
    desk.seeded(chats=[waiting("2 h", talk=[{"visitor": "Where is my order?"}])])
    desk.gathers()
    assert desk.call("DELETE", f"/conversations/conversations/2026-09/threads/{FIRST}").status == 204
    desk.gathers()
    assert desk.rows("thread_id, status", "threads") == [(FIRST, "GONE")]
    desk.requests()
    desk.gathers()
    assert desk.requests() == NOTHING_NEW


def test_a_ticket_that_search_does_not_find_yet_counts(desk: Desk) -> None:
    """While the search is behind, a dropped chat's ticket is found by its key in the record store."""
    desk.seeded(chats=[waiting("10 min")], properties=PROPERTIES)
    desk.stands_still()
    at = closed(desk)[FIRST]
    desk.weather({"kind": "search_lags", "seconds": 3600})
    now = desk.passes(1)
    ticket = desk.makes_ticket(chat_thread_id=FIRST)
    desk.gathers()
    assert desk.rows(OUTCOME) == [(FIRST, at, "unresolved", "no_answer", now, "created", ticket, "chat_thread_id")]


def test_says_how_far_it_is_and_no_more_than_it_knows(desk: Desk) -> None:
    """Each stage in turn; how long it takes is said once the chats that have to be read are known, and comes true."""
    desk.seeded(chats=[waiting(repeat=6, every="10 min")])
    told: list[Progress] = []
    gathered = desk.gathers(tell=told.append)
    assert list(dict.fromkeys(one.stage for one in told)) == ["account", "threads", "messages", "look-ups", "done"]
    left = [one for one in told if one.stage == "messages"]
    assert [(one.done, one.of) for one in left] == [(done, 6) for done in range(1, 7)]
    assert [one.seconds_left for one in told if one.stage in ("account", "threads")] == [None, None]
    assert sorted((one.seconds_left or 0 for one in left), reverse=True) == [one.seconds_left for one in left]
    assert (told[-1].seconds_left, told[-1].calls) == (0, gathered.calls)


def test_a_wider_window_is_gathered_from_where_the_other_began(desk: Desk) -> None:
    """After a run of two days one of thirty has the closes of all thirty."""
    desk.seeded(chats=[waiting("20 days"), waiting("1 h")])
    desk.gathers(days=2)
    assert [thread for (thread,) in desk.rows("thread_id")] == [SECOND]
    desk.gathers(days=30)
    assert [thread for (thread,) in desk.rows("thread_id")] == [FIRST, SECOND]


def test_no_word_of_a_visitor_is_in_any_file(desk: Desk) -> None:
    """What they typed, their names and addresses are nowhere in the project's folder."""
    desk.seeded(
        contacts=[{"email": f"{CANARY}@example.org", "properties": {"firstname": CANARY}}],
        chats=[waiting(contact=f"{CANARY}@example.org", repeat=4, every="5 min")],
        tickets=[{"subject": CANARY, "contact": f"{CANARY}@example.org", "properties": {"content": CANARY}}],
    )
    desk.gathers()
    assert [file.name for file in desk.files() if CANARY.encode() in file.read_bytes()] == []
    assert len(desk.rows("thread_id")) == 4
