"""What goes wrong for hours? Outages in the midst of work, rules that appear overnight, a workflow that is off."""

import random

from tests.simulation.events import DAY, HOUR, MINUTE, SECOND, Account, AnyEvent, Outage, Ruled, SwitchedOff, Talks

RULES = ("new tickets not in the first stage", "short descriptions", "agent-1 has left", "a category is required")
SHORTEST, LONGEST = 50 * MINUTE, 80 * MINUTE


def of_the_account(dice: random.Random, account: Account, chats: list[Talks]) -> list[AnyEvent]:
    """All of it. Outages begin around a chat's close, where they hurt."""
    found: list[AnyEvent] = []
    for _ in range(max(1, len(chats) // 50)):
        begins = dice.choice(chats).closes[-1] + dice.choice((-10 * MINUTE, 0, 60 * SECOND, 61 * SECOND, 5 * MINUTE))
        found.append(Outage(at=begins, until=begins + dice.randint(SHORTEST, LONGEST) // SECOND * SECOND))
    for rule in RULES:
        if dice.random() < 0.5:
            found.append(Ruled(at=account.begins + dice.randint(1, 6) * DAY, rule=rule))
    if dice.random() < 0.5:
        begins = dice.choice(chats).closes[-1] - 20 * MINUTE
        flow = dice.choice(("unresolved_chats", "unresolved_chats", "native_confirmation", "release_lock"))
        found.append(SwitchedOff(at=begins, flow=flow, until=begins + HOUR))
    return found
