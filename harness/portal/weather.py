"""What goes wrong on the way, only when asked for: refusals, outages, lost or cut connections, slowness, odd paging."""

import random
from dataclasses import dataclass, field
from typing import TypedDict, Unpack

import msgspec

from harness.clock import Clock, Moment, moment
from harness.portal.lags import Lags
from harness.portal.weather_rules import LAGS, THREAD_LISTS, Active, Fault, Rule, check, fault_of, matcher


class When(TypedDict, total=False):
    """What narrows any weather down: how likely, from when, until when."""

    probability: float
    start: Moment | None
    end: Moment | None


@dataclass(slots=True)
class Weather:
    """The faults to come, in the order they were asked for. The same seed throws the same dice."""

    clock: Clock
    lags: Lags = field(default_factory=Lags)
    _active: list[Active] = field(default_factory=list)
    _outages: list[Active] = field(default_factory=list)
    _chance: random.Random = field(default_factory=lambda: random.Random(0))

    def seeded(self, seed: int) -> None:
        """Throw the dice of this seed from here on."""
        self._chance = random.Random(seed)

    def busy(
        self,
        times: int | None = None,
        status: int = 429,
        route: str | None = None,
        retry_after: int | None = None,
        **when: Unpack[When],
    ) -> None:
        """Requests are refused before anything is done."""
        self._ask(Rule("busy", status=status, retry_after=retry_after), times, route, when)

    def breaks(
        self,
        times: int | None = None,
        status: int = 502,
        after_write: bool = False,
        route: str | None = None,
        **when: Unpack[When],
    ) -> None:
        """Requests end in a 5xx, before or after what they asked for was done."""
        self._ask(Rule("breaks", status=status, after_write=after_write), times, route, when)

    def drops(
        self,
        times: int | None = None,
        after_write: bool = False,
        route: str | None = None,
        **when: Unpack[When],
    ) -> None:
        """Requests get no answer: the connection closes."""
        self._ask(Rule("drops", after_write=after_write), times, route, when)

    def cuts(self, times: int | None = None, route: str | None = None, **when: Unpack[When]) -> None:
        """Requests are carried out, and the connection closes half-way through the answer's body."""
        self._ask(Rule("cuts"), times, route, when)

    def kills(self, at_call: int = 1, after_write: bool = True, route: str | None = None) -> None:
        """The run that makes the so-many-th request from now dies there."""
        self._ask(Rule("kills", at_call=at_call, after_write=after_write), 1, route, {})

    def slow(self, seconds: float, times: int | None = None, route: str | None = None, **when: Unpack[When]) -> None:
        """Requests are carried out at once and answered later: by the clock, in a served portal really."""
        self._ask(Rule("slow", seconds=seconds), times, route, when)

    def stalls(self, times: int | None = None, **when: Unpack[When]) -> None:
        """A page of threads comes with the cursor it was asked with, so that the next request gets it again."""
        self._ask(Rule("stalls"), times, None, when)

    def repeats(self, times: int | None = None, **when: Unpack[When]) -> None:
        """Instead of the next page of threads the one before comes again, with a new cursor that goes on from there."""
        self._ask(Rule("repeats"), times, None, when)

    def outage(self, start: Moment, end: Moment, status: int = 503) -> None:
        """Nothing works from one moment to another, whatever else was asked for."""
        rule = Rule("busy", status=status, start=moment(start), end=moment(end))
        self._outages.append(Active(rule, matcher(""), None, 0))

    def search_lags(self, seconds: float) -> None:
        """From here on search finds what is written only so much later, by the clock; 0: at once."""
        self.add(Rule("search_lags", seconds=seconds))

    def associations_lag(self, seconds: float) -> None:
        """From here on reads of associations see what is written only so much later, by the clock; 0: at once."""
        self.add(Rule("associations_lag", seconds=seconds))

    def clears(self) -> None:
        """Nothing goes wrong from here on."""
        self.search_lags(0)
        self.associations_lag(0)
        self._active.clear()
        self._outages.clear()

    def add(self, rule: Rule) -> None:
        """Weather as data; a ValueError says what is wrong with it."""
        check(rule)
        if rule.kind in LAGS:
            setattr(self.lags, LAGS[rule.kind], int(rule.seconds * 1000))
            return
        lasting = rule.probability < 1 or rule.end is not None
        left = rule.times if rule.times is not None else None if lasting else 1
        route = rule.route or (THREAD_LISTS if rule.kind in ("stalls", "repeats") else "")
        self._active = [active for active in self._active if active.left != 0]
        self._active.append(Active(rule, matcher(route), left, rule.at_call - 1))

    def forecast(self) -> list[Rule]:
        """What is still to come, with the times that are left."""
        ahead = [active for active in (*self._outages, *self._active) if active.left != 0]
        lags: list[Rule] = [
            msgspec.convert({"kind": kind, "seconds": lag / 1000}, Rule)
            for kind, name in LAGS.items()
            for lag in [getattr(self.lags, name)]
            if lag
        ]
        return lags + [msgspec.structs.replace(active.rule, times=active.left) for active in ahead]

    def strike(self, method: str, path: str) -> tuple[Fault | None, float]:
        """What happens to this request, and by how many seconds its answer is late."""
        struck: Fault | None = None
        delay = 0.0
        if not self._active and not self._outages:
            return None, delay
        now = self.clock.now()
        for active in (*self._outages, *self._active):
            rule = active.rule
            if active.left == 0 or not active.matches(method, path) or (struck and rule.kind != "kills"):
                continue
            if not active.strikes(now, self._chance) or struck:
                continue
            active.left = active.left - 1 if active.left is not None else None
            if rule.kind == "slow":
                delay += rule.seconds
            else:
                struck = fault_of(rule)
        return struck, delay

    def _ask(self, rule: Rule, times: int | None, route: str | None, when: When) -> None:
        start, end = when.get("start"), when.get("end")
        rule.times, rule.route, rule.probability = times, route or "", when.get("probability", 1.0)
        rule.start = moment(start) if start is not None else None
        rule.end = moment(end) if end is not None else None
        self.add(rule)
