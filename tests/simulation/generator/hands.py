"""What do reps do with chats and tickets? They make them, close them, answer, type, merge, between two steps too."""

import random

from tests.simulation.events import (
    DAY,
    HOUR,
    MINUTE,
    SECOND,
    Account,
    Answers,
    AnyEvent,
    ClosesTickets,
    MakesTicket,
    MakesTicketOfNoChat,
    Merges,
    Talks,
    Types,
)
from tests.simulation.generator.people import SHARED

TYPED = (
    ("subject", "Called back, see notes"),
    ("hs_ticket_priority", "HIGH"),
    ("content", "Spoke on the phone."),
    ("chat_agent", "agent-9"),
    ("conversation_link", "https://example.org/ours"),
    ("hubspot_owner_id", ""),  # the owner of agent-2, known when it is played
)
APART = 437
"""Milliseconds by which reps miss the full second, at which chats close and flows run: nothing takes place at once."""
STEPS = ("triage_chat", "dedup_check", "create_ticket", "stamp_chat_closed_at")


def of_a_chat(dice: random.Random, talks: Talks) -> list[AnyEvent]:
    """What a rep does around one sitting."""
    close, chat = talks.closes[-1] + APART, talks.chat
    found: list[AnyEvent] = []
    if dice.random() < 0.12 and talks.label != "skipped" and talks.visitor != "nobody":
        when = dice.choice((close - SECOND, close - 2 * MINUTE, close + 30 * SECOND, close + 2 * MINUTE, close + HOUR))
        found.append(
            MakesTicket(at=max(when, talks.at + SECOND + APART), chat=chat, ticket=f"ticket of {chat} at {when}")
        )
    if dice.random() < 0.3:
        found.append(Answers(at=close + _later(dice), chat=chat))
    if dice.random() < 0.15:
        name, value = dice.choice(TYPED)
        found.append(Types(at=close + _later(dice), chat=chat, property=name, value=value))
    if dice.random() < 0.4:
        found.append(ClosesTickets(at=close + _later(dice), chat=chat))
    if dice.random() < 0.05:
        found.append(ClosesTickets(at=close - APART, chat=chat, between=dice.choice(STEPS)))
    return found


def of_the_account(dice: random.Random, account: Account) -> list[AnyEvent]:
    """Tickets of no chat, six of them of the address that many share; and contacts that turn out to be the same."""
    first = account.begins + APART
    found: list[AnyEvent] = [
        MakesTicketOfNoChat(at=first + number * MINUTE, visitor=SHARED, ticket=f"shared ticket {number}")
        for number in range(6)
    ]
    contacts = [person.name for person in account.people if person.known and person.address and person.name != SHARED]
    for number in range(len(contacts) // 8):
        at = dice.randrange(first, account.ends - DAY, SECOND)
        found.append(MakesTicketOfNoChat(at=at, visitor=dice.choice(contacts), ticket=f"ticket of no chat {number}"))
    pairs = dice.sample(contacts, min(len(contacts) // 2, 3) * 2)
    for survivor, other in zip(pairs[::2], pairs[1::2], strict=True):
        found.append(Merges(at=dice.randrange(first, account.ends - DAY, SECOND), survivor=survivor, other=other))
    return found


def of_long_ago(dice: random.Random, account: Account, begun: list[Talks]) -> list[AnyEvent]:
    """Tickets of no chat from before the weeks, still open when their visitors chat: of another issue by then, or not.

    Seven days before a chat is where one ends and the other begins.
    """
    found: list[AnyEvent] = []
    for number, talks in enumerate(dice.sample(begun, max(2, len(begun) // 8))):
        person = account.person(talks.visitor)
        before = dice.choice((6 * DAY, 7 * DAY + HOUR, 9 * DAY))
        if person.known and person.address and person.name != SHARED:
            at = talks.at - before + APART
            found.append(MakesTicketOfNoChat(at=at, visitor=person.name, ticket=f"ticket of long ago {number}"))
    return found


def _later(dice: random.Random) -> int:
    """Soon, or some time in the next days."""
    soon = dice.choice((61 * SECOND, 5 * MINUTE, 20 * MINUTE))
    return dice.choice((soon, dice.randint(HOUR, DAY), dice.randint(DAY, 9 * DAY))) // SECOND * SECOND
