"""What goes wrong at this call of this run? The seed's dice, thrown anew for each call and run; or a list of faults.

The dice are thrown by the call's own name, not one after another: whatever is cut from the weeks, the weather of what
is left stays as it was.
"""

import hashlib

from harness.portal.weather_rules import Rule
from tests.simulation.events import Fault, Run, Weeks

BUSY, BEFORE, AFTER, KILL, KILL_AFTER = "429", "502 before", "502 after", "kill before", "kill after"
STORM, STRUCK_LATE = "429 from here on", "502 from here on"
CHANCES = ((BUSY, 0.10), (BEFORE, 0.025), (AFTER, 0.025), (KILL, 0.004), (KILL_AFTER, 0.004))
"""Per call: 10 % 429, 5 % 5xx of which half are carried out, and nearly 1 % kills."""
STORMS = ((STORM, 0.03), (STRUCK_LATE, 0.02))
"""Per run: from one of its first calls to its end nothing gets through, so that no patience within the run helps."""
FIRST_CALLS = 8
WORDS = {
    STORM: "429 to this and every later one",
    STRUCK_LATE: "502 to every later one, and to this one although it was carried out",
    BUSY: "429",
    BEFORE: "502, nothing was done",
    AFTER: "502, although it was carried out",
    KILL: "the run is killed before it",
    KILL_AFTER: "the run is killed after it was carried out",
}
RULES = {
    STORM: Rule("busy", times=1),
    STRUCK_LATE: Rule("breaks", times=1, status=502, after_write=True),
    BUSY: Rule("busy", times=1),
    BEFORE: Rule("breaks", times=1, status=502),
    AFTER: Rule("breaks", times=1, status=502, after_write=True),
    KILL: Rule("kills", times=1),
    KILL_AFTER: Rule("kills", times=1, after_write=True),
}


class Faults:
    """The faults of one play, and those of them that struck."""

    def __init__(self, weeks: Weeks) -> None:
        self._seed = weeks.seed
        self._listed = None if weeks.faults is None else {(one.run, one.call): one.kind for one in weeks.faults}
        self._storms: dict[Run, str] = {}
        self.struck: list[Fault] = []

    def at(self, run: Run, call: int) -> Rule | None:
        """What strikes this call, counted from 1."""
        if run in self._storms:
            return _rule(BUSY if self._storms[run] == STORM else BEFORE)
        kind = self._thrown(run, call) if self._listed is None else self._listed.get((run, call), "")
        if not kind:
            return None
        if kind in (STORM, STRUCK_LATE):
            self._storms[run] = kind
        self.struck.append(Fault(run, call, kind))
        return _rule(kind)

    def _thrown(self, run: Run, call: int) -> str:
        name = f"{self._seed} {run.flow} {run.subject} {run.enrolment} {run.action} {run.attempt}"
        if call == 1 + int(_dice(f"{name} when") * FIRST_CALLS) and (kind := _drawn(_dice(name), STORMS)):
            return kind
        return _drawn(_dice(f"{name} {call}"), CHANCES)


def _dice(name: str) -> float:
    return int.from_bytes(hashlib.blake2b(name.encode(), digest_size=8).digest()) / 2**64


def _drawn(thrown: float, chances: tuple[tuple[str, float], ...]) -> str:
    for kind, chance in chances:
        if thrown < chance:
            return kind
        thrown -= chance
    return ""


def _rule(kind: str) -> Rule:
    """A copy: the portal counts a rule's times down."""
    rule = RULES[kind]
    return Rule(rule.kind, times=1, status=rule.status, after_write=rule.after_write)
