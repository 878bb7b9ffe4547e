"""`python -m harness day`: a working day of live chats, from the first message to the last ticket."""

import json
from pathlib import Path
from typing import Annotated

import typer

from harness.day.faults import FAULTS

MONDAY = Path(__file__).with_name("monday.yaml")


def day(
    file: Annotated[Path, typer.Argument(help="The day to play, as YAML.", show_default="a Monday")] = MONDAY,
    break_: Annotated[
        str, typer.Option("--break", metavar="FAULT", help=f"Break one thing: {', '.join(FAULTS)}.")
    ] = "",
    flows: Annotated[Path | None, typer.Option(help="Folder of the flows' JSON files.")] = None,
    properties: Annotated[Path | None, typer.Option(help="The ticket properties, as TOML.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object instead of the table.")] = False,
) -> None:
    """Play a day of live chats through the workflow, against the local HubSpot.

    Ends with every chat's end beside the expected one, and one line. Example: python -m harness day --break no-retry
    """
    from rich.console import Console

    from contract.action import ContractError
    from contract.flow import FlowError
    from harness.day import show
    from harness.day.book import read_day
    from harness.day.refusal import DayError
    from harness.day.run import run
    from harness.runtime.environment import NoPython
    from harness.workflow import NotWalkable

    if break_ and break_ not in FAULTS:
        raise typer.BadParameter(f"expected one of {', '.join(FAULTS)}, found {break_!r}.", param_hint="--break")
    fault = FAULTS.get(break_)
    console, aside = Console(), Console(stderr=True)
    try:
        read = read_day(file)
        closes = sum(step.kind == "close" for chat in read.chats for step in chat.steps)
        with show.Progress(aside, closes) as bar:
            result = run(
                read,
                flow_folder=flows or _found("deploy/workflows"),
                properties=properties or _found("deploy/properties.toml"),
                fault=fault,
                show=bar.show,
            )
    except (ContractError, DayError, FlowError, NoPython, NotWalkable) as refusal:
        aside.print(str(refusal), markup=False, highlight=False, soft_wrap=True)
        raise typer.Exit(1) from None
    if as_json:
        print(json.dumps(show.as_json(result.tally, fault), ensure_ascii=False, indent=2))
    else:
        show.show(console, result.tally, fault)
    raise typer.Exit(0 if result.tally.good else 1)


def _found(name: str) -> Path:
    """Beside the installed packages, which is also the root of the repository."""
    return Path(__file__).resolve().parents[2] / name
