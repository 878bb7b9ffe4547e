"""What does every command begin with? The portal's file, the account behind its token, the ledger, and a plan."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import tomlkit

from deploy.desired import Desired, desired
from deploy.ledger import Ledger
from deploy.plan import Plan, known_id, plan
from deploy.portal_file import PortalFile, read
from deploy.refusals import BadPortalFile
from deploy.remote import Remote
from deploy.whole_files import rewrite


@dataclass(frozen=True, slots=True)
class Opened:
    """A portal, and that the token is for it."""

    portal: PortalFile
    remote: Remote
    ledger: Ledger
    account: dict[str, Any]


def opened(name: str) -> Opened:
    """Read the file and ask the account who it is; a Refused says what is wrong."""
    portal = read(name)
    remote = Remote(portal)
    return Opened(portal, remote, Ledger(name), remote.account())


def planned(at: Opened, overrule: Collection[str] = ()) -> tuple[Plan, dict[str, Desired]]:
    """The plan, from one list call per hundred workflows and one batch read per hundred of ours."""
    wanted = desired(at.portal)
    unknown = sorted(set(overrule) - {each.name for each in wanted})
    if unknown:
        known = ", ".join(each.name for each in wanted) or "none"
        raise BadPortalFile(
            "--overrule", expected=f"a workflow of {at.portal.where} ({known})", found=unknown[0], remedy="Correct it."
        )
    listed = at.remote.flow_list()
    names = [(str(flow.get("name", "")), str(flow["id"])) for flow in listed]
    managed = [each for each in wanted if not each.workflow.by_hand]
    ids = [id for each in managed for id in [known_id(each, names, at.ledger)] if id]
    made = plan(at.portal.name, at.portal.portal_id, wanted, at.remote.flows(ids), listed, at.ledger, overrule=overrule)
    return made, {each.name: each for each in wanted}


def write_id(portal: PortalFile, workflow: str, id: str) -> None:
    """Put a new workflow's id into the portal's file, and leave the rest of it as it is: comments, line ends, mark."""
    text = portal.path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
    document: Any = tomlkit.parse(text)
    document["workflows"][workflow]["id"] = id
    rewrite(portal.path, tomlkit.dumps(document))
