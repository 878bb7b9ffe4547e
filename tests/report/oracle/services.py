"""How does a close come to a ticket, or to none? Each way writes down since when the close is served."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.report.oracle.expected import WITHIN
from tests.report.oracle.stage import DAY, HOUR, MINUTE, Stage
from tests.report.oracle.ticket import Ticket

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.report.oracle.expected import Ending
    from tests.report.oracle.scene import Scene

ROOM = 5 * DAY
"""The longest that a ticket is late."""
LACKS = ("", "", "", "link", "key", "line", "key line", "line link", "key link")
"""What tickets of the workflow lack, each of them still naming its chat somewhere."""


def delay(stage: Stage) -> int:
    """How long after a close something happens: often within moments, and at every edge of the five minutes."""
    kinds = [
        stage.between(1, 240_000),
        stage.between(61_000, 90_000),
        stage.pick([WITHIN - 1, WITHIN, WITHIN + 1]),
        stage.pick([WITHIN - 1, WITHIN, WITHIN + 1]),
        stage.between(WITHIN + 2, HOUR),
        stage.between(HOUR, ROOM - HOUR),
    ]
    return int(stage.pick(kinds))


def nobody(stage: Stage, scene: Scene, ending: Ending) -> None:
    """No ticket is made."""


def created(stage: Stage, scene: Scene, ending: Ending) -> None:
    """The workflow makes one, in time or late."""
    at = ending.closed_at + delay(stage)
    ticket = Ticket(stage).created(at, scene, [ending.closed_at], without=stage.pick(LACKS))
    if stage.dice.random() < 0.4 and at + 2 * DAY < stage.now:
        ticket.shuts(at + stage.between(1, 2 * DAY))  # that it was open for a moment is enough
    ending.served(at, "created", ticket)


def by_rep_after(stage: Stage, scene: Scene, ending: Ending) -> None:
    """A rep makes one after the close."""
    at = ending.closed_at + delay(stage)
    ending.served(at, "created", Ticket(stage).by_rep(at, scene, named=stage.pick([True, False])))


def by_rep_before(stage: Stage, scene: Scene, ending: Ending) -> None:
    """A rep made one while they talked, and it was open when the chat closed."""
    ticket = Ticket(stage).by_rep(_during(stage, scene, ending), scene, named=stage.pick([True, False]))
    ending.served(ending.closed_at, "made_before", ticket)
    if ending.closed_at + DAY < stage.now and stage.dice.random() < 0.3:
        ticket.shuts(ending.closed_at + stage.between(1, DAY))


def shut_before(stage: Stage, scene: Scene, ending: Ending) -> None:
    """A rep made one and closed it before the chat closed."""
    ticket = Ticket(stage).by_rep(_during(stage, scene, ending), scene, named=True)
    ticket.shuts(ending.closed_at - 1)


def reopened(stage: Stage, scene: Scene, ending: Ending) -> None:
    """The same, and it is opened again after the close."""
    at = ending.closed_at + delay(stage)
    ticket = Ticket(stage).by_rep(_during(stage, scene, ending), scene, named=True)
    ticket.shuts(ending.closed_at - 1)
    ticket.opens(at)
    ending.served(at, "reopened", ticket)


def born_shut(stage: Stage, scene: Scene, ending: Ending) -> None:
    """One is made in time, but closed from the beginning, and perhaps opened later."""
    at = ending.closed_at + stage.between(1_000, 200_000)
    ticket = (
        Ticket(stage).created(at, scene, [ending.closed_at], shut=True)
        if stage.provisioned
        else Ticket(stage).by_rep(at, scene, named=True, shut=True)
    )
    if stage.dice.random() < 0.5:
        opened = at + stage.between(1, HOUR)
        ticket.opens(opened)
        ending.served(opened, "created", ticket)


def attached(stage: Stage, scene: Scene, ending: Ending) -> None:
    """The visitor has an open ticket of something else, which the chat joins."""
    if scene.contact is None:
        created(stage, scene, ending)
        return
    at = ending.closed_at + delay(stage)
    ticket = Ticket(stage).unlinked(scene.begins - stage.between(HOUR, DAY), scene.contact)
    ticket.joined(at, scene, [ending.closed_at], linked=stage.dice.random() < 0.8)
    ending.served(at, "attached", ticket)


def joins_closed(stage: Stage, scene: Scene, ending: Ending) -> None:
    """The same, but that ticket was closed at the moment, and is opened later or never."""
    if scene.contact is None:
        nobody(stage, scene, ending)
        return
    at = ending.closed_at + stage.between(1_000, 200_000)
    ticket = Ticket(stage).unlinked(scene.begins - stage.between(HOUR, DAY), scene.contact)
    ticket.shuts(scene.begins - MINUTE)
    ticket.joined(at, scene, [ending.closed_at])
    if stage.dice.random() < 0.5:
        opened = ending.closed_at + WITHIN + stage.between(-1, 1)
        ticket.opens(opened)
        ending.served(opened, "attached", ticket)


def two_tickets(stage: Stage, scene: Scene, ending: Ending) -> None:
    """A rep made one in time, and the workflow another one late: the first counts."""
    soon = ending.closed_at + stage.between(1_000, 240_000)
    first = Ticket(stage).by_rep(soon, scene, named=False)
    Ticket(stage).created(soon + stage.between(WITHIN, HOUR), scene, [ending.closed_at])
    ending.served(soon, "created", first)


WITHOUT_OURS: tuple[Callable[[Stage, Scene, Ending], None], ...] = (
    nobody,
    nobody,
    by_rep_after,
    by_rep_before,
    shut_before,
    reopened,
    born_shut,
)
WITH_OURS = (*WITHOUT_OURS, created, created, created, created, attached, attached, joins_closed, two_tickets)


def any_way(stage: Stage) -> Callable[[Stage, Scene, Ending], None]:
    """One of the ways that there are in this account."""
    return stage.pick(WITH_OURS if stage.provisioned else WITHOUT_OURS)  # type: ignore[no-any-return]


def _during(stage: Stage, scene: Scene, ending: Ending) -> int:
    return stage.between(min(scene.begins + 1, ending.closed_at - 2), ending.closed_at - 2)
