"""How is a line that was typed carried out? A command of a door, its refusal in a line, and an exit code of ours."""

import functools
import os
import sys
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import typer

from contract.action import ContractError
from contract.flow import FlowError
from deploy.patient_output import patient_output
from deploy.refusals import Refused
from deploy.unforeseen import bug_line, system_line

DONE, REFUSED = 0, 1
USAGE = 2  # typer's own for a mistake on the command line; where we say 2, it means something else
REFUSALS = (Refused, FlowError, ContractError)
DEBUG, DEBUG_VARIABLE = "--debug", "CHAT_HANDOFF_DEBUG"


@dataclass(frozen=True)
class Door:
    """One of our command lines: its name, its commands, and what else than a Refused is said in one line."""

    name: str
    help: str
    commands: Sequence[Callable[..., None]]
    refusals: tuple[type[Exception], ...] = ()

    def main(self, arguments: list[str] | None = None) -> int:
        """Take the command line and return how it ended."""
        typed = sys.argv[1:] if arguments is None else arguments
        end = typed.index("--") if "--" in typed else len(typed)
        debug = DEBUG in typed[:end] or os.environ.get(DEBUG_VARIABLE, "") not in ("", "0")
        rest = [each for at, each in enumerate(typed) if each != DEBUG or at > end]
        try:
            with patient_output():
                return self._run(rest, debug=debug)
        except OSError as problem:  # what was printed last could not be
            print(f"{self.name}: {system_line(problem)}", file=sys.stderr)
            return REFUSED

    def _run(self, arguments: list[str], *, debug: bool) -> int:
        """Run the command. A 2 of its own stands; typer's 2 is a mistake on the command line, and so refused."""
        app = typer.Typer(add_completion=False, pretty_exceptions_enable=False, no_args_is_help=True, help=self.help)
        app.callback()(self._common())
        ended: list[int] = []
        for command in self.commands:
            app.command(command.__name__.replace("_", "-"))(self._said(command, ended, debug=debug))
        try:
            app(args=arguments, prog_name=self._called())
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else REFUSED
            return REFUSED if code == USAGE and not ended else code
        return DONE

    def _common(self) -> Callable[..., None]:
        """What all commands share; `main` has taken it already, wherever it stood."""
        shows = f"Show where a bug of {self.name} happened, as {DEBUG_VARIABLE}=1 does."

        def common(*, debug: Annotated[bool, typer.Option(DEBUG, help=shows)] = False) -> None:
            pass

        return common

    def _said(self, command: Callable[..., None], ended: list[int], *, debug: bool) -> Callable[..., None]:
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
            except REFUSALS as no:
                self._end(str(no), debug=False)
            except self.refusals as no:
                self._end(str(no), debug=False)
            except OSError as problem:
                self._end(system_line(problem), debug=debug)
            except Exception as bug:  # noqa: BLE001 (the last resort: a line instead of a traceback)
                self._end(bug_line(self.name, name, bug, f"{DEBUG} shows where."), debug=debug)

        return call

    def _end(self, line: str, *, debug: bool) -> None:
        if debug:
            traceback.print_exc()
        print(f"{self.name}: {line}", file=sys.stderr)
        raise typer.Exit(REFUSED) from None

    def _called(self) -> str:
        """As what was typed to get here."""
        installed = Path(sys.argv[0]).stem in ("chat-handoff", "chat_handoff")
        return f"chat-handoff {self.name}" if installed else f"python -m {self.name}"
