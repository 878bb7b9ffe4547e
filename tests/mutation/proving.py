"""Does the prover find it? The four files on trial, in accounts in which ours hold."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from contract.action import Action
from harness.prove.proving import prove
from harness.prove.stage import Subject
from harness.serve.seed import Chat, Company, Contact, Inbox, Line, Seed, Ticket
from tests.mutation.targets import ROOT

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
VISITOR, THREAD, INBOX, CONTACT, TICKET = "visitor-12@example.org", "8000000001", "1200001", "51000001", "90000001"
CLOSED = "2026-03-02T08:50:00Z"
SECRETS = {"CHAT_HANDOFF_TOKEN": "local-1"}
ORDERS = 0
"""Two at once are left to the stories and the simulation, which play them on runtimes that are warm."""


@dataclass(frozen=True)
class Trial:
    """An action, what is in the account before, and what it is called with."""

    action: str
    inputs: Mapping[str, str]
    ticket: Mapping[str, str] | None = None
    """What a ticket of the visitor's has on it, if there is one."""

    def subject(self, action: Action) -> Subject:
        """As `chat-handoff harness prove` takes it."""
        event = {
            "origin": {"portalId": 4711001, "actionDefinitionId": 1},
            "object": {"objectType": "CONVERSATION", "objectId": int(THREAD)},
            "inputFields": dict(self.inputs),
            "callbackId": "ap-1-2-3-4",
        }
        return Subject(action, event, SECRETS, NOW, _account(self.ticket))


TRIALS = (
    Trial(
        "create_ticket",
        {
            "mode": "live",
            "inboxes": INBOX,
            "thread_id": THREAD,
            "contact_id": CONTACT,
            "visitor_email": VISITOR,
            "closed_at": CLOSED,
        },
    ),
    Trial(
        "create_ticket",
        {
            "mode": "live",
            "inboxes": INBOX,
            "thread_id": THREAD,
            "candidate_id": TICKET,
            "contact_id": CONTACT,
            "closed_at": CLOSED,
        },
        ticket={"hs_pipeline_stage": "2"},
    ),
    Trial("stamp_chat_closed_at", {"mode": "live", "ticket_id": TICKET, "closed_at": CLOSED}, ticket={}),
    # Not with a transactional e-mail: it writes down when it was sent, which another call in between makes later.
    Trial(
        "send_confirmation",
        {"mode": "live", "ticket_id": TICKET, "contact_id": CONTACT, "closed_at": CLOSED},
        ticket={"chat_expected_response": "We will answer you by noon."},
    ),
)


def convicted(texts: Mapping[str, str], folder: Path) -> str:
    """In which trial one of these texts does not hold; nothing where all of them do."""
    for trial in TRIALS:
        if trial.action in texts:
            action = Action.parse(texts[trial.action], folder / f"{trial.action}.py")
            found = next(_findings(trial.subject(action)), "")
            if found:
                return f"{trial.action}: {found}"
    return ""


def _findings(subject: Subject) -> Iterator[str]:
    """What does not hold, as it comes to light."""
    proof = prove(subject, start="worker", orders=ORDERS)
    if proof.clean.status != "succeeded":
        yield f"ends as {proof.clean.status} without trouble"
    for left in proof.chance:
        yield f"leaves two things without trouble: {left}"
    for trial in proof.trials:
        if not trial.held:
            yield f"{trial.words}: {trial.differs[0]}"


@cache
def _properties() -> list[dict[str, object]]:
    return list(tomllib.loads((ROOT / "deploy/properties.toml").read_text(encoding="utf-8"))["tickets"])


def _account(ticket: Mapping[str, str] | None) -> Seed:
    line = f"{THREAD} · closed {CLOSED} · https://app.hubspot.com/live-messages/4711001/inbox/{THREAD}"
    listed = {} if ticket is None or "chat_expected_response" not in ticket else {"chat_threads": line}
    talk = [
        Line(visitor="My invoice shows the wrong address, can you change it?"),
        Line(agent="I will ask billing and get back to you."),
        Line(close="agent"),
    ]
    return Seed(
        properties={"tickets": _properties()},
        agents=["agent-3"],
        inboxes=[Inbox("Support")],
        companies=[Company("Example Ltd")],
        contacts=[Contact(VISITOR, company="Example Ltd")],
        tickets=[]
        if ticket is None
        else [Ticket("Wrong invoice", contact=VISITOR, ago="3 h", properties={**listed, **ticket})],
        chats=[Chat(talk, contact=VISITOR, inbox="Support", ago="10 min")],
    )
