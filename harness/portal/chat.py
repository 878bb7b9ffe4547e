"""One conversation, in the words of those who take part: says, agent, bot, closes, reopens."""

from harness.clock import Moment, millis, moment
from harness.portal.conversations import acts
from harness.portal.conversations.state import HUBSPOT, Message, Thread
from harness.portal.world import World


class Chat:
    """A thread in the hands of a test or a day. Every verb returns the chat, so that they read as a story."""

    def __init__(self, world: World, thread: Thread) -> None:
        self._world = world
        self._thread = thread
        self._at: int | None = None

    @property
    def id(self) -> str:
        """The thread's id."""
        return self._thread.id

    @property
    def record_id(self) -> str:
        """The id of the conversation as a CRM record, which is another."""
        return self._thread.record_id

    @property
    def status(self) -> str:
        """OPEN or CLOSED."""
        return self._thread.status

    def actor(self, who: str) -> str:
        """The actor id of "visitor", "agent", "bot", "ai" or "hubspot": the first one there is."""
        if who in ("visitor", "hubspot"):
            return self._thread.visitor if who == "visitor" else HUBSPOT
        return self._somebody({"agent": "A-", "bot": "B-", "ai": "L-"}[who])

    def at(self, when: Moment | None) -> "Chat":
        """What follows happens at this moment; None: at the clock's."""
        self._at = None if when is None else millis(moment(when))
        return self

    def says(self, text: str, rich_text: str | None = None, original: str = "") -> "Chat":
        """The visitor writes. With `original`, HubSpot shows `text` cut short."""
        return self._write("MESSAGE", self._thread.visitor, text, rich_text, incoming=True, original=original)

    def agent(self, text: str, by: str = "", rich_text: str | None = None) -> "Chat":
        """A human answers."""
        return self._write("MESSAGE", by or self._somebody("A-"), text, rich_text)

    def bot(self, text: str, by: str = "", rich_text: str | None = None) -> "Chat":
        """A bot answers."""
        return self._write("MESSAGE", by or self._somebody("B-"), text, rich_text)

    def llm(self, text: str, by: str = "", rich_text: str | None = None) -> "Chat":
        """The AI agent answers."""
        return self._write("MESSAGE", by or self._somebody("L-"), text, rich_text)

    def welcome(self, text: str, by: str = "") -> "Chat":
        """The chat greets."""
        return self._write("WELCOME_MESSAGE", by or HUBSPOT, text, None)

    def comment(self, text: str, by: str = "") -> "Chat":
        """A colleague leaves an internal remark."""
        return self._write("COMMENT", by or self._somebody("A-"), text, None)

    def assigned_to(self, actor: str, by: str = "") -> "Chat":
        """The chat is given to somebody; "" takes it from them."""
        with self._world.act():
            acts.assign(self._world, self._thread, actor, self._now(), by or HUBSPOT)
        return self

    def closes(self, by: str | None = None) -> "Chat":
        """The chat is closed."""
        return self._set_status(acts.CLOSED, by)

    def reopens(self, by: str | None = None) -> "Chat":
        """The chat is open again."""
        return self._set_status(acts.OPEN, by)

    def moves_to(self, inbox: str, by: str = "") -> "Chat":
        """The chat goes to another inbox."""
        with self._world.act():
            to = self._world.conversations.inboxes[inbox]
            acts.move(self._world, self._thread, to, self._now(), by or HUBSPOT)
        return self

    def is_spam(self) -> "Chat":
        """Somebody marks the chat as spam."""
        self._thread.spam = True
        return self

    def is_archived(self) -> "Chat":
        """Somebody puts the chat away."""
        self._thread.archived = True
        return self

    def belongs_to(self, contact: str) -> "Chat":
        """The visitor turns out to be a contact."""
        self._thread.contact_id = contact
        return self

    def _set_status(self, status: str, by: str | None) -> "Chat":
        with self._world.act():
            acts.set_status(self._world, self._thread, status, self._now(), by or HUBSPOT)
        return self

    def _write(
        self,
        type: str,
        by: str,
        text: str,
        rich_text: str | None,
        incoming: bool = False,
        original: str = "",
    ) -> "Chat":
        with self._world.act():
            message: Message = acts.new(self._world, type, self._now(), by, text, rich_text or "")
            message.incoming, message.original = incoming, original
            acts.write(self._world, self._thread, message)
        return self

    def _somebody(self, prefix: str) -> str:
        actors = self._world.conversations.actors
        known = next((id for id in actors if id.startswith(prefix)), None)
        if known is None:
            verb = {"A-": "has_agent", "B-": "has_bot", "L-": "has_llm"}[prefix]
            raise LookupError(
                f"Chat {self.id}: expected somebody to write, found nobody. Call portal.{verb}(name) first."
            )
        return known

    def _now(self) -> int:
        return self._world.clock.millis() if self._at is None else self._at
