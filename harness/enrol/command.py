"""`harness enrol`: what does a flow do with a record of a seeded portal? Its history, as HubSpot's own tab tells it."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Annotated

import typer

from harness import typed
from harness.ending import Refused, put

WENT_WELL, DID_NOT = 0, 1


def enrol(
    file: Annotated[Path, typer.Argument(metavar="FLOW", help="The flow, as HubSpot's JSON.")],
    seed: Annotated[Path | None, typer.Option(help="What is in the account before: docs/seed.md.")] = None,
    record: Annotated[
        list[str] | None,
        typer.Option(help="The id of a record to enrol by hand; can be repeated. Without: only a check."),
    ] = None,
    until: Annotated[
        str, typer.Option(metavar="SPAN", help='For how long, such as "3 days". Left out: to the end, 30 days at most.')
    ] = "",
    secret: typed.Secret = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object and nothing else.")] = False,
    now: Annotated[str | None, typer.Option(help="When it is enrolled, as 2026-03-02T08:00:00Z.")] = None,
    python: Annotated[str | None, typer.Option(help="The interpreter that runs custom code.")] = None,
) -> None:
    """Enrol records of a seeded portal in a flow, let time pass, and show HubSpot's enrolment history and action log.

    What of the flow is not emulated is refused before anything runs, all of it in one list. Ends with 0 when every
    enrolment went well, with 1 when one did not or was refused. Example:
    python -m harness enrol flow.json --seed portal.yaml --record 90000001 --until "3 days"
    """
    from contract.action import ContractError
    from contract.flow import FlowError
    from harness.clock import ClockError
    from harness.enrol.trying import DoesNotFit, Trial, lines
    from harness.runtime.environment import NoPython
    from harness.serve.seed_file import SeedError
    from harness.workflow import AlreadyEnrolled, KeptOut, NotWalkable
    from harness.workflow.history import as_data

    typed.file(file, "FLOW", "a flow's file")
    trial = Trial(file, seed, tuple(record or ()), typed.secrets(secret or []), typed.moment(now), _span(until), python)
    try:
        workflow = trial.workflow()
    except (ClockError, NoPython) as wrong:
        raise typer.BadParameter(str(wrong)) from None
    except (AlreadyEnrolled, ContractError, DoesNotFit, FlowError, KeptOut, NotWalkable, SeedError) as wrong:
        raise Refused(str(wrong)) from None
    took = put(json.dumps(as_data(workflow), indent=2) if as_json else "\n".join(lines(workflow, trial)))
    well = took and not workflow.endless and all(enrolment.status != "failed" for enrolment in workflow.enrolments)
    raise typer.Exit(WENT_WELL if well else DID_NOT)


def _span(text: str) -> timedelta | None:
    from harness.serve.spans import span

    try:
        return span(text) if text else None
    except ValueError as wrong:
        raise typer.BadParameter(f"--until: {wrong}.") from None
