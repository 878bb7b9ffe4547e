"""What is counted? Ibis expressions over the tables: few queries, and out of each come only counts or late and dropped.

Nothing here is written for one database, so the same holds in DuckDB and in any warehouse that Ibis speaks to.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import ibis
from ibis.expr import types as ir

from report.analysis.tables import Tables

PERCENTILES = (50, 90, 99)
CONFIRMED_BEFORE = 30 * 60_000
"""A confirmation this much older than a close is still its own: none goes out sooner for the same ticket."""

SUMS = (
    *("closes", "skipped", "resolved", "waiting_on_visitor", "needed", "served", "late", "dropped", "pending"),
    *("ai_unclear", "ambiguous", "overtaken"),
)
"""What is counted of the closes, of all of them and of each slice."""


@dataclass(frozen=True)
class Scope:
    """Which closes are asked about, and how soon each must be served."""

    first_day: date
    last_day: date
    within: int
    until: int


def judged(tables: Tables, portals: Sequence[int] | None, scope: Scope) -> ir.Table:
    """The closes of the window, each with what became of it: one flag of each name of SUMS, and how long it took."""
    closes = tables.closes
    chosen = closes.day.between(ibis.literal(scope.first_day), ibis.literal(scope.last_day))
    closes = closes.filter(chosen if portals is None else closes.portal_id.isin(portals) & chosen)
    due = closes.closed_at + scope.within
    needed = closes.resolution.isin(("unresolved", "unjudged"))
    served = needed & closes.served_at.notnull()
    dropped = needed & closes.served_at.isnull() & (due <= scope.until)
    return closes.mutate(
        closes=ibis.literal(True),
        skipped=closes.resolution == "skipped",
        resolved=closes.resolution == "resolved",
        waiting_on_visitor=(closes.resolution == "resolved") & (closes.reason == "waiting_on_visitor"),
        needed=needed,
        served=served & (closes.served_at <= due),
        late=served & (closes.served_at > due),
        dropped=dropped,
        pending=needed & closes.served_at.isnull() & (due > scope.until),
        ai_unclear=needed & (closes.reason == "ai_unclear"),
        ambiguous=dropped & closes.ambiguous,
        overtaken=dropped & closes.overtaken,
        may_be_carried=closes.ambiguous,  # the two flags as they are, of late ones too
        was_overtaken=closes.overtaken,
        wait=closes.served_at - closes.closed_at,
        late_by=closes.served_at - due,
    )


def counts(closes: ir.Table) -> ir.Table:
    """Of all closes and of those of each day, inbox, agent, reason, hour of the week, service and places: SUMS."""
    needed, found = closes.filter(closes.needed), closes.filter(closes.served | closes.late)
    hour = needed.weekday * 100 + needed.hour
    slices = [
        _counted(closes, "all", ibis.literal("")),
        _counted(needed, "day", needed.day.cast("string")),
        *(_counted(needed, name, needed[f"{name}_id"]) for name in ("inbox", "agent")),
        _counted(needed, "reason", needed.reason),
        _counted(needed, "hour", hour.cast("string")),
        *(_counted(found, name, found[name]) for name in ("served_by", "places")),
    ]
    return ibis.union(*slices)


def counts_of_portals(closes: ir.Table) -> ir.Table:
    """Of each portal: SUMS, its number as key."""
    return _counted(closes, "portal", closes.portal_id.cast("string"))


def _counted(closes: ir.Table, kind: str, key: ir.Value) -> ir.Table:
    sums = {name: _many(closes[name]) for name in SUMS}
    return closes.group_by(key=key).agg(**sums).select(kind=ibis.literal(kind), key="key", **{n: n for n in SUMS})


def _many(flag: ir.BooleanColumn) -> ir.IntegerScalar:
    """How often it is true: 0, and not null as some databases have it, when there are no rows."""
    return ibis.coalesce(flag.sum(), 0).cast("int64")


def rows(closes: ir.Table, most: int) -> ir.Table:
    """The dropped, then the late, the newest of each first."""
    names = ("thread_id", "closed_at", "day", "inbox_id", "agent_id", "reason", "dropped", "late_by", "ticket_id")
    chosen = closes.filter(closes.dropped | closes.late)
    order = (ibis.desc("dropped"), ibis.desc("closed_at"), "thread_id")
    marks = {"ambiguous": chosen.may_be_carried, "overtaken": chosen.was_overtaken}
    return chosen.select(*names, "places", **marks).order_by(*order).limit(most)


@dataclass(frozen=True)
class Kept:
    """Tickets of ours that have a due time, and how they kept it by a clock that starts at one moment."""

    name: str
    tickets: ir.Table


def kept(tables: Tables, portal: int, began: int, ended: int) -> tuple[Kept, Kept]:
    """By the close of the chat, and by the misleading moment at which the ticket was made; of closes of the window."""
    tickets = tables.tickets
    chosen = tickets.filter(
        tickets.portal_id == portal,
        tickets.chat_sla_due_at.notnull(),
        tickets.chat_closed_at >= began,
        tickets.chat_closed_at < ended,
    )
    shifted = chosen.chat_sla_due_at + (chosen.created_at - chosen.chat_closed_at)
    return (
        Kept("from_close", _by_clock(chosen, chosen.chat_closed_at, chosen.chat_sla_due_at)),
        Kept("from_creation", _by_clock(chosen, chosen.created_at, shifted)),
    )


def _by_clock(tickets: ir.Table, start: ir.Value, due: ir.Value) -> ir.Table:
    """A reply from before the clock began answered an earlier wait; whether this one was is known when it closes."""
    answered, closed = tickets.answered_at, tickets.closed_at
    replied = ibis.ifelse(answered >= start, answered, ibis.null("int64"))
    ended = ibis.ifelse(closed >= start, closed, ibis.null("int64"))
    return tickets.select(
        due=due,
        start=start,
        answer=ibis.coalesce(replied, ended),
        silent=answered.isnull() & closed.isnull(),
    )


def clocks(both: Sequence[Kept], until: int) -> ir.Table:
    """How many tickets each clock has as breached, met and open over."""
    return ibis.union(*(_clock(each, until) for each in both))


def _clock(each: Kept, until: int) -> ir.Table:
    tickets = each.tickets
    return tickets.agg(
        tickets=tickets.count(),
        breached=_many(tickets.answer > tickets.due),
        met=_many(tickets.answer <= tickets.due),
        open_over=_many(tickets.silent & (tickets.due < until)),
    ).mutate(kind=ibis.literal(each.name))


def ranked(closes: ir.Table, both: Sequence[Kept]) -> ir.Table:
    """Of each thing that took time: the one or two values beside each percentile, their places, and how many there are.

    Databases do not agree on quantiles, and some have none; all of them can number rows.
    """
    found = closes.filter(closes.served | closes.late)
    late = closes.filter(closes.late)
    answered = [(each.name, each.tickets.filter(each.tickets.answer.notnull())) for each in both]
    took = ibis.union(
        found.select(kind=ibis.literal("waits"), took=found.wait),
        late.select(kind=ibis.literal("late_by"), took=late.late_by),
        *(each.select(kind=ibis.literal(name), took=each.answer - each.start) for name, each in answered),
    )
    numbered = took.mutate(
        place=ibis.row_number().over(ibis.window(group_by="kind", order_by="took")),
        among=took.count().over(ibis.window(group_by="kind")),
    )
    beside = [(numbered.place * 100 - (numbered.among - 1) * each).abs() < 100 for each in PERCENTILES]
    return numbered.filter(ibis.or_(*beside))


def confirmable(tables: Tables, closes: ir.Table, scope: Scope) -> ir.Table:
    """The served and late closes whose ticket is of ours, each with whether its confirmation went out or is missing."""
    wanted = closes.filter(closes.needed, closes.served_by != "")
    wanted = wanted.select("portal_id", "ticket_id", "closed_at")
    tickets = tables.tickets.filter(tables.tickets.chat_closed_at.notnull())
    tickets = tickets.select("portal_id", "ticket_id", "confirmation_sent_at", "confirmation_requested_at")
    both = wanted.inner_join(tickets, ["portal_id", "ticket_id"])
    latest = ibis.greatest(both.confirmation_sent_at.fill_null(0), both.confirmation_requested_at.fill_null(0))
    sent = latest >= both.closed_at - CONFIRMED_BEFORE
    return both.select("ticket_id", sent=sent, missing=~sent & (both.closed_at + scope.within <= scope.until))


def confirmations(closes: ir.Table) -> ir.Table:
    """How many of the confirmable were confirmed."""
    return closes.agg(wanted=closes.count(), sent=_many(closes.sent), missing=_many(closes.missing))


def unconfirmed(closes: ir.Table, most: int) -> ir.Table:
    """The tickets of the missing confirmations."""
    return closes.filter(closes.missing).select("ticket_id").distinct().order_by("ticket_id").limit(most)


def two_open(tables: Tables, portal: int, most: int) -> ir.Table:
    """The open tickets, of chats, of contacts who have two or more, and how many such contacts there are."""
    tickets = tables.tickets.filter(tables.tickets.portal_id == portal)
    linked = tables.links.filter(tables.links.portal_id == portal).select("ticket_id").distinct()
    linked = linked.mutate(linked=ibis.literal(True))
    open_ones = tickets.filter(tickets.is_open, tickets.contact_id != "")
    joined = open_ones.left_join(linked, "ticket_id")
    chats = joined.filter(joined.chat_closed_at.notnull() | joined.linked.notnull()).select("contact_id", "ticket_id")
    several = chats.mutate(count=chats.count().over(ibis.window(group_by="contact_id")))
    several = several.filter(several["count"] >= 2)
    numbered = several.mutate(person=ibis.dense_rank().over(ibis.window(order_by="contact_id")) + 1)
    numbered = numbered.mutate(people=numbered.person.max().over(ibis.window()))
    return numbered.filter(numbered.person <= most).select("contact_id", "ticket_id", "people")
