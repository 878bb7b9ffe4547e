"""From a seed to weeks of events, labelled by whoever makes them up."""

import random

from tests.simulation.events import AnyEvent, Talks, Weeks, sorted_events
from tests.simulation.generator import chats, hands, trouble
from tests.simulation.generator.people import account_of


def weeks_of(seed: int, count: int) -> Weeks:
    """The account of a seed, and all that happens in its weeks. The same seed tells the same."""
    dice = random.Random(f"weeks {seed} {count}")
    account = account_of(dice, count)
    begun = chats.chats(dice, account, count)
    events: list[AnyEvent] = [*begun]
    for chat in begun:
        events += chats.more_sittings(dice, chat)
    sittings = [event for event in events if isinstance(event, Talks)]
    for talks in sittings:
        events += hands.of_a_chat(dice, talks)
    events += hands.of_the_account(dice, account)
    events += trouble.of_the_account(dice, account, sittings)
    # Dice of its own, so that what was made up before stays what it was.
    events += hands.of_long_ago(random.Random(f"long ago {seed} {count}"), account, begun)
    return Weeks(seed, account, sorted_events(events))
