"""The account that is being served: how it begins, how it is begun anew, what of it is kept."""

from pathlib import Path

from harness.portal import Portal
from harness.serve import state_file
from harness.serve.planting import plant, planted
from harness.serve.running_clock import RunningClock
from harness.serve.seed import Seed

LOG_LINES = 10_000  # of requests kept: the newest, and up to as many before them


class Site:
    """One portal at a time, and one token that is always there."""

    def __init__(
        self, clock: RunningClock, *, seed: Seed | None = None, seed_name: str = "", limited: bool = True
    ) -> None:
        self.clock = clock
        self.seed = seed or Seed()
        self.limited = limited
        self._seed_name = seed_name
        self.portal = self._planted(self.seed, seed_name)

    @property
    def token(self) -> str:
        """A token that works: the first one with every scope, else the first."""
        now = self.clock.millis()
        working = [token for token in self.portal.tokens() if token.works(now)]
        return next((token.value for token in working if not token.scopes), working[0].value if working else "")

    def reset(self, seed: Seed | None = None, name: str = "") -> None:
        """Begin anew from a seed, or from the one at the start. Tokens stay, and the clock goes on."""
        before = self.portal
        after = self._planted(seed or self.seed, name or self._seed_name)
        known = {token.value for token in after.tokens()}
        for token in before.tokens():
            if token.value not in known:
                after.keep_token(token)
        self.portal = after

    def add(self, seed: Seed, name: str) -> None:
        """Plant a seed into the account as it is."""
        plant(self.portal, seed, name)

    def save(self, file: Path) -> None:
        """Keep the account in a file."""
        state_file.save(self.portal, file)

    def load(self, file: Path) -> None:
        """Go on with the account in a file, at its moment if that is later than now."""
        state_file.load(self.portal, file)

    def limit(self, limited: bool) -> None:
        """Enforce the seed's limits, or none."""
        self.limited = limited
        _limit(self.portal, self.seed, limited)

    def _planted(self, seed: Seed, name: str) -> Portal:
        portal = planted(seed, name, self.clock, LOG_LINES)
        if not portal.tokens():
            portal.token()
        _limit(portal, seed, self.limited)
        return portal


def _limit(portal: Portal, seed: Seed, limited: bool) -> None:
    if not limited:
        portal.unlimited()
        return
    limits = seed.limits
    portal.limits(limits.plan, pack=limits.pack, burst=limits.burst, daily=limits.daily, searches=limits.searches)
