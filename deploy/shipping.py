"""The commands that ship: plan, apply, drift, rollback, history, check-inputs."""

import dataclasses
import functools
import json
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

import typer

from deploy import plan_file, render, tested
from deploy.apply import Done, restore
from deploy.apply import apply as carry_out
from deploy.desired import desired
from deploy.differences import differences
from deploy.ledger import Ledger
from deploy.lock import locked
from deploy.opening import Opened, opened, planned, write_id
from deploy.plan import CONFLICT, DRIFT, Plan
from deploy.portal_file import read
from deploy.refusals import Refused
from deploy.showing import beside, shown

DONE, REFUSED, DIFFERENCE = 0, 1, 2

Portal = Annotated[str, typer.Option("--portal", help="The portal's file in deploy/portals, without .toml.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object and nothing else.")]
Yes = Annotated[str, typer.Option("--yes", metavar="NAME", help="The portal's name, instead of typing it.")]


def check_inputs(portal: Portal, as_json: AsJson = False) -> None:
    """Check the portal's file and every input in it, without network.

    Example: python -m deploy check-inputs --portal example
    """
    each = {wanted.name: wanted.sources for wanted in desired(read(portal))}
    if as_json:
        print_json({"portal": portal, "workflows": each})
    else:
        for name, sources in each.items():
            print(f"ok  {name}: {', '.join(sources) or 'no code'}")
        if not each:
            print(f"no workflows: deploy/portals/{portal}.toml names none")


