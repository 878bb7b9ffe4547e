"""What of a command line about an action is read: its event, its secrets, and the moment."""

import json
import os
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from harness.clock import ClockError
from harness.clock import moment as in_range
from harness.portal.tokens import PREFIX

Secret = Annotated[
    list[str] | None,
    typer.Option(
        help="NAME=VALUE, or NAME alone to take it from the environment. A value that "
        f"begins with {PREFIX} is also a token that the local HubSpot takes, with the declared scopes."
    ),
]
"""The secrets of whoever runs an action, as they are typed."""


def file(named: Path, where: str, what: str) -> None:
    """Refuse what is no file, or none that can be read."""
    if not named.is_file():
        raise typer.BadParameter(f"{where}: expected {what}, found no file {named}.")
    try:
        with named.open("rb") as opened:
            opened.read(1)
    except OSError as error:
        raise typer.BadParameter(f"{where}: expected {what}, found none that can be read ({error}).") from None


def event(named: str) -> dict[str, Any]:
    """The JSON object in a file, or in standard input where it is called -."""
    where = f"--event {named}"
    try:
        text = (_standard_input() if named == "-" else Path(named).read_bytes()).decode("utf-8-sig")
    except (OSError, ValueError) as error:
        raise typer.BadParameter(f"{where}: expected a JSON file, found none that can be read ({error}).") from None
    try:
        found = json.loads(text)
    except RecursionError:
        raise typer.BadParameter(f"{where}: expected JSON, found one nested too deep to be read.") from None
    except ValueError as error:
        raise typer.BadParameter(f"{where}: expected JSON, found something else ({error}).") from None
    if not isinstance(found, dict) or not isinstance(found.get("inputFields", {}), dict):
        raise typer.BadParameter(f'{where}: expected an object such as {{"inputFields": {{...}}}}, found another.')
    return found


def _standard_input() -> bytes:
    if sys.stdin is None:
        raise OSError("standard input is closed")
    return sys.stdin.buffer.read()


def secrets(pairs: list[str]) -> dict[str, str]:
    """NAME=VALUE, or NAME alone, which keeps the value out of the shell's history and the process list."""
    found = {}
    for position, pair in enumerate(pairs, start=1):
        name, given, value = pair.partition("=")
        if not name.isidentifier():
            raise typer.BadParameter(f"--secret, number {position}: expected NAME=VALUE or NAME, found no name.")
        if name in found:
            raise typer.BadParameter(f"--secret {name}: expected each name once, found it twice. Leave one out.")
        if not given and name not in os.environ:
            raise typer.BadParameter(f"--secret {name}: expected a value, found no {name} in the environment.")
        found[name] = value if given else os.environ[name]
    return found


def moment(text: str | None) -> datetime | None:
    """A moment as 2026-03-02T08:00:00Z; without a zone it is UTC."""
    if text is None:
        return None
    try:
        found = datetime.fromisoformat(text)
        return in_range(found if found.tzinfo else found.replace(tzinfo=UTC))
    except ClockError as refusal:
        raise typer.BadParameter(f"--now: {refusal}") from None
    except ValueError:
        raise typer.BadParameter(f"--now: expected a moment as 2026-03-02T08:00:00Z, found {text!r}.") from None
