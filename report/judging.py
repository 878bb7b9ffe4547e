"""What became of each sitting of a thread: the verdict the workflow comes to one minute after its close.

Judged with the action's own parts, so that report and workflow cannot disagree.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from actions.parts.closes import closing_time, judged_now
from actions.parts.conversation import Line, closed_at_end, lines_of, sittings
from actions.parts.moments import millis
from actions.parts.phrases import language_of
from actions.parts.resolution import Judging, Verdict, judge, outside

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

DELAY_MS = 60_000
"""How long after a close the workflow judges it: what was written until then is heard."""
WORDS_READ = 5000
"""Characters of the visitor's words by which the action tells the language."""

Thread = dict[str, Any]
Spell = list[Line]


@dataclass(frozen=True)
class Close:
    """One close that ended a sitting. `overtaken`: a later sitting of the thread ended resolved."""

    closed_at: int
    started_at: int | None
    agent_id: str
    resolution: str
    reason: str
    marker: str
    language: str
    messages: int
    overtaken: bool


@dataclass(frozen=True)
class Run:
    """What the workflow's run one minute after a close came to, and for which close."""

    closed_at: int
    verdict: Verdict
    lines: Spell
    serves: int
    continues: frozenset[int]
    """Earlier closes of the same sitting, as it stood then."""


def closes_of(
    thread: Thread,
    messages: Sequence[Mapping[str, Any]],
    actor_types: Mapping[str, str],
    judging: Judging,
    silence_ms: int,
    resolution: str = "",
) -> list[Close]:
    """Return every close that ended a sitting, oldest first, as the workflow judged it.

    `thread` and `messages` (newest first) are HubSpot's own; a thread that is open again was closed at its closes.
    A sitting that only continues the one before makes a `skipped` row where it is the earlier close that waits. A close
    that the next one came soon after, by mistake perhaps, ended no sitting; that the visitor was silent for days since
    does not change it.
    """
    lines = lines_of(messages, actor_types)
    spells = sittings(lines, silence_ms)
    found: dict[int, tuple[Close, Run]] = {}
    ended_none: set[int] = set()
    for number, spell in enumerate(spells, 1):
        closed_at = close_of(thread, spells, number)
        if closed_at is not None and closed_at not in found:
            then = {**thread, "status": "CLOSED", "closedAt": str(closed_at)}
            heard = [line for line in lines if line.at <= closed_at + DELAY_MS]
            run = run_at(then, sittings(heard, silence_ms), judging, resolution)
            verdict = run.verdict
            if run.serves != closed_at:
                run = replace(run, lines=[line for line in spell if line.at <= closed_at + DELAY_MS])
                verdict = Verdict("skipped", outside(then, run.lines, judging), "")
            found[closed_at] = row(run, verdict), run
            ended_none = (ended_none | run.continues) - {run.serves}
    kept = [one for closed_at, one in found.items() if closed_at not in ended_none]
    resolved = [run.verdict.resolution == "resolved" for _, run in kept]
    return [replace(close, overtaken=any(resolved[number:])) for number, (close, _) in enumerate(kept, 1)]


def close_of(thread: Thread, spells: list[Spell], number: int) -> int | None:
    """Return when a sitting was closed: the last one as its thread says, which is what tickets list; None if never."""
    spell = spells[number - 1]
    ended: int | None = closed_at_end(spell)
    said_by_thread: int | None = millis(thread.get("closedAt"))
    if number < len(spells) or thread.get("status") != "CLOSED" or said_by_thread is None:
        return ended
    if ended is None and number > 1 and (not spell or said_by_thread < spell[0].at):
        return None  # written after the close, which is the one before's
    return said_by_thread


def run_at(then: Thread, heard: list[Spell], judging: Judging, resolution: str) -> Run:
    """Return what the action answers of a thread as it was then."""
    judged = judged_now(then, heard, judging)[1]
    lines = [line for spell in judged for line in spell]
    return Run(
        closed_at=int(then["closedAt"]),
        verdict=judge(then, lines, judging, resolution),
        lines=lines,
        serves=closing_time(then, judged, judging),
        continues=frozenset(line.at for line in heard[-1] if line.kind == "closed") - {int(then["closedAt"])},
    )


def row(run: Run, verdict: Verdict) -> Close:
    """Return a close in the words of the action's answer."""
    said = [line for line in run.lines if line.kind == "said"]
    agents = [line.actor for line in said if line.who == "agent"]
    visitor = " ".join(line.text for line in said if line.who == "visitor")
    return Close(
        closed_at=run.closed_at,
        started_at=said[0].at if said else None,
        agent_id=agents[-1][2:] if agents and agents[-1].startswith("A-") else "",
        resolution=verdict.resolution,
        reason=verdict.reason,
        marker=verdict.marker,
        language=language_of(visitor[:WORDS_READ]),
        messages=len(said),
        overtaken=False,
    )
