"""The command `doctor`."""

from collections import Counter
from collections.abc import Iterator
from contextlib import nullcontext
from datetime import date, datetime
from typing import Annotated

import typer

from deploy.doctor.exam import Exam
from deploy.doctor.examine import Finding, examine
from deploy.doctor.line import TO_DO, by_hand
from deploy.ends import today
from deploy.portal_file import PortalFile, read
from deploy.readings import Readings
from deploy.refusals import Refused
from deploy.remote import Remote
from deploy.shipping import DIFFERENCE, DONE, REFUSED, AsJson, Portal, print_json

NO_TOKEN = "none"


def doctor(
    portal: Portal,
    days: Annotated[int, typer.Option(min=1, max=365, help="Of how many days closed chats are counted.")] = 30,
    budget: Annotated[int, typer.Option(min=0, help="How many calls that may take.")] = 200,
    on: Annotated[
        datetime | None,
        typer.Option(
            formats=["%Y-%m-%d"], metavar="DAY", help="What will have ended by then; without it today counts."
        ),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """List what is ready, what deploy can do, and what a person does by hand, in the order of the clicks.

    Reads only. Ends with 2 while something is to be done, with 1 when the account could not be asked at all.

    Example: python -m deploy doctor --portal example
    """
    from rich.console import Console

    from deploy.doctor.render import as_json as data
    from deploy.doctor.render import show

    exam, refused = _begun(read(portal), on.date() if on else today(), days, budget)
    err, out = Console(stderr=True), Console(highlight=False, markup=False)
    with err.status("asking ...") if err.is_terminal else nullcontext() as status:
        if status:
            exam.tell = status.update
        findings = list(_findings(exam, refused))
    calls = exam.readings.remote.calls
    if as_json:
        counts = Counter(finding.line.state for finding in findings)
        about = {"portal": portal, "portal_id": exam.portal.portal_id, "day": str(exam.on), "calls": calls}
        print_json(about | {"counts": counts, "lines": data(findings)})
    else:
        out.print(f"{portal}, portal {exam.portal.portal_id}, {exam.on}", soft_wrap=True)
        show(findings, out)
        typer.echo(f"{calls} calls.", err=True)
    if refused:
        raise typer.Exit(REFUSED)
    raise typer.Exit(DIFFERENCE if any(finding.line.state in TO_DO for finding in findings) else DONE)


def _begun(portal: PortalFile, on: date, days: int, budget: int) -> tuple[Exam, Refused | None]:
    """The examination, and why the account cannot be asked, if it cannot."""
    try:
        token = portal.token
    except Refused as refused:
        return Exam(portal, Readings(Remote(portal, token=NO_TOKEN)), {}, on, days, budget), refused
    remote = Remote(portal, token=token, tries=2)
    exam = Exam(portal, Readings(remote), {}, on, days, budget)
    try:
        exam.account = remote.account()
    except Refused as refused:
        return exam, refused
    return exam, None


def _findings(exam: Exam, refused: Refused | None) -> Iterator[Finding]:
    if refused:
        what = f"{refused.where}: expected {refused.expected}, found {refused.found}."
        yield Finding("Account", by_hand(what, refused.remedy))
    yield from examine(exam, reachable=refused is None)
