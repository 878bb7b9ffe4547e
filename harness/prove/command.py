"""`harness prove`: is an action safe to be run again, at any call, twice, and twice at once?"""

import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from contract.action import Action, ContractError
from harness import typed
from harness.ending import Paper, Refused, put
from harness.prove import show
from harness.prove.proving import ORDERS, Proof
from harness.prove.proving import prove as proved
from harness.prove.stage import Subject
from harness.runtime.environment import NoPython
from harness.serve.seed import Seed
from harness.serve.seed_file import SeedError, read_file

HELD, DID_NOT = 0, 1
MOST_ORDERS = 10_000


def prove(
    file: Annotated[Path, typer.Argument(help="The action's file.")],
    event: Annotated[str, typer.Option(help="A JSON file with what main is called with; - reads it from input.")],
    seed: Annotated[Path | None, typer.Option(help="What is in the account before: docs/seed.md.")] = None,
    secret: typed.Secret = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object and nothing else.")] = False,
    orders: Annotated[
        int, typer.Option(min=0, max=MOST_ORDERS, help="In how many orders two runs at once are tried.")
    ] = ORDERS,
    strict: Annotated[bool, typer.Option(help="Let what is told and not judged end with 1 too.")] = False,
    now: Annotated[str | None, typer.Option(help="What time it is for the action, as 2026-03-02T08:00:00Z.")] = None,
    python: Annotated[str | None, typer.Option(help="The interpreter that runs the action.")] = None,
) -> None:
    """Prove that an action may be run again: every fault at every call, twice, and twice at once.

    Ends with 0 when everything left the same behind as a run without trouble, with 1 when something did not. Example:
    python -m harness prove action.py --event event.json --secret TOKEN=local-1
    """
    typed.file(file, "FILE", "an action's file")
    try:
        subject = _subject(file, event, seed, secret or [], now)
        proof = _proved(subject, python, orders)
    except NoPython as missing:
        raise typer.BadParameter(str(missing)) from None
    except (ContractError, SeedError) as wrong:
        raise Refused(str(wrong)) from None
    took = put(json.dumps(show.as_json(proof, strict=strict), indent=2) if as_json else _table(proof, file.name))
    raise typer.Exit(HELD if took and proof.holds(strict=strict) else DID_NOT)


def _table(proof: Proof, name: str) -> str:
    from rich.console import Console

    printed = Paper()
    show.show(proof, name, Console(file=printed, highlight=False))
    return printed.getvalue()


def _subject(file: Path, event: str, seed: Path | None, secret: list[str], now: str | None) -> Subject:
    planted = read_file(seed) if seed else Seed()
    moment = typed.moment(now) or planted.now or datetime.now(UTC).replace(microsecond=0)
    return Subject(
        Action.read(file), typed.event(event), typed.secrets(secret), moment, planted, str(seed) if seed else ""
    )


def _proved(subject: Subject, python: str | None, orders: int) -> Proof:
    """With a line that counts on a terminal, for the eyes alone."""
    if not sys.stderr.isatty():
        return proved(subject, python=python, orders=orders)
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("trials", total=None)
        return proved(
            subject,
            python=python,
            orders=orders,
            progress=lambda done, of: bar.update(task, completed=done, total=of),
        )
