"""The operations on threads: list, read, close and reopen, assign, archive."""

from collections.abc import Callable

from harness.portal import pages
from harness.portal import refusals as shared
from harness.portal.call import Answer, Call, text_of
from harness.portal.conversations import acts, refusals, views
from harness.portal.conversations.routes import READ, WRITE
from harness.portal.conversations.state import Thread
from harness.portal.moments import read_datetime
from harness.portal.objects.types import CONTACT, TICKET, ObjectType
from harness.portal.routing import Route
from harness.portal.weather_rules import REPEAT, STALL

PAGE, LARGEST_PAGE = 100, 500  # guessed; 100, 200 and 500 are all seen in public code
SORTS = ("id", "latestMessageTimestamp")


def threads(call: Call) -> Answer:
    """GET threads that meet the filters, by id or by their latest message."""
    keep, sort = _filters(call), _sort(call)
    found = [thread for thread in call.world.conversations.threads.values() if keep(thread)]
    found.sort(key=lambda thread: _position(thread, sort))
    after, limit = call.one("after"), call.count("limit", PAGE, LARGEST_PAGE)
    first = _first(found, sort, after)
    shown = max(0, first - limit) if call.paging == REPEAT else first
    with_ticket = _with_ticket(call)
    page = found[shown : shown + limit]
    body: dict[str, object] = {"results": [views.thread(call.world, thread, with_ticket) for thread in page]}
    if len(found) > shown + limit:
        body["paging"] = pages.paging(_next(call, page[-1], sort))
    return 200, body


def thread(call: Call) -> Answer:
    """GET one thread; an archived one only when asked for."""
    found = find(call, archived=call.flag("archived"))
    return 200, views.thread(call.world, found, _with_ticket(call))


def update(call: Call) -> Answer:
    """PATCH status or archived."""
    found = find(call, archived=call.flag("archived"))
    body = call.body()
    status, archived = body.get("status"), body.get("archived")
    if status is not None and status not in (acts.OPEN, acts.CLOSED):
        raise refusals.bad_filter("status", str(status), "OPEN or CLOSED")
    if archived is not None and not isinstance(archived, bool):
        raise shared.bad_json("expected archived to be true or false")
    if status is None and archived is None:
        raise shared.missing_keys("the thread", ["status"])
    if status is not None:
        acts.set_status(call.world, found, status, call.now, f"I-{call.app_id}")
    if archived is not None:
        found.archived = archived
    return 200, views.thread(call.world, found)


def archive(call: Call) -> Answer:
    """DELETE: put a thread away."""
    find(call).archived = True
    return 204, None


def assign(call: Call) -> Answer:
    """PUT assignee."""
    found, id = find(call), text_of(call.body(), "actorId", "the assignee")
    if acts.actor(call.world, id) is None:
        raise refusals.no_such_actor(id)
    acts.assign(call.world, found, id, call.now, f"I-{call.app_id}")
    return 200, views.thread(call.world, found)


def unassign(call: Call) -> Answer:
    """DELETE assignee."""
    found = find(call)
    if found.assigned_to:
        acts.assign(call.world, found, "", call.now, f"I-{call.app_id}")
    return 204, None


def find(call: Call, archived: bool = False) -> Thread:
    """The thread the path names."""
    id = call.path["threadId"]
    found = call.world.conversations.threads.get(id)
    if found is None or found.archived != archived:
        raise refusals.no_such_thread(id)
    return found


def _filters(call: Call) -> Callable[[Thread], bool]:
    inboxes, status = call.wholes("inboxId"), call.one("threadStatus")
    contact, ticket = call.one("associatedContactId"), call.one("associatedTicketId")
    for name, id in (("associatedContactId", contact), ("associatedTicketId", ticket)):
        if id and not (id.isascii() and id.isdigit() and len(id) < 19):
            raise refusals.bad_filter(name, id, "a whole number")
    if contact and inboxes:
        raise refusals.both_filters("inboxId", "associatedContactId")
    if contact and not status:
        raise refusals.needs_filter("associatedContactId", "threadStatus")
    if status not in ("", acts.OPEN, acts.CLOSED):
        raise refusals.bad_filter("threadStatus", status, "OPEN or CLOSED")
    archived, after = call.flag("archived"), _after(call)
    contact, ticket = _as_named(call, CONTACT, contact), _as_named(call, TICKET, ticket)

    def keep(thread: Thread) -> bool:
        return (
            thread.archived == archived
            and (not inboxes or thread.inbox_id in inboxes)
            and status in ("", thread.status)
            and contact in ("", thread.contact_id)
            and (not ticket or ticket in acts.tickets_of(call.world, thread))
            and (after is None or (thread.latest_message or 0) > after)
        )

    return keep


def _with_ticket(call: Call) -> bool:
    """Whether the thread's ticket is asked for."""
    asked = call.many("association")
    if set(asked) - {"TICKET"}:
        raise refusals.bad_filter("association", ", ".join(asked), "TICKET")
    return bool(asked)


def _as_named(call: Call, type: ObjectType, id: str) -> str:
    """The id a record has now: it may have been merged into another (guessed: threads follow)."""
    row = call.world.records.of(type).rows.get(id)
    return row.id if row is not None else id


def _after(call: Call) -> int | None:
    text = call.one("latestMessageTimestampAfter")
    if not text:
        return None
    after = read_datetime(text)
    if after is None or text.isdigit():  # documented: a date-time
        raise refusals.bad_filter("latestMessageTimestampAfter", text, "such as 2026-03-02T08:00:00Z")
    return after


def _sort(call: Call) -> str:
    sort = call.one("sort", "id")
    if sort not in SORTS:
        raise refusals.bad_filter("sort", sort, " or ".join(SORTS))
    if sort == "latestMessageTimestamp" and not call.one("latestMessageTimestampAfter"):
        raise refusals.needs_filter("sort=latestMessageTimestamp", "latestMessageTimestampAfter")
    return sort


def _first(found: list[Thread], sort: str, after: str) -> int:
    """Where the page begins that the cursor asks for."""
    start = _opened(pages.opened(after)) if after else (-1, -1)
    return next((at for at, thread in enumerate(found) if _position(thread, sort) > start), len(found))


def _next(call: Call, last: Thread, sort: str) -> str:
    """Where the next page begins. In bad weather: where this one does, or spelled as no cursor before it."""
    asked = pages.opened(call.one("after")) if call.one("after") else "0:0"
    first, second = _position(last, sort)
    if call.paging == STALL:
        return asked
    zeros = "0" * (len(asked) - len(asked.lstrip("0")) + 1) if call.paging == REPEAT else ""
    return f"{zeros}{first}:{second}"


def _position(thread: Thread, sort: str) -> tuple[int, int]:
    return (thread.latest_message or 0 if sort == "latestMessageTimestamp" else 0), int(thread.id)


def _opened(position: str) -> tuple[int, int]:
    first, _, second = position.partition(":")
    if not first.isdigit() or not second.isdigit():
        raise shared.bad_parameter("The paging cursor is not valid", "after")
    return int(first), int(second)


ROUTES = (
    Route("GET", "conversations", "/threads", threads, READ),
    Route("GET", "conversations", "/threads/{threadId}", thread, READ),
    Route("PATCH", "conversations", "/threads/{threadId}", update, WRITE, write=True),
    Route("DELETE", "conversations", "/threads/{threadId}", archive, WRITE, write=True),
    Route("PUT", "thread-assignee", "/threads/{threadId}/assignee", assign, WRITE, write=True),
    Route("DELETE", "thread-assignee", "/threads/{threadId}/assignee", unassign, WRITE, write=True),
)
