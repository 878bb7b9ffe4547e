"""One starter of runs for all tests of the simulation, and weeks that are made by hand."""

from collections.abc import Iterator

import pytest

from tests.simulation.events import Account, AnyEvent, Inbox, Label, Line, Person, Talks, Weeks, sorted_events
from tests.simulation.seam import Starter

MONDAY = 1_772_442_000_000  # 2 March 2026, 09:00 UTC


@pytest.fixture(scope="session")
def starter() -> Iterator[Starter]:
    """Warm workers that serve every play."""
    with Starter() as one:
        yield one


def talk(chat: str, visitor: str, at: int, label: Label = "unresolved", inbox: str = "Support") -> Talks:
    """A question that nobody answers, or somebody does; closed after five minutes."""
    answer = (Line(60_000, "agent", "It was delivered to your neighbour yesterday."),)
    thanks = (Line(90_000, "visitor", "Thank you very much, that helped me!"),)
    said: tuple[Line, ...] = (Line(0, "visitor", "My order has not arrived yet, where is it?"),)
    said += (*answer, *thanks) if label == "resolved" else ()
    return Talks(
        at=at,
        chat=chat,
        visitor=visitor,
        inbox=inbox,
        agent="agent-1",
        lines=(*said, Line(300_000, "close")),
        label=label,
    )


def weeks(*events: AnyEvent) -> Weeks:
    """A small account without any trouble but what the events say."""
    people = tuple(Person(f"visitor-{n}", known=True, address=f"visitor-{n}@example.org") for n in range(1, 9))
    account = Account(
        begins=MONDAY - 9 * 3_600_000,
        ends=MONDAY + 86_400_000,
        zone="Europe/Berlin",
        people=people,
        inboxes=(Inbox("Support"), Inbox("Sales")),
        agents=("agent-1", "agent-2"),
        search_lag=0,
        association_lag=0,
        single_send=True,
        opening="",
    )
    return Weeks(0, account, sorted_events(events), ())
