"""What does `python -m report repair` do? Counts what was dropped, runs the workflow's actions for it, counts again."""

import json as json_text
import sys
import time
from contextlib import nullcontext
from typing import Annotated

import typer

from report.asking.asking import Asking
from report.drops.progress import progress
from report.gather.gathering import gather
from report.repair.dropped import Dropped, dropped, to_repair
from report.repair.forwarder import Forwarder
from report.repair.notes import StoredNotes
from report.repair.opening import Busy, account_of, alone, meant, repair_key
from report.repair.repairing import How, Repair, Step
from report.repair.repairing import repair as put_right
from report.repair.told import as_json, line_of, lines_of
from report.settings import Settings, read, store_of
from report.store.store import Store
from report.window import span

FAILED = 1


def repair(
    *,
    portal: Annotated[str, typer.Option(help="A file in deploy/portals, without .toml.")],
    apply: Annotated[
        bool, typer.Option("--apply", help="Do it. Without, it is only shown what would be done.")
    ] = False,
    yes: Annotated[str, typer.Option("--yes", metavar="NAME", help="The portal's name, instead of typing it.")] = "",
    days: Annotated[int, typer.Option(help="How many whole days back, besides today.")] = 7,
    within: Annotated[str, typer.Option(help="How long a chat may be without a ticket: 5m, 90s, 1h.")] = "5m",
    ambiguous: Annotated[
        bool, typer.Option("--ambiguous", help="Also those whose visitor has an open ticket that may carry the chat.")
    ] = False,
    confirm_within: Annotated[
        str, typer.Option(help="Visitors of chats that closed longer ago are sent no confirmation.")
    ] = "24h",
    without_confirmation: Annotated[
        bool, typer.Option("--without-confirmation", help="Send no visitor a confirmation.")
    ] = False,
    budget: Annotated[int | None, typer.Option(min=1, help="At most so many calls for each count.")] = None,
    json: Annotated[bool, typer.Option("--json", help="Print one JSON object and nothing else.")] = False,
) -> None:
    """Run the workflow's own actions, from here, for the chats that were dropped.

    Dry without --apply. Harmless when run twice, at once, or beside the workflow. The key that the actions work with is
    in the variable CHAT_HANDOFF_TOKEN. Every five minutes it is the automation: docs/every-five-minutes.md. Example:

    python -m report repair --portal example --apply
    """
    settings, allowed, young = read(portal), span("--within", within), span("--confirm-within", confirm_within)
    how = How(apply=apply, confirm_within_ms=0 if without_confirmation else young)
    try:
        with alone(store_of(settings.name).parent, settings.portal):
            done = _repaired(settings, how, yes, days, allowed, budget, ambiguous=ambiguous, as_text=not json)
    except Busy as busy:
        print(f"report: {busy}", file=sys.stderr)
        return
    if json:
        print(json_text.dumps(as_json(done), indent=2, ensure_ascii=False, sort_keys=True))
    else:
        for chat in done.chats:
            if chat.end == "left":
                print(line_of(chat, applied=done.applied))
        print(*lines_of(done), sep="\n")
    if not done.settled:
        raise typer.Exit(FAILED)


def _repaired(
    settings: Settings,
    how: How,
    yes: str,
    days: int,
    within: int,
    budget: int | None,
    *,
    ambiguous: bool,
    as_text: bool,
) -> Repair:
    portal = settings.portal
    forwarder = Forwarder(portal.api_host, repair_key(portal, settings.repair_token_variable))
    account = account_of(portal, forwarder, settings.paths["account"])
    if how.apply:
        meant(portal, account, yes, ask=lambda question: typer.prompt(question, default="", err=True))
    rows = _counted(settings, days, within, budget)
    closes = to_repair(rows, ambiguous=ambiguous)
    if as_text:
        print(_found(rows, len(closes)))
    return put_right(
        portal,
        closes,
        forwarder,
        StoredNotes.of(settings.name, portal.portal_id),
        how,
        recount=lambda: len(_counted(settings, days, within, budget)),
        progress=_Teller(applied=how.apply) if as_text else lambda _: None,
    )


def _counted(settings: Settings, days: int, within: int, budget: int | None) -> list[Dropped]:
    """What is new in HubSpot is gathered first; what is not all there is not counted."""
    with (
        Store.open(settings.name) as store,
        Asking(settings.portal.api_host, settings.token, budget=budget) as asking,
        progress() if sys.stderr.isatty() else nullcontext() as tell,
    ):
        gathered = gather(asking, store, settings, days=days, progress=tell)
        if gathered.ended_by is not None:
            raise gathered.ended_by
        portal, since = settings.portal.portal_id, gathered.window.since
        return dropped(store, portal, since=since, until=gathered.until, within=within)


def _found(rows: list[Dropped], closes: int) -> str:
    settled, doubtful = sum(row.overtaken for row in rows), sum(row.ambiguous for row in rows)
    said = f"{len(rows)} dropped, {closes} to be repaired."
    if settled:
        said += f" {settled} were settled by a later sitting."
    if doubtful:
        said += f" {doubtful} are in doubt: the visitor has an open ticket (--ambiguous takes them too)."
    return said


class _Teller:
    """A line for each chat as it ends, with an estimate of what is left."""

    def __init__(self, *, applied: bool) -> None:
        self._applied, self._began = applied, time.monotonic()

    def __call__(self, step: Step) -> None:
        if step.chat is None:
            print(f"waiting {step.waiting:.0f} s before another try of {step.of - step.done}", file=sys.stderr)
            return
        left = (time.monotonic() - self._began) / step.done * (step.of - step.done)
        about = f", about {left / 60:.0f} min left" if left > 90 else ""
        print(f"{step.done}/{step.of}{about}  {line_of(step.chat, applied=self._applied)}", flush=True)
