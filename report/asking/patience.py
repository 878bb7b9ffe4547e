"""How long is one call asked again and again? Waits grow; after some minutes without success it is given up."""

import random

from report.asking.answers import Again
from report.asking.refusals import OddAnswer, Unreachable

PATIENCE = 180.0  # seconds without any success
NEVER_THERE = 60.0  # the same, while there has never been an answer: more likely it is us
MOST_TIMES = 16  # that one call is asked while others succeed: it is this one that HubSpot cannot answer
BROKEN_TIMES = 6  # answers that nobody can read: they do not get better
FIRST_WAIT, LONGEST_WAIT = 1.0, 30.0  # seconds


class Patience:
    """One call's."""

    def __init__(self, where: str, patience: float = PATIENCE) -> None:
        self._where = where
        self._patience = patience
        self._since: float | None = None
        self._times = self._broken = self._failed = 0

    def wait(self, again: Again, now: float, success: float | None) -> float:
        """Seconds until it is asked again; a Refused when it is given up. `success`: when any call had one last."""
        self._since = now if self._since is None else self._since
        self._times += 1
        self._broken += again.broken
        self._failed += not again.limited
        if self._broken >= BROKEN_TIMES:
            raise OddAnswer(self._where, expected="a whole JSON object", found=f"{again.found}, {self._broken} times")
        patience = self._patience if success is not None else min(self._patience, NEVER_THERE)
        left = max(self._since, success or self._since) + patience - now
        if left <= 0 or self._failed >= MOST_TIMES:
            raise unreachable(self._where, f"{again.found}, {self._times} times in {now - self._since:.0f} seconds")
        if again.limited:
            return 0.0
        growing = min(FIRST_WAIT * 2.0 ** (self._failed - 1), LONGEST_WAIT)
        return min(growing * random.uniform(0.8, 1.0), left)


def unreachable(where: str, found: str) -> Unreachable:
    """Given up."""
    return Unreachable(
        where,
        expected="an answer",
        found=found,
        remedy="See the network and https://status.hubspot.com, then run it again: it goes on where it ended.",
    )
