"""How does a caller run an action? With a Runtime, which keeps warm processes, or once, with run_action."""

import sys
import threading
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Literal, Self

from contract.action import Action
from harness.runtime import limits
from harness.runtime.door import Door
from harness.runtime.environment import find_python, variables
from harness.runtime.facts import Facts, Job
from harness.runtime.forks import ForkServer, warm
from harness.runtime.inputs import problems_before
from harness.runtime.learnt import Learnt
from harness.runtime.masking import mask_of
from harness.runtime.notices import say_once
from harness.runtime.outcome import Outcome
from harness.runtime.refusals import event_text, refusal
from harness.runtime.spawns import SpawnedRuns
from harness.runtime.telling import outcome_of
from harness.runtime.visit import Answers, Seat, Visit, taken
from harness.runtime.warm import Gone, Ground
from harness.runtime.workers import Crew

Start = Literal["fork", "spawn", "worker"]

_WARM_KEPT = 8
"""Idle warm processes, each with another set of imports (10 to 40 MB); beyond that the oldest is ended."""


class Runtime:
    """Runs action files as HubSpot's Lambda does. A context manager; its warm processes end with it.

    start: "fork" is the reference, a process of its own for each run; "worker" makes many runs in one process, without
    TLS, many times as fast and a little less strict (workers.py says where); "spawn" is for other systems than Linux.
    seed: everything an action draws by chance is drawn from it, and from the number of the run.
    """

    def __init__(
        self,
        portal: Answers | None = None,
        *,
        python: str | None = None,
        start: Start | None = None,
        seed: int | None = None,
    ) -> None:
        self.python = find_python(python)
        self.start: Start = start or ("fork" if sys.platform == "linux" else "spawn")
        if self.start != "spawn" and sys.platform != "linux":
            raise ValueError(f'start: expected "spawn" on {sys.platform}, found "{self.start}". Leave it out.')
        self.portal = portal
        """Whoever answers for HubSpot's API; None: nobody does."""
        self._seed = seed
        self._door = Door() if portal is not None else None
        self._ground = Ground(self.python, self._door, seeded=seed is not None)
        self._crew = Crew(self._ground)
        self._idle: list[ForkServer] = []
        self._learnt = Learnt()
        self._lock = threading.Lock()
        self._runs = 0
        self._closed = False

    def run(
        self,
        action: Path | str | Action,
        event: Mapping[str, Any],
        *,
        secrets: Mapping[str, str] | None = None,
        now: datetime | None = None,
        timeout_s: float = limits.TIMEOUT_S,
        memory_mb: int = limits.MEMORY_MB,
        seat: Seat | None = None,
    ) -> Outcome:
        """Run it once. A run that fails is an Outcome; only a wrong contract or a missing file raises.

        seat: its calls and sleeps wait for their turn among those of other runs (harness.together).
        """
        if self._closed:
            raise RuntimeError("Runtime.run: expected an open runtime, found a closed one. Run inside its `with`.")
        action = action if isinstance(action, Action) else Action.read(action)
        offered = dict(secrets or {})
        declared = action.contract.secrets if action.contract is not None else tuple(offered)
        given = {name: offered[name] for name in declared if name in offered}
        refused = refusal(event, given)
        if refused is not None:
            return refused
        visit = self._visit(seat, now)
        job = _job(action, event, given, now, visit)
        number = seat.number if seat is not None else self._next_number()
        job = replace(
            job,
            timeout_s=timeout_s,
            memory_mb=memory_mb,
            request_id=f"00000000-0000-4000-8000-{number:012d}",
            in_turns=seat is not None,
            chance=f"{self._seed} {number}" if self._seed is not None else None,
        )
        facts = self._make(action, job, visit)
        if seat is not None:
            facts = seat.corrected(facts)
        if visit is not None and visit.failure is not None:
            raise RuntimeError(f"{action.path.name}: the portal broke while answering") from visit.failure
        before = problems_before(event, offered, action.contract)
        return outcome_of(facts, action, job, given, before, visit.calls if visit else ())

    def close(self) -> None:
        """End the warm processes and the door."""
        self._closed = True
        while self._idle:
            self._idle.pop().close()
        self._crew.close()
        if self._door is not None:
            self._door.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, where: TracebackType | None
    ) -> None:
        self.close()

    def _make(self, action: Action, job: Job, visit: Visit | None) -> Facts:
        if visit is not None and self._door is not None:
            self._door.admit(visit)
        try:
            if self.start == "spawn":
                _say_spawned()
                return SpawnedRuns(self._ground).run(job, visit)
            job = self._learnt.told(job)
            if self.start == "worker":
                facts = self._crew.run(job, visit, self._learnt.imports(action))
            else:
                facts = self._forked(action, job, visit)
            self._learnt.learn(job, facts)
            return facts
        finally:
            if visit is not None and self._door is not None:
                self._door.dismiss(visit)

    def _visit(self, seat: Seat | None, now: datetime | None) -> Visit | None:
        if seat is None:
            return Visit(self.portal) if self.portal is not None else None
        if self.start == "spawn" or now is None or self._door is None:
            raise ValueError(
                'seat: expected a runtime with a portal that forks or has workers, and a "now"; '
                f'found start="{self.start}", now={now}. Runs take turns on Linux alone.'
            )
        return taken(seat)

    def _forked(self, action: Action, job: Job, visit: Visit | None) -> Facts:
        while True:
            server = self._warm(action)
            try:
                facts = server.run(job, visit)
            except Gone:
                server.close()
                continue
            except BaseException:  # a Ctrl-C too: nobody waits for this run any more
                server.close()
                raise
            self._keep(server, facts)
            return facts

    def _keep(self, server: ForkServer, facts: Facts) -> None:
        """The warm process, for the next run."""
        with self._lock:
            over = [server] if facts.cause == "lost" or self._closed else []
            if not over:
                self._idle.append(server)
                over = [self._idle.pop(0)] if len(self._idle) > _WARM_KEPT else []
        for each in over:
            each.close()

    def _warm(self, action: Action) -> ForkServer:
        """An idle warm process with exactly these imports, else a new one: also for a run inside a run."""
        imports = self._learnt.imports(action)
        with self._lock:
            found = next((server for server in reversed(self._idle) if server.imports == imports), None)
            if found is not None:
                self._idle.remove(found)
        if found is not None and found.alive:
            return found
        if found is not None:
            found.close()
        return warm(self._ground, imports)

    def _next_number(self) -> int:
        """Counted, not drawn, so that two equal days leave equal logs."""
        with self._lock:
            self._runs += 1
            return self._runs


