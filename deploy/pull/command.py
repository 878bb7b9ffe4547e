"""The command `pull`: what was changed in HubSpot is shown, and with --write taken over into the files."""

import contextlib
import json
import re
from dataclasses import dataclass, field
from typing import Annotated, Any

import typer

from deploy.comparable import digest_of
from deploy.desired import desired
from deploy.differences import differences
from deploy.ledger import Shipped
from deploy.lock import locked
from deploy.masking import holds_token
from deploy.opening import Opened, opened
from deploy.overlay import overlaid
from deploy.plan import known_id
from deploy.portal_file import read
from deploy.pull import telling
from deploy.pull.adopting import adopt as adopted
from deploy.pull.projection import projected
from deploy.pull.taking import Taking, Versions, take, versions_of
from deploy.pull.texts import on_disk
from deploy.refusals import Refused
from deploy.shipping import DIFFERENCE, DONE, AsJson, Portal

Definition = dict[str, Any]
NAME = re.compile(r"[a-z][a-z0-9_]{0,63}")


@dataclass(slots=True)
class Found:
    """What HubSpot has of our workflows."""

    versions: list[Versions] = field(default_factory=list)
    states: dict[str, str] = field(default_factory=dict)  # a sentence for each chosen workflow


def pull(
    portal: Portal,
    workflow: Annotated[str, typer.Argument(metavar="[WORKFLOW]", help="Only this one; none: all of them.")] = "",
    write: Annotated[bool, typer.Option("--write", help="Write it; without this it is only shown.")] = False,
    adopt: Annotated[str, typer.Option("--adopt", metavar="FLOW_ID", help="Take over a workflow made by hand.")] = "",
    name: Annotated[str, typer.Option("--as", metavar="NAME", help="Its name in deploy/workflows.")] = "",
    as_json: AsJson = False,
) -> None:
    """Take what was changed in HubSpot's editor back into the files. Only shows, unless --write.

    Example: python -m deploy pull unresolved_chats --portal example --write
    """
    with locked(read(portal).name) if write else contextlib.nullcontext():
        _pull(portal, workflow, adopt, name, write=write, as_json=as_json)


def _pull(portal: str, workflow: str, adopt: str, name: str, *, write: bool, as_json: bool) -> None:
    at = opened(portal)
    if adopt or name:
        taking, written, states = _adopt(at, workflow, adopt, name, write=write)
    else:
        found = _found(at, workflow)
        chosen = [each for each in found.versions if each.name in found.states]
        taking = take(found.versions, list(found.states), at.portal, at.ledger)
        written = _write(at, taking) if write else []
        states = found.states | (_noted(at, chosen, taking) if write else {})
    if as_json:
        whole = {
            "portal": portal,
            "pieces": [piece.as_json() for piece in taking.pieces],
            "written": written,
            "workflows": states,
        }
        print(json.dumps(whole, indent=2, ensure_ascii=False, sort_keys=True))
    else:
        print("\n".join(telling.lines(taking, states, written, wrote=write)))
    left = [piece for piece in taking.pieces if piece.refused or not write]
    raise typer.Exit(DIFFERENCE if left else DONE)


def _found(at: Opened, only: str) -> Found:
    """Every workflow of the portal's file beside what HubSpot has of it, from one list call and one batch read."""
    wanted = desired(at.portal)
    known = [each.name for each in wanted]
    if only and only not in known:
        raise Refused(
            "WORKFLOW",
            expected=f"a workflow of {at.portal.where} ({', '.join(known) or 'none'})",
            found=repr(only),
            remedy="Correct it; to take over one that is not there: --adopt FLOW_ID --as NAME.",
        )
    names = [(str(flow.get("name", "")), str(flow["id"])) for flow in at.remote.flow_list()]
    ids = {each.name: known_id(each, names, at.ledger) for each in wanted}
    live = at.remote.flows(id for id in ids.values() if id)
    found = Found()
    for each in wanted:
        state = _not_there(ids[each.name], live.get(ids[each.name]), each.definition)
        if state and only == each.name:
            raise Refused(each.name, expected="a workflow in HubSpot", found="none", remedy=state)
        if not state:
            found.versions.append(versions_of(each, ids[each.name], live[ids[each.name]], at.ledger))
        if only in ("", each.name):
            found.states[each.name] = state or "Nothing of it was changed in HubSpot."
    return found


