"""The command `verify-paste`: what stands in HubSpot's editor beside what the repository has."""

import json
from typing import Annotated

import typer

from deploy import pasted
from deploy.desired import desired
from deploy.export.typed_values import settings_files
from deploy.ledger import Ledger
from deploy.pasted import Verdict
from deploy.portal_file import read
from deploy.refusals import Refused
from deploy.shipping import DIFFERENCE, DONE, AsJson, Portal


def verify_paste(
    file: Annotated[
        str, typer.Argument(metavar="FILE", help="The code, copied out of the editor; - reads what is piped in.")
    ],
    portal: Portal,
    as_json: AsJson = False,
) -> None:
    """Compare the code of one action, copied out of HubSpot's editor, with the repository. Without network.

    Example: python -m deploy verify-paste copied.py --portal example
    """
    about = read(portal)
    wanted = desired(about)
    if not wanted:
        raise Refused(about.where, expected="a workflow", found="no workflows", remedy="Add [workflows.<name>].")
    ours = [*pasted.files_of(wanted), *settings_files(wanted, portal)]
    verdict = pasted.compared(pasted.read_paste(file), ours, Ledger(portal))
    if as_json:
        print(json.dumps({"portal": portal} | verdict.as_json(), indent=2, ensure_ascii=False, sort_keys=True))
    else:
        _tell(verdict)
    raise typer.Exit(DONE if verdict.state == pasted.SAME else DIFFERENCE)


def _tell(verdict: Verdict) -> None:
    where = "; ".join(verdict.places)
    print(f"{verdict.state}  {verdict.file}{f' ({where})' if where else ''}")
    print(f"  sha256 {verdict.sha256}" + (f", ours {verdict.ours}" if verdict.ours != verdict.sha256 else ""))
    for remark in verdict.remarks:
        print(f"  {remark}")
    for line in verdict.lines:
        print(f"    {line}")
