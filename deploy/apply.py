"""How is a plan carried out? Read again, refuse what is stale, keep what stands, write once, compare or put back.

Each workflow is one PUT under the revision it was read with. What was there is on the disk before. What HubSpot then
has is compared field by field with what was sent; where it differs, what was there is put back, and that is said.
A kill between any two requests leaves either what was, or what was wanted, or a snapshot that `rollback` takes.
"""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from deploy.comparable import comparable, digest_of
from deploy.desired import Desired
from deploy.differences import Difference, differences
from deploy.ledger import Ledger, Shipped, Snapshot, without_token
from deploy.plan import CREATE, IN_STEP, Change, Plan
from deploy.refusals import RemoteRefused, Stale, Unreachable
from deploy.remote import Remote
from deploy.showing import beside, shown

CONVERSATION = "0-11"
PATIENCE, STEP = 60.0, 1.0  # seconds until a new workflow takes changes (guessed)

Definition = dict[str, Any]


class NotAsSent(Exception):
    """HubSpot stored something else than was sent. The message says what, and what was done about it."""


@dataclass(frozen=True, slots=True)
class Done:
    """What was done about one workflow."""

    workflow: str
    act: str  # updated, created, in step
    flow_id: str
    snapshot: str = ""


def apply(
    plan: Plan,
    wanted: Mapping[str, Desired],
    remote: Remote,
    ledger: Ledger,
    *,
    made: Callable[[str, str], object],
    tell: Callable[[str], object],
    done: list[Done],
) -> None:
    """Do what the plan says and nothing else. `made` is told the id of each new workflow, `tell` each step.

    What is done is put into `done`, which says how far it came if something is refused.
    """
    for change in plan.changes:
        if change.flow_id and (change.writes or change.behind) and not wanted[change.workflow].workflow.id:
            made(change.workflow, change.flow_id)  # it was made by a run that was ended before it said so
        if change.kind == IN_STEP:
            _catch_up(change, wanted[change.workflow], remote, ledger)
            done.append(Done(change.workflow, IN_STEP, change.flow_id))
        elif change.kind == CREATE:
            done.append(_create(change, remote, ledger, made, tell))
        elif change.writes:
            done.append(_update(change, wanted[change.workflow], remote, ledger, tell))


def restore(
    snapshot: Snapshot, shown: Definition, remote: Remote, ledger: Ledger, tell: Callable[[str], object]
) -> Done:
    """Put a workflow back to what it was when the snapshot was taken; whether it is on stays as it is.

    `shown` is what stood there when a person was asked; when that is no longer so, nothing is written.
    """
    current = _current(remote, snapshot.workflow, snapshot.flow_id)
    if digest_of(current) != digest_of(shown) or current.get("revisionId") != shown.get("revisionId"):
        raise _since(snapshot.workflow, snapshot.flow_id, str(shown.get("revisionId")), current)
    target = snapshot.live | {name: current[name] for name in ("revisionId", "isEnabled") if name in current}
    before = ledger.snapshot(snapshot.workflow, current)
    tell(f"{snapshot.workflow}: kept as {before.name}")
    after = _put(before, target, remote, ledger)
    _look(target, after, before, remote, ledger)
    ledger.note_shipped(snapshot.workflow, snapshot.shipped)
    ledger.note("rolled back", snapshot.workflow, flow=snapshot.flow_id, to=snapshot.name, snapshot=before.name)
    return Done(snapshot.workflow, "rolled back", snapshot.flow_id, before.name)


def _catch_up(change: Change, wanted: Desired, remote: Remote, ledger: Ledger) -> None:
    """The portal has what we want, and the ledger does not know: an act that was ended half-way, or done by hand."""
    if change.behind:
        live = _current(remote, change.workflow, change.flow_id)
        if digest_of(live) == change.live_digest:
            ledger.note_shipped(change.workflow, Shipped(change.flow_id, wanted.definition, live))
            ledger.has_made(change.workflow)
            ledger.note("found in step", change.workflow, flow=change.flow_id)


