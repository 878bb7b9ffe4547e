"""Which tickets are there, whose are they, and which chats do they name? Found by search, read from the record store.

A ticket that is archived is not found. What an account lacks of our properties its answers leave out.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from actions.parts.links import TICKET_TO_CONTACT, TICKET_TO_THREAD
from actions.parts.moments import millis
from actions.parts.tickets import TICKET_PROPERTIES
from report.asking.pages import rows
from report.gather.run import ASSOCIATIONS, BATCH, Run
from report.store.schema import LINKS, STAGES, TICKETS

PROPERTIES = [*TICKET_PROPERTIES, "hs_lastmodifieddate", "closed_date", "hs_last_closed_date", "first_agent_reply_date"]
PAGE = 200  # documented
AT_ONCE = 1000  # tickets kept in one step, as many as one read of associations takes
LAG = 60 * 60_000  # what the search's index may be behind: seconds to minutes (documented); an hour is plenty
LINE = re.compile(r"^(\d+) · closed (\S+) · ", re.MULTILINE)

Ticket = dict[str, Any]


def gather_tickets(run: Run) -> None:
    """Every ticket that changed since the last time; at first, since a lookback before the window."""
    store, portal = run.store, run.portal
    start = run.since - run.settings.lookback_ms
    covered = store.mark(portal, "tickets_from")
    if not covered or int(covered) > start:
        with store.step():
            store.set_mark(portal, "tickets_from", str(start))
            store.set_mark(portal, "tickets_to", str(start))
            store.set_mark(portal, "tickets_sweep", "")
    while True:
        began, since, after = _sweep(run)
        _sweep_once(run, began, since, after)
        if began >= run.until:
            break
    _named_only(run)


def _sweep(run: Run) -> tuple[int, int, int]:
    """(when it began, changes since when, after which ticket) of a search that was ended half-way, or a new one."""
    left = run.store.mark(run.portal, "tickets_sweep")
    if left:
        began, since, after = map(int, left.split())
        return began, since, after
    done = int(run.store.mark(run.portal, "tickets_to")) - LAG
    return run.until, _caught_up(run, done), 0


def _caught_up(run: Run, since: int) -> int:
    """From which change on there is something to read: a call more, where to look through what is known takes several.

    Search has as many as we know, so it has nothing to catch up with: what is new changed after the newest we know.
    """
    count = "SELECT count(*), max(changed_at) FROM tickets WHERE portal_id = $1 AND changed_at >= $2"
    known, newest = run.store.ask(count, run.portal, since)[0]
    if known <= 2 * PAGE:
        return since
    answer = _search(run, since, 0, 1, "hs_lastmodifieddate", "DESCENDING")
    if answer.get("total") != known:
        return since
    last = max(map(_changed_at, rows("tickets/search", answer)), default=newest)
    return int(newest) + (0 if last > newest else 1)


def _sweep_once(run: Run, began: int, since: int, after: int) -> None:
    """Pages in the order of ids, so that a ticket that changes meanwhile moves nothing, and 10,000 are no limit."""
    held: list[Ticket] = []
    for page in _found(run, since, after):
        held += _changed(run, page)
        if len(held) >= AT_ONCE:
            _kept(run, held, f"{began} {since} {held[-1]['id']}")
            held = []
    with run.store.step():
        _kept(run, held, "")
        run.store.set_mark(run.portal, "tickets_to", str(began))


def _changed(run: Run, page: list[Ticket]) -> list[Ticket]:
    """Those that are not known as they are: the hour by which search may be behind was read before."""
    ids = [str(one["id"]) for one in page]
    known = dict(
        run.store.ask(
            "SELECT ticket_id, changed_at FROM tickets WHERE portal_id = $1"
            " AND ticket_id IN (SELECT unnest($2::VARCHAR[]))",
            run.portal,
            ids,
        )
    )
    return [one for one in page if known.get(str(one["id"])) != _changed_at(one)]


def _changed_at(ticket: Ticket) -> int:
    return int(millis((ticket.get("properties") or {}).get("hs_lastmodifieddate")) or created(ticket))


def _kept(run: Run, held: list[Ticket], sweep: str) -> None:
    ends = associated(run, [str(one["id"]) for one in held])
    with run.store.step():
        keep(run, held, *ends)
        run.store.set_mark(run.portal, "tickets_sweep", sweep)


def _found(run: Run, since: int, after: int) -> Iterator[list[Ticket]]:
    seen = 0
    while True:
        answer = _search(run, since, after, PAGE)
        page = [one for one in rows("tickets/search", answer) if int(one["id"]) > after]
        total = int(answer.get("total") or 0)
        if page:
            run.says("tickets", seen + len(page), seen + total)
            yield page
            seen += len(page)
            after = max(int(one["id"]) for one in page)
        if not page or len(page) >= total:
            return


def _search(
    run: Run, since: int, after: int, limit: int, by: str = "hs_object_id", direction: str = "ASCENDING"
) -> dict[str, Any]:
    filters = [
        {"propertyName": "hs_lastmodifieddate", "operator": "GTE", "value": str(since)},
        {"propertyName": "hs_object_id", "operator": "GT", "value": str(after)},
    ]
    body = {
        "filterGroups": [{"filters": filters}],
        "sorts": [{"propertyName": by, "direction": direction}],
        "properties": PROPERTIES,
        "limit": limit,
    }
    return run.asking.post(run.path("objects", "tickets/search"), body)


def _named_only(run: Run) -> None:
    """Tickets that only a thread names: an old one that did not change. One that is not there is asked for once."""
    wanted = [
        str(id)
        for (id,) in run.store.ask(
            "SELECT DISTINCT ticket_id FROM threads WHERE portal_id = $1 AND ticket_id <> ''"
            " AND greatest(coalesce(closed_at, 0), coalesce(latest_at, 0)) >= $2"
            " AND ticket_id NOT IN (SELECT ticket_id FROM tickets WHERE portal_id = $1)",
            run.portal,
            run.since,
        )
    ]
    read_by_id(run, wanted)
    run.store.change(
        "UPDATE threads SET ticket_id = '' WHERE portal_id = $1 AND ticket_id IN (SELECT unnest($2::VARCHAR[]))"
        " AND ticket_id NOT IN (SELECT ticket_id FROM tickets WHERE portal_id = $1)",
        run.portal,
        wanted,
    )


def read_by_id(run: Run, ids: Iterable[str], id_property: str = "") -> int:
    """Tickets from the record store; how many there are."""
    body: dict[str, object] = {"properties": PROPERTIES, "propertiesWithHistory": []}
    if id_property:
        body["idProperty"] = id_property
    inputs = [{"id": id} for id in dict.fromkeys(ids)]
    path = run.path("objects", "tickets/batch/read")
    found: list[Ticket] = []
    for _, answer in run.asking.each(run.batches(path, inputs, BATCH, body)):
        found += [one for one in rows(path, answer) if not one.get("archived")]
    if found:
        ends = associated(run, [str(one["id"]) for one in found])
        keep(run, found, *ends)
    return len(found)


def associated(run: Run, ids: list[str]) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """Contacts of tickets, and their threads."""
    return ends_of(run, "tickets/contacts", ids, TICKET_TO_CONTACT), ends_of(
        run, "tickets/conversations", ids, TICKET_TO_THREAD
    )


def ends_of(run: Run, types: str, ids: list[str], type_id: int | None = None) -> dict[str, list[str]]:
    """The other ends of records by their ids, in the order of ids; with a type's id only those of that type.

    The types' ids are documented but for 32, a ticket's thread, which stays guessed (actions/parts/links.py).
    """
    path = run.path("associations", f"{types}/batch/read")
    found: dict[str, list[str]] = {}
    for _, answer in run.asking.each(run.batches(path, [{"id": id} for id in ids], ASSOCIATIONS, {})):
        for one in rows(path, answer):
            ends = [
                str(to.get("toObjectId") or to.get("id"))
                for to in one.get("to") or []
                if type_id is None or type_id in {kind.get("typeId") for kind in to.get("associationTypes") or []}
            ]
            found[str((one.get("from") or {}).get("id"))] = sorted(ends, key=lambda one: (len(one), one))
    return found


def keep(run: Run, tickets: list[Ticket], contacts: dict[str, list[str]], threads: dict[str, list[str]]) -> None:
    """Write tickets, and what names a thread on them, in place of what was known."""
    ids = [str(one["id"]) for one in tickets]
    with run.store.step():
        run.store.drop(LINKS, run.portal, "ticket_id", ids)
        run.store.drop(STAGES, run.portal, "ticket_id", ids)
        run.store.put(TICKETS, [_row(run, one, contacts.get(str(one["id"]))) for one in tickets])
        run.store.put(LINKS, [link for one in tickets for link in _links(run, one, threads.get(str(one["id"]), []))])
        run.store.put(STAGES, [stage for one in tickets for stage in _only_stage(run, one)])
    run.counts.tickets += len(tickets)


def _row(run: Run, ticket: Ticket, contacts: list[str] | None) -> tuple[Any, ...]:
    known = ticket.get("properties") or {}
    place = str(known.get("hs_pipeline") or ""), str(known.get("hs_pipeline_stage") or "")
    moments = ("closed_date", "first_agent_reply_date", "chat_closed_at", "chat_first_closed_at", "chat_sla_due_at")
    confirmation = ("chat_confirmation_requested_at", "chat_confirmation_sent_at")
    return (
        run.portal,
        str(ticket["id"]),
        created(ticket),
        *place,
        str(known.get("hs_ticket_priority") or ""),
        not run.stages.get(place),
        *(millis(known.get(name)) for name in (*moments, *confirmation)),
        (contacts or [""])[0],
        _changed_at(ticket),
    )


def created(ticket: Ticket) -> int:
    """Epoch ms at which a ticket was made."""
    return int(millis((ticket.get("properties") or {}).get("createdate")) or millis(ticket.get("createdAt")) or 0)


def _links(run: Run, ticket: Ticket, threads: list[str]) -> Iterator[tuple[Any, ...]]:
    """Each place where it names a thread. Since when a line does is not known yet where it came after the making."""
    known, id, made = ticket.get("properties") or {}, str(ticket["id"]), created(ticket)
    keys = ("chat_thread_id", "hs_conversations_originating_thread_id")
    for thread in dict.fromkeys(str(known.get(key) or "").split("#")[0] for key in keys):
        if thread:
            yield run.portal, id, thread, "chat_thread_id", made, None
    for thread, close in lines_in(str(known.get("chat_threads") or "")):
        yield run.portal, id, thread, "chat_threads", made if close and close <= made else 0, close
    for thread in threads:
        yield run.portal, id, thread, "ticket", made, None


def lines_in(listed: str) -> list[tuple[str, int | None]]:
    """(thread, its close) of each line of chat_threads."""
    return [(thread, millis(moment)) for thread, moment in dict.fromkeys(LINE.findall(listed))]


def _only_stage(run: Run, ticket: Ticket) -> list[tuple[Any, ...]]:
    """A ticket that never closed has been open since it was made: no history has to be read for that."""
    known = ticket.get("properties") or {}
    place = str(known.get("hs_pipeline") or ""), str(known.get("hs_pipeline_stage") or "")
    if run.stages.get(place) or known.get("hs_last_closed_date") or known.get("closed_date"):
        return []
    return [(run.portal, str(ticket["id"]), created(ticket), place[1], True)]
