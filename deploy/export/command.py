"""The command `export`: what a person needs to put the workflows together by hand, without network."""

import json
from pathlib import Path
from typing import Annotated

import typer

from deploy import properties_file
from deploy.desired import desired
from deploy.export import checklist, folder
from deploy.portal_file import read
from deploy.refusals import Refused
from deploy.shipping import DONE, AsJson, Portal


def export(
    portal: Portal,
    workflow: Annotated[str, typer.Argument(metavar="[WORKFLOW]", help="Only this one.")] = "",
    every: Annotated[bool, typer.Option("--all", help="Every workflow of the portal's file.")] = False,
    out: Annotated[Path | None, typer.Option(help="The folder; without it export/<portal>.")] = None,
    force: Annotated[bool, typer.Option("--force", help="Also into a folder that has other things in it.")] = False,
    as_json: AsJson = False,
) -> None:
    """Write a folder for each workflow: a numbered checklist, and every text that is pasted. Without network.

    Example: python -m deploy export --all --portal example --out by-hand
    """
    file = read(portal)
    wanted = desired(file)
    if not wanted:
        raise Refused(file.where, expected="a workflow", found="no workflows", remedy="Add [workflows.<name>].")
    chosen = [each for each in wanted if every or each.name == workflow]
    if every == bool(workflow) or (workflow and not chosen):
        known = ", ".join(each.name for each in wanted) or "none"
        found = "both" if every and workflow else workflow or "neither"
        raise Refused(
            "export", expected=f"--all, or one workflow of {file.where} ({known})", found=found, remedy="Say which."
        )
    ours = properties_file.read()
    files: dict[str, bytes] = {}
    for each in chosen:
        pages = checklist.files(each, file, ours)
        files |= {f"{each.name}/{name}": content for name, content in pages.items()}
    if every:
        files["README.md"] = checklist.index(wanted, file).encode()
    where = out or Path("export") / portal
    folder.fill(where, files, f"{workflow}/" if workflow else "", force=force)
    if as_json:
        print(json.dumps({"portal": portal, "folder": where.as_posix(), "files": sorted(files)}, indent=2))
    else:
        for each in chosen:
            print(f"{(where / each.name / 'README.md').as_posix()}")
        print(f"{len(files)} files. Begin with {(where / workflow / 'README.md').as_posix()}.")
    raise typer.Exit(DONE)
