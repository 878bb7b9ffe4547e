"""What does a thread of several sittings look like? Made from a seed, as HubSpot's API shows it, now or back then."""

from dataclasses import dataclass
from datetime import UTC, datetime
from random import Random
from typing import Any

SECOND, MINUTE, HOUR, DAY = 1000, 60_000, 3_600_000, 86_400_000
START = 1_772_438_400_000  # 2026-03-02T08:00:00Z
GAPS = (SECOND, 20 * SECOND, 59 * SECOND, MINUTE, 5 * MINUTE, 20 * MINUTE, 30 * MINUTE - 1, 30 * MINUTE, HOUR, DAY)
ACTOR_TYPES = {"V-1": "VISITOR", "A-3": "AGENT", "A-4": "AGENT", "B-1": "BOT", "L-1": "LLM", "S-1": "SYSTEM"}
VISITOR = (
    "My invoice shows the wrong address, can you change it?",
    "Where is my parcel? It should have been here on Monday.",
    "Wo bleibt meine Bestellung? Ich warte seit einer Woche.",
    "hello?",
    "ok",
    "Perfect, thank you!",
    "Thanks, bye",
    "Any news?",
    "I would like to speak to a person please",
)
AGENT = (
    "I will ask billing and get back to you.",
    "It arrives on Tuesday, the carrier has it.",
    "Yes, it is changed, the new invoice is attached.",
    "Which order number is it?",
    "Hello, how can I help?",
)
COMMENT = ("#resolved", "#unresolved lost", "#billing please", "a remark")


@dataclass(frozen=True)
class Made:
    """A thread with its messages, oldest first."""

    thread: dict[str, Any]
    messages: tuple[dict[str, Any], ...]

    def closed(self, at: int) -> dict[str, Any]:
        """The thread as it was just after this close."""
        return {**self.thread, "status": "CLOSED", "closedAt": iso(at)}

    def newest_first(self, until: int | None = None) -> list[dict[str, Any]]:
        """The messages there were at a moment, in HubSpot's order."""
        return [one for one in reversed(self.messages) if until is None or one["createdAt"] <= iso(until)]


def iso(at: int) -> str:
    """A moment as HubSpot writes it."""
    return datetime.fromtimestamp(at / 1000, UTC).strftime("%Y-%m-%dT%H:%M:%S.") + f"{at % 1000:03d}Z"


def made(seed: int) -> Made:
    """A thread in which anything may follow anything, at gaps around a minute and around the half hour."""
    dice = Random(seed)
    at, messages, last_close = START, [], 0
    status = "OPEN"
    for number in range(dice.randint(2, 24)):
        at += dice.choice(GAPS) + dice.choice((0, 0, 1, 137))
        kind = dice.choice(("visitor", "visitor", "visitor", "agent", "agent", "robot", "comment", "assign", "turn"))
        if kind == "turn" or (status == "CLOSED" and dice.random() < 0.3) or (number > 1 and dice.random() < 0.2):
            status = "OPEN" if status == "CLOSED" else "CLOSED"
            last_close = at if status == "CLOSED" else last_close
            messages.append(message(number, at, "THREAD_STATUS_CHANGE", "A-3", newStatus=status))
            at += dice.choice((2, SECOND, MINUTE))
        messages.append(line(dice, kind, number + 100, at))
    odd = dice.choice(("", "", "", "", "", "", "", "spam", "archived", "originalChannelId", "inboxId"))
    thread = {
        "id": "77",
        "status": status,
        "spam": odd == "spam",
        "archived": odd == "archived",
        "originalChannelId": "1002" if odd == "originalChannelId" else "1000",
        "inboxId": "2" if odd == "inboxId" else "1",
        "associatedContactId": "12",
        **({"closedAt": iso(last_close)} if last_close and (status == "CLOSED" or dice.random() < 0.5) else {}),
    }
    return Made(thread, tuple(messages))


def line(dice: Random, kind: str, number: int, at: int) -> dict[str, Any]:
    """Something said or done; what is no line of the chat stands for a status that did not change."""
    if kind == "visitor":
        return message(number, at, "MESSAGE", "V-1", dice.choice(VISITOR), direction="INCOMING")
    if kind == "comment":
        return message(number, at, "COMMENT", dice.choice(("A-3", "B-1")), dice.choice(COMMENT))
    if kind == "assign":
        return message(number, at, "ASSIGNMENT", "S-1", assignedTo=dice.choice(("A-3", "B-1")))
    who = dice.choice(("B-1", "L-1")) if kind == "robot" else dice.choice(("A-3", "A-4"))
    return message(number, at, "MESSAGE", who, dice.choice(AGENT), direction="OUTGOING")


def message(number: int, at: int, type: str, actor: str, text: str = "", **more: str) -> dict[str, Any]:
    """One message as the API shows it."""
    senders = [{"actorId": actor}]
    return {"id": str(number), "createdAt": iso(at), "type": type, "senders": senders, "text": text, **more}
