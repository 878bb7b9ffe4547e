"""`python -m harness facts`: which assumptions are there, and what does a log of the real HubSpot say of them?"""

import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated

import typer

from harness.facts import ledger, logs

DONE, REFUSED, DIFFERENCE = 0, 1, 2
LARGEST = 50_000_000

facts = typer.Typer(add_completion=False, help="What is known of the real HubSpot, and how.")


@facts.callback()
def about() -> None:
    """What is known of the real HubSpot, and how."""


@facts.command("import")
def take_in(
    log: Annotated[str, typer.Argument(metavar="LOG", help="The log of a probe's or a live run; - is input.")],
    on: Annotated[
        str | None, typer.Option(help="The day it is of, as 2026-11-22, for lines that do not say. Default: today.")
    ] = None,
    into: Annotated[Path, typer.Option(help="The ledger to write.")] = ledger.FILE,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show it, write nothing.")] = False,
) -> None:
    """Turn a log of the real HubSpot into verified marks. Ends with 2 when HubSpot does otherwise than we assume.

    Example: python -m harness facts import probe.log --on 2026-11-22
    """
    try:
        shown = logs.read(_text(log), log, _day(on))
        known = ledger.read(into)
        rows = ledger.merged(known, shown.seen)
        if not dry_run:
            ledger.write(rows, into)
    except (logs.LogError, ledger.LedgerError) as problem:
        print(problem, file=sys.stderr)
        raise typer.Exit(REFUSED) from None
    except OSError as problem:
        print(f"facts: {problem}.", file=sys.stderr)
        raise typer.Exit(REFUSED) from None
    raise typer.Exit(_tell(shown, dry_run, into))


@facts.command("list")
def show() -> None:
    """The assumptions about the runtime, each with its mark; those about the API stand in docs/coverage.md.

    Example: python -m harness facts list
    """
    from rich.console import Console
    from rich.table import Table

    from harness.facts.runtime import FACTS

    try:
        known = ledger.read()
    except ledger.LedgerError as problem:
        print(problem, file=sys.stderr)
        raise typer.Exit(REFUSED) from None
    table = Table(box=None, pad_edge=False, header_style="bold")
    for name in ("fact", "mark", "what we assume"):
        table.add_column(name, overflow="fold")
    for fact in FACTS:
        table.add_row(fact.id, ledger.marked(fact.mark, known.get(fact.id)), fact.says)
    Console().print(table)


def _tell(shown: logs.Shown, dry_run: bool, into: Path) -> int:
    held = [seen for seen in shown.seen if seen.held]
    other = [seen for seen in shown.seen if not seen.held]
    for seen in other:
        print(f"otherwise  {seen.claim}: {seen.found}")
    for seen in held:
        print(f"verified   {seen.claim}  {seen.on}")
    where = "nothing written" if dry_run else f"written to {into}"
    print(f"{len(held)} verified, {len(other)} otherwise, {shown.not_put} not put; {where}.")
    return DIFFERENCE if other else DONE


def _text(log: str) -> str:
    if log == "-":
        return sys.stdin.buffer.read(LARGEST).decode("utf-8-sig", errors="replace")
    with Path(log).open("rb") as file:
        return file.read(LARGEST).decode("utf-8-sig", errors="replace")


def _day(text: str | None) -> date:
    if text is None:
        return datetime.now(UTC).date()
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(f"--on: expected a day as 2026-11-22, found {text!r}.") from None
