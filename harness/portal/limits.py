"""How much may be asked: per app in ten seconds, per account in a day, and searches in a second.

Figures and header names: HubSpot's usage guidelines and its changelog of raised limits (documented), except
where noted. A request that is refused counts for nothing (guessed).
"""

from collections import deque
from dataclasses import dataclass

from harness.portal.refusals import RateLimited
from harness.portal.routing import Operation
from harness.portal.world import World

TEN_SECONDS, ONE_SECOND = 10_000, 1_000
SEARCHES = 5  # per second and account (documented; older texts say 4)
PACK_BURST, PACK_DAILY = 250, 1_000_000

TEN_SECONDLY, DAILY = "ten-secondly", "daily"


@dataclass(frozen=True, slots=True)
class Plan:
    """What an app may ask of an account."""

    burst: int
    daily: int  # 0: no limit


PLANS = {
    "free": Plan(100, 250_000),
    "starter": Plan(100, 250_000),
    "professional": Plan(190, 650_000),
    "enterprise": Plan(190, 1_000_000),
    "public-app": Plan(110, 0),  # that a marketplace app has no daily limit is guessed
}


def exemptions(operation: Operation) -> tuple[str, ...]:
    """Which limits an operation does not count for (documented: the specs' x-hubspot-rate-limit-exemptions)."""
    route = operation.route
    if route.area.endswith("single-send"):
        return (TEN_SECONDLY, DAILY)
    if route.area in ("associations", "association-definitions") or is_search(operation):
        return (TEN_SECONDLY,)
    if route.area == "flows" and (route.method, route.path) in (("POST", ""), ("PUT", "/{flowId}")):
        return (TEN_SECONDLY,)
    return ()


def is_search(operation: Operation) -> bool:
    """Whether it has the limit of searches, and no others' headers (documented)."""
    return operation.route.area == "objects" and operation.route.path.endswith("/search")


class Limits:
    """What has been asked, by the account's clock."""

    def __init__(self, world: World, plan: Plan, searches: int = SEARCHES) -> None:
        self.plan = plan
        self.searches = searches
        self._world = world
        self._apps: dict[int, deque[int]] = {}
        self._searched: deque[int] = deque()

    def take(self, app_id: int, operation: Operation) -> dict[str, str]:
        """Count one request and return its headers, or HubSpot's 429."""
        now, exempt = self._world.clock.millis(), exemptions(operation)
        asked = self._asked(app_id, now)
        if is_search(operation):
            _drop(self._searched, now - ONE_SECOND)
            if len(self._searched) >= self.searches:
                raise RateLimited("SECONDLY")
        if self.plan.daily and DAILY not in exempt and self._world.usage.today >= self.plan.daily:
            raise RateLimited("DAILY", self._headers(asked, now))
        if TEN_SECONDLY not in exempt:
            if len(asked) >= self.plan.burst:
                raise RateLimited("TEN_SECONDLY_ROLLING", self._headers(asked, now))
            asked.append(now)
        if DAILY not in exempt:
            self._world.usage.count()
        if is_search(operation):
            self._searched.append(now)
            return {}
        return self._headers(asked, now)

    def _asked(self, app_id: int, now: int) -> deque[int]:
        asked = self._apps.setdefault(app_id, deque())
        _drop(asked, now - TEN_SECONDS)
        return asked

    def _headers(self, asked: deque[int], now: int) -> dict[str, str]:
        """The documented headers; the two of one second are deprecated and still sent (19 a second: seen by others)."""
        secondly = self.plan.burst // 10
        recent = sum(at > now - ONE_SECOND for at in asked) if len(asked) else 0
        headers = {
            "X-HubSpot-RateLimit-Max": str(self.plan.burst),
            "X-HubSpot-RateLimit-Remaining": str(self.plan.burst - len(asked)),
            "X-HubSpot-RateLimit-Interval-Milliseconds": str(TEN_SECONDS),
            "X-HubSpot-RateLimit-Secondly": str(secondly),
            "X-HubSpot-RateLimit-Secondly-Remaining": str(max(0, secondly - recent)),
        }
        if self.plan.daily:
            headers["X-HubSpot-RateLimit-Daily"] = str(self.plan.daily)
            headers["X-HubSpot-RateLimit-Daily-Remaining"] = str(max(0, self.plan.daily - self._world.usage.today))
        return headers


def plan_of(name: str, pack: bool, burst: int | None, daily: int | None) -> Plan:
    """A plan by name, with the limit pack, with figures of one's own."""
    if name not in PLANS:
        raise ValueError(f"Portal.limits: expected a plan of {', '.join(PLANS)}, found {name!r}.")
    plan = PLANS[name]
    if pack:
        plan = Plan(PACK_BURST, plan.daily + PACK_DAILY)
    return Plan(plan.burst if burst is None else burst, plan.daily if daily is None else daily)


def _drop(moments: deque[int], until: int) -> None:
    while moments and moments[0] <= until:
        moments.popleft()
