"""How is a plan shown? In words for a terminal or a pull request: outside changes first, then ours, then one line."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Protocol

from deploy.differences import Difference
from deploy.plan import (
    BY_HAND,
    CONFLICT,
    CREATE,
    DRIFT,
    IN_STEP,
    MISSING,
    NAMESAKE,
    OTHER_TYPE,
    PENDING,
    UNKNOWN,
    UPDATE,
    Change,
    Plan,
)
from deploy.showing import beside, fence, in_summary, shown

MOST_LINES = 60
WHAT_NOW = {
    DRIFT: "It was changed in HubSpot. Take that over: `pull`. Or put ours back: `plan --overrule {name}`.",
    CONFLICT: "Both were changed. Take HubSpot's over first: `pull`. Or put ours there: `plan --overrule {name}`.",
    UNKNOWN: "It was never shipped from here. Take it over: `pull`. Or put ours there: `plan --overrule {name}`.",
    MISSING: "Flow {id} is not there (any more). Take its id out of the portal's file to make it anew; "
    "or, where the API does not have such workflows (`doctor` tells), write by_hand = true.",
    NAMESAKE: "Flow {id} has this name already. Put its id into the portal's file to take it over, or rename it.",
    BY_HAND: "Put there by copy and paste: `export {name}`, and `verify-paste` for what stands in the editor.",
    PENDING: "HubSpot is still making flow {id}. Plan again in a minute.",
    OTHER_TYPE: "Flow {id} is about another type of record. Correct the id in the portal's file.",
}


def as_text(plan: Plan) -> str:
    """For a terminal."""
    return "\n".join([*_lines(plan), "", summary(plan)]) + "\n"


def as_markdown(plan: Plan) -> str:
    """For a pull request."""
    parts = [f"### {plan.portal} (portal {plan.portal_id})", "", summary(plan), ""]
    for change in plan.changes:
        if change.kind == IN_STEP and not change.outside:
            continue
        body = [*_body(change, indent="")]
        bar = fence(body)
        parts += [f"<details><summary>{in_summary(_head(change))}</summary>", "", f"{bar}diff"]
        parts += [*body, bar, "", "</details>", ""]
    return "\n".join(parts)


def summary(plan: Plan) -> str:
    """The one line."""
    counts = Counter(change.kind for change in plan.changes)
    decide = sum(change.stops for change in plan.changes)
    words = [
        (counts[CREATE], "to create"),
        (counts[UPDATE], "to update"),
        (counts[IN_STEP], "in step"),
        *([(counts[BY_HAND], "by hand")] if counts[BY_HAND] else []),
        (decide, "to decide"),
    ]
    return "Plan: " + ", ".join(f"{number} {what}" for number, what in words) + "."


def _lines(plan: Plan) -> Iterator[str]:
    for change in sorted(plan.changes, key=lambda change: not change.outside):
        yield _head(change)
        yield from _body(change, indent="  ")


def _head(change: Change) -> str:
    where = f" (flow {change.flow_id}, revision {change.revision})" if change.revision else ""
    return shown(f"{change.kind:9} {change.workflow}{where}")


def _body(change: Change, indent: str) -> Iterator[str]:
    if change.outside:
        yield f"{indent}changed in HubSpot since the last shipment:"
        yield from _differences(change.outside, indent + "  ")
    if change.ours:
        yield f"{indent}{'would change' if not change.writes else 'changes'}:"
        yield from _differences(change.ours, indent + "  ")
    if change.behind:
        yield f"{indent}as wanted already; `apply` notes that in the ledger."
    if change.kind in WHAT_NOW:
        yield indent + shown(WHAT_NOW[change.kind].format(name=change.workflow, id=change.flow_id))


def _differences(found: Iterable[Difference], indent: str) -> Iterator[str]:
    for each in found:
        yield f"{indent}{told(each)}"
        yield from (f"{indent}  {shown(line)}" for line in each.lines[:MOST_LINES])
        if len(each.lines) > MOST_LINES:
            yield f"{indent}  ... {len(each.lines) - MOST_LINES} more lines; --json has all"


class Told(Protocol):
    """What has two sides."""

    @property
    def where(self) -> str: ...
    @property
    def what(self) -> str: ...
    @property
    def before(self) -> str: ...
    @property
    def after(self) -> str: ...


def told(each: Told) -> str:
    """One difference on one line."""
    before, after = beside(each.before, each.after)
    return f"{shown(each.where)}, {shown(each.what)}: {before} -> {after}"
