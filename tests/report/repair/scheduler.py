"""Repairs as a scheduler starts them, one after another; what an action sleeps costs them no time."""

import atexit
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from typing import Any

from harness import Outcome, Runtime
from harness.portal import Request, Response
from report.repair.closes import Close
from report.repair.forwarder import Forwarder, Heard
from report.repair.notes import StoredNotes
from report.repair.repairing import How, Repair, Step, repair
from report.repair.told import line_of, lines_of
from tests.report.repair.account import NAME, Account

APPLY = How(apply=True)


class Hurried(Runtime):
    """One runtime for all repairs of a machine in a test session, whose runs sleep by a clock of their own."""

    def __init__(self) -> None:
        super().__init__(self, python=sys.executable)
        self.forwarder: Forwarder | None = None

    def answer(self, request: Request) -> Response:
        """Lead a run to the repair that is at work."""
        assert self.forwarder
        return self.forwarder.answer(request)

    def run(self, action: Any, event: Mapping[str, Any], **more: Any) -> Outcome:
        return super().run(action, event, **more | {"now": datetime.now(UTC)})


@cache
def hurried(machine: str) -> Hurried:
    """That of a machine."""
    runtime = Hurried()
    atexit.register(runtime.close)
    return runtime


@contextmanager
def hurried_for(forwarder: Forwarder, machine: str) -> Iterator[Hurried]:
    """Lend it to one repair."""
    runtime = hurried(machine)
    runtime.forwarder = forwarder
    yield runtime


@dataclass
class Scheduler:
    """One machine from which an account is repaired."""

    account: Account
    heard: list[Heard] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)
    waited: list[float] = field(default_factory=list)
    printed: list[str] = field(default_factory=list)
    at_request: dict[int, Callable[[], object]] = field(default_factory=dict)
    """What happens when so many requests were made."""
    late: float = 0.0
    """How many seconds it is later than now."""
    machine: str = NAME
    """Whose notes it has."""

    @property
    def notes(self) -> StoredNotes:
        return StoredNotes.of(self.machine, 4711001)

    def runs(
        self, closes: Iterable[Close], how: How = APPLY, *, more: str = "", key: str = "", recounts: bool = True
    ) -> Repair:
        """One repair of these closes."""
        portal = self.account.portal(more)
        forwarder = Forwarder(portal.api_host, key or self.account.hub.token, heard=self._hears)
        found = repair(
            portal,
            closes,
            forwarder,
            self.notes,
            how,
            recount=(lambda: len(self.account.dropped())) if recounts else None,
            progress=self.steps.append,
            now=lambda: datetime.now(UTC).timestamp() + self.late,
            sleep=self.waited.append,
            runtime_of=lambda forwarder: hurried_for(forwarder, self.machine),
        )
        forwarder.close()
        self.printed += [line_of(chat, applied=found.applied) for chat in found.chats] + list(lines_of(found))
        return found

    def _hears(self, heard: Heard) -> None:
        self.heard.append(heard)
        self.at_request.pop(len(self.heard), lambda: None)()