def _update(change: Change, wanted: Desired, remote: Remote, ledger: Ledger, tell: Callable[[str], object]) -> Done:
    assert change.target is not None
    current = _current(remote, change.workflow, change.flow_id)
    _fresh(change, current)
    without_token(change.workflow, change.target)
    snapshot = ledger.snapshot(change.workflow, current)
    tell(f"{change.workflow}: kept as {snapshot.name}")
    target = change.target | {"revisionId": current["revisionId"]}
    after = _put(snapshot, target, remote, ledger)
    _look(target, after, snapshot, remote, ledger)
    ledger.note_shipped(change.workflow, Shipped(change.flow_id, wanted.definition, after))
    ledger.has_made(change.workflow)
    ledger.note(
        "updated",
        change.workflow,
        flow=change.flow_id,
        revision=str(after.get("revisionId", "")),
        snapshot=snapshot.name,
        sources=dict(change.sources),
    )
    return Done(change.workflow, "updated", change.flow_id, snapshot.name)


def _create(
    change: Change,
    remote: Remote,
    ledger: Ledger,
    made: Callable[[str, str], object],
    tell: Callable[[str], object],
) -> Done:
    assert change.target is not None
    _alone(change.target, remote)
    ledger.is_making(change.workflow, change.target)
    try:
        answer = remote.create_flow(change.target)
    except RemoteRefused as refused:
        if refused.status < 500:  # else it may have been made all the same, and the next plan finds it by its name
            ledger.has_made(change.workflow)
        raise _explained(refused, change.workflow, change.target) from None
    id = str(answer["id"])
    made(change.workflow, id)
    tell(f"{change.workflow}: made as {id}, off and dry")
    live = _complete(change.workflow, id, remote)
    wrong = differences(change.target, overlay_of(live, change.target))
    if wrong:
        raise NotAsSent(
            f"{change.workflow} (flow {id}): HubSpot made something else than was sent: {_told(wrong)}. "
            "It is off. Look at it in the editor, then plan again."
        )
    ours = {name: value for name, value in change.target.items() if name != "isEnabled"}
    ledger.note_shipped(change.workflow, Shipped(id, ours, live))
    ledger.has_made(change.workflow)
    ledger.note("created", change.workflow, flow=id, sources=dict(change.sources))
    return Done(change.workflow, "created", id)


def _alone(target: Definition, remote: Remote) -> None:
    """Somebody may have made it since the plan: a second one of the same name is never made."""
    name = target["name"]
    twins = [str(flow["id"]) for flow in remote.flow_list() if flow.get("name") == name]
    if twins:
        raise Stale(
            f"the workflow {name!r}",
            expected="none of this name, as when the plan was made",
            found=f"flow {twins[0]}",
            remedy="It was made since. Nothing was written: plan again and look.",
        )


def overlay_of(live: Definition, sent: Definition) -> Definition:
    """Of what HubSpot has, only what was sent: what it filled in by itself is no difference."""
    return {name: live[name] for name in sent if name in live}


def _complete(workflow: str, id: str, remote: Remote) -> Definition:
    end = time.monotonic() + PATIENCE
    while True:
        live = _current(remote, workflow, id)
        if live.get("crmObjectCreationStatus") != "PENDING" or time.monotonic() > end:
            return live
        time.sleep(STEP)


def _current(remote: Remote, workflow: str, id: str) -> Definition:
    live = remote.flow(id)
    if live is None:
        raise Stale(
            f"{workflow} (flow {id})",
            expected="a workflow",
            found="none: it was deleted in HubSpot",
            remedy="Take its id out of the portal's file to make it anew, and plan again.",
        )
    return live


def _fresh(change: Change, current: Definition) -> None:
    if str(current.get("revisionId", "")) != change.revision or digest_of(current) != change.live_digest:
        raise _since(change.workflow, change.flow_id, change.revision, current)


def _since(workflow: str, id: str, revision: str, current: Definition) -> Stale:
    return Stale(
        f"{workflow} (flow {id})",
        expected=f"revision {revision}, as it was when it was shown",
        found=f"revision {current.get('revisionId', '')}",
        remedy="Somebody changed it since. Nothing was written to it: plan again and look.",
    )


