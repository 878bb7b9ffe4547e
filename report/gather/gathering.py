"""From an account to the store, in steps that are kept: account, threads, tickets, histories, messages, services."""

from dataclasses import dataclass, field
from datetime import date

from deploy.refusals import Refused
from report.asking.asking import Asking
from report.asking.refusals import BudgetSpent, DayUsedUp, Unreachable
from report.gather.account import read_account, read_surroundings
from report.gather.histories import gather_histories
from report.gather.run import DAY, Counts, Progress, Run, Tell
from report.gather.serving import settle_services
from report.gather.threads import gather_threads
from report.gather.tickets import gather_tickets
from report.gather.unserved import look_up_unserved
from report.gather.verdicts import judge_chats
from report.gather.walking import Stuck
from report.settings import Settings
from report.store.forgetting import age
from report.store.schema import RUNS
from report.store.store import Store
from report.window import Window, window

REACH_DAYS = 30
"""How long before the window a chat's last message may be that closes in it."""
ENDS = (BudgetSpent, DayUsedUp, Unreachable, Stuck)


@dataclass(frozen=True)
class Gathered:
    """What was gathered. Not complete: `ended_by` says why, and the next run goes on from there."""

    portal_id: int
    ui_host: str
    window: Window
    until: int
    complete: bool
    calls: int
    ended_by: Refused | KeyboardInterrupt | None = None
    counts: Counts = field(default_factory=Counts)

    @property
    def first_day(self) -> date:
        """The window's first day."""
        return self.window.first_day


def gather(
    asking: Asking,
    store: Store,
    settings: Settings,
    *,
    days: int,
    now: int | None = None,
    progress: Tell | None = None,
    reach_days: int = REACH_DAYS,
) -> Gathered:
    """Bring the store up to date for the last `days` days before `now` (HubSpot's own clock).

    A Refused is raised where nothing can be gathered; where it ends half-way, what there is counts.
    """
    _fits(days, settings)
    run = Run(asking, store, settings, progress or _silent)
    began_with = asking.calls
    read_account(run)
    began = now or asking.now()
    days_asked = window(run.zone, began, days)
    run.since = days_asked.since
    run.reach = run.since - reach_days * DAY
    _log(run, began, None, began_with)
    ended_by: Refused | KeyboardInterrupt | None = None
    try:
        _stages(run, now)
    except (*ENDS, KeyboardInterrupt) as end:
        ended_by = end
        run.until = int(store.mark(run.portal, "until") or 0)
        settle_services(run)
    age(store, run.portal, window(run.zone, began, 1).since + DAY, settings.keep_days, reach_days)
    if ended_by is None:
        _log(run, began, now or asking.now(), began_with)
    calls = asking.calls - began_with
    return Gathered(run.portal, run.ui_host, days_asked, run.until, ended_by is None, calls, ended_by, run.counts)


def _stages(run: Run, now: int | None) -> None:
    read_surroundings(run)
    gather_threads(run)
    run.until = now or run.asking.now()
    gather_tickets(run)
    gather_histories(run)
    run.store.set_mark(run.portal, "until", str(run.until))
    judge_chats(run)
    settle_services(run)
    if look_up_unserved(run):
        settle_services(run)
    before = run.counts.histories
    gather_histories(run)
    if run.counts.histories > before:
        settle_services(run)
    run.says("done", 1, 1, 0)


def _fits(days: int, settings: Settings) -> None:
    if days > settings.keep_days:
        raise Refused(
            "--days",
            expected=f"as many days as are kept at most ({settings.keep_days})",
            found=str(days),
            remedy=f"Ask for fewer, or keep more: --keep-days, or keep_days in {settings.portal.where}, [report].",
        )


def _log(run: Run, began: int, ended: int | None, began_with: int) -> None:
    counts = run.counts
    calls = run.asking.calls - began_with
    run.store.put(RUNS, [(run.portal, began, ended, run.since, calls, counts.threads, counts.closes)])


def _silent(_: Progress) -> None:
    return
