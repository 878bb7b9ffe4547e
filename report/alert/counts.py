"""How many chats were dropped of late, and in the same hours of the weeks before? Counted in the store.

An hour of the past is counted as it stood then: a chat for which somebody made a ticket three hours later was still
dropped when the hour was an hour old, and only so is it comparable with an hour that is an hour old now.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from report.alert.settings import MOST_WEEKS
from report.store.store import Store
from report.window import zone_of

HOUR = 3_600_000
DAY = 24 * HOUR
LOOK = 3  # hours that a spike may be found in: the one under way and two before it, should a run have been missed

COUNT = """
SELECT spans.at, count(closes.thread_id), count(closes.thread_id) FILTER (
    closes.closed_at <= spans.decided AND (closes.served_at IS NULL OR closes.served_at > spans.seen)
)
FROM (SELECT unnest($2::INTEGER[]) AS at, unnest($3::BIGINT[]) AS begins, unnest($4::BIGINT[]) AS ends,
    unnest($5::BIGINT[]) AS decided, unnest($6::BIGINT[]) AS seen) AS spans
LEFT JOIN closes ON closes.portal_id = $1 AND closes.resolution IN ('unresolved', 'unjudged')
    AND closes.closed_at >= spans.begins AND closes.closed_at < spans.ends
GROUP BY spans.at ORDER BY spans.at
"""
GATHERED = "SELECT max(began_at), max(ended_at), min(since) FROM runs WHERE portal_id = $1 AND ended_at IS NOT NULL"


@dataclass(frozen=True)
class Account:
    """Whose closes, and how they are looked at."""

    portal_id: int
    zone: str
    within: int  # ms in which a ticket has to be there
    keep_days: int  # what is older is not kept, and so says nothing


@dataclass(frozen=True)
class Gathered:
    """What complete gatherings there have been; None: none."""

    until: int | None = None  # when the latest of them began: what came later is not known
    ended: int | None = None
    since: int = 0  # how far the first of them went back


@dataclass(frozen=True)
class Tally:
    """Closes that needed a ticket, and those of them that none has served."""

    needed: int = 0
    dropped: int = 0


@dataclass(frozen=True)
class Hour:
    """An hour, as far as it is decided, beside the same hour of the weeks before, the last week first."""

    begins: datetime
    ends: datetime
    now: Tally
    before: tuple[int, ...]  # dropped


@dataclass(frozen=True)
class Counts:
    """What is decided by."""

    gathered: Gathered
    recent: Tally = Tally()  # the hours of the threshold
    longer: Tally = Tally()  # those and the hours until an incident is over
    hours: tuple[Hour, ...] = ()  # the latest first


@dataclass(frozen=True)
class _Span:
    begins: int
    ends: int
    decided: int
    seen: int


def gathered(store: Store, portal_id: int) -> Gathered:
    """When the account was last read to the end."""
    until, ended, since = store.ask(GATHERED, portal_id)[0]
    return Gathered(until, ended, since or 0)


def counts(store: Store, account: Account, *, hours: int, quiet_hours: int) -> Counts:
    """Counted up to the latest complete gathering; without one there is nothing to count."""
    read = gathered(store, account.portal_id)
    if read.until is None:
        return Counts(read)
    until, decided = read.until, read.until - account.within
    longer = max(hours, quiet_hours)
    spans = [_Span(until - each * HOUR, until + 1, decided, until) for each in (hours, longer)]
    looked = list(_looked(account, read, max(LOOK, quiet_hours)))
    for _, now, before in looked:
        spans += [now, *before]
    tallies = iter(_tallies(store, account.portal_id, spans))
    recent, later = next(tallies), next(tallies)
    found = []
    for begins, now, before in looked:
        tally, past = next(tallies), tuple(next(tallies).dropped for _ in before)
        ends = begins + timedelta(milliseconds=min(now.ends, decided) - now.begins)
        found.append(Hour(begins, ends, tally, past))
    return Counts(read, recent, later, tuple(found))


def _looked(account: Account, read: Gathered, many: int) -> Iterable[tuple[datetime, _Span, list[_Span]]]:
    """Hours by the account's own clocks, each with what it is compared with: the weeks that were gathered."""
    until = read.until or 0
    decided = until - account.within
    first = max(read.since, until - account.keep_days * DAY)
    zone = zone_of(account.zone)
    whole = datetime.fromtimestamp(decided / 1000, UTC).astimezone(zone).replace(minute=0, second=0, microsecond=0)
    for back in range(many):
        begins = (whole.astimezone(UTC) - timedelta(hours=back)).astimezone(zone)
        start = _ms(begins)
        before = []
        for week in range(1, MOST_WEEKS + 1):
            then = begins - timedelta(weeks=week)  # by the clocks on the wall, whatever was done to them since
            there = then.astimezone(UTC).astimezone(zone).hour == then.hour  # an hour that the clocks skipped is none
            if there and _ms(then) >= first:
                before.append(_span(_ms(then), decided - start, until - start))
        yield begins, _span(start, decided - start, until - start), before


def _span(start: int, decided: int, seen: int) -> _Span:
    """An hour, and how long after its beginning closes were decided, and tickets seen."""
    return _Span(start, start + min(HOUR, decided + 1), start + decided, start + seen)


def _tallies(store: Store, portal_id: int, spans: list[_Span]) -> list[Tally]:
    given = ([getattr(each, name) for each in spans] for name in ("begins", "ends", "decided", "seen"))
    rows = store.ask(COUNT, portal_id, list(range(len(spans))), *given)
    return [Tally(needed, dropped) for _, needed, dropped in rows]


def _ms(moment: datetime) -> int:
    return int(moment.timestamp() * 1000)