def _put(before: Snapshot, target: Definition, remote: Remote, ledger: Ledger) -> Definition:
    """Write once; when no answer comes, what stands there tells whether it was carried out.

    The answer's revision is ours: where another one stands there a moment later, somebody wrote after us.
    """
    problem: RemoteRefused | Unreachable | None = None
    written = ""
    try:
        written = str(remote.replace_flow(before.flow_id, target).get("revisionId", ""))
    except (Unreachable, RemoteRefused) as no:
        problem = no
    after = _current(remote, before.workflow, before.flow_id)
    revision = str(after.get("revisionId", ""))
    if comparable(after, switch=True) == comparable(target, switch=True) or (problem is None and revision == written):
        return after
    if problem is not None and revision == str(before.live.get("revisionId", "")):
        raise _explained(problem, before.workflow, target) from None
    what = "written, and changed since" if problem is None else "not known to be written"
    ledger.note(what, before.workflow, flow=before.flow_id, revision=revision, snapshot=before.name)
    raise Stale(
        f"{before.workflow} (flow {before.flow_id})",
        expected="to be the only one who writes it",
        found=f"revision {revision}, which is not what was sent"
        + (f" (ours was {written})" if written else "; whether ours was carried out is not known"),
        remedy=f"It was left as it stands; what was there before is kept as {before.name}. Plan again and look.",
    )


def _explained(refused: RemoteRefused | Unreachable, workflow: str, target: Definition) -> RemoteRefused | Unreachable:
    """HubSpot answers 500 to a secret that does not exist (seen by others)."""
    if isinstance(refused, Unreachable):
        return refused
    secrets = sorted({name for raw in target["actions"] for name in raw.get("secretNames") or []})
    if target.get("objectTypeId") == CONVERSATION and refused.status in (400, 404):
        return RemoteRefused(
            f"{workflow}: {refused.where}",
            refused.status,
            refused.category,
            expected="an API that takes workflows of conversations",
            found=refused.found,
            remedy=f"Put it there by hand: `python -m deploy export {workflow}`, and write by_hand = true under "
            f"[workflows.{workflow}]. Nothing was changed.",
        )
    if refused.status != 500 or not secrets:
        return refused
    return RemoteRefused(
        f"{workflow}: {refused.where}",
        refused.status,
        refused.category,
        expected="success",
        found="500, which HubSpot also answers when an action names a secret that the portal does not have",
        remedy=f"See in the editor of any custom code action that these secrets exist: {', '.join(secrets)}. "
        "Nothing was changed.",
    )


def _look(target: Definition, after: Definition, before: Snapshot, remote: Remote, ledger: Ledger) -> None:
    """Is what HubSpot has what was sent? If not, put back what was there."""
    wrong = differences(target, after)
    if not wrong:
        return
    said = f"{before.workflow} (flow {before.flow_id}): HubSpot stored something else than was sent: {_told(wrong)}. "
    kept = ledger.snapshot(before.workflow, after)
    body = before.live | {"revisionId": after.get("revisionId")}
    try:
        remote.replace_flow(before.flow_id, body)
        back = _current(remote, before.workflow, before.flow_id)
        restored = comparable(back, switch=True) == comparable(before.live, switch=True)
    except (RemoteRefused, Unreachable, Stale) as problem:
        restored, said = False, f"{said}{problem} "
    act = "restored" if restored else "not restored"
    ledger.note(act, before.workflow, flow=before.flow_id, to=before.name, snapshot=kept.name)
    if restored:
        raise NotAsSent(f"{said}What was there before was put back.")
    raise NotAsSent(f"{said}What was there before could not be put back: `python -m deploy rollback {before.name}`.")


def _told(wrong: list[Difference]) -> str:
    return "; ".join(
        f"{shown(each.where)}, {shown(each.what)}: sent {sent}, stored {stored}"
        for each in wrong[:5]
        for sent, stored in [beside(each.before, each.after)]
    )
