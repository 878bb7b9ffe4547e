"""What would have to be done, and may it be? Three-way, on content: our files, the last shipment, the portal.

| our files | the portal | the plan says |
|---|---|---|
| as shipped | as shipped | in step: nothing |
| changed | as shipped | update |
| as shipped | changed | drift: shown, nothing done |
| changed | changed | conflict: both shown, nothing done |

A plan is data: the same files and the same portal give the same bytes.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from contract.flow import WRITTEN_BY_HUBSPOT
from deploy.comparable import SWITCH, comparable, digest_of
from deploy.desired import Desired
from deploy.differences import SWITCHED, Difference, differences
from deploy.ledger import Ledger
from deploy.overlay import overlaid

IN_STEP, UPDATE, CREATE, DRIFT, CONFLICT = "in step", "update", "create", "drift", "conflict"
UNKNOWN, MISSING, NAMESAKE, PENDING, OTHER_TYPE = "unknown", "missing", "namesake", "pending", "another type"
BY_HAND = "by hand"
WRITES, SETTLED = (UPDATE, CREATE), (IN_STEP, BY_HAND)
REQUIRED = (
    "actions",
    "blockedDates",
    "canEnrollFromSalesforce",
    "customProperties",
    "isEnabled",
    "suppressionListIds",
    "timeWindows",
    "type",
)
"""Documented: what the spec requires of a PUT, for one kind of workflow or the other."""

Definition = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Change:
    """What the plan says of one workflow."""

    workflow: str
    kind: str
    flow_id: str = ""
    revision: str = ""
    live_digest: str = ""  # of what stands in the portal
    ours_digest: str = ""  # of what our files say
    target: Definition | None = None  # what would be sent
    sources: Mapping[str, str] = field(default_factory=dict)
    outside: tuple[Difference, ...] = ()  # what was changed in HubSpot since the last shipment
    ours: tuple[Difference, ...] = ()  # what would change
    behind: bool = False  # the portal is as wanted, only the ledger does not know
    overrules: bool = False  # ours are put over what was changed in HubSpot

    @property
    def writes(self) -> bool:
        """Whether applying it changes the portal."""
        return self.kind in WRITES

    @property
    def stops(self) -> bool:
        """Whether a person has to decide first."""
        return not self.writes and self.kind not in SETTLED


@dataclass(frozen=True, slots=True)
class Plan:
    """What the plan says of a portal."""

    portal: str
    portal_id: int
    changes: tuple[Change, ...]

    @property
    def differs(self) -> bool:
        """Whether anything is otherwise than it should be."""
        return any(change.kind not in SETTLED for change in self.changes)


def plan(
    portal: str,
    portal_id: int,
    wanted: Iterable[Desired],
    live: Mapping[str, Definition],
    listed: Iterable[Definition],
    ledger: Ledger,
    overrule: Collection[str] = (),
) -> Plan:
    """Compare; `live` are the workflows whole by id, `listed` all workflows of the portal in short."""
    names = [(str(flow.get("name", "")), str(flow["id"])) for flow in listed]
    changes = [_one(each, live, names, ledger, overrule=each.name in overrule) for each in wanted]
    return Plan(portal, portal_id, tuple(changes))


def known_id(wanted: Desired, names: Iterable[tuple[str, str]], ledger: Ledger) -> str:
    """The workflow's id: the file's, else that of the one we were making when we were ended."""
    making = None if wanted.workflow.id else ledger.was_making(wanted.name)
    if making is None:
        return wanted.workflow.id
    ids = [id for name, id in names if name == making.get("name")]
    return ids[0] if len(ids) == 1 else ""


def _one(
    wanted: Desired,
    live: Mapping[str, Definition],
    names: list[tuple[str, str]],
    ledger: Ledger,
    *,
    overrule: bool,
) -> Change:
    if wanted.workflow.by_hand:
        return Change(wanted.name, BY_HAND, ours_digest=digest_of(wanted.definition), sources=wanted.sources)
    id = known_id(wanted, names, ledger)
    ours = digest_of(wanted.definition)
    if not id:
        twins = [other for name, other in names if name == wanted.definition.get("name")]
        if twins:
            return Change(wanted.name, NAMESAKE, flow_id=twins[0], ours_digest=ours)
        return Change(
            wanted.name,
            CREATE,
            ours_digest=ours,
            target=wanted.as_new,
            sources=wanted.sources,
            ours=tuple(differences({"actions": []}, wanted.as_new, wanted.files)),
        )
    found = live.get(id)
    if found is None:
        return Change(wanted.name, MISSING, flow_id=id, ours_digest=ours)
    if found.get("objectTypeId") != wanted.definition.get("objectTypeId"):
        return Change(wanted.name, OTHER_TYPE, flow_id=id, ours_digest=ours)
    if found.get("crmObjectCreationStatus") == "PENDING":
        return Change(wanted.name, PENDING, flow_id=id, ours_digest=ours)
    return _compared(wanted, id, found, ledger, overrule=overrule)


def _compared(wanted: Desired, id: str, found: Definition, ledger: Ledger, *, overrule: bool) -> Change:
    base = _last_shipment(wanted, id, found, ledger)
    clean = _target(base.live, wanted, base.ours) if base else None  # what a shipment of ours would have led to
    target = _target(clean if overrule and clean else found, wanted, base.ours if base else None)
    target |= {name: found[name] for name in WRITTEN_BY_HUBSPOT if name in found}
    if wanted.workflow.enabled is None and SWITCH in found:
        target[SWITCH] = found[SWITCH]
    ours = tuple(differences(found, target, wanted.files))
    theirs_changed = base is not None and _changed_outside(base.live, found, wanted)
    ours_changed = base is not None and _changed(base.ours, wanted.definition)
    if base is None:
        kind = IN_STEP if not ours else UPDATE if overrule else UNKNOWN
    elif not ours and (not theirs_changed or (ours_changed and clean is not None and not _changed(clean, found))):
        kind = IN_STEP
    elif overrule or not theirs_changed:
        kind = UPDATE
    else:
        kind = CONFLICT if ours_changed and ours else DRIFT
    return Change(
        wanted.name,
        kind,
        flow_id=id,
        revision=str(found.get("revisionId", "")),
        live_digest=digest_of(found),
        ours_digest=digest_of(wanted.definition),
        target=target if kind in WRITES else None,
        sources=wanted.sources,
        outside=tuple(_outside(base.live, found, wanted)) if base else (),
        ours=ours,
        overrules=overrule and kind == UPDATE,
        behind=kind == IN_STEP and (base is None or base.making or theirs_changed or ours_changed),
    )


@dataclass(frozen=True, slots=True)
class _Base:
    """What the comparison starts from."""

    ours: Definition
    live: Definition
    making: bool = False  # it was being made when we were ended, and stands there as it was sent


def _last_shipment(wanted: Desired, id: str, found: Definition, ledger: Ledger) -> _Base | None:
    shipped = ledger.shipped(wanted.name)
    if shipped and shipped.flow_id == id:
        return _Base(shipped.ours, shipped.live)
    sent = ledger.was_making(wanted.name)
    if sent is not None and not _changed(overlaid(found, sent, None), found):
        return _Base({name: value for name, value in sent.items() if name != SWITCH}, found, making=True)
    return None


def _target(live: Definition, wanted: Desired, before: Definition | None) -> Definition:
    """Ours over what is there. A field that HubSpot requires is never left out, or it would be cleared."""
    target: Definition = overlaid(live, wanted.definition, before)
    return {name: live[name] for name in REQUIRED if name in live} | target


def _outside(before: Definition, now: Definition, wanted: Desired) -> Iterator[Difference]:
    """What was changed in HubSpot; whether a workflow is on only where our file decides that."""
    for each in differences(before, now, wanted.files):
        if each.what != SWITCHED or wanted.workflow.enabled is not None:
            yield each


def _changed_outside(before: Definition, now: Definition, wanted: Desired) -> bool:
    """Whether somebody changed it in HubSpot; turning it on or off counts where our file decides that."""
    turned = now.get(SWITCH) not in (before.get(SWITCH), wanted.workflow.enabled)
    return _changed(before, now) or (wanted.workflow.enabled is not None and turned)


def _changed(before: Definition, now: Definition) -> bool:
    """Whether it does something else; turning it on or off is no change of what it does."""
    return comparable(before) != comparable(now)
