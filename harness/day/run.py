"""Plays one day from beginning to end and counts it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from harness.day import flows, play, stage
from harness.day.faults import Fault
from harness.day.plans import Day
from harness.day.tally import Tally, count
from harness.runtime.runs import Runtime
from harness.workflow import Workflow

TICK = timedelta(minutes=5)
RETRIES_END = timedelta(days=4)

Show = Callable[[datetime, int, int, int], None]


@dataclass(frozen=True)
class Result:
    """A day that has been played: what was counted, and everything it left behind."""

    tally: Tally
    played: play.Played
    workflows: list[Workflow]


def run(day: Day, *, flow_folder: Path, properties: Path, fault: Fault | None, show: Show) -> Result:
    """Set the stage, switch the flows on, let the day pass and HubSpot's retries run out, then count."""
    read = flows.read_flows(flow_folder)
    staged = stage.set_stage(day, properties, fault)
    clock = staged.portal.clock
    with Runtime(staged.portal) as runtime:
        inboxes = [staged.inboxes[name] for name in day.entry.served_inboxes]
        workflows = flows.switch_on(read, portal=staged.portal, runtime=runtime, inboxes=inboxes, fault=fault)
        played = play.plan(day, staged)
        ends = day.begins + timedelta(days=1)
        clock.run_until(min(chat.starts for chat in day.chats))
        while clock.now() < ends:
            clock.run_until(min(clock.now() + TICK, ends))
            _tell(show, clock.now(), played, workflows)
        clock.run_all(limit_days=RETRIES_END / timedelta(days=1))
        _tell(show, clock.now(), played, workflows)
    return Result(count(day, played), played, workflows)


def _tell(show: Show, now: datetime, played: play.Played, workflows: list[Workflow]) -> None:
    enrolments = [enrolment for workflow in workflows for enrolment in workflow.enrolments]
    runs = sum(len(enrolment.runs) for enrolment in enrolments)
    waiting = sum(1 for one in enrolments if one.inside and one.runs and one.runs[-1].status == "will_retry")
    show(now, played.closes, runs, waiting)
