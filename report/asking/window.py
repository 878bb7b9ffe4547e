"""How many calls may begin in a rolling span of time, and when may the next one? Pure: the moment is always given.

Half of the allowance may go at once, so that a short run is done at once. From there on calls are spread over the
span: whoever shares the allowance finds some of it free at any moment.
"""

from bisect import bisect_right

AT_ONCE = 0.5  # of the allowance
CLOSER = 0.95  # than even: the count holds the limit, the gap only keeps calls apart
BEHIND = 0.5  # seconds of oversleeping that are caught up
REMEMBERED = 6.0  # spans that calls are remembered for, to tell others' calls from ours in a late answer


class Window:
    """The calls of the last span."""

    def __init__(self, seconds: float, at_once: float = AT_ONCE) -> None:
        self.seconds = seconds
        self._at_once = at_once
        self._begun: list[float] = []
        self._slot = float("-inf")

    def since(self, moment: float) -> int:
        """How many began after this moment."""
        return len(self._begun) - bisect_right(self._begun, moment)

    def wait(self, now: float, allowed: int) -> float:
        """Seconds until the next may begin; 0.0 when it may now."""
        count = self.since(now - self.seconds)
        if count >= allowed:
            return max(self._begun[-allowed] + self.seconds - now, 0.0) or 1e-6
        if count >= allowed * self._at_once:
            return max(self._slot + self._gap(allowed) - now, 0.0)
        return 0.0

    def take(self, now: float, allowed: int) -> None:
        """One begins."""
        late = max(self._slot + self._gap(allowed), now - BEHIND)
        self._slot = min(late, now) if self.since(now - self.seconds) >= allowed * self._at_once else now
        self._begun.append(now)
        if self._begun[0] < now - 2 * REMEMBERED * self.seconds:
            del self._begun[: bisect_right(self._begun, now - REMEMBERED * self.seconds)]

    def _gap(self, allowed: int) -> float:
        return self.seconds / allowed * CLOSER
