"""What can be typed after `python -m deploy`?"""

import functools
import os
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import typer

from contract.action import ContractError
from contract.flow import FlowError
from deploy import shipping, surveying
from deploy.apply import NotAsSent
from deploy.doctor.command import doctor
from deploy.export.command import export
from deploy.pasting import verify_paste
from deploy.patient_output import patient_output
from deploy.pull.command import pull
from deploy.refusals import Refused
from deploy.unforeseen import bug_line, system_line

COMMANDS: tuple[Callable[..., None], ...] = (
    doctor,
    surveying.provision,
    shipping.check_inputs,
    shipping.plan,
    shipping.apply,
    shipping.drift,
    shipping.rollback,
    pull,
    shipping.history,
    export,
    verify_paste,
    surveying.inventory,
)
DEBUG, DEBUG_VARIABLE = "--debug", "CHAT_HANDOFF_DEBUG"


def main(arguments: list[str] | None = None) -> int:
    """Take the command line; 0 nothing to do or done, 1 refused or failed, 2 there is a difference."""
    typed = sys.argv[1:] if arguments is None else arguments
    end = typed.index("--") if "--" in typed else len(typed)
    debug = DEBUG in typed[:end] or os.environ.get(DEBUG_VARIABLE, "") not in ("", "0")
    rest = [each for at, each in enumerate(typed) if each != DEBUG or at > end]
    try:
        with patient_output():
            return _run(rest, debug=debug)
    except OSError as problem:  # what was printed last could not be
        print(f"deploy: {system_line(problem)}", file=sys.stderr)
        return shipping.REFUSED


def _run(arguments: list[str], *, debug: bool) -> int:
    """Run the command. Its own 2 is a difference; typer's 2 is a mistake on the command line, and so no 2 of ours."""
    app = typer.Typer(
        add_completion=False,
        pretty_exceptions_enable=False,
        no_args_is_help=True,
        help="Put workflows and their code into HubSpot, calmly: plan, apply, drift, rollback.",
    )
    app.callback()(_common)
    ended: list[int] = []
    for command in COMMANDS:
        app.command(command.__name__.replace("_", "-"))(_said(command, ended, debug=debug))
    try:
        app(args=arguments, prog_name=_called())
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else shipping.REFUSED
        return shipping.REFUSED if code == shipping.DIFFERENCE and not ended else code
    return shipping.DONE


def _common(
    *,
    debug: Annotated[
        bool, typer.Option(DEBUG, help=f"Show where a bug of deploy happened, as {DEBUG_VARIABLE}=1 does.")
    ] = False,
) -> None:
    """What all commands share; `main` has taken it already, wherever it stood."""


def _said(command: Callable[..., None], ended: list[int], *, debug: bool) -> Callable[..., None]:
    """What is refused is one line, and exit code 1. So is what nobody foresaw. How it ended is kept in mind."""
    name = command.__name__.replace("_", "-")

    @functools.wraps(command)
    def call(*args: Any, **kwargs: Any) -> None:
        try:
            command(*args, **kwargs)
        except typer.Exit as end:
            ended.append(end.exit_code)
            raise
        except (typer.Abort, typer.BadParameter):
            raise
        except (Refused, FlowError, ContractError, NotAsSent) as no:
            _end(str(no), debug=False)
        except OSError as problem:
            _end(system_line(problem), debug=debug)
        except Exception as bug:  # noqa: BLE001 (the last resort: a line instead of a traceback)
            _end(bug_line(name, bug, f"{DEBUG} shows where."), debug=debug)

    return call


def _end(line: str, *, debug: bool) -> None:
    if debug:
        traceback.print_exc()
    print(f"deploy: {line}", file=sys.stderr)
    raise typer.Exit(shipping.REFUSED) from None


def _called() -> str:
    """As what was typed to get here."""
    return "chat-handoff deploy" if Path(sys.argv[0]).stem in ("chat-handoff", "chat_handoff") else "python -m deploy"
