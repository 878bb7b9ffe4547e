"""Is there an alarm, and who hears of it now? Looks into the store, keeps the incidents, and delivers what is due."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from deploy.showing import shown
from report.alert.counts import Account, counts
from report.alert.deciding import Decision, decide
from report.alert.delivery import Way, send
from report.alert.dropped import Dropped, dropped
from report.alert.incidents import Incident, Incidents, Notice, after, notices, told
from report.alert.settings import AlertSettings
from report.alert.undelivered import Undelivered
from report.alert.wording import Message, message
from report.store.store import Store

QUIET, FAILED, ALARM = 0, 1, 3


@dataclass(frozen=True)
class Alarm:
    """What was found and done."""

    decision: Decision
    lasting: tuple[Incident, ...]  # incidents that are not over
    message: Message | None  # all that was due; None: nothing was
    delivered: tuple[str, ...]  # by which ways
    failed: tuple[str, ...]  # each way that did not, and why

    @property
    def exit_code(self) -> int:
        """A delivery that failed comes first: nobody else says it."""
        return FAILED if self.failed else ALARM if self.lasting else QUIET


@dataclass(frozen=True)
class Desk:
    """Of which account, as it is told of."""

    name: str
    account: Account
    link: Callable[[str, str], str]  # the address of an inbox's thread


def alert(
    store: Store, desk: Desk, settings: AlertSettings, ways: Sequence[Way], *, now: int, refused: str = "", dry: bool
) -> Alarm:
    """Look at what is gathered, at `now`. Dry: nothing is kept and nothing is sent.

    Without any way the message is for whoever sees what the command prints, and so is told.
    """
    account = desk.account
    seen = counts(store, account, hours=settings.hours, quiet_hours=settings.quiet_hours)
    decision = decide(seen, settings, now=now, refused=refused)
    kept = Incidents(store, account.portal_id)
    incidents = after(kept.unsettled(), decision, now=now, quiet_hours=settings.quiet_hours)
    lasting = tuple(one for one in incidents if one.ended_at is None)
    due = notices(incidents)
    chats = dropped(store, account, seen.gathered.until, settings.hours, desk.link) if due else Dropped()

    def written(some: Sequence[Notice]) -> Message:
        return message(desk.name, account, some, decision, chats)

    whole = written(due) if due else None
    if dry:
        return Alarm(decision, lasting, whole, (), ())
    kept.keep(incidents)  # before anything is sent: what is sent twice is better than what begins twice
    delivered, failed = _deliver(kept, ways, due, written, now)
    everywhere = [each for each in due if all(kept.has(way.key, each) for way in ways)]
    kept.settle(told(incidents, everywhere, now), everywhere)
    return Alarm(decision, lasting, whole, tuple(delivered), tuple(failed))


def _deliver(
    kept: Incidents,
    ways: Sequence[Way],
    due: Sequence[Notice],
    written: Callable[[Sequence[Notice]], Message],
    now: int,
) -> tuple[list[str], list[str]]:
    """To each what it does not have yet."""
    delivered, failed = [], []
    for way in ways:
        lacking = [each for each in due if not kept.has(way.key, each)]
        if not lacking:
            continue
        try:
            send(way, written(lacking))
        except Undelivered as trouble:
            failed.append(shown(f"{way.name}: {trouble}"))
        else:
            kept.delivered(way.key, lacking, now)
            delivered.append(way.name)
    return delivered, failed
