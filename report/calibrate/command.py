"""What does `python -m report calibrate` do? Draws closes, takes answers, and says how often the verdict is right."""

import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from deploy.refusals import Refused
from report.calibrate import sheet_file
from report.calibrate.answering import Sheet, take
from report.calibrate.drawing import draw
from report.calibrate.estimating import calibrated
from report.calibrate.strata import strata, unjudged
from report.calibrate.wording import said
from report.settings import Settings, read
from report.store.store import Store


def calibrate(
    *,
    portal: Annotated[str, typer.Option(help="A file in deploy/portals, without .toml.")],
    sample: Annotated[
        int, typer.Option(help="How many chats to ask about; 0: only say what is known.", min=0, max=10_000)
    ] = 50,
    seed: Annotated[int, typer.Option(help="Another seed draws other chats.", min=0, max=2**31)] = 0,
    again: Annotated[bool, typer.Option("--again", help="Ask about answered chats too.")] = False,
    csv_out: Annotated[Path | None, typer.Option(help="Write the chats into this file, to be filled in.")] = None,
    csv_in: Annotated[Path | None, typer.Option(help="Read the file that was filled in.")] = None,
) -> None:
    """Look at a sample of judged chats in HubSpot and say whether the verdict is right; precision and recall."""
    if csv_out and csv_in:
        raise Refused(
            "--csv-out", expected="--csv-out or --csv-in", found="both", remedy="Write first, fill in, then read."
        )
    settings = read(portal)

    def opened() -> Store:
        return Store.open(settings.name)

    run(settings, opened, sample=sample, seed=seed, again=again, csv_out=csv_out, csv_in=csv_in)


def run(
    settings: Settings,
    opened: Callable[[], Store],
    *,
    sample: int,
    seed: int,
    again: bool,
    csv_out: Path | None,
    csv_in: Path | None,
) -> None:
    """Ask by the terminal or by a file, of what was gathered already; HubSpot is not asked.

    A person takes an hour to answer, in which the hourly alert wants the store: it is opened for each step alone.
    """
    portal_id = settings.portal.portal_id
    sheet = _sheet(settings, opened)
    if csv_in:
        answers = sheet_file.read(sheet, csv_in)
        sheet.keep(answers, _now())
        print(f"{len(answers)} answers taken from {csv_in.name}.")
    else:
        with opened() as store:
            drawn = draw(store, portal_id, sample, seed=seed, again=again)
            if sample and not drawn:
                _nothing_to_ask(store, portal_id)
        if csv_out and drawn:
            sheet_file.write(sheet, drawn, csv_out)
            print(f"{len(drawn)} chats written. Fill in the column answer, then read it with --csv-in {csv_out}.")
            return
        take(sheet, drawn, sys.stdin, sys.stdout, _now)
    with opened() as store:
        found, others = strata(store, portal_id), unjudged(store, portal_id)
    print("\n".join(["", *said(found, calibrated(found), others)]))


def _nothing_to_ask(store: Store, portal_id: int) -> None:
    if strata(store, portal_id):
        print("All judged chats are answered; --again asks about them once more.")
        return
    raise Refused(
        "calibrate",
        expected="judged chats in the store",
        found="none",
        remedy="Run python -m report drops first, which gathers and judges them.",
    )


def _sheet(settings: Settings, opened: Callable[[], Store]) -> Sheet:
    portal = settings.portal.portal_id
    with opened() as store:
        zone, link = store.mark(portal, "zone") or "UTC", partial(settings.link, store.mark(portal, "ui_host"))
    return Sheet(opened, portal, zone, link)


def _now() -> int:
    return int(time.time() * 1000)