def _not_there(id: str, live: Definition | None, ours: Definition) -> str:
    """Why there is nothing to compare; "" when there is."""
    if not id:
        return "It is not in HubSpot yet: `plan` shows what would be made."
    if live is None:
        return (
            f"HubSpot's API does not give flow {id}: it was deleted, or workflows of its kind are not served there."
            " Code is then compared by `verify-paste`."
        )
    if live.get("objectTypeId") != ours.get("objectTypeId"):
        return f"Flow {id} is about another type of record: correct the id in the portal's file."
    return f"HubSpot is still making flow {id}." if live.get("crmObjectCreationStatus") == "PENDING" else ""


def _write(at: Opened, taking: Taking) -> list[str]:
    """Write the files; what code they had stays in the ledger, under its hash."""
    for path in taking.texts.changed():
        before = on_disk(path)
        if path.suffix in (".py", ".js") and before is not None:
            at.ledger.keep(before)
    return taking.texts.write()


def _noted(at: Opened, chosen: list[Versions], taking: Taking) -> dict[str, str]:
    """What HubSpot has is now what we know of, and what of it is ours; the next plan begins there."""
    wanted = {each.name: each for each in desired(read(at.portal.name))}
    states = {}
    for each in chosen:
        pulled = any(piece.workflow == each.name for piece in taking.pieces)
        if not taking.clean(each.name):
            states[each.name] = "Not all of it was taken over; the next plan says conflict until it is."
            continue
        ours = wanted[each.name].definition
        if not pulled and each.ever_shipped and digest_of(each.before) == digest_of(each.now):
            continue
        secret = holds_token(each.now)
        if secret:
            states[each.name] = f"Nothing is noted in the ledger: {secret} has something that looks like a token."
            continue
        states[each.name] = _note(at, each.name, each.flow_id, ours, each.now, "pulled")
    return states


def _note(at: Opened, name: str, id: str, ours: Definition, live: Definition, act: str) -> str:
    of_ours = projected(ours, live)
    at.ledger.note_shipped(name, Shipped(id, of_ours, live))
    at.ledger.has_made(name)
    at.ledger.note(act, name, flow=id, revision=str(live.get("revisionId", "")))
    left = differences(live, overlaid(live, ours, of_ours))
    if not left:
        return "In step."
    return f"Taken over; the next plan shows what is otherwise here: {', '.join(f'{d.where}, {d.what}' for d in left)}."


def _adopt(at: Opened, workflow: str, id: str, name: str, *, write: bool) -> tuple[Taking, list[str], dict[str, str]]:
    if workflow or not id.isdigit() or not NAME.fullmatch(name):
        raise Refused(
            "pull --adopt",
            expected="--adopt with a flow's id, --as with a name of small letters, digits and _, and no workflow",
            found=f"--adopt {id or 'nothing'}, --as {name or 'nothing'}, workflow {workflow or 'none'}",
            remedy="The id stands in the editor's address. Example: pull --adopt 1800000001 --as vip_tickets.",
        )
    live = at.remote.flow(id)
    if live is None:
        raise Refused(
            f"flow {id}",
            expected="a workflow in HubSpot",
            found="none that its API gives",
            remedy="See the id in the address of HubSpot's editor.",
        )
    if live.get("crmObjectCreationStatus") == "PENDING":
        raise Refused(
            f"flow {id}",
            expected="a workflow that is made",
            found="one that HubSpot is still making",
            remedy="Try again in a minute.",
        )
    taking = adopted(live, name, at.portal)
    if not taking.clean(name):
        return taking, [], {name: "Nothing was written."}
    if not write:
        return taking, [], {}
    written = _write(at, taking)
    ours = next(each.definition for each in desired(read(at.portal.name)) if each.name == name)
    return taking, written, {name: _note(at, name, id, ours, live, "adopted")}
