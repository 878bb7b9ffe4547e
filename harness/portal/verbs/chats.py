"""What visitors and HubSpot's mail do: chats open, e-mails leave."""

from harness.clock import Moment, millis, moment
from harness.portal.chat import Chat
from harness.portal.conversations import acts
from harness.portal.emails.state import SendAnswer
from harness.portal.moments import iso
from harness.portal.verbs.settings import Settings
from harness.portal.wire import Email
from harness.portal.world import World

FIRST_VISITOR = 640_000_001


class Chats(Settings):
    """Verbs on conversations and e-mails."""

    world: World
    _visitors = 0

    def has_chat(
        self,
        *,
        inbox: str | None = None,
        contact: str | None = None,
        channel: str = "1000",
        at: Moment | None = None,
        visitor_id: str | None = None,
        email: str | None = None,
        name: str | None = None,
    ) -> Chat:
        """A visitor opens a chat: a contact, or somebody HubSpot has no record of."""
        with self.world.act():
            conversations = self.world.conversations
            inbox_id = inbox or next(iter(conversations.inboxes), "") or self.has_inbox()
            self._visitors += 1
            visitor = contact or visitor_id or str(FIRST_VISITOR + self._visitors)
            when = millis(moment(at)) if at is not None else self.world.clock.millis()
            thread = acts.open_thread(
                self.world, conversations.inboxes[inbox_id], channel, visitor, when, email or "", name or ""
            )
        return Chat(self.world, thread)

    def chat(self, thread_id: str) -> Chat:
        """A chat that is there already."""
        return Chat(self.world, self.world.conversations.threads[thread_id])

    def email_answers(self, status: str = "COMPLETE", send_result: str = "SENT", times: int = 1) -> None:
        """The next single-sends are answered like this."""
        self.world.outbox.answers.extend([SendAnswer(status, send_result)] * times)

    def sends_email(self, to: str, email_id: str, record_id: str, properties: dict[str, str]) -> None:
        """A workflow's own Send email."""
        at = iso(self.world.clock.millis())
        with self.world.act():
            self.world.outbox.emails.append(Email(to, email_id, "", properties, "workflow", at, record_id))
