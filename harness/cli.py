"""What can be typed after `python -m harness`? Run an action, prove it, try a flow, play a day, serve."""

import json
import signal
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from harness.ending import TOLD, Refused, Told, put, refused, watched

if TYPE_CHECKING:
    import typer

    from contract.action import Action
    from harness.portal import Portal
    from harness.runtime.outcome import Outcome

SUCCEEDED, FAILED, USAGE = 0, 1, 2


def main(arguments: list[str] | None = None) -> int:
    """Take the command line; 0 succeeded, 1 failed or refused (with --strict: problems too), 2 usage, 130 a Ctrl-C."""
    as_json = "--json" in (sys.argv[1:] if arguments is None else arguments)
    return watched(lambda: _code(arguments, as_json=as_json), "harness", as_json=as_json)


def _code(arguments: list[str] | None, *, as_json: bool) -> int:
    try:
        code = _app()(args=arguments, prog_name=_called(), standalone_mode=not as_json)
    except Told:
        raise
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else FAILED
    except Exception as wrong:
        if not hasattr(wrong, "format_message"):  # what typer says of a line it cannot read, told to let it out
            raise
        refused(f"{_called()}: {wrong.format_message()}", as_json=as_json)
        code = USAGE
    if code == TOLD + signal.SIGINT:
        raise KeyboardInterrupt  # typer has made a code of it
    return code if isinstance(code, int) else SUCCEEDED


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
    from harness import typed
    from harness.runtime.environment import NoPython
    from harness.runtime.runs import run_action

    typed.file(file, "FILE", "an action's file")
    try:
        action = Action.read(file)
        portal = _empty_portal(action, secrets, now)
        return run_action(action, event, portal=portal, secrets=secrets, now=now, python=python)
    except NoPython as missing:
        raise typer.BadParameter(str(missing)) from None
    except ContractError as wrong:
        raise Refused(str(wrong)) from None
    except ModuleNotFoundError as missing:
        library = missing.name
        raise Refused(
            f"harness: expected the library {library}, found none. Install it: pip install {library}"
        ) from None


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
    from harness.show import show

    if not put(_as_json(outcome) if as_json else show(outcome, file.name)):
        sys.exit(FAILED)


def _as_json(outcome: "Outcome") -> str:
    """Readable where standard output can spell it, else in ASCII."""
    text = json.dumps(outcome.as_json(), indent=2, ensure_ascii=False)
    try:
        text.encode(sys.stdout.encoding or "ascii")
    except UnicodeEncodeError:
        return json.dumps(outcome.as_json(), indent=2)
    return text