def run_action(
    path: Path | str | Action,
    event: Mapping[str, Any],
    *,
    portal: Answers | None = None,
    secrets: Mapping[str, str] | None = None,
    now: datetime | None = None,
    timeout_s: float = limits.TIMEOUT_S,
    memory_mb: int = limits.MEMORY_MB,
    python: str | None = None,
    start: Start | None = None,
) -> Outcome:
    """Run an action file once, with a runtime of its own. Several are much faster through one Runtime."""
    with Runtime(portal, python=python, start=start) as runtime:
        return runtime.run(path, event, secrets=secrets, now=now, timeout_s=timeout_s, memory_mb=memory_mb)


def _job(
    action: Action, event: Mapping[str, Any], secrets: Mapping[str, str], now: datetime | None, visit: Visit | None
) -> Job:
    if now is not None and now.tzinfo is None:
        now = now.replace(tzinfo=UTC)
    return Job(
        name=action.path.name,
        source=action.source,
        digest=action.digest,
        event=event_text(event),
        environ=variables(secrets),
        token=visit.token if visit is not None else bytes(16),
        now=now.timestamp() if now is not None else None,
        slack=mask_of(frozenset(secrets.values())).longest,
    )


def _say_spawned() -> None:
    where = 'start="spawn"' if sys.platform == "linux" else f"on {sys.platform}"
    say_once(
        f"{where}: every run starts a fresh interpreter; memory is measured, and the network is closed to Python code "
        "only, not to a C extension or a program it starts. Linux's fork is the reference."
    )
