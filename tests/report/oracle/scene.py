"""One chat of a story: who says what when, when it closes, and what its closes are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.report.oracle.expected import Ending
from tests.report.oracle.stage import MINUTE, Stage

if TYPE_CHECKING:
    from harness.portal.chat import Chat
    from tests.report.oracle.talks import Talk

LIVE_CHAT = "1000"
SILENCE = 30 * MINUTE


class Scene:
    """A thread, opened at its first planned line."""

    def __init__(self, stage: Stage, inbox: str, contact: str | None = None, channel: str = LIVE_CHAT) -> None:
        self.stage, self.inbox, self.contact, self.channel = stage, inbox, contact, channel
        self.agent = stage.pick(stage.agents)
        self.endings: list[Ending] = []
        self.begins = 0
        self._chat: Chat | None = None

    @property
    def chat(self) -> Chat:
        """The chat, once it was opened."""
        assert self._chat is not None, "nobody opened the chat"
        return self._chat

    @property
    def id(self) -> str:
        """The thread's id."""
        return self.chat.id

    def opens(self, at: int) -> None:
        """The visitor opens the chat."""
        self.begins = at
        self.stage.at(at, self._open)

    def says(self, who: str, text: str, at: int) -> None:
        """Somebody writes; every text has its canary."""
        canary = self.stage.canary()
        words = f"{canary} {text}" if len(text) > 12 or text.startswith("#") else canary  # a greeting stays one word
        by = {"agent": self.agent, "comment": self.agent, "bot": self.stage.bot, "ai": self.stage.ai}.get(who, "")

        def write() -> None:
            chat = self.chat
            if who == "visitor":
                chat.says(words)
            else:
                {"agent": chat.agent, "comment": chat.comment, "bot": chat.bot, "ai": chat.llm}[who](words, by=by)

        self.stage.at(at, write)

    def talks(self, talk: Talk, until: int, pause: int = 0, pace: int = 50_000) -> int:
        """The lines of a talk, the last one `pause` before a moment; returns when the first one was said."""
        at = until - max(pause, self.stage.between(1, pace))
        for who, text in reversed(talk.lines):
            self.says(who, text, at)
            first, at = at, at - self.stage.between(5_000, max(pace, 5_001))
        if not self.begins:
            self.opens(first - self.stage.between(1, 3_000))
        return first

    def shuts(self, at: int) -> None:
        """The chat is closed, by a person, a bot or HubSpot."""
        by = self.stage.pick([self.agent, self.agent, self.stage.bot, ""])
        self.stage.at(at, lambda: self.chat.closes(by or None))

    def closes(self, at: int, talk: Talk) -> Ending:
        """The same, and that ends a sitting in which this was said."""
        self.shuts(at)
        spoke = any(who == "agent" for who, _ in talk.lines)
        ending = Ending(self, at, talk.label, talk.reasons, agent=self.agent[2:] if spoke else "")
        for earlier in self.endings:
            earlier.overtaken = earlier.overtaken or talk.label == "resolved"
        self.endings.append(ending)
        return ending

    def reopens(self, at: int) -> None:
        """An agent opens the chat again."""
        self.stage.at(at, lambda: self.chat.reopens(self.agent))

    def becomes_spam(self) -> None:
        """Somebody marks it as spam, now."""
        self.chat.is_spam()

    def is_put_away(self) -> None:
        """Somebody archives it, now."""
        self.chat.is_archived()

    @property
    def is_read(self) -> bool:
        """Whether it lived so long that it may have been closed before, so that its messages are read in any case."""
        thread = self.stage.portal.world.conversations.threads[self.id]
        return max(thread.latest_message or 0, thread.closed_at or 0) - thread.created >= SILENCE

    def _open(self) -> None:
        stage = self.stage
        name, email = (None, None) if self.contact else (f"Visitor {stage.canary()}", f"{stage.canary()}@example.org")
        if stage.dice.random() < 0.5:
            email = None
        self._chat = stage.portal.has_chat(
            inbox=self.inbox, contact=self.contact, channel=self.channel, name=name, email=email
        )