def plan(
    portal: Portal,
    out: Annotated[Path | None, typer.Option(help="Keep the plan in this file, for apply.")] = None,
    markdown: Annotated[bool, typer.Option("--markdown", help="As Markdown, for a pull request.")] = False,
    overrule: Annotated[
        list[str] | None, typer.Option(metavar="WORKFLOW", help="Put ours over what was changed in HubSpot.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Compare the files, the last shipment and the portal, and show what would be done. Changes nothing.

    Example: python -m deploy plan --portal example --out plan.json
    """
    start = time.monotonic()
    at = opened(portal)
    made, _ = planned(at, overrule or ())
    _tell_odd(at)
    if out:
        out.write_text(plan_file.written(made), encoding="utf-8")
    if as_json:
        print_json(plan_file.as_json(made))
    else:
        print(render.as_markdown(made) if markdown else render.as_text(made), end="")
        print(f"{at.remote.calls} calls, {time.monotonic() - start:.1f} s.", file=sys.stderr)
    raise typer.Exit(DIFFERENCE if made.differs else DONE)


def apply(
    portal: Portal,
    file: Annotated[Path | None, typer.Argument(metavar="[PLAN]", help="A plan kept with plan --out.")] = None,
    yes: Yes = "",
    untested: Annotated[str, typer.Option(metavar="REASON", help="Ship what no test report names, and say why.")] = "",
    overrule: Annotated[
        list[str] | None, typer.Option(metavar="WORKFLOW", help="Put ours over what was changed in HubSpot.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Do what the plan says and nothing else: keep what stands, write once, read again, compare, put back if need be.

    Example: python -m deploy apply plan.json --portal example
    """
    with locked(read(portal).name):
        _apply(portal, file, yes, untested, overrule or _overruled(file), as_json=as_json)


def _apply(portal: str, file: Path | None, yes: str, untested: str, overrule: list[str], *, as_json: bool) -> None:
    at = opened(portal)
    made, wanted = planned(at, overrule)
    _tell_odd(at)
    if file:
        plan_file.unchanged(file, made)
    _may_ship(made, untested)
    if not as_json:
        print(render.as_text(made), end="")
    writes = [change for change in made.changes if change.writes]
    if writes:
        confirm(at, yes)
    tell = (lambda line: print(line, file=sys.stderr)) if as_json else print
    if untested and writes:
        at.ledger.note("untested", ", ".join(change.workflow for change in writes), reason=untested)
    done: list[Done] = []
    try:
        carry_out(made, wanted, at.remote, at.ledger, made=functools.partial(write_id, at.portal), tell=tell, done=done)
    finally:  # also when something was refused half-way: what is done is done
        _tell_done(portal, done, as_json=as_json)
    left = [change for change in made.changes if change.stops]
    raise typer.Exit(DIFFERENCE if left else DONE)


def _tell_done(portal: str, done: list[Done], *, as_json: bool) -> None:
    if as_json:
        print_json({"portal": portal, "done": [dataclasses.asdict(each) for each in done]})
    for each in () if as_json else done:
        print(f"{each.act:9} {each.workflow} (flow {each.flow_id})")


def drift(portal: Portal, as_json: AsJson = False) -> None:
    """Was anything of ours changed in HubSpot since the last shipment? Ends with 2 when it was.

    Example: python -m deploy drift --portal example
    """
    at = opened(portal)
    made, _ = planned(at)
    _tell_odd(at)
    outside = [change for change in made.changes if change.kind in (DRIFT, CONFLICT) or change.outside]
    gone = [change for change in made.changes if change.stops and change not in outside]
    chosen = Plan(made.portal, made.portal_id, tuple(outside + gone))
    if as_json:
        print_json(plan_file.as_json(chosen))
    elif chosen.changes:
        print(render.as_text(chosen), end="")
    else:
        print("No drift: what was shipped is what the portal has.")
    raise typer.Exit(DIFFERENCE if chosen.changes else DONE)


def rollback(
    portal: Portal,
    snapshot: Annotated[
        str, typer.Argument(metavar="[SNAPSHOT]", help="Its name or beginning; none: the newest.")
    ] = "",
    yes: Yes = "",
    as_json: AsJson = False,
) -> None:
    """Put a workflow back to what it was before a write. Whether it is on stays as it is.

    Example: python -m deploy rollback --portal example
    """
    with locked(read(portal).name):
        _rollback(portal, snapshot, yes, as_json=as_json)


def _rollback(portal: str, snapshot: str, yes: str, *, as_json: bool) -> None:
    at = opened(portal)
    chosen = at.ledger.read_snapshot(snapshot or _newest(at.ledger))
    current = at.remote.flow(chosen.flow_id)
    if current is None:
        raise Refused(
            f"{chosen.workflow} (flow {chosen.flow_id})",
            expected="a workflow to put back",
            found="none: it was deleted in HubSpot",
            remedy="Take its id out of the portal's file and apply, which makes it anew.",
        )
    if not as_json:
        print(f"{chosen.workflow} (flow {chosen.flow_id}) goes back to {chosen.name}:")
        for each in differences(current, chosen.live):
            before, after = beside(each.before, each.after)
            print(f"  {shown(each.where)}, {shown(each.what)}: {before} -> {after}")
    confirm(at, yes)
    done = restore(chosen, current, at.remote, at.ledger, (lambda line: None) if as_json else print)
    if as_json:
        print_json({"portal": portal, "workflow": done.workflow, "act": done.act, "snapshot": done.snapshot})
    else:
        print(f"{done.act} {done.workflow}. To undo this: python -m deploy rollback {done.snapshot} --portal {portal}")


def _newest(ledger: Ledger) -> str:
    """The newest snapshot that no rollback made or used: rolling back twice goes back two writes."""
    rows = [row for row in ledger.history() if row["act"] in ("rolled back", "restored")]
    used = {str(row.get(name)) for row in rows for name in ("snapshot", "to")}
    left = [name for name in ledger.snapshots() if name not in used]
    if not left:
        raise Refused(
            "rollback",
            expected="a snapshot of a workflow as it was before a write",
            found="none that was not used",
            remedy="A workflow that was only made has none: turn it off, or delete it in HubSpot. `history` lists all.",
        )
    return left[0]


def history(portal: Portal, as_json: AsJson = False) -> None:
    """What was done to this portal, newest first. Without network.

    Example: python -m deploy history --portal example
    """
    rows = list(Ledger(read(portal).name).history())
    if as_json:
        print_json({"portal": portal, "history": rows})
        return
    for row in rows:
        more = "  ".join(
            f"{name} {shown(str(row[name]))}"
            for name in ("flow", "revision", "snapshot", "to", "reason")
            if row.get(name)
        )
        print(f"{row['at']}  {row['act']:11} {row['workflow']}  {more}")
    if not rows:
        print("Nothing was done to this portal from here.")


def _tell_odd(at: Opened) -> None:
    """Workflows of others that HubSpot's list has in a form nobody can read."""
    for name, why in at.remote.odd.items():
        print(f"{name}, passed over: {why}", file=sys.stderr)


def _may_ship(made: Plan, untested: str) -> None:
    if untested:
        return
    for change in made.changes:
        if change.writes:
            tested.check(change.sources)


def confirm(at: Opened, yes: str) -> None:
    """A production portal is changed only by somebody who types its name."""
    if at.portal.kind != "production" and at.account.get("accountType") != "STANDARD":
        return
    name = at.portal.name
    typed = yes or (typer.prompt(f"This is production. Type {name} to go on", default="") if sys.stdin.isatty() else "")
    if typed != name:
        raise Refused(
            f"portal {at.portal.portal_id}",
            expected=f"its name {name} typed, or --yes {name}",
            found="nothing" if not typed else "another name",
            remedy="Nothing was changed.",
        )


def _overruled(file: Path | None) -> list[str]:
    """A kept plan also keeps what it overrules: those it updates although they were changed outside."""
    try:
        rows = json.loads(file.read_text("utf-8-sig"))["changes"] if file else []
        return [str(row["workflow"]) for row in rows if row["overrules"] is True]
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return []  # said by plan_file, which reads it whole


def print_json(value: Mapping[str, Any]) -> None:
    print(json.dumps(value, indent=2, ensure_ascii=False, sort_keys=True))
