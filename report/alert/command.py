"""What does `python -m report alert` do? Gathers what is new, decides, tells once, and ends with 3 while it lasts."""

import sys
import time
from collections.abc import Callable
from functools import partial
from typing import Annotated

import typer

from deploy.refusals import Refused
from report.alert.alarm import FAILED, QUIET, Alarm, Desk
from report.alert.alarm import alert as look
from report.alert.counts import Account
from report.alert.delivery import Way, ways
from report.alert.settings import AlertSettings
from report.asking.asking import Asking
from report.asking.refusals import KeyRefused, ScopeMissing
from report.gather.gathering import gather
from report.settings import Settings, read
from report.store.store import Store
from report.window import span


def alert(
    *,
    portal: Annotated[str, typer.Option(help="A file in deploy/portals, without .toml.")],
    within: Annotated[str, typer.Option(help="How soon a ticket has to be there.")] = "5m",
    budget: Annotated[int | None, typer.Option(help="At most so many calls of HubSpot's API.", min=1)] = None,
    dry: Annotated[bool, typer.Option("--dry", help="Show what would be sent; send and remember nothing.")] = False,
) -> None:
    """Tell once when too many chats are dropped, and once when it is over; 3 while it lasts, for any scheduler."""
    settings = read(portal)
    allowed = span("--within", within)
    receivers = ways(settings.portal.where, settings.alert)  # refused now, not in the night in which it is needed
    clock = [_machine]

    def bring() -> Refused | KeyboardInterrupt | None:
        with Asking(settings.portal.api_host, settings.token, budget=budget) as asking:
            clock[0] = asking.now
            return gather(asking, store, settings, days=days(settings.alert, settings.keep_days)).ended_by

    def now() -> int:
        return clock[0]()

    with Store.open(settings.name) as store:
        raise typer.Exit(run(settings, store, receivers, bring, within=allowed, dry=dry, now=now))


def days(settings: AlertSettings, keep_days: int) -> int:
    """How far back is gathered, the first time: what is decided by, as far as it is kept."""
    weeks = 7 * settings.weeks + 1 if settings.spike else 0
    return min(keep_days, max(weeks, -(-max(settings.hours, settings.quiet_hours) // 24) + 1))


def run(
    settings: Settings,
    store: Store,
    receivers: list[Way],
    bring: Callable[[], Refused | KeyboardInterrupt | None],
    *,
    within: int,
    dry: bool,
    now: Callable[[], int],
) -> int:
    """The exit code: 1 when something failed that nobody else would say, 3 while an alarm lasts, else 0.

    A gathering that is refused does not end the look: what is there may be alarming, and not to see is alarming too.
    """
    refused, failed = "", False
    try:
        ended_by = bring()
    except (KeyRefused, ScopeMissing) as no:
        refused, ended_by = str(no), no
    except Refused as no:
        ended_by = no
    if isinstance(ended_by, KeyboardInterrupt):
        raise ended_by
    if ended_by is not None:
        failed = True
        print(f"report: {ended_by}", file=sys.stderr)
    told = desk(settings, store, within)
    alarm = look(store, told, settings.alert, receivers, now=now(), refused=refused, dry=dry)
    said(alarm, [each.name for each in receivers], dry=dry)
    return FAILED if failed and alarm.exit_code == QUIET else alarm.exit_code


def desk(settings: Settings, store: Store, within: int) -> Desk:
    """The account, as it is looked at and told of."""
    portal = settings.portal.portal_id
    zone, link = store.mark(portal, "zone") or "UTC", partial(settings.link, store.mark(portal, "ui_host"))
    return Desk(settings.name, Account(portal, zone, within, settings.keep_days), link)


def said(alarm: Alarm, receivers: list[str], *, dry: bool) -> None:
    """What was decided, why, and who was told; a failed delivery on standard error."""
    print(f"{alarm.decision.kind}: {alarm.decision.why}")
    if alarm.lasting and alarm.decision.kind == "quiet":
        print(f"An incident lasts still: {', '.join(one.kind for one in alarm.lasting)}.")
    if alarm.message is not None and (dry or not receivers):
        to = f" Would be sent by {', '.join(receivers)}:" if dry and receivers else ""
        print(f"---{to}\n{alarm.message.text}\n---")
    for name in alarm.delivered:
        print(f"Told: {name}.")
    for trouble in alarm.failed:
        print(f"report: not delivered, will be told again by the next run: {trouble}.", file=sys.stderr)


def _machine() -> int:
    return int(time.time() * 1000)
