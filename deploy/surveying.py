"""The commands that see what an account has, and make what it lacks: provision, inventory."""

import sys
from collections.abc import Iterable
from contextlib import nullcontext
from typing import Annotated

import typer

from deploy import menus, properties_file, provisioning
from deploy.ends import today
from deploy.inventory import Code
from deploy.inventory import inventory as take_inventory
from deploy.lock import locked
from deploy.opening import opened
from deploy.portal_file import read
from deploy.provisioning import BLOCKED, MAKE, READY, Provision
from deploy.readings import Readings
from deploy.shipping import DIFFERENCE, DONE, AsJson, Portal, Yes, confirm, print_json
from deploy.static_values import contracts

COLUMNS = ("workflow", "flow", "on", "action", "runtime", "ends", "bytes", "sha256", "copies", "secrets", "ours")


def provision(
    portal: Portal,
    apply: Annotated[bool, typer.Option("--apply", help="Make what is missing; without it, it is only shown.")] = False,
    yes: Yes = "",
    as_json: AsJson = False,
) -> None:
    """Make the ticket properties that the actions need. Never changes or deletes one; ends with 2 when it only showed.

    Example: python -m deploy provision --portal example --apply
    """
    with locked(read(portal).name) if apply else nullcontext():
        _provision(portal, yes, apply=apply, as_json=as_json)


def _provision(portal: str, yes: str, *, apply: bool, as_json: bool) -> None:
    wanted = properties_file.read()
    at = opened(portal)
    readings = Readings(at.remote)
    found = provisioning.look(wanted, readings)
    missing, blocked = found.of(MAKE), found.of(BLOCKED)
    if not as_json:
        _show(found)
    elif blocked:
        print_json({"portal": portal, "done": False, "steps": [step.as_json() for step in found.steps]})
    provisioning.refuse(found)
    if missing and apply:
        confirm(at, yes)
        provisioning.make(wanted, at.remote, readings, lambda name: at.ledger.note("provisioned", name))
    rows = [step.as_json() for step in found.steps]
    done = bool(missing) and apply
    if as_json:
        print_json({"portal": portal, "done": done, "steps": rows})
    elif done:
        typer.echo(f"Made {len(missing)}. They stand in {menus.PROPERTIES}.")
    elif missing:
        typer.echo(f"{len(missing)} to make: python -m deploy provision --portal {portal} --apply")
    else:
        typer.echo("Nothing to do.")
    raise typer.Exit(DIFFERENCE if missing and not apply else DONE)


def inventory(portal: Portal, as_json: AsJson = False) -> None:
    """List every custom-code action of the account, whoever wrote it: one call per hundred workflows, twice.

    Example: python -m deploy inventory --portal example
    """
    at = opened(portal)
    readings = Readings(at.remote)
    texts = {action.digest: f"{name}.py" for name, action in contracts().items()}
    ids = [workflow.id for workflow in at.portal.workflows.values() if workflow.id]
    flows = readings.flows_whole()
    unread = [str(flow["id"]) for flow in readings.flows() if str(flow["id"]) not in flows]
    found = take_inventory(flows.values(), ids, texts, today())
    if as_json:
        rows = [code.as_json() for code in found]
        print_json(
            {
                "portal": portal,
                "workflows": len(readings.flows()),
                "unread": unread,
                "odd": at.remote.odd,
                "actions": rows,
            }
        )
        return
    _table(found)
    doubles = sum(code.copies > 1 for code in found)
    ending = sum(code.ends_soon for code in found)
    typer.echo(
        f"{len(readings.flows())} workflows, {len(found)} custom-code actions, "
        f"{doubles} with a twin, {ending} on a runtime near its end."
    )
    if unread:
        typer.echo(f"Listed and not readable: {', '.join(unread)}.")
    for name, why in at.remote.odd.items():
        typer.echo(f"Passed over: {name}: {why}.")
    typer.echo(f"{at.remote.calls} calls.", err=True)


def _show(found: Provision) -> None:
    for step in found.steps:
        words = {READY: "ok", MAKE: "to make"}.get(step.state, "blocked")
        typer.echo(f"{words:8} {step.name}{f': {step.why}' if step.why else ''}")
        if step.remedy:
            typer.echo(f"{'':8} -> {step.remedy}")


def _table(found: Iterable[Code]) -> None:
    """For eyes in a terminal; where it is piped, one line per action with tabs."""
    rows = [_row(code) for code in found]
    if not sys.stdout.isatty():
        for row in [COLUMNS, *rows]:
            typer.echo("\t".join(row))
        return
    from rich.console import Console
    from rich.table import Table

    table = Table(*COLUMNS, box=None, pad_edge=False)
    for row in rows:
        table.add_row(*row)
    Console(markup=False, highlight=False).print(table)


def _row(code: Code) -> tuple[str, ...]:
    return (
        code.workflow,
        code.flow_id,
        "on" if code.on else "off",
        code.action_id,
        code.runtime,
        code.ends,
        str(code.size),
        code.sha256[:12],
        str(code.copies),
        ", ".join(code.secrets),
        code.file or ("changed" if code.ours else ""),
    )
