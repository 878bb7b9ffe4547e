"""What can be typed after `python -m deploy`?"""

import functools
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import typer

from contract.action import ContractError
from contract.flow import FlowError
from deploy import shipping, surveying
from deploy.apply import NotAsSent
from deploy.doctor.command import doctor
from deploy.export.command import export
from deploy.pasting import verify_paste
from deploy.pull.command import pull
from deploy.refusals import Refused

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


def main(arguments: list[str] | None = None) -> int:
    """Take the command line; 0 nothing to do or done, 1 refused or failed, 2 there is a difference."""
    app = typer.Typer(
        add_completion=False,
        pretty_exceptions_enable=False,
        no_args_is_help=True,
        help="Put workflows and their code into HubSpot, calmly: plan, apply, drift, rollback.",
    )
    for command in COMMANDS:
        app.command(command.__name__.replace("_", "-"))(_said(command))
    try:
        app(args=arguments, prog_name=_called())
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else shipping.REFUSED
    return shipping.DONE


def _said(command: Callable[..., None]) -> Callable[..., None]:
    """What is refused is one line, and exit code 1."""

    @functools.wraps(command)
    def call(*args: Any, **kwargs: Any) -> None:
        try:
            command(*args, **kwargs)
        except (Refused, FlowError, ContractError, NotAsSent) as no:
            print(f"deploy: {no}", file=sys.stderr)
            raise typer.Exit(shipping.REFUSED) from None
        except OSError as problem:
            print(f"deploy: {problem}.", file=sys.stderr)
            raise typer.Exit(shipping.REFUSED) from None

    return call


def _called() -> str:
    """As what was typed to get here."""
    return "chat-handoff deploy" if Path(sys.argv[0]).stem in ("chat-handoff", "chat_handoff") else "python -m deploy"
