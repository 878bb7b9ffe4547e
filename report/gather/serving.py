"""Which ticket served each close of the window, from when on? Worked out anew each time: a late one appears later."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any, Self

from report.gather.run import Run
from report.serving import Carrier, Link, served
from report.store.schema import CLOSES

Spells = tuple[tuple[int, int | None], ...]


@dataclass(frozen=True)
class Carriers:
    """Tickets by the thread they name."""

    by_thread: dict[str, list[Carrier]]

    @classmethod
    def of(cls, run: Run) -> Self:
        """From links, stages and what threads say of their ticket."""
        store, portal = run.store, run.portal
        tickets = {
            str(id): (int(created), bool(is_open), closed)
            for id, created, is_open, closed in store.ask(
                "SELECT ticket_id, created_at, is_open, closed_at FROM tickets WHERE portal_id = $1", portal
            )
        }
        stages: dict[str, list[tuple[int, bool]]] = defaultdict(list)
        for id, at, is_open in store.ask(
            "SELECT ticket_id, entered_at, is_open FROM stages WHERE portal_id = $1 ORDER BY entered_at", portal
        ):
            stages[str(id)].append((int(at), bool(is_open)))
        links: dict[tuple[str, str], list[Link]] = defaultdict(list)
        for id, thread, place, since, closed in store.ask(
            "SELECT ticket_id, thread_id, place, since, closed_at FROM links WHERE portal_id = $1"
            " UNION ALL SELECT ticket_id, thread_id, 'thread', 0, NULL FROM threads"
            " WHERE portal_id = $1 AND ticket_id <> '' ORDER BY ALL",
            portal,
        ):
            if str(id) in tickets:
                links[str(thread), str(id)].append(Link(str(place), max(int(since), tickets[str(id)][0]), closed))
        found: dict[str, list[Carrier]] = defaultdict(list)
        for (thread, id), named in links.items():
            spells = spells_of(*tickets[id], stages.get(id, []))
            found[thread].append(Carrier(id, tickets[id][0], tuple(named), spells))
        return cls(dict(found))

    def of_thread(self, thread_id: str) -> list[Carrier]:
        """The tickets that name a thread."""
        return self.by_thread.get(thread_id, [])


def spells_of(created_at: int, is_open: bool, closed_at: int | None, stages: list[tuple[int, bool]]) -> Spells:
    """When a ticket was open: by its history, else from its making until it closed."""
    if not stages:
        if is_open:
            return ((created_at, None),)
        return ((created_at, closed_at),) if closed_at and closed_at > created_at else ()
    spells: list[tuple[int, int | None]] = []
    began: int | None = None
    for at, open_then in sorted(stages, key=lambda one: one[0]):
        if open_then and began is None:
            began = at
        elif not open_then and began is not None:
            spells.append((began, at))
            began = None
    return tuple(spells) + (((began, None),) if began is not None else ())


def settle_services(run: Run) -> None:
    """Write who served each close of the window, where that changed."""
    carriers = Carriers.of(run)
    contacts = _tickets_of_contacts(run)
    names = CLOSES.names
    changed = []
    for row in run.store.ask("SELECT * FROM closes WHERE portal_id = $1 AND closed_at >= $2", run.portal, run.since):
        close = dict(zip(names, row, strict=True))
        named = carriers.of_thread(close["thread_id"])
        service = served(close["closed_at"], close["started_at"], close["thread_id"], named)
        now: dict[str, Any] = {
            "served_at": service.at if service else None,
            "served_by": service.by if service else "",
            "ticket_id": service.ticket_id if service else "",
            "places": ",".join(service.places) if service else "",
            "ambiguous": close["resolution"] == "unresolved"
            and not named
            and _may_be_carried(close["closed_at"], contacts.get(close["contact_id"], []), run.settings.lookback_ms),
        }
        if any(close[name] != value for name, value in now.items()):
            changed.append(tuple((close | now).values()))
    run.store.put(CLOSES, changed)


def _tickets_of_contacts(run: Run) -> dict[str, list[tuple[Spells, list[int]]]]:
    """Per contact: when each of its tickets was open, and when it was touched."""
    stages: dict[str, list[tuple[int, bool]]] = defaultdict(list)
    for id, at, is_open in run.store.ask(
        "SELECT ticket_id, entered_at, is_open FROM stages WHERE portal_id = $1", run.portal
    ):
        stages[str(id)].append((int(at), bool(is_open)))
    found: dict[str, list[tuple[Spells, list[int]]]] = defaultdict(list)
    for id, contact, created, is_open, closed, chat_closed, changed in run.store.ask(
        "SELECT ticket_id, contact_id, created_at, is_open, closed_at, chat_closed_at, changed_at FROM tickets"
        " WHERE portal_id = $1 AND contact_id <> ''",
        run.portal,
    ):
        touches = [int(at) for at in (created, chat_closed, changed) if at is not None]
        found[str(contact)].append((spells_of(int(created), is_open, closed, stages.get(str(id), [])), touches))
    return found


def _may_be_carried(close: int, tickets: list[tuple[Spells, list[int]]], lookback_ms: int) -> bool:
    """Whether one of these was open then and made or touched not long before."""
    return any(
        any(began <= close and (ended is None or close < ended) for began, ended in spells)
        and any(close - lookback_ms <= at <= close for at in touches)
        for spells, touches in tickets
    )
