"""`report drops`: which chats closed unresolved, and no ticket served them in time?"""

import sys
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from deploy.refusals import Refused
from deploy.whole_files import write_whole
from report.asking.asking import Asking
from report.drops.finding import found, found_before, found_in
from report.drops.naming import names_of
from report.drops.progress import progress
from report.gather.gathering import Gathered, gather
from report.settings import Settings, read
from report.show.as_csv import as_csv
from report.show.as_json import as_json
from report.show.labels import Names
from report.show.markdown import markdown as as_markdown
from report.show.terminal import terminal
from report.store.store import Store
from report.window import span


def drops(
    *,
    portal: Annotated[str, typer.Option(help="A file in deploy/portals, without .toml.")],
    days: Annotated[int, typer.Option(min=1, help="How many whole days back, besides today.")] = 30,
    within: Annotated[str, typer.Option(help="How soon a ticket has to be there: 5m, 90s, 1h.")] = "5m",
    budget: Annotated[
        int | None, typer.Option(min=1, help="At most so many calls; the next run gathers what is left.")
    ] = None,
    keep_days: Annotated[
        int | None, typer.Option(min=1, help="How long verdicts are kept, instead of the file's keep_days (45).")
    ] = None,
    offline: Annotated[bool, typer.Option("--offline", help="Ask HubSpot nothing: show what was gathered.")] = False,
    warehouse: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Ask HubSpot nothing: show what a warehouse has of the account.")
    ] = None,
    names: Annotated[
        bool, typer.Option("--names", help="Names of inboxes and agents instead of ids: read now, kept nowhere.")
    ] = False,
    json: Annotated[bool, typer.Option("--json", help="Print one JSON object and nothing else.")] = False,
    csv: Annotated[
        Path | None, typer.Option(metavar="FILE", dir_okay=False, help="A line for each late or dropped chat.")
    ] = None,
    markdown: Annotated[Path | None, typer.Option(metavar="FILE", dir_okay=False, help="One page of text.")] = None,
    html: Annotated[
        Path | None, typer.Option(metavar="FILE", dir_okay=False, help="One page for a browser, whole in itself.")
    ] = None,
) -> None:
    """Count the chats that closed unresolved and got no ticket in time.

    It only reads: a key with the scopes conversations.read, tickets and crm.objects.contacts.read is enough, in the
    variable HUBSPOT_REPORT_TOKEN. Nothing that a visitor typed is kept. Example:

    python -m report drops --portal example --days 30 --html drops.html
    """
    settings, allowed = read(portal), span("--within", within)
    settings = replace(settings, keep_days=keep_days or settings.keep_days)
    with Store.open(portal) as store:
        called: Names | None = None
        ended_by: Refused | KeyboardInterrupt | None = None
        if warehouse is not None:
            zone = store.mark(settings.portal.portal_id, "zone") or "UTC"
            told = found_in(warehouse, settings, days, allowed, zone)
        elif offline:
            told = found_before(store, settings, days, allowed)
        else:
            with Asking(settings.portal.api_host, settings.token, budget=budget) as asking:
                gathered = _gathered(asking, store, settings, days)
                told, ended_by = found(store, settings, gathered, allowed), gathered.ended_by
                if names and not ended_by:
                    try:
                        called = names_of(asking, settings.paths, told)
                    except Refused as no:  # what was counted is told all the same
                        ended_by = no
    for file, text in ((csv, as_csv), (markdown, as_markdown)):
        if file is not None:
            write_whole(file, text(told, called))
    if html is not None:
        from report.show.page.page import page  # draws with libraries that take seconds to load

        write_whole(html, page(told, called))
    if json:
        print(as_json(told, called))
    else:
        terminal(told, called, stream=sys.stdout)
    if ended_by is not None:
        raise ended_by


def _gathered(asking: Asking, store: Store, settings: Settings, days: int) -> Gathered:
    with progress() as tell:
        return gather(asking, store, settings, days=days, progress=tell)
