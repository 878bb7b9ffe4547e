"""What can be typed after `python -m harness`? Run an action, prove it, try a flow, play a day, serve."""

import io
import json
import os
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

if TYPE_CHECKING:
    import typer

    from contract.action import Action
    from harness.portal import Portal
    from harness.runtime.outcome import Outcome

SUCCEEDED, FAILED, USAGE, INTERRUPTED = 0, 1, 2, 130


def main(arguments: list[str] | None = None) -> int:
    """Take the command line; 0 succeeded, 1 failed or refused (--strict: problems too), 2 usage, 130 interrupted."""
    try:
        _app()(args=arguments, prog_name=_called())
    except KeyboardInterrupt:
        code = INTERRUPTED
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else FAILED
    else:
        return SUCCEEDED
    if code == INTERRUPTED:
        print("harness: interrupted.", file=sys.stderr)
    return code


def _called() -> str:
    """As what was typed to get here."""
    return "chat-handoff harness" if Path(sys.argv[0]).stem in ("chat-handoff", "chat_handoff") else "python -m harness"


def _app() -> "typer.Typer":
    import typer

    from harness import typed

    app = typer.Typer(add_completion=False, pretty_exceptions_enable=False, help="A local HubSpot.")

    @app.callback()
    def harness() -> None:
        """A local HubSpot: run a custom-code action as HubSpot's workflow would."""

    @app.command()
    def run(
        file: Annotated[Path, typer.Argument(help="The action's file.")],
        event: Annotated[str, typer.Option(help="A JSON file with what main is called with; - reads it from input.")],
        secret: typed.Secret = None,
        as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object and nothing else.")] = False,
        strict: Annotated[bool, typer.Option(help="Let problems end with 1 too.")] = False,
        now: Annotated[
            str | None, typer.Option(help="What time it is for the action, as 2026-03-02T08:00:00Z.")
        ] = None,
        python: Annotated[str | None, typer.Option(help="The interpreter that runs the action.")] = None,
    ) -> None:
        """Run one action file once, against an empty local HubSpot, and say what HubSpot would do."""
        outcome = _run(file, typed.event(event), typed.secrets(secret or []), typed.moment(now), python)
        _tell(outcome, file, as_json=as_json)
        raise typer.Exit(_exit_code(outcome, strict=strict))

    from harness.prove.command import prove

    app.command()(prove)

    from harness.enrol.command import enrol

    app.command()(enrol)

    from harness.day.command import day

    app.command()(day)

    from harness.serve.command import serve

    app.command()(serve)

    from harness.facts.command import facts

    app.add_typer(facts, name="facts")
    return app


def _run(
    file: Path, event: dict[str, Any], secrets: dict[str, str], now: datetime | None, python: str | None
) -> "Outcome":
    import typer

    from contract.action import Action, ContractError
    from harness.runtime.environment import NoPython
    from harness.runtime.runs import run_action

    if not file.is_file():
        raise typer.BadParameter(f"FILE: expected an action's file, found no file {file}.")
    try:
        action = Action.read(file)
        portal = _empty_portal(action, secrets, now)
        return run_action(action, event, portal=portal, secrets=secrets, now=now, python=python)
    except NoPython as missing:
        raise typer.BadParameter(str(missing)) from None
    except ContractError as wrong:
        print(wrong, file=sys.stderr)
        raise typer.Exit(FAILED) from None
    except ModuleNotFoundError as missing:
        library = missing.name
        print(
            f"harness: expected the library {library}, found none. Install it: pip install {library}", file=sys.stderr
        )
        raise typer.Exit(FAILED) from None


def _empty_portal(action: "Action", secrets: dict[str, str], now: datetime | None) -> "Portal":
    from harness.clock import Clock
    from harness.portal import Portal

    portal = Portal(clock=Clock(now or datetime.now(UTC)))
    scopes = action.contract.scopes if action.contract is not None else ()
    portal.takes(secrets.values(), *scopes)
    return portal


def _exit_code(outcome: "Outcome", *, strict: bool) -> int:
    if outcome.status != "succeeded" or (strict and outcome.problems):
        return FAILED
    return SUCCEEDED


def _tell(outcome: "Outcome", file: Path, *, as_json: bool) -> None:
    """Print it, whatever standard output can take; when that takes nothing, say so."""
    try:
        if as_json:
            print(_as_json(outcome))
        else:
            _show(outcome, file)
        sys.stdout.flush()
    except OSError as error:
        sys.stdout = open(os.devnull, "w")  # noqa: PTH123, SIM115 - or the interpreter tries again at its end
        print(f"harness: the outcome could not be printed: {error.strerror}.", file=sys.stderr)
        sys.exit(FAILED)


def _as_json(outcome: "Outcome") -> str:
    """Readable where standard output can spell it, else in ASCII."""
    text = json.dumps(outcome.as_json(), indent=2, ensure_ascii=False)
    try:
        text.encode(sys.stdout.encoding or "ascii")
    except UnicodeEncodeError:
        return json.dumps(outcome.as_json(), indent=2)
    return text


def _show(outcome: "Outcome", file: Path) -> None:
    """The outcome for a person: what HubSpot does, what came out, what we object to, the log."""
    from harness.show import show

    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")
    show(outcome, file.name)
