"""Which local accounts are claims put to? One that answers as HubSpot does, and three that only look like it.

The three are for the scenarios' sake: one that says yes and does nothing, one whose answers never change, one that
refuses nothing. A scenario that holds there too shows nothing.
"""

import json
import tempfile
from collections.abc import Callable
from pathlib import Path

from harness.portal import Portal, Request
from harness.serve.state_file import load, save
from tests.claims.hub import Answer, Sent


class Local:
    """The local portal."""

    def __init__(self) -> None:
        self.portal = Portal()
        self.portal.has_inbox("Support")
        self.portal.has_agent("agent-3")
        self.token = self.portal.token()
        self.calls = 0

    @property
    def by_hand(self) -> Portal:
        """The portal's verbs."""
        return self.portal

    def send(self, sent: Sent) -> Answer:
        """One request, through the door that every client's request comes through."""
        self.calls += sent.claimed
        return self._answer(sent)

    def app(self, *scopes: str) -> str:
        """Another app's token."""
        return self.portal.token(*scopes)

    def waits(self, seconds: float) -> None:
        """The account's clock moves."""
        self.portal.clock.advance(seconds)

    def eventually(self, holds: Callable[[], bool]) -> bool:
        """At once: nothing lags here unless it is told to."""
        return holds()

    def _answer(self, sent: Sent) -> Answer:
        response = self.portal.answer(Request.make(sent.method, sent.target, sent.headers, sent.body))
        return Answer(response.status, json.loads(response.body) if response.body else None, response.headers)


class Idle(Local):
    """Answers the operation in question as ever and carries nothing of it out."""

    def send(self, sent: Sent) -> Answer:
        """The account is put back to what it was before."""
        if not sent.claimed:
            return super().send(sent)
        with tempfile.TemporaryDirectory() as folder:
            before = Path(folder) / "account"
            save(self.portal, before)
            answer = super().send(sent)
            load(self.portal, before)
        return answer


class Frozen(Local):
    """Answers the operation in question for ever as it did at first."""

    def __init__(self) -> None:
        super().__init__()
        self._first: Answer | None = None

    def send(self, sent: Sent) -> Answer:
        """The first answer."""
        if not sent.claimed:
            return super().send(sent)
        self._first = self._first or super().send(sent)
        return self._first


class Polite(Local):
    """Refuses nothing."""

    def send(self, sent: Sent) -> Answer:
        """A refusal becomes a success without content."""
        answer = super().send(sent)
        if sent.claimed and answer.status >= 400:
            return Answer(200, {"results": [], "id": "1", "properties": {}})
        if sent.claimed and isinstance(answer.body, dict) and answer.body.get("errors"):
            return Answer(200, {**answer.body, "errors": [], "numErrors": 0})
        return answer
