"""Do the flows of one portal enrol records for ever, each by what another's action does?

Two flows that set each other going are as endless as one that makes records which it enrols itself. So what is counted
is a family, over all flows of a portal: an enrolment and those that its actions, and theirs, brought about. Many
records that come in at one moment, each with few of its own, are no circle.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from weakref import WeakKeyDictionary

from harness.clock import EPOCH
from harness.portal import Portal

MOST = 1000
"""Of one family at one moment. Ours: HubSpot would go on."""
MOST_IN_ALL = 10_000
"""Of one family at all: with a delay on the way there is an end to each moment, and none to the circle (ours)."""


@dataclass
class Family:
    """How many of one family came in, and how many at the latest moment at which any did."""

    moment: datetime = EPOCH
    count: int = 0
    in_all: int = 0


class Circles:
    """Whose action is performed now in one portal, and what it may bring about."""

    def __init__(self) -> None:
        self._acting: Family | None = None

    @contextmanager
    def acts(self, family: Family) -> Iterator[None]:
        """An action is performed, so that what changes may be its doing."""
        before, self._acting = self._acting, family
        try:
            yield
        finally:
            self._acting = before

    def family(self) -> Family:
        """The one that an enrolment belongs to which begins now."""
        return self._acting or Family()

    def close(self, now: datetime) -> str:
        """Why no more of the family may come in at this moment; "" when one may."""
        family = self._acting
        if family is None:
            return ""
        family.moment, family.count = now, (family.count if family.moment == now else 0) + 1
        family.in_all += 1
        if family.count > MOST:
            return f"one enrolment led to {MOST} others at this moment: the flows go round in circles"
        if family.in_all > MOST_IN_ALL:
            return f"one enrolment led to {MOST_IN_ALL} others: the flows go round in circles"
        return ""


def circles_of(portal: Portal) -> Circles:
    """The ones that all flows of a portal share."""
    return _OF.setdefault(portal, Circles())


_OF: WeakKeyDictionary[Portal, Circles] = WeakKeyDictionary()
