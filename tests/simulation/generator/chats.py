"""When does who chat? Business hours, bursts, visitors who come back, two chats of one visitor at once."""

import random
from datetime import UTC, datetime

from tests.simulation.events import (
    DAY,
    HOUR,
    MINUTE,
    SECOND,
    Account,
    AnyEvent,
    Inbox,
    Label,
    Line,
    Person,
    ReopensByMistake,
    Talks,
)
from tests.simulation.generator.people import SHARED
from tests.simulation.generator.talks import HALF_AN_HOUR, sitting


def chats(dice: random.Random, account: Account, count: int) -> list[Talks]:
    """The first sitting of each chat."""
    bursts = [_working_moment(dice, account) for _ in range(max(1, count // 40))]
    found: list[Talks] = []
    while len(found) < count:
        drawn = dice.random()
        if found and drawn < 0.08:
            found.append(_at_once(dice, found[-1], len(found) + 1))
            continue
        at = dice.choice(bursts) + dice.randint(0, 600) * SECOND if drawn < 0.25 else _working_moment(dice, account)
        visitor = _visitor(dice, account, found)
        lines, label = sitting(dice, first=True)
        found.append(_chat(dice, account, f"chat-{len(found) + 1}", visitor, at, lines, label))
    return found


def more_sittings(dice: random.Random, first: Talks) -> list[AnyEvent]:
    """The visitor comes back to a chat, once or twice; or an agent reopens it by mistake, hours or days later."""
    found: list[AnyEvent] = []
    free = first.closes[-1]
    while first.label != "skipped" and not first.spam and dice.random() < 0.25:
        begins = free + dice.choice((HALF_AN_HOUR, HALF_AN_HOUR + SECOND, HOUR, 5 * HOUR, DAY, 5 * DAY))
        begins += dice.choice((0, dice.randint(0, 3 * HOUR) // SECOND * SECOND))
        lines, label = sitting(dice, first=False)
        again = Talks(
            at=begins,
            chat=first.chat,
            visitor=first.visitor,
            inbox=first.inbox,
            agent=first.agent,
            lines=lines,
            label=label,
            channel=first.channel,
        )
        found.append(again)
        free = again.closes[-1]
    if dice.random() < 0.06:
        mistake = free + dice.choice((40 * MINUTE, 5 * HOUR, 2 * DAY)) + dice.randint(0, 600) * SECOND
        found.append(
            ReopensByMistake(at=mistake, chat=first.chat, agent=first.agent, closes_after=dice.randint(5, 600) * SECOND)
        )
    return found


def _chat(
    dice: random.Random, account: Account, name: str, visitor: Person, at: int, lines: tuple[Line, ...], label: Label
) -> Talks:
    inbox = _inbox(dice, account)
    channel = "1007" if dice.random() < 0.03 else "1000"
    spam = dice.random() < 0.02
    ours = inbox.served and channel == "1000" and not spam
    return Talks(
        at=at,
        chat=name,
        visitor=visitor.name,
        inbox=inbox.name,
        agent=dice.choice(account.agents),
        lines=lines,
        label=label if ours else "skipped",
        channel=channel,
        spam=spam,
    )


def _at_once(dice: random.Random, other: Talks, number: int) -> Talks:
    """The same visitor in a second chat that closes at the same moment, or nearly."""
    lines, label = sitting(dice, first=False)
    at = other.closes[0] - lines[-1].after + dice.choice((0, 0, 1, 20, 70)) * SECOND
    return Talks(
        at=at, chat=f"chat-{number}", visitor=other.visitor, inbox="Sales", agent=other.agent, lines=lines, label=label
    )


def _visitor(dice: random.Random, account: Account, found: list[Talks]) -> Person:
    drawn = dice.random()
    if drawn < 0.30 and found:
        return account.person(dice.choice(found).visitor)
    if drawn < 0.35:
        return account.person(SHARED)
    if drawn < 0.43:
        return account.person("nobody")
    return dice.choice(account.people[:-2])


def _inbox(dice: random.Random, account: Account) -> Inbox:
    return dice.choices(account.inboxes, weights=(60, 20, 15, 5))[0]


def _working_moment(dice: random.Random, account: Account) -> int:
    """Within working hours of a working day, nine times out of ten."""
    while True:
        at = dice.randrange(account.begins, account.ends - DAY, SECOND)
        there = datetime.fromtimestamp(at / SECOND, UTC)
        if (there.weekday() < 5 and 8 <= there.hour < 18) or dice.random() < 0.03:
            return at
