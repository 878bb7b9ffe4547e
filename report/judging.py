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

    @property
    def waits(self) -> bool:
        """Whether this very close is one for which there has to be a ticket."""
        return self.verdict.resolution == "unresolved" and self.serves == self.closed_at


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
    A sitting that only continues the one before makes a `skipped` row where it is the earlier close that waits.
    """
    lines = lines_of(messages, actor_types)
    spells = sittings(lines, silence_ms)
    found: list[Close] = []
    runs: list[Run] = []
    for number, spell in enumerate(spells, 1):
        closed_at = close_of(thread, spells, number)
        if closed_at is not None and closed_at not in {run.closed_at for run in runs}:
            then = {**thread, "status": "CLOSED", "closedAt": str(closed_at)}
            heard = [line for line in lines if line.at <= closed_at + DELAY_MS]
            run = run_at(then, sittings(heard, silence_ms), judging, resolution)
            if run.serves != closed_at or repeats(run, found, heard):
                own = [line for line in spell if line.at <= closed_at + DELAY_MS]
                run = replace(run, lines=own)
                found.append(row(run, Verdict("skipped", outside(then, own, judging), "")))
            else:
                found.append(row(run, run.verdict))
            runs.append(run)
    resolved = [run.verdict.resolution == "resolved" for run in runs]
    return [replace(close, overtaken=any(resolved[number:])) for number, close in enumerate(found, 1)]


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
    )


def repeats(run: Run, found: list[Close], heard: Spell) -> bool:
    """Tell whether the visitor waits since an earlier close, and was silent since.

    An agent who closes once more within half an hour is one sitting to the action, until the visitor's return shows
    that the silence had begun with the close before: his one wait must not be counted twice then.
    """
    before = next((close for close in reversed(found) if close.resolution != "skipped"), None)
    if not run.waits or before is None or before.resolution != "unresolved":
        return False
    return not any(line.kind == "said" and line.who == "visitor" and line.at > before.closed_at for line in heard)


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
