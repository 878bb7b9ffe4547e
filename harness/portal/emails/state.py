"""What is stored of e-mails: what was sent, which send ids are known, and which answers were asked for."""

from collections import deque
from dataclasses import dataclass

from harness.portal.wire import Email


@dataclass(frozen=True, slots=True)
class SendAnswer:
    """How the next single-send is answered."""

    status: str = "PENDING"  # documented example of an accepted send
    send_result: str = ""

    @property
    def accepted(self) -> bool:
        """Whether an e-mail leaves."""
        return self.status != "CANCELED" and self.send_result in ("", "SENT", "QUEUED")


class Outbox:
    """The account's e-mails."""

    def __init__(self) -> None:
        self.emails: list[Email] = []
        self.send_ids: set[str] = set()
        self.answers: deque[SendAnswer] = deque()

    def next_answer(self) -> SendAnswer:
        """The answer asked for, else an accepted one."""
        return self.answers.popleft() if self.answers else SendAnswer()
