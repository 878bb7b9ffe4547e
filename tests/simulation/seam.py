"""How is a run of an action started, and who answers it? The one place that knows the runtime."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from contract.action import Action
from harness.portal import Portal
from harness.portal.wire import Request, Response
from harness.runtime.outcome import Outcome
from harness.runtime.runs import Runtime, Start
from harness.runtime.visit import Answers
from harness.together import Conductor

FAST: Start = "worker"
STRICT: Start = "fork"


def repeated(outcome: Outcome) -> Outcome:
    """The outcome, but that a run which was killed is run again."""
    killed = outcome.error is not None and outcome.error.name == "Killed"
    return replace(outcome, status="will_retry") if killed else outcome


class AtOnce:
    """One flow's way to a conductor that several flows share."""

    def __init__(self, begin: Callable[..., None]) -> None:
        self.begin = begin


class Starter:
    """Runs actions, one at a time, each answered by whom its caller names. Its processes serve one play after another.

    A run that was killed counts as one to be run again: HubSpot does not document it, but no harm may come of it
    (guessed).
    """

    def __init__(self, start: Start = FAST) -> None:
        self._runtime = Runtime(self, start=start, seed=0)
        self._answers: Answers | None = None

    def run(
        self,
        action: Path | str | Action,
        event: Mapping[str, Any],
        *,
        secrets: Mapping[str, str] | None,
        now: datetime | None,
        answers: Answers,
    ) -> Outcome:
        """One run."""
        self._answers = answers
        return repeated(self._runtime.run(action, event, secrets=secrets, now=now))

    def together(self, portal: Portal, seed: int) -> Conductor:
        """Runs of one portal at once instead, in the order of a seed."""
        return Conductor(portal, self._runtime, seed=seed)

    def answer(self, request: Request) -> Response:
        """For the runtime: whoever answers the run in hand."""
        assert self._answers is not None, "nobody runs"
        return self._answers.answer(request)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, where: TracebackType | None
    ) -> None:
        self._runtime.close()
