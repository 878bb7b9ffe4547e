"""Who writes, where, and who answers? The account before anything happens."""

import random
from datetime import UTC, datetime

from tests.simulation.events import DAY, MINUTE, SECOND, Account, Inbox, Person

ZONES = ("Europe/Berlin", "America/New_York", "Asia/Kolkata", "UTC")
INBOXES = (Inbox("Support"), Inbox("Sales"), Inbox("Help Desk", "HELP_DESK"), Inbox("Press", served=False))
SHARED = "visitor-shared"
FIRST_DAYS = (  # Mondays; after two of them clocks change within three weeks
    datetime(2026, 3, 2, tzinfo=UTC),
    datetime(2026, 3, 16, tzinfo=UTC),
    datetime(2026, 6, 1, tzinfo=UTC),
    datetime(2026, 10, 12, tzinfo=UTC),
)


def account_of(dice: random.Random, chats: int) -> Account:
    """An account in which that many chats take place."""
    days = max(5, min(21, chats // 8))
    begins = int(dice.choice(FIRST_DAYS).timestamp()) * SECOND
    contacts = [
        Person(f"visitor-{n}", known=True, address=f"visitor-{n}@example.org") for n in range(1, chats // 2 + 4)
    ]
    without = [Person(f"visitor-{n}", known=True) for n in range(901, 901 + max(1, chats // 25))]
    guests = [Person(f"guest-{n}", known=False, address=f"guest-{n}@example.org") for n in range(1, chats // 12 + 3)]
    shared = Person(SHARED, known=True, address="reception@example.org")
    return Account(
        begins=begins,
        ends=begins + days * DAY,
        zone=dice.choice(ZONES),
        people=(*contacts, *without, *guests, shared, Person("nobody", known=False)),
        inboxes=INBOXES,
        agents=("agent-1", "agent-2", "agent-3", "agent-4"),
        search_lag=dice.choice((5 * SECOND, 30 * SECOND, 3 * MINUTE)),
        association_lag=dice.choice((0, 0, 2 * SECOND, 20 * SECOND)),
        single_send=dice.random() < 0.5,
        opening=dice.choice(("", "Mon-Fri 09:00-17:30", "Mon-Sat 08:00-20:00")),
    )
