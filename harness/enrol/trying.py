"""What is a flow tried on? A portal as a seed says it, at one moment, with tokens for what its actions declare."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from contract.flow import Flow
from harness.clock import Clock
from harness.day.flows import scopes
from harness.portal import Portal
from harness.portal.tokens import PREFIX
from harness.runtime.runs import Runtime
from harness.serve.planting import planted
from harness.serve.seed import Seed
from harness.serve.seed_file import read_file
from harness.show import plain
from harness.workflow import Workflow
from harness.workflow.history import as_text

MOST_DAYS = 30
MOST_NAMED = 5


class DoesNotFit(Exception):
    """What was typed does not fit the flow or the portal."""


@dataclass(frozen=True)
class Trial:
    """One flow, one portal, and the records that are enrolled."""

    file: Path
    seed: Path | None = None
    records: tuple[str, ...] = ()
    secrets: Mapping[str, str] = field(default_factory=dict)
    now: datetime | None = None
    span: timedelta | None = None
    python: str | None = None

    def workflow(self) -> Workflow:
        """The flow after its records have been enrolled and the time has passed; without records, just switched on."""
        flow = Flow.read(self.file)
        portal = self._portal(flow)
        with Runtime(portal, python=self.python) as runtime:
            workflow = Workflow(flow, portal=portal, runtime=runtime, secrets=self.secrets)
            if self.records:
                self._refuse(flow, portal)
                workflow.watches()
                for record in self.records:
                    workflow.enrol(record)
                if self.span is None:
                    portal.clock.run_all(limit_days=MOST_DAYS)
                else:
                    portal.clock.advance(self.span.total_seconds())
        return workflow

    def _portal(self, flow: Flow) -> Portal:
        seed = read_file(self.seed) if self.seed else Seed()
        moment = self.now or seed.now or datetime.now(UTC).replace(microsecond=0)
        portal = planted(seed, str(self.seed or ""), Clock(moment), log_limit=0)
        portal.takes(self.secrets.values(), *scopes([flow]))
        return portal

    def _refuse(self, flow: Flow, portal: Portal) -> None:
        """Records that are not there and secrets that were not given, all of them at once."""
        ids = portal.ids(flow.object_type_id)
        have = ", ".join(ids[:MOST_NAMED]) + (f" and {len(ids) - MOST_NAMED} more" if len(ids) > MOST_NAMED else "")
        problems = [
            f"--record: expected the id of a record of type {flow.object_type_id} ({have or 'none in this portal'}), "
            f"found {record}."
            for record in self.records
            if portal.values(flow.object_type_id, record) is None
        ]
        named = {name for action in flow.actions.values() for name in action.raw.get("secretNames", ())}
        problems += [
            f"--secret: expected {name}, which an action of the flow names, found none. Write {name}={PREFIX}1."
            for name in sorted(named - set(self.secrets))
        ]
        if problems:
            raise DoesNotFit("\n".join(problems))


def lines(workflow: Workflow, trial: Trial) -> Iterator[str]:
    """What a person reads, with nothing in it that steers the terminal."""
    if not trial.records:
        count = len(workflow.flow.actions)
        yield plain(f"{workflow.flow.name}: all of its {count} action(s) are walked here. --record ID enrols one.")
        return
    yield from map(plain, as_text(workflow))
